"""Real answers of real pages, read in place: what SOURCES.md says each of them states."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.recognise import Ask, Found, Heard, next_step
from notifier.feeds.shape import decode, plain
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


@pytest.mark.parametrize("path", sorted((PAGES / "incident-io-native").glob("*.html")), ids=str)
def test_a_page_for_people_is_no_document(path):
    for engine, plan in (("statuspage", "summary"), ("incident_io", "native")):
        with pytest.raises(Unreadable, match="web page"):
            feeds.read(engine, plan, {"summary": path.read_bytes()})


def _recognised(first: bytes, second: Heard) -> Found:
    host = "https://status.example.com"
    answers = {
        f"{host}/api/v2/summary.json": Heard(200, {}, first),
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


OTHERS = sorted(
    path
    for folder in PAGES.glob("*")
    if folder.name not in ("statuspage", "incident-io-compat", "incident-io-native")
    for path in folder.glob("*.*")
)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_other_vendor_s_document_is_mistaken_for_one_of_these(path):
    body = path.read_bytes()
    bodies = {"summary": body, "components": body, "incidents": body}
    for engine, plan in (
        ("statuspage", "summary"),
        ("incident_io", "native"),
        ("incident_io", "compatible"),
        ("incident_io", "summary"),
    ):
        with pytest.raises(Unreadable):
            feeds.read(engine, plan, bodies)


# -- robust: data nobody here wrote ----------------------------------------------------------

SUITE = sorted((CORPUS / "robust" / "jsontestsuite" / "test_parsing").glob("*.json"))

# RFC 8259 leaves both open; a name that stands twice is ambiguous, so it is no evidence here.
TWICE = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.name)
def test_broken_json_is_refused_and_whole_json_is_read(path):
    try:
        decode(path.read_bytes(), object)
    except Unreadable:
        assert not path.name.startswith("y_") or path.name in TWICE
    else:
        assert not path.name.startswith("n_")
        assert path.name not in TWICE


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.name)
def test_no_such_document_is_a_page(path):
    for engine, plan in (("statuspage", "summary"), ("incident_io", "native")):
        with pytest.raises(Unreadable):
            feeds.read(engine, plan, {"summary": path.read_bytes()})


def test_naughty_strings_stay_texts():
    strings = decode((CORPUS / "robust" / "naughty-strings" / "blns.json").read_bytes(), list[str])
    assert len(strings) > 500
    for text in strings:
        clean = plain(text, 300)
        assert plain(clean, 300) == clean
        assert "\x00" not in clean
        assert "\u202e" not in clean
        assert "<script" not in clean.lower()
