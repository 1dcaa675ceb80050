"""*Is it me?* answers in four lines from the picture alone, and says what is still to come."""

from dataclasses import replace

import pytest

from notifier.model.board import Connection, Link
from notifier.model.observation import Stage, StageTime
from notifier.model.picture import Lamp, Picture, Row
from notifier.model.verdict import Cause, Evidence, EvidenceKind
from notifier.wording.is_it_me import Line, lines, sentence
from notifier.wording.say import English
from tests.desktop.scenes import (
    ACCOUNTS,
    CHATGPT,
    CLAUDE,
    DOWN,
    NOW,
    OFFLINE,
    OUTAGE,
    SERVERS,
    SLOW,
    UNREAD,
    ago,
    board,
    door,
    page,
    well,
)

SAY = English()


def four(picture: Picture, row: Row, asked_at=None) -> tuple[Line, ...]:
    return lines(picture, row, SAY, asked_at)


def with_evidence(row: Row, *evidence: Evidence) -> Row:
    return replace(row, verdict=replace(row.verdict, evidence=evidence))


def told(some: tuple[Line, ...]) -> list[tuple[str, str, Lamp]]:
    return [(line.asks, line.says, line.lamp) for line in some]


def test_it_is_them():
    assert told(four(OUTAGE, DOWN)) == [
        ("Your network", "works: 3 of 4 other sites answered", Lamp.CLEAR),
        ("Their front door", "does not answer as it should (HTTP 503 in 210 ms)", Lamp.TROUBLE),
        ("Their page", "reports a major outage", Lamp.TROUBLE),
        ("Your account", "cannot be checked from here", Lamp.EMPTY),
    ]


def test_it_is_you():
    network, front, their_page, _ = four(OFFLINE, OFFLINE.rows[0])
    assert (network.says, network.lamp) == ("this computer is offline", Lamp.TROUBLE)
    assert front.lamp is Lamp.BLIND
    assert their_page.lamp is Lamp.BLIND, "what was green before we lost them does not stay green"


def test_a_login_page_is_named():
    picture = board(DOWN, connection=Connection(Link.CAPTIVE_PORTAL, NOW))
    network = four(picture, DOWN)[0]
    assert network.says == "a login page stands in the way: sign in to this network"


def test_a_page_that_says_fine_beside_a_door_that_does_not_open():
    _, front, their_page, _ = four(board(SLOW), SLOW)
    assert (front.says, front.lamp) == (
        "answers that it is overloaded (HTTP 529 in 1.4 s)",
        Lamp.WATCH,
    )
    assert (their_page.says, their_page.lamp) == ("reports no problem", Lamp.CLEAR)


def test_the_last_look_counts_even_where_an_older_one_was_good():
    their_page = four(board(UNREAD), UNREAD)[2]
    assert their_page.says == "could not be read (The page answered with HTTP 503)"
    assert their_page.at == ago(12)


def test_a_service_without_page_and_door_says_so_instead_of_looking():
    bare = replace(well(CLAUDE), service=replace(CLAUDE, page=None, probe=None))
    _, front, their_page, _ = four(board(bare), with_evidence(bare), asked_at=NOW)
    assert (front.pending, their_page.pending) == (False, False)
    assert front.says == "there is none to knock at without an account"
    assert their_page.says == "they have none we could read"


def test_why_a_page_is_not_read_is_said_where_it_is_known():
    unread = replace(CLAUDE, page=None, no_page="Its page turns programs away.")
    their_page = four(board(row := replace(well(CLAUDE), service=unread)), row)[2]
    assert (their_page.says, their_page.pending) == ("Its page turns programs away.", False)


def test_an_account_that_is_refused_is_no_outage():
    key = Evidence(EvidenceKind.KEY, "api.openai.com", ago(5), "account", "quota used up")
    account = four(OUTAGE, with_evidence(DOWN, key))[3]
    assert (account.says, account.lamp) == ("your account is refused", Lamp.WATCH)


def test_each_line_waits_for_its_own_look():
    asked = NOW
    fresh = door(CHATGPT, "alive", "HTTP 401", -1)
    row = with_evidence(DOWN, page(CHATGPT, "major_outage", 20), fresh)
    network, front, their_page, account = four(board(row), row, asked_at=asked)
    assert (front.pending, front.says) == (False, "answers (HTTP 401)")
    assert (their_page.pending, their_page.says) == (True, "looking…")
    assert not network.pending, "an answer just now shows the network, too"
    assert not account.pending


def test_the_network_is_seen_through_any_service():
    row = with_evidence(DOWN, page(CHATGPT, "major_outage", 20))
    other = with_evidence(well(CLAUDE), page(CLAUDE, "operational", -2))
    assert four(board(row), row, asked_at=NOW)[0].pending
    assert not four(board(row, other), row, asked_at=NOW)[0].pending


def test_before_the_first_look_nothing_is_claimed():
    row = with_evidence(DOWN)
    picture = board(row, connection=Connection())
    assert [line.says for line in four(picture, row)] == [
        "not clear yet",
        "not looked yet",
        "not looked yet",
        "cannot be checked from here",
    ]


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("limited", "answers, and asks us to come less often (d)"),
        ("a word of tomorrow", "does not say (d)"),
    ],
)
def test_a_door_is_never_called_worse_than_it_said(says, words):
    row = with_evidence(DOWN, door(CHATGPT, says, "d", 3))
    front = four(board(row), row)[1]
    assert front.says == words
    assert front.lamp is not Lamp.TROUBLE


def test_each_line_names_the_stages_of_its_way_and_where_it_breaks():
    stages = (StageTime(Stage.DNS, 0.012), StageTime(Stage.CONNECT, 0.02))
    front = replace(door(CHATGPT, "unreadable", "x", 5), stages=stages, stopped=Stage.TLS)
    network, at_door, at_page, account = four(OUTAGE, with_evidence(DOWN, front))
    assert at_door.way == "name 12 ms · connection 20 ms · breaks at the secure connection"
    assert [line.way for line in (network, at_page, account)] == ["", "", ""]


def test_a_line_is_heard_as_one_sentence():
    line = four(OUTAGE, DOWN)[2]
    assert sentence(line, "20 s ago", SAY) == "Their page: reports a major outage, 20 s ago."
    assert sentence(line, "", SAY) == "Their page: reports a major outage."


@pytest.mark.parametrize(
    ("state", "says", "lamp"),
    [
        ("none", "not checked: no key", Lamp.EMPTY),
        ("new", "not looked yet", Lamp.BLIND),
        ("tried", "your key works (HTTP 200 in 180 ms)", Lamp.CLEAR),
        ("rejected", "your key is refused: renew it", Lamp.WATCH),
        ("limited", "your key works, and you are asked to slow down", Lamp.CLEAR),
        ("failing", "a real request fails (HTTP 500 in 95 ms)", Lamp.TROUBLE),
        (
            "unanswered",
            "could not be asked (api.openai.com did not answer in 6 s)",
            Lamp.BLIND,
        ),
        ("waiting", "waiting for your key store…", Lamp.EMPTY),
        ("locked", "not checked: your key store is locked", Lamp.BLIND),
        ("absent", "not checked: your key store no longer has the key", Lamp.BLIND),
        ("no_store", "not checked: there is no key store", Lamp.BLIND),
        ("foreign", "not checked: the key store is another user's", Lamp.BLIND),
        (
            "plain_text",
            "not checked: your key store keeps plain text, so it is not used",
            Lamp.BLIND,
        ),
        ("hanging", "not checked: your key store does not answer", Lamp.BLIND),
        ("broken", "not checked: your key store failed", Lamp.BLIND),
    ],
)
def test_the_account_line_has_an_honest_answer_in_every_state(state, says, lamp):
    row = ACCOUNTS[state]
    account = four(board(row), row)[3]
    assert (account.says, account.lamp) == (says, lamp)
    assert account.wants_key is (state == "none")


def test_a_refusal_seen_without_a_key_is_told_all_the_same():
    verdict = replace(ACCOUNTS["none"].verdict, account=Cause.REGION)
    row = replace(ACCOUNTS["none"], verdict=verdict)
    account = four(board(row), row)[3]
    assert (account.says, account.lamp) == ("not offered in the place you are in", Lamp.WATCH)


@pytest.mark.parametrize(
    ("state", "says", "lamp"),
    [
        ("running", "runs: llama3.2 loaded, 3 installed", Lamp.CLEAR),
        ("loading", "runs, and is loading a model", Lamp.CLEAR),
        ("stopped", "is not running", Lamp.BLIND),
        ("foreign", "port 11434 belongs to another user of this computer", Lamp.WATCH),
    ],
)
def test_what_runs_on_this_computer_needs_neither_network_nor_account(state, says, lamp):
    row = SERVERS[state]
    network, program, its_page, account = four(board(row), row)
    assert (program.asks, program.says, program.lamp) == ("The program", says, lamp)
    assert (network.says, its_page.says, account.says) == (
        "is not needed for it",
        "it has none",
        "it needs none",
    )
    assert four(board(row), row, asked_at=NOW)[1].pending


def test_a_way_that_is_shut_for_one_service_alone_is_named():
    verdict = replace(DOWN.verdict, cause=Cause.ROUTE)
    row = replace(DOWN, verdict=verdict)
    network = four(board(row), row)[0]
    assert network.lamp is Lamp.TROUBLE
    assert network.says.startswith("works, but not the way there: a VPN or a firewall may be in")


@pytest.mark.parametrize("link", [one for one in Link if one is not Link.ONLINE])
def test_every_trouble_of_ones_own_network_has_its_words(link):
    picture = board(DOWN, connection=Connection(link, NOW))
    network = four(picture, DOWN)[0]
    assert network.says
    assert network.lamp is (Lamp.BLIND if link is Link.UNCLEAR else Lamp.TROUBLE)


def test_a_look_at_ones_own_computer_says_nothing_of_the_network():
    local = SERVERS["running"]
    row = with_evidence(DOWN, page(CHATGPT, "major_outage", 20))
    assert four(board(row, local), row)[0].at == ago(20)
