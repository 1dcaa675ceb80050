"""The desktop portal, where the desktop's own notifications are out of reach: handed over, no more.

A portal says that it has taken a notice, and nobody says whether it was shown.
"""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, new_method_call
from PySide6.QtCore import QObject, Signal, Slot

from notifier.channels import Done, Undeliverable
from notifier.channels.daemon import MOST_BUTTONS, MOST_TEXT
from notifier.channels.daemon import SERVICE as DAEMON
from notifier.channels.screen import Screen
from notifier.channels.session_bus import Answer, NoBus, Refusal, SessionBus
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.wording import sink

SERVICE = "org.freedesktop.portal.Desktop"
INTERFACE = "org.freedesktop.portal.Notification"
_ADDRESS = DBusAddress("/org/freedesktop/portal/desktop", SERVICE, INTERFACE)

_RULES = (
    f"type='signal',interface='{INTERFACE}',member='ActionInvoked'",
    f"type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='{SERVICE}'",
)

_HANDLE = "portal:"
"""How our handles begin, so that those of other channels are not taken for ours."""

# A name of an action is made of letters, digits, `-` and `.`; GLib throws away any other.
_KEYS = {action: action.value.replace("_", "-") for action in Action}
_ACTIONS = {key: action for action, key in _KEYS.items()}

# The portal's texts are plain (version 1 and 2 of its interface), but xdg-desktop-portal-gtk hands
# them on to a daemon that reads markup, as they are (1.14): look-alikes are literal in both.
_LITERAL = str.maketrans({"<": "‹", ">": "›", "&": "＆"})

_NEVER_NEEDED = "it is only for where no notification daemon can be reached"


def sandboxed() -> bool:
    """Whether this process lives in a sandbox, whose bus lets it talk to the portal alone."""
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ


class Portal(QObject):
    """The channel. Its connection to the bus is made when a notice has come this far down.

    `earlier` are the handles of notices of an earlier run; `aloud` is whether one may be heard.
    """

    pressed = Signal(object, object)
    """`NoticeId` and `Action`: a button, or the body (`DETAILS`). The notice is closed by then."""

    appeared = Signal()
    """There is a portal, or it answers again: what is owed can be delivered."""

    rung = Rung.PORTAL

    def __init__(
        self,
        earlier: Mapping[NoticeId, str] | None = None,
        parent: QObject | None = None,
        *,
        aloud: Callable[[Notice], bool] = lambda _: False,
        in_sandbox: Callable[[], bool] = sandboxed,
    ) -> None:
        super().__init__(parent)
        self._aloud, self._in_sandbox = aloud, in_sandbox
        self._bus: SessionBus | None = None
        self._portal = ""
        """The unique name of the portal that took the last notice."""
        self._version = 0
        """Of its interface; 0 until it has said so."""
        self._screen: Screen[str] = Screen()
        self._screen.adopt(_left(earlier or {}))

    def deliver(self, notice: Notice, done: Done) -> None:
        """Hand it over where nothing better can be reached; `done` hears whether it was taken."""
        try:
            bus = self._connected()
        except NoBus as error:
            done(Undeliverable(str(error)))
            return
        if self._in_sandbox():
            self._ask_for_version(bus, notice, done)
        else:
            ask = partial(self._ask_for_daemon, bus, notice, done)
            bus.ask_bus("NameHasOwner", DAEMON, then=ask, expects="b")

    def withdraw(self, notice: NoticeId) -> None:
        """Take it back, wherever it may hang."""
        for place in self._screen.numbers_of(notice):
            self._remove(place)

    def describe(self, then: Callable[[Behind], None]) -> None:
        """It never says who shows what it takes."""
        then(Behind())

    def close(self) -> None:
        """Let go of the bus, at the end; what is shown stays."""
        if self._bus is not None:
            self._bus.close()

    # --- whether it is needed at all

    def _ask_for_daemon(self, bus: SessionBus, notice: Notice, done: Done, owned: Answer) -> None:
        """Nobody owns the daemon's name: might the bus start somebody who does?"""

        def startable(answer: Answer) -> None:
            if isinstance(answer, Refusal):
                done(Undeliverable(answer.words))
            elif DAEMON in answer.body[0]:
                done(Undeliverable(_NEVER_NEEDED))
            else:
                self._ask_for_version(bus, notice, done)

        if isinstance(owned, Refusal):
            done(Undeliverable(owned.words))
        elif owned.body[0]:
            done(Undeliverable(_NEVER_NEEDED))
        else:
            bus.ask_bus("ListActivatableNames", then=startable, expects="as")

    # --- handing over, and taking back

    def _ask_for_version(self, bus: SessionBus, notice: Notice, done: Done) -> None:
        """A portal refuses a notice with a word in it that its version does not know (1.16)."""
        if self._version:
            self._hand_over(bus, notice, done)
            return

        def known(answer: Answer) -> None:
            if isinstance(answer, Refusal):
                done(Undeliverable(answer.words))
            else:
                self._version = answer.body[0][1]
                self._hand_over(bus, notice, done)

        where = DBusAddress(_ADDRESS.object_path, SERVICE, "org.freedesktop.DBus.Properties")
        question = new_method_call(where, "Get", "ss", (INTERFACE, "version"))
        bus.ask(question, "v", known, late=lambda _: self.appeared.emit())

    def _hand_over(self, bus: SessionBus, notice: Notice, done: Done) -> None:
        """One place per thread: a notice of the same name takes the place of the last."""
        replaced = self._screen.replaced_by(notice)
        place = next(iter(replaced), "+".join(notice.threads) or notice.id)

        def answered(answer: Answer) -> None:
            if isinstance(answer, Refusal):
                done(Undeliverable(answer.words))
                return
            self._portal = answer.sender
            for other in replaced[1:]:
                self._remove(other)
            self._screen.hang(place, notice)
            done(f"{_HANDLE}{place}")

        terms = in_its_terms(notice, self._version, aloud=self._aloud(notice))
        message = _call("AddNotification", "sa{sv}", (place, terms))
        bus.ask(message, "", answered, late=lambda _: self._too_late(place))

    def _too_late(self, place: str) -> None:
        """It was given up and is owed by now: it is handed over anew rather than twice."""
        self._remove(place)
        self.appeared.emit()

    def _remove(self, place: str) -> None:
        self._screen.take_down(place)
        try:
            self._connected().tell(_call("RemoveNotification", "s", (place,)))
        except NoBus:
            return  # and so nobody there who shows it

    # --- hearing

    @Slot(object)
    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        named = (fields.get(HeaderFields.member), fields.get(HeaderFields.signature))
        ours = fields.get(HeaderFields.sender) == self._portal
        if named == ("NameOwnerChanged", "sss"):
            self._version = 0
            if message.body[2]:
                self.appeared.emit()
        elif named == ("ActionInvoked", "ssav") and ours:
            self._press(message.body[0], message.body[1])

    def _press(self, place: str, key: str) -> None:
        """A button or the body; not every desktop takes the notice away then."""
        action = _ACTIONS.get(key)
        notice = self._screen.take_down(place) if action else None
        if action is None or notice is None:
            return
        self._remove(place)
        self.pressed.emit(notice, action)

    # --- the bus

    def _connected(self) -> SessionBus:
        """The connection; made where there is none. Raises NoBus."""
        if self._bus is None or not self._bus.connected:
            self._bus = SessionBus(self)
            self._bus.signalled.connect(self._hear)
            self._bus.lost.connect(self._bus.deleteLater)
            for rule in _RULES:
                self._bus.listen(rule)
        return self._bus


def in_its_terms(
    notice: Notice, version: int = 1, *, aloud: bool = False
) -> dict[str, tuple[str, Any]]:
    """A notice as AddNotification takes it (org.freedesktop.portal.Notification).

    A higher priority would break through do not disturb. Before version 2 nothing can be said of
    sound.
    """
    sound = {"sound": ("s", "default" if aloud else "silent")} if version >= 2 else {}
    buttons = [
        {"label": ("s", sink.line(label, 60)), "action": ("s", _KEYS[action])}
        for action, label in zip(notice.actions, notice.labels, strict=True)
        if action is not Action.DETAILS
    ]
    return {
        "title": ("s", sink.line(notice.title, MOST_TEXT).translate(_LITERAL)),
        "body": ("s", sink.lines(notice.body, MOST_TEXT).translate(_LITERAL)),
        "priority": ("s", "normal"),
        "default-action": ("s", _KEYS[Action.DETAILS]),
        "buttons": ("aa{sv}", buttons[:MOST_BUTTONS]),
        **sound,
    }


def _call(member: str, signature: str, body: tuple[Any, ...]) -> Message:
    return new_method_call(_ADDRESS, member, signature, body)


def _left(earlier: Mapping[NoticeId, str]) -> dict[NoticeId, str]:
    """What an earlier run handed over: there may be nothing left of it, and that is no matter."""
    return {
        notice: handle.removeprefix(_HANDLE)
        for notice, handle in earlier.items()
        if handle.startswith(_HANDLE)
    }
