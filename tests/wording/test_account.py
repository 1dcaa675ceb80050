"""Every state of a key, of its store and of a server of one's own has words and a lamp."""

from dataclasses import replace
from datetime import UTC

import pytest

from notifier.model.board import Board, Sight
from notifier.model.key import KeyState
from notifier.model.key_answer import KeyAnswer
from notifier.model.observation import (
    Failure,
    FailureKind,
    Observation,
    Reading,
    Report,
    Says,
    Stage,
)
from notifier.model.picture import KeyFate, Lamp
from notifier.model.service import FeedSource, KeyPlace, SourceId
from notifier.view.account import account
from notifier.wording import key_dialog
from notifier.wording.account import facts, server_facts
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.scenes import ACCOUNTS, NOW, OPENAI_API, SERVERS, with_key

SAY = English()
GLANCE = Glance(NOW, UTC, SAY)


@pytest.mark.parametrize(
    ("state", "said", "lamp"),
    [
        ("new", "Your key has not been tried yet.", Lamp.BLIND),
        ("tried", "OpenAI accepts your key.", Lamp.CLEAR),
        ("rejected", "OpenAI refuses your key.", Lamp.WATCH),
        (
            "limited",
            "OpenAI accepts your key, and asks you to slow down until 18:11.",
            Lamp.CLEAR,
        ),
        ("failing", "OpenAI does not answer your key as it should.", Lamp.TROUBLE),
        (
            "unanswered",
            "Your key could not be tried: api.openai.com did not answer in 6 s.",
            Lamp.BLIND,
        ),
        ("waiting", "Waiting for your key store…", Lamp.BLIND),
        ("locked", "Your key store is locked. Unlock it, then check again.", Lamp.BLIND),
        (
            "absent",
            "Your key store no longer has this key. Set it again, or forget it.",
            Lamp.BLIND,
        ),
        (
            "hanging",
            "Your key store does not answer; see whether it asks you something.",
            Lamp.BLIND,
        ),
        ("broken", "Your key store failed at this; `notifier doctor` may say more.", Lamp.BLIND),
    ],
)
def test_what_became_of_a_key_is_said_in_one_sentence(state, said, lamp):
    shown = ACCOUNTS[state].account
    assert (shown.words, shown.lamp) == (said, lamp)


def test_a_store_that_keeps_plain_text_is_named_and_why_it_is_not_used():
    said = ACCOUNTS["plain_text"].account.words
    assert said.startswith("Keys would be kept where anybody could read them (keyrings.alt.file.")


def test_without_a_key_it_says_what_one_would_be_good_for_and_where_it_is_kept():
    shown = ACCOUNTS["none"].account
    assert (shown.kept, shown.lamp) == (False, Lamp.EMPTY)
    assert shown.words.startswith("With a key of yours this can tell an outage from an account")
    assert "never in a file of this program" in shown.words
    assert facts(shown, GLANCE) == ""


def test_under_it_stand_what_came_when_and_the_one_host_it_goes_to():
    assert facts(ACCOUNTS["rejected"].account, GLANCE) == (
        "HTTP 401 in 95 ms · 42 s ago · sent to api.openai.com and nowhere else"
    )
    assert facts(ACCOUNTS["locked"].account, GLANCE).startswith("42 s ago · sent to")


def test_a_refusal_without_a_reason_is_still_a_refusal():
    row = with_key(Reading(Says.ACCOUNT, Stage.ACCOUNT, "HTTP 402 in 95 ms"))
    assert row.account.fate is KeyFate.REFUSED
    assert row.account.words == "OpenAI refuses your account."


PAGE = FeedSource(SourceId("page:x"), "https://x.example/", None, "Campus", "bearer", "campus")


def opened(outcome, *, kept):
    """A status page that wants a key, once it was looked at."""
    seen = Observation(PAGE.id, NOW, NOW, outcome)
    place = KeyPlace("campus", PAGE.url, kept=kept, page=True)
    service = replace(OPENAI_API, page=PAGE, key_place=place)
    return account(Board(sights={PAGE.id: Sight(seen)}), service, NOW, SAY, UTC)


def test_a_page_that_wants_a_key_says_so_and_nothing_of_an_account():
    refused = Failure(FailureKind.UNAUTHORISED, "The page asks for a key.")
    without = opened(refused, kept=False)
    assert without.words.startswith("This status page opens only with a key of yours.")
    assert without.checked is None
    assert opened(refused, kept=True).words == "The status page refuses your key."
    read = Report("statuspage", "Campus", "https://x.example/", None)
    assert opened(read, kept=True).words == "The status page opens with your key."


@pytest.mark.parametrize(
    ("state", "said", "lamp"),
    [
        ("running", "It runs: llama3.2 loaded, 3 installed.", Lamp.CLEAR),
        ("loading", "It runs, and is loading a model.", Lamp.CLEAR),
        ("stopped", "It is not running.", Lamp.BLIND),
        ("foreign", "Port 11434 belongs to another user of this computer.", Lamp.WATCH),
    ],
)
def test_a_server_of_ones_own_runs_or_not_or_is_somebody_elses(state, said, lamp):
    shown = SERVERS[state].server
    assert (shown.words, shown.lamp) == (said, lamp)
    assert server_facts(shown, GLANCE) == "127.0.0.1:11434 · 8 s ago"


@pytest.mark.parametrize("state", [one for one in KeyState if one is not KeyState.WAITING])
def test_every_answer_of_a_store_is_said_before_a_key_is_typed(state):
    before = key_dialog.place(KeyAnswer(state, "SecretService Keyring"), SAY)
    assert before.endswith(".")
    if state in (KeyState.READ, KeyState.LOCKED):
        assert before.startswith("It will be kept in the Secret Service of this desktop")


@pytest.mark.parametrize("says", list(Says))
def test_what_came_of_a_real_call_is_said_with_its_proof(says):
    _, told = key_dialog.called(Reading(says, Stage.PRODUCT, "HTTP 200 in 420 ms"), SAY)
    assert "(HTTP 200 in 420 ms)" in told


def test_a_call_that_brought_nothing_says_so():
    lamp, told = key_dialog.called(Failure(FailureKind.TIMEOUT, "It did not answer."), SAY)
    assert (lamp, told) == (Lamp.BLIND, "Nothing was learnt: It did not answer.")
