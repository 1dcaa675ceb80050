"""One world, asked in memory and over real sockets: both bring home the same."""

import asyncio
from contextlib import contextmanager
from dataclasses import replace

import pytest

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre
from notifier.model.observation import Answered, FailureKind, Reading, Report
from notifier.model.service import ServiceId
from notifier.rehearsal.memory import MemoryLooker
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.server import WorldServer
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.rehearsal.vocabulary import NETWORK, PAGE_ANSWERS, PROBE_ANSWERS, REACH
from notifier.watch.fetch import Fetch
from notifier.watch.thread import new_loop
from notifier.watch.wire import Wire

WORLD = """title = "A word"
about = "made up for a test"
start = "2026-11-23T17:40:00Z"
length = "1m"
[[service]]
id = "openai-api"
[[service]]
id = "claude"
[[at]]
t = "1s"
{step}
"""

MOVED = 'page.openai-api = { answer = "moved", to = "https://status.elsewhere.test/" }'
SLOW = ("timeout", "drip", "blocked")
"""Words that last until a look's deadline."""

STATUSES = ("204", "302", "401", "403", "404", "407", "410", "429", "500", "503", "511", "529")

STEPS = (
    # Each host of a silent network is one that times out, as three words below have it.
    *(f'network = "{word}"' for word in NETWORK if word != "silent"),
    *(f'reach.openai-api = "{word}"' for word in REACH),
    *(f'page.openai-api = {{ answer = "{word}" }}' for word in PAGE_ANSWERS if word != "moved"),
    *(f'page.openai-api = {{ answer = "{word}" }}' for word in STATUSES),
    MOVED,
    'page.openai-api = { parts = { "Chat Completions" = "major_outage" } }',
    *(f'probe.openai-api = {{ answer = "{word}" }}' for word in (*PROBE_ANSWERS, *STATUSES)),
    'probe.openai-api = { answers = ["reset", "200"] }',
    'probe.openai-api = { answer = "503", to = "keyless" }',
    'probe.openai-api = { answers = ["refused", "503", "200"] }',
    'probe.openai-api = { answer = "429", headers = { retry-after = "20" }, latency = "30ms" }',
)


def hangs(step):
    """Whether looks of a step last until their deadline."""
    return any(word in step for word in SLOW)


def deadline(step):
    """Seconds of a look; real ones over sockets, so long where it is not meant to be met."""
    return 2.0 if hangs(step) else 60.0


@contextmanager
def staged(folder, step):
    script = Script(parse("word.toml", WORLD.format(step=step).encode()), {})
    with Theatre(open_profile(folder), script) as theatre:
        yield theatre.stage


async def looks(stage, looker, clock):
    """Each source three times: well, twice as the step has it; the last time apart."""
    clock.begin()
    services = {service.id: service for service in stage.settings.services}
    sources = [*services[ServiceId("openai-api")].sources, stage.settings.references[0]]
    before = [await looker.look(source) for source in sources]
    for change in stage.scenario.steps[0].changes:
        stage.world.apply(change, stage.scenario.start)
    after = [await looker.look(source) for source in sources]
    again = [await looker.look(source, fresh=True) for source in sources]
    await looker.close()
    return [told(looked) for looked in (*before, *after, *again)]


def told(looked):
    """What a look brought, without how many milliseconds it took, and by how many requests."""
    outcome = looked.outcome
    if isinstance(outcome, (Reading, Answered)):
        outcome = replace(outcome, detail=outcome.detail.partition(" in ")[0])
    return outcome, looked.requests


def in_memory(folder, step):
    with staged(folder, step) as stage, asyncio.Runner(loop_factory=VirtualLoop) as runner:
        clock = StagedClock(stage.scenario.start)
        looker = MemoryLooker(stage.world, lambda: stage.settings, clock, deadline=deadline(step))
        return runner.run(looks(stage, looker, clock))


def over_sockets(folder, step):
    async def served(stage):
        clock = StagedClock(stage.scenario.start)
        server = WorldServer(stage.world, lambda: stage.settings)
        await server.start()
        try:
            wire = Wire(proxy="none", route=server.route)
            return await looks(stage, Fetch(wire=wire, clock=clock, deadline=deadline(step)), clock)
        finally:
            await server.stop()

    with staged(folder, step) as stage, asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(served(stage))


@pytest.mark.parametrize(
    "step",
    [pytest.param(step, marks=pytest.mark.slow if hangs(step) else ()) for step in STEPS],
)
def test_memory_and_sockets_bring_home_the_same(tmp_path, step):
    assert in_memory(tmp_path / "memory", step) == over_sockets(tmp_path / "sockets", step)


def page_of(folder, step):
    return in_memory(folder, step)[3][0]


def test_a_page_that_moves_to_another_vendor_is_called_moved_and_names_where(tmp_path):
    failure = page_of(tmp_path, MOVED)
    assert failure.kind is FailureKind.MOVED
    assert failure.detail == "status.openai.com has moved to status.elsewhere.test."


def test_a_connection_given_up_over_there_is_made_anew_without_a_word(tmp_path):
    door, requests = in_memory(tmp_path, 'reach.openai-api = "stale_connection"')[4]
    assert isinstance(door, Reading)
    assert not door.bad
    assert requests == 2


def test_every_word_of_the_network_but_online_leaves_no_page_readable(tmp_path):
    for word in NETWORK:
        page = page_of(tmp_path / word, f'network = "{word}"')
        assert isinstance(page, Report) is (word == "online"), word


def test_a_server_that_is_stopped_cuts_what_hangs(tmp_path):
    async def stopped(stage):
        server = WorldServer(stage.world, lambda: stage.settings)
        await server.start()
        stage.world.apply(stage.scenario.steps[0].changes[0], stage.scenario.start)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /v1/models HTTP/1.1\r\nHost: api.openai.com\r\n\r\n")
        await asyncio.sleep(0.05)
        async with asyncio.timeout(30):
            await server.stop()
            assert await reader.read() == b""
        writer.close()

    with staged(tmp_path, 'probe.openai-api = { answer = "timeout" }') as stage:
        asyncio.run(stopped(stage))
