"""Starting the tray program, and a rehearsal in the tray; one owner per profile.

Little is imported here: what the icon does not need comes after it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from notifier.app import logs
from notifier.app.zone import local_zone
from notifier.desktop import opener
from notifier.desktop.bridge import Bridge
from notifier.owner.lock import Kind, Lock, acquire, holder
from notifier.owner.transport import OwnerError
from notifier.storage.places import PlaceRefused, Places, places
from notifier.tray import bus, leaving
from notifier.tray.around import Around
from notifier.tray.at_login import AtLogin
from notifier.tray.face import BridgeFace
from notifier.tray.leaving import Signals
from notifier.tray.program import Program
from notifier.tray.work import Watch
from notifier.watch.clock import SystemClock
from notifier.wording.say import English

if TYPE_CHECKING:
    from notifier.app.key_desk import KeyDesk
    from notifier.app.profile import Profile
    from notifier.app.session import Session
    from notifier.model.service import ServiceId
    from notifier.storage.on_screen import Left
    from notifier.tray.chooser import Chooser
    from notifier.watch.thread import LoopThread
    from notifier.watch.wire import Wire
    from notifier.wording.say import Say

AFTER_THE_ICON = 20
"""Milliseconds Qt gets to bring the icon to its host before we load everything else."""

TAKE_OVER_WITHIN = 5.0
"""Seconds a `notifier watch` may take to hand the profile over."""

SHOWN_WITHIN = 10.0
"""Seconds another tray may take to show its window."""

AGAIN_AFTER = 0.2
"""Seconds until one that does not listen yet is asked again."""

ANEW = 75
"""The exit code of Qt's loop that means: there is a session bus again, begin with it anew."""

NO_SCREEN = (
    "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). `notifier watch` does "
    "the same without a desktop."
)


def tray(folder: Path | None) -> int:
    """Run the tray program; a second start shows the first one's window and ends."""
    if not has_screen():
        return _refuse(NO_SCREEN)
    place = places(folder)
    try:
        lock = _own(place)
    except (OwnerError, PlaceRefused) as error:
        return _refuse(str(error))
    if lock is None:
        return 0
    session_bus = bus.own_address()
    with lock, logs.kept(place.log):
        code = _run(place, lock.problem)
    if code == ANEW:
        if session_bus:
            os.environ[bus.VARIABLE] = session_bus
        leaving.start_anew()
    return code


def has_screen() -> bool:
    """Whether Qt would find a display; without one it ends the process."""
    if sys.platform in ("win32", "darwin"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def _refuse(text: str) -> int:
    sys.stderr.write(f"notifier: {text}\n")
    return 1


def _own(place: Places) -> Lock | None:
    """The lock of the profile; None where another tray has it, whose window now shows."""
    run = place.run
    lock = acquire(run, Kind.TRAY)
    if lock is not None:
        return lock
    other = holder(run)
    if other is not None and other.kind is Kind.WATCH:
        from notifier.owner import client

        with suppress(OwnerError):
            client.ask(place.socket, {"ask": "yield"})
        lock = acquire(run, Kind.TRAY, TAKE_OVER_WITHIN)
        if lock is not None:
            return lock
        raise OwnerError("A `notifier watch` owns this profile and does not hand it over; end it.")
    return _shown(place)


def _shown(place: Places) -> Lock | None:
    """Have the tray that has the profile show its window; its lock, where it ends instead.

    One that has just begun has an icon before it can be asked anything.
    """
    from notifier.owner import client

    until = time.monotonic() + SHOWN_WITHIN
    while (answer := client.ask(place.socket, {"ask": "show"})) is None:
        lock = acquire(place.run, Kind.TRAY, AGAIN_AFTER)
        if lock is not None:
            return lock
        if time.monotonic() >= until:
            raise OwnerError("AI Notifier runs already, and does not answer; end it first.")
    if "error" in answer:
        raise OwnerError(str(answer.get("detail", answer["error"])))
    return None


def application() -> QApplication:
    """Qt, told who we are; it goes on when its last window is closed."""
    app = QApplication(sys.argv[:1])
    # Qt hands this to tray hosts as the icon's title, which people see and hear.
    app.setApplicationName("AI Notifier")
    app.setApplicationDisplayName("AI Notifier")
    app.setDesktopFileName("ai-notifier")
    app.setQuitOnLastWindowClosed(False)
    app.commitDataRequest.connect(leaving.leave_it)
    return app


class _Later:
    """What is needed only once the icon is painted: imported and made when first asked for."""

    def __init__(self, place: Places, say: Say, at_login: AtLogin | None) -> None:
        self._place, self._say, self._at_login = place, say, at_login
        self._session: Session | None = None

    @cached_property
    def thread(self) -> LoopThread:
        """Where the engine lives."""
        from notifier.watch.thread import LoopThread

        return LoopThread()

    def profile(self) -> Profile:
        """The settings and what is kept, with the catalogue that holds now.

        Where that was updated, the session has mostly read it already: Qt need not.
        """
        if self._session is not None:
            return self._session.profile.renewed()
        from notifier.app.profile import Profile

        return Profile.at(self._place)

    @cached_property
    def _chooser(self) -> Chooser:
        from notifier.tray.chooser import Chooser

        return Chooser(self.profile, self._say, self.thread, self._at_login)

    def choose(self) -> None:
        """Let tools be chosen."""
        self._chooser.open()

    def key_desk(self) -> KeyDesk:
        """What sets and forgets a key of the person's."""
        from notifier.app.key_desk import KeyDesk

        return KeyDesk(self.profile(), self._say)

    def wire(self) -> Wire:
        """Connections as the settings say now."""
        from notifier.app.network import wire_of
        from notifier.app.profile import read_settings
        from notifier.model.settings import Choices
        from notifier.storage.settings_file import SettingsUnreadable

        try:
            return wire_of(read_settings(self.profile()).choices)
        except SettingsUnreadable:
            return wire_of(Choices())

    def have_account(self, service: ServiceId) -> str:
        """Note that the person has an account with a service; why that could not be, or nothing."""
        from notifier.storage import settings_file

        try:
            settings_file.have_account(self._place.settings, service)
        except (settings_file.SettingsRefused, settings_file.SettingsUnreadable) as error:
            return str(error)
        return ""

    def earlier(self) -> tuple[Left, ...]:
        """Which notices an earlier run left on the screen."""
        from notifier.storage.on_screen import left_on_screen

        return left_on_screen(self._place.history)

    def session(self, bridge: Bridge, grievance: str | None) -> Session:
        """The engine with all it works on; another each time."""
        from notifier.app.session import Session

        self._session = Session(
            self.profile(),
            BridgeFace(bridge),
            say=self._say,
            summon=bridge.summoned.emit,
            try_notice=bridge.tried.emit,
            grievance=grievance,
        )
        return self._session


def _run(place: Places, grievance: str | None) -> int:
    shunned = bus.shun_if_hung()
    app = application()
    say, clock = English(), SystemClock()
    bridge = Bridge()
    at_login = AtLogin(say) if place.profile is None else None
    lost_bus = bus.LostBus(shunned or bus.own_address(), app)
    later = _Later(place, say, at_login)

    around = Around(
        say=say,
        zone=local_zone(),
        now=clock.moment,
        open_url=opener.open_link,
        open_way=opener.open_way,
        draft_file=place.draft,
        settings_file=place.settings,
        log_file=place.log,
        wire=later.wire,
        choose=later.choose,
        earlier=later.earlier,
        at_login=at_login,
        key_desk=later.key_desk,
        drills=True,
        have_account=later.have_account,
        leaving=leaving.last_resort,
        bus_lost=lost_bus.look_for,
    )
    program = Program(bridge, around)
    signals = Signals(program.quit)
    lost_bus.found.connect(lambda: program.quit(ANEW))
    app.aboutToQuit.connect(program.end)
    if shunned:
        lost_bus.look_for()

    def session() -> Session:
        return later.session(bridge, grievance)

    def begin() -> None:
        first = session()
        program.begin(Watch(first, session, bridge.stalled.emit), later.thread)
        if at_login is not None:
            at_login.verify()
        if not first.engine.settings.services and not first.complaints:
            later.choose()

    # The icon is painted first; only then are settings, history and network loaded.
    QTimer.singleShot(AFTER_THE_ICON, begin)
    with logs.heeded(bridge.slipped.emit):
        code = app.exec()
    signals.close()
    return code


def rehearse(arguments: Sequence[str]) -> int:
    """`notifier rehearse … --tray`: the real tray and real notices, a scripted world."""
    import argparse

    from notifier.app.profile import open_profile
    from notifier.tray.rehearse import run

    parser = argparse.ArgumentParser(prog="notifier rehearse")
    parser.add_argument("command", nargs="?")
    parser.add_argument("scenario", nargs="?", default="demo")
    parser.add_argument("--tray", action="store_true")
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--mine", action="store_true")
    parser.add_argument("--profile", type=Path)
    given = parser.parse_args(list(arguments))
    if not has_screen():
        return _refuse(NO_SCREEN)
    if given.speed <= 0:
        return _refuse("--speed must be more than 0")
    return run(
        open_profile(given.profile),
        given.scenario,
        speed=given.speed,
        check=given.check,
        mine=given.mine,
    )
