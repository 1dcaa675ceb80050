"""A line of the log: what was kept back by do not disturb says so, and who said it."""

from datetime import UTC, datetime

from notifier.app.look_back import document
from notifier.model.past import Past
from notifier.model.record import LogLine
from notifier.model.service import ServiceKey
from notifier.wording import log
from notifier.wording.say import English

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAY = English()


def told(kept_back_by: str = "") -> LogLine:
    return LogLine(
        NOON,
        "told",
        "outage",
        "ChatGPT is down",
        None,
        (ServiceKey("chatgpt"),),
        channel="freedesktop",
        kept_back_by=kept_back_by,
    )


def line(one: LogLine) -> str:
    return log.whole(one, log.logged(one, SAY), SAY)


def test_what_was_kept_back_is_told_apart_from_what_was_shown():
    assert line(told()) == "told: ChatGPT is down (desktop notification)"
    assert line(told("dunst")) == "kept back by do not disturb: ChatGPT is down (dunst says so)"


def test_a_script_reads_who_kept_it_back():
    past = Past(NOON, NOON, log=(told("dunst"), told()))
    lines = document(past, {}, NOON, "file")["notices"]
    assert [(one["kind"], one["channel"], one["kept_back_by"]) for one in lines] == [
        ("told", "freedesktop", "dunst"),
        ("told", "freedesktop", None),
    ]
