"""The login session by logind (or elogind): whether it is locked, and the one at the screen."""

import os
from collections.abc import Mapping

from jeepney import DBusAddress
from jeepney import new_method_call as call

from notifier.circumstances.system_bus import Refused, SystemBus

NAME = "org.freedesktop.login1"
_MANAGER = DBusAddress("/org/freedesktop/login1", NAME, "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_USER = "org.freedesktop.login1.User"
_OURSELVES = "/org/freedesktop/login1/user/self"
_NOWHERE = "/"

SLEEP = (
    f"type='signal',sender='{NAME}',interface='org.freedesktop.login1.Manager',"
    "member='PrepareForSleep'"
)
"""The rule for the signal that comes with True before a sleep and with False after it."""


class Session:
    """The session that this process belongs to."""

    name = NAME
    where = "path_namespace='/org/freedesktop/login1/session'"
    interface = _SESSION
    facts = ("locked", "in_front")

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """The session is named by the environment, where it is."""
        self._id = environment.get("XDG_SESSION_ID", "")

    async def ask(self, bus: SystemBus) -> dict[str, bool | None]:
        """Look at it. Raises Refused, Silent, BusLost."""
        said = await bus.properties(await self._path(bus), NAME, _SESSION)
        return {"locked": said.get("LockedHint"), "in_front": said.get("Active")}

    async def _path(self, bus: SystemBus) -> str:
        """By its name, else by our process; what the user's own systemd starts is in neither.

        That belongs to the session in which this person has a screen.
        """
        asks = [call(_MANAGER, "GetSession", "s", (self._id,))] if self._id else []
        for one in (*asks, call(_MANAGER, "GetSessionByPID", "u", (os.getpid(),))):
            try:
                return str((await bus.ask(one, "o"))[0])
            except Refused:
                continue
        said = await bus.properties(_OURSELVES, NAME, _USER)
        _, path = said.get("Display", ("", _NOWHERE))
        return str(path)
