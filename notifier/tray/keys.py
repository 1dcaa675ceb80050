"""Has the engine's thread do what a person wishes with a key, and tells their window what came.

Qt's thread waits for nothing: neither for a key store, nor for its unlock prompt, nor for a call.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from notifier.app.key_desk import Done, KeyDesk, Place
from notifier.desktop.key_dialog import KeyDialog
from notifier.model.key import KeyState, Secret
from notifier.model.observation import Failure, Reading
from notifier.model.picture import Lamp, Row, ShownAccount
from notifier.model.service import ServiceKey
from notifier.wording import key_dialog as words

if TYPE_CHECKING:
    from concurrent.futures import Future

    from notifier.watch.thread import LoopThread
    from notifier.wording.say import Say

log = logging.getLogger(__name__)

PROMPT_OPEN = 120.0
"""Seconds a call waits for the key store, where that asks the person first."""

_GLANCE = 0.5
"""Seconds between two questions whether it has answered."""

Call = Callable[[ServiceKey], Coroutine[Any, Any, Reading | Failure]]
"""Makes one real call for a service; in the engine's thread."""


class Keys(QObject):
    """One window at a time; another wish closes the one before it."""

    _came = Signal(object, object)
    """Of which window, and what came; emitted in the engine's thread."""

    def __init__(
        self,
        *,
        say: Say,
        thread: LoopThread,
        desk: Callable[[], KeyDesk],
        changed: Callable[[str], None],
        call: Call,
    ) -> None:
        """`desk` makes what does it, `changed` hears which entry has another key now.

        Both, and `call`, are called in the engine's thread.
        """
        super().__init__()
        self._say, self._thread, self._desk = say, thread, desk
        self._changed, self._call = changed, call
        self._window: KeyDialog | None = None
        self._under_way: Future[None] | None = None
        self._came.connect(self._show)

    def set_key(self, row: Row) -> None:
        """Let a key be typed for the service of `row`."""
        if row.account is None:
            return
        entry = row.account.entry
        title = words.set_title(row.service.name, self._say)
        window = self._open(KeyDialog(self._say, title, words.KEEP, field=True))
        window.wished.connect(lambda secret: self._keep(entry, secret))
        window.show_offer(words.set_text((_origin(row.account),), self._say))
        self._run(self._place(entry))

    def forget_key(self, row: Row) -> None:
        """Ask whether to forget the key of `row`."""
        if row.account is None:
            return
        entry = row.account.entry
        title = words.forget_title(row.service.name, self._say)
        window = self._open(KeyDialog(self._say, title, words.FORGET))
        window.show_offer(words.forget_text(self._say))
        window.allow()
        window.wished.connect(lambda _none: self._forget(entry))

    def deep_check(self, row: Row) -> None:
        """Say what a real call for `row` costs, and ask whether to make it."""
        if row.account is None or row.account.deep is None:
            return
        title = words.deep_title(row.service.name, self._say)
        window = self._open(KeyDialog(self._say, title, words.CALL))
        window.show_offer(words.deep_text(row.account.deep, self._say))
        window.allow()
        window.wished.connect(lambda _none: self._make_call(row.key))

    # -- in Qt's thread

    def _open(self, window: KeyDialog) -> KeyDialog:
        if self._window is not None:
            self._window.close()
        self._window = window
        window.finished.connect(partial(self._closed, window))
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def _closed(self, window: KeyDialog, _code: int) -> None:
        """Whatever waits for this window waits no more: a prompt of the store is let go of."""
        if self._window is window:
            self._window = None
            self._let_go()
        window.deleteLater()

    def _let_go(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.cancel()

    def _keep(self, entry: str, secret: Secret) -> None:
        self._busy(words.WAITING)
        self._run(self._kept(entry, secret))

    def _forget(self, entry: str) -> None:
        self._busy(words.WAITING)
        self._run(self._forgotten(entry))

    def _make_call(self, service: ServiceKey) -> None:
        self._busy(words.CALLING)
        self._run(self._called(service))

    def _busy(self, text: str) -> None:
        if self._window is not None:
            self._window.under_way(self._say(text))

    def _run(self, work: Coroutine[Any, Any, _Came]) -> None:
        self._let_go()
        self._under_way = self._thread.run(self._tell(self._window, work))

    @Slot(object, object)
    def _show(self, window: KeyDialog, came: _Came) -> None:
        if window is not self._window:
            return  # closed meanwhile
        match came:
            case Place(origins=where, says=says, fit=True):
                window.show_offer(words.set_text(where, self._say))
                window.allow(says)
            case Place(says=says):
                window.forbid(says)
            case Done(well=True, says=says):
                window.succeed(Lamp.CLEAR, says)
            case Done(says=says):
                window.failed(says)
            case Reading() | Failure():
                window.succeed(*words.called(came, self._say))

    # -- in the engine's thread

    async def _tell(self, window: KeyDialog | None, work: Coroutine[Any, Any, _Came]) -> None:
        try:
            came = await work
        except Exception:
            log.exception("nothing came of what was wished with a key")
            came = Done(well=False, says=self._say(words.FAILED))
        self._came.emit(window, came)

    async def _place(self, entry: str) -> Place:
        return await self._desk().place(entry)

    async def _kept(self, entry: str, secret: Secret) -> Done:
        done = await self._desk().keep(entry, secret)
        if done.well:
            self._changed(entry)
        return done

    async def _forgotten(self, entry: str) -> Done:
        done = await self._desk().forget(entry)
        if done.well:
            self._changed(entry)
        return done

    async def _called(self, service: ServiceKey) -> Reading | Failure:
        """What came of the call; while the key store asks the person, it is waited for."""
        outcome = await self._call(service)
        for _ in range(int(PROMPT_OPEN / _GLANCE)):
            if not _waits(outcome):
                break
            await asyncio.sleep(_GLANCE)
            outcome = await self._call(service)
        return outcome


_Came = Place | Done | Reading | Failure


def _origin(shown: ShownAccount) -> str:
    """Where a key is sent as far as the picture tells; what it is bound to comes from the desk."""
    return f"{shown.scheme}://{shown.host}"


def _waits(outcome: Reading | Failure) -> bool:
    return isinstance(outcome, Failure) and outcome.store is KeyState.WAITING
