"""However long a page's lists are, what is worst in them is kept, and the rest is counted."""

import pytest

from notifier import feeds
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import body, component, event, planned, summary, update


def read(**more: object) -> Report:
    return feeds.read("statuspage", "summary", {"summary": body(summary(**more))})


def test_of_ten_thousand_parts_the_worst_are_kept_in_their_order():
    parts = [component(f"c{n}", f"Part {n}", position=n) for n in range(10_000)]
    parts[9_000]["status"] = "major_outage"
    report = read(components=parts)
    assert len(report.parts) == 2000
    assert (report.parts[0].name, report.parts[-1].name) == ("Part 0", "Part 9000")
    assert report.notes == ("8000 more parts are left out",)
    assert (feeds.stated(report), report.complete) == (Health.MAJOR_OUTAGE, False)


def test_of_five_thousand_incidents_the_open_ones_are_kept():
    told = [event(id=f"i{n}", status="resolved") for n in range(5000)]
    told[4000] = event(id="open")
    report = read(incidents=told)
    assert len(report.incidents) == 200
    assert [one.id for one in report.incidents if one.open] == ["open"]
    assert report.notes == ("4800 more incidents are left out",)


def test_of_many_maintenances_those_under_way_are_kept():
    ahead = [planned(id=f"m{n}") for n in range(300)]
    report = read(scheduled_maintenances=[*ahead, planned(id="now", status="in_progress")])
    assert "now" in {one.id for one in report.maintenance}
    assert feeds.stated(report) is Health.MAINTENANCE


def test_of_a_long_timeline_the_newest_updates_are_kept():
    told = [update("identified", f"{n}", f"2026-07-{n % 28 + 1:02}T00:00:00Z") for n in range(500)]
    (incident,) = read(incidents=[event(incident_updates=told)]).incidents
    assert len(incident.updates) == 100
    assert incident.updates[0].at.day == 28


@pytest.mark.parametrize("length", [100_000, 1_000_000])
def test_a_title_is_cut_however_long_it_is(length):
    report = read(incidents=[event(name="x" * length)])
    assert len(report.incidents[0].title) == 300
