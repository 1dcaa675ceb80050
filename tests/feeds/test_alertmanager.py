"""What a person is told of the alerts of Prometheus."""

import gc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from types import FunctionType, ModuleType

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Failure, PartName, Phase, Report
from notifier.storage.cache import Cache
from tests.feeds.bodies import CORPUS, body, without
from tests.feeds.samples.alertmanager import alert, alertmanager_status
from tests.watch.fault_server import FaultServer, reply
from tests.watch.looking import fetching, in_loop, outcome_of, page

PAGES = CORPUS / "status-pages" / "alertmanager"


def read(*alerts: object, cluster: str = "ready") -> Report:
    status = body(alertmanager_status(cluster))
    return feeds.read("alertmanager", "alerts", {"alerts": body([*alerts]), "status": status})


@pytest.mark.parametrize(
    "pasted",
    [
        "https://am.example.edu/in",
        "am.example.edu/in/#/alerts?silenced=false",
        "https://am.example.edu/in/api/v2/alerts",
        "https://am.example.edu/in/api/v2/alerts/groups?active=false",
        "https://am.example.edu/in/api/v2/status",
    ],
)
def test_what_fires_is_asked_for_and_who_says_so(pasted):
    both, alone = feeds.plans("alertmanager", pasted)
    asked = (
        "https://am.example.edu/in/api/v2/alerts?active=true&silenced=false&inhibited=false",
        "https://am.example.edu/in/api/v2/status",
    )
    assert tuple(want.url for want in both.wants if want.required) == asked
    assert tuple(want.url for want in alone.wants) == asked[:1]


def test_a_filter_in_the_address_stays():
    pasted = 'https://am.example.edu/api/v2/alerts?silenced=true&filter=team="web"&receiver=ops'
    for plan in feeds.plans("alertmanager", pasted):
        assert plan.wants[0].url == (
            "https://am.example.edu/api/v2/alerts?active=true&silenced=false&inhibited=false"
            '&filter=team="web"&receiver=ops'
        )


def test_where_nothing_fires_all_is_well_as_an_alertmanager_knows_it():
    report = read()
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.parts, report.incidents, report.complete) == ((), (), False)


def test_an_empty_list_that_anybody_could_have_sent_is_no_evidence():
    with pytest.raises(Unreadable, match="not clear what it is"):
        feeds.read("alertmanager", "alone", {"alerts": b"[]"})
    with pytest.raises(Unreadable):
        feeds.read("alertmanager", "alerts", {"alerts": b"[]"})
    for somebody in ({}, {"status": "ok"}, {"page": {"id": "x"}, "status": {"indicator": "none"}}):
        bodies = {"alerts": b"[]", "status": body(somebody)}
        with pytest.raises(Unreadable):
            feeds.read("alertmanager", "alerts", bodies)


@in_loop
async def test_behind_a_gate_that_bars_its_own_word_only_what_fires_is_believed():
    with FaultServer() as server:
        server.say("/api/v2/status", reply(b"", 403))
        path = "/api/v2/alerts?active=true&silenced=false&inhibited=false"
        server.say(path, reply(body([alert()])))
        fires = await outcome_of(page(server.url(), "alertmanager"))
        server.say(path, reply(b"[]"))
        silent = await outcome_of(page(server.url(), "alertmanager"))
    assert isinstance(fires, Report)
    assert feeds.stated(fires) is Health.MAJOR_OUTAGE
    assert isinstance(silent, Failure)


@in_loop
async def test_an_alert_that_ends_is_over_at_the_next_look():
    with FaultServer() as server:
        server.say("/api/v2/status", reply(body(alertmanager_status())))
        path = "/api/v2/alerts?active=true&silenced=false&inhibited=false"
        server.say(path, reply(body([alert()])), reply(b"[]"), reply(body([alert()])))
        source = page(server.url(), "alertmanager")
        async with fetching() as fetch:
            told = [(await fetch.look(source)).outcome for _ in range(3)]
    stated = [feeds.stated(one) if isinstance(one, Report) else one for one in told]
    assert stated == [Health.MAJOR_OUTAGE, Health.OPERATIONAL, Health.MAJOR_OUTAGE]


SECRET = "hunter2-of-the-office"


def remembered(of: object) -> Iterator[bytes]:
    """Every string that can be reached from `of`, unpacked where it is packed."""
    seen, ahead = set(), [of]
    while ahead:
        one = ahead.pop()
        if id(one) in seen or isinstance(one, (type, ModuleType, FunctionType)):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one.encode(errors="replace")
        elif isinstance(one, bytes):
            yield one
            with suppress(zlib.error):
                yield zlib.decompress(one)
        ahead += gc.get_referents(one)


@in_loop
async def test_of_its_configuration_nothing_is_kept_neither_on_disk_nor_in_memory(tmp_path):
    told = alertmanager_status() | {"config": {"original": f"global: {{token: {SECRET}}}"}}
    firing = "/api/v2/alerts?active=true&silenced=false&inhibited=false"
    with FaultServer() as server:
        server.say("/api/v2/status", reply(body(told), etag='"one"'), reply(b"", 304))
        server.say(firing, reply(body([alert()])), reply(body([])))
        source = page(server.url(), "alertmanager")
        async with fetching(kept=Cache(tmp_path)) as fetch:
            fires = (await fetch.look(source)).outcome
            in_memory = b"".join(remembered(fetch._pages))
        async with fetching(kept=Cache(tmp_path)) as fetch:
            calm = (await fetch.look(source)).outcome
    assert feeds.stated(fires) is Health.MAJOR_OUTAGE
    assert feeds.stated(calm) is Health.OPERATIONAL, "what was kept suffices to go on with"
    assert server.requests[-1].headers["if-none-match"] == '"one"'
    on_disk = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for kept in (in_memory, on_disk):
        assert b"01J" in kept, "what it says of its cluster is kept"
        assert SECRET.encode() not in kept


@in_loop
async def test_one_whose_word_of_itself_is_no_object_is_not_believed_that_nothing_fires():
    with FaultServer() as server:
        server.say_to_all(reply(b"[]"))
        assert isinstance(await outcome_of(page(server.url(), "alertmanager")), Failure)


@pytest.mark.parametrize(
    ("cluster", "health"),
    [
        ("ready", Health.OPERATIONAL),
        ("disabled", Health.OPERATIONAL),
        ("settling", Health.UNKNOWN),
        ("dreaming", Health.UNKNOWN),
    ],
)
def test_one_that_does_not_know_all_yet_is_not_believed_that_nothing_fires(cluster, health):
    report = read(cluster=cluster)
    assert feeds.stated(report) is health
    assert bool(report.notes) is (cluster == "dreaming")
    assert feeds.stated(read(alert(), cluster=cluster)) is Health.MAJOR_OUTAGE


def test_an_alert_is_an_incident_of_the_service_it_names():
    report = read(alert())
    (incident,) = report.incidents
    assert (incident.id, incident.title) == ("48bfc50273332e65", "It is slow")
    assert (incident.phase, incident.parts) == (
        Phase.INVESTIGATING,
        (PartName("gateway", "gateway"),),
    )
    assert incident.updates[0].text == "p99 is over 5 s."
    assert incident.url == "https://prometheus.example.edu/graph?g0.expr=up"
    assert [(part.id, part.health) for part in report.parts] == [("gateway", Health.MAJOR_OUTAGE)]
    assert report.as_of == datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_that_it_was_sent_again_is_no_news():
    first, again = read(alert()), read(alert() | {"updatedAt": "2026-08-01T12:01:00Z"})
    assert first.incidents == again.incidents
    assert first.incidents[0].updated_at == datetime(2026, 8, 1, 11, 50, tzinfo=UTC)


def labelled(**labels: str | None) -> dict:
    """An alert of other labels; what is None is not there."""
    said = alert(**{name: text for name, text in labels.items() if text is not None})
    for name in (name for name, text in labels.items() if text is None):
        del said["labels"][name]
    return said


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (labelled(job="node"), "gateway"),
        (labelled(service=None, job="node"), "node"),
        (labelled(service="", job="node"), "node"),
        (labelled(service=None), "Latency"),
        (labelled(service=None, alertname=None), "alert"),
    ],
)
def test_a_part_is_the_service_else_the_job_else_the_alert(said, part):
    assert [one.name for one in read(said).parts] == [part]


@pytest.mark.parametrize(
    ("severity", "health"),
    [
        ("critical", Health.MAJOR_OUTAGE),
        ("page", Health.MAJOR_OUTAGE),
        ("warning", Health.DEGRADED),
        (None, Health.DEGRADED),
        ("info", Health.OPERATIONAL),
        ("none", Health.OPERATIONAL),
        ("None", Health.UNKNOWN),
        ("spicy", Health.UNKNOWN),
    ],
)
def test_how_bad_it_is_the_severity_says(severity, health):
    report = read(labelled(severity=severity))
    assert [part.health for part in report.parts] == [health]
    assert [one.floor for one in report.incidents] == [health]
    assert feeds.stated(report) is health
    known = health is not Health.UNKNOWN
    assert report.notes == (() if known else (f"unknown severity “{severity}”",))


def test_a_part_is_as_bad_as_the_worst_that_fires_for_it():
    low, high = alert(severity="warning"), alert() | {"fingerprint": "b"}
    other = alert(service="wiki", severity="info") | {"fingerprint": "c"}
    report = read(low, other, high)
    assert [(part.name, part.health) for part in report.parts] == [
        ("gateway", Health.MAJOR_OUTAGE),
        ("wiki", Health.OPERATIONAL),
    ]
    assert len(report.incidents) == 3


@pytest.mark.parametrize(
    ("state", "health"),
    [
        ("suppressed", Health.OPERATIONAL),
        ("unprocessed", Health.UNKNOWN),
        ("asleep", Health.UNKNOWN),
    ],
)
def test_what_is_silenced_is_not_told_and_what_may_be_is_unknown(state, health):
    report = read(alert(state=state))
    assert feeds.stated(report) is health
    assert len(report.incidents) == (state != "suppressed")
    assert report.notes == (("unknown state “asleep”",) if state == "asleep" else ())


def test_without_a_summary_it_is_called_by_its_name_and_place():
    bare = alert(instance="gpu1:9100") | {"annotations": {}}
    assert read(bare).incidents[0].title == "Latency (gpu1:9100)"
    assert read(bare).incidents[0].updates == ()


def test_a_link_that_no_browser_should_be_given_is_none():
    assert read(alert() | {"generatorURL": "javascript:alert(1)"}).incidents[0].url is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        without(alert(), ("labels",)),
        without(alert(), ("status",)),
        without(alert(), ("fingerprint",)),
        alert() | {"status": {"state": None}},
        alert(severity=7),
    ],
)
def test_what_is_not_this_document_is_refused(said):
    with pytest.raises(Unreadable):
        read(alert(), said)


def test_what_it_says_of_itself_alone_is_nothing_good():
    report = feeds.read_alone(body(alertmanager_status()))
    assert (report.engine, feeds.stated(report)) == ("alertmanager", Health.UNKNOWN)


needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")


@needs_corpus
def test_of_recorded_groups_each_alert_is_told_once_and_none_that_is_suppressed():
    said = (PAGES / "karma-mock--alerts-groups-0.31.0.json").read_bytes()
    report = feeds.read_alone(said)
    assert (report.engine, feeds.stated(report)) == ("alertmanager", Health.DEGRADED)
    # 16 are active and 8 suppressed, as SOURCES.md counts them: once for each of two receivers.
    assert said.count(b'"active"') == 2 * len(report.incidents) == 16
    assert len({one.id for one in report.incidents}) == 8
    assert {part.name for part in report.parts} <= {"node_ping", "node_exporter"}
    assert report.notes == ()


@needs_corpus
def test_recorded_silences_are_no_alerts():
    with pytest.raises(Unreadable):
        feeds.read_alone((PAGES / "karma-mock--silences-0.31.0.json").read_bytes())
