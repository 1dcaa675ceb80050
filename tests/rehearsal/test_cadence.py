"""When is looked, and what a day leaves: none of it is the wall clock's to decide."""

import asyncio
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre
from notifier.rehearsal.memory import MemoryLooker
from notifier.rehearsal.play import Play
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

DAY = """title = "A day"
about = "made up for a test"
start = "2026-03-17T02:30:00Z"
length = "25m"
[[service]]
id = "chatgpt"
[[service]]
id = "claude"
[[at]]
t = "6m"
page.chatgpt = { state = "major_outage" }
[[at]]
t = "9m"
probe.claude = { answers = ["503", "503", "200"] }
[[at]]
t = "12m"
page.chatgpt = { state = "operational" }
[[at]]
t = "15m"
network = "offline"
[[at]]
t = "18m"
network = "online"
"""


class Noting(MemoryLooker):
    """Notes when each look began, by the steady clock."""

    def __init__(self, stage, clock, looks):
        super().__init__(stage.world, lambda: stage.settings, clock)
        self.steady = clock
        self.looks = looks

    async def look(self, source, *, fresh=False):
        self.looks.append((self.steady.t, source.id, fresh))
        return await super().look(source, fresh=fresh)


def played(leaps):
    """Every look with its time, and every notice with its time, of a day with such leaps."""
    text = DAY + "".join(f'[[at]]\nt = "{at}s"\nclock = "{by}s"\n' for at, by in leaps)
    looks, watched = [], Watched()
    with (
        tempfile.TemporaryDirectory() as folder,
        Theatre(
            open_profile(Path(folder)), Script(parse("day.toml", text.encode()), {})
        ) as theatre,
    ):
        stage = theatre.stage
        clock = StagedClock(stage.scenario.start)
        play = Play(
            stage,
            clock=clock,
            looker=lambda: Noting(stage, clock, looks),
            diary=theatre.diary(clock),
            audience=watched,
            say=English(),
        )
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(play.run())
    return looks, [(t, reason) for t, reason, _ in watched.told]


NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example is a whole play: making a failing one smaller would take minutes."""


@cache
def undisturbed():
    return played(())


@pytest.mark.parametrize(
    "examples", [5, pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_a_wall_clock_that_jumps_changes_no_look_and_no_notice(examples):
    times = st.integers(1, 1490)
    amounts = st.integers(-20 * 86400, 20 * 86400).map(lambda by: f"{by:+d}")

    @settings(max_examples=examples, deadline=None, phases=NO_SHRINKING)
    @given(leaps=st.lists(st.tuples(times, amounts), min_size=1, max_size=4))
    def holds(leaps):
        assert played(tuple(leaps)) == undisturbed()

    holds()
