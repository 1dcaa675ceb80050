"""What a person is told of an Instatus page."""

import json
from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds.bodies import CORPUS, body, changed, without
from tests.feeds.samples.instatus import SITE, components, incident, maintenance, row, summary

HOME = "https://status.example.com"


def read(document: object, listed: object = None) -> Report:
    listed = components() if listed is None else listed
    return feeds.read("instatus", "v3", {"summary": body(document), "components": body(listed)})


def alone(document: object) -> Report:
    return feeds.read("instatus", "summary", {"summary": body(document)})


def test_both_generations_are_asked_for_in_turn_wherever_the_address_was_copied():
    for pasted in (
        HOME,
        f"{HOME}/",
        f"{HOME}/summary.json",
        f"{HOME}/v3/summary.json",
        f"{HOME}/v2/components.json",
        f"{HOME}/api/v2/components.json",
        f"{HOME}/incident/cmg1",
        f"{HOME}/history/2026-08",
        f"{HOME}/public-api",
    ):
        asked = [[want.url for want in plan.wants] for plan in feeds.plans("instatus", pasted)]
        assert asked == [
            [f"{HOME}/v3/summary.json", f"{HOME}/v2/components.json"],
            [f"{HOME}/summary.json", f"{HOME}/v2/components.json"],
            [f"{HOME}/summary.json", f"{HOME}/api/v2/components.json"],
            [f"{HOME}/v3/summary.json", f"{HOME}/v3/components.json"],
        ]


def test_a_whole_page_that_is_well():
    (plan, *_) = feeds.plans("instatus", HOME)
    bodies = {want.name: SITE[want.url.removeprefix(HOME)] for want in plan.wants}
    report = feeds.read("instatus", plan.name, bodies)
    assert (report.name, report.home) == ("Example AI", HOME)
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.complete
    assert report.notes == ()


# -- parts -----------------------------------------------------------------------------------


def test_parts_stand_in_their_groups_and_a_group_is_no_part():
    assert [(part.name, part.group, part.group_id) for part in read(summary()).parts] == [
        ("API", None, None),
        ("Web", "Chat", "cgroup"),
        ("Login", "Chat", "cgroup"),
    ]


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(
            [row("g", "Chat", children=[row("a", "Web"), row("b", "Login")])], id="within it"
        ),
        pytest.param(
            [row("g", "Chat", children=["a", "b"]), row("a", "Web"), row("b", "Login")],
            id="named by it",
        ),
        pytest.param(
            [row("a", "Web", group="g"), row("b", "Login", group="g"), row("g", "Chat")],
            id="naming it",
        ),
        pytest.param(
            [
                row("g", "Chat", children=[{"id": "a", "name": "Web"}, {"id": "b", "name": "L"}]),
                row("a", "Web"),
                row("b", "Login"),
            ],
            id="within it in short, and beside it",
        ),
        pytest.param(
            [
                row("g", "Chat", children=[row("a", "Web"), row("b", "Login")]),
                row("a", "Web", group={"id": "g"}),
                row("b", "Login", group={"id": "g"}),
            ],
            id="within it and beside it",
        ),
    ],
)
def test_however_a_group_lists_its_parts_each_counts_once(listed):
    parts = read(summary(), {"components": listed}).parts
    assert [(one.name, one.group, one.health) for one in parts] == [
        ("Web", "Chat", Health.OPERATIONAL),
        ("Login", "Chat", Health.OPERATIONAL),
    ]


def test_a_group_without_parts_counts_and_a_circle_hides_nothing():
    empty = read(summary(), {"components": [row("g", "Chat", "MAJOROUTAGE", isParent=True)]})
    assert [(part.name, part.health) for part in empty.parts] == [("Chat", Health.MAJOR_OUTAGE)]
    circle = [row("a", "A", "MAJOROUTAGE", group="b"), row("b", "B", group="a")]
    assert feeds.stated(read(summary(), {"components": circle})) is Health.MAJOR_OUTAGE
    own = [row("a", "A", "MAJOROUTAGE", group="a")]
    assert feeds.stated(read(summary(), {"components": own})) is Health.MAJOR_OUTAGE


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("OPERATIONAL", Health.OPERATIONAL),
        ("UNDERMAINTENANCE", Health.MAINTENANCE),
        ("DEGRADEDPERFORMANCE", Health.DEGRADED),
        ("MINOROUTAGE", Health.DEGRADED),
        ("PARTIALOUTAGE", Health.PARTIAL_OUTAGE),
        ("MAJOROUTAGE", Health.MAJOR_OUTAGE),
        ("UNDERWATER", Health.UNKNOWN),
        ("operational", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_part_is_its_state(word, health):
    report = read(summary(), components(row("cx", "X", word)))
    assert {part.name: part.health for part in report.parts}["X"] is health
    assert feeds.stated(report) is health


def test_what_is_listed_twice_counts_by_the_worst_that_is_said_of_it():
    twice = components(row("capi", "API", "MAJOROUTAGE"), row("clogin", "Login"))
    healths = {part.name: part.health for part in read(summary(), twice).parts}
    assert (healths["API"], healths["Login"]) == (Health.MAJOR_OUTAGE, Health.OPERATIONAL)


def test_of_several_languages_a_part_has_the_page_s_own_name_and_without_any_its_id():
    names = ({"de": "Netz", "default": "Web"}, {"fr": None, "de": "Netz"}, {}, None)
    listed = [row(f"c{n}", "") | {"name": name, "order": n} for n, name in enumerate(names)]
    shown = [part.name for part in read(summary(), {"components": listed}).parts]
    assert shown == ["Web", "Netz", "c2", "c3"]


def test_a_part_that_says_nothing_of_itself_is_unknown():
    silent = without(row("cx", "X"), ("status",))
    assert feeds.stated(read(summary(), components(silent))) is Health.UNKNOWN


# -- the page's own word ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("UP", Health.OPERATIONAL),
        ("HASISSUES", Health.DEGRADED),
        ("UNDERMAINTENANCE", Health.MAINTENANCE),
        ("ASLEEP", Health.UNKNOWN),
    ],
)
def test_the_page_says_whether_something_is_wrong(word, health):
    assert feeds.stated(read(summary(word))) is health


def test_how_wrong_it_is_the_parts_say():
    down = components(row("cx", "X", "MAJOROUTAGE"))
    assert feeds.stated(read(summary("HASISSUES"), down)) is Health.MAJOR_OUTAGE


# -- incidents and maintenance ---------------------------------------------------------------


def test_a_page_that_is_up_may_have_an_incident():
    report = read(summary("UP", activeIncidents=[incident()]))
    (told,) = report.incidents
    assert report.indicator is Health.OPERATIONAL
    assert feeds.stated(report) is Health.PARTIAL_OUTAGE
    assert (told.title, told.phase) == ("Elevated errors", Phase.IDENTIFIED)
    assert told.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert report.as_of == told.updated_at == datetime(2026, 8, 1, 11, 30, tzinfo=UTC)
    assert told.url == f"{HOME}/incident/cincident1"


@pytest.mark.parametrize(
    ("status", "impact", "phase", "floor"),
    [
        ("INVESTIGATING", "MAJOROUTAGE", Phase.INVESTIGATING, Health.MAJOR_OUTAGE),
        ("MONITORING", "MAJOROUTAGE", Phase.MONITORING, Health.DEGRADED),
        ("RESOLVED", "MAJOROUTAGE", Phase.RESOLVED, Health.OPERATIONAL),
        ("INVESTIGATING", "OPERATIONAL", Phase.INVESTIGATING, Health.OPERATIONAL),
        ("SHELVED", "MINOROUTAGE", Phase.INVESTIGATING, Health.UNKNOWN),
        ("INVESTIGATING", "PURPLE", Phase.INVESTIGATING, Health.UNKNOWN),
    ],
)
def test_an_incident_implies_what_it_does_as_long_as_it_goes_on(status, impact, phase, floor):
    (told,) = read(summary(activeIncidents=[incident(status=status, impact=impact)])).incidents
    assert (told.phase, told.floor) == (phase, floor)


def test_the_parts_name_what_touches_them():
    touched = row("cx", "X", activeIncidents=[{"id": "cincident1"}])
    report = read(summary(activeIncidents=[incident(), incident(id="c2")]), components(touched))
    assert [told.parts for told in report.incidents] == [(PartName("cx", "X"),), ()]


def test_maintenance_ahead_changes_nothing_and_under_way_it_does():
    ahead = read(summary(activeMaintenances=[maintenance()]))
    (planned,) = ahead.maintenance
    assert feeds.stated(ahead) is Health.OPERATIONAL
    assert planned.starts_at == datetime(2026, 8, 3, 2, tzinfo=UTC)
    assert planned.ends_at == datetime(2026, 8, 3, 3, 30, tzinfo=UTC)
    for word in ("INPROGRESS", "VERIFYING", "WHENEVER"):
        now = read(summary(activeMaintenances=[maintenance(status=word)]))
        assert feeds.stated(now) is Health.MAINTENANCE
    (over,) = read(summary(activeMaintenances=[maintenance(status="COMPLETED")])).maintenance
    assert over.phase is MaintenancePhase.COMPLETED


@pytest.mark.parametrize("minutes", ["soon", "", "-5", "nan", "1e400", 1e300, 2**70, None])
def test_a_duration_that_is_none_ends_nothing(minutes):
    (planned,) = read(summary(activeMaintenances=[maintenance(duration=minutes)])).maintenance
    assert planned.ends_at is None


def test_words_nobody_knows_are_kept():
    document = summary(
        "ASLEEP",
        activeIncidents=[incident(status="SHELVED", impact="PURPLE")],
        activeMaintenances=[maintenance(status="WHENEVER")],
    )
    assert read(document, components(row("cx", "X", "UNDERWATER"))).notes == (
        "unknown page status “ASLEEP”",
        "unknown component status “UNDERWATER”",
        "unknown incident status “SHELVED”",
        "unknown incident impact “PURPLE”",
        "unknown maintenance status “WHENEVER”",
    )


# -- documents in files ----------------------------------------------------------------------


def test_a_summary_alone_knows_no_parts_unless_they_are_kept_in_it():
    bare = alone(summary("HASISSUES"))
    assert (bare.parts, bare.complete, feeds.stated(bare)) == ((), False, Health.DEGRADED)
    merged = alone(summary() | components())
    assert ([part.name for part in merged.parts], merged.complete) == (
        ["API", "Web", "Login"],
        True,
    )


@pytest.mark.parametrize(
    ("document", "listed"),
    [
        ([], components()),
        ({"page": {"name": "X", "url": HOME}}, components()),
        (changed(summary(), ("page", "status"), None), components()),
        (changed(summary(), ("page", "status"), "UP") | {"activeIncidents": None}, components()),
        (summary(), {}),
        (summary(), []),
        (summary(), {"components": None}),
        (summary(activeIncidents=[without(incident(), ("impact",))]), components()),
        (summary(activeIncidents=[without(incident(), ("status",))]), components()),
    ],
)
def test_what_is_not_these_documents_is_refused(document, listed):
    with pytest.raises(Unreadable):
        read(document, listed)


# -- pages for people ------------------------------------------------------------------------

SITE_OBJECT = {
    "name": {"default": "Example AI"},
    "status": "HASISSUES",
    "mainStatus": "SOMEMAJOROUTAGE",
    "customDomain": "status.example.com",
    "components": [
        row("capi", "API", "MAJOROUTAGE") | {"name": {"default": "API"}, "archivedAt": None},
        row("cold", "Old", "MAJOROUTAGE", archivedAt="2024-01-01T00:00:00.000Z"),
    ],
}
NOTICES = {
    "n1": {
        "id": "n1",
        "name": {"default": "Errors"},
        "impact": "MAJOROUTAGE",
        "status": "INVESTIGATING",
        "started": "2026-08-01T11:00:00.000Z",
        "resolved": None,
        "components": [{"id": "capi"}],
    },
    "n2": {
        "id": "n2",
        "name": {"default": "Old errors"},
        "impact": "MAJOROUTAGE",
        "status": "RESOLVED",
        "started": "2026-07-01T11:00:00.000Z",
        "resolved": "2026-07-01T12:00:00.000Z",
    },
    "n3": {"id": "n3", "name": "Move", "impact": "UNDERMAINTENANCE", "status": "INPROGRESS"},
}


def page(*sites: object, notices: object = NOTICES) -> bytes:
    """A web page with its data as Next.js writes it, in pieces."""
    rows = "".join(f'{n}:["$",null,{{"site":{json.dumps(one)}' for n, one in enumerate(sites))
    rows = (
        rows.replace('": ', '":') + f'],"uptime":{{"notices":[]}},"notices":{json.dumps(notices)}'
    )
    pieces = (rows[at : at + 90] for at in range(0, len(rows), 90))
    scripts = (f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    return f"<!DOCTYPE html><html><body>{''.join(scripts)}</body></html>".encode()


def seen(said: bytes) -> Report:
    return feeds.read("instatus", "page", {"summary": said})


def test_a_page_for_people_carries_its_status():
    report = seen(page(SITE_OBJECT, SITE_OBJECT))
    assert (report.name, report.home) == ("Example AI", HOME)
    assert [(part.name, part.health) for part in report.parts] == [("API", Health.MAJOR_OUTAGE)]
    first, second = report.incidents
    assert (first.title, first.open, first.parts) == ("Errors", True, (PartName("capi", "API"),))
    assert (second.open, second.resolved_at) == (False, datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert [planned.under_way for planned in report.maintenance] == [True]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"<!doctype html><html></html>", "no status in it"),
        (page(), "no status in it"),
        (page(SITE_OBJECT, changed(SITE_OBJECT, ("status",), "UP")), "two different things"),
        (page(SITE_OBJECT)[:-9], "cut off"),
        (page(SITE_OBJECT, notices=None), "no status in it"),
        (page(SITE_OBJECT, notices={"n1": {}}), "not of the expected shape"),
        (page(without(SITE_OBJECT, ("status",))), "not of the expected shape"),
        (b" " * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
    ],
)
def test_a_page_that_does_not_carry_it_whole_is_refused(said, why):
    with pytest.raises(Unreadable, match=why):
        seen(said)


def test_no_live_plan_takes_a_web_page_for_data():
    for plan in feeds.plans("instatus", HOME):
        bodies = {want.name: page(SITE_OBJECT) for want in plan.wants}
        with pytest.raises(Unreadable, match="web page"):
            feeds.read("instatus", plan.name, bodies)


# -- real pages ------------------------------------------------------------------------------

RECORDED = {
    "perplexity--summary-plus-components-2026-07-30.json": (Health.OPERATIONAL, 3),
    "coalition--summary-plus-components-2026-08-14.json": (Health.OPERATIONAL, 2),
    "mastodonsocial--html-page-major.html": (Health.MAJOR_OUTAGE, 4),
}
PAGES = CORPUS / "status-pages" / "instatus"
recorded = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")


@recorded
def test_every_recorded_page_is_expected_here():
    assert {path.name for path in PAGES.iterdir()} <= {*RECORDED}


@recorded
@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_page_states_what_it_was_judged_to_state(name):
    report = feeds.read_alone((PAGES / name).read_bytes())
    assert (report.engine, feeds.stated(report), len(report.parts)) == ("instatus", *RECORDED[name])
    assert report.notes == ()
    assert report.home.startswith("https://status.")


@recorded
def test_mastodon_s_outage_of_february_is_over_though_three_parts_are_still_down():
    report = seen((PAGES / "mastodonsocial--html-page-major.html").read_bytes())
    down = {part.name for part in report.parts if part.health is Health.MAJOR_OUTAGE}
    over = next(told for told in report.incidents if told.title == "Hetzner Outage")
    assert not over.open
    assert {part.name for part in over.parts} == down
