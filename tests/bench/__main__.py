"""Measure and print the table; exit status 1 past a bound, 2 if something could not be measured.

usage: python -m tests.bench [--quick | --harness] [--seeds N]

It wants a tray to measure: `dev.py bench` runs it inside tests/rig/desktop.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench import rows
from tests.bench.rows import Bench, Row
from tests.bench.running import Pages, Tray, Unmeasurable
from tests.bench.server import PATH
from tests.bench.settings import BESIDE, settings

HEAD = Row("what", baseline="baseline", ours="ours", ratio="ratio", bound="bound", ok=True)


def notifier(pages: Pages, folder: Path, interval: int) -> list[str]:
    """AI Notifier's tray, with a profile of its own that watches every page; a push and a hook are
    configured, and idle.
    """
    profile = folder / f"profile-{interval}"
    profile.mkdir(exist_ok=True)
    (profile / "settings.toml").write_text(settings(pages, interval) + BESIDE, "utf-8")
    return [sys.executable, "-m", "notifier", "tray", "--profile", str(profile)]


def bare_watcher(pages: Pages, interval: int) -> list[str]:
    """The bare tray in the program's place: tries the harness, as the ratios must be near one."""
    urls = [f"https://127.0.0.1:{port}{PATH}" for port in pages.ports]
    start = [sys.executable, "-m", "tests.bench.bare_tray", pages.ca]
    return [*start, *urls, "--every", str(interval)]


def measures(bench: Bench, told: argparse.Namespace) -> Iterator[Row]:
    """What to measure, in order; each row comes as soon as it is known."""
    if told.harness:
        yield rows.memory(bench, sweeps=3, interval=2)
        yield rows.start(bench, runs=3)
        yield rows.processor(bench, seconds=10, interval=60)
        return
    quick: bool = told.quick
    # A wait is never under 30 s: ten sweeps take some five minutes, three one and a half.
    yield rows.memory(bench, sweeps=3 if quick else 10, interval=30)
    yield rows.start(bench, runs=5 if quick else 9)
    yield from rows.sweep(bench, 30, 1.0, rounds=2 if quick else 3, sweeps=8)
    yield from rows.sweep(bench, 300, 0.3, rounds=1 if quick else 3, sweeps=3)
    yield from rows.reading(bench, rounds=20 if quick else 60)
    yield from rows.engines(bench, rounds=50 if quick else 200)
    yield from rows.check(bench, rounds=7 if quick else 15)
    yield from rows.peak(bench)
    yield from rows.days(bench, hours=8 if quick else 72, services=3 if quick else 30)
    yield from rows.laptop(bench, lives=told.seeds or (2 if quick else 10))
    if not quick:
        yield rows.processor(bench, seconds=600, interval=60)


def line(row: Row) -> str:
    """A row as it is printed."""
    figures = f"{row.baseline:>10} {row.ours:>10} {row.ratio:>6} {row.bound:>6}"
    verdict = "" if not row.bound else "ok" if row.ok else "FAIL"
    return f"{row.what:<58} {figures} {verdict:>5}".rstrip()


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description="What the program costs.")
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--quick",
        action="store_true",
        help="fewer rounds, no ten minutes of watching, a few hours instead of days",
    )
    either.add_argument("--harness", action="store_true", help="the bare tray against itself")
    parser.add_argument(
        "--seeds",
        type=int,
        metavar="N",
        help="how many lives of 30 days with a laptop: 10, with --quick 2, if not said",
    )
    return parser.parse_args()


def main() -> int:
    """Take each measure and print its row as soon as it is known."""
    told = options()
    print(line(HEAD), flush=True)
    results = []
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as place:
        folder = Path(place)
        pages = Pages(folder, "--secure")
        try:
            start = (
                partial(bare_watcher, pages) if told.harness else partial(notifier, pages, folder)
            )
            for row in measures(Bench(pages, Tray(), folder, start), told):
                results.append(row)
                print(line(row), *row.notes, sep="\n    ", flush=True)
        except Unmeasurable as reason:
            print(f"\nCould not be measured: {reason}", file=sys.stderr)
            return 2
        finally:
            pages.close()
    return int(not all(row.ok for row in results))


if __name__ == "__main__":
    sys.exit(main())
