"""`notifier doctor`: what is the matter with this computer, and a bundle that holds no secret."""

import json
import os
import re
import socket
import stat
import threading
import zipfile
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

import pytest

from notifier.model.announcement import NoticeId
from notifier.model.record import RunBegan
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.service import ServiceKey
from notifier.storage.history import History
from tests.cli.documents import WORD, When, fits
from tests.cli.loopback import FrontDoor
from tests.cli.person import Person, service

REPORT = {
    "schema": int,
    "at": When,
    "version": str,
    "findings": [{"subject": str, "level": str, "says": str, "advice": WORD}],
}

SUBJECTS = {
    *("program", "places", "settings", "history", "exposure"),
    *("owner", "desktop", "computer", "autostart", "network"),
}


def found(said, subject):
    """The findings about one subject, each as its level and sentence."""
    fits(said.json, REPORT, "doctor")
    return [
        (one["level"], one["says"]) for one in said.json["findings"] if one["subject"] == subject
    ]


def private(person):
    """What the program itself would have made: nobody else may look into it."""
    for path in (person.folder, *person.folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.fixture
def settled(person, page):
    """A profile with which nothing is the matter."""
    person.chooses(service("campus", page.url))
    private(person)
    return person


class TestTheReport:
    def test_is_0_where_nothing_needs_attention(self, settled):
        said = settled.runs("doctor")
        assert said.code == 0, said.out
        assert said.lines[0] == "Nothing needs attention."
        assert "Settings: ok: Every value is understood; 1 service is chosen" in said.lines

    def test_speaks_of_every_subject_in_json(self, settled):
        said = settled.runs("doctor", "--json")
        fits(said.json, REPORT, "doctor")
        assert {one["subject"] for one in said.json["findings"]} == SUBJECTS

    def test_changes_nothing(self, settled):
        before = {p: p.read_bytes() for p in settled.folder.rglob("*") if p.is_file()}
        settled.runs("doctor")
        assert {p: p.read_bytes() for p in settled.folder.rglob("*") if p.is_file()} == before

    def test_makes_no_profile_where_there_is_none(self, person):
        assert person.runs("doctor", "--offline").code == 0
        assert not person.folder.exists()

    def test_names_the_versions_and_says_that_qt_cannot_be_loaded_here(self, settled):
        program = found(settled.runs("doctor", "--offline", "--json"), "program")
        assert any("Python" in says and "AI Notifier" in says for _, says in program)
        assert any("SQLite" in says and "OpenSSL" in says for _, says in program)
        assert any("cannot be loaded" in says for _, says in program)

    def test_a_missing_qt_is_for_attention_where_there_is_a_desktop(self, settled):
        said = settled.runs("doctor", "--offline", "--json", DISPLAY=":99")
        assert ("attention", "Qt") in [(level, says[:2]) for level, says in found(said, "program")]
        assert said.code == 1


class TestPlaces:
    def test_what_others_can_read_is_named_with_what_to_do(self, settled):
        settled.folder.parent.chmod(0o755)
        settled.folder.chmod(0o755)
        settled.settings.chmod(0o644)
        said = settled.runs("doctor", "--offline")
        assert said.code == 1
        assert said.lines[0] == "One thing needs attention."
        (line,) = [line for line in said.lines if "can be read by others" in line]
        assert line.endswith("(0644)")
        assert f"  → Run: chmod 600 {settled.settings}" in said.lines

    def test_what_nobody_gets_to_is_private_whatever_its_own_rights(self, settled):
        settled.settings.chmod(0o644)
        assert settled.runs("doctor", "--offline").code == 0


class TestSettings:
    def test_each_wrong_value_is_for_attention(self, settled):
        text = settled.settings.read_text().replace('"30s"', '"5s"')
        settled.settings.write_text(text)
        said = settled.runs("doctor", "--offline", "--json")
        assert said.code == 1
        ((level, says),) = found(said, "settings")
        assert level == "attention"
        assert says.startswith("settings.toml, line 3: ")

    def test_settings_that_cannot_be_read_stop_nothing(self, settled):
        settled.settings.write_bytes(b"[[[")
        said = settled.runs("doctor", "--offline", "--json")
        assert said.code == 1
        assert found(said, "settings")[0][0] == "attention"
        assert {one["subject"] for one in said.json["findings"]} == SUBJECTS - {"exposure"}


class TestHistory:
    @pytest.fixture
    def lived(self, settled):
        history = History(settled.folder / "data" / "history.db", lambda: datetime.now(UTC))
        history.load()
        history.write([RunBegan(ServiceKey("campus"), "operational", datetime.now(UTC))])
        history.close()
        return settled

    def test_that_is_whole_says_so_with_its_last_sign_of_life(self, lived):
        ((level, says),) = found(lived.runs("doctor", "--offline", "--json"), "history")
        assert level == "ok"
        assert re.fullmatch(r"It is whole: .* kB, 0 notices; last written .*", says)

    def test_is_looked_at_and_nothing_even_beside_it_is_made(self, lived):
        lived.runs("doctor", "--offline")
        assert [path.name for path in (lived.folder / "data").iterdir()] == ["history.db"]

    def test_that_is_damaged_is_for_attention_and_stays_as_it_is(self, lived):
        path = lived.folder / "data" / "history.db"
        path.write_bytes(path.read_bytes()[:5000] + b"scrambled" * 2000)
        before = path.read_bytes()
        said = lived.runs("doctor", "--offline", "--json")
        assert said.code == 1
        assert found(said, "history")[0][0] == "attention"
        assert path.read_bytes() == before

    def test_of_a_newer_version_is_for_attention(self, lived):
        import sqlite3

        db = sqlite3.connect(lived.folder / "data" / "history.db", isolation_level=None)
        db.execute("PRAGMA user_version = 99")
        db.close()
        said = lived.runs("doctor", "--offline", "--json")
        assert "written by a newer version" in found(said, "history")[0][1]


class TestWhoIsRunning:
    def test_an_owner_that_answers_is_named_with_its_process(self, settled):
        with settled.running("watch") as watch:
            watch.says("Campus: ")
            said = settled.runs("doctor", "--offline", "--json")
            pid = watch._process.pid
        assert found(said, "owner") == [
            ("ok", f"`notifier watch` is running (process {pid}) and answers")
        ]

    def test_one_that_hangs_is_for_attention(self, settled):
        run = settled.folder / "run"
        run.mkdir(mode=0o700)
        with socket.socket(socket.AF_UNIX) as hung:
            hung.bind(str(run / "owner.sock"))
            (run / "owner.sock").chmod(0o600)
            hung.listen()
            said = settled.runs("doctor", "--offline", "--json")
        assert found(said, "owner") == [("attention", "The running AI Notifier does not answer")]

    def test_nobody_is_no_trouble(self, settled):
        said = settled.runs("doctor", "--offline", "--json")
        assert found(said, "owner") == [("ok", "AI Notifier is not running")]


class TestTheBus:
    def test_none_is_unknown_without_a_desktop_and_for_attention_on_one(self, settled):
        said = settled.runs("doctor", "--offline", "--json")
        assert [level for level, _ in found(said, "desktop")] == ["unknown"]
        said = settled.runs("doctor", "--offline", "--json", WAYLAND_DISPLAY="wayland-0")
        assert [level for level, _ in found(said, "desktop")] == ["attention"]

    def test_one_that_is_dead_is_for_attention(self, settled):
        dead = f"unix:path={settled.folder}/bus"
        said = settled.runs("doctor", "--offline", "--json", DBUS_SESSION_BUS_ADDRESS=dead)
        ((level, says),) = found(said, "desktop")
        assert (level, said.code) == ("attention", 1)
        assert says.startswith("The session bus cannot be used: ")

    @pytest.mark.parametrize("address", ["nonsense", "unix:", "tcp:host=localhost,port=1", "\0x"])
    def test_an_address_of_any_kind_is_no_crash(self, settled, address, monkeypatch):
        from notifier.doctor import desktop
        from notifier.doctor.finding import Level, Notes, Subject
        from notifier.wording.say import English

        monkeypatch.setattr(os, "environ", {"DBUS_SESSION_BUS_ADDRESS": address})
        (finding,) = desktop.look(Notes(Subject.DESKTOP, English()), None)
        assert finding.level is Level.ATTENTION

    @pytest.mark.parametrize("greets", [False, True])
    def test_one_that_hangs_is_a_finding_and_no_hang(self, settled, greets):
        with HungBus(settled.folder / "bus", greets=greets) as bus:
            said = settled.runs(
                "doctor", "--offline", "--json", DBUS_SESSION_BUS_ADDRESS=bus.address, within=20
            )
        ((level, _),) = found(said, "desktop")
        assert level == "attention"


class HungBus:
    """A bus that takes connections and says nothing; one that `greets` lets them in before."""

    def __init__(self, path, *, greets):
        self.address = f"unix:path={path}"
        self._greets = greets
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self):
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        with connection:
            if self._greets:
                while b"AUTH" not in connection.recv(4096):
                    pass
                connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
            while connection.recv(4096):
                pass


class Reference(FrontDoor):
    """A neutral host; `clock` is how far its clock is before ours."""

    def __init__(self, answers="204", clock=timedelta(0)):
        self.clock = clock
        super().__init__(answers)

    def _handler(self):
        clock = self.clock

        class Handler(super()._handler()):
            def date_time_string(self, timestamp=None):
                return format_datetime(datetime.now(UTC) + clock, usegmt=True)

        return Handler


def asks(person, *references):
    person.writes(f"version = 1\n[network]\nreferences = {json.dumps(references)}\n")
    private(person)


class TestTheNetwork:
    def test_each_stage_is_shown_and_only_the_references_are_asked(self, settled, page):
        with Reference() as one, Reference() as other:
            asks(settled, f"{one.url}204?token=canary", f"{other.url}204")
            said = settled.runs("doctor", "--json")
            assert (len(one.asked), len(other.asked), page.asked) == (1, 1, [])
        assert said.code == 0
        network = [says for _, says in found(said, "network")]
        assert network[0].startswith("Only the neutral hosts of the settings were asked: 127.0.0.1")
        assert network[1] == "Asked without a proxy"
        assert re.fullmatch(r"127\.0\.0\.1:\d+: connected in \d+ ms", network[2])
        assert re.fullmatch(r"127\.0\.0\.1:\d+: answered in \d+ ms \(HTTP 204 in .*\)", network[3])
        assert "2 of 2 neutral hosts answered as they should" in network
        assert any("clock of this computer agrees" in says for says in network)
        assert "canary" not in said.out

    @pytest.mark.parametrize(("ahead", "words"), [(3600, "slow"), (-3600, "fast")])
    def test_a_clock_that_is_wrong_is_for_attention(self, settled, ahead, words):
        with Reference(clock=timedelta(seconds=ahead)) as host:
            asks(settled, host.url)
            said = settled.runs("doctor", "--json")
        assert said.code == 1
        (clock,) = [says for level, says in found(said, "network") if level == "attention"]
        assert clock.startswith("The clock of this computer is ")
        assert clock.endswith(words)

    def test_a_clock_a_minute_off_is_no_trouble(self, settled):
        with Reference(clock=timedelta(seconds=60)) as host:
            asks(settled, host.url)
            assert settled.runs("doctor", "--json").code == 0

    def test_hosts_that_cannot_be_reached_are_for_attention_with_what_to_do(self, settled):
        asks(settled, "http://127.0.0.1:9/204")
        said = settled.runs("doctor")
        assert said.code == 1
        where = said.lines.index(
            "Network: attention: 127.0.0.1:9: 127.0.0.1:9 refused the connection"
        )
        assert said.lines[where + 1].startswith("  → ")

    def test_one_host_that_fails_is_no_trouble_while_another_answers(self, settled):
        with Reference() as host, Reference("500") as bad:
            asks(settled, host.url, bad.url)
            said = settled.runs("doctor", "--json")
        assert said.code == 0
        assert "1 of 2 neutral hosts answered as they should" in [
            says for _, says in found(said, "network")
        ]

    def test_without_references_or_wish_nobody_is_asked(self, settled):
        said = settled.runs("doctor", "--json")
        assert found(said, "network")[0][0] == "unknown"
        with Reference() as host:
            asks(settled, host.url)
            said = settled.runs("doctor", "--offline", "--json")
            assert host.asked == []
        assert found(said, "network") == [("unknown", "Not looked at, as you wished")]


CANARIES = {
    "environment": "canary-environment-1",
    "proxy": "canary-proxy-2",
    "query": "canary-query-3",
    "userinfo": "canary-userinfo-4",
    "pasted": "canary-pasted-5",
    "unknown": "canary-unknown-6",
    "comment": "canary-comment-7",
    "reference": "canary-reference-8",
    "complaint": "canary-complaint-9",
    "logged": "sk-canaryLogged0123456789",
    "bearer": "canary-bearer-10",
}


def hide(person):
    """Put a secret in every place there is for one."""
    person.writes(
        f"""# {CANARIES["comment"]}
version = 1
[network]
proxy = "http://me:{CANARIES["proxy"]}@127.0.0.1:9"
references = ["http://127.0.0.1:9/204?t={CANARIES["reference"]}"]
[polling]
interval = "https://x/?{CANARIES["complaint"]}"
[[service]]
id = "campus"
status = "https://{CANARIES["userinfo"]}@status.example.edu/?token={CANARIES["query"]}"
probe = {{ url = "https://example.edu/{{key}}", auth = "bearer", key = "{CANARIES["pasted"]}" }}
frobnicate = "{CANARIES["unknown"]}"
"""
    )
    log = person.folder / "state" / "notifier.log"
    log.parent.mkdir()
    forms = [
        line
        for value in CANARIES.values()
        for line in (f"plain {value}", quote(f"{value}/"), b64encode(value.encode()).decode())
        if value not in (CANARIES["comment"], CANARIES["unknown"], CANARIES["bearer"])
    ]
    log.write_text(
        "\n".join(
            [
                "2026-11-23T18:00:00Z INFO notifier.app.session: watches ['campus']",
                f"asked https://me:{CANARIES['bearer']}@h/?x={CANARIES['bearer']}",
                f"Authorization: Bearer {CANARIES['bearer']}",
                *forms,
            ]
        )
    )
    private(person)


def bundled(person, **more):
    target = person.folder.parent / "report.zip"
    said = person.runs(
        "doctor",
        *("--bundle", str(target)),
        CAMPUS_API_KEY=CANARIES["environment"],
        HTTPS_PROXY=f"http://me:{CANARIES['proxy']}@127.0.0.1:9",
        **more,
    )
    return said, target


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """One bundle for all canaries, with what was printed about it."""

    person = Person(tmp_path_factory.mktemp("b") / "me")
    person.folder.mkdir(parents=True)
    hide(person)
    said, target = bundled(person)
    with zipfile.ZipFile(target) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    return said, target.read_bytes(), files


class TestTheBundle:
    @pytest.mark.parametrize("name", CANARIES)
    def test_holds_no_secret_in_any_of_its_bytes(self, bundle, name):
        _, raw, files = bundle
        value = CANARIES[name].encode()
        middle = b64encode(value)[:-4]
        for form in (value, quote(value).encode(), middle):
            assert form not in raw
            assert all(form not in body for body in files.values())

    def test_holds_what_its_readme_and_the_command_say(self, bundle):
        said, _, files = bundle
        assert set(files) == {
            *("README.txt", "report.txt", "report.json", "settings.json", "log.txt")
        }
        readme = files["README.txt"].decode()
        for name in files:
            assert f"{name}: " in readme
            assert f"  {name}: " in said.err
        assert "history.json: left out, because there is none." in readme

    def test_still_says_what_helps(self, bundle):
        _, _, files = bundle
        assert b"watches ['campus']" in files["log.txt"]
        kept = json.loads(files["settings.json"])
        assert kept["service"][0]["id"] == "campus"
        assert kept["service"][0]["status"].startswith("https://")
        fits(json.loads(files["report.json"]), REPORT, "report.json")
        assert b"Program: ok: AI Notifier" in files["report.txt"]

    def test_says_nothing_secret_on_the_terminal_either(self, bundle):
        said, _, _ = bundle
        assert [name for name, value in CANARIES.items() if value in said.out + said.err] == []

    def test_is_readable_by_this_person_alone_under_any_umask(self, settled):
        before = os.umask(0)
        try:
            said, target = bundled(settled)
        finally:
            os.umask(before)
        assert said.code == 0
        assert stat.S_IMODE(target.stat().st_mode) == 0o600

    def test_is_never_written_over_anything(self, settled):
        target = settled.folder.parent / "report.zip"
        target.write_text("mine")
        said, _ = bundled(settled)
        assert said.code == 1
        assert "is there already; it is not overwritten." in said.err
        assert target.read_text() == "mine"

    def test_that_cannot_be_written_ends_with_1(self, settled):
        said = settled.runs("doctor", "--offline", "--bundle", "/nowhere/report.zip")
        assert said.code == 1
        assert said.err == "/nowhere/report.zip cannot be written: No such file or directory.\n"

    def test_leaves_out_settings_that_are_no_toml(self, settled):
        settled.settings.write_text('key = "canary-broken\n')
        said, target = bundled(settled)
        assert said.code == 1
        with zipfile.ZipFile(target) as packed:
            assert "settings.json" not in packed.namelist()
            assert b"canary-broken" not in b"".join(map(packed.read, packed.namelist()))


class TestPushesAndHooks:
    def test_are_not_spoken_of_where_there_are_none(self, settled):
        assert found(settled.runs("doctor", "--offline", "--json"), "relays") == []

    def test_that_cannot_work_are_named_with_what_to_do(self, person, page):
        person.chooses(
            service("campus", page.url),
            more='[[push]]\nname = "phone"\n[[hook]]\nrun = ["/nowhere/lamp"]\n',
        )
        said = person.runs("doctor", "--offline", "--json")
        assert found(said, "relays") == [
            ("attention", "Push phone: no address is kept for it, so that nothing is sent"),
            ("attention", "Hook lamp: There is no program /nowhere/lamp"),
        ]
        assert "Run: notifier key set push:phone" in said.out

    def test_are_told_of_with_how_the_last_notice_went(self, person, page):
        person.chooses(
            service("campus", page.url),
            more='[keys]\nkept = ["push:phone", "push:mail"]\n[[push]]\nname = "phone"\n'
            '[[push]]\nname = "mail"\n[[hook]]\nrun = ["/bin/sh"]\n',
        )
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        history = History(person.folder / "data" / "history.db", lambda: datetime.now(UTC))
        history.load()
        history.write(
            [
                relayed(RelayKind.PUSH, "phone", RelayState.HANDED_OVER, an_hour_ago),
                relayed(RelayKind.HOOK, "sh", RelayState.FAILED, an_hour_ago, "It ended with 3."),
            ]
        )
        history.close()
        private(person)
        assert found(person.runs("doctor", "--offline", "--json"), "relays") == [
            ("ok", "Push phone: the last notice was handed over 1 h ago"),
            ("ok", "Push mail: there has been nothing to send yet"),
            (
                "attention",
                "Hook sh: the last notice could not be handed over 1 h ago: It ended with 3",
            ),
        ]


def relayed(kind, name, state, at, why=""):
    return Relayed(NoticeId("n-1"), kind, name, state, at, why=why)
