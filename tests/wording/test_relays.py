"""What is said of a push or hook in `why` and `history`, in one harmless line."""

import pytest

from notifier.app.look_back import document
from notifier.model.past import LogLine, Past
from notifier.model.service import ServiceKey
from notifier.wording import history, relays, terminal
from notifier.wording.say import English
from tests.relays.notices import NOON

CHATGPT = ServiceKey("chatgpt")


def logged(kind, by="push:phone", why=""):
    return LogLine(NOON, kind, "outage", "ChatGPT is down", None, (CHATGPT,), by=by, why=why)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (logged("handed_over"), "push phone: handed over: ChatGPT is down"),
        (
            logged("failed", "hook:lamp", "It ended with 3."),
            "hook lamp: failed: ChatGPT is down (It ended with 3)",
        ),
        (
            logged("retried", why="The service of phone could not be reached."),
            (
                "push phone: tried again in a moment: ChatGPT is down "
                "(The service of phone could not be reached)"
            ),
        ),
        (
            logged("outdated", why="Something newer came before it could be delivered."),
            (
                "push phone: not sent, for it is no longer so: ChatGPT is down "
                "(Something newer came before it could be delivered)"
            ),
        ),
        (logged("beamed_up"), "push phone: ChatGPT is down"),
    ],
)
def test_a_line_of_the_log_says_what_became_of_it(line, says):
    assert terminal.logged(line, English()) == says
    assert history.line(line, {}, English()) == says


def test_in_json_the_way_and_the_reason_stand_beside_the_notice():
    past = Past(NOON, NOON, log=(logged("failed", why="No."), logged("told", by="")))
    one, other = document(past, {}, NOON, "owner")["notices"]
    assert (one["kind"], one["by"], one["why"], one["title"]) == (
        "failed",
        "push:phone",
        "No.",
        "ChatGPT is down",
    )
    assert "by" not in other, "what there was before has no more keys than before"


def test_an_unknown_answer_has_a_sentence_too():
    assert relays.push_failed("sideways", None, "phone", English()).endswith(".")
