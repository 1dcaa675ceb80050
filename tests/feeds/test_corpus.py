"""Real answers of real pages, read in place: what SOURCES.md says each of them states."""

import json

import pytest

from notifier import feeds
from notifier.feeds import Unreadable, alone
from notifier.feeds.recognise import Ask, Found, Heard, next_step
from notifier.feeds.recognise.marks import by_page
from notifier.feeds.recognise.trail import Seen
from notifier.model.health import Health
from notifier.model.observation import Phase
from tests.feeds.bodies import CORPUS

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")

PAGES = CORPUS / "status-pages"

STATUSPAGE = {
    "anthropic--summary-2026-07-29-major-outage": (Health.MAJOR_OUTAGE, 6),
    "cloudamqp--summary-maintenance": (Health.MAINTENANCE, 23),
    "cloudflare--summary-2026-07-30-pop-partial-outages": (Health.PARTIAL_OUTAGE, 462),
    "discord--summary-2026-08-04-api-major-outage": (Health.MAJOR_OUTAGE, 30),
    "docs-example--summary-critical-database-outage": (Health.MAJOR_OUTAGE, 2),
    "github--summary-2020-incident": (Health.DEGRADED, 9),
    "github--summary-2026-07-30-operational": (Health.OPERATIONAL, 12),
    "knowbe4--summary-2026-07-30-green-with-open-major-incident": (Health.DEGRADED, 42),
    "logingov--summary-2026-08-14-operational-offset-timestamps": (Health.OPERATIONAL, 4),
    "twilio--summary-incident-statuscheck": (Health.DEGRADED, 65),
    "zoom--summary-2026-07-30-operational-316-components": (Health.MAINTENANCE, 283),
}

NATIVE = {
    "aiven--embedded-summary-2026-03.derived": (Health.PARTIAL_OUTAGE, 2),
    "linear--embedded-summary-2026-03.derived": (Health.OPERATIONAL, 6),
    "openai--embedded-summary-2026-03-17.derived": (Health.OPERATIONAL, 31),
}


def recorded(folder: str, name: str) -> bytes:
    return (PAGES / folder / f"{name}.json").read_bytes()


def statuspage(name: str):
    return feeds.read("statuspage", "summary", {"summary": recorded("statuspage", name)})


def native(name: str):
    return feeds.read("incident_io", "native", {"summary": recorded("incident-io-native", name)})


@pytest.mark.parametrize("folder", ["statuspage", "incident-io-native", "incident-io-compat"])
def test_every_recorded_document_is_expected_here(folder):
    there = {path.stem for path in (PAGES / folder).glob("*.json")}
    assert there <= {*STATUSPAGE, *NATIVE, "openai--summary-2026-07-30-operational-25-cap"}


@pytest.mark.parametrize("name", STATUSPAGE)
def test_a_statuspage_states_what_it_was_judged_to_state(name):
    report = statuspage(name)
    assert (feeds.stated(report), len(report.parts)) == STATUSPAGE[name]
    assert report.notes == ()
    assert report.home.startswith("https://")
    assert report.as_of is not None


@pytest.mark.parametrize("name", NATIVE)
def test_an_incident_io_page_states_what_it_was_judged_to_state(name):
    report = native(name)
    assert (feeds.stated(report), len(report.parts)) == NATIVE[name]
    assert report.notes == ()


def test_claude_s_outage_is_told_of_four_products_and_not_of_the_console():
    report = statuspage("anthropic--summary-2026-07-29-major-outage")
    down = {part.name for part in report.parts if part.health is Health.MAJOR_OUTAGE}
    assert len(down) == 4
    (told,) = report.incidents
    assert (told.phase, told.floor) == (Phase.IDENTIFIED, Health.MAJOR_OUTAGE)
    assert {part.name for part in told.parts} == down
    assert report.indicator is Health.PARTIAL_OUTAGE


def test_cloudflare_s_services_are_well_while_its_data_centres_are_not():
    report = statuspage("cloudflare--summary-2026-07-30-pop-partial-outages")
    services = [part for part in report.parts if part.group == "Cloudflare Sites and Services"]
    assert len(services) > 30
    assert {part.health for part in services} == {Health.OPERATIONAL}
    assert sum(part.health is Health.PARTIAL_OUTAGE for part in report.parts) < 34


def test_a_watched_fix_on_a_green_page_is_degraded_at_most():
    report = statuspage("knowbe4--summary-2026-07-30-green-with-open-major-incident")
    (told,) = report.incidents
    assert (told.phase, told.impact) == (Phase.MONITORING, Health.PARTIAL_OUTAGE)
    assert {part.health for part in report.parts} == {Health.OPERATIONAL}


def test_openai_s_sign_in_incident_is_open_again_after_resolved_and_its_part_is_well():
    (told,) = native("openai--embedded-summary-2026-03-17.derived").incidents
    assert told.open
    assert [entry.phase for entry in reversed(told.updates)] == [
        Phase.IDENTIFIED,
        Phase.MONITORING,
        Phase.RESOLVED,
        Phase.IDENTIFIED,
        Phase.MONITORING,
    ]
    assert f"{told.started_at:%H:%M}" == "02:42"
    assert (told.impact, told.floor) == (Health.DEGRADED, Health.OPERATIONAL)


def test_twenty_five_parts_of_openai_are_not_all():
    body = recorded("incident-io-compat", "openai--summary-2026-07-30-operational-25-cap")
    report = feeds.read("incident_io", "summary", {"summary": body})
    assert (feeds.stated(report), len(report.parts)) == (Health.OPERATIONAL, 25)
    assert not report.complete


HTML = {
    "aiven--html-page-2026-03-aws-uae": "aiven--embedded-summary-2026-03.derived",
    "linear--html-page-2026-03-good": "linear--embedded-summary-2026-03.derived",
    "openai--html-page-2026-03-17": "openai--embedded-summary-2026-03-17.derived",
}
"""Each page for people, and the document that was taken out of it by others."""


@pytest.mark.parametrize("path", sorted((PAGES / "incident-io-native").glob("*.html")), ids=str)
def test_a_page_for_people_says_what_the_document_within_it_says(path):
    report = feeds.read("incident_io", "page", {"summary": path.read_bytes()})
    assert report == native(HTML[path.stem])
    assert feeds.read_alone(path.read_bytes()) == report


@pytest.mark.parametrize("path", sorted((PAGES / "incident-io-native").glob("*.html")), ids=str)
def test_a_page_for_people_is_no_document_where_one_was_asked_for(path):
    for engine, plan in (("statuspage", "summary"), ("incident_io", "native")):
        with pytest.raises(Unreadable, match="web page"):
            feeds.read(engine, plan, {"summary": path.read_bytes()})


def _recognised(first: bytes, second: Heard) -> Found:
    host = "https://status.example.com"
    answers = {
        f"{host}/api/v2/summary.json": Heard(200, {}, first),
        host: Heard(404),
        f"{host}/proxy/status.example.com": second,
    }
    step = next_step(host, answers)
    assert not isinstance(step, Ask)
    return step


@pytest.mark.parametrize("name", STATUSPAGE)
def test_every_statuspage_is_recognised(name):
    found = _recognised(recorded("statuspage", name), Heard(404))
    assert found.engine == "statuspage"


@pytest.mark.parametrize("name", NATIVE)
def test_every_incident_io_page_is_recognised(name):
    found = _recognised(b"", Heard(200, {}, recorded("incident-io-native", name)))
    assert found.engine == "incident_io"


def test_the_imitation_is_not_taken_for_the_original():
    body = recorded("incident-io-compat", "openai--summary-2026-07-30-operational-25-cap")
    assert _recognised(body, Heard(404)).engine == "incident_io"


@pytest.mark.parametrize(
    ("page", "engines"),
    [
        ("betterstack/stormboard--html-page-2026-07-30", ["betterstack"]),
        ("instatus/mastodonsocial--html-page-major", ["instatus"]),
        ("incident-io-native/linear--html-page-2026-03-good", ["incident_io"]),
        ("incident-io-native/aiven--html-page-2026-03-aws-uae", ["incident_io"]),
        ("okta/okta--html-page-2026-07-30", []),
    ],
)
def test_the_pages_people_open_bear_the_mark_of_their_makers_and_no_other(page, engines):
    seen = Seen("https://status.example.com", Heard(200, {}, (PAGES / f"{page}.html").read_bytes()))
    assert [engine for engine, _ in by_page(seen)] == engines


BY_OTHER_ENGINES = {
    "azure/azure--posts-api-2026-08-01.json": ("microsoft", Health.OPERATIONAL, 0),
    "azure/azure--rss-feed-2026-08-01-empty.xml": ("syndication", Health.OPERATIONAL, 0),
    "google-appsstatus/google--workspace-incidents-2026-07-30.json": (
        "google",
        Health.OPERATIONAL,
        11,
    ),
    "google-cloud/gcp--incidents-2022-07-03.json": ("google", Health.OPERATIONAL, 60),
    "google-cloud/gcp--incidents-2026-07-31.json": ("google", Health.OPERATIONAL, 3),
    "microsoft365/microsoft--admin-feed-mac-2026-08-01.xml": ("syndication", Health.OPERATIONAL, 0),
    "microsoft365/microsoft--posts-m365consumer-2026-08-01.json": (
        "microsoft",
        Health.OPERATIONAL,
        10,
    ),
    "microsoft365/microsoft--posts-mac-2026-08-01.json": ("microsoft", Health.OPERATIONAL, 0),
}

OURS = ("statuspage", "incident-io-compat", "incident-io-native")
WITH_THEIR_ENGINES = (
    *("aws-health", "azure-devops", "betterstack", "heroku", "instatus", "salesforce"),
    "statusio",
)
"""Folders that the tests of their engines read, page by page."""

OTHERS = sorted(
    path
    for folder in PAGES.glob("*")
    if folder.name not in (*OURS, *WITH_THEIR_ENGINES)
    for path in folder.glob("*.*")
)


def _known(path) -> tuple[str, Health, int] | None:
    return BY_OTHER_ENGINES.get(f"{path.parent.name}/{path.name}")


@pytest.mark.parametrize("path", [path for path in OTHERS if _known(path)], ids=lambda p: p.name)
def test_a_document_of_another_engine_states_what_it_was_judged_to_state(path):
    report = feeds.read_alone(path.read_bytes())
    assert (report.engine, feeds.stated(report), len(report.parts)) == _known(path)
    assert report.notes == ()
    assert report.as_of is not None
    assert not any(told.open for told in report.incidents)


def test_azure_is_well_by_a_date_that_lasts_an_hour():
    body = (PAGES / "azure/azure--rss-feed-2026-08-01-empty.xml").read_bytes()
    report = feeds.read_alone(body)
    assert f"{report.as_of:%F %R}" == "2026-08-01 00:22"
    assert f"{report.fresh_until:%F %R}" == "2026-08-01 01:22"


def test_gemini_s_incident_of_june_is_told_with_its_times():
    name = "google-appsstatus/google--workspace-incidents-2026-07-30.json"
    report = feeds.read_alone((PAGES / name).read_bytes())
    (told,) = (one for one in report.incidents if one.parts[0].name == "Gemini")
    assert f"{told.started_at:%F %R}–{told.resolved_at:%R}" == "2026-06-10 10:20–17:30"
    assert told.impact is Health.DEGRADED


@pytest.mark.parametrize("path", sorted(PAGES.glob("google-*/*.json")), ids=lambda p: p.name)
def test_google_s_incidents_are_open_when_cut_off_before_their_ends(path):
    """As they stood while they lasted: each in turn, with what was known of it before its end."""
    for whole in json.loads(path.read_bytes())[:40]:
        trouble = [one for one in whole["updates"] if one["status"] != "AVAILABLE"]
        if not trouble or not whole["affected_products"]:
            continue
        event = {**whole, "updates": trouble, "most_recent_update": trouble[0]}
        del event["end"]
        report = feeds.read("google", "incidents", {"incidents": json.dumps([event]).encode()})
        (told,) = report.incidents
        assert told.open
        informed = trouble[0]["status"] == "SERVICE_INFORMATION" and whole["severity"] == "low"
        assert (feeds.stated(report) is Health.OPERATIONAL) is informed


READ_ELSEWHERE = ("karma-mock--alerts-groups-0.31.0.json",)
"""Captures that the tests of their own engine read."""

UNKNOWN = [path for path in OTHERS if not _known(path) and path.name not in READ_ELSEWHERE]


@pytest.mark.parametrize("path", UNKNOWN, ids=lambda path: path.name)
def test_no_other_vendor_s_document_is_mistaken_for_one_of_these(path):
    body = path.read_bytes()
    for engine in feeds.ENGINES:
        for plan in feeds.plans(engine, "status.example.com"):
            with pytest.raises(Unreadable):
                feeds.read(engine, plan.name, {want.name: body for want in plan.wants})
    for way in alone.WAYS:
        with pytest.raises(Unreadable):
            feeds.read(way.engine, way.plan, {way.want: body})
    with pytest.raises(Unreadable) as caught:
        feeds.read_alone(body)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
