"""The one sentence over everything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.model.board import Connection, Link
from notifier.model.health import Health
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose
from tests.view.scene import (
    CUT_OFF,
    DOWN,
    GREEN,
    NOW,
    OFFLINE,
    ONLINE,
    SILENT,
    UNREAD,
    Scene,
)

PLANNED = replace(GREEN, health=Health.MAINTENANCE)
REFUSED = Verdict(Health.OPERATIONAL, Whose.ACCOUNT, Cause.KEY_REJECTED)
LOCAL = Verdict(Health.UNKNOWN, Whose.YOU, Cause.NOT_RUNNING)
EVERYONE = ("chatgpt", "claude", "perplexity", "github-copilot")


def headline(connection=ONLINE, services=None, more=None, **verdicts):
    scene = Scene(verdicts={key.replace("_", "-"): it for key, it in verdicts.items()})
    scene.connection = connection
    scene.more = more or {}
    if services is not None:
        scene.services = scene.services[:services]
    return scene.picture().headline


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        pytest.param({}, "No problem reported for your 4 tools.", id="all well"),
        pytest.param(
            {"chatgpt": DOWN}, "ChatGPT is down: theirs. Your network is fine.", id="one down"
        ),
        pytest.param(
            {"chatgpt": DOWN, "claude": DOWN},
            "2 tools have problems: ChatGPT and Claude. Your network is fine.",
            id="two down",
        ),
        pytest.param(
            dict.fromkeys(EVERYONE, DOWN),
            "4 tools have problems: ChatGPT, Claude, Perplexity and 1 more. Your network is fine.",
            id="all down",
        ),
        pytest.param(
            {"chatgpt": SILENT},
            "ChatGPT does not answer here: probably theirs. Your network is fine.",
            id="a suspicion",
        ),
        pytest.param(
            {"claude": UNREAD},
            "1 tool could not be checked: Claude. No problem reported for the other 3.",
            id="one blind",
        ),
        pytest.param(
            dict.fromkeys(EVERYONE, Verdict()), "The first look is under way.", id="not looked yet"
        ),
        pytest.param(
            {"claude": PLANNED},
            "Claude is under maintenance. No problem reported for the other 3.",
            id="maintenance",
        ),
        pytest.param(
            {"claude": REFUSED},
            "Anthropic refuses your key for Claude. Your network is fine.",
            id="an account refused",
        ),
    ],
)
def test_headlines(verdicts, said):
    assert headline(**verdicts) == said


class TestOurOwnNetwork:
    @pytest.mark.parametrize("link", [Link.UNCLEAR, Link.OFFLINE, Link.CAPTIVE_PORTAL])
    def test_is_called_fine_only_where_it_was_seen_to_be(self, link):
        assert "fine" not in headline(Connection(link), chatgpt=DOWN)

    def test_being_gone_is_the_only_news(self):
        offline = dict.fromkeys(EVERYONE, OFFLINE)
        assert headline(CUT_OFF, **offline) == "You are offline: nothing can be checked."

    def test_being_a_login_page_says_what_to_do(self):
        portal = replace(OFFLINE, cause=Cause.CAPTIVE_PORTAL)
        assert headline(Connection(Link.CAPTIVE_PORTAL), **dict.fromkeys(EVERYONE, portal)) == (
            "This network wants you to sign in first: nothing can be checked."
        )

    def test_being_gone_says_nothing_of_what_runs_here(self):
        offline = dict.fromkeys(EVERYONE[1:], OFFLINE)
        assert headline(CUT_OFF, **offline) == (
            "You are offline: only what runs on this computer can be checked."
        )


def test_one_tool_is_called_by_its_name():
    assert headline(services=1) == "No problem reported for ChatGPT."


def test_nothing_chosen():
    assert headline(services=0) == "Nothing chosen yet."


def test_a_pause_says_until_when():
    paused = {"paused_until": NOW.utc + timedelta(hours=1)}
    assert headline(more=paused) == "Paused until 18:52."


def test_a_local_model_nobody_started_is_no_problem():
    assert headline(chatgpt=LOCAL) == "No problem reported for your 3 tools."
    assert headline(services=1, chatgpt=LOCAL) == "ChatGPT is not running on this computer."


def test_the_persons_own_word_stands_beside_the_report():
    scene = Scene(verdicts={"chatgpt": DOWN})
    board = scene.board
    standing = replace(board.standings[scene.services[0].key], override=Override.WORKS)
    scene.more = {"standings": {**board.standings, scene.services[0].key: standing}}
    assert scene.picture().headline == (
        "ChatGPT is down: theirs. For you it works. Your network is fine."
    )


def test_broken_for_you_blames_nobody():
    mixed = Verdict(Health.DEGRADED, Whose.UNCLEAR, Cause.MIXED, Confidence.SUSPECTED)
    scene = Scene(verdicts={"chatgpt": mixed})
    board = scene.board
    standing = replace(board.standings[scene.services[0].key], override=Override.BROKEN)
    scene.more = {"standings": {**board.standings, scene.services[0].key: standing}}
    assert scene.picture().headline == "ChatGPT is broken for you. Your network is fine."
