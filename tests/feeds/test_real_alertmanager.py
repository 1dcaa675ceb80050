"""A real Prometheus Alertmanager on loopback: it is fed an alert, read, silenced, and calmed."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifier import feeds
from notifier.model.health import Health
from notifier.model.observation import PartName, Report
from tests.cli.person import Person, service
from tests.feeds.bodies import body
from tests.watch.looking import in_loop, outcome_of, page

PROGRAM = "prometheus-alertmanager"
PATIENCE = 20.0
"""Seconds until something that never happens is given up; nothing here takes one."""

pytestmark = pytest.mark.skipif(
    shutil.which(PROGRAM) is None and not os.environ.get("CI"),
    reason=f"needs {PROGRAM}: tests/rig/apt-packages.txt",
)

SECRET = "hunter2-of-the-office"
CONFIGURATION = (
    "route: {receiver: nobody}\n"
    "receivers: [{name: nobody}]\n"
    f"time_intervals: [{{name: {SECRET}, time_intervals: []}}]\n"
)
"""Not all that is secret in it is masked: this stands in `/api/v2/status` as it is written here."""
ALONE = ("--cluster.listen-address=",)
AMONG_OTHERS = (
    "--cluster.listen-address=127.0.0.1:0",
    "--cluster.advertise-address=127.0.0.1:9",
    "--cluster.settle-timeout=1h",
)


def until(happened):
    """What `happened` answers, once that is something."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return answer


class Alertmanager:
    """A running one: what Prometheus and a person in front of it do to it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, said: object = None, method: str | None = None) -> bytes:
        sent = None if said is None else body(said)
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}{path}", sent, headers, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.read()

    def fire(self, *, ends: timedelta = timedelta(hours=1), **labels: str) -> None:
        """Prometheus sends an alert of the gateway, which ends so much later if not sent again."""
        alert = {
            "labels": {"alertname": "Latency", "service": "gateway", "severity": "critical"},
            "annotations": {"summary": "It is slow", "description": "p99 is over 5 s."},
            "endsAt": (datetime.now(UTC) + ends).isoformat(),
            "generatorURL": "http://127.0.0.1:9/graph",
        }
        alert["labels"] |= labels
        self.ask("/api/v2/alerts", [alert])

    def calm(self, **labels: str) -> None:
        """Prometheus says that it is over."""
        self.fire(ends=timedelta(seconds=-1), **labels)

    def silence(self, name: str, value: str) -> str:
        """A person does; the id of the silence."""
        now = datetime.now(UTC)
        silence = {
            "matchers": [{"name": name, "value": value, "isRegex": False, "isEqual": True}],
            "startsAt": now.isoformat(),
            "endsAt": (now + timedelta(hours=1)).isoformat(),
            "createdBy": "somebody",
            "comment": "known",
        }
        return json.loads(self.ask("/api/v2/silences", silence))["silenceID"]

    def read(self) -> Report:
        """What our engine makes of the very documents it asks for."""
        plan = feeds.plans("alertmanager", self.url)[0]
        bodies = {want.name: self.ask(want.url.removeprefix(self.url)) for want in plan.wants}
        return feeds.read("alertmanager", plan.name, bodies)


@contextmanager
def running(folder: Path, cluster: tuple[str, ...] = ALONE):
    """A new one in `folder`, at a port of its own choice; ended by its id."""
    configuration, log = folder / "alertmanager.yml", folder / "log"
    configuration.write_text(CONFIGURATION)
    words = [
        PROGRAM,
        f"--config.file={configuration}",
        f"--storage.path={folder / 'data'}",
        "--web.listen-address=127.0.0.1:0",
        *cluster,
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        said = until(lambda: re.search(r"Listening on.*?(127\.0\.0\.1:\d+)", log.read_text()))
        yield Alertmanager(f"http://{said[1]}")
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def manager(tmp_path):
    with running(tmp_path) as started:
        yield started


def test_an_alert_is_told_then_silenced_then_told_again_and_then_gone(manager):
    assert feeds.stated(manager.read()) is Health.OPERATIONAL
    manager.fire()
    report = until(lambda: said if (said := manager.read()).incidents else None)
    (incident,) = report.incidents
    assert (incident.title, incident.floor) == ("It is slow", Health.MAJOR_OUTAGE)
    assert incident.parts == (PartName("gateway", "gateway"),)
    assert incident.updates[0].text == "p99 is over 5 s."
    assert feeds.stated(report) is Health.MAJOR_OUTAGE

    silence = manager.silence("service", "gateway")
    until(lambda: not manager.read().incidents)
    assert feeds.stated(manager.read()) is Health.OPERATIONAL

    manager.ask(f"/api/v2/silence/{silence}", method="DELETE")
    again = until(lambda: manager.read().incidents)
    assert [one.id for one in again] == [incident.id]

    manager.calm()
    until(lambda: not manager.read().incidents)
    assert feeds.stated(manager.read()) is Health.OPERATIONAL


def test_a_silenced_alert_is_no_trouble_in_a_list_of_all_alerts_either(manager):
    manager.fire()
    manager.fire(service="wiki", severity="warning")
    manager.silence("service", "gateway")
    until(lambda: b"suppressed" in manager.ask("/api/v2/alerts"))
    for kept in ("/api/v2/alerts", "/api/v2/alerts/groups"):
        report = until(lambda kept=kept: _of_all(manager.ask(kept)))
        assert [part.name for part in report.parts] == ["wiki"]
        assert feeds.stated(report) is Health.DEGRADED


def _of_all(listed: bytes) -> Report | None:
    """What a list says, once both alerts stand in it: groups are made a moment later."""
    return feeds.read_alone(listed) if listed.count(b"fingerprint") == 2 else None


def test_a_filter_shows_one_team_its_own(manager):
    manager.fire()
    manager.fire(service="wiki", severity="warning")
    until(lambda: len(manager.read().incidents) == 2)
    pasted = f'{manager.url}/api/v2/alerts?filter=service="wiki"'
    want = feeds.plans("alertmanager", pasted)[1].wants[0]
    path = want.url.removeprefix(manager.url).replace('"', "%22")
    report = feeds.read("alertmanager", "alone", {"alerts": manager.ask(path)})
    assert [part.name for part in report.parts] == ["wiki"]


@in_loop
async def test_it_is_looked_at_over_the_network_as_the_program_does(manager):
    manager.fire(severity="warning")
    until(lambda: manager.read().incidents)
    pasted = f'{manager.url}/api/v2/alerts?filter=service="gateway"'
    for url in (f"{manager.url}/#/alerts", pasted):
        outcome = await outcome_of(page(url, "alertmanager"))
        assert isinstance(outcome, Report)
        assert feeds.stated(outcome) is Health.DEGRADED
    elsewhere = pasted.replace("gateway", "wiki")
    outcome = await outcome_of(page(elsewhere, "alertmanager"))
    assert feeds.stated(outcome) is Health.OPERATIONAL


def test_notifier_read_tells_what_fires(manager):
    # Not tmp_path: with its long names a socket would not lie in the profile.
    with tempfile.TemporaryDirectory(prefix="n-") as folder:
        person = Person(Path(folder) / "me")
        read = ("read", manager.url, "--engine", "alertmanager", "--json")
        assert person.runs(*read).code == 0
        manager.fire()
        until(lambda: manager.read().incidents)
        said = person.runs(*read)
    assert (said.code, said.json["state"]) == (1, "major_outage")
    assert [one["title"] for one in said.json["incidents"]] == ["It is slow"]


def test_of_its_configuration_nothing_is_in_any_file_of_the_profile(manager):
    assert SECRET.encode() in manager.ask("/api/v2/status")
    manager.fire()
    until(lambda: manager.read().incidents)
    with tempfile.TemporaryDirectory(prefix="n-") as folder:
        person = Person(Path(folder) / "me")
        engine = f'status = "{manager.url}"\nengine = "alertmanager"'
        person.chooses(service("gateway", more=engine))
        for _ in range(2):
            assert person.runs("check", "--now").code == 1
        kept = {file: file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()}
    assert any(b"fingerprint" in body and b"versionInfo" in body for body in kept.values())
    assert [file.name for file, body in kept.items() if SECRET.encode() in body] == []


def test_one_that_waits_for_its_cluster_is_not_believed_that_nothing_fires(tmp_path):
    with running(tmp_path, AMONG_OTHERS) as settling:
        report = settling.read()
    assert (feeds.stated(report), report.notes) == (Health.UNKNOWN, ())
