"""dev.py and what stands behind it: what decides, with no network and no system to change."""

import importlib.util
import io
import sys
from pathlib import Path

import pytest

from house import environment, gate, release, system
from house.environment import CORE, Group, PipSteps
from house.system import AptSteps, Need
from house.words import Progress, Trouble

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev():
    """dev.py itself, as it lies in the root."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ---- verbs and their words


def test_help_names_every_verb(dev, capsys):
    assert dev.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {verb} " in said for verb in dev.VERBS)


def test_an_unknown_verb_is_answered_with_the_known_ones(dev, capsys):
    assert dev.main(["biuld"]) == 2
    assert "'biuld'; it knows run, demo" in capsys.readouterr().err


def test_trouble_is_printed_as_it_is_and_ends_with_1(dev, capsys):
    assert dev.main(["lint", "--fast"]) == 1
    assert "takes no argument '--fast'" in capsys.readouterr().err


class Door:
    """Stands for everything a verb would do to this machine; remembers what became of it."""

    def __init__(self, dev, monkeypatch, *, screen):
        self.command = None
        self.groups = []
        monkeypatch.setattr(dev, "has_screen", lambda *_: screen)
        monkeypatch.setattr(dev, "ensure_packages", lambda *_: None)
        monkeypatch.setattr(dev, "ensure", self._ensure)
        monkeypatch.setattr(dev, "become", self._become)

    def _ensure(self, *groups):
        self.groups += [group.name for group in groups]
        return Path("python")

    def _become(self, command):
        self.command = command
        return 7


def test_run_starts_the_tray_where_there_is_a_screen(dev, monkeypatch):
    door = Door(dev, monkeypatch, screen=True)
    assert dev.main(["run", "--profile", "x"]) == 7
    assert door.command == ["python", "-m", "notifier", "tray", "--profile", "x"]
    assert door.groups == ["desktop"]


def test_run_watches_in_the_terminal_where_there_is_none_and_fetches_no_qt(
    dev, monkeypatch, capsys
):
    door = Door(dev, monkeypatch, screen=False)
    dev.main(["run"])
    assert door.command == ["python", "-m", "notifier", "watch"]
    assert door.groups == ["core"]
    assert capsys.readouterr().out == "No screen found: starting `notifier watch`\n"


@pytest.mark.parametrize(("screen", "tray"), [(True, ["--tray"]), (False, [])])
def test_the_demo_shows_itself_where_it_can(dev, monkeypatch, screen, tray):
    door = Door(dev, monkeypatch, screen=screen)
    dev.main(["demo", "--mine"])
    rehearse = ["python", "-m", "notifier", "rehearse", "demo", "--speed", "10"]
    assert door.command == [*rehearse, *tray, "--mine"]


def test_an_own_option_is_taken_out_of_the_words_that_go_on(dev):
    words = ["a", "--shots", "pictures", "b", "--all"]
    assert dev.take_value(words, "--shots") == "pictures"
    assert dev.take_flag(words, "--all")
    assert words == ["a", "b"]
    assert dev.take_value(["--shots=x"], "--shots") == "x"
    assert dev.take_value(words, "--shots") is None


def test_an_option_without_its_value_is_explained(dev):
    with pytest.raises(Trouble, match="wants a value"):
        dev.take_value(["--shots"], "--shots")


# ---- the system


@pytest.mark.parametrize(
    ("release_file", "expected"),
    [
        pytest.param("ID=debian\n", True, id="Debian"),
        pytest.param('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', True, id="Mint"),
        pytest.param("ID='ubuntu'\nID_LIKE=debian\n", True, id="Ubuntu, single quotes"),
        pytest.param('ID=fedora\nPRETTY_NAME="not debian"\n', False, id="Fedora"),
        pytest.param("", False, id="an empty file"),
    ],
)
def test_whether_apt_can_be_expected(release_file, expected):
    assert system.is_debian_family(system.parse_os_release(release_file)) is expected


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_screen_is_found(environ, platform, expected):
    assert system.has_screen(environ, platform) is expected


PACKAGES = """
# a comment
[qt]
libglib2.0-0t64 | libglib2.0-0   # two names
libgl1
[rig]
xvfb
"""


def test_a_package_list_is_read_by_section():
    assert system.parse_packages(PACKAGES, ["qt"]) == (
        Need(("libglib2.0-0t64", "libglib2.0-0")),
        Need(("libgl1",)),
    )
    assert len(system.parse_packages(PACKAGES, ["qt", "rig"])) == 3


def test_the_projects_own_package_list_is_read():
    listed = system.PACKAGE_LIST.read_text("utf-8")
    assert Need(("libxcb-cursor0",)) in system.parse_packages(listed, ["qt"])
    assert Need(("xvfb",)) in system.parse_packages(listed, ["rig"])
    assert Need(("prometheus-alertmanager",)) in system.parse_packages(listed, ["servers"])


def test_only_what_is_wholly_installed_counts():
    said = "libgl1 installed\nlibegl1 config-files\nlibglib2.0-0 installed\n"
    installed = system.parse_installed(said)
    assert Need(("libglib2.0-0t64", "libglib2.0-0")).met_by(installed)
    assert not Need(("libegl1",)).met_by(installed)


POLICY = """libglib2.0-0t64:
  Installed: (none)
  Candidate: (none)
  Version table:
libglib2.0-0:
  Installed: (none)
  Candidate: 2.74.6-2
  Version table:
"""


def test_the_name_apt_knows_is_chosen():
    known = system.parse_candidates(POLICY)
    assert known == {"libglib2.0-0"}
    needs = [Need(("libglib2.0-0t64", "libglib2.0-0")), Need(("xvfb",))]
    assert system.choose_names(needs, known) == ("libglib2.0-0", "xvfb")


def test_the_command_to_paste():
    said = system.install_command(["xvfb", "dunst"], sudo=True)
    assert said == "sudo apt-get install --no-install-recommends xvfb dunst"


def test_aptgets_progress_is_counted():
    steps = AptSteps("Asking apt")
    steps.read("0 upgraded, 55 newly installed, 0 to remove and 3 not upgraded.")
    steps.read("Need to get 13.8 MB/14.0 MB of archives.")
    assert steps.subject == "Fetching 55 system packages, 13.8 MB"
    steps.read("Setting up libgl1:amd64 (1.6.0-1) ...")
    assert steps.subject + steps.detail == "Setting up system packages: 1 of 55"


# ---- the .venv


@pytest.fixture
def workshop(tmp_path):
    """A .venv and a folder of locks, with a group installed from its lock."""
    venv, locks = tmp_path / "venv", tmp_path / "locks"
    venv.mkdir()
    locks.mkdir()
    (locks / "core.txt").write_bytes(b"httpx==0.28.1 \\\n    --hash=sha256:aa\n")
    (venv / "ai-notifier-core.stamp").write_text(
        environment.digest((locks / "core.txt").read_bytes())
    )
    return venv, locks


def test_nothing_is_installed_while_the_lock_is_the_stamped_one(workshop):
    assert environment.is_fresh(CORE, *workshop)


def test_a_changed_lock_is_installed_again(workshop):
    (workshop[1] / "core.txt").write_bytes(b"httpx==0.28.2 \\\n    --hash=sha256:bb\n")
    assert not environment.is_fresh(CORE, *workshop)


def test_a_venv_without_the_stamp_is_filled(workshop):
    (workshop[0] / "ai-notifier-core.stamp").unlink()
    assert not environment.is_fresh(CORE, *workshop)


def test_a_locks_packages_are_counted():
    lock = "anyio==4.1 \\\n    --hash=sha256:aa\n    # via httpx\nidna==3.20 ; os_name == 'nt'\n"
    assert environment.count_packages(lock) == 2


def test_pips_steps_are_told_by_package():
    steps = PipSteps()
    steps.read("  Downloading pyside6_essentials-6.11.3-cp310-abi3-linux.whl (78.0 MB)")
    assert steps.subject == "Fetching: pyside6-essentials, 78.0 MB"
    steps.read("  Using cached httpx-0.28.1-py3-none-any.whl (73 kB)")
    assert steps.subject == "Unpacking from pip's cache: httpx, 73 kB"
    steps.read("Installing collected packages: shiboken6, pyside6-essentials")
    assert steps.subject == "Unpacking"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(
            "ERROR: Could not find a version that satisfies the requirement idna==3.20\n"
            "ERROR: No matching distribution found for idna==3.20",
            ["idna could not be fetched", "did not answer", "Nothing was changed", "run it again"],
            id="no network",
        ),
        pytest.param(
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            ["httpx", "not the file that locks/core.txt names", "Nothing was installed"],
            id="another file than locked",
        ),
        pytest.param(
            "OSError: [Errno 28] No space left on device",
            ["could not install httpx", "No space left"],
            id="anything else",
        ),
    ],
)
def test_pips_failures_are_told_to_a_person(said, words):
    lines = ["Collecting httpx==0.28.1 (from -r locks/core.txt (line 3))", *said.splitlines()]
    explained = environment.explain(lines, Group("core", "the program", 3))
    assert all(word in explained for word in words), explained


class Screen(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, *, terminal):
        super().__init__()
        self._terminal = terminal

    def isatty(self):
        return self._terminal


def clock(*times):
    """A clock that says these seconds in turn, then the last one for ever."""
    left = list(times)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_piped_progress_is_a_line_per_subject_and_one_in_15_seconds():
    out = Screen(terminal=False)
    now = [0.0]
    progress = Progress(out, lambda: now[0])
    for now[0], subject in ((0, "httpx"), (1, "httpx"), (2, "Qt"), (9, "Qt"), (17, "Qt")):
        progress.show(subject)
    assert out.getvalue().split("\n")[:-1] == ["  httpx (0 s)", "  Qt (2 s)", "  Qt (17 s)"]


def test_on_a_terminal_progress_is_one_line_that_changes():
    out = Screen(terminal=True)
    progress = Progress(out, clock(0.0))
    progress.show("httpx")
    progress.show("Qt", ": 3 MB so far")
    assert "\n" not in out.getvalue()
    assert out.getvalue().count("\r") == 2
    progress.end("done")
    assert out.getvalue().endswith("\r  done (0 s)\n")


# ---- the gate


REPORT = (
    b'<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" '
    b'time="1.5"/></testsuites>'
)


def test_a_report_is_counted():
    assert gate.tally(REPORT, 1, may_be_empty=False) == gate.Tally(4, 3, 3)


@pytest.mark.parametrize(
    ("report", "status", "may_be_empty", "failed"),
    [
        pytest.param(None, 3, True, 1, id="pytest broke off"),
        pytest.param(REPORT.replace(b'"1"', b'"0"').replace(b'"2"', b'"0"'), 2, True, 1, id="cut"),
        pytest.param(None, 5, False, 1, id="no test found though all were asked for"),
        pytest.param(None, 5, True, 0, id="no test found for what was asked"),
    ],
)
def test_a_run_that_proves_nothing_is_a_failure(report, status, may_be_empty, failed):
    assert gate.tally(report, status, may_be_empty=may_be_empty).failed == failed


def test_both_runs_make_one_last_line():
    total = gate.add(gate.Tally(5, 0, 2), gate.Tally(3, 1, 0))
    assert total.sentence() == "8 passed, 1 failed, 2 skipped"
    assert gate.Tally(5).sentence(also_failed=1) == "5 passed, 1 failed"


# ---- the wheel


def test_what_a_wheel_lacks_is_named(tmp_path):
    for name in ("notifier/__init__.py", "notifier/feeds/a.py", "resources/lamps/clear.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    inside = ["notifier/__init__.py", "notifier/feeds/a.py", "ai_notifier.dist-info/METADATA"]
    absent = release.left_out(inside, release.wanted_in_wheel(tmp_path))
    assert absent == ["notifier/_resources/lamps/clear.svg"]


def test_dev_py_needs_no_third_party_module():
    """It sets up a bare machine, so it and all behind it import the standard library alone."""
    in_the_venv = {"signing.py"}  # started there by a verb, and imported by nobody
    house = [file for file in (ROOT / "house").glob("*.py") if file.name not in in_the_venv]
    for file in (ROOT / "dev.py", *house):
        for line in file.read_text("utf-8").splitlines():
            words = line.split()
            if line.startswith(("import ", "from ")):
                top = words[1].partition(".")[0]
                assert top == "house" or top in sys.stdlib_module_names, f"{file.name}: {line}"
