"""What a person is told of Microsoft's posts."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from tests.feeds.bodies import body, post, posts, without


def read(document: object) -> Report:
    return feeds.read("microsoft", "posts", {"posts": body(document)})


def copilot(**more: object) -> list:
    return [post("CopilotConsumer", "Microsoft Copilot", **more), *posts()[1:]]


def test_the_consumer_services_are_asked_for_or_whatever_was_pasted():
    for pasted, asked in (
        ("https://status.cloud.microsoft", "https://status.cloud.microsoft/api/posts/m365Consumer"),
        ("status.cloud.microsoft/api/posts/mac", "https://status.cloud.microsoft/api/posts/mac"),
    ):
        (plan,) = feeds.plans("microsoft", pasted)
        assert plan.wants[0].url == asked


def test_every_service_is_a_part():
    report = read(posts())
    assert [(part.id, part.name, part.health) for part in report.parts] == [
        ("CopilotConsumer", "Microsoft Copilot", Health.OPERATIONAL),
        ("Outlook.com", "Outlook.com", Health.OPERATIONAL),
    ]
    assert report.incidents == ()


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("Operational", Health.OPERATIONAL),
        ("Available", Health.OPERATIONAL),
        ("Restored", Health.OPERATIONAL),
        ("Advisory", Health.DEGRADED),
        ("Investigating", Health.DEGRADED),
        ("Degraded", Health.DEGRADED),
        ("Incident", Health.PARTIAL_OUTAGE),
        ("Interruption", Health.MAJOR_OUTAGE),
        ("Splendid", Health.UNKNOWN),
        ("operational?", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_row_is_its_state_alone_or_among_others(word, health):
    rows = read(copilot(status=word))
    assert [part.health for part in rows.parts] == [health, Health.OPERATIONAL]
    alone = without(without(posts()[0], ("ServiceDisplayName",)), ("ServiceWorkloadName",))
    assert feeds.stated(read(alone | {"Status": word})) is health
    assert feeds.stated(rows) is health


def test_what_is_posted_is_an_incident_of_that_service():
    told = copilot(
        status="Incident",
        Id="cp1",
        Title="Copilot does not answer",
        Message="<div>We <b>look</b>&nbsp;at it.</div>",
        AuthoredDateTime="2026-08-01T11:00:00.1234567+00:00",
    )
    (incident,) = read(told).incidents
    assert (incident.id, incident.title) == ("cp1", "Copilot does not answer")
    assert incident.parts == (PartName("CopilotConsumer", "Microsoft Copilot"),)
    assert incident.started_at == datetime(2026, 8, 1, 11, 0, 0, 123456, tzinfo=UTC)
    assert incident.updates[0].text == "We look at it."
    assert incident.open


def test_without_a_title_the_word_is_one_and_the_year_one_is_no_date():
    (incident,) = read(copilot(status="Degraded")).incidents
    assert (incident.id, incident.title) == ("CopilotConsumer", "Microsoft Copilot: Degraded")
    assert incident.started_at is None


def test_what_was_restored_is_over():
    (incident,) = read(copilot(status="Restored", Title="It was slow")).incidents
    assert incident.phase is Phase.RESOLVED


def test_a_document_speaks_for_half_an_hour():
    report = read(posts())
    assert report.as_of == datetime(2026, 8, 1, 12, 0, 0, 489043, tzinfo=UTC)
    assert report.fresh_until == report.as_of + timedelta(minutes=30)
    dateless = read([post("x", "X", LastUpdatedTime="0001-01-01T00:00:00+00:00")])
    assert (dateless.as_of, dateless.fresh_until) == (None, None)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        [{}],
        {"Status": "Available"},
        [without(posts()[0], ("ServiceWorkloadName",))],
        [posts()[0] | {"Status": None}],
        {"CID": "0", "Services": [], "IsAllUp": True},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)
