"""The program in Qt's thread: icon, window and channels of one run, and their clicks.

What the icon does not need is imported when it is first used: the icon is there at once, and a
window that nobody opens costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from notifier.desktop import opener
from notifier.desktop.bridge import Bridge
from notifier.desktop.host import TrayHost
from notifier.desktop.intents import Intents
from notifier.desktop.menu import Doors
from notifier.desktop.tray import Tray
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.event import Wish
from notifier.model.moment import Moment
from notifier.model.picture import Picture
from notifier.model.service import ServiceKey
from notifier.platforms import current
from notifier.tray import work as working
from notifier.tray.around import Around
from notifier.tray.errands import Errands
from notifier.tray.leaving import AFTER_THAT, STOP_WITHIN
from notifier.tray.watchdog import Watchdog

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from notifier.channels import Ladder
    from notifier.channels.window import Window
    from notifier.desktop.board_window import BoardWindow
    from notifier.storage.on_screen import Left
    from notifier.tray.work import Work
    from notifier.watch.thread import LoopThread

log = logging.getLogger(__name__)

MOST_NOTICES = 200
"""Notices remembered for the clicks on them."""


class Program(QObject):
    """Everything a person sees of one run. The icon stands before anything else is loaded.

    `around` is what it was handed; `work` with its `engine_thread`, the last `picture`, the
    `ladder` of channels and the `caption` of a rehearsal are as they stand now.
    """

    def __init__(self, bridge: Bridge, around: Around) -> None:
        """Show the neutral icon; `begin` starts the work behind it."""
        super().__init__()
        self._bridge = bridge
        self.engine_thread: LoopThread | None = None
        self.around = around
        self.work: Work | None = None
        self.picture: Picture | None = None
        self._running: Future[None] | None = None
        self._watchdog = Watchdog(self._turned, self)
        self._watchdog.changed.connect(self._paint)
        self._slipped = False
        self._window: BoardWindow | None = None
        self._errands = errands = Errands(self)
        self.caption = ""
        self._notices: dict[NoticeId, Notice | Left] = {}
        self._earlier: tuple[Left, ...] = ()
        self._platform = current()
        self._intents = Intents(
            self.send,
            self._open_url,
            self._choose,
            around.now,
            errands.test_connection,
            errands.try_notice,
            copy_proof=errands.copy_proof,
            test_fallbacks=errands.test_fallbacks if around.drills else None,
            take_along=errands.open_instead,
            open_pad=errands.open_pad,
        )
        self.tray = Tray(self._doors(), around.say, TrayHost(self), self._platform.no_tray)
        self.tray.homeless.connect(self._homeless)
        self._wall: Window | None = None
        self.ladder: Ladder | None = None
        bridge.shown.connect(self._show)
        bridge.told.connect(self._tell)
        bridge.withdrawn.connect(self._withdraw)
        bridge.summoned.connect(self.open_window)
        bridge.tried.connect(errands.send_trial)
        bridge.captioned.connect(self.set_caption)
        bridge.stalled.connect(self._watchdog.give_up)
        bridge.slipped.connect(self._slip)
        bridge.finished.connect(self.quit)

    def _doors(self) -> Doors:
        around = self.around

        def open_settings() -> None:
            opener.open_file(around.settings_file)

        def open_log() -> None:
            opener.open_file(around.log_file)

        return Doors(
            intents=self._intents,
            open_window=self.open_at,
            is_it_me=self._is_it_me,
            open_settings=open_settings,
            open_log=open_log,
            read_log=self._read_log,
            own_up=lambda: self._own_up(True),
            quit=self.quit,
            zone=around.zone,
            at_login=lambda: None if around.at_login is None else around.at_login.ticked(),
            toggle_login=self._toggle_login,
        )

    def begin(self, work: Work, thread: LoopThread) -> None:
        """Open the channels and start `work` in the engine's thread."""
        self.work, self.engine_thread = work, thread
        self._earlier = self.around.earlier()
        self._notices = {left.notice: left for left in self._earlier}
        self._open_channels()
        self._platform.watch_wake(self._woke, self)
        thread.start()
        self._running = thread.run(self._run(work))
        self._watchdog.start()

    def _open_channels(self) -> None:
        from notifier.channels import Ladder
        from notifier.channels.window import Window
        from notifier.tray.ways import Ways

        wall = self._wall = Window(self, self)
        wall.appeared.connect(self._reachable)
        sound = partial(working.sounds, self.work)
        ways = Ways(self.tray, self.around, self._earlier, sound, self)
        ways.pressed.connect(self._pressed)
        ways.appeared.connect(self._reachable)
        self.ladder = Ladder((*ways.candidates(), lambda: wall), self)
        self.ladder.heard.connect(self._heard)
        self.ladder.kept_back.connect(self._kept_back)
        self.ladder.unheard.connect(self._unheard)

    async def _run(self, work: Work) -> None:
        try:
            await work.run()
        finally:
            self._bridge.finished.emit()

    # -- what comes from the engine --------------------------------------------------------

    @Slot(object)
    def _show(self, picture: Picture) -> None:
        self.picture = picture
        self._watchdog.listen()
        self._paint()

    @Slot()
    def _paint(self) -> None:
        """Show how it stands: as the engine has it, or that the engine is silent."""
        picture = self.as_it_stands()
        if picture is None:
            return
        self.tray.show(picture)
        if self._window is not None:
            self._window.show_picture(picture)
        self._errands.show_picture(picture)

    def as_it_stands(self) -> Picture | None:
        """The last picture, or that the engine is silent; None before there is any."""
        since = self._watchdog.silent_since
        if since is None:
            return self.picture
        from notifier import view

        around = self.around
        return view.stalled(self.picture, since, around.now(), around.say, around.zone)

    def _turned(self) -> Moment | None:
        return None if self.work is None else self.work.turned

    @Slot()
    def _slip(self) -> None:
        """Something of ours failed and is in the log: a person may want to know.

        In Qt's own thread it is heard in the middle of whatever failed: that is ended first.
        """
        QTimer.singleShot(0, partial(self._tell_of_slip, slipped=True))

    @Slot(bool)
    def _own_up(self, opened: bool) -> None:  # noqa: FBT001 - a signal's only argument
        """That was answered: by opening the log, or by dismissing it."""
        if opened:
            opener.open_file(self.around.log_file)
        self._tell_of_slip(slipped=False)

    def _tell_of_slip(self, *, slipped: bool) -> None:
        self._slipped = slipped
        self.tray.show_slip(slipped=slipped)
        if self._window is not None:
            self._window.show_slip(slipped=slipped)

    @Slot(object)
    def _tell(self, notice: Notice) -> None:
        self._notices[notice.id] = notice
        while len(self._notices) > MOST_NOTICES:
            del self._notices[next(iter(self._notices))]
        if self.ladder is not None:
            self.ladder.deliver(notice)

    @Slot(object)
    def _withdraw(self, notice: NoticeId) -> None:
        if self.ladder is not None:
            self.ladder.withdraw(notice)

    # -- what goes to the engine -----------------------------------------------------------

    def send(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        """Hand a wish to the engine; nothing changes here until the next picture."""
        self.in_loop(lambda work: working.ask(work, wish, service, until))

    @Slot(object, str, str)
    def _heard(self, notice: NoticeId, channel: str, handle: str) -> None:
        self.in_loop(lambda work: working.heard(work, notice, channel, handle))

    @Slot(object, str)
    def _kept_back(self, notice: NoticeId, by: str) -> None:
        self.in_loop(lambda work: working.kept_back(work, notice, by))

    @Slot(object, str)
    def _unheard(self, notice: NoticeId, why: str) -> None:
        log.warning("nobody took %s: %s", notice, why)
        self.in_loop(lambda work: working.unheard(work, notice, why))

    @Slot()
    def _reachable(self) -> None:
        self.in_loop(working.reachable)

    def _woke(self) -> None:
        work = self.work
        if work is not None and work.engine is not None and self.engine_thread is not None:
            self.engine_thread.run(work.engine.woke())

    def in_loop(self, act: Callable[[Work], None]) -> None:
        """Have `act` done in the engine's thread, with what goes on there."""
        work = self.work
        if work is not None and self.engine_thread is not None:
            self.engine_thread.call(lambda: act(work))

    # -- channels --------------------------------------------------------------------------

    def hang(self, notice: Notice) -> bool:
        """Show a notice no daemon took as a line in the window, where that is open."""
        if self._window is None or not self._window.isVisible():
            return False
        return self._window.show_notice(notice)

    def take_down(self, notice: NoticeId) -> None:
        """Take that line away."""
        if self._window is not None:
            self._window.withdraw_notice(notice)

    @Slot(object, object)
    def _pressed(self, id_: NoticeId, action: Action) -> None:
        notice = self._notices.get(id_)
        services = notice.services if notice is not None else ()
        match action:
            case Action.FALLBACK:
                if notice is not None and notice.open_url is not None:
                    # Of one that an earlier run left behind only its own id is known.
                    outage = notice.threads if isinstance(notice, Notice) else (id_,)
                    self._errands.open_instead(notice.open_url, next(iter(services), None), outage)
            case Action.GOT_IT | Action.TELL_ME:
                wish = Wish.GOT_IT if action is Action.GOT_IT else Wish.TELL_ME
                for service in services:
                    self.send(wish, service)
            case Action.SNOOZE:
                for service in services:
                    self._intents.snooze(service)
            case Action.DETAILS:
                self.open_at(services[0] if services else None)

    def _open_url(self, url: str) -> None:
        self.around.open_url(url)

    # -- the window ------------------------------------------------------------------------

    @Slot()
    def open_window(self) -> None:
        """Bring the window to the front; it is built when it is first opened."""
        self.open_at(None)

    def open_at(self, service: ServiceKey | None) -> None:
        """Bring the window to the front, turned to `service`."""
        window = self._built()
        self._paint()
        if service is not None:
            window.select(service)
        window.bring_up()
        self.tray.looked()
        if self._wall is not None:
            self._wall.opened()

    def _built(self) -> BoardWindow:
        if self._window is None:
            from notifier.desktop.board_window import BoardWindow

            around = self.around
            self._window = BoardWindow(
                say=around.say,
                send=self.send,
                open_url=self._open_url,
                open_chooser=self._choose,
                test_connection=self._errands.test_connection,
                try_notice=self._errands.try_notice,
                now=around.now,
                zone=around.zone,
                keys=self._errands.keys(),
                copy_proof=self._errands.copy_proof,
                test_fallbacks=self._intents.test_fallbacks,
                take_along=self._errands.open_instead,
                open_pad=self._errands.open_pad,
                have_account=around.have_account,
            )
            self._window.slip_answered.connect(self._own_up)
            self._window.set_caption(self.caption)
            self._window.show_slip(slipped=self._slipped)
        return self._window

    @Slot(str)
    def set_caption(self, text: str) -> None:
        """Mark the window as a rehearsal, with its time and act."""
        self.caption = text
        if self._window is not None:
            self._window.set_caption(text)

    def _is_it_me(self) -> None:
        self.open_at(None)
        self._built().check_now()

    def _read_log(self, service: ServiceKey) -> None:
        self.open_at(service)
        self._built().show_log()

    @Slot(str)
    def proof_copied(self, service: ServiceKey) -> None:
        """Say in the window that the proof is on the clipboard."""
        if self._window is not None:
            self._window.proof_copied(service)

    def _toggle_login(self) -> None:
        why = "" if self.around.at_login is None else self.around.at_login.toggle()
        self.tray.repaint()
        if why:
            self.say_in_window(why)

    def _choose(self) -> None:
        if self.around.choose is not None:
            self.around.choose()

    @Slot(str)
    def _homeless(self, hint: str) -> None:
        """Nobody shows the icon: better a window than running unseen."""
        self.say_in_window(hint)

    @Slot(str)
    def say_in_window(self, text: str) -> None:
        """Open the window with a sentence of ours at its head."""
        self.open_window()
        self._built().hint(text)

    # -- the end ---------------------------------------------------------------------------

    @Slot()
    def quit(self, code: int = 0) -> None:
        """End everything, and then Qt, with the exit code `code`."""
        self.end()
        QTimer.singleShot(0, lambda: QApplication.exit(code))

    @Slot()
    def end(self) -> None:
        """Intents off, engine stopped and its thread left, icon hidden. May be called twice."""
        work, self.work = self.work, None
        if work is None or self.engine_thread is None:
            return
        self._errands.leave()
        self.around.leaving()
        self._watchdog.stop()
        self.engine_thread.call(work.stop)
        if self._running is not None:
            from concurrent.futures import wait

            wait((self._running,), STOP_WITHIN)
        self.engine_thread.stop(AFTER_THAT)
        self.tray.hide()
