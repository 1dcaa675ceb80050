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
from notifier.tray.leaving import AFTER_THAT, STOP_WITHIN
from notifier.tray.watchdog import Watchdog

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from notifier.channels import Ladder
    from notifier.channels.window import Window
    from notifier.desktop.board_window import BoardWindow
    from notifier.model.relay import Relayed
    from notifier.model.tried import Tried
    from notifier.storage.on_screen import Left
    from notifier.tray.connection_test import ConnectionTester
    from notifier.tray.drill import FallbackTester
    from notifier.tray.keys import Keys
    from notifier.tray.proof import Prover
    from notifier.tray.scratch import Ranked, Scratch
    from notifier.tray.trial_notice import NoticeTester
    from notifier.tray.work import Work
    from notifier.watch.thread import LoopThread

log = logging.getLogger(__name__)

MOST_NOTICES = 200
"""Notices remembered for the clicks on them."""


class Program(QObject):
    """Everything a person sees of one run. The icon stands before anything else is loaded."""

    def __init__(self, bridge: Bridge, around: Around) -> None:
        """Show the neutral icon; `begin` starts the work behind it."""
        super().__init__()
        self._bridge = bridge
        self._thread: LoopThread | None = None
        self._around = around
        self._work: Work | None = None
        self._picture: Picture | None = None
        self._running: Future[None] | None = None
        self._watchdog = Watchdog(self._turned, self)
        self._watchdog.changed.connect(self._paint)
        self._slipped = False
        self._window: BoardWindow | None = None
        self._tester: ConnectionTester | None = None
        self._prover: Prover | None = None
        self._fallback_tester: FallbackTester | None = None
        self._notice_tester: NoticeTester | None = None
        self._pad: Scratch | None = None
        self._key_windows: Keys | None = None
        self._caption = ""
        self._notices: dict[NoticeId, Notice | Left] = {}
        self._earlier: tuple[Left, ...] = ()
        self._platform = current()
        self._intents = Intents(
            self.send,
            self._open_url,
            self._choose,
            around.now,
            self._test_connection,
            self._try_notice,
            copy_proof=self._copy_proof,
            test_fallbacks=self._test_fallbacks if around.drills else None,
            take_along=self._open_instead,
            open_pad=self._open_pad,
        )
        self.tray = Tray(self._doors(), around.say, TrayHost(self), self._platform.no_tray)
        self.tray.homeless.connect(self._homeless)
        self._wall: Window | None = None
        self._ladder: Ladder | None = None
        bridge.shown.connect(self._show)
        bridge.told.connect(self._tell)
        bridge.withdrawn.connect(self._withdraw)
        bridge.summoned.connect(self.open_window)
        bridge.tried.connect(self._send_trial)
        bridge.captioned.connect(self.set_caption)
        bridge.stalled.connect(self._watchdog.give_up)
        bridge.slipped.connect(self._slip)
        bridge.finished.connect(self.quit)

    def _doors(self) -> Doors:
        around = self._around

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
        self._work, self._thread = work, thread
        self._earlier = self._around.earlier()
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
        sound = partial(working.sounds, self._work)
        ways = Ways(self.tray, self._around, self._earlier, sound, self)
        ways.pressed.connect(self._pressed)
        ways.appeared.connect(self._reachable)
        self._ladder = Ladder((*ways.candidates(), lambda: wall), self)
        self._ladder.heard.connect(self._heard)
        self._ladder.kept_back.connect(self._kept_back)
        self._ladder.unheard.connect(self._unheard)

    async def _run(self, work: Work) -> None:
        try:
            await work.run()
        finally:
            self._bridge.finished.emit()

    # -- what comes from the engine --------------------------------------------------------

    @Slot(object)
    def _show(self, picture: Picture) -> None:
        self._picture = picture
        self._watchdog.listen()
        self._paint()

    @Slot()
    def _paint(self) -> None:
        """Show how it stands: as the engine has it, or that the engine is silent."""
        picture = self._as_it_stands()
        if picture is None:
            return
        self.tray.show(picture)
        if self._window is not None:
            self._window.show_picture(picture)
        if self._tester is not None:
            self._tester.show_picture(picture)
        if self._pad is not None:
            self._pad.show_picture(picture)

    def _as_it_stands(self) -> Picture | None:
        since = self._watchdog.silent_since
        if since is None:
            return self._picture
        from notifier import view

        around = self._around
        return view.stalled(self._picture, since, around.now(), around.say, around.zone)

    def _turned(self) -> Moment | None:
        return None if self._work is None else self._work.turned

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
            opener.open_file(self._around.log_file)
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
        if self._ladder is not None:
            self._ladder.deliver(notice)

    @Slot(object)
    def _withdraw(self, notice: NoticeId) -> None:
        if self._ladder is not None:
            self._ladder.withdraw(notice)

    # -- what goes to the engine -----------------------------------------------------------

    def send(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        """Hand a wish to the engine; nothing changes here until the next picture."""
        self._in_loop(lambda work: working.ask(work, wish, service, until))

    @Slot(object, str, str)
    def _heard(self, notice: NoticeId, channel: str, handle: str) -> None:
        self._in_loop(lambda work: working.heard(work, notice, channel, handle))

    @Slot(object, str)
    def _kept_back(self, notice: NoticeId, by: str) -> None:
        self._in_loop(lambda work: working.kept_back(work, notice, by))

    @Slot(object, str)
    def _unheard(self, notice: NoticeId, why: str) -> None:
        log.warning("nobody took %s: %s", notice, why)
        self._in_loop(lambda work: working.unheard(work, notice, why))

    @Slot()
    def _reachable(self) -> None:
        self._in_loop(working.reachable)

    def _woke(self) -> None:
        work = self._work
        if work is not None and work.engine is not None and self._thread is not None:
            self._thread.run(work.engine.woke())

    def _in_loop(self, act: Callable[[Work], None]) -> None:
        work = self._work
        if work is not None and self._thread is not None:
            self._thread.call(lambda: act(work))

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
                    self._open_instead(notice.open_url, next(iter(services), None), outage)
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
        self._around.open_url(url)

    # -- the scratch pad -------------------------------------------------------------------

    def _open_instead(
        self, url: str, service: ServiceKey | None = None, outage: tuple[str, ...] = ()
    ) -> None:
        """Open an alternative to `service`, with the draft where that may go along."""
        self._scratch().open_instead(url, service, outage)

    def _open_pad(self, service: ServiceKey | None) -> None:
        self._scratch().open(service)

    def _scratch(self) -> Scratch:
        if self._pad is None:
            from notifier.tray.scratch import Scratch

            self._pad = Scratch(
                around=self._around,
                picture=self._as_it_stands,
                rank=self._rank,
                find=lambda url: working.service_at(self._work, url),
                rehearsal=working.is_rehearsal(self._work),
            )
        return self._pad

    def _rank(self, service: ServiceKey, then: Callable[[Ranked], None]) -> None:
        around = self._around
        self._in_loop(lambda work: then(working.ranked(work, service, around.now(), around.say)))

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

            around = self._around
            self._window = BoardWindow(
                say=around.say,
                send=self.send,
                open_url=self._open_url,
                open_chooser=self._choose,
                test_connection=self._test_connection,
                try_notice=self._try_notice,
                now=around.now,
                zone=around.zone,
                keys=self._keys(),
                copy_proof=self._copy_proof,
                test_fallbacks=self._intents.test_fallbacks,
                take_along=self._open_instead,
                open_pad=self._open_pad,
                have_account=around.have_account,
            )
            self._window.slip_answered.connect(self._own_up)
            self._window.set_caption(self._caption)
            self._window.show_slip(slipped=self._slipped)
        return self._window

    def _keys(self) -> Keys | None:
        desk, thread = self._around.key_desk, self._thread
        if desk is None or thread is None:
            return None
        from notifier.tray.keys import Keys

        self._key_windows = Keys(
            say=self._around.say,
            thread=thread,
            desk=desk,
            changed=lambda entry: working.key_changed(self._work, entry),
            call=lambda service: working.call(self._work, service),
        )
        return self._key_windows

    @Slot(str)
    def set_caption(self, text: str) -> None:
        """Mark the window as a rehearsal, with its time and act."""
        self._caption = text
        if self._window is not None:
            self._window.set_caption(text)

    def _is_it_me(self) -> None:
        self.open_at(None)
        self._built().check_now()

    def _read_log(self, service: ServiceKey) -> None:
        self.open_at(service)
        self._built().show_log()

    def _test_connection(self) -> None:
        if self._tester is None and self._thread is not None:
            from notifier.tray.connection_test import ConnectionTester

            around = self._around
            self._tester = ConnectionTester(
                say=around.say,
                zone=around.zone,
                now=around.now,
                send=self.send,
                thread=self._thread,
                wire=around.wire,
                neutral=lambda: () if self._work is None else working.neutral(self._work),
            )
        if self._tester is not None:
            self._tester.open(self._as_it_stands(), rehearsal=bool(self._caption))

    def _test_fallbacks(self) -> None:
        if self._fallback_tester is None and self._thread is not None:
            from notifier.tray.drill import FallbackTester

            around = self._around
            self._fallback_tester = FallbackTester(
                say=around.say,
                zone=around.zone,
                now=around.now,
                thread=self._thread,
                work=lambda: self._work,
            )
        if self._fallback_tester is not None:
            last = None if self._picture is None else self._picture.fallbacks_tested
            self._fallback_tester.open(last)

    def _copy_proof(self, service: ServiceKey) -> None:
        if self._prover is None and self._thread is not None:
            from notifier.tray.proof import Prover

            around = self._around
            self._prover = Prover(
                say=around.say,
                zone=around.zone,
                now=around.now,
                thread=self._thread,
                work=lambda: self._work,
            )
            self._prover.copied.connect(self._proof_copied)
            self._prover.failed.connect(self._say_in_window)
        if self._prover is not None:
            self._prover.copy(service)

    @Slot(str)
    def _proof_copied(self, service: ServiceKey) -> None:
        if self._window is not None:
            self._window.proof_copied(service)

    def _try_notice(self) -> None:
        if (tester := self._trials()) is not None:
            tester.open()

    @Slot(object)
    def _send_trial(self, answered: Callable[[Tried], None]) -> None:
        """A command wants a test notification; before there is a ladder nobody takes it."""
        if (tester := self._trials()) is not None:
            tester.send(answered)

    def _trials(self) -> NoticeTester | None:
        if self._notice_tester is None and self._ladder is not None:
            from notifier.tray.trial_notice import NoticeTester

            say, now, rehearsal = self._around.say, self._around.now, bool(self._caption)
            self._notice_tester = NoticeTester(
                self._ladder, say, lambda: now().utc, self._try_relays, rehearsal=rehearsal
            )
        return self._notice_tester

    def _try_relays(self, answered: Callable[[tuple[Relayed, ...]], None]) -> None:
        if self._thread is not None:
            self._thread.run(working.try_relays(self._work, answered))

    def _toggle_login(self) -> None:
        why = "" if self._around.at_login is None else self._around.at_login.toggle()
        self.tray.repaint()
        if why:
            self._say_in_window(why)

    def _choose(self) -> None:
        if self._around.choose is not None:
            self._around.choose()

    @Slot(str)
    def _homeless(self, hint: str) -> None:
        """Nobody shows the icon: better a window than running unseen."""
        self._say_in_window(hint)

    @Slot(str)
    def _say_in_window(self, text: str) -> None:
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
        work, self._work = self._work, None
        if work is None or self._thread is None:
            return
        if self._pad is not None:
            self._pad.keep_now()
        self._around.leaving()
        self._watchdog.stop()
        self._thread.call(work.stop)
        if self._running is not None:
            from concurrent.futures import wait

            wait((self._running,), STOP_WITHIN)
        self._thread.stop(AFTER_THAT)
        self.tray.hide()
