"""What a person is told of xAI's feed."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier import feeds
from notifier.feeds import Unreadable, xai
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from tests.feeds.bodies import BUILT, item, rss, xai_item

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def feed(*items: str, built: str | None = BUILT) -> bytes:
    return rss(*items, title="SpaceXAI System Status", built=built)


def read(*items: str, built: str | None = BUILT) -> Report:
    return feeds.read("xai", "feed", {"feed": feed(*items, built=built)})


def part(report: Report, name: str = "Grok (Web)") -> Health:
    return {one.name: one.health for one in report.parts}[name]


def test_only_the_feed_is_asked_for():
    for pasted in (
        "https://status.x.ai",
        "status.x.ai/feed.xml",
        "https://status.x.ai/incidents/1",
    ):
        (plan,) = feeds.plans("xai", pasted)
        assert plan.wants[0].url == "https://status.x.ai/feed.xml"


def test_without_an_open_item_every_part_is_well_for_as_long_as_the_feed_is_made():
    report = read(xai_item())
    assert {one.name for one in report.parts} == {*xai.COMPONENTS}
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.as_of, report.fresh_until) == (NOON, NOON + timedelta(hours=2))
    assert feeds.stated(read()) is Health.OPERATIONAL


def test_a_feed_that_does_not_say_when_it_was_made_says_nothing_good():
    for built in (None, "soon"):
        assert part(read(xai_item(), built=built)) is Health.UNKNOWN


@pytest.mark.parametrize(
    ("severity", "health"),
    [
        ("degraded", Health.DEGRADED),
        ("disruption", Health.PARTIAL_OUTAGE),
        ("outage", Health.MAJOR_OUTAGE),
        ("catastrophe", Health.UNKNOWN),
    ],
)
def test_an_open_item_makes_its_part_as_bad_as_its_severity(severity, health):
    report = read(xai_item("Grok in X", "INVESTIGATING", severity), xai_item())
    assert part(report, "Grok in X") is health
    assert part(report) is Health.OPERATIONAL
    assert feeds.stated(report) is health


def test_a_phase_nobody_knows_does_not_end_it():
    report = read(xai_item(status="PONDERING", severity="outage"))
    assert part(report) is Health.UNKNOWN
    assert report.incidents[0].open
    assert report.notes == ("unknown incident status “pondering”",)


def test_a_part_by_a_new_name_leaves_no_other_known_to_be_well():
    report = read(xai_item("Grok Web", "INVESTIGATING", "outage"))
    assert part(report, "Grok Web") is Health.MAJOR_OUTAGE
    assert part(report) is Health.UNKNOWN
    assert report.notes == ("unknown component “Grok Web”",)
    assert part(read(xai_item("Grok Web"))) is Health.OPERATIONAL


def test_an_item_that_names_no_part_leaves_none_known_to_be_well():
    report = read(xai_item(), item("b", "Something is wrong", "We look."))
    assert part(report) is Health.UNKNOWN
    assert feeds.stated(report) is Health.UNKNOWN


def test_an_incident_is_told_whole():
    (told,) = read(xai_item(status="MONITORING", severity="degraded")).incidents
    assert (told.id, told.title, told.phase) == ("INC0001", "Elevated errors", Phase.MONITORING)
    assert told.parts == (PartName("", "Grok (Web)"),)
    assert [(one.phase, one.text) for one in told.updates] == [
        (Phase.MONITORING, "Latest."),
        (Phase.INVESTIGATING, "We look."),
    ]
    assert told.started_at == datetime(2026, 8, 1, 9, 30, tzinfo=UTC)
    assert told.url == "https://status.x.ai/grok/INC0001"


def test_an_item_nobody_ended_is_forgotten_after_days():
    old = xai_item(status="MONITORING", severity="outage", at="Mon, 20 Jul 2026 11:00:00 GMT")
    old = old.replace("01 Aug", "20 Jul")
    report = read(old, xai_item(guid="INC0002"))
    assert part(report) is Health.OPERATIONAL
    assert report.notes == ("1 of long ago without an end, left out",)


@pytest.mark.parametrize(
    "body",
    [
        feed(xai_item())[:-20],
        rss(title="Another page"),
        rss(item(), title="SpaceXAI System Status"),
        b"{}",
    ],
)
def test_what_is_not_this_feed_or_not_whole_is_refused(body):
    with pytest.raises(Unreadable):
        feeds.read("xai", "feed", {"feed": body})
