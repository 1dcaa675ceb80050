"""What a person is told of a Better Stack page."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import CORPUS, body, changed, item, rss, without
from tests.feeds.samples.betterstack import (
    SITE,
    automated,
    index,
    maintenance,
    report,
    resource,
    update,
)

HOME = "https://status.example.com"


def read(document: object) -> Report:
    return feeds.read("betterstack", "index", {"index": body(document)})


def test_the_document_is_asked_for_and_the_feed_where_there_is_none():
    for pasted in (
        HOME,
        f"{HOME}/index.json",
        f"{HOME}/incident/123456",
        f"{HOME}/feed",
        f"{HOME}/maintenance/5",
    ):
        asked = [[want.url for want in plan.wants] for plan in feeds.plans("betterstack", pasted)]
        assert asked == [[f"{HOME}/index.json"], [f"{HOME}/feed"]]


def test_a_whole_page_that_is_well():
    for plan in feeds.plans("betterstack", HOME):
        bodies = {want.name: SITE[want.url.removeprefix(HOME)] for want in plan.wants}
        report = feeds.read("betterstack", plan.name, bodies)
        assert report.engine == "betterstack"
        assert feeds.stated(report) is Health.OPERATIONAL
        assert report.notes == ()


def test_the_page_is_known_by_its_own_address_or_by_the_vendor_s():
    assert (read(index()).name, read(index()).home) == ("Example AI", HOME)
    bare = changed(index(), ("data", "attributes", "custom_domain"), None)
    assert read(bare).home == "https://example.betteruptime.com"


# -- parts -----------------------------------------------------------------------------------


def test_parts_stand_in_their_sections():
    assert [(part.id, part.name, part.group, part.group_id) for part in read(index()).parts] == [
        ("21", "Chat", "Inference", "11"),
        ("22", "Embeddings", "Inference", "11"),
        ("23", "Website", None, "12"),
    ]


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("maintenance", Health.MAINTENANCE),
        ("degraded", Health.DEGRADED),
        ("downtime", Health.MAJOR_OUTAGE),
        ("recovered", Health.UNKNOWN),
        ("Operational", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_part_and_of_the_page_is_its_state(word, health):
    one = read(index(resource("24", "Images", word)))
    assert {part.name: part.health for part in one.parts}["Images"] is health
    assert feeds.stated(one) is health
    assert feeds.stated(read(index(state=word))) is health


def test_what_nobody_watches_is_unknown_and_does_not_count():
    one = read(index(resource("24", "Images", "not_monitored")))
    images = one.parts[1]
    assert (images.name, images.health, images.watched) == ("Images", Health.UNKNOWN, False)
    assert feeds.stated(one) is Health.OPERATIONAL
    assert one.notes == ()


# -- reports ---------------------------------------------------------------------------------


def test_a_report_without_an_end_is_an_open_incident():
    said = index(
        report(),
        update("1", "We look.", "2026-08-01T11:05:00.000Z"),
        update("2", "<div>Found <b>it</b>.</div>", "2026-08-01T11:30:00.000Z"),
        update("3", "Of another.", "2026-08-01T11:45:00.000Z", of=99),
    )
    (told,) = read(said).incidents
    assert (told.id, told.title, told.phase) == ("71", "Elevated errors", Phase.INVESTIGATING)
    assert (told.impact, told.floor) == (Health.DEGRADED, Health.DEGRADED)
    assert told.parts == (PartName("21", "Chat"),)
    assert told.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert [entry.text for entry in told.updates] == ["Found it.", "We look."]
    assert read(said).as_of == told.updated_at == datetime(2026, 8, 1, 11, 30, tzinfo=UTC)
    assert told.url == f"{HOME}/incident/71"


def test_a_report_without_a_title_is_called_by_what_it_touches():
    (told,) = read(index(report(title=None))).incidents
    (bare,) = read(index(report(title=None, affected_resources=[]))).incidents
    assert (told.title, bare.title) == ("Chat", "Service issue")


def test_the_page_may_be_called_well_while_a_report_is_open():
    assert feeds.stated(read(index(report()))) is Health.DEGRADED
    assert feeds.stated(read(index(report(aggregate_state="downtime")))) is Health.MAJOR_OUTAGE


def test_a_report_with_an_end_or_resolved_is_over():
    ended = report(ends_at="2026-08-01T12:00:00.000Z", aggregate_state="downtime")
    (told,) = read(index(ended)).incidents
    assert (told.open, told.impact) == (False, Health.MAJOR_OUTAGE)
    assert told.resolved_at == datetime(2026, 8, 1, 12, tzinfo=UTC)
    resolved = report(
        aggregate_state="resolved",
        affected_resources=[{"status_page_resource_id": 21, "status": "resolved"}],
    )
    (told,) = read(index(resolved)).incidents
    assert (told.open, told.parts) == (False, ())
    assert feeds.stated(read(index(ended, resolved))) is Health.OPERATIONAL


def test_what_a_monitor_took_back_within_a_minute_was_no_outage():
    brief = {"starts_at": "2026-08-01T11:00:00.000Z", "ends_at": "2026-08-01T11:00:59.000Z"}
    assert read(index(report(report_type="automatic", **brief))).incidents == ()
    lasting = brief | {"ends_at": "2026-08-01T11:01:00.000Z"}
    assert len(read(index(report(report_type="automatic", **lasting))).incidents) == 1
    assert len(read(index(report(**brief))).incidents) == 1, "what people write stays"


def test_an_end_that_is_no_time_ends_nothing():
    (told,) = read(index(report(ends_at="soon"))).incidents
    assert told.open


def test_maintenance_is_under_way_while_what_it_touches_says_so():
    (ahead,) = read(index(maintenance())).maintenance
    assert ahead.phase is MaintenancePhase.SCHEDULED
    assert ahead.starts_at == datetime(2026, 8, 3, 2, tzinfo=UTC)
    assert ahead.ends_at == datetime(2026, 8, 3, 3, tzinfo=UTC)
    begun = changed(index(maintenance()), ("included", 3, "attributes", "status"), "maintenance")
    (now,) = read(begun).maintenance
    assert (now.phase, now.parts) == (MaintenancePhase.IN_PROGRESS, (PartName("21", "Chat"),))
    (over,) = read(index(maintenance(aggregate_state="resolved"))).maintenance
    assert over.phase is MaintenancePhase.COMPLETED


def test_maintenance_of_nothing_is_under_way_while_the_page_says_so():
    of_nothing = maintenance(affected_resources=[])
    (ahead,) = read(index(of_nothing)).maintenance
    (now,) = read(index(of_nothing, state="maintenance")).maintenance
    assert (ahead.under_way, now.under_way) == (False, True)


def test_words_nobody_knows_are_kept():
    said = index(
        resource("24", "Images", "asleep"),
        report(aggregate_state="purple"),
        {"id": "1", "type": "status_page_poem", "attributes": {}},
        state="splendid",
    )
    assert feeds.stated(read(said)) is Health.UNKNOWN
    assert read(said).notes == (
        "unknown page state “splendid”",
        "unknown part status “asleep”",
        "unknown report state “purple”",
        "unknown type “status_page_poem”",
    )


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"data": []},
        without(index(), ("included",)),
        without(index(), ("data", "attributes", "aggregate_state")),
        changed(index(), ("data", "type"), "status_report"),
        changed(index(), ("included", 3, "attributes", "status"), None),
        changed(index(), ("included", 3, "attributes"), None),
        without(index(report()), ("included", 5, "attributes", "aggregate_state")),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


# -- the feed --------------------------------------------------------------------------------


def fed(*entries: str) -> Report:
    return feeds.read("betterstack", "feed", {"feed": rss(*entries)})


@pytest.mark.parametrize("guids", [("a", "a"), ("a", "b"), (None, None)])
@pytest.mark.parametrize("link", [f"{HOME}/", None])
def test_what_went_down_and_recovered_is_over(guids, link):
    down = automated("Chat", "went down", "11:00:00", guids[0], link)
    back = automated("Chat", "recovered", "11:01:40", guids[1], link)
    other = automated("Images", "went down", "11:10:00", guids[0] and "c", link)
    for entries in ([down, back, other], [other, back, down]):
        said = fed(*entries)
        assert {(one.title, one.open) for one in said.incidents} == {
            ("Chat recovered", False),
            ("Images went down", True),
        }
        assert feeds.stated(said) is Health.DEGRADED


@pytest.mark.parametrize("guids", [("a", "a"), ("a", "b"), (None, None)])
def test_what_recovered_within_a_minute_was_no_outage(guids):
    at_once = [
        automated("Chat", "went down", "11:00:00", guids[0]),
        automated("Chat", "recovered", "11:00:59", guids[1]),
    ]
    said = fed(*at_once)
    assert said.incidents == ()
    assert feeds.stated(said) is Health.OPERATIONAL, "and that it recovered is heard"
    lasting = [
        automated("Images", "went down", "11:00:00", guids[0] and "c"),
        automated("Images", "recovered", "11:01:00", guids[0] and "d"),
    ]
    assert [one.title for one in fed(*at_once, *lasting).incidents] == ["Images recovered"]


def test_what_a_monitor_says_counts_once_it_has_lasted_a_minute():
    (told,) = fed(automated("Chat", "went down", "11:00:00", "a")).incidents
    assert told.open
    assert told.counts_from == datetime(2026, 8, 1, 11, 1, tzinfo=UTC)
    (written,) = fed(item("r1", "Elevated errors", "<b>Investigating</b> we look.")).incidents
    assert written.counts_from is None, "what people write counts at once"


def test_what_comes_and_goes_within_a_minute_each_time_is_no_outage_either_time():
    said = fed(
        *(
            automated("Chat", word, at, guid)
            for word, at, guid in [
                ("went down", "11:00:00", "a"),
                ("recovered", "11:00:20", "b"),
                ("went down", "11:00:40", "c"),
                ("recovered", "11:01:10", "d"),
            ]
        )
    )
    assert said.incidents == ()


def test_what_goes_down_again_is_a_new_incident():
    first = [
        automated("Chat", "went down", "09:00:00", "a"),
        automated("Chat", "recovered", "09:30:00", "b"),
    ]
    again = fed(*first, automated("Chat", "went down", "11:00:00", "c"))
    assert [(told.id, told.open) for told in again.incidents] == [("c", True), ("a", False)]


def test_a_recovery_ends_everything_of_that_name_and_of_no_other():
    twice = [
        automated("Chat", "went down", "09:00:00", "a"),
        automated("Chat", "went down", "09:10:00", "b"),
    ]
    assert not any(
        told.open for told in fed(*twice, automated("Chat", "recovered", "10:00:00", "c")).incidents
    )
    other = fed(*twice, automated("Chatter", "recovered", "10:00:00", "c"))
    assert any(told.open for told in other.incidents)


def test_what_people_write_is_read_as_in_any_feed():
    said = fed(item("r1", "Elevated errors", "<b>Investigating</b> we look."))
    assert [(told.id, told.title) for told in said.incidents] == [("r1", "Elevated errors")]
    assert feeds.stated(said) is Health.DEGRADED
    assert not said.complete


@pytest.mark.parametrize("said", [b"", b"<rss", rss(item())[:-30], b"<!doctype html><html></html>"])
def test_what_is_no_whole_feed_is_refused(said):
    with pytest.raises(Unreadable):
        feeds.read("betterstack", "feed", {"feed": said})


# -- pages for people ------------------------------------------------------------------------


def overview(state: str) -> str:
    icon = "status-page__overview-icon"
    return f"<div class='status-page__overview'>\n<img class=\"{icon} {icon}--{state}\" src='x' />"


def page(state: str = "operational", more: str = "") -> bytes:
    return (
        "<!DOCTYPE html><html><head><title>\nExample AI status\n</title>"
        "<link href='https://status.example.com/' rel='canonical'>"
        "<style>.status-page__overview-icon--downtime{}</style></head><body>"
        f"{overview(state)}"
        "<p class='status-page__updated-at text-muted' data-local-time-datetime-value="
        f"'2026-08-01T12:00:00Z'>Last updated</p></div>{more}</body></html>\n"
    ).encode()


def seen(said: bytes) -> Report:
    return feeds.read("betterstack", "page", {"index": said})


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("degraded", Health.DEGRADED),
        ("downtime", Health.MAJOR_OUTAGE),
        ("maintenance", Health.MAINTENANCE),
        ("operational2", Health.UNKNOWN),
        ("not_monitored", Health.UNKNOWN),
    ],
)
def test_a_page_for_people_states_one_word(word, health):
    said = seen(page(word))
    assert (said.name, said.home, feeds.stated(said)) == ("Example AI", HOME, health)
    assert said.as_of == datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert (said.parts, said.complete) == ((), False)
    assert bool(said.notes) is (health is Health.UNKNOWN)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"<!doctype html><html></html>", "no status in it"),
        (page()[:-9], "no status in it"),
        (page().replace(b"<img class", b"<img alt"), "no status in it"),
        (page().replace(b"<img", b"<!-- <img").replace(b"/>", b"/> -->"), "no status in it"),
        (page(more=overview("downtime")), "two different things"),
        (page() + b" " * (4 * 1024 * 1024), "too large"),
    ],
)
def test_a_page_that_does_not_state_it_is_refused(said, why):
    with pytest.raises(Unreadable, match=why):
        seen(said)


def test_no_live_plan_takes_a_web_page_for_data():
    for plan in feeds.plans("betterstack", HOME):
        with pytest.raises(Unreadable):
            feeds.read("betterstack", plan.name, {want.name: page() for want in plan.wants})


# -- a real page -----------------------------------------------------------------------------

PAGES = CORPUS / "status-pages" / "betterstack"
RECORDED = {"stormboard--html-page-2026-07-30.html": Health.OPERATIONAL}
recorded = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")


@recorded
def test_every_recorded_page_is_expected_here():
    assert {path.name for path in PAGES.iterdir()} <= {*RECORDED}


@recorded
@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_page_states_what_it_was_judged_to_state(name):
    said = feeds.read_alone((PAGES / name).read_bytes())
    assert (said.engine, said.name, feeds.stated(said)) == (
        "betterstack",
        "Stormboard",
        RECORDED[name],
    )
    assert f"{said.as_of:%F %R}" == "2026-07-30 21:44"
