"""NetworkManager: whether the link is paid for by its use, and when the network is another one."""

from collections.abc import Callable

from notifier.circumstances.system_bus import SystemBus

_PATH = "/org/freedesktop/NetworkManager"

_METERED = {1: True, 2: False, 3: True, 4: False}
"""NMMetered: yes, no, and both as a guess; 0 is not known."""


class NetworkManager:
    """The way out that it has chosen. Its word on connectivity is a hint, never proof."""

    name = interface = "org.freedesktop.NetworkManager"
    where = f"path='{_PATH}'"
    facts = ("metered",)

    def __init__(self, hint: Callable[[], None] = lambda: None) -> None:
        """Call `hint` when the way out is another one, or its state is."""
        self._hint = hint
        self._way: tuple[object, object] | None = None

    async def ask(self, bus: SystemBus) -> dict[str, bool | None]:
        """Look at it. Raises Refused, Silent, BusLost."""
        said = await bus.properties(_PATH, self.name, self.interface)
        before, self._way = self._way, (said.get("PrimaryConnection"), said.get("State"))
        if before not in (None, self._way):
            self._hint()
        return {"metered": _METERED.get(said.get("Metered", 0))}
