"""What a person is told of an incident.io page by its imitation of Statuspage."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import (
    ULID,
    body,
    changed,
    compatible_component,
    compatible_event,
    compatible_page,
)


def both(components: object, incidents: object) -> Report:
    bodies = {"components": body(components), "incidents": body(incidents)}
    return feeds.read("incident_io", "compatible", bodies)


PARTS = {"page": compatible_page(), "components": [compatible_component(n) for n in range(33)]}


def test_two_documents_make_the_whole_page():
    report = both(PARTS, {"page": compatible_page(), "incidents": [compatible_event()]})
    assert (report.engine, report.name, len(report.parts)) == ("incident_io", "Example AI", 33)
    assert report.home == "https://status.example.com"
    assert report.complete
    assert report.indicator is None
    (told,) = report.incidents
    assert (told.parts, told.floor) == ((), Health.DEGRADED)
    assert told.started_at == datetime(2026, 9, 29, 17, 52, 52, tzinfo=UTC)
    assert told.url == f"https://status.example.com/incidents/{ULID}B"
    assert feeds.stated(report) is Health.DEGRADED


@pytest.mark.parametrize("incidents", [{"page": compatible_page()}, {"incidents": []}])
def test_a_key_left_out_is_an_empty_list(incidents):
    assert feeds.stated(both(PARTS, incidents)) is Health.OPERATIONAL


def test_under_declared_severity_is_read_from_the_parts():
    parts = changed(PARTS, ("components", 30, "status"), "degraded_performance")
    told = {"page": compatible_page(), "incidents": [compatible_event(impact="none")]}
    assert feeds.stated(both(parts, told)) is Health.DEGRADED


def test_incidents_that_are_over_are_kept_and_imply_nothing():
    over = compatible_event(
        status="resolved", impact="critical", resolved_at="2026-09-29T19:00:00Z"
    )
    report = both(PARTS, {"page": compatible_page(), "incidents": [over]})
    assert report.incidents[0].resolved_at == datetime(2026, 9, 29, 19, tzinfo=UTC)
    assert feeds.stated(report) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("components", "incidents"),
    [
        pytest.param({}, {"page": compatible_page()}, id="no components"),
        pytest.param(PARTS, {}, id="any object is not a list of incidents"),
        pytest.param(PARTS, {"incidents": None}, id="null is not an empty list"),
        pytest.param(
            PARTS, {"page": compatible_page() | {"id": f"{ULID}Z"}}, id="another page's incidents"
        ),
    ],
)
def test_half_of_it_is_unreadable(components, incidents):
    with pytest.raises(Unreadable):
        both(components, incidents)


@pytest.mark.parametrize(("parts", "complete"), [(24, True), (25, False), (26, True)])
def test_a_bare_summary_at_its_cap_may_not_be_all(parts, complete):
    document = {
        "page": compatible_page(),
        "status": {"indicator": "minor", "description": ""},
        "components": [compatible_component(n) for n in range(parts)],
    }
    report = feeds.read("incident_io", "summary", {"summary": body(document)})
    assert (report.complete, feeds.stated(report)) == (complete, Health.DEGRADED)


def test_there_are_no_other_documents():
    with pytest.raises(Unreadable, match="widget"):
        feeds.read("incident_io", "widget", {"summary": b"{}"})
