"""What a person is told of a page by Status.io."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import CORPUS, body, without
from tests.feeds.samples.statusio import IDENTIFIES, PAGE, SITE, component, event, page, planned

PARTIAL = [component("api", "API", 400, Dublin=100, Oregon=400), component("web", "Web")]


def read(document: object) -> Report:
    return feeds.read("statusio", "status", {"status": body(document)})


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        (f"https://api.status.io/1.0/status/{PAGE}", [f"https://api.status.io/1.0/status/{PAGE}"]),
        (
            f"status-api.hostedstatus.com/1.0/status/{PAGE}",
            [f"https://status-api.hostedstatus.com/1.0/status/{PAGE}"],
        ),
        *(
            (
                f"https://status.example.com/pages/{way}{PAGE}{below}",
                [
                    f"https://api.status.io/1.0/status/{PAGE}",
                    f"https://status-api.hostedstatus.com/1.0/status/{PAGE}",
                ],
            )
            for way, below in (("", ""), ("history/", ""), ("incident/", "/0123"), ("", "/rss"))
        ),
    ],
)
def test_the_document_is_asked_for_or_that_of_the_page_that_was_pasted(pasted, asked):
    assert [plan.wants[0].url for plan in feeds.plans("statusio", pasted)] == asked


def test_a_component_in_several_places_is_a_part_in_each():
    report = feeds.read("statusio", "status", {"status": SITE[IDENTIFIES]})
    assert [(part.group, part.name, part.id) for part in report.parts] == [
        ("API", "Dublin", "api/at-Dublin"),
        ("API", "Oregon", "api/at-Oregon"),
        (None, "Web", "web"),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.as_of == datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
    assert report.notes == ()


@pytest.mark.parametrize(
    ("code", "health"),
    [
        (100, Health.OPERATIONAL),
        (200, Health.MAINTENANCE),
        (300, Health.DEGRADED),
        (400, Health.PARTIAL_OUTAGE),
        (500, Health.MAJOR_OUTAGE),
        (600, Health.DEGRADED),
        (700, Health.UNKNOWN),
        (0, Health.UNKNOWN),
    ],
)
def test_a_number_is_a_state_of_a_part_and_of_the_page(code, health):
    (part,) = read(page(status=[component("web", "Web", code)])).parts
    assert part.health is health
    assert feeds.stated(read(page(code))) is health


def test_only_the_place_that_fails_is_not_well():
    report = read(page(400, status=PARTIAL))
    assert [part.health for part in report.parts] == [
        Health.OPERATIONAL,
        Health.PARTIAL_OUTAGE,
        Health.OPERATIONAL,
    ]


def test_a_component_is_no_better_than_it_says_nor_than_where_it_runs():
    elsewhere = component("api", "API", 500, Dublin=100, Oregon=300)
    assert {part.health for part in read(page(status=[elsewhere])).parts} == {Health.MAJOR_OUTAGE}
    within = component("web", "Web", 100, Dublin=400)
    assert read(page(status=[within])).parts[0].health is Health.PARTIAL_OUTAGE


def test_an_incident_concerns_its_components_where_it_says_they_run():
    (told,) = read(page(400, status=PARTIAL, incidents=[event()])).incidents
    assert (told.id, told.title, told.phase) == ("incident-1", "The API fails", Phase.IDENTIFIED)
    assert told.parts == (PartName("api/at-Oregon", "Oregon"),)
    assert (told.impact, told.floor) == (Health.MAJOR_OUTAGE, Health.PARTIAL_OUTAGE)
    assert told.started_at == datetime(2026, 8, 1, 11, 0, tzinfo=UTC)
    assert [(entry.phase, entry.text) for entry in told.updates] == [
        (Phase.IDENTIFIED, "We found it."),
        (Phase.INVESTIGATING, "We look."),
    ]
    (everywhere,) = read(page(incidents=[event(containers_affected=[])])).incidents
    assert [part.name for part in everywhere.parts] == ["Dublin", "Oregon"]


def test_what_was_set_well_again_is_well_while_its_incident_is_still_open():
    report = read(page(incidents=[event()]))
    assert report.incidents[0].open
    assert feeds.stated(report) is Health.OPERATIONAL


def test_an_incident_of_nothing_that_is_listed_counts_by_what_it_says():
    elsewhere = event(components_affected=[{"_id": "gone", "name": "Gone"}])
    assert feeds.stated(read(page(incidents=[elsewhere]))) is Health.PARTIAL_OUTAGE
    silent = event(components_affected=[], messages=[])
    assert feeds.stated(read(page(incidents=[silent]))) is Health.UNKNOWN


def test_a_timeline_goes_by_its_times_whatever_order_it_has():
    one, other = event()["messages"], event()["messages"][::-1]
    orders = [read(page(incidents=[event(messages=each)])).incidents for each in (one, other)]
    assert orders[0] == orders[1]


def test_a_security_event_is_called_one():
    told = {"details": "x", "state": 100, "status": 600, "datetime": "2026-08-01T11:00:00Z"}
    breach = read(page(600, incidents=[event(messages=[told])]))
    assert breach.incidents[0].title == "Security: The API fails"
    assert breach.notes == ("a security event is told of",)
    assert feeds.stated(breach) is Health.DEGRADED


def test_maintenance_counts_while_it_is_under_way():
    ahead = read(page(maintenance={"active": [], "upcoming": [planned()]}))
    assert feeds.stated(ahead) is Health.OPERATIONAL
    (told,) = ahead.maintenance
    assert (told.phase, told.parts) == (MaintenancePhase.SCHEDULED, (PartName("web", "Web"),))
    assert (told.starts_at.day, told.starts_at.hour, told.ends_at.hour) == (2, 0, 2)
    now = read(page(maintenance={"active": [planned()], "upcoming": []}))
    assert feeds.stated(now) is Health.MAINTENANCE


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"result": {}},
        page(status=[]),
        page(incidents=None),
        without(page(), ("result", "status_overall")),
        without(page(), ("result", "status", 0, "status_code")),
        page(status=[component("web", "Web") | {"status_code": "100"}]),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


def test_numbers_nobody_knows_are_kept():
    strange = [component("web", "Web", 700)]
    odd = [{"details": "x", "state": 900, "status": 400, "datetime": "2026-08-01T11:00:00Z"}]
    assert read(page(status=strange, incidents=[event(messages=odd)])).notes == (
        "unknown status code “700”",
        "unknown incident state “900”",
    )


RECORDED = {
    "docker--status-partial-disruption-2": (Health.PARTIAL_OUTAGE, 8),
    "gitlab--status-maintenance": (Health.MAINTENANCE, 15),
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_page_states_what_it_was_judged_to_state(name):
    recorded = (CORPUS / "status-pages" / "statusio" / f"{name}.json").read_bytes()
    report = feeds.read_alone(recorded)
    assert (report.engine, report.notes) == ("statusio", ())
    assert (feeds.stated(report), len(report.parts)) == RECORDED[name]
    assert all(told.parts and told.updates for told in report.incidents)
