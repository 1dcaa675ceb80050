"""What looking costs, each a row: sweeps, reading a large page, a command, hostile pages, days."""

import importlib
import itertools
import json
import pkgutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import msgspec

from notifier import feeds
from notifier.feeds import Plan, Want, alone, memory
from notifier.model.last_reading import Document
from notifier.model.moment import Moment
from notifier.watch import documents
from notifier.watch.kept import Known, LastRead, known
from tests.bench.pages import large
from tests.bench.running import Pages, Unmeasurable
from tests.bench.server import PATH
from tests.bench.settings import settings
from tests.feeds import bodies, samples
from tests.feeds.bodies import CORPUS

ROOT = Path(__file__).resolve().parents[2]
CLOUDFLARE = ROOT.parent.joinpath(
    "shared/corpus/status-pages/statuspage",
    "cloudflare--summary-2026-07-30-pop-partial-outages.json",
)
MIB = 1024 * 1024


def run(*command: str, within: float = 300) -> str:
    """What a program prints; raises Unmeasurable where it fails or hangs."""
    try:
        done = subprocess.run(
            [sys.executable, *command],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=within,
        )
    except subprocess.TimeoutExpired:
        raise Unmeasurable(f"{' '.join(command)[:200]}: no end after {within:.0f} s") from None
    if done.returncode:
        raise Unmeasurable(f"{' '.join(command)[:200]}\n{done.stdout}{done.stderr[-2000:]}")
    return done.stdout


# -- sweeps ----------------------------------------------------------------------------------


class Sweeps:
    """Sweeps over so many pages on loopback, over http: that is the cheapest for the plain way.

    Over TLS it makes anew all connections but the twenty that a client of httpx keeps.
    """

    def __init__(self, folder: Path, count: int, *told: str) -> None:
        """Serve `count` pages; `told` are further words to the server."""
        self._folder = folder / f"sweeps-{count}{''.join(told)}"
        scheme = "https" if "--secure" in told else "http"
        self._pages = Pages(self._folder, "--pages", str(count), *told)
        self._profile = self._folder / "profile"
        self._profile.mkdir()
        written = settings(self._pages, 60, scheme=scheme)
        (self._profile / "settings.toml").write_text(written, "utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pages.close()

    def plain(self, sweeps: int) -> list[float]:
        """Seconds of processor time per sweep of one httpx client."""
        urls = [f"http://127.0.0.1:{port}{PATH}" for port in self._pages.ports]
        return self._sweep("plain", str(sweeps), self._pages.ca, *urls)

    def ours(self, how: str, sweeps: int) -> list[float]:
        """Seconds of processor time per sweep of ours, `together` or `in-turn`."""
        return self._sweep(how, str(sweeps), str(self._profile))

    def check(self) -> list[str]:
        """The command that looks at them once."""
        return ["-m", "notifier", "check", "--now", "--profile", str(self._profile)]

    def _sweep(self, *words: str) -> list[float]:
        before = self._pages.asked()
        costs: list[float] = json.loads(run("-m", "tests.bench.sweep", *words))
        asked = [now - then for now, then in zip(self._pages.asked(), before, strict=True)]
        if min(asked) < len(costs):
            raise Unmeasurable(f"{min(asked)} looks at a page in {len(costs)} sweeps: {words[0]}")
        return costs


def sweep(folder: Path, count: int, *, rounds: int, sweeps: int) -> dict[str, float]:
    """Milliseconds of processor time per sweep, by how it is done; they take turns."""
    with Sweeps(folder, count) as quiet, Sweeps(folder, count, "--restless") as restless:
        ways: dict[str, Callable[[], list[float]]] = {
            "plain": lambda: quiet.plain(sweeps),
            "together": lambda: quiet.ours("together", sweeps),
            "in-turn": lambda: quiet.ours("in-turn", sweeps),
            "changed": lambda: restless.ours("together", sweeps),
        }
        return {name: 1000 * cost for name, cost in in_turns(ways, rounds).items()}


def in_turns(ways: dict[str, Callable[[], Sequence[float]]], rounds: int) -> dict[str, float]:
    """The median of each way, taken alternately: what else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name] += way()
    return {name: statistics.median(costs) for name, costs in taken.items()}


# -- reading ---------------------------------------------------------------------------------


def payloads() -> dict[str, bytes]:
    """Large pages by what they are: one made up here, and the real one where it lies beside."""
    found = {"made up": large(datetime.now(UTC))}
    if CLOUDFLARE.is_file():
        found["Cloudflare's"] = CLOUDFLARE.read_bytes()
    return found


def of_every_engine() -> dict[str, tuple[alone.Way, bytes]]:
    """The largest JSON document of each engine that is read alone: a real one, else one made up."""
    found: dict[str, tuple[alone.Way, bytes]] = {}
    for body in sorted(_documents(), key=len):
        for way in alone.WAYS:
            if _reads(way, body):
                found[way.engine] = way, body
                break
    return found


def _documents() -> Iterator[bytes]:
    for path in sorted((CORPUS / "status-pages").rglob("*.json")):
        body = path.read_bytes()
        yield _as_served(body) if path.name.endswith(".derived.json") else body
    for module in pkgutil.iter_modules(samples.__path__, f"{samples.__name__}."):
        made = importlib.import_module(module.name)
        if hasattr(made, "SITE"):
            yield made.SITE[made.IDENTIFIES]


def _as_served(derived: bytes) -> bytes:
    """What somebody cut out of a web page and laid out for reading, as it comes by itself."""
    return msgspec.json.encode(msgspec.json.decode(derived.replace(b'"$undefined"', b"null")))


def _reads(way: alone.Way, body: bytes) -> bool:
    try:
        msgspec.json.decode(body)
        feeds.read(way.engine, way.plan, {way.want: body})
    except (feeds.Unreadable, msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def of_feeds() -> dict[str, bytes]:
    """A feed of each form, with twenty entries."""
    seen = [(f"incident-{n}", f"Elevated errors of model {n}") for n in range(20)]
    stories = [bodies.item(guid, title) for guid, title in seen]
    entries = [bodies.entry(STORY, id_=guid, title=title) for guid, title in seen]
    return {"RSS": bodies.rss(*stories), "Atom": bodies.atom(*entries)}


STORY = "<p><strong>Investigating</strong> - We look.</p>"

FEED = alone.Way("syndication", "feed", "feed")


def one_reading(
    way: alone.Way,
    body: bytes,
    *,
    rounds: int,
    bare: Callable[[bytes], object] = msgspec.json.decode,
) -> dict[str, float]:
    """Microseconds of processor time to decode `body` by `bare`, and to read it.

    `same` is what a look does most of the time: to find that it is what it was. `read` is to read
    it all the same, while all its pieces are remembered; `first` is as at a start.
    """
    plan = Plan(way.plan, (Want(way.want, URL),))
    at = Moment(datetime(2026, 11, 25, tzinfo=UTC), 0.0)
    report = feeds.read(way.engine, way.plan, {way.want: body})
    last = LastRead(way.plan, _known(way, body), report, 0.0, 0.0)

    def decode() -> list[float]:
        return _cost(bare, [body])

    def same() -> list[float]:
        def look(one: bytes) -> None:
            assert documents.unchanged(last, plan, _known(way, one), at, 0.0) is not None

        return _cost(look, [body])

    def read() -> list[float]:
        return _cost(lambda one: feeds.read(way.engine, way.plan, {way.want: one}), [body])

    def first() -> list[float]:
        memory.forget()
        return read()

    ways = {"first": first, "decode": decode, "read": read, "same": same}
    costs = in_turns(ways, rounds)
    return {name: 1e6 * cost for name, cost in costs.items()}


URL = "https://status.example.com/"


def _known(way: alone.Way, body: bytes) -> dict[str, Known]:
    return {way.want: known(Document(URL, body), with_body=False)}


def reading(body: bytes, *, rounds: int) -> dict[str, float]:
    """Microseconds of processor time to decode `body`, to read it, and to read it first.

    As in life, where a page is read whenever something on it changed: no page is read twice, each
    has another date and another part that changed.
    """
    pages = changing(body)
    first = 1e6 * _cost(_read, [body])[0]
    taken: dict[str, list[float]] = {"decode": [], "read": []}
    for _ in range(rounds):
        together = list(itertools.islice(pages, 10))
        taken["decode"] += _cost(msgspec.json.decode, together)
        taken["read"] += _cost(_read, together)
    return {"first": first, **{name: 1e6 * statistics.median(taken[name]) for name in taken}}


def _read(body: bytes) -> None:
    feeds.read("statuspage", "summary", {"summary": body})


def changing(body: bytes) -> Iterator[bytes]:
    """The page as it goes on: each time another of its parts has just changed its state."""
    page = msgspec.json.decode(body)
    for second, part in enumerate(itertools.cycle(page["components"])):
        now = datetime(2026, 11, 25, tzinfo=UTC) + timedelta(seconds=second)
        page["page"]["updated_at"] = part["updated_at"] = f"{now:%Y-%m-%dT%H:%M:%S.000Z}"
        worse = part["status"] == "operational"
        part["status"] = "degraded_performance" if worse else "operational"
        yield msgspec.json.encode(page)


def _cost(work: Callable[[bytes], object], pages: Sequence[bytes]) -> list[float]:
    began = time.process_time()
    for page in pages:
        work(page)
    return [(time.process_time() - began) / len(pages)]


# -- a command -------------------------------------------------------------------------------


def check(folder: Path, *, rounds: int) -> dict[str, float]:
    """Milliseconds from start to exit of `notifier check` of one source, and of making a client.

    The source is asked over http (`open`) or over TLS, for which the system's authorities are read.
    """
    with Sweeps(folder, 1) as served, Sweeps(folder, 1, "--secure") as secure:
        ways = {
            "client": lambda: _took("-c", "import httpx; httpx.Client()"),
            "open": lambda: _took(*served.check()),
            "secure": lambda: _took(*secure.check()),
        }
        in_turns(ways, 1)  # fills the caches of the file system
        return {name: 1000 * cost for name, cost in in_turns(ways, rounds).items()}


def _took(*command: str) -> list[float]:
    began = time.perf_counter()
    run(*command, within=60)
    return [time.perf_counter() - began]


# -- hostile pages, and days -----------------------------------------------------------------


def peak() -> dict[str, float]:
    """MiB resident at most before hostile pages were looked at, and after (see hostile.py)."""
    said: dict[str, float] = json.loads(run("-m", "tests.bench.hostile"))
    return said


def days(hours: int, services: int) -> tuple[int, int, float]:
    """What grew from hour two on, in a process of its own: descriptors, threads, MiB resident."""
    said = run("-m", "tests.rehearsal.seventy_two_hours", str(hours), str(services), within=3600)
    usage = json.loads(said)
    if not usage["notices"]:
        raise Unmeasurable("Days without a notice: nothing was watched.")
    return usage["descriptors"], usage["threads"], usage["memory"] / MIB
