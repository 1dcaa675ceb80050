"""What a person is told of an incident.io page by the page's own document."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import (
    ULID,
    body,
    changed,
    native,
    ongoing,
    without,
)


def read(document: object) -> Report:
    return feeds.read("incident_io", "native", {"summary": body(document)})


def health_of(report: Report, name: str) -> Health:
    (found,) = [part.health for part in report.parts if part.name == name]
    return found


def affected(**words: str) -> dict[str, str]:
    return {"component_id": f"{ULID}2"} | words


def test_the_own_document_is_asked_for_first_and_the_capped_summary_never():
    first, second = feeds.plans("incident_io", "https://status.example.com/")
    assert [(want.name, want.url) for want in first.wants] == [
        ("summary", "https://status.example.com/proxy/status.example.com")
    ]
    assert [(want.name, want.url) for want in second.wants] == [
        ("components", "https://status.example.com/api/v2/components.json"),
        ("incidents", "https://status.example.com/api/v2/incidents.json"),
    ]
    assert [plan.name for plan in (first, second)] == ["native", "compatible"]
    assert all(want.required for want in (*first.wants, *second.wants))


def test_parts_without_a_state_are_well_and_stand_in_their_groups():
    report = read(native())
    assert [(part.group, part.group_id, part.name) for part in report.parts] == [
        (None, None, "Docs"),
        ("Chat", f"{ULID}9", "Conversations"),
        ("Chat", f"{ULID}9", "Login"),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.name, report.home) == ("Example AI", "https://status.example.com")
    assert (report.indicator, report.complete, report.notes) == (None, True, ())


def test_a_page_without_a_structure_still_has_its_parts():
    report = read(native(structure=None))
    assert [part.name for part in report.parts] == ["Conversations", "Login", "Docs"]


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("under_maintenance", Health.MAINTENANCE),
        ("degraded_performance", Health.DEGRADED),
        ("partial_outage", Health.PARTIAL_OUTAGE),
        ("full_outage", Health.MAJOR_OUTAGE),
        ("melting", Health.UNKNOWN),
    ],
)
def test_a_part_the_page_names_as_affected_is_so(word, health):
    report = read(native(affected_components=[affected(status=word)]))
    assert health_of(report, "Login") is health
    assert health_of(report, "Docs") is Health.OPERATIONAL
    assert feeds.stated(report) is health
    assert report.notes == (("unknown component status “melting”",) if word == "melting" else ())


def test_what_is_now_counts_and_not_the_worst_while_it_lasted():
    report = read(native(ongoing_incidents=[ongoing()]))
    assert health_of(report, "Login") is Health.OPERATIONAL
    assert feeds.stated(report) is Health.OPERATIONAL
    (told,) = report.incidents
    assert told.open
    assert (told.floor, told.impact) == (Health.OPERATIONAL, Health.MAJOR_OUTAGE)


@pytest.mark.parametrize(
    ("impacts", "health"),
    [
        pytest.param([("full_outage", None)], Health.MAJOR_OUTAGE, id="one that has no end"),
        pytest.param(
            [("full_outage", "2026-03-17T04:00:00Z"), ("degraded_performance", None)],
            Health.DEGRADED,
            id="the one that has no end",
        ),
        pytest.param(
            [("full_outage", "2026-03-17T04:00:00Z")], Health.OPERATIONAL, id="all have ended"
        ),
        pytest.param([], Health.PARTIAL_OUTAGE, id="none: the bare word is all there is"),
    ],
)
def test_without_a_current_word_the_impacts_that_have_no_end_count(impacts, health):
    listed = [
        {"component_id": f"{ULID}2", "status": status} | ({"end_at": end} if end else {})
        for status, end in impacts
    ]
    told = ongoing(
        status="identified",
        affected_components=[affected(status="partial_outage")],
        component_impacts=listed,
    )
    report = read(native(ongoing_incidents=[told]))
    assert health_of(report, "Login") is health
    assert report.incidents[0].floor is health


def test_the_page_and_an_incident_disagree_and_the_worse_counts():
    report = read(
        native(
            affected_components=[affected(status="degraded_performance")],
            ongoing_incidents=[ongoing()],
        )
    )
    assert health_of(report, "Login") is Health.DEGRADED


@pytest.mark.parametrize(
    ("status", "phase", "floor"),
    [
        ("investigating", Phase.INVESTIGATING, Health.MAJOR_OUTAGE),
        ("fixing", Phase.IDENTIFIED, Health.MAJOR_OUTAGE),
        ("monitoring", Phase.MONITORING, Health.DEGRADED),
        ("resolved", Phase.RESOLVED, Health.OPERATIONAL),
        ("reopened_v2", Phase.INVESTIGATING, Health.UNKNOWN),
    ],
)
def test_an_incident_implies_what_its_parts_are_now_as_far_as_it_is_open(status, phase, floor):
    told = ongoing(status=status, affected_components=[affected(current_status="full_outage")])
    report = read(native(ongoing_incidents=[told]))
    assert (report.incidents[0].phase, report.incidents[0].floor) == (phase, floor)
    assert feeds.stated(report) is Health.MAJOR_OUTAGE


def test_an_incident_is_told_whole_and_newest_first():
    (told,) = read(native(ongoing_incidents=[ongoing()])).incidents
    assert told.started_at == datetime(2026, 3, 17, 2, 42, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 3, 17, 3, 17, tzinfo=UTC)
    assert told.url == f"https://status.example.com/incidents/{ULID}A"
    assert told.parts == (PartName(f"{ULID}2", "Login"),)
    assert [(entry.phase, entry.text) for entry in told.updates] == [
        (Phase.MONITORING, "Fixed, and watched."),
        (Phase.IDENTIFIED, "We have found it.\nMore soon."),
    ]


def test_a_resolved_update_is_not_the_end_of_an_incident_that_goes_on():
    updates = [
        {"published_at": "2026-03-17T04:00:00Z", "to_status": "resolved"},
        {"published_at": "2026-03-17T04:49:00Z", "to_status": "identified"},
    ]
    (told,) = read(
        native(ongoing_incidents=[ongoing(status="identified", updates=updates)])
    ).incidents
    assert told.open
    assert [entry.phase for entry in told.updates] == [Phase.IDENTIFIED, Phase.RESOLVED]


@pytest.mark.parametrize("kind", ["maintenance", "incident"])
def test_maintenance_under_way_is_listed_with_the_incidents_and_is_none(kind):
    under_way = ongoing(
        type=kind,
        status="maintenance_in_progress",
        affected_components=[affected(current_status="under_maintenance")],
        component_impacts=[
            {
                "component_id": f"{ULID}2",
                "status": "under_maintenance",
                "start_at": "2026-03-17T01:00:00Z",
                "end_at": "2026-03-17T05:00:00Z",
            }
        ],
        status_summaries=[],
    )
    report = read(native(ongoing_incidents=[under_way]))
    (told,) = report.maintenance
    assert report.incidents == ()
    assert told.phase is MaintenancePhase.IN_PROGRESS
    assert told.starts_at == datetime(2026, 3, 17, 1, tzinfo=UTC)
    assert told.ends_at == datetime(2026, 3, 17, 5, tzinfo=UTC)
    assert health_of(report, "Login") is Health.MAINTENANCE
    assert feeds.stated(report) is Health.MAINTENANCE


@pytest.mark.parametrize("status", ["maintenance_scheduled", "planned_v2"])
def test_maintenance_to_come_counts_for_nothing(status):
    ahead = ongoing(
        type="maintenance",
        status=status,
        affected_components=[affected(status="under_maintenance")],
        component_impacts=[],
    )
    report = read(native(scheduled_maintenances=[ahead]))
    assert report.maintenance[0].phase is MaintenancePhase.SCHEDULED
    assert feeds.stated(report) is Health.OPERATIONAL
    assert len(report.notes) == (status == "planned_v2")


def test_values_a_page_calls_undefined_are_absent():
    plain = native(ongoing_incidents=[ongoing()])
    embedded = changed(plain, ("summary", "parent"), "$undefined")
    embedded = changed(embedded, ("summary", "structure", "items", 0, "group"), "$undefined")
    embedded = changed(embedded, ("summary", "ongoing_incidents", 0, "resolved_at"), "$undefined")
    impact = ("summary", "ongoing_incidents", 0, "component_impacts", 0, "end_at")
    current = ("summary", "ongoing_incidents", 0, "affected_components", 0, "current_status")
    assert read(embedded) == read(plain)
    still = changed(changed(embedded, impact, "$undefined"), current, "$undefined")
    assert health_of(read(still), "Login") is Health.MAJOR_OUTAGE


def test_the_wrapper_may_be_missing():
    assert read(native()["summary"]) == read(native())


@pytest.mark.parametrize("name", ["components", "affected_components", "ongoing_incidents"])
@pytest.mark.parametrize("value", ["missing", None, "$undefined", {}])
def test_a_list_whose_absence_would_be_green_must_be_there(name, value):
    document = native()
    path = ("summary", name)
    document = without(document, path) if value == "missing" else changed(document, path, value)
    with pytest.raises(Unreadable, match="shape"):
        read(document)


def test_a_page_without_any_part_states_nothing_good():
    assert feeds.stated(read(native(components=[]))) is Health.UNKNOWN
