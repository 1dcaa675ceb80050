"""What a person is told of a Sorry™ page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.sorry import component, components, status

WORDS = [
    ("operational", Health.OPERATIONAL),
    ("partially-degraded", Health.DEGRADED),
    ("partially_degraded", Health.DEGRADED),
    ("degraded", Health.PARTIAL_OUTAGE),
    ("under_maintenance", Health.MAINTENANCE),
    ("under-maintenance", Health.MAINTENANCE),
    ("sorry", Health.UNKNOWN),
    ("Operational", Health.UNKNOWN),
]


def read(page: object = None, parts: object = None) -> Report:
    bodies = {"status": body(page or status()), "components": body(parts or components())}
    return feeds.read("sorry", "parts", bodies)


@pytest.mark.parametrize(
    "pasted", ["status.example.com", "https://status.example.com/notices/abc-errors"]
)
def test_the_word_and_the_parts_are_asked_for_else_the_word_alone(pasted):
    whole, alone = feeds.plans("sorry", pasted)
    assert [want.url for want in whole.wants] == [
        "https://status.example.com/api/v1/status.json",
        "https://status.example.com/api/v1/components",
    ]
    assert alone.wants == whole.wants[:1]


def test_parts_of_one_name_are_told_apart():
    report = read()
    assert [(part.id, part.name, part.group) for part in report.parts] == [
        ("1", "API", None),
        ("2", "Europe", None),
        ("3", "API", "Europe"),
    ]
    assert report.as_of == datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert (report.name, report.home) == ("Example", "https://status.example.com")


@pytest.mark.parametrize(("word", "health"), WORDS)
def test_a_word_is_the_state_of_the_page_or_of_a_part(word, health):
    alone = feeds.read_alone(body(status(word)))
    for report in (read(status(word)), read(None, components(component(1, "A", word))), alone):
        assert feeds.stated(report) is health
        assert (report.notes == ()) is (health is not Health.UNKNOWN)


def test_the_list_of_parts_has_three_forms():
    rows = components()["components"]
    for form in ({"response": rows}, rows, {"components": rows}):
        assert len(read(None, form).parts) == 3


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ([0], None),
        ({"page": {"name": "x"}}, None),
        (None, {"rows": []}),
        (None, [without(component(1, "A"), ("state",))]),
        (None, {"response": [{"id": 1, "name": "A", "state": None}]}),
        ({"page": {"id": "x", "name": "x"}, "status": {"indicator": "none"}}, None),
    ],
)
def test_what_is_not_this_document_is_refused(page, parts):
    with pytest.raises(Unreadable):
        read(page, parts)
