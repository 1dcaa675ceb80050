"""Looking once, as a command without an owner does, in virtual time: what fails is confirmed."""

import asyncio

import pytest

from notifier.app.once import NoDiary, NoFace
from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre
from notifier.rehearsal.memory import MemoryLooker
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.watch.engine import Engine
from notifier.wording.say import English

WORLD = """title = "A look"
about = "made up for a test"
start = "2026-11-23T17:40:00Z"
length = "1m"
{settings}
[[service]]
id = "chatgpt"
[[service]]
id = "claude"
[[also]]
id = "perplexity"
[[at]]
t = "0s"
{fails}
"""

NO_NEUTRAL_HOSTS = "[settings.network]\nreferences = []"


class SlowDoors(MemoryLooker):
    """Every front door answers after all pages have: the worst order for a control."""

    async def look(self, source, *, fresh=False):
        await asyncio.sleep(1.0 if source.id.startswith("probe") else 0.0)
        return await super().look(source, fresh=fresh)


def look_once(folder, fails, settings=""):
    """How it stands after one look, and how many seconds that took."""
    text = WORLD.format(fails=fails, settings=settings)
    script = Script(parse("world.toml", text.encode()), {})
    with Theatre(open_profile(folder), script) as theatre:
        stage = theatre.stage
        clock = StagedClock(stage.scenario.start)
        engine = Engine(
            looker=SlowDoors(stage.world, lambda: stage.settings, clock),
            clock=clock,
            diary=NoDiary,
            settings=stage.settings,
            face=NoFace(),
            say=English(),
        )

        async def look():
            clock.begin()
            for change in stage.scenario.steps[0].changes:
                stage.world.apply(change, clock.true_utc)
            await engine.run_once()

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(look())
        return {row.key: row for row in engine.picture_now().rows}, clock.t


def test_where_nothing_fails_it_ends_at_once(tmp_path):
    rows, took = look_once(tmp_path, 'network = "online"')
    assert [row.verdict.health.value for row in rows.values()] == ["operational"] * 2
    assert took < 2


@pytest.mark.parametrize(
    ("settings", "at_least", "at_most"), [("", 10, 25), (NO_NEUTRAL_HOSTS, 10, 55)]
)
def test_a_front_door_that_fails_is_confirmed_once_another_host_has_answered(
    tmp_path, settings, at_least, at_most
):
    rows, took = look_once(tmp_path, 'probe.chatgpt = { answer = "503" }', settings)
    verdict = rows["chatgpt"].verdict
    assert (verdict.whose.value, verdict.cause.value) == ("them", "page_silent")
    assert verdict.confidence.value == "suspected"
    assert at_least <= took <= at_most


def test_a_front_door_that_failed_for_a_moment_is_nobodys_outage(tmp_path):
    rows, _ = look_once(tmp_path, 'probe.chatgpt = { answers = ["503", "200"] }')
    assert rows["chatgpt"].verdict.health.value == "operational"


def test_a_page_that_cannot_be_read_is_not_waited_for(tmp_path):
    rows, took = look_once(tmp_path, 'page.chatgpt = { answer = "503" }')
    assert rows["chatgpt"].verdict.cause.value == "page_unreadable"
    assert took < 2


def test_without_a_network_it_ends_at_once_and_blames_nobody(tmp_path):
    rows, took = look_once(tmp_path, 'network = "offline"')
    assert {row.verdict.whose.value for row in rows.values()} == {"you"}
    assert took < 5


def test_what_could_be_used_instead_is_looked_at_where_something_fails(tmp_path):
    rows, took = look_once(tmp_path, 'page.chatgpt = { state = "major_outage" }')
    assert [one.id for one in rows["chatgpt"].fallbacks] == ["claude"]
    refused = {one.id: one.why for one in rows["chatgpt"].excluded}
    assert refused["perplexity"] == "runs partly on the same models"
    assert took < 5
