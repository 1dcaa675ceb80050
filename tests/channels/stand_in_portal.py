"""A desktop portal for tests, on a real bus: takes notices, shows them to nobody."""

from dataclasses import dataclass, field
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    new_error,
    new_method_return,
    new_signal,
)

from notifier.channels.portal import INTERFACE, SERVICE
from tests.channels.stand_in import StandIn

_PATH = DBusAddress("/org/freedesktop/portal/desktop", interface=INTERFACE)


@dataclass
class PortalStandIn(StandIn):
    """Keeps what hangs, by its place; `handed` is everything it was ever given, in order."""

    service: str = SERVICE
    version: int = 1
    refuses: str = ""
    """Why it takes nothing."""
    hanging: dict[str, dict[str, Any]] = field(default_factory=dict)
    handed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def press_on(self, place: str, action: str) -> None:
        """A person presses a button, or the body."""
        self._bus.send(new_signal(_PATH, "ActionInvoked", "ssav", (place, action, [])))

    def _answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        if member == "Get":
            self._bus.send(new_method_return(message, "v", (("u", self.version),)))
        elif member == "AddNotification" and self.refuses:
            error = "org.freedesktop.portal.Error.NotAllowed"
            self._bus.send(new_error(message, error, "s", (self.refuses,)))
        elif member == "AddNotification" and self.version < 2 and "sound" in message.body[1]:
            error = "org.freedesktop.portal.Error.InvalidArgument"
            self._bus.send(new_error(message, error, "s", ("sound not valid key",)))
        elif member == "AddNotification":
            place, notice = message.body
            self.hanging[place] = {key: value for key, (_, value) in notice.items()}
            self.handed.append((place, self.hanging[place]))
            self._bus.send(new_method_return(message))
        elif member == "RemoveNotification":
            self.hanging.pop(message.body[0], None)
            self._bus.send(new_method_return(message))
