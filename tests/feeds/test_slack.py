"""What a person is told of Slack's own status."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.slack import SERVICES
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.slack import SITE, event, page


def read(document: object) -> Report:
    return feeds.read("slack", "current", {"current": body(document)})


def healths(*events: dict) -> dict[str, Health]:
    return {part.name: part.health for part in read(page(*events)).parts}


def test_one_document_is_asked_for_wherever_on_the_page_the_address_was_copied():
    for pasted in ("", "/api/v2.0.0/current", "/api/v2.0.0/history", "/2026-08/0123456789abcdef"):
        (plan,) = feeds.plans("slack", f"https://slack-status.com{pasted}")
        assert [want.url for want in plan.wants] == ["https://slack-status.com/api/v2.0.0/current"]


def test_without_anything_active_every_service_is_well():
    report = feeds.read("slack", "current", {"current": SITE["/api/v2.0.0/current"]})
    assert tuple(part.name for part in report.parts) == SERVICES
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.name, report.notes) == ("Slack", ())


@pytest.mark.parametrize(
    ("kind", "health"),
    [
        ("notice", Health.DEGRADED),
        ("incident", Health.DEGRADED),
        ("outage", Health.MAJOR_OUTAGE),
        ("catastrophe", Health.UNKNOWN),
    ],
)
def test_the_kind_of_an_event_is_the_state_of_the_services_it_names(kind, health):
    told = healths(event(type=kind, services=["Messaging", "Files"]))
    assert {name for name, state in told.items() if state is health} == {"Messaging", "Files"}
    assert feeds.stated(read(page(event(type=kind)))) is health


def test_of_two_events_the_worse_counts():
    both = event(), event(id=5, type="outage", services=["Messaging", "Search"])
    for order in (both, both[::-1]):
        told = healths(*order)
        assert told["Messaging"] is told["Search"] is Health.MAJOR_OUTAGE


def test_an_incident_is_told_whole_and_by_utc():
    (told,) = read(page(event())).incidents
    assert (told.id, told.title, told.phase) == (
        "1234",
        "Messages arrive late",
        Phase.INVESTIGATING,
    )
    assert told.parts == (PartName("", "Messaging"),)
    assert told.started_at == datetime(2026, 8, 1, 11, 0, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
    assert [entry.text for entry in told.updates] == ["Still looking.", "We look."]
    assert told.url == "https://slack-status.com/2026-08/0123456789abcdef"
    (bare,) = read(page(event(url="javascript:x", notes=None))).incidents
    assert (bare.url, bare.updates) == ("https://slack-status.com", ())


@pytest.mark.parametrize("word", ["resolved", "completed", "cancelled"])
def test_what_is_over_counts_no_more_though_it_is_listed(word):
    report = read(page(event(status=word)))
    (told,) = report.incidents
    assert (told.open, feeds.stated(report)) == (False, Health.OPERATIONAL)
    assert told.resolved_at == told.updated_at


def test_a_status_nobody_knows_ends_nothing():
    report = read(page(event(status="pondered")))
    assert report.incidents[0].open
    assert feeds.stated(report) is Health.UNKNOWN


def test_a_service_with_a_new_name_may_be_any_of_those_that_are_known():
    told = healths(event(services=["Messages"]))
    assert told["Messages"] is Health.DEGRADED
    assert {told[name] for name in SERVICES} == {Health.UNKNOWN}
    over = healths(event(services=["Messages"], status="resolved"))
    assert {*over.values()} == {Health.OPERATIONAL}


@pytest.mark.parametrize(
    ("word", "phase", "state"),
    [
        ("scheduled", MaintenancePhase.SCHEDULED, Health.OPERATIONAL),
        ("active", MaintenancePhase.IN_PROGRESS, Health.MAINTENANCE),
        ("completed", MaintenancePhase.COMPLETED, Health.OPERATIONAL),
        ("cancelled", MaintenancePhase.COMPLETED, Health.OPERATIONAL),
        ("postponed", MaintenancePhase.IN_PROGRESS, Health.MAINTENANCE),
    ],
)
def test_maintenance_counts_while_it_is_under_way(word, phase, state):
    report = read(page(event(type="maintenance", status=word)))
    assert report.incidents == ()
    (told,) = report.maintenance
    assert (told.phase, feeds.stated(report)) == (phase, state)
    assert told.parts == (PartName("", "Messaging"),)


def test_something_active_that_is_not_listed_is_trouble():
    assert feeds.stated(read(page(status="active"))) is Health.DEGRADED
    assert feeds.stated(read(page(status="fine"))) is Health.UNKNOWN
    assert feeds.stated(read(page(event(), status="ok"))) is Health.DEGRADED


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        without(page(), ("status",)),
        without(page(), ("active_incidents",)),
        page(active_incidents=None),
        page(without(event(), ("type",))),
        page(without(event(), ("status",))),
        page(event(services=None)),
        {"status": "ok", "message": "all fine"},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


def test_words_nobody_knows_are_kept():
    strange = event(type="catastrophe", status="pondered", services=["Messages"])
    odd = event(id="m", type="maintenance", status="postponed")
    assert read(page(strange, odd, status="fine")).notes == (
        "unknown page status “fine”",
        "unknown incident type “catastrophe”",
        "unknown incident status “pondered”",
        "unknown maintenance status “postponed”",
        "unknown service “Messages”",
    )
