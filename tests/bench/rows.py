"""The measures, each a row of the table: what it is, both figures, the bound."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import feedparser

from tests.bench import costs
from tests.bench.running import Pages, Tray, processor_seconds, pss, running
from tests.bench.server import PATH
from tests.laptop import seeds
from tests.laptop.judge import Judged

SETTLE = 5.0
"""Seconds between the last thing asked of a program and the look at its memory."""


@dataclass(frozen=True)
class Row:
    """One line of the table; `ratio` is ours to the baseline's, and both may be absent."""

    what: str
    ours: str
    bound: str
    ok: bool
    baseline: str = ""
    ratio: str = ""
    notes: tuple[str, ...] = ()
    """What was found, each so that it can be looked at again."""


@dataclass(frozen=True)
class Bench:
    """Where and how to measure: the pages, the tray, a folder, and the two command lines."""

    pages: Pages
    tray: Tray
    folder: Path
    ours: Callable[[int], list[str]]
    """The program under measure, told its interval in seconds."""

    def bare(self) -> list[str]:
        """The program it is measured against."""
        url = f"https://127.0.0.1:{self.pages.ports[0]}{PATH}"
        return [sys.executable, "-m", "tests.bench.bare_tray", self.pages.ca, url]

    def log(self, name: str) -> Path:
        """Where a program's words go."""
        return self.folder / f"{name}.log"


def compared(what: str, unit: str, *, bare: float, ours: float, bound: float | None = None) -> Row:
    """A row of two figures; without a bound it is only printed."""
    ratio = ours / bare
    return Row(
        what,
        baseline=f"{bare:.1f} {unit}",
        ours=f"{ours:.1f} {unit}",
        ratio=f"{ratio:.2f}",
        bound="" if bound is None else f"{bound:.1f}x",
        ok=bound is None or ratio <= bound,
    )


def memory(bench: Bench, sweeps: int, interval: int) -> Row:
    """PSS after so many sweeps over all pages, against the bare tray after its one GET."""
    with running(bench.bare(), bench.log("bare")) as program:
        bench.tray.wait_for(program)
        time.sleep(SETTLE)
        bare = pss(program)
    with running(bench.ours(interval), bench.log("ours")) as program:
        bench.tray.wait_for(program)
        bench.pages.wait_for_sweeps(sweeps, program, 60 + sweeps * interval * 1.5)
        time.sleep(SETTLE)
        ours = pss(program)
    count = len(bench.pages.ports)
    what = f"memory (PSS), {count} sources, after {sweeps} sweeps"
    return compared(what, "MiB", bare=bare, ours=ours, bound=1.2)


def start(bench: Bench, runs: int) -> Row:
    """From the start of the process until the tray has its icon; the two take turns."""
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for turn in range(runs + 1):
        for name, command in (("bare", bench.bare()), ("ours", bench.ours(60))):
            began = time.perf_counter()
            with running(command, bench.log(name)) as program:
                bench.tray.wait_for(program)
                took = time.perf_counter() - began
            if turn:  # the first fills the caches of the file system
                times[name].append(took * 1000)
    bare, ours = (statistics.median(times[name]) for name in ("bare", "ours"))
    what = f"start until the icon shows, median of {runs}"
    return compared(what, "ms", bare=bare, ours=ours, bound=1.5)


def processor(bench: Bench, seconds: int, interval: int) -> Row:
    """Share of one core while watching, from the end of the first sweep on."""
    with running(bench.ours(interval), bench.log("ours")) as program:
        bench.tray.wait_for(program)
        bench.pages.wait_for_sweeps(1, program, 90)
        time.sleep(SETTLE)
        before, began = processor_seconds(program), time.monotonic()
        time.sleep(seconds)
        used, wall = processor_seconds(program) - before, time.monotonic() - began
    share = 100 * used / wall
    what = f"processor, {seconds} s of watching {len(bench.pages.ports)} sources over TLS"
    return Row(what, ours=f"{share:.3f} %", bound="0.2 %", ok=share <= 0.2)


def sweep(bench: Bench, count: int, bound: float, *, rounds: int, sweeps: int) -> Iterator[Row]:
    """Processor time of a sweep of so many sources, against `gather` over one httpx client."""
    took = costs.sweep(bench.folder, count, rounds=rounds, sweeps=sweeps)
    what = f"processor time of a sweep of {count} sources"
    yield compared(what, "ms", bare=took["plain"], ours=took["together"], bound=bound)
    for how, words in (("in-turn", "each in its turn"), ("changed", "every page changed")):
        yield compared(f"  {words}", "ms", bare=took["plain"], ours=took[how])


def reading(bench: Bench, *, rounds: int) -> Iterator[Row]:
    """Reading a page of 470 components, against decoding its bytes."""
    del bench
    for name, body in costs.payloads().items():
        took = costs.reading(body, rounds=rounds)
        what = f"reading the page of 470 components, {name}"
        yield compared(what, "us", bare=took["decode"], ours=took["read"], bound=3.0)
        yield compared("  for the first time", "us", bare=took["decode"], ours=took["first"])


_LARGE = 15_000
"""Bytes from which on reading is measured by its bound: below, decoding takes no longer than a few
calls of Python do, whatever they are for."""


def engines(bench: Bench, *, rounds: int) -> Iterator[Row]:
    """Looking at one document of every engine, and reading it, against decoding its bytes."""
    del bench
    for engine, (way, body) in sorted(costs.of_every_engine().items()):
        took = costs.one_reading(way, body, rounds=rounds)
        yield from _read(f"{len(body):,} bytes of {engine}", took, large=len(body) >= _LARGE)
    for form, body in costs.of_feeds().items():
        took = costs.one_reading(costs.FEED, body, rounds=rounds, bare=feedparser.parse)
        yield from _read(f"{len(body):,} bytes of {form}, against feedparser", took, large=True)


def _read(what: str, took: dict[str, float], *, large: bool) -> Iterator[Row]:
    """One document: as most looks find it, read all the same, and for the first time."""
    bare = took["decode"]
    bound = 3.0 if large else None
    yield compared(f"{what}, unchanged", "us", bare=bare, ours=took["same"], bound=bound)
    yield compared("  read", "us", bare=bare, ours=took["read"], bound=bound)
    yield compared("  read for the first time", "us", bare=bare, ours=took["first"])


def check(bench: Bench, *, rounds: int) -> Iterator[Row]:
    """`notifier check` of one source, against making one httpx client."""
    took = costs.check(bench.folder, rounds=rounds)
    what = f"`notifier check`, start to exit, median of {rounds}"
    yield compared(what, "ms", bare=took["client"], ours=took["open"], bound=1.5)
    yield compared("  over TLS", "ms", bare=took["client"], ours=took["secure"])


def peak(bench: Bench) -> Iterator[Row]:
    """Memory at most through hostile pages, against that before them."""
    del bench
    took = costs.peak()
    more = took["after"] - took["before"]
    what = "peak memory: gzip bomb, endless body, largest file"
    yield grown(what, took["before"], took["after"], more, 32.0)


def days(bench: Bench, *, hours: int, services: int) -> Iterator[Row]:
    """What days of watching leave behind, in virtual time, against hour two."""
    del bench
    descriptors, threads, memory = costs.days(hours, services)
    what = f"{hours} h of watching {services} sources, after hour 2"
    yield Row(f"{what}: descriptors", f"+{descriptors}", "+0", ok=descriptors <= 0)
    yield Row("  threads", f"+{threads}", "+0", ok=threads <= 0)
    yield Row("  memory (RSS)", f"+{memory:.2f} MiB", "+2 MiB", ok=memory <= 2)


_COUNTED = (
    ("false outage notices", ("false",)),
    ("outages missed", ("missed",)),
    ("outages told without their end", ("unpaired",)),
    ("ends told too early", ("early",)),
    ("services spoken of all the time", ("chatter",)),
    ("defects of our own, storms of looks", ("slip", "storm")),
)


def laptop(bench: Bench, *, lives: int) -> Iterator[Row]:
    """Lives of 30 days with a laptop and 40 tools: what was told, and how fast (faults.md, G3)."""
    del bench
    yield from lived_through(list(seeds.lived_in_parallel(range(1, lives + 1))))


def lived_through(judged: Sequence[Judged]) -> Iterator[Row]:
    """What so many lives amount to; the 95 % bound is of one life."""
    lives = len(judged)
    looks = sum(one.looks for one in judged)
    yield Row(f"{lives} x 30 days of a laptop, 40 tools: looks", f"{looks}", "", ok=True)
    for words, kinds in _COUNTED:
        found = seeds.count(judged, *kinds)
        most = seeds.at_most(found, lives)
        yield _none(f"  {words} (95 %: <= {most:.2f} a life)", judged, kinds)
    pages = seeds.spread(seeds.page_to_notice(judged))
    doors = seeds.spread(seeds.failure_to_suspicion(judged))
    yield _none(f"  page to notice: {pages}; late", judged, ("slow page",))
    yield _none(f"  to suspicion: {doors}; late", judged, ("slow suspicion",))
    each = seeds.notices_per_incident(judged)
    yield Row("  notices per real incident", f"{each:.2f}", "", ok=True)
    took = max(one.seconds for one in judged)
    yield Row("  processor time of the longest life", f"{took:.0f} s", "120 s", ok=took <= 120)


def _none(what: str, judged: Sequence[Judged], kinds: tuple[str, ...]) -> Row:
    """A count that must be 0, with what was found."""
    found = [str(one) for life in judged for one in life.findings if one.what in kinds]
    return Row(what, f"{len(found)}", "0", ok=not found, notes=tuple(found))


def grown(what: str, before: float, after: float, more: float, bound: float) -> Row:
    """A row of two figures in MiB whose difference is bounded."""
    figures = {"baseline": f"{before:.1f} MiB", "ours": f"{after:.1f} MiB"}
    return Row(what, **figures, ratio=f"+{more:.1f}", bound=f"+{bound:.0f}", ok=more <= bound)
