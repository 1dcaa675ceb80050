"""Measure and print the table; exit status 1 past a bound, 2 if something could not be measured.

usage: python -m tests.bench [--quick | --harness]     inside tests/rig/desktop: `dev.py bench`
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.bench import rows
from tests.bench.rows import Bench, Row
from tests.bench.running import Pages, Tray, Unmeasurable
from tests.bench.server import PATH

SERVICE = """
[[service]]
id = "bench-{number:02d}"
name = "Bench {number}"
home = "https://127.0.0.1:{port}/"
can = ["chat"]
status = "https://127.0.0.1:{port}/"
engine = "statuspage"
"""

SETTINGS = """version = 1

[polling]
interval = "{interval}s"

[network]
proxy = "none"
ca = "{ca}"
references = []
"""


HEAD = Row("what", baseline="baseline", ours="ours", ratio="ratio", bound="bound", ok=True)


def settings(pages: Pages, interval: int) -> str:
    """A settings.toml that watches every page."""
    services = (
        SERVICE.format(number=number, port=port) for number, port in enumerate(pages.ports, 1)
    )
    return SETTINGS.format(interval=interval, ca=pages.ca) + "".join(services)


def notifier(pages: Pages, folder: Path, interval: int) -> list[str]:
    """AI Notifier's tray, with a profile of its own that watches every page."""
    profile = folder / f"profile-{interval}"
    profile.mkdir(exist_ok=True)
    (profile / "settings.toml").write_text(settings(pages, interval), "utf-8")
    return [sys.executable, "-m", "notifier", "tray", "--profile", str(profile)]


def bare_watcher(pages: Pages, interval: int) -> list[str]:
    """The bare tray in the program's place: tries the harness, as the ratios must be near one."""
    urls = [f"https://127.0.0.1:{port}{PATH}" for port in pages.ports]
    start = [sys.executable, "-m", "tests.bench.bare_tray", pages.ca]
    return [*start, *urls, "--every", str(interval)]


def measures(bench: Bench, told: argparse.Namespace) -> Iterator[Callable[[], Row]]:
    """What to measure, in order."""
    if told.harness:
        yield partial(rows.memory, bench, sweeps=3, interval=2)
        yield partial(rows.start, bench, runs=3)
        yield partial(rows.processor, bench, seconds=10, interval=60)
        return
    # A wait is never under 30 s: ten sweeps take some five minutes, three one and a half.
    yield partial(rows.memory, bench, sweeps=3 if told.quick else 10, interval=30)
    yield partial(rows.start, bench, runs=5 if told.quick else 9)
    if not told.quick:
        yield partial(rows.processor, bench, seconds=600, interval=60)


def line(row: Row) -> str:
    """A row as it is printed."""
    figures = f"{row.baseline:>10} {row.ours:>10} {row.ratio:>6} {row.bound:>6}"
    return f"{row.what:<58} {figures} {'ok' if row.ok else 'FAIL':>5}"


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description="What the program costs.")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--quick", action="store_true", help="three sweeps, no processor time")
    either.add_argument("--harness", action="store_true", help="the bare tray against itself")
    return parser.parse_args()


def main() -> int:
    """Take each measure and print its row as soon as it is known."""
    told = options()
    print(line(HEAD), flush=True)
    results = []
    with tempfile.TemporaryDirectory(prefix="ai-notifier-") as place:
        folder = Path(place)
        pages = Pages(folder)
        try:
            start = (
                partial(bare_watcher, pages) if told.harness else partial(notifier, pages, folder)
            )
            for measure in measures(Bench(pages, Tray(), folder, start), told):
                results.append(measure())
                print(line(results[-1]), flush=True)
        except Unmeasurable as reason:
            print(f"\nCould not be measured: {reason}", file=sys.stderr)
            return 2
        finally:
            pages.close()
    return int(not all(row.ok for row in results))


if __name__ == "__main__":
    sys.exit(main())
