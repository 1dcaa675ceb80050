"""org.freedesktop.Notifications, the desktop's own: raise, replace, close, hear the buttons."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from jeepney import HeaderFields, Message
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from notifier.channels import Done, Undeliverable, hush
from notifier.channels.daemon import BODY, SERVICE, Daemon, Quirks, call, quirks_of, raised
from notifier.channels.screen import Screen
from notifier.channels.session_bus import Answer, NoBus, Refusal, Reply, SessionBus
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.wording import sink

_RULES = (
    f"type='signal',interface='{SERVICE}',member='ActionInvoked'",
    f"type='signal',interface='{SERVICE}',member='NotificationClosed'",
    f"type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='{SERVICE}'",
)

_ACTIONS = {BODY: Action.DETAILS} | {action.value: action for action in Action}

_RETRY = (10.0, 30.0, 60.0)
"""Seconds until the bus is tried again after it was lost; the last one from then on."""


@dataclass(frozen=True, slots=True)
class _Raise:
    """A notice waiting for its turn."""

    notice: Notice
    done: Done


@dataclass(frozen=True, slots=True)
class _Close:
    """A notice to be closed, once everything raised before it has been answered."""

    notice: NoticeId


class Freedesktop(QObject):
    """The channel. One job at a time, so that a replacement always knows what it replaces.

    `details` is the label of a click on the body; `portray` draws the picture beside the words,
    `aloud` is whether one may be heard.
    `earlier` are the handles of notices of an earlier run: what the same daemon still shows can
    be replaced, closed and pressed. Raises `Undeliverable` where there is no session bus.
    """

    pressed = Signal(object, object)
    """`NoticeId` and `Action`: a button, or the body (`DETAILS`). The notice is closed by then."""

    appeared = Signal()
    """There is a daemon, or it answers again: what is owed can be delivered."""

    lost = Signal()
    """The session bus is gone. Notices look for it again; others may have to as well."""

    rung = Rung.FREEDESKTOP

    def __init__(
        self,
        details: str,
        earlier: Mapping[NoticeId, str] | None = None,
        parent: QObject | None = None,
        *,
        portray: Callable[[Notice], QImage | None] = lambda _: None,
        aloud: Callable[[Notice], bool] = lambda _: False,
    ) -> None:
        super().__init__(parent)
        self._details = details
        self._portray, self._aloud = portray, aloud
        self._earlier = dict(earlier or {})
        self._jobs: deque[_Raise | _Close] = deque()
        self._busy = False
        self._settled = False
        """Whether it is known if there is a daemon; until then jobs wait."""
        self._daemon: Daemon | None = None
        self._meeting = 0
        self._bus_id = ""
        self._screen: Screen[int] = Screen()
        self._attempts = 0
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._reconnect)
        try:
            self._bus = self._introduced()
        except NoBus as error:
            raise Undeliverable(str(error)) from error

    def deliver(self, notice: Notice, done: Done) -> None:
        """Raise it when its turn comes; `done` hears the daemon's answer."""
        self._jobs.append(_Raise(notice, done))
        self._next()

    def withdraw(self, notice: NoticeId) -> None:
        """Close it, or never raise it."""
        for job in tuple(self._jobs):
            if isinstance(job, _Raise) and job.notice.id == notice:
                self._jobs.remove(job)
                job.done(Undeliverable("it was withdrawn before its turn"))
        self._jobs.append(_Close(notice))
        self._next()

    def describe(self, then: Callable[[Behind], None]) -> None:
        """The daemon by the name it gives itself, and whether it keeps notices back just now."""
        name = "" if self._daemon is None else self._daemon.name
        asked, shown = hush.question(name), sink.line(name, 40)
        if asked is None:
            then(Behind(shown))
            return
        self._bus.ask(
            asked.message, "v", lambda answer: then(Behind(shown, hush.reading(asked, answer)))
        )

    def close(self) -> None:
        """Let go of the bus, at the end; what is shown stays."""
        self._retry.stop()
        self._bus.close()

    # --- getting to know the bus and the daemon

    def _introduced(self) -> SessionBus:
        """A connection that hears what concerns us."""
        bus = SessionBus(self)
        bus.signalled.connect(self._hear)
        bus.lost.connect(self._lose)
        for rule in _RULES:
            bus.listen(rule)
        bus.ask_bus("GetId", then=self._know_bus)
        bus.ask_bus("GetNameOwner", SERVICE, then=self._know_owner)
        return bus

    def _know_bus(self, answer: Answer) -> None:
        self._bus_id = str(answer.body[0]) if isinstance(answer, Reply) else ""

    def _know_owner(self, answer: Answer) -> None:
        if isinstance(answer, Reply):
            self._meet()
        else:
            self._settled = True
            self._next()

    def _meet(self) -> None:
        """Ask the daemon who it is; where one can be started, this starts it."""
        self._settled = False
        self._meeting += 1
        self._inquire("GetServerInformation", "ssss", self._named)

    def _inquire(self, member: str, expects: str, then: Callable[[Reply], None]) -> None:
        """One question of a meeting. When the name changes hands meanwhile, there is a new
        meeting, and what the old owner answers is for nobody.
        """
        ours = self._meeting

        def answered(answer: Answer) -> None:
            if ours != self._meeting:
                return
            if isinstance(answer, Reply):
                then(answer)
            else:
                self._settled = True
                self._fail_all(answer.words)

        self._bus.ask(call(member), expects, answered, lambda _: self._meet())

    def _named(self, reply: Reply) -> None:
        name, vendor, _, _ = reply.body
        self._inquire("GetCapabilities", "as", partial(self._met, name, quirks_of(name, vendor)))

    def _met(self, name: str, quirks: Quirks, reply: Reply) -> None:
        """A daemon: take over what it still shows of an earlier run, then go to work."""
        self._settled = True
        self._daemon = Daemon(reply.sender, frozenset(reply.body[0]), quirks, name)
        if self._bus_id:
            self._screen.adopt(self._left())
        self._earlier.clear()
        self._next()
        self.appeared.emit()

    def _left(self) -> dict[NoticeId, int]:
        """What an earlier run left with this very daemon: the handles that bear its prefix."""
        prefix = self._prefix()
        return {
            notice: int(number)
            for notice, handle in self._earlier.items()
            if handle.startswith(prefix) and (number := handle.removeprefix(prefix)).isdecimal()
        }

    def _prefix(self) -> str:
        """What parts this daemon's numbers from those of any other, on any other day."""
        return f"{self._bus_id}{self._daemon.owner if self._daemon else ''}#"

    # --- working

    def _next(self) -> None:
        """Begin the next job, if nothing is under way."""
        while self._jobs and not self._busy and self._settled:
            if not self._bus.connected:
                self._fail_all("the session bus is gone")
            elif self._daemon is not None:
                self._begin(self._jobs.popleft(), self._daemon)
            elif isinstance(self._jobs[0], _Close):
                self._jobs.popleft()  # it went with the daemon that showed it
            else:
                self._meet()

    def _begin(self, job: _Raise | _Close, daemon: Daemon) -> None:
        match job:
            case _Close(notice):
                for number in self._screen.numbers_of(notice):
                    self._close(number)
            case _Raise(notice, _):
                self._busy = True
                replaced = self._screen.replaced_by(notice)
                place, picture = next(iter(replaced), 0), self._portray(notice)
                aloud = self._aloud(notice)
                message = raised(notice, daemon, place, self._details, picture, aloud=aloud)
                self._bus.ask(message, "u", partial(self._answered, job, replaced), self._too_late)

    def _answered(self, job: _Raise, replaced: tuple[int, ...], answer: Answer) -> None:
        """The daemon's word on a notice."""
        self._busy = False
        if isinstance(answer, Refusal):
            job.done(Undeliverable(answer.words))
        elif not self._current(answer):
            job.done(Undeliverable("the daemon that took it has ended"))
        elif not answer.body[0]:
            job.done(Undeliverable("the daemon gave it no number"))
        else:
            number = answer.body[0]
            for other in replaced:
                if other != number:
                    self._close(other)
            self._screen.hang(number, job.notice)
            job.done(f"{self._prefix()}{number}")
        self._next()

    def _too_late(self, answer: Reply) -> None:
        """It was given up and is owed by now: it is shown anew rather than twice."""
        if self._current(answer):
            self._close(answer.body[0])
            self.appeared.emit()

    def _current(self, answer: Reply) -> bool:
        """Whether it comes from the daemon that owns the name now."""
        return self._daemon is not None and answer.sender == self._daemon.owner

    def _close(self, number: int) -> None:
        self._screen.take_down(number)
        self._bus.tell(call("CloseNotification", "u", (number,)))

    def _fail_all(self, why: str) -> None:
        """Nothing that waits can be shown."""
        jobs = tuple(self._jobs)
        self._jobs.clear()
        for job in jobs:
            if isinstance(job, _Raise):
                job.done(Undeliverable(why))

    # --- hearing

    @Slot(object)
    def _hear(self, message: Message) -> None:
        """A signal of the daemon's, or news about who owns its name."""
        fields = message.header.fields
        named = (fields.get(HeaderFields.member), fields.get(HeaderFields.signature))
        ours = self._daemon is not None and fields.get(HeaderFields.sender) == self._daemon.owner
        if named == ("NameOwnerChanged", "sss"):
            self._owner_changed(message.body[2])
        elif named == ("ActionInvoked", "us") and ours:
            self._press(*message.body)
        elif named == ("NotificationClosed", "uu") and ours:
            self._screen.take_down(message.body[0])

    def _owner_changed(self, owner: str) -> None:
        """The daemon ended, or another came: the numbers of the old one mean nothing now."""
        self._daemon = None
        self._screen.clear()
        if owner:
            self._meet()
        else:
            self._meeting += 1
            self._settled = True
            self._next()

    def _press(self, number: int, key: str) -> None:
        """A button: dunst leaves the notice there, so it is closed here (desktop.md 3)."""
        action = _ACTIONS.get(key)
        notice = self._screen.take_down(number) if action else None
        if action is None or notice is None:
            return
        self._close(number)
        self.pressed.emit(notice, action)

    # --- losing the bus, and finding it again

    @Slot()
    def _lose(self) -> None:
        self._daemon = None
        self._screen.clear()
        self._settled = True
        self._bus.deleteLater()
        self._fail_all("the session bus is gone")
        self._try_later()
        self.lost.emit()

    def _try_later(self) -> None:
        self._retry.start(round(1000 * _RETRY[min(self._attempts, len(_RETRY) - 1)]))
        self._attempts += 1

    @Slot()
    def _reconnect(self) -> None:
        try:
            self._bus = self._introduced()
        except NoBus:
            self._try_later()
        else:
            self._settled = False
            self._attempts = 0
