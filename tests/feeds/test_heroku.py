"""What a person is told of Heroku's page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from tests.feeds.bodies import CORPUS, body, changed, without
from tests.feeds.samples.heroku import current, incident, planned

PAGES = CORPUS / "status-pages" / "heroku"


def read(document: object) -> Report:
    return feeds.read("heroku", "current", {"current": body(document)})


@pytest.mark.parametrize(
    "pasted", ["status.heroku.com", "https://status.heroku.com/incidents/1918"]
)
def test_the_document_of_the_page_is_asked_for(pasted):
    (plan,) = feeds.plans("heroku", pasted)
    assert plan.wants[0].url == "https://status.heroku.com/api/v4/current-status"


@pytest.mark.parametrize(
    ("colour", "health"),
    [
        ("green", Health.OPERATIONAL),
        ("yellow", Health.DEGRADED),
        ("red", Health.MAJOR_OUTAGE),
        ("blue", Health.MAINTENANCE),
        ("mauve", Health.UNKNOWN),
        ("Green", Health.UNKNOWN),
    ],
)
def test_a_system_has_a_colour(colour, health):
    report = read(current(colour))
    assert [part.name for part in report.parts] == ["Apps", "Data", "Tools"]
    assert report.parts[0].health is health
    assert feeds.stated(report) is health
    assert (report.notes == ()) is (health is not Health.UNKNOWN)


def test_an_incident_says_by_its_newest_update_how_bad_it_is():
    (one,) = read(current("yellow", incidents=[incident()])).incidents
    assert (one.id, one.phase, one.floor) == ("1918", Phase.IDENTIFIED, Health.DEGRADED)
    assert one.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert [update.at.minute for update in one.updates] == [10, 0]
    assert one.url == "https://status.heroku.com/incidents/1918"
    turned = incident()
    turned["updates"].reverse()
    assert (
        read(current(incidents=[turned])).incidents
        == read(current(incidents=[incident()])).incidents
    )


def test_an_incident_is_of_the_systems_that_fail_while_it_goes_on():
    (one,) = read(current("red", incidents=[incident()])).incidents
    assert one.parts == (PartName("Apps", "Apps"),)
    (one,) = read(current(incidents=[incident()])).incidents
    assert one.parts == (), "it says nothing of where"
    (one,) = read(current("red", incidents=[incident(resolved=True)])).incidents
    assert one.parts == ()


def test_an_incident_goes_on_until_it_is_resolved_however_green():
    calm = changed(incident(), ("updates", 0, "status_prod"), "green")
    assert feeds.stated(read(current(incidents=[calm]))) is Health.DEGRADED
    calm = changed(calm, ("updates", 0, "update_type"), "resolved")
    (one,) = read(current(incidents=[calm])).incidents
    assert one.phase is Phase.INVESTIGATING
    (one,) = read(current(incidents=[incident(resolved=True)])).incidents
    assert (one.phase, one.floor) == (Phase.RESOLVED, Health.OPERATIONAL)


@pytest.mark.parametrize(
    ("more", "under_way"),
    [
        ({}, False),
        ({"upcoming": False}, True),
        ({"upcoming": False, "resolved": True}, False),
        ({"resolved": True}, False),
    ],
)
def test_a_maintenance_is_under_way_between_its_two_ends(more, under_way):
    (one,) = read(current(scheduled=[planned(**more)])).maintenance
    assert one.under_way is under_way


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        current(status=[]),
        without(current(), ("incidents",)),
        without(current(), ("status", 0, "status")),
        current(incidents=[without(incident(), ("resolved",))]),
        {"status": {"indicator": "none"}, "incidents": [], "scheduled": []},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


@pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize(
    ("name", "health", "still"),
    [("incident", Health.DEGRADED, 1), ("maintenance", Health.MAINTENANCE, 0)],
)
def test_real_pages_state_what_they_were_judged_to_state(name, health, still):
    report = feeds.read_alone((PAGES / f"heroku--current-status-{name}.json").read_bytes())
    assert (report.engine, feeds.stated(report), report.notes) == ("heroku", health, ())
    assert sum(one.open for one in report.incidents) == still
