"""Pushes and hooks in the program: beside the ladder, written down, and gone at the end."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notifier.app.addresses import Addresses
from notifier.app.broadcast import Broadcast
from notifier.app.keys import key_ring
from notifier.app.profile import Profile, open_profile
from notifier.app.rehearsing import Script, Theatre, play_fast
from notifier.app.relaying import Relaying, named
from notifier.app.session import Session
from notifier.model.announcement import ThreadId
from notifier.model.effect import Withdraw
from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey, KeyAnswer
from notifier.model.observation import Failure
from notifier.model.relay import Hook, Push, RelayState
from notifier.model.settings import Choices
from notifier.rehearsal.scenario import parse
from notifier.relays.line import Carried
from notifier.storage import redaction
from notifier.storage.history import History
from notifier.storage.key_store import service_of
from notifier.storage.review import last_relayed
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop
from notifier.wording.say import English
from tests.relays.notices import NOON, OVER, notice
from tests.watch.fault_server import FaultServer, reply
from tests.watch.looking import HandClock, in_loop, statuspage

STORES = Path(__file__).parents[1] / "storage"
ROOT = Path(__file__).parents[2]
SUMMARY = "/api/v2/summary.json"
PUSHED = "/canary-token-4711"
WITHIN = 30


@pytest.fixture
def server():
    with FaultServer() as server:
        server.say(SUMMARY, reply(statuspage("major_outage")))
        server.say(PUSHED, reply(b"ok"))
        yield server


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.syspath_prepend(STORES)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "stand_in_stores.Kept")
    monkeypatch.setenv("STAND_IN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "store").mkdir()
    mine = open_profile(tmp_path / "me")
    # Nobody else is known: what fails here has no alternatives that would be asked.
    return Profile(mine.places, replace(mine.catalogue, services=()))


class Desktop:
    """A face whose ladder answers, or has nobody at the end of it."""

    def __init__(self, *, answers=True):
        self.engine, self.answers, self.told = None, answers, []

    def show(self, picture):
        """Nothing is looked at here."""

    def tell(self, told):
        self.told.append(told)
        if self.answers:
            self.engine.heard(told.id, "desktop")
        else:
            self.engine.unheard(told.id, "nobody is there")

    def withdraw(self, gone):
        """Nothing is closed here."""

    def hush(self, withheld):
        """Nothing is noted here."""


def writes(profile, server, tables, kept=("push:phone",)):
    head = 'version = 1\n[polling]\ninterval = "30s"\n[network]\nproxy = "none"\nreferences = []\n'
    names = ", ".join(f'"{name}"' for name in kept)
    service = f'[[service]]\nid = "one"\nname = "One"\nhome = "{server.url()}"\n'
    service += f'status = "{server.url()}"\nengine = "statuspage"\n'
    profile.places.settings.parent.mkdir(parents=True, exist_ok=True)
    profile.places.settings.write_text(f"{head}[keys]\nkept = [{names}]\n{service}{tables}")


def keeps(profile, server):
    """Put the address of the push where the key store has it."""
    name = f"{service_of(profile.places)} push:phone".encode().hex()
    value = json.dumps({"key": f"json://{server.place}{PUSHED}", "origins": ["json://"]})
    Path(os.environ["STAND_IN_STORE"], name).write_text(value)


def hook(tmp_path, script):
    path = tmp_path / "hook"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f'[[hook]]\nrun = ["{path}"]\n'


PUSH = '[[push]]\nname = "phone"\n'


async def watching(profile, desktop, story):
    """Run a session until `story` has been told."""
    session = Session(profile, desktop, say=English())
    desktop.engine = session.engine
    running = asyncio.get_running_loop().create_task(session.run())
    try:
        async with asyncio.timeout(WITHIN):
            await story(session)
    finally:
        session.stop()
        await running
    return session


async def until(happened):
    while not happened():  # noqa: ASYNC110 - other processes do it
        await asyncio.sleep(0.05)


def passed_on(log):
    return [line for line in log if ":" in line.channel]


def lines(session, state):
    return [line.channel for line in session.log(None, 50) if line.kind == state]


def test_a_notice_goes_to_the_phone_and_the_program_and_is_told_by_the_desktop(
    profile, server, tmp_path
):
    keeps(profile, server)
    writes(profile, server, PUSH + hook(tmp_path, f"cat > {tmp_path}/got"))
    desktop = Desktop()

    async def story(session):
        await until(lambda: len(lines(session, "handed_over")) == 2)
        assert sorted(lines(session, "handed_over")) == ["hook:hook", "push:phone"]
        assert len(lines(session, "told")) == 1
        assert {one.channel for one in heard(session)} == {"desktop"}

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, desktop, story))
    (told,) = desktop.told
    (pushed,) = [json.loads(one.body) for one in server.requests if one.target == PUSHED]
    document = json.loads((tmp_path / "got").read_text())
    assert pushed["title"] == document["title"] == told.title
    assert document["at"]
    last = last_relayed(profile.places.history)
    assert {one.state for one in last} == {RelayState.HANDED_OVER}


def heard(session):
    db = session._history._db
    rows = db.execute("SELECT channel FROM notices WHERE outcome = 'told'").fetchall()
    return [type("Heard", (), {"channel": row[0]}) for row in rows]


def test_what_only_a_phone_has_heard_is_not_told(profile, server, tmp_path):
    keeps(profile, server)
    writes(profile, server, PUSH)

    async def story(session):
        await until(lambda: lines(session, "handed_over"))
        assert session.engine.board.told == {}
        assert len(session.engine.board.owed) == 1
        assert lines(session, "owed")

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(answers=False), story))


def test_without_an_address_the_failure_is_written_down_and_nothing_is_asked(
    profile, server, monkeypatch
):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "stand_in_stores.Hanging")
    writes(profile, server, PUSH, kept=())

    async def story(session):
        await until(lambda: lines(session, "failed"))
        (line,) = passed_on(session.log(None, 50))
        assert line.why.startswith("There is no key under push:phone; `notifier key set push:pho")

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(), story))


def test_what_a_hook_complains_of_is_kept_without_tokens(profile, server, tmp_path):
    secret = "ghp_" + "a1" * 12
    writes(profile, server, hook(tmp_path, f"echo refused with {secret} >&2; exit 1"))

    async def story(session):
        await until(lambda: lines(session, "failed"))
        (line,) = passed_on(session.log(None, 50))
        assert line.why == "It ended with 1: refused with …"

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(), story))


def test_a_hook_that_hangs_does_not_keep_the_program_and_does_not_outlive_it(
    profile, server, tmp_path
):
    writes(profile, server, hook(tmp_path, f"echo $$ > {tmp_path}/own; exec sleep 600"))

    async def story(session):
        own = tmp_path / "own"
        await until(lambda: own.exists() and own.read_text())

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(), story))
    assert not Path(f"/proc/{(tmp_path / 'own').read_text().strip()}").exists()
    (last,) = last_relayed(profile.places.history)
    assert (last.state, last.why) == (RelayState.FAILED, "AI Notifier was ended before.")


def test_settings_are_followed_while_it_runs(profile, server, tmp_path):
    writes(profile, server, "")

    async def story(session):
        await until(lambda: lines(session, "told"))
        writes(profile, server, hook(tmp_path, f"cat > {tmp_path}/got"))
        await until(lambda: session._choices.hooks)
        server.say(SUMMARY, reply(statuspage("operational")))
        session._relaying.tell(notice(2, OVER))
        await until(lambda: (tmp_path / "got").exists() and (tmp_path / "got").read_text())

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(), story))


def test_configured_but_idle_nothing_of_it_is_loaded(profile, server, tmp_path):
    server.say(SUMMARY, reply(statuspage("operational")))
    keeps(profile, server)
    writes(profile, server, PUSH + hook(tmp_path, "exit 0"))
    script = """
import asyncio, sys
from pathlib import Path
from notifier.app.profile import open_profile
from notifier.app.session import Session
from notifier.wording.say import English

class Nobody:
    seen = 0
    def show(self, picture):
        Nobody.seen += bool(picture.rows and picture.rows[0].checked)
    def tell(self, notice): raise SystemExit("there is nothing to tell")
    def withdraw(self, gone): pass
    def hush(self, withheld): pass

async def main():
    session = Session(open_profile(Path(sys.argv[1])), Nobody(), say=English())
    running = asyncio.get_running_loop().create_task(session.run())
    while not Nobody.seen:
        await asyncio.sleep(0.05)
    session.stop()
    await running

asyncio.run(main())
print(*sorted(sys.modules))
"""
    words = [sys.executable, "-c", script, str(profile.places.profile)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    loaded = set(done.stdout.split())
    assert "notifier.app.relaying" in loaded
    heavy = {
        "apprise",
        "requests",
        "keyring",
        "notifier.storage.key_store",
        "notifier.app.addresses",
    }
    assert {one for one in loaded if one in heavy or one.startswith("notifier.relays")} == set()


# -- whose they are ------------------------------------------------------------------------------


class Person:
    """A key store whose prompt a person closes, until they open it."""

    def __init__(self, state=KeyState.LOCKED):
        self.state, self.asked = state, []

    async def read(self, entries, *, quiet=False):
        self.asked.append(quiet)
        keys = {entry: KeptKey(Secret("json://x"), ("json://",)) for entry in entries}
        return KeyAnswer(self.state, "Store", keys if self.state is KeyState.READ else {})

    def cut(self, secret, text):
        return text

    async def close(self):
        """Nothing is asked any more."""


@in_loop
async def test_whoever_closed_the_prompt_is_left_alone_for_a_quarter_of_an_hour():
    person, clock = Person(), HandClock()
    addresses = Addresses(person, clock, English())
    phone = Push("phone")
    for _ in range(2):
        found = await addresses.of(phone, ["push:phone"])
        assert isinstance(found, Carried)
        assert found.again, "it may be open in a minute"
    clock.pass_by(901)
    person.state = KeyState.READ
    assert await addresses.of(phone, ["push:phone"]) == Secret("json://x")
    assert person.asked == [False, True, False]


@in_loop
async def test_the_address_of_a_push_is_no_key_of_any_service(profile, server):
    keeps(profile, server)
    ring = key_ring(profile, Choices(keys=("push:phone",)), HandClock(), English(), patience=9)
    assert isinstance(await ring.secret("push:phone", "json://"), Failure)
    await ring.close()


def test_what_is_withdrawn_is_withdrawn_beside_the_desktop_too():
    class Beside:
        gone = ()

        def withdraw(self, gone):
            self.gone += (gone.thread,)

    beside = Beside()
    gone = Withdraw(notice(1).id, ThreadId("t-1"), ())
    Broadcast(Desktop(), lambda: NOON, beside=beside).withdraw(gone)
    assert beside.gone == ("t-1",)


@in_loop
async def test_an_address_the_settings_do_not_note_is_not_asked_for():
    person = Person(KeyState.READ)
    found = await Addresses(person, HandClock(), English()).of(Push("phone"), ["openai-api"])
    assert isinstance(found, Carried)
    assert not found.again
    assert person.asked == []


def test_two_hooks_with_one_program_have_names_of_their_own():
    hooks = (Hook(("/bin/lamp", "red")), Hook(("/usr/bin/say",)), Hook(("/bin/lamp", "green")))
    assert [name for _, name in named(hooks)] == ["lamp", "say", "lamp#2"]


@in_loop
async def test_what_waits_for_a_hook_that_was_taken_out_is_given_up(tmp_path):
    noted = []
    path = tmp_path / "slow"
    path.write_text("#!/bin/sh\nexec sleep 0.3\n")
    path.chmod(0o755)
    slow = Choices(hooks=(Hook((str(path),)),))
    relaying = Relaying(slow, lambda: None, clock=SystemClock(), say=English(), note=noted.append)
    relaying.tell(notice(1))
    relaying.tell(notice(2))
    await asyncio.sleep(0.1)
    relaying.use(Choices())
    relaying.tell(notice(3))
    async with asyncio.timeout(WITHIN):
        await until(lambda: not relaying.busy)
    assert [(one.notice, one.state.value) for one in noted] == [
        ("n-2", "failed"),
        ("n-1", "handed_over"),
    ]
    assert noted[0].why == "It was taken out of the settings."
    relaying.withdraw(Withdraw(notice(1).id, ThreadId("t-1"), ()))
    await relaying.close()


# -- a test notification ------------------------------------------------------------------------


def trying(*scripts, tmp_path, reasons=None):
    """The hooks `a`, `b`… with these scripts, and all that is noted of what they do."""
    hooks, noted = [], []
    for name, script in zip("abcdef", scripts, strict=False):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        hooks.append(Hook((str(path),), reasons=reasons))
    choices = Choices(hooks=tuple(hooks))
    clock = SystemClock()
    return Relaying(choices, lambda: None, clock=clock, say=English(), note=noted.append), noted


def gone(file):
    """Whether the process whose number stands in the file has ended."""
    return not Path(f"/proc/{file.read_text().strip()}").exists()


@in_loop
async def test_a_test_runs_every_program_at_once_and_notes_nothing(tmp_path):
    """Each waits for the other: one after the other neither would end."""
    meets = "touch {own}; while [ ! -e {other} ]; do sleep 0.05; done; cat > {own}-got"
    one, two = tmp_path / "one", tmp_path / "two"
    relaying, noted = trying(
        meets.format(own=one, other=two),
        meets.format(own=two, other=one),
        tmp_path=tmp_path,
        reasons=frozenset(),
    )
    found = await relaying.trial(notice(1))
    assert [(told.name, told.state, told.why) for told in found] == [
        ("a", RelayState.HANDED_OVER, ""),
        ("b", RelayState.HANDED_OVER, ""),
    ]
    documents = [json.loads((tmp_path / f"{name}-got").read_text()) for name in ("one", "two")]
    assert documents[0] == documents[1]
    assert (noted, relaying.busy) == ([], False)
    await relaying.close()


@in_loop
async def test_what_is_not_over_in_time_is_ended_and_said_so(tmp_path):
    relaying, _ = trying(f"echo $$ > {tmp_path}/own; exec sleep 600", "exit 0", tmp_path=tmp_path)
    slow, quick = await relaying.trial(notice(1), within=1.0)
    assert (slow.state, slow.why) == (
        RelayState.FAILED,
        "It had not ended after 1 second and was ended.",
    )
    assert quick.state is RelayState.HANDED_OVER
    assert gone(tmp_path / "own")
    await relaying.close()


@in_loop
async def test_who_asks_while_a_test_is_under_way_hears_of_that_one(tmp_path):
    relaying, _ = trying(f"echo >> {tmp_path}/ran; exec sleep 0.3", tmp_path=tmp_path)
    first, second = await asyncio.gather(relaying.trial(notice(1)), relaying.trial(notice(1)))
    assert first == second
    assert (tmp_path / "ran").read_text() == "\n"
    await relaying.trial(notice(1))
    assert (tmp_path / "ran").read_text() == "\n\n"
    await relaying.close()


@in_loop
async def test_what_a_program_complains_of_in_a_test_is_shown_without_tokens(tmp_path):
    relaying, _ = trying(f"echo no ghp_{'a1' * 12} >&2; exit 1", tmp_path=tmp_path)
    (told,) = await relaying.trial(notice(1))
    assert told.why == "It ended with 1: no …"
    await relaying.close()


@in_loop
async def test_at_the_end_of_the_program_a_test_under_way_is_ended(tmp_path):
    relaying, _ = trying(f"echo $$ > {tmp_path}/own; exec sleep 600", tmp_path=tmp_path)
    asked = asyncio.get_running_loop().create_task(relaying.trial(notice(1)))
    own = tmp_path / "own"
    async with asyncio.timeout(WITHIN):
        await until(lambda: own.exists() and own.read_text())
    await relaying.close()
    assert gone(own)
    await asyncio.wait({asked})
    assert asked.cancelled()


REHEARSED = """
title = "With a hook of its own"
about = "a scenario from somebody else"
start = "2026-11-23T12:00:00Z"
length = "10m"
[[settings.hook]]
run = ["{path}"]
[[settings.push]]
name = "phone"
[[service]]
id = "chatgpt"
[[at]]
t = "2m"
page.chatgpt = {{ state = "major_outage" }}
[[expect]]
t = "5m"
notices = ["outage"]
"""


def test_in_a_rehearsal_no_program_is_run_whatever_the_scenario_says(tmp_path):
    """A scenario is a file that people pass on: it plays an outage, and starts nothing."""
    path = tmp_path / "hook"
    path.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    path.chmod(0o755)
    scenario = parse("x.toml", REHEARSED.format(path=path).encode())

    class Audience:
        told = 0

        def notice(self, t, told):
            self.told += 1

        def __getattr__(self, name):
            return lambda *_: None

    audience = Audience()
    with Theatre(open_profile(tmp_path / "me"), Script(scenario, {})) as theatre:
        outcome = play_fast(theatre, audience, English())
    assert (outcome.failures, audience.told) == ([], 1)
    assert not (tmp_path / "ran").exists()


def test_what_is_known_of_a_notice_survives_a_restart(profile, server, tmp_path):
    writes(profile, server, hook(tmp_path, "exit 4"))

    async def story(session):
        await until(lambda: lines(session, "failed"))

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(watching(profile, Desktop(), story))
    history = History(profile.places.history, lambda: SystemClock().moment().utc)
    (line,) = passed_on(history.log(None, 10))
    assert (line.channel, line.kind, line.why) == ("hook:hook", "failed", "It ended with 4.")
    history.close()
