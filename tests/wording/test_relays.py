"""What is said of a push or hook in window, `why` and `history`, in one harmless line."""

import pytest

from notifier.app.look_back import document
from notifier.model.announcement import NoticeId
from notifier.model.past import Past
from notifier.model.record import LogLine, NoticeHeard, NoticeIntended
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.service import ServiceKey
from notifier.watch.logbook import Logbook
from notifier.wording import log, relays
from notifier.wording.say import English
from tests.relays.notices import NOON, notice

CHATGPT = ServiceKey("chatgpt")


def line(kind, channel="push:phone", why=""):
    return LogLine(NOON, kind, "outage", "ChatGPT is down", None, (CHATGPT,), None, channel, why)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (line("handed_over"), "push phone: handed over: ChatGPT is down"),
        (
            line("failed", "hook:lamp", "It ended with 3."),
            "hook lamp: failed: ChatGPT is down (It ended with 3)",
        ),
        (
            line("retried", why="It could not be reached."),
            "push phone: tried again in a moment: ChatGPT is down (It could not be reached)",
        ),
        (
            line("outdated", why="Something newer came."),
            "push phone: not sent, for it is no longer so: ChatGPT is down (Something newer came)",
        ),
    ],
)
def test_a_line_of_the_log_says_what_became_of_it(line, says):
    say = English()
    assert log.whole(line, log.logged(line, say), say) == says
    assert log.whole(line, log.logged_of(line, {}, say), say) == says


def test_in_json_the_way_stands_where_the_channel_does():
    past = Past(NOON, NOON, log=(line("failed", why="No."),))
    (one,) = document(past, {}, NOON, "owner")["notices"]
    assert (one["kind"], one["channel"], one["why"]) == ("failed", "push:phone", "No.")


def test_every_state_has_its_words():
    assert {state.value for state in RelayState} == set(log._PASSED_ON)


def test_the_window_shows_the_newest_state_of_each_way_once():
    book = Logbook()
    told = notice()
    book.note([NoticeIntended(told), NoticeHeard(told.id, NOON, "freedesktop", "7", ())])
    for name, state in (
        ("phone", RelayState.RETRIED),
        ("mail", RelayState.FAILED),
        ("phone", RelayState.HANDED_OVER),
    ):
        assert book.relayed(relayed(told.id, name, state)) == {CHATGPT}
    shown = [(one.channel, one.kind) for one in book.lines(CHATGPT)]
    assert sorted(shown) == [
        ("freedesktop", "told"),
        ("push:mail", "failed"),
        ("push:phone", "handed_over"),
    ]
    assert book.relayed(relayed(NoticeId("n-99"), "phone", RelayState.FAILED)) == frozenset()


def relayed(id_, name, state):
    return Relayed(id_, RelayKind.PUSH, name, state, NOON)


def test_an_unknown_answer_has_a_sentence_too():
    assert relays.push_failed("sideways", None, "phone", English()).endswith(".")
