"""What a person is told of a Rootly page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import body, changed, compatible_page, summary, without
from tests.feeds.samples.rootly import SITE, incident, status

HOME = "https://status.example.com"


def read(document: object) -> Report:
    return feeds.read("rootly", "status", {"status": body(document)})


def test_one_document_is_asked_for_wherever_on_the_page_the_address_was_copied():
    for pasted in (
        HOME,
        f"{HOME}/",
        f"{HOME}/api/v1/status.json",
        f"{HOME}/api/v1/incidents.json?page=2",
        f"{HOME}/incidents/abc123",
    ):
        (plan,) = feeds.plans("rootly", pasted)
        assert [want.url for want in plan.wants] == [f"{HOME}/api/v1/status.json"]


def test_a_whole_page_that_is_well():
    report = read_site()
    assert (report.name, report.home, report.parts) == ("Example AI", HOME, ())
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.as_of == datetime(2026, 8, 1, 11, 10, tzinfo=UTC)
    assert not report.complete
    assert report.notes == ()


def read_site() -> Report:
    (plan,) = feeds.plans("rootly", HOME)
    bodies = {want.name: SITE[want.url.removeprefix(HOME)] for want in plan.wants}
    return feeds.read("rootly", plan.name, bodies)


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("none", Health.OPERATIONAL),
        ("maintenance", Health.MAINTENANCE),
        ("minor", Health.DEGRADED),
        ("major", Health.MAJOR_OUTAGE),
        ("enormous", Health.UNKNOWN),
    ],
)
def test_the_page_s_own_word_is_its_state(word, health):
    assert feeds.stated(read(status(indicator=word))) is health


def test_an_incident_is_told_whole():
    report = read(status(incident()))
    (told,) = report.incidents
    assert (told.id, told.title, told.phase) == ("abc123", "Elevated errors", Phase.INVESTIGATING)
    assert told.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert [(entry.phase, entry.text) for entry in told.updates] == [
        (Phase.IDENTIFIED, "Found."),
        (Phase.INVESTIGATING, "We look."),
    ]
    assert report.as_of == told.updated_at == datetime(2026, 8, 1, 11, 20, tzinfo=UTC)
    assert told.url == f"{HOME}/incidents/abc123"


def test_a_page_whose_word_is_good_is_not_well_while_an_incident_is_open():
    assert feeds.stated(read(status(incident()))) is Health.PARTIAL_OUTAGE


@pytest.mark.parametrize(
    ("word", "impact", "phase", "floor"),
    [
        ("started", "critical", Phase.INVESTIGATING, Health.MAJOR_OUTAGE),
        ("in_triage", "minor", Phase.INVESTIGATING, Health.DEGRADED),
        ("identified", "major", Phase.IDENTIFIED, Health.PARTIAL_OUTAGE),
        ("mitigated", "critical", Phase.MONITORING, Health.DEGRADED),
        ("resolved", "critical", Phase.RESOLVED, Health.OPERATIONAL),
        ("closed", "critical", Phase.RESOLVED, Health.OPERATIONAL),
        ("acknowledged", "none", Phase.INVESTIGATING, Health.OPERATIONAL),
        ("pondered", "critical", Phase.INVESTIGATING, Health.UNKNOWN),
        ("started", "enormous", Phase.INVESTIGATING, Health.UNKNOWN),
    ],
)
def test_an_incident_implies_its_impact_as_long_as_it_goes_on(word, impact, phase, floor):
    (told,) = read(status(incident(status=word, impact=impact))).incidents
    assert (told.phase, told.floor) == (phase, floor)


def test_an_incident_without_an_address_keeps_its_name_for_an_id():
    (told,) = read(status(incident(url=None))).incidents
    assert told.id == "Elevated errors 2026-08-01T11:00:00Z"
    (own,) = read(status(incident(id="77"))).incidents
    assert own.id == "77"


def test_parts_are_named_where_an_incident_names_them():
    (told,) = read(status(incident(components=[{"name": "API"}]))).incidents
    assert told.parts == (PartName("", "API"),)


def test_what_was_planned_is_maintenance():
    planned = incident(
        status="scheduled",
        impact="maintenance",
        scheduled_for="2026-08-03T02:00:00Z",
        scheduled_until="2026-08-03T03:00:00Z",
    )
    report = read(status(planned))
    (one,) = report.maintenance
    assert report.incidents == ()
    assert (one.phase, one.starts_at, one.ends_at) == (
        MaintenancePhase.SCHEDULED,
        datetime(2026, 8, 3, 2, tzinfo=UTC),
        datetime(2026, 8, 3, 3, tzinfo=UTC),
    )
    assert feeds.stated(report) is Health.OPERATIONAL
    assert feeds.stated(read(status(planned | {"status": "in_progress"}))) is Health.MAINTENANCE


def test_words_nobody_knows_are_kept():
    said = status(incident(status="pondered", impact="huge"), indicator="enormous")
    assert read(said).notes == (
        "unknown page indicator “enormous”",
        "unknown incident status “pondered”",
        "unknown incident impact “huge”",
    )


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        summary(),
        {"page": compatible_page(), "status": {"indicator": "none"}, "incidents": []},
        status() | {"components": []},
        without(status(), ("incidents",)),
        without(status(), ("status",)),
        changed(status(), ("status", "indicator"), None),
        changed(status(), ("page",), {"name": "X", "state": "operational"}),
        status(without(incident(), ("status",))),
        status(without(incident(), ("impact",))),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)
