"""What a person is told of a FireHydrant page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Phase, Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.firehydrant import component, incident, payload


def read(document: object) -> Report:
    return feeds.read("firehydrant", "payload", {"payload": body(document)})


@pytest.mark.parametrize(
    "pasted", ["status.example.com", "https://status.example.com/data/payload.json"]
)
def test_the_document_of_the_page_is_asked_for(pasted):
    (plan,) = feeds.plans("firehydrant", pasted)
    assert plan.wants[0].url == "https://status.example.com/data/payload.json"


@pytest.mark.parametrize(
    ("condition", "health"),
    [
        ("c1", Health.OPERATIONAL),
        ("c2", Health.DEGRADED),
        ("c3", Health.MAJOR_OUTAGE),
        ("operational", Health.OPERATIONAL),
        ("degraded_performance", Health.DEGRADED),
        ("Offline", Health.MAJOR_OUTAGE),
        ("Partial outage", Health.PARTIAL_OUTAGE),
        ("under_maintenance", Health.MAINTENANCE),
        ({"id": "c9", "name": "Operational"}, Health.OPERATIONAL),
        ("Sunny", Health.UNKNOWN),
        ({"id": "c1", "name": "Sunny"}, Health.UNKNOWN),
    ],
)
def test_a_part_is_in_one_of_the_page_s_conditions(condition, health):
    report = read(payload(component("API", condition)))
    assert [(part.id, part.name) for part in report.parts] == [("id-API", "API")]
    assert feeds.stated(report) is health
    assert report.notes == (() if health is not Health.UNKNOWN else ("unknown condition “sunny”",))


@pytest.mark.parametrize(
    ("milestone", "phase", "floor"),
    [
        ("started", Phase.INVESTIGATING, Health.DEGRADED),
        ("identified", Phase.IDENTIFIED, Health.DEGRADED),
        ("mitigated", Phase.MONITORING, Health.DEGRADED),
        ("resolved", Phase.RESOLVED, Health.OPERATIONAL),
        ("pondering", Phase.INVESTIGATING, Health.UNKNOWN),
    ],
)
def test_an_incident_has_reached_a_milestone(milestone, phase, floor):
    (one,) = read(payload(incidents=[incident(current_milestone=milestone)])).incidents
    assert (one.id, one.title, one.phase, one.floor) == ("i1", "Errors", phase, floor)
    assert one.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        payload() | {"components": []},
        without(payload(), ("conditions",)),
        without(payload(), ("components", 0, "condition")),
        payload(incidents=[without(incident(), ("current_milestone",))]),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)
