"""`notifier wait`: beside an owner, without one, and when that changes meanwhile."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.person import Running, service, soon, surroundings

RED = "major_outage"


@pytest.fixture
def red(person, page):
    """The person watches one service, and it is down."""
    page.says(RED, title="Chat is down")
    person.chooses(service("campus", page.url))
    return person


@pytest.fixture
def owned(red):
    """The same, and `notifier watch` is running and knows it."""
    with red.running("watch") as watch:
        watch.says("trouble:")
        yield red, watch


class TestWithoutAnOwner:
    def test_what_works_lets_the_next_command_begin_and_nothing_is_said(self, chosen):
        words = " ".join(f"'{word}'" for word in chosen.words("wait", "campus"))
        done = subprocess.run(
            ["sh", "-c", f"{words} && echo evaluating"],
            capture_output=True,
            text=True,
            env=surroundings(),
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "evaluating\n", "")

    def test_gives_up_when_the_time_is_over_and_says_how_it_stands(self, red):
        said = red.runs("wait", "campus", "--timeout", "1s")
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("Campus: major outage since ")
        assert said.err.endswith("; given up after 1 second.\n")

    def test_a_state_that_will_do_is_enough(self, red, page):
        page.says("degraded")
        assert red.runs("wait", "campus", "--until", "degraded").code == 0
        assert red.runs("wait", "campus", "--until", "maintenance", "--timeout", "1s").code == 1

    def test_what_cannot_be_seen_is_not_good_enough(self, red, page):
        page.close()
        said = red.runs("wait", "campus", "--until", RED, "--timeout", "2s")
        assert said.code == 1
        assert said.err == "Campus: unknown; given up after 2 seconds.\n"

    def test_the_document_tells_of_the_service_as_check_does(self, red):
        said = red.runs("wait", "campus", "--json", "--timeout", "1s")
        assert (said.code, said.err) == (1, "")
        keys = ["schema", "at", "source", "until", "reached", "waited_s", "service"]
        assert list(said.json) == keys
        told = {key: said.json[key] for key in ("schema", "source", "until", "reached")}
        assert told == {
            "schema": 1,
            "source": "looked",
            "until": "operational",
            "reached": False,
        }
        assert said.json["waited_s"] >= 1
        checked = red.runs("check", "--json").json["services"][0]
        assert list(said.json["service"]) == list(checked)
        assert said.json["service"]["state"] == RED

    def test_writes_nothing_but_the_cache(self, red):
        red.runs("wait", "campus", "--timeout", "1s")
        assert sorted(found.name for found in red.folder.iterdir()) == ["cache", "settings.toml"]

    def test_many_side_by_side_share_their_looks(self, chosen, page):
        waits = [Running(chosen.words("wait", "campus")) for _ in range(3)]
        try:
            assert [wait.ends() for wait in waits] == [0, 0, 0]
        finally:
            for wait in waits:
                wait.kill()
        before = len(page.asked)
        assert chosen.runs("wait", "campus", "--json").json["source"] == "cache"
        assert len(page.asked) == before

    def test_one_of_the_catalogue_need_not_be_chosen(self, person, page):
        """It has a page of its own on the net, which nobody reaches from here."""
        person.chooses(service("campus", page.url))
        said = person.runs("wait", "claude-api", "--timeout", "1s")
        assert (said.code, said.err) == (1, "Claude API: unknown; given up after 1 second.\n")
        assert page.asked == []

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_ends_quietly_when_it_is_told_to(self, red, page, number):
        with red.running("wait", "campus") as wait:
            soon(lambda: page.asked, "a look")
            assert wait.interrupted(number) == 128 + number
            assert wait.everything == []


class TestBesideAnOwner:
    def test_it_follows_and_asks_nobody_else(self, owned, page):
        me, watch = owned
        before = len(page.asked)
        with me.running("wait", "campus", "--json") as wait:
            followed(me)
            page.says("operational")
            me.runs("check", "--now")
            watch.says("clear:")
            assert wait.ends() == 0
            assert wait.err == []
            told = json.loads("\n".join(wait.out))
        assert (told["source"], told["reached"]) == ("owner", True)
        assert told["service"]["state"] == "operational"
        assert len(page.asked) == before + 1, "the one look of the check"

    def test_the_time_that_is_over_ends_it_though_the_owner_says_nothing(self, owned):
        me, _ = owned
        said = me.runs("wait", "campus", "--timeout", "1s")
        assert said.code == 1
        assert "major outage since" in said.err

    def test_when_the_owner_ends_it_looks_for_itself(self, owned, page):
        me, watch = owned
        with me.running("wait", "campus", "--json") as wait:
            followed(me)
            page.says("operational")
            assert watch.interrupted() == 0
            assert wait.ends() == 0
            assert json.loads("\n".join(wait.out))["source"] == "looked"

    def test_when_the_owner_is_killed_it_looks_for_itself(self, owned, page):
        me, watch = owned
        with me.running("wait", "campus", "--json") as wait:
            followed(me)
            page.says("operational")
            watch.kill()
            assert wait.ends() == 0
            assert json.loads("\n".join(wait.out))["source"] == "looked"

    def test_when_an_owner_begins_it_follows_that(self, red, page):
        with red.running("wait", "campus", "--json") as wait:
            soon(lambda: page.asked, "a look of its own")
            with red.running("watch") as watch:
                watch.says("trouble:")
                followed(red)
                page.says("operational")
                red.runs("check", "--now")
                assert wait.ends() == 0
            assert json.loads("\n".join(wait.out))["source"] == "owner"

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_ends_quietly_when_it_is_told_to(self, owned, number):
        me, _ = owned
        with me.running("wait", "campus") as wait:
            followed(me)
            assert wait.interrupted(number) == 128 + number
            assert wait.everything == []

    def test_an_owner_that_hangs_is_not_waited_for(self, owned, page):
        me, watch = owned
        page.says("operational")
        watch._process.send_signal(signal.SIGSTOP)
        try:
            said = me.runs("wait", "campus")
        finally:
            watch._process.send_signal(signal.SIGCONT)
        assert said.code == 0
        assert said.err == (
            "The running AI Notifier does not answer. This command looks for itself.\n"
        )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nobody",), "You watch campus and spare. `notifier catalogue` lists what there is"),
        (("campus", "--until", "unknown"), "'unknown' is not one of 'operational', "),
        (("campus", "--timeout", "soon"), "'soon' is not a time such as 90s, 10m or 1h"),
        (("campus", "--timeout", "0s"), "'0s' is not a time such as"),
        ((), "Missing argument 'ID'"),
    ],
)
def test_wrong_usage_is_named(chosen, words, says):
    said = chosen.runs("wait", *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


_ESTABLISHED = "03"


def followed(person):
    """Wait until somebody else is on the owner's socket and listens."""
    soon(lambda: _connected(person) >= 1, "a follower")
    time.sleep(0.2)


def _connected(person):
    """Connections to the owner's socket that stand now (Linux)."""
    place = str(person.folder / "run" / "owner.sock")
    lines = [line.split() for line in Path("/proc/net/unix").read_text("utf-8").splitlines()]
    return sum(line[-1] == place and line[5] == _ESTABLISHED for line in lines)
