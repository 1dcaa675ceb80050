"""`notifier read`: what one feed says, from a file, from standard input or from its page."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifier import feeds
from notifier.app import reading
from notifier.app.reading import Read
from notifier.cli.reading import _code
from notifier.feeds import ENGINES
from tests.cli.documents import INCIDENT, PART, PLANNED, WORD, Maybe, fits
from tests.cli.loopback import FrontDoor, StatusPage, WebPage
from tests.cli.person import surroundings
from tests.feeds.bodies import component, event, summary

READ = {
    "schema": int,
    "engine": WORD,
    "readable": bool,
    "problem": WORD,
    "name": WORD,
    "home": WORD,
    "state": str,
    "as_of": Maybe,
    "stale": bool,
    "parts": [PART],
    "incidents": [INCIDENT],
    "maintenance": [PLANNED],
}

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "status-pages"


@pytest.fixture
def kept(tmp_path):
    """A file with a document in it."""

    def keep(document, name="page.json"):
        path = tmp_path / name
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return str(path)

    return keep


def outage():
    parts = [
        component("partchat0001", "Chat", "major_outage"),
        component("partlogin001", "Login", "operational", position=1),
    ]
    incident = event(name="Chat is down", impact="critical", components=parts[:1])
    return summary(
        status={"indicator": "critical", "description": ""}, components=parts, incidents=[incident]
    )


class TestAFile:
    def test_says_what_it_states_and_ends_with_1_where_something_fails(self, person, kept):
        said = person.runs("read", kept(outage()))
        assert said.code == 1
        assert said.lines[0].endswith(": major outage")
        assert "Parts: Chat: major outage" in said.lines
        assert "Parts: 1 more part is well" in said.lines
        assert "Incidents: Chat is down" in said.lines
        assert "Login" not in said.out
        assert not person.folder.exists()

    def test_as_json_is_the_document_of_interfaces_md(self, person, kept):
        said = person.runs("read", kept(outage()), "--json")
        assert said.code == 1
        fits(said.json, READ, "read")
        assert said.json["engine"] == "statuspage"
        assert said.json["state"] == "major_outage"
        assert (said.json["readable"], said.json["problem"]) == (True, None)
        assert [one["chosen"] for one in said.json["parts"]] == [True, True]
        assert [one["thread"] for one in said.json["incidents"]] == [None]

    def test_is_0_where_all_is_well_and_during_maintenance(self, person, kept):
        assert person.runs("read", kept(summary())).code == 0
        under_way = [component("partchat0001", "Chat", "under_maintenance")]
        said = person.runs("read", kept(summary(components=under_way)), "--json")
        assert (said.code, said.json["state"]) == (0, "maintenance")

    @pytest.mark.parametrize("body", [b"", b"{", b"<!doctype html><title>x</title>", b"[1]", b"\0"])
    def test_that_cannot_be_read_is_unknown_and_ends_with_3(self, person, kept, body):
        said = person.runs("read", kept(body), "--json")
        assert said.code == 3
        fits(said.json, READ, "read")
        assert said.json["readable"] is False
        assert said.json["state"] == "unknown"
        assert said.json["problem"].endswith(".")
        assert person.runs("read", kept(body)).code == 3

    def test_larger_than_any_page_may_be_is_not_read(self, person, kept):
        said = person.runs("read", kept(b" " * (4 * 1024 * 1024) + b"{}"), "--json")
        assert said.code == 3
        assert said.json["problem"] == "The document is larger than 4 MiB."

    def test_may_come_from_standard_input(self, person):
        done = subprocess.run(
            person.words("read", "-", "--json"),
            input=json.dumps(outage()).encode(),
            capture_output=True,
            env=surroundings(),
            check=False,
        )
        assert done.returncode == 1
        assert json.loads(done.stdout)["state"] == "major_outage"

    def test_is_read_by_the_engine_named_and_no_other(self, person, kept):
        said = person.runs("read", kept(outage()), "--engine", "incident_io", "--json")
        assert said.json["engine"] == "incident_io"
        nothing = person.runs("read", kept({"page": 1}), "--engine", "incident_io", "--json")
        assert (nothing.code, nothing.json["engine"]) == (3, "incident_io")

    def test_with_texts_that_act_moves_no_terminal(self, person, kept):
        wild = outage()
        wild["incidents"][0]["name"] = "\x1b[2JDown\u202egnihtoN"
        said = person.runs("read", kept(wild))
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out


class TestWrongUsage:
    def test_a_file_that_is_not_there(self, person):
        said = person.runs("read", "nowhere.json")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("nowhere.json cannot be read: No such file or directory.")

    def test_a_folder(self, person, tmp_path):
        said = person.runs("read", str(tmp_path))
        assert (said.code, said.out) == (2, "")

    def test_an_engine_nobody_knows_names_those_there_are(self, person, kept):
        said = person.runs("read", kept(summary()), "--engine", "tarot")
        assert said.code == 2
        assert ", ".join(sorted(ENGINES)) in said.err

    @pytest.mark.parametrize("time", ["noon", "2026-11-23", "2026-11-23T18:00:00"])
    def test_a_time_that_is_none(self, person, kept, time):
        assert person.runs("read", kept(summary()), "--at", time).code == 2


class TestAPage:
    def test_is_recognised_and_read(self, person, page):
        page.says("degraded", title="Slow answers")
        said = person.runs("read", page.url, "--json")
        assert said.code == 1
        fits(said.json, READ, "read")
        assert said.json["engine"] == "statuspage"
        assert said.json["state"] == "degraded"
        assert said.json["stale"] is False

    def test_of_a_named_engine_is_asked_for_its_document_alone(self, person, page):
        assert person.runs("read", page.url, "--engine", "statuspage").code == 0
        assert page.asked == ["/api/v2/summary.json"]

    def test_is_asked_anew_each_time(self, person, page):
        assert person.runs("read", page.url).code == 0
        page.says("major_outage")
        assert person.runs("read", page.url).code == 1

    def test_that_is_none_is_unknown(self, person):
        with WebPage() as shop:
            said = person.runs("read", shop.url, "--json")
        assert said.code == 3
        assert said.json["readable"] is False
        assert "is not a status page of a known kind." in said.json["problem"]

    def test_that_cannot_be_reached_is_unknown_with_the_reason(self, person):
        with StatusPage() as page:
            gone = page.url
        said = person.runs("read", gone, "--engine", "statuspage")
        assert said.code == 3
        assert "unknown, because it cannot be read" in said.lines[0]
        assert said.lines[1].endswith("refused the connection.")

    def test_that_answers_with_an_error_is_unknown(self, person):
        with FrontDoor("503") as door:
            said = person.runs("read", door.url, "--engine", "statuspage", "--json")
        assert said.code == 3
        assert said.json["problem"].endswith("cannot answer at the moment (HTTP 503).")

    def test_writes_nothing_but_the_cache(self, person, page):
        person.runs("read", page.url)
        assert [path.name for path in person.folder.iterdir()] == ["cache"]


class TestStale:
    """Only documents that say how long they hold can be stale; here one is made to."""

    @pytest.fixture
    def report(self):
        until = datetime(2026, 11, 23, 18, tzinfo=UTC)
        said = feeds.read_alone(json.dumps(summary()).encode())
        return replace(said, fresh_until=until)

    def test_a_kept_document_never_is_unless_a_time_is_named(self, report):
        assert not Read(report).stale
        assert not Read(report, at=report.fresh_until).stale
        assert Read(report, at=report.fresh_until + timedelta(seconds=1)).stale

    def test_a_file_is_not_called_stale_however_old_it_is(self, report, monkeypatch):
        old = replace(report, fresh_until=report.fresh_until - timedelta(days=9000))
        monkeypatch.setattr(reading.feeds, "read_alone", lambda *_: old)
        assert not reading.read_kept(b"{}", None, None).stale
        assert reading.read_kept(b"{}", None, report.fresh_until).stale

    def test_what_is_stale_is_not_known_to_be_well(self, report):
        assert _code(Read(report)) == 0
        assert _code(Read(report, at=report.fresh_until + timedelta(days=1))) == 3


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus lies beside the checkout only")
def test_a_recorded_outage_reads_as_it_was(person):
    kept = CORPUS / "statuspage" / "anthropic--summary-2026-07-29-major-outage.json"
    said = person.runs("read", str(kept), "--json")
    assert (said.code, said.json["state"], said.json["name"]) == (1, "major_outage", "Claude")
    assert said.json["as_of"].startswith("2026-07-29T")
