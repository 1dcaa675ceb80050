"""Whether a notification daemon keeps notices back just now: do not disturb, asked in its own way.

There is no standard way to ask. Where none of these is known nobody says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Message, new_method_call

from notifier.channels.session_bus import Answer, Refusal

_PROPERTIES = "org.freedesktop.DBus.Properties"
_NOTIFICATIONS = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications")
_XFCONF = DBusAddress("/org/xfce/Xfconf", "org.xfce.Xfconf", "org.xfce.Xfconf")


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask; the answer is a variant with a truth value in it.

    `unset` is the name of the error that says as much as no.
    """

    message: Message
    unset: str = ""


def _property(interface: str, name: str) -> Question:
    address = DBusAddress(*_NOTIFICATIONS, _PROPERTIES)
    return Question(new_method_call(address, "Get", "ss", (interface, name)))


def _xfce() -> Question:
    key = ("xfce4-notifyd", "/do-not-disturb")
    unset = "org.xfce.Xfconf.Error.PropertyNotFound"
    return Question(new_method_call(_XFCONF, "GetProperty", "ss", key), unset)


_QUESTIONS: dict[str, Callable[[], Question]] = {
    "dunst": lambda: _property("org.dunstproject.cmd0", "paused"),
    "Xfce Notify Daemon": _xfce,
    # By Plasma's own description of its interface; not tried here.
    "Plasma": lambda: _property("org.freedesktop.Notifications", "Inhibited"),
}
"""By the name a daemon gives itself."""


def question(daemon: str) -> Question | None:
    """How to ask the daemon of this name; None where that is not known."""
    make = _QUESTIONS.get(daemon)
    return None if make is None else make()


def reading(asked: Question, answer: Answer) -> bool | None:
    """Whether it keeps notices back; None where it does not say."""
    if isinstance(answer, Refusal):
        return False if asked.unset and answer.name == asked.unset else None
    value: Any = answer.body[0][1]
    return value if isinstance(value, bool) else None
