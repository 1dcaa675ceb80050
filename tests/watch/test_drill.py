"""Alternatives are tested for real: pages, front doors, keys and model servers on loopback."""

import asyncio
import json
from contextlib import contextmanager
from dataclasses import replace

import pytest

from notifier.app.once import NoDiary, NoFace
from notifier.drill import plan
from notifier.model.drill import Came, FallbacksTested, Step
from notifier.model.service import (
    Deep,
    FeedSource,
    KeySource,
    Needs,
    ProbeSource,
    ServiceId,
    SourceId,
)
from notifier.model.settings import Settings
from notifier.watch import drill as drilling
from notifier.watch import fetch as fetching_module
from notifier.watch import listeners
from notifier.watch.clock import SystemClock
from notifier.watch.drill import Drills
from notifier.watch.engine import Engine
from notifier.watch.fetch import Fetch
from notifier.watch.wire import Wire
from notifier.wording.drill import report
from notifier.wording.say import English
from tests.cli.loopback import FrontDoor, StatusPage
from tests.stories.story import tool
from tests.watch.fault_server import HANG, RESET, FaultServer, reply
from tests.watch.looking import in_loop
from tests.watch.model_server import ModelServer
from tests.watch.test_keys import CANARY, Ring
from tests.watch.test_model_server import another_user

MINE = tool("mine", page=False, door=False)
COSTS = Deep("https://api.test/v1/chat", "small", "a cent")


def paged(name: str, served: StatusPage, door: FrontDoor | None = None, **more):
    page = FeedSource(SourceId(f"page:{name}"), served.url, "statuspage", name)
    probe = None if door is None else ProbeSource(SourceId(f"probe:{name}"), door.url)
    return replace(tool(name), page=page, probe=probe, **more)


def at_door(name: str, url: str, **more):
    return replace(
        tool(name, page=False), probe=ProbeSource(SourceId(f"probe:{name}"), url), **more
    )


def keyed(name: str, url: str, **more):
    account = KeySource(SourceId(f"key:{name}"), url, "openai", "bearer", "mine", deep=COSTS)
    return replace(tool(name, page=False, door=False), account=account, needs=Needs.KEY, **more)


def server(name: str, url: str, dialect: str = "vllm"):
    probe = ProbeSource(SourceId(f"probe:{name}"), url, dialect, local=True)
    return replace(tool(name, page=False), probe=probe)


def a_vllm(**about):
    return ModelServer(kind="vllm", **about)


class Diary(NoDiary):
    def __init__(self):
        self.written = []

    def write(self, entries):
        self.written.extend(entries)


class Test:
    """A person with one tool, and these alternatives to it in their own order."""

    __test__ = False

    def __init__(self, *alternatives, proxy="none"):
        order = tuple(ServiceId(one.id) for one in alternatives)
        mine = replace(MINE, fallbacks=order)
        self.settings = Settings(services=(mine,), others=alternatives)
        self.diary, self.steps, self.clock = Diary(), [], SystemClock()
        self.engine = Engine(
            looker=Fetch(wire=Wire(proxy=proxy), clock=self.clock, keys=Ring()),
            clock=self.clock,
            diary=lambda: self.diary,
            settings=self.settings,
            face=NoFace(),
            say=English(),
        )
        self.drills = Drills(self.engine, self.clock, English())

    async def run(self, times=1):
        running = asyncio.get_running_loop().create_task(self.engine.run())
        try:
            for _ in range(times):
                found = await self.drills.test(self.steps.append)
            return found
        finally:
            self.engine.stop()
            await running


async def results(*alternatives, **more):
    """What the test says of each, by its id."""
    found = await Test(*alternatives, **more).run()
    return {one.id: one for one in found.tested}, found


@pytest.fixture
def page():
    with StatusPage("Good") as served:
        yield served


@pytest.fixture
def door():
    with FrontDoor() as served:
        yield served


@in_loop
async def test_one_that_is_well_and_reached_is_ready(page, door):
    found, drill = await results(paged("good", page, door, vendor="Good Inc"))
    assert (found["good"].came, found["good"].says) == (Came.WELL, "ready, no account needed")
    steps = {step.step: step for step in found["good"].steps}
    assert steps[Step.PAGE].says == "its page reports no problem"
    assert steps[Step.PAGE].at is not None, "how old that is can be told"
    assert "connection" in steps[Step.DOOR].way
    assert "answer" in steps[Step.DOOR].way
    assert drill.lacking == ()


@in_loop
async def test_one_whose_page_is_red_is_not_ready_though_it_is_reached(page, door):
    page.says("major_outage", title="All is broken")
    found, drill = await results(paged("red", page, door))
    assert found["red"].says == "not ready, its page reports a major outage"
    assert [step.came for step in found["red"].steps] == [Came.ILL, Came.WELL]
    assert drill.lacking == ("Mine",)


@in_loop
async def test_one_whose_page_is_green_is_not_ready_where_nobody_gets_there(page):
    with FrontDoor() as gone:
        pass
    found, _ = await results(paged("far", page, gone))
    assert found["far"].says == (
        "not ready, its front door cannot be reached from here (connection)"
    )


@pytest.mark.parametrize(
    ("script", "stage"),
    [
        pytest.param((HANG,), "answer", id="hangs"),
        pytest.param((RESET,), "answer", id="cuts every connection"),
    ],
)
@in_loop
async def test_one_that_says_nothing_is_told_by_where_it_breaks(script, stage, monkeypatch):
    monkeypatch.setattr(fetching_module, "DEADLINE", 0.5)
    with FaultServer() as silent:
        silent.say("/", script)
        test = Test(at_door("mute", silent.url()))
        test.engine._looker._deadline = 0.5
        found = await test.run()
    assert found.tested[0].says == (
        f"not ready, its front door cannot be reached from here ({stage})"
    )


# -- keys -------------------------------------------------------------------------------------

LISTING = b'{"object": "list", "data": []}'


@contextmanager
def vendor(body=LISTING, status=200, **headers):
    with FaultServer() as api:
        api.say("/v1/models", reply(body, status, content_type="application/json", **headers))
        yield api


@pytest.mark.parametrize(
    ("answer", "came", "says"),
    [
        pytest.param({}, Came.WELL, "ready, your key is accepted", id="accepted"),
        pytest.param(
            {"x_ratelimit_remaining_requests": "3", "x_ratelimit_limit_requests": "500"},
            Came.WELL,
            "ready, your key is accepted, 3 of 500 requests left",
            id="little is left",
        ),
        pytest.param(
            {"x_ratelimit_remaining_requests": "0", "x_ratelimit_limit_requests": "500"},
            Came.ILL,
            "not ready, nothing is left for now (0 of 500 requests left)",
            id="nothing is left",
        ),
        pytest.param(
            {"status": 401, "body": b'{"error": {"message": "Incorrect API key", "code": "x"}}'},
            Came.ILL,
            "not ready, your key is refused",
            id="refused",
        ),
        pytest.param(
            {"status": 429, "body": b'{"error": {"message": "", "code": "insufficient_quota"}}'},
            Came.ILL,
            "not ready, the quota of your account is used up",
            id="used up",
        ),
    ],
)
@in_loop
async def test_a_key_is_tried_by_the_free_call(answer, came, says):
    with vendor(**answer) as api:
        found, _ = await results(keyed("api", api.url("/v1/models")))
    assert (found["api"].came, found["api"].says) == (came, says)
    assert api.requests[0].headers["authorization"] == f"Bearer {CANARY}"


@in_loop
async def test_a_call_that_costs_is_never_made_and_that_is_said():
    with vendor() as api:
        found, _ = await results(keyed("api", api.url("/v1/models")))
        assert {request.method for request in api.requests} == {"GET"}
    call = found["api"].steps[-1]
    assert (call.step, call.came) == (Step.CALL, Came.NOT_TRIED)
    assert call.says == (
        "not tried, it would cost a cent; deep check makes one: notifier why api --deep"
    )


@in_loop
async def test_one_that_wants_an_account_nobody_has_named_is_not_called_ready(page):
    whole = Settings(services=(MINE,), others=(paged("shut", page, needs=Needs.ACCOUNT),))
    test = Test()
    test.engine.reconfigure(whole)
    found = (await test.run()).tested[0]
    assert found.came is Came.UNKNOWN
    assert found.says.startswith("not known to be ready, it needs an account")


# -- models on this computer ------------------------------------------------------------------


@in_loop
async def test_a_model_answers_one_token():
    with ModelServer(kind="ollama", models=("llama3.2:latest",)) as local:
        found, drill = await results(server("ollama", local.url, "ollama"))
    assert found["ollama"].came is Came.WELL
    assert found["ollama"].says.startswith("answered one token with llama3.2 in ")
    assert found["ollama"].steps[0].says == "it runs (llama3.2 loaded, 1 installed)"
    assert (local.limits, drill.lacking) == ([1], ())


@in_loop
async def test_meanwhile_it_is_said_that_a_model_may_take_a_minute():
    with a_vllm(loads=0.5) as local:
        test = Test(server("vllm", local.url))
        await test.run()
    waiting = [one.says for drill in test.steps for one in drill.tested]
    assert any("may take a minute" in says for says in waiting)


@pytest.mark.parametrize(
    ("about", "says"),
    [
        pytest.param({"models": ()}, "it has no model that could answer", id="none installed"),
        pytest.param({"models": ("nomic-embed",)}, "it has no model that could answer", id="embed"),
        pytest.param({"fails": 500}, "no token came (The server answered HTTP 500", id="fails"),
    ],
)
@in_loop
async def test_a_server_whose_model_does_not_answer_is_not_ready(about, says):
    with a_vllm(**about) as local:
        found, drill = await results(server("vllm", local.url))
    assert found["vllm"].came is Came.ILL
    assert says in found["vllm"].says
    assert drill.lacking == ("Mine",)


@in_loop
async def test_a_server_that_hangs_ends_the_test_in_time(monkeypatch):
    monkeypatch.setattr(drilling, "ALL_WITHIN", 0.5)
    with a_vllm(hangs=True) as local:
        found, _ = await results(server("vllm", local.url))
    assert found["vllm"].says == "not known to be ready, no answer came in time"


@in_loop
async def test_a_server_that_is_not_there_is_not_started():
    with a_vllm() as gone:
        pass
    found, _ = await results(server("vllm", gone.url))
    assert found["vllm"].says == "not ready, it is not running on this computer"


@in_loop
async def test_another_user_s_server_is_named_as_not_yours_and_hears_nothing():
    with another_user("127.0.0.1") as (port, heard):
        found, _ = await results(server("vllm", f"http://127.0.0.1:{port}/"))
        assert heard.readline() == "got b''\n"
    assert "what listens there is not yours and was asked nothing" in found["vllm"].says


@in_loop
async def test_a_server_that_changes_hands_after_it_was_looked_at_gets_no_prompt(monkeypatch):
    looked = []

    def owners(_there, _here):
        looked.append(1)
        return frozenset({0 if len(looked) == 1 else 4242})

    monkeypatch.setattr(listeners, "_owners", owners)
    with a_vllm() as local:
        found, _ = await results(server("vllm", local.url))
    assert found["vllm"].came is Came.ILL
    assert local.prompts == []


# -- manners and memory -----------------------------------------------------------------------


@in_loop
async def test_who_tests_twice_is_told_the_same_and_nobody_is_asked_twice(page, door):
    with a_vllm() as local:
        test = Test(paged("good", page, door), server("vllm", local.url))
        await test.run(times=3)
    assert (len(door.asked), local.prompts) == (1, ["Hi"])


@in_loop
async def test_two_who_ask_at_once_hear_of_one_test(door):
    test = Test(at_door("good", door.url))
    running = asyncio.get_running_loop().create_task(test.engine.run())
    first, second = await asyncio.gather(test.drills.test(), test.drills.test())
    test.engine.stop()
    await running
    assert first is second
    assert len(door.asked) == 1


@in_loop
async def test_the_date_is_written_down_and_shown(door):
    test = Test(at_door("good", door.url))
    drill = await test.run()
    assert FallbacksTested(drill.began.utc) in test.diary.written
    assert test.engine.picture_now().fallbacks_tested == drill.began.utc


@in_loop
async def test_where_there_is_nothing_to_test_that_is_said():
    found = await Test().run()
    assert found.tested == ()
    assert found.lacking == ("Mine",)


@in_loop
async def test_the_report_is_one_dated_paragraph(page, door):
    _, drill = await results(paged("good", page, door))
    text = report(drill, drill.began.utc.tzinfo, English())
    assert text.startswith("Fallbacks tested on ")
    assert text.endswith(": Good: ready.")
    assert json.dumps(text)


def test_every_step_of_a_plan_is_about_somebody_chosen(page):
    settings = Test(paged("good", page)).settings
    (one,) = plan(settings).alternatives
    assert one.instead_of == (MINE.key,)
