"""Boards built by hand: what was seen so many seconds ago, and what the rules make of it now."""

from dataclasses import replace

from notifier.judgement.draft import Draft
from notifier.judgement.looks import bad
from notifier.model.announcement import Announcement, NoticeId, Reason, Subject, ThreadId
from notifier.model.board import Board, Connection, Link, Sight, Standing, Thread, Told
from notifier.model.effect import Announce, Hush, LookAt, Record, Withdraw
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import (
    Failure,
    FailureKind,
    Observation,
    Outcome,
    Reading,
    Refusal,
    Says,
    Stage,
)
from notifier.model.service import KeySource, ProbeSource, Service, ServiceKey, Source, SourceId
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose
from tests.stories.story import ALIVE, NOON, REFERENCES, report, tool

NOW = Moment(NOON, 100_000.0)

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
IN_MAINTENANCE = report(Health.MAINTENANCE)

ANSWERS = Reading(Says.REACHABLE, Stage.PRODUCT, "HTTP 200", status=200)
ACCEPTED = Reading(Says.REACHABLE, Stage.ACCOUNT, "HTTP 200", status=200)
LIMITED = Reading(Says.LIMITED, Stage.FRONT, "HTTP 429", status=429)
RESET = Reading(Says.FAILING, Stage.CONNECT, "reset", silence=FailureKind.RESET)
TIMED_OUT = Reading(Says.FAILING, Stage.CONNECT, "silent", silence=FailureKind.TIMEOUT)

FINE = Verdict(Health.OPERATIONAL, Whose.NONE, None)
REPORTED = Verdict(Health.MAJOR_OUTAGE, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED)
SUSPECTED = Verdict(Health.MAJOR_OUTAGE, Whose.THEM, Cause.PAGE_SILENT, Confidence.SUSPECTED)
UNREAD = Verdict(Health.UNKNOWN, Whose.UNCLEAR, Cause.PAGE_UNREADABLE)


def refused(refusal: Refusal = Refusal.KEY_REJECTED) -> Reading:
    return Reading(Says.ACCOUNT, Stage.ACCOUNT, "HTTP 401", status=401, refusal=refusal)


def failed(kind: FailureKind, **more: float) -> Failure:
    return Failure(kind, f"{kind.value}.", **more)


def key_of(vendor: str) -> KeySource:
    url = f"https://{vendor}.test/v1/models"
    return KeySource(SourceId(f"key:{vendor}.test"), url, "openai", "bearer", vendor)


def keyed(name: str, **more: object) -> Service:
    """A service with a page, a front door, and an account of the person's own."""
    return tool(name, account=key_of(name), **more)


def local(name: str = "llama") -> Service:
    """A model server on this computer."""
    url = "http://127.0.0.1:11434/"
    probe = ProbeSource(SourceId(f"probe:{name}"), url, "ollama", local=True)
    return tool(name, page=False, probe=probe)


def ago(seconds: float) -> Moment:
    return NOW.later(-seconds)


def look(source: str | Source, outcome: Outcome, seconds: float = 20, **more: object):
    """One look that came home so many seconds ago."""
    id_ = SourceId(source) if isinstance(source, str) else source.id
    kept = Observation(id_, ago(seconds), ago(seconds), outcome)
    return replace(kept, **more)


def good(source: str | Source, outcome: Outcome = ALIVE, seconds: float = 20, **more: object):
    """A source whose last look was a good one."""
    seen = look(source, outcome, seconds)
    return replace(Sight(last=seen, good=seen, answered=(seen.began.steady,)), **more)


def fails(source: str | Source, outcome: Outcome, seconds: float = 20, good_ago: float = 0):
    """A source whose last look brought nothing; `good_ago` is when the last one did."""
    seen = look(source, outcome, seconds)
    before = look(source, UP if str(seen.source).startswith("page") else ALIVE, good_ago)
    return Sight(last=seen, good=before if good_ago else None, failures=1)


def confirmed(source: str | Source, outcome: Outcome, seconds: float = 20, **more: object):
    """A front door that failed and, so many seconds ago, failed again."""
    first = look(source, outcome, seconds + 12)
    seen = look(source, outcome, seconds, confirming=True)
    broken = seen if bad(seen) else None
    return replace(Sight(seen, doubt=first, confirmed=seen, broken=broken, failures=2), **more)


def doubted(source: str | Source, outcome: Outcome, seconds: float = 20, **more: object):
    """A front door that failed once."""
    seen = look(source, outcome, seconds)
    return replace(Sight(last=seen, doubt=seen, failures=1), **more)


def board(*sights: Sight, link: Link = Link.ONLINE, **more: object) -> Board:
    """What was seen of several sources; we are online for ten minutes."""
    online = Connection(link, ago(600))
    known = Board(sights={sight.last.source: sight for sight in sights}, connection=online)
    return replace(known, **more)


def stands(**verdicts: Verdict) -> dict[ServiceKey, Standing]:
    """How services stand, each for a minute."""
    return {ServiceKey(key): Standing(one, since=ago(60)) for key, one in verdicts.items()}


def world(*services: Service, **more: object) -> Settings:
    """What is watched, with three neutral references."""
    return Settings(services=services, **{"references": REFERENCES, **more})


def drafted(known: Board, settings: Settings, at: Moment = NOW) -> Draft:
    return Draft(known, settings, at)


def of(kind: type, draft: Draft) -> list:
    """What a draft wants, of one kind; of entries and silences what they hold."""
    wanted = [effect for effect in draft.effects if isinstance(effect, kind)]
    held = {Record: "entry", Hush: "withheld"}.get(kind)
    return [getattr(one, held) for one in wanted] if held else wanted


def asked(draft: Draft) -> list[str]:
    """Which sources a draft wants looked at."""
    return [order.source for order in of(LookAt, draft)]


def withdrawn(draft: Draft) -> list[str]:
    return [effect.notice for effect in of(Withdraw, draft)]


def outage(key: str, id_: str = "", **more: object) -> Thread:
    """An outage that goes on for ten minutes; its id is the service's, if not said otherwise."""
    kept = Thread(ThreadId(id_ or f"t-{key}"), (ServiceKey(key),), ago(600).utc)
    return replace(kept, **more)


def told(thread: Thread, verdict: Verdict = REPORTED, **more: object) -> Told:
    """What the person was told of a thread a minute ago, in a notice named for it."""
    kept = Told(
        thread=thread.id,
        health=verdict.health,
        suspected=verdict.confidence is Confidence.SUSPECTED,
        reason=Reason.OUTAGE,
        at=ago(60).utc,
        notice=NoticeId(f"n-{thread.id}"),
    )
    return replace(kept, **more)


def on_board(*threads: Thread, told_of: tuple[Told, ...] = ()) -> dict[str, object]:
    """Threads, and what was told of them, as a board keeps them."""
    return {
        "threads": {thread.id: thread for thread in threads},
        "told": {one.thread: one for one in told_of},
    }


def notice(*threads: Thread, reason: Reason = Reason.OUTAGE, id_: str = "n-1") -> Announcement:
    """A notice about outages, as it was handed to the channels a minute ago."""
    subjects = tuple(
        Subject(thread.id, tool(thread.services[0]), REPORTED, thread.opened) for thread in threads
    )
    return Announcement(NoticeId(id_), ago(60), reason, subjects)


def announced(draft: Draft) -> list[Announcement]:
    """The notices a draft wants told."""
    return [effect.announcement for effect in of(Announce, draft)]
