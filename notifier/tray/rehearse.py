"""A rehearsal with the real tray, window and notification daemon."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from notifier.app.profile import Profile
from notifier.app.rehearsing import Live, Theatre, build_live, open_script, own_choice
from notifier.app.zone import local_zone
from notifier.desktop import opener
from notifier.desktop.bridge import Bridge
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.way_in import WayIn
from notifier.rehearsal.play import Outcome
from notifier.rehearsal.scenario import ScenarioError
from notifier.tray.around import Around
from notifier.tray.face import BridgeFace
from notifier.tray.program import Program
from notifier.tray.work import Rehearsed
from notifier.watch.thread import LoopThread
from notifier.wording import rehearsal as words
from notifier.wording.say import English, Say

MARK = "Rehearsal"


class _Audience:
    """Keeps the window's caption, and tells the terminal each notice and silence in a line."""

    def __init__(self, bridge: Bridge, say: Say) -> None:
        """Caption through `bridge`."""
        self._bridge = bridge
        self._say = say
        self._act = ""

    def notice(self, t: float, notice: Notice) -> None:
        """A notice was shown."""
        _line(words.shown(t, notice, self._say))

    def withheld(self, t: float, withheld: Withheld) -> None:
        """A silence."""
        _line(words.withheld(t, withheld, self._say))

    def closed(self, t: float, gone: Withdraw) -> None:
        """A notice was withdrawn."""
        _line(words.closed(t, gone, self._say))

    def picture(self, t: float, picture: Picture) -> None:
        """The caption's time moves with every picture."""
        del picture
        self._bridge.captioned.emit(words.caption(t, self._act, self._say))

    def caption(self, t: float, text: str) -> None:
        """A new act."""
        self._act = text
        _line(words.act(t, text, self._say))
        self._bridge.captioned.emit(words.caption(t, text, self._say))


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(profile: Profile, name: str, *, speed: float, check: bool, mine: bool) -> int:
    """Play scenario `name` on this desktop; 0, or 1 where it cannot be played or a check fails."""
    try:
        script = open_script(name)
        choice = own_choice(profile, script.scenario) if mine else None
        with Theatre(profile, script, mine=choice) as theatre:
            return _play(theatre, profile, speed=speed, check=check and not mine)
    except ScenarioError as error:
        sys.stderr.write(f"notifier: {error}\n")
        return 1


def _play(theatre: Theatre, profile: Profile, *, speed: float, check: bool) -> int:
    from notifier.tray.leaving import Signals
    from notifier.tray.start import application

    app = application()
    say = English()
    bridge, thread = Bridge(), LoopThread()
    outcomes: list[Outcome] = []
    live = build_live(theatre, _Audience(bridge, say), say, speed, BridgeFace(bridge, MARK))

    def stand_in(way: WayIn) -> bool:
        shown = live.server.stand_in(opener.what_opens(way))
        return opener.open_way(WayIn(way.name, shown, way.kept_out))

    around = Around(
        say=say,
        zone=local_zone(),
        now=live.clock.moment,
        open_url=lambda url: opener.open_link(live.server.stand_in(url)),
        open_way=stand_in,
        settings_file=theatre.stage.settings_path,
        log_file=profile.places.log,
        wire=live.wire,
    )
    program = Program(bridge, around)
    signals = Signals(program.quit)
    QTimer.singleShot(0, lambda: _begin(program, live, thread, outcomes))
    app.exec()
    signals.close()
    return _ended(outcomes, theatre, say, check=check)


def _begin(program: Program, live: Live, thread: LoopThread, outcomes: list[Outcome]) -> None:
    program.begin(Rehearsed(live, outcomes.append), thread)
    program.open_window()


def _ended(outcomes: list[Outcome], theatre: Theatre, say: Say, *, check: bool) -> int:
    QApplication.processEvents()
    scenario = theatre.stage.scenario
    for line in words.ending(scenario.name, outcomes[0] if outcomes else None, say, check=check):
        _line(line)
    failed = bool(outcomes) and bool(outcomes[0].failures)
    return 1 if check and failed else 0
