"""What a person is told of Google's dashboards."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from tests.feeds.bodies import body, changed, google_event, google_products, without


def read(*events: object, products: object = None) -> Report:
    listed = google_products() if products is None else products
    return feeds.read(
        "google", "dashboard", {"incidents": body([*events]), "products": body(listed)}
    )


def gemini(*events: object) -> Health:
    return {part.id: part.health for part in read(*events).parts}["gemini01"]


def now(status: str, severity: str = "medium", **more: object) -> dict:
    event = changed(google_event(severity=severity), ("most_recent_update", "status"), status)
    return event | more


def test_two_documents_are_asked_for_wherever_on_the_dashboard_the_address_was_copied():
    home = "https://www.google.com/appsstatus/dashboard"
    for pasted in (home, f"{home}/", f"{home}/summary", f"{home}/incidents/abc", f"{home}#x"):
        (plan,) = feeds.plans("google", pasted)
        assert [want.url for want in plan.wants] == [
            f"{home}/incidents.json",
            f"{home}/products.json",
        ]
    (plan,) = feeds.plans("google", "https://status.cloud.google.com")
    assert plan.wants[0].url == "https://status.cloud.google.com/incidents.json"


def test_every_product_is_a_part_and_well_unless_an_open_incident_names_it():
    report = read()
    assert [(part.id, part.name) for part in report.parts] == [
        ("gmail001", "Gmail"),
        ("gemini01", "Gemini"),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL
    healths = {part.name: part.health for part in read(google_event()).parts}
    assert healths == {"Gmail": Health.OPERATIONAL, "Gemini": Health.DEGRADED}


@pytest.mark.parametrize(
    ("status", "severity", "health"),
    [
        ("AVAILABLE", "high", Health.OPERATIONAL),
        ("SERVICE_INFORMATION", "low", Health.OPERATIONAL),
        ("SERVICE_INFORMATION", "medium", Health.DEGRADED),
        ("SERVICE_DISRUPTION", "low", Health.DEGRADED),
        ("SERVICE_DISRUPTION", "medium", Health.DEGRADED),
        ("SERVICE_DISRUPTION", "high", Health.PARTIAL_OUTAGE),
        ("SERVICE_OUTAGE", "low", Health.MAJOR_OUTAGE),
        ("SERVICE_VANISHED", "low", Health.UNKNOWN),
    ],
)
def test_what_the_latest_update_says_is_how_it_is_now(status, severity, health):
    assert gemini(now(status, severity)) is health


def test_the_worst_while_it_lasted_is_not_how_it_is():
    report = read(now("AVAILABLE", status_impact="SERVICE_OUTAGE"))
    (told,) = report.incidents
    assert (told.phase, told.impact, told.floor) == (
        Phase.MONITORING,
        Health.MAJOR_OUTAGE,
        Health.OPERATIONAL,
    )
    assert told.open


def test_an_incident_with_an_end_is_over_whatever_is_written_to_it_later():
    over = now("SERVICE_OUTAGE", end="2026-06-10T17:30:00+00:00", modified="2026-07-01T00:00:00Z")
    report = read(over)
    (told,) = report.incidents
    assert (told.phase, feeds.stated(report)) == (Phase.RESOLVED, Health.OPERATIONAL)
    assert told.updated_at == told.resolved_at == datetime(2026, 6, 10, 17, 30, tzinfo=UTC)
    assert gemini(now("SERVICE_OUTAGE", end=None)) is Health.MAJOR_OUTAGE
    assert gemini(now("SERVICE_OUTAGE", end="soon")) is Health.MAJOR_OUTAGE


def test_an_incident_is_told_whole_and_without_its_markdown():
    (told,) = read(google_event()).incidents
    assert told.title == "Gemini answers with errors"
    assert told.parts == (PartName("gemini01", "Gemini"),)
    assert told.started_at == datetime(2026, 6, 10, 10, 20, tzinfo=UTC)
    assert [update.text for update in told.updates] == [
        "Still looking, see the guide.",
        "We look.",
    ]
    assert told.url.endswith("/appsstatus/dashboard/incidents/Incident0000000001")
    assert read(google_event(external_desc="")).incidents[0].title == "Gemini"


def test_a_product_that_only_an_incident_names_is_a_part_too():
    new = google_event(affected_products=[{"id": "new00001", "title": "New"}])
    assert ("new00001", Health.DEGRADED) in {(part.id, part.health) for part in read(new).parts}


def test_a_product_goes_by_its_id_and_is_shown_by_its_newest_name():
    renamed = changed(google_products(), ("products", 1, "current_title"), "Gemini Ultra")
    report = read(google_event(), products=renamed)
    assert (report.parts[1].name, report.parts[1].health) == ("Gemini Ultra", Health.DEGRADED)


def test_an_incident_of_no_product_may_concern_any():
    assert read(google_event(affected_products=[])).indicator is Health.DEGRADED


def test_cloud_is_told_from_workspace():
    assert read(google_event()).name == "Google Workspace"
    cloud = read(google_event(currently_affected_locations=[]))
    assert (cloud.name, cloud.home) == ("Google Cloud", "https://status.cloud.google.com")


def test_without_an_incident_the_products_tell_whose_dashboard_it_is():
    assert read().name == "Google Workspace"
    vertex = {"products": [{"id": "Z0FZJAMvEB4j3NbCJs6B", "title": "Vertex Gemini API"}]}
    assert read(products=vertex).name == "Google Cloud"


def test_incidents_alone_are_some_of_the_parts():
    report = feeds.read("google", "incidents", {"incidents": body([google_event()])})
    assert ([part.name for part in report.parts], report.complete) == (["Gemini"], False)
    with pytest.raises(Unreadable, match="lists nothing"):
        feeds.read("google", "incidents", {"incidents": b"[]"})


@pytest.mark.parametrize(
    ("incidents", "products"),
    [
        (b"{}", body(google_products())),
        (body([without(google_event(), ("most_recent_update",))]), body(google_products())),
        (b"[]", b'{"products": []}'),
        (b"[]", b"[]"),
    ],
)
def test_what_is_not_these_documents_is_refused(incidents, products):
    with pytest.raises(Unreadable):
        feeds.read("google", "dashboard", {"incidents": incidents, "products": products})


def test_words_nobody_knows_are_kept():
    assert read(now("SERVICE_VANISHED", "enormous")).notes == (
        "unknown incident status “SERVICE_VANISHED”",
        "unknown severity “enormous”",
    )
