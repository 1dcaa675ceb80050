"""What a person is told of a page of Uptime Kuma."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.kuma import (
    beat,
    kuma_beats,
    kuma_incident,
    kuma_maintenance,
    kuma_page,
)


def read(page: object = None, beats: object = None) -> Report:
    page = kuma_page() if page is None else page
    beats = kuma_beats() if beats is None else beats
    return feeds.read("kuma", "page", {"page": body(page), "heartbeats": body(beats)})


@pytest.mark.parametrize(
    ("pasted", "name"),
    [
        ("https://up.example.edu/status/campus", "campus"),
        ("https://up.example.edu/status/campus/", "campus"),
        ("up.example.edu/status/campus/rss?x=1#top", "campus"),
        ("https://up.example.edu/api/status-page/campus", "campus"),
        ("https://up.example.edu/api/status-page/heartbeat/campus", "campus"),
        ("https://up.example.edu/status/history", "history"),
        ("https://up.example.edu/status", "default"),
        ("https://up.example.edu/status-page", "default"),
        ("https://up.example.edu/", "default"),
    ],
)
def test_the_page_is_found_by_its_name_in_whatever_was_pasted(pasted, name):
    (plan,) = feeds.plans("kuma", pasted)
    assert [want.url for want in plan.wants] == [
        f"https://up.example.edu/api/status-page/{name}",
        f"https://up.example.edu/api/status-page/heartbeat/{name}",
    ]


def test_a_host_called_status_is_no_name_of_a_page():
    (plan,) = feeds.plans("kuma", "http://status:3001")
    assert plan.wants[0].url == "http://status:3001/api/status-page/default"
    (plan,) = feeds.plans("kuma", "http://status/")
    assert plan.wants[0].url == "http://status/api/status-page/default"


def test_monitors_stand_in_their_groups_and_the_page_under_its_title():
    report = read()
    assert report.name == "Campus"
    assert [(part.id, part.name, part.group, part.group_id) for part in report.parts] == [
        ("11", "LLM gateway", "Models", "1"),
        ("12", "Ollama", "Models", "1"),
        ("21", "Wiki", "Sites", "2"),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("status", "health"),
    [
        (0, Health.MAJOR_OUTAGE),
        (1, Health.OPERATIONAL),
        (2, Health.UNKNOWN),
        (3, Health.MAINTENANCE),
        (4, Health.UNKNOWN),
        (-1, Health.UNKNOWN),
    ],
)
def test_the_last_heartbeat_is_how_a_monitor_is(status, health):
    report = read(beats=kuma_beats(m12=beat(status)))
    assert [part.health for part in report.parts] == [
        Health.OPERATIONAL,
        health,
        Health.OPERATIONAL,
    ]
    assert feeds.stated(report) is health
    known = status in range(4)
    assert report.notes == (() if known else (f"unknown heartbeat status “{status}”",))


@pytest.mark.parametrize("listed", [None, [], [beat(1), 0]])
def test_a_monitor_without_a_heartbeat_is_unknown_not_well(listed):
    beats = kuma_beats()
    if listed is None:
        del beats["heartbeatList"]["12"]
    else:
        beats["heartbeatList"]["12"] = listed
    report = read(beats=beats)
    assert {part.name: part.health for part in report.parts}["Ollama"] is Health.UNKNOWN
    assert feeds.stated(report) is Health.UNKNOWN


@pytest.mark.parametrize("status", [True, "1", None, 1.5])
def test_what_is_no_number_is_no_status(status):
    with pytest.raises(Unreadable):
        read(beats=kuma_beats(m12=beat(status)))


def test_a_name_nobody_has_gives_lists_without_anything_in_them_and_is_no_page():
    nothing = {"heartbeatList": {}, "uptimeList": {}}
    with pytest.raises(Unreadable, match="lists no monitor"):
        read(kuma_page(publicGroupList=[]), nothing)
    with pytest.raises(Unreadable, match="lists no monitor"):
        read(kuma_page(publicGroupList=[{"id": 1, "name": "Models", "monitorList": []}]), nothing)
    assert feeds.stated(read(beats=nothing)) is Health.UNKNOWN


def test_a_time_without_a_zone_is_utc_and_the_newest_is_the_page_s():
    beats = kuma_beats(m12=beat(0, "2026-08-01 12:00:30.500"))
    assert read(beats=beats).as_of == datetime(2026, 8, 1, 12, 0, 30, 500_000, tzinfo=UTC)
    beats = kuma_beats(m12=beat(0, "2026-08-01T14:01:00.000+02:00"))
    assert read(beats=beats).as_of == datetime(2026, 8, 1, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(kuma_page(incident=kuma_incident()), id="version 1"),
        pytest.param(
            without(kuma_page(incidents=[kuma_incident(active=True)]), ("incident",)),
            id="version 2",
        ),
    ],
)
def test_what_is_pinned_is_an_incident_of_the_page(page):
    report = read(page)
    (incident,) = report.incidents
    assert (incident.id, incident.title) == ("3", "The gateway is slow")
    assert (incident.phase, incident.parts) == (Phase.INVESTIGATING, ())
    assert incident.updates[0].text == "We look."
    assert incident.started_at == datetime(2026, 8, 1, 10, tzinfo=UTC)
    assert incident.updated_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert feeds.stated(report) is Health.DEGRADED


@pytest.mark.parametrize(
    ("style", "health"),
    [
        ("info", Health.OPERATIONAL),
        ("primary", Health.OPERATIONAL),
        ("warning", Health.DEGRADED),
        ("danger", Health.PARTIAL_OUTAGE),
        ("plaid", Health.UNKNOWN),
    ],
)
def test_a_greeting_is_no_trouble_and_a_colour_nobody_knows_is_not_well(style, health):
    report = read(kuma_page(incident=kuma_incident(style=style)))
    assert feeds.stated(report) is health
    assert bool(report.notes) is (style == "plaid")


def test_an_incident_that_was_resolved_troubles_nobody():
    report = read(kuma_page(incidents=[kuma_incident(active=False, style="danger")]))
    (incident,) = report.incidents
    assert (incident.phase, incident.impact) == (Phase.RESOLVED, Health.PARTIAL_OUTAGE)
    assert incident.floor is Health.OPERATIONAL
    assert incident.resolved_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert feeds.stated(report) is Health.OPERATIONAL


def test_a_maintenance_is_that_of_the_monitors_whose_heartbeats_say_so():
    page, beats = kuma_page(maintenanceList=[kuma_maintenance()]), kuma_beats(m12=beat(3))
    (planned,) = read(page, beats).maintenance
    assert (planned.title, planned.under_way) == ("New disks", True)
    assert planned.parts == (PartName("12", "Ollama"),)
    assert planned.starts_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert planned.ends_at == datetime(2026, 8, 1, 13, 30, tzinfo=UTC)
    assert feeds.stated(read(page, beats)) is Health.MAINTENANCE


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("scheduled", MaintenancePhase.SCHEDULED),
        ("ended", MaintenancePhase.COMPLETED),
        ("inactive", MaintenancePhase.COMPLETED),
        ("perhaps", MaintenancePhase.IN_PROGRESS),
    ],
)
def test_only_a_maintenance_under_way_colours_the_page(word, phase):
    report = read(kuma_page(maintenanceList=[kuma_maintenance(status=word)]))
    assert report.maintenance[0].phase is phase
    well = Health.MAINTENANCE if phase is MaintenancePhase.IN_PROGRESS else Health.OPERATIONAL
    assert feeds.stated(report) is well


def test_a_kept_page_without_its_heartbeats_says_what_there_is_and_nothing_good():
    report = feeds.read_alone(body(kuma_page()))
    assert (report.engine, len(report.parts)) == ("kuma", 3)
    assert feeds.stated(report) is Health.UNKNOWN


@pytest.mark.parametrize(
    "page",
    [
        [],
        {},
        without(kuma_page(), ("config",)),
        without(kuma_page(), ("publicGroupList",)),
        kuma_page(incident={"title": "x"}),
        {"ok": False, "msg": "Status Page Not Found"},
    ],
)
def test_what_is_not_this_document_is_refused(page):
    with pytest.raises(Unreadable):
        read(page)


@pytest.mark.parametrize("beats", [[], {}, {"heartbeatList": None}, {"heartbeatList": {"11": 1}}])
def test_heartbeats_are_never_taken_for_granted(beats):
    with pytest.raises(Unreadable):
        read(beats=beats)
