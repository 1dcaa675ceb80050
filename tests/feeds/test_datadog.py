"""What a person is told of a page by Datadog."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import body, changed, without
from tests.feeds.samples.datadog import SITE, affected, event, page, planned


def read(document: object) -> Report:
    return feeds.read("datadog", "config", {"config": body(document)})


def chat(word: str) -> dict:
    return changed(page(), ("components", 1, "components", 1, "status"), word)


def test_one_document_is_asked_for_wherever_on_the_page_the_address_was_copied():
    for pasted in ("", "/", "/config.json", "/incidents/abc"):
        (plan,) = feeds.plans("datadog", f"https://status.example.com{pasted}")
        assert [want.url for want in plan.wants] == ["https://status.example.com/config.json"]


def test_a_page_that_is_well_lists_its_components_in_its_own_order():
    report = feeds.read("datadog", "config", {"config": SITE["/config.json"]})
    assert [(part.group, part.name, part.id) for part in report.parts] == [
        ("API - Gateway", "Chat", "chat0001"),
        ("API - Gateway", "Image", "image001"),
        (None, "Web", "web00001"),
    ]
    assert (report.name, report.home) == ("Example AI", "https://status.example.com")
    assert (feeds.stated(report), report.indicator) == (Health.OPERATIONAL, None)
    assert report.notes == ()


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("maintenance", Health.MAINTENANCE),
        ("degraded", Health.DEGRADED),
        ("partial_outage", Health.PARTIAL_OUTAGE),
        ("major_outage", Health.MAJOR_OUTAGE),
        ("Operational", Health.UNKNOWN),
        ("splendid", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_component_is_its_state(word, health):
    report = read(chat(word))
    assert report.parts[0].health is feeds.stated(report) is health


def test_an_incident_is_told_by_when_it_was_and_not_by_when_it_was_typed_in():
    (told,) = read(page(incidents=[event()])).incidents
    assert (told.id, told.title, told.phase) == ("incident-1", "Chat is slow", Phase.IDENTIFIED)
    assert told.parts == (PartName("chat0001", "Chat"),)
    assert told.started_at == datetime(2026, 8, 1, 11, 0, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 8, 1, 11, 40, tzinfo=UTC)
    assert f"{read(page(incidents=[event(timeline=None)])).incidents[0].started_at:%R}" == "11:10"
    assert [(f"{entry.at:%R}", entry.phase, entry.text) for entry in told.updates] == [
        ("11:30", Phase.IDENTIFIED, "We found it."),
        ("11:00", Phase.INVESTIGATING, "We look."),
    ]


def test_how_a_component_is_now_counts_and_its_worst_is_only_told():
    (told,) = read(page(incidents=[event()])).incidents
    assert (told.floor, told.impact) == (Health.DEGRADED, Health.PARTIAL_OUTAGE)
    let_go = event(componentsAffected=[affected("chat0001", "Chat", "operational")])
    assert feeds.stated(read(page(incidents=[let_go]))) is Health.OPERATIONAL


def test_an_incident_without_a_word_for_its_component_goes_by_the_page_s():
    silent = event(componentsAffected=[affected("chat0001", "Chat")])
    (told,) = read(chat("major_outage") | {"incidents": [silent]}).incidents
    assert told.floor is Health.MAJOR_OUTAGE
    stranger = event(componentsAffected=[affected("gone0001", "Gone")])
    assert feeds.stated(read(page(incidents=[stranger]))) is Health.UNKNOWN


def test_an_open_incident_of_no_component_is_not_all_well():
    for none in ([], None):
        assert feeds.stated(read(page(incidents=[event(componentsAffected=none)]))) is (
            Health.DEGRADED
        )


def test_what_is_resolved_stays_listed_and_counts_no_more():
    over = event(currentStatus="resolved", resolvedDate="2026-08-01T12:00:00Z")
    report = read(page(incidents=[over]))
    (told,) = report.incidents
    assert (told.phase, feeds.stated(report)) == (Phase.RESOLVED, Health.OPERATIONAL)
    assert told.resolved_at == datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def test_what_was_taken_back_is_not_told():
    gone = event(deletedAt="2026-08-01T12:00:00Z"), planned(deletedAt="2026-08-01T12:00:00Z")
    report = read(page(incidents=[gone[0]], maintenances=[gone[1]]))
    assert (report.incidents, report.maintenance) == ((), ())
    kept = read(page(incidents=[event(deletedAt="never")]))
    assert feeds.stated(kept) is Health.DEGRADED


@pytest.mark.parametrize(
    ("word", "phase", "state"),
    [
        ("scheduled", MaintenancePhase.SCHEDULED, Health.OPERATIONAL),
        ("in_progress", MaintenancePhase.IN_PROGRESS, Health.MAINTENANCE),
        ("completed", MaintenancePhase.COMPLETED, Health.OPERATIONAL),
        ("canceled", MaintenancePhase.COMPLETED, Health.OPERATIONAL),
        ("postponed", MaintenancePhase.IN_PROGRESS, Health.MAINTENANCE),
    ],
)
def test_maintenance_counts_while_it_is_under_way(word, phase, state):
    report = read(page(maintenances=[planned(currentStatus=word)]))
    (told,) = report.maintenance
    assert (told.phase, feeds.stated(report)) == (phase, state)
    assert told.parts == (PartName("web00001", "Web"),)
    assert (told.starts_at.day, told.ends_at.hour) == (2, 2)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        page(enabled=False),
        page(components=[]),
        page(components=None),
        without(page(), ("incidents",)),
        without(page(), ("domainPrefix",)),
        without(page(), ("components", 0, "status")),
        without(page(), ("components", 1, "components")),
        changed(page(), ("components", 0, "type"), "Monitor"),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


def test_words_nobody_knows_are_kept():
    strange = event(
        currentStatus="pondering", componentsAffected=[affected("chat0001", "Chat", "odd")]
    )
    report = read(page(incidents=[strange], maintenances=[planned(currentStatus="postponed")]))
    assert report.notes == (
        "unknown component status “odd”",
        "unknown incident status “pondering”",
        "unknown maintenance status “postponed”",
    )
    assert report.incidents[0].floor is Health.UNKNOWN
