"""What a person is told of a cState page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Report
from tests.feeds.bodies import body, changed, without
from tests.feeds.samples.cstate import index, issue, system


def read(document: object) -> Report:
    return feeds.read("cstate", "index", {"index": body(document)})


def troubled() -> dict:
    told = issue()
    return index(
        system("API", "disrupted", told), system("Login", "disrupted", told), summary="disrupted"
    )


@pytest.mark.parametrize(
    "pasted",
    [
        "status.example.com",
        "https://status.example.com/issues/2026-08-01-errors/",
        "https://status.example.com/affected/api/",
        "https://status.example.com/index.json",
    ],
)
def test_the_document_of_the_page_is_asked_for(pasted):
    (plan,) = feeds.plans("cstate", pasted)
    assert [want.url for want in plan.wants] == ["https://status.example.com/index.json"]


def test_every_system_is_a_part_of_its_category():
    report = read(index())
    assert (report.name, report.home) == ("Example", "https://status.example.com")
    assert [(part.name, part.group) for part in report.parts] == [
        ("API", "Platform"),
        ("Login", "Platform"),
    ]
    assert report.as_of == datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert feeds.stated(report) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("ok", Health.OPERATIONAL),
        ("notice", Health.DEGRADED),
        ("disrupted", Health.PARTIAL_OUTAGE),
        ("down", Health.MAJOR_OUTAGE),
        ("OK", Health.UNKNOWN),
        ("splendid", Health.UNKNOWN),
    ],
)
def test_a_word_is_the_state_of_a_system_or_of_the_page(word, health):
    assert feeds.stated(read(index(system("API", word)))) is health
    report = read(index(summary=word))
    assert feeds.stated(report) is health
    assert (report.notes == ()) is (health is not Health.UNKNOWN)


def test_an_issue_of_two_systems_is_told_once():
    (one,) = read(troubled()).incidents
    assert (one.id, one.title, one.open) == ("errors.md", "Errors", True)
    assert one.parts == (PartName("", "API"), PartName("", "Login"))
    assert one.floor is Health.PARTIAL_OUTAGE
    assert one.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert one.updated_at == datetime(2026, 8, 1, 11, 30, tzinfo=UTC)
    assert one.url == "https://status.example.com/issues/errors/"


def test_an_issue_that_is_open_is_never_all_well():
    (one,) = read(index(system("API", "ok", issue("ok")))).incidents
    assert one.floor is Health.DEGRADED
    (one,) = read(index(system("API", "ok", issue("hm")))).incidents
    assert one.floor is Health.UNKNOWN


def test_a_document_in_a_file_is_known_by_its_shape():
    assert feeds.read_alone(body(troubled())) == read(troubled())


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        without(index(), ("summaryStatus",)),
        without(index(), ("systems",)),
        without(index(), ("systems", 0, "status")),
        changed(index(), ("systems", 0, "status"), None),
        {"data": {"type": "status_page"}},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)
