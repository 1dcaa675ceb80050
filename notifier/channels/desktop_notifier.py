"""The notifications of Windows and macOS, through `desktop-notifier` 6.2. Not tried on either.

The library has an event loop in a thread of its own; what it says goes to Qt's thread by signals.
It tells nobody when a notice could not be shown, and on a Mac it pretends to show them where the
program is no signed bundle: both are asked for here, because what was not shown was not told.
"""

import asyncio
import importlib.util
import logging
from collections.abc import Callable, Coroutine, Mapping
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, Signal, Slot

from notifier.channels import Done, Outcome, Undeliverable
from notifier.channels.screen import Screen
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.watch.thread import LoopThread
from notifier.wording import sink
from notifier.wording.tray import NAME

T = TypeVar("T")

_log = logging.getLogger(__name__)

LIBRARY = "desktop_notifier"

PATIENCE = 10.0
"""Seconds a notice may take: on a Mac the first one waits for the person's leave."""

MOST_BUTTONS = 3
MOST_TEXT = 200

_ACTIONS = {action.value: action for action in Action}


class NotificationCentre(QObject):
    """The channel. `earlier` are the handles of notices of an earlier run, which stay there;
    `aloud` is whether one may be heard.

    Raises `Undeliverable` where the library is not installed.
    """

    pressed = Signal(object, object)
    """`NoticeId` and `Action`: a button, or the body (`DETAILS`). The notice is closed by then."""

    appeared = Signal()
    """It answers again: what is owed can be delivered."""

    _answered = Signal(int, object)
    """The number of a delivery and its outcome; emitted in the library's thread."""

    _touched = Signal(object, object)
    """As `pressed`, in the library's thread."""

    _late = Signal()
    """As `appeared`, in the library's thread."""

    rung = Rung.NOTIFICATION_CENTRE

    def __init__(
        self,
        earlier: Mapping[NoticeId, str] | None = None,
        parent: QObject | None = None,
        *,
        aloud: Callable[[Notice], bool] = lambda _: False,
    ) -> None:
        super().__init__(parent)
        if importlib.util.find_spec(LIBRARY) is None:
            raise Undeliverable("desktop-notifier is not installed")
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._answer, queued)
        self._touched.connect(self.pressed, queued)
        self._late.connect(self.appeared, queued)
        self._numbers = count()
        self._waiting: dict[int, Done] = {}
        self._aloud = aloud
        self._desk = _Desk(earlier or {}, self._touched.emit, self._late.emit)
        self._thread = LoopThread("notices")
        self._thread.start()
        # So that a Mac asks the person now and not in the middle of an outage.
        self._thread.run(self._desk.prepare())

    def deliver(self, notice: Notice, done: Done) -> None:
        """Show it when its turn comes; `done` hears whether the system took it."""
        number = next(self._numbers)
        self._waiting[number] = done
        delivery = self._deliver(number, notice, aloud=self._aloud(notice))
        if self._thread.run(delivery).cancelled():
            self._answer(number, Undeliverable("the program is ending"))

    def withdraw(self, notice: NoticeId) -> None:
        """Close it, once everything shown before it has been answered."""
        self._thread.run(self._desk.withdraw(notice))

    def describe(self, then: Callable[[Behind], None]) -> None:
        """The system has no name for it, and says nothing of quiet times."""
        then(Behind())

    def close(self) -> None:
        """End the thread; what is shown stays."""
        self._thread.stop()

    async def _deliver(self, number: int, notice: Notice, *, aloud: bool) -> None:
        self._answered.emit(number, await self._desk.deliver(notice, aloud=aloud))

    @Slot(int, object)
    def _answer(self, number: int, outcome: Outcome) -> None:
        self._waiting.pop(number)(outcome)


class _Desk:
    """Everything that happens in the library's thread. One job at a time, in order."""

    def __init__(
        self,
        earlier: Mapping[NoticeId, str],
        touched: Callable[[NoticeId, Action], None],
        late: Callable[[], None],
    ) -> None:
        self._touched, self._late = touched, late
        self._turn = asyncio.Lock()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._centre: Any = None
        self._screen: Screen[str] = Screen()
        self._screen.adopt({notice: handle for notice, handle in earlier.items() if handle})

    async def prepare(self) -> None:
        """Wake the library up; whatever is wrong with it is said when a notice comes."""
        async with self._turn:
            try:
                await self._ready()
            except Exception:  # noqa: BLE001 - two systems' own errors come through it
                _log.info("The notification centre cannot be had yet", exc_info=True)

    async def deliver(self, notice: Notice, *, aloud: bool) -> Outcome:
        """Show it. It is never cancelled: the systems answer into futures that must be there."""
        showing = self._begin(self._in_turn(notice, aloud=aloud))
        await asyncio.wait({showing}, timeout=PATIENCE)
        if showing.done():
            return showing.result()
        showing.add_done_callback(self._too_late)
        return Undeliverable(f"the system did not answer within {PATIENCE:g} s")

    async def withdraw(self, notice: NoticeId) -> None:
        """Close it wherever it hangs."""
        await self._begin(self._withdraw(notice))

    def _begin(self, job: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A job that ends whoever waits for it; jobs take turns in the order they are begun."""
        task = asyncio.get_running_loop().create_task(job)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _withdraw(self, notice: NoticeId) -> None:
        async with self._turn:
            for handle in self._screen.numbers_of(notice):
                await self._close(handle)

    async def _in_turn(self, notice: Notice, *, aloud: bool) -> Outcome:
        async with self._turn:
            try:
                return await self._show(notice, aloud=aloud)
            except Undeliverable as why:
                return why
            except Exception as error:  # noqa: BLE001 - two systems' own errors come through it
                _log.warning("%s could not be shown", notice.id, exc_info=True)
                return Undeliverable(f"the system refused it ({error})")

    async def _show(self, notice: Notice, *, aloud: bool) -> str:
        """Show it and close what it replaces, in this order: something is always to be seen."""
        centre = await self._ready()
        replaced = self._screen.replaced_by(notice)
        handle, taken = uuid4().hex, asyncio.Event()
        terms = _in_their_terms(notice, handle, taken.set, aloud=aloud)
        await centre.send_notification(terms)
        if not taken.is_set():
            raise Undeliverable("the system did not take it")
        for other in replaced:
            await self._close(other)
        self._screen.hang(handle, notice)
        return handle

    async def _ready(self) -> Any:
        """The library, able to show something. Raises Undeliverable."""
        if self._centre is None:
            self._centre = self._made()
        if not await self._centre.get_capabilities():
            raise Undeliverable("the system shows notices only of programs it knows as such")
        if not await self._centre.request_authorisation():
            raise Undeliverable("the system's settings do not let AI Notifier show notices")
        return self._centre

    def _made(self) -> Any:
        from desktop_notifier import DesktopNotifier

        centre = DesktopNotifier(app_name=NAME, app_icon=None)
        # These are called from a thread of the system's, and for notices of earlier runs too.
        here = asyncio.get_running_loop().call_soon_threadsafe
        centre.on_clicked = lambda handle: here(self._press, handle, Action.DETAILS.value)
        centre.on_button_pressed = lambda handle, key: here(self._press, handle, key)
        centre.on_dismissed = lambda handle: here(self._dismiss, handle)
        return centre

    def _dismiss(self, handle: str) -> None:
        self._screen.take_down(handle)

    def _press(self, handle: str, key: str) -> None:
        """A button or the body; not every system closes the notice then."""
        action = _ACTIONS.get(key)
        notice = self._screen.take_down(handle) if action else None
        if action is None or notice is None:
            return
        self._begin(self._close(handle))
        self._touched(notice, action)

    def _too_late(self, shown: asyncio.Task[Outcome]) -> None:
        """It was given up and is owed by now: it is shown anew rather than twice."""
        if not shown.cancelled() and isinstance(handle := shown.result(), str):
            self._begin(self._close(handle))
            self._late()

    async def _close(self, handle: str) -> None:
        self._screen.take_down(handle)
        if self._centre is None:
            return
        try:
            await self._centre.clear(handle)
        except Exception:  # noqa: BLE001 - most often it has gone by itself
            _log.info("A notice could not be closed", exc_info=True)


def _in_their_terms(notice: Notice, handle: str, taken: Callable[[], None], *, aloud: bool) -> Any:
    """A notice as the library wants it. Its texts are plain; the library escapes for Windows."""
    from desktop_notifier import DEFAULT_SOUND, Button, Notification

    buttons = [
        # A Mac remembers buttons by their labels alone, so each label has one key for ever.
        Button(title=sink.line(label, 60), identifier=action.value)
        for action, label in zip(notice.actions, notice.labels, strict=True)
        if action is not Action.DETAILS
    ]
    return Notification(
        title=sink.line(notice.title, MOST_TEXT),
        message=sink.lines(notice.body, MOST_TEXT),
        buttons=tuple(buttons[:MOST_BUTTONS]),
        sound=DEFAULT_SOUND if aloud else None,
        on_dispatched=taken,
        identifier=handle,
    )
