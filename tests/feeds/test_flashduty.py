"""What a person is told of a Flashduty page, by its widget or by its number."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report, Update
from tests.feeds.bodies import body, changed, without
from tests.feeds.samples.flashduty import SITE, active, change, event, summary

HOME = "https://status.example.com"
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def widget(document: object) -> Report:
    return feeds.read("flashduty", "widget", {"summary": body(document)})


def page(document: object) -> Report:
    return feeds.read("flashduty", "active", {"summary": body(document)})


# -- addresses -------------------------------------------------------------------------------


def asked(url: str) -> list[tuple[str, str]]:
    return [(plan.name, want.url) for plan in feeds.plans("flashduty", url) for want in plan.wants]


def test_the_widget_is_asked_for_where_the_number_of_a_page_is_not_known():
    for pasted in (HOME, f"{HOME}/", f"{HOME}/api/widget/v1/summary.json", f"{HOME}/history"):
        assert asked(pasted) == [("widget", f"{HOME}/api/widget/v1/summary.json")]


def test_an_address_with_the_number_in_it_means_the_page_itself():
    itself = f"{HOME}/api/status-page/1234567890/summary/active"
    for pasted in (itself, f"{HOME}/api/status-page/1234567890"):
        assert asked(pasted) == [
            ("active", itself),
            ("widget", f"{HOME}/api/widget/v1/summary.json"),
        ]


def test_deepseek_s_number_is_known():
    assert [name for name, _ in asked("status.deepseek.com")] == ["active", "widget"]


# -- the widget ------------------------------------------------------------------------------


def test_a_whole_page_that_is_well():
    (plan,) = feeds.plans("flashduty", HOME)
    bodies = {want.name: SITE[want.url.removeprefix(HOME)] for want in plan.wants}
    report = feeds.read("flashduty", plan.name, bodies)
    assert (report.name, report.home) == ("Example AI", HOME)
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.parts, report.complete, report.notes) == ((), False, ())


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("maintenance", Health.MAINTENANCE),
        ("degraded", Health.DEGRADED),
        ("partial_outage", Health.PARTIAL_OUTAGE),
        ("full_outage", Health.MAJOR_OUTAGE),
        ("asleep", Health.UNKNOWN),
    ],
)
def test_the_page_s_own_word_is_its_state(word, health):
    assert feeds.stated(widget(summary(word))) is health


@pytest.mark.parametrize(
    ("said", "lasts"),
    [
        ({}, timedelta(minutes=30)),
        ({"max_stale_seconds": 7200}, timedelta(hours=2)),
        ({"poll_after_seconds": 3600}, timedelta(hours=2)),
        ({"max_stale_seconds": 1e300, "poll_after_seconds": -1e300}, timedelta(minutes=30)),
        ({"max_stale_seconds": -1e300, "poll_after_seconds": -1e300}, timedelta(minutes=30)),
    ],
)
def test_a_summary_speaks_as_long_as_it_says_but_never_shorter_than_pages_are_asked(said, lasts):
    report = widget(summary(**said))
    assert (report.as_of, report.fresh_until) == (NOON, NOON + lasts)


def test_a_summary_without_a_time_promises_nothing():
    assert widget(summary(generated_at="today")).fresh_until is None


def test_what_goes_on_is_told_with_the_parts_it_touches():
    report = widget(summary(ongoing_incidents=[event()]))
    (told,) = report.incidents
    assert (told.id, told.title, told.phase) == ("inc-1", "Elevated errors", Phase.IDENTIFIED)
    assert (told.impact, told.floor) == (Health.DEGRADED, Health.DEGRADED)
    assert told.parts == (PartName("c2", "Chat"), PartName("c1", "API"))
    assert told.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 8, 1, 11, 20, tzinfo=UTC)
    assert told.updates == (Update(told.updated_at, Phase.IDENTIFIED, "Found."),)
    assert told.url == f"{HOME}/incidents/inc-1"
    assert [(part.id, part.health, part.group) for part in report.parts] == [
        ("c2", Health.DEGRADED, "Web"),
        ("c1", Health.PARTIAL_OUTAGE, None),
    ]
    assert feeds.stated(report) is Health.PARTIAL_OUTAGE


@pytest.mark.parametrize(
    ("said", "floor"),
    [
        ({"impact": "full_outage"}, Health.MAJOR_OUTAGE),
        ({"impact": "full_outage", "phase": "monitoring"}, Health.DEGRADED),
        ({"impact": "full_outage", "phase": "resolved"}, Health.OPERATIONAL),
        ({"impact": "purple"}, Health.UNKNOWN),
        ({"phase": "pondered"}, Health.UNKNOWN),
        ({"impact": None}, Health.PARTIAL_OUTAGE),
        ({"impact": None, "affected_components": []}, Health.DEGRADED),
    ],
)
def test_an_incident_implies_its_impact_else_what_it_does_to_parts(said, floor):
    (told,) = widget(summary(ongoing_incidents=[event(**said)])).incidents
    assert told.floor is floor


def test_what_is_resolved_touches_no_part_any_more():
    report = widget(summary(ongoing_incidents=[event(phase="resolved")]))
    assert (report.parts, feeds.stated(report)) == ((), Health.OPERATIONAL)


def test_a_part_touched_by_two_is_as_the_worse_says_and_without_a_word_as_the_incident():
    silent = [{"id": "c1", "name": "API"}]
    report = widget(
        summary(
            ongoing_incidents=[
                event(),
                event(id="inc-2", impact="full_outage", affected_components=silent),
            ]
        )
    )
    assert {part.id: part.health for part in report.parts}["c1"] is Health.MAJOR_OUTAGE


def test_maintenance_is_under_way_or_ahead_by_the_list_it_stands_in():
    touched = [{"id": "c1", "name": "API"}]
    work = event(
        id="m1", phase="ongoing", starts_at="2026-08-01T11:30:00Z", affected_components=touched
    )
    later = event(id="m2", phase="scheduled", ends_at="2026-08-02T00:00:00Z")
    report = widget(summary(in_progress_maintenances=[work], scheduled_maintenances=[later]))
    now, ahead = report.maintenance
    assert (now.phase, now.parts) == (MaintenancePhase.IN_PROGRESS, (PartName("c1", "API"),))
    assert now.starts_at == datetime(2026, 8, 1, 11, 30, tzinfo=UTC)
    assert (ahead.phase, ahead.ends_at) == (
        MaintenancePhase.SCHEDULED,
        datetime(2026, 8, 2, tzinfo=UTC),
    )
    assert [(part.id, part.health) for part in report.parts] == [("c1", Health.MAINTENANCE)]
    assert feeds.stated(report) is Health.MAINTENANCE
    assert feeds.stated(widget(summary(scheduled_maintenances=[later]))) is Health.OPERATIONAL


def test_words_nobody_knows_are_kept():
    said = summary("asleep", ongoing_incidents=[event(phase="pondered", impact="purple")])
    assert widget(said).notes == (
        "unknown status “asleep”",
        "unknown status “purple”",
        "unknown incident status “pondered”",
    )


@pytest.mark.parametrize("read", [widget, page])
@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("status_page_not_found", "knows no such page"),
        ("widget_summary_unavailable", "no summary of this page just now"),
        ("teapot", "error: “teapot”"),
        ({"code": "AccessDenied", "message": "No"}, "error: “AccessDenied”"),
        ({"code": "status_page_not_found"}, "knows no such page"),
        ({"x": 1}, "error"),
    ],
)
def test_an_error_that_comes_as_an_answer_is_said(read, error, why):
    for document in ({"error": error}, summary() | {"error": error}, active() | {"error": error}):
        with pytest.raises(Unreadable, match=why) as caught:
            read(document)
        assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        active(),
        summary(schema_version="2.0"),
        without(summary(), ("schema_version",)),
        without(summary(), ("generated_at",)),
        without(summary(), ("overall",)),
        without(summary(), ("ongoing_incidents",)),
        without(summary(), ("in_progress_maintenances",)),
        changed(summary(), ("overall", "status"), None),
        summary(ongoing_incidents=[without(event(), ("phase",))]),
    ],
)
def test_what_is_not_the_widget_s_summary_is_refused(document):
    with pytest.raises(Unreadable):
        widget(document)


# -- the page itself -------------------------------------------------------------------------


def test_every_part_is_listed_in_its_section_by_both_its_names():
    report = page(active())
    assert (report.name, report.home, report.complete) == ("Example AI", HOME, True)
    assert [(part.id, part.name, part.group, part.group_id) for part in report.parts] == [
        ("c1", "API服务(API Service)", None, None),
        ("c2", "快速模式(Instant Mode)", "对话服务(Chat Service)", "s1"),
        ("c3", "专家模式(Expert Mode)", "对话服务(Chat Service)", "s1"),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL


def test_a_part_is_well_unless_a_change_says_otherwise():
    report = page(active(change()))
    (told,) = report.incidents
    assert [part.health for part in report.parts] == [
        Health.PARTIAL_OUTAGE,
        Health.OPERATIONAL,
        Health.OPERATIONAL,
    ]
    assert (told.id, told.phase) == ("7020391134287", Phase.INVESTIGATING)
    assert told.title == "API 性能下降（API Degraded Performance）"
    assert (told.impact, told.floor) == (Health.PARTIAL_OUTAGE, Health.PARTIAL_OUTAGE)
    assert told.parts == (PartName("c1", "API服务(API Service)"),)
    assert told.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert [entry.text for entry in told.updates] == ["Found.", "We look."]
    assert report.as_of == told.updated_at == told.started_at + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("said", "health"),
    [
        ({"status": "monitoring"}, Health.PARTIAL_OUTAGE),
        ({"status": "resolved"}, Health.OPERATIONAL),
        ({"status": "pondered"}, Health.PARTIAL_OUTAGE),
        ({"affected_components": []}, Health.DEGRADED),
        ({"affected_components": [{"component_id": "c1", "status": "purple"}]}, Health.UNKNOWN),
        ({"affected_components": [{"component_id": "new", "status": "degraded"}]}, Health.DEGRADED),
        ({"type": "maintenance", "status": "scheduled"}, Health.OPERATIONAL),
        ({"type": "maintenance", "status": "completed"}, Health.OPERATIONAL),
        ({"type": "maintenance", "status": "whenever"}, Health.PARTIAL_OUTAGE),
        (
            {"type": "maintenance", "status": "ongoing", "affected_components": []},
            Health.MAINTENANCE,
        ),
        ({"type": "poem"}, Health.PARTIAL_OUTAGE),
    ],
)
def test_what_goes_on_makes_the_page_no_better_than_it_is(said, health):
    assert feeds.stated(page(active(change(**said)))) is health


def test_a_part_that_only_a_change_names_comes_last():
    new = change(affected_components=[{"component_id": "n", "name": "New", "status": "degraded"}])
    assert [part.name for part in page(active(new)).parts][3:] == ["New"]


def test_maintenance_under_way_is_that_of_its_parts():
    work = change(
        type="maintenance",
        status="ongoing",
        close_at_seconds=1785585600,
        affected_components=[{"component_id": "c2", "status": "under_maintenance"}],
    )
    report = page(active(work))
    (now,) = report.maintenance
    assert (now.phase, now.ends_at) == (MaintenancePhase.IN_PROGRESS, NOON)
    assert report.parts[1].health is Health.MAINTENANCE


@pytest.mark.parametrize("seconds", [None, 0, -(2**70), 2**70, 1e300])
def test_a_time_that_is_none_is_none(seconds):
    (told,) = page(active(change(start_at_seconds=seconds, updates=[]))).incidents
    assert told.started_at is None


def test_words_nobody_knows_are_kept_of_the_page_too():
    said = active(
        change(type="poem", status="pondered"),
        change(type="maintenance", status="whenever", affected_components=[]),
        change(affected_components=[{"component_id": "c1", "status": "purple"}]),
    )
    assert page(said).notes == (
        "unknown status “purple”",
        "unknown incident status “pondered”",
        "unknown maintenance status “whenever”",
        "unknown type “poem”",
    )


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"data": None},
        summary(),
        active(components=[]),
        without(active(), ("data", "page", "components")),
        without(active(), ("data", "active_changes")),
        active(without(change(), ("status",))),
        active(without(change(), ("type",))),
        active(without(change(), ("affected_components", 0, "status"))),
    ],
)
def test_what_is_not_the_page_s_summary_is_refused(document):
    with pytest.raises(Unreadable):
        page(document)
