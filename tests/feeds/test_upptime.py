"""What a person is told of the sites an Upptime repository watches."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.upptime import upptime_site

RAW = "https://raw.githubusercontent.com/campus/up.time"
MASTER, MAIN = (f"{RAW}/{branch}/history/summary.json" for branch in ("master", "main"))


def read(*sites: object) -> Report:
    return feeds.read("upptime", "master", {"summary": body([*sites])})


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("https://github.com/campus/up.time", [MASTER, MAIN]),
        ("github.com/campus/up.time.git", [MASTER, MAIN]),
        ("https://github.com/campus/up.time/issues?q=is%3Aopen", [MASTER, MAIN]),
        ("https://github.com/campus/up.time/tree/main/history", [MAIN]),
        ("https://campus.github.io/up.time/history/llm-gateway", [MASTER, MAIN]),
        (MAIN, [MAIN]),
        (f"{RAW}/refs/heads/main/history/summary.json", [MAIN]),
        (RAW, [MASTER, MAIN]),
        (
            "https://files.example.edu/up/history/summary.json",
            ["https://files.example.edu/up/history/summary.json"],
        ),
        ("https://files.example.edu", ["https://files.example.edu/history/summary.json"]),
    ],
)
def test_the_summary_is_looked_for_in_the_repository_on_either_branch(pasted, asked):
    plans = feeds.plans("upptime", pasted)
    assert [want.url for plan in plans for want in plan.wants] == asked
    assert len({plan.name for plan in plans}) == len(plans)


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("up", Health.OPERATIONAL),
        ("degraded", Health.DEGRADED),
        ("down", Health.MAJOR_OUTAGE),
        ("Up", Health.UNKNOWN),
        ("asleep", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_site_is_its_state(word, health):
    report = read(upptime_site(), upptime_site("Wiki", word))
    assert [(part.id, part.name, part.health) for part in report.parts] == [
        ("llm-gateway", "LLM gateway", Health.OPERATIONAL),
        ("wiki", "Wiki", health),
    ]
    assert feeds.stated(report) is health
    known = word in ("up", "degraded", "down")
    assert report.notes == (() if known else (f"unknown status “{word}”",))


def test_it_does_not_say_of_when_it_is():
    assert (read(upptime_site()).as_of, read(upptime_site()).fresh_until) == (None, None)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [{}],
        [upptime_site(), without(upptime_site(), ("status",))],
        [without(upptime_site(), ("slug",))],
        [upptime_site(status=None)],
    ],
)
def test_what_is_not_this_document_is_refused(sites):
    with pytest.raises(Unreadable):
        read(*sites)
