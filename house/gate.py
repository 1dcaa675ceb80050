"""The gate: ruff, mypy and pytest, and what came out of them."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from house.system import ROOT
from house.words import say

NO_TESTS = 5
"""pytest's exit status when nothing was selected."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came out of a test run."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def nothing_ran(self) -> bool:
        """Whether not one test was selected."""
        return self == Tally()

    def sentence(self, *, also_failed: int = 0) -> str:
        """The last line of `dev.py test`; lint tools that failed are counted as failed."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed + also_failed} failed{skipped}"


def add(one: Tally, other: Tally) -> Tally:
    """Both runs together."""
    return Tally(one.passed + other.passed, one.failed + other.failed, one.skipped + other.skipped)


def tally(report: bytes | None, status: int, *, may_be_empty: bool) -> Tally:
    """Count pytest's JUnit report; a run that broke off or found nothing counts as one failure."""
    if status == NO_TESTS:
        return Tally() if may_be_empty else Tally(failed=1)
    if report is None:
        return Tally(failed=1)
    suites = ET.fromstring(report).iter("testsuite")  # noqa: S314 - pytest's own file
    counts = [
        {key: int(value) for key, value in suite.items() if value.isdigit()} for suite in suites
    ]
    failed = sum(count.get("failures", 0) + count.get("errors", 0) for count in counts)
    skipped = sum(count.get("skipped", 0) for count in counts)
    passed = sum(count.get("tests", 0) for count in counts) - failed - skipped
    return Tally(max(passed, 0), failed or int(status != 0), skipped)


@dataclass(frozen=True, slots=True)
class Run:
    """Tests to be run: the command line that starts the interpreter, which of them, and where.

    `only` are the paths where they lie, `but` those that are left out.
    """

    start: Sequence[str]
    selection: str
    env: dict[str, str]
    only: Sequence[str] = ()
    but: Sequence[str] = ()

    @property
    def called(self) -> str:
        """What a person reads above what it prints."""
        return f"{self.selection}{''.join(f', {path}' for path in self.only)}"


def run_pytest(first: Run, beside: Sequence[Run], arguments: Sequence[str]) -> Tally:
    """Run the first and, one after the other, those beside it at one time; count them together.

    Two cores are little to ask. What those `beside` print is shown once the first has ended.
    """
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(lambda: [_run(one, arguments, quietly=True) for one in beside])
        total, _ = _run(first, arguments)
        others = waits.result()
    for one, (came, said) in zip(beside, others, strict=True):
        say(f"pytest, {one.called}:\n{said}")
        total = add(total, came)
    return total


def _run(run: Run, arguments: Sequence[str], *, quietly: bool = False) -> tuple[Tally, str]:
    """What came of it; and what it said, where that is not to be seen at once."""
    if not quietly:
        say(f"pytest, {run.called}:")
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as folder:
        report = Path(folder, "report.xml")
        paths = [*run.only, *(f"--ignore={path}" for path in run.but)]
        command = [*run.start, "-m", "pytest", "-q", f"--junit-xml={report}", *paths, *arguments]
        done = subprocess.run(
            [*command, "-m", run.selection],
            check=False,
            cwd=ROOT,
            env=os.environ | run.env,
            stdout=subprocess.PIPE if quietly else None,
            stderr=subprocess.STDOUT if quietly else None,
        )
        content = report.read_bytes() if report.exists() else None
    said = (done.stdout or b"").decode(errors="replace").rstrip()
    return tally(content, done.returncode, may_be_empty=bool(arguments)), said


def run_lint(interpreter: Path) -> list[str]:
    """Names of the tools that found something; what they found is printed."""
    tools = {
        "ruff format": ["ruff", "format", "--check", "--quiet", "."],
        "ruff check": ["ruff", "check", "--quiet", "."],
        "mypy": ["mypy", "--no-error-summary"],
    }
    unclean = []
    for name, command in tools.items():
        done = subprocess.run(
            [interpreter, "-m", *command], check=False, cwd=ROOT, capture_output=True, text=True
        )
        say(f"{name}: {'clean' if done.returncode == 0 else 'NOT clean'}")
        if done.returncode:
            unclean.append(name)
            say((done.stdout + done.stderr).strip() or f"  (exit status {done.returncode})")
    return unclean
