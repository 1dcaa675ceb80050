"""The JSON of interfaces.md, key by key, in its order. Prints nothing."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from notifier.model.announcement import Notice, ThreadId, Withheld
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Incident, Maintenance, Part, Report
from notifier.model.picture import Picture, Row, ShownAccount, ShownServer
from notifier.model.service import ServiceKey
from notifier.model.verdict import Evidence, EvidenceKind, Verdict, Word
from notifier.wording import sink
from notifier.wording.headlines import connection_detail
from notifier.wording.say import English
from notifier.wording.verdicts import with_age

Document = dict[str, Any]

SCHEMA = 1

_SAY = English()
"""Documents are read by programs: they are always English."""

_STAGED = frozenset({EvidenceKind.PROBE, EvidenceKind.KEY, EvidenceKind.LOCAL})
"""Evidence of somebody at a door: how far they got, and what that proves."""


class Origin(Enum):
    """Where a picture comes from: the owner, a look just now, or readings still young."""

    OWNER = "owner"
    LOOKED = "looked"
    CACHE = "cache"


def check(picture: Picture, origin: Origin) -> Document:
    """The document of `notifier check --json`."""
    return _plain(
        {
            "schema": SCHEMA,
            "at": time(picture.at.utc),
            "source": origin.value,
            "lamp": picture.lamp.value,
            "connection": {
                "state": picture.connection.link.value,
                "detail": connection_detail(_SAY, picture.connection),
            },
            "overall": picture.overall.value,
            "services": [service(row, picture.at, origin) for row in picture.rows],
        }
    )


def service(row: Row, at: Moment, origin: Origin) -> Document:
    """One service of `check`; `why` and `fallback` print the same object.

    Only the owner knows what a person was told and since when we think so; without one `since` is
    the vendor's own stated start.
    """
    owned = origin is Origin.OWNER
    told = row.told if owned else None
    return _plain(
        {
            "id": row.key,
            "name": row.service.name,
            "home": row.service.home,
            "status_page": row.service.page.url if row.service.page else None,
            "state": row.verdict.health.value,
            **_finding(row.verdict),
            "upstream": row.verdict.upstream,
            "override": _word(row.override),
            "since": time(row.since if owned else row.verdict.since),
            "checked_at": time(row.checked.utc if row.checked else None),
            "next_look_at": time(row.next_look.utc if row.next_look else None),
            "last_known": _last_known(row.last_known, row.last_known_at),
            "summary": with_age(_SAY, row, at),
            "next_step": row.next_step,
            "thread": row.thread if owned else None,
            "told": {"reason": told.reason, "at": time(told.at)} if told else None,
            "snoozed_until": time(row.snoozed_until if owned else None),
            "parts": [part(one.part) | {"chosen": one.chosen} for one in row.parts],
            "incidents": [
                incident(one, row.thread if owned and one.id in row.thread_incidents else None)
                for one in row.incidents
            ],
            "maintenance": [_maintenance(planned) for planned in row.maintenance],
            "evidence": [_evidence(line, at) for line in row.verdict.evidence],
            "fallbacks": [
                {
                    "id": one.id,
                    "name": one.name,
                    "state": one.state.value,
                    "why": list(one.why),
                    "url": one.url,
                }
                for one in row.fallbacks
            ],
            "excluded": [{"id": one.id, "name": one.name, "why": one.why} for one in row.excluded],
            "account": _word(row.verdict.account),
            "key": _key(row.account),
            "server": _server(row.server),
            "words": [word(one) for one in row.words] if owned else [],
        }
    )


def reading(report: Report, health: Health, *, stale: bool) -> Document:
    """The document of `notifier read --json`, of a feed that was read: every part counts."""
    return _plain(
        {
            **_readable(report.engine, None),
            "name": report.name,
            "home": report.home,
            "state": health.value,
            "as_of": time(report.as_of),
            "stale": stale,
            "parts": [part(one) | {"chosen": True} for one in report.parts],
            "incidents": [incident(one) for one in report.incidents],
            "maintenance": [_maintenance(planned) for planned in report.maintenance],
        }
    )


def unreadable(problem: str, engine: str | None) -> Document:
    """The document of `notifier read --json` where there is nothing that could be read."""
    unknown = {"name": None, "home": None, "state": "unknown", "as_of": None, "stale": False}
    empty: Document = {"parts": [], "incidents": [], "maintenance": []}
    return _plain({**_readable(engine, problem), **unknown, **empty})


def _readable(engine: str | None, problem: str | None) -> Document:
    return {"schema": SCHEMA, "engine": engine, "readable": problem is None, "problem": problem}


When = float | datetime
"""Seconds since a scenario began (`t`), or a time (`at`)."""


def notice(told: Notice, when: When) -> Document:
    """What a person was shown, as `rehearse`, `watch` and hooks see it."""
    return _plain(
        {
            **_stamp(when),
            "kind": "notice",
            "thread": told.root,
            "reason": told.reason.value,
            "services": list(told.services),
            "whose": told.whose,
            "cause": told.cause,
            "confidence": told.confidence,
            "title": told.title,
            "body": told.body,
            "actions": [action.value for action in told.actions],
            "replaces": told.replaces,
            "duration_s": None if told.duration is None else round(told.duration),
            "fallbacks": [{"id": one.id, "name": one.name, "url": one.url} for one in told.offers],
        }
    )


def withheld(silence: Withheld, when: When) -> Document:
    """What a person was not told, and why."""
    return {
        **_stamp(when),
        "kind": "withheld",
        "thread": silence.thread,
        "reason": silence.reason.value,
        "services": list(silence.services),
        "would_be": _word(silence.would_be),
    }


def closed(thread: ThreadId | None, services: Sequence[ServiceKey], when: When) -> Document:
    """A notice that is no longer true and was withdrawn."""
    return {**_stamp(when), "kind": "closed", "thread": thread, "services": list(services)}


def picture(shown: Picture, when: When) -> Document:
    """How everything stands, in a few words per service."""
    return {
        **_stamp(when),
        "kind": "picture",
        "lamp": shown.lamp.value,
        "connection": shown.connection.link.value,
        "services": {
            row.key: {"state": row.verdict.health.value, **_finding(row.verdict)}
            for row in sorted(shown.rows, key=lambda row: row.key)
        },
    }


def same_picture(one: Picture, other: Picture) -> bool:
    """Whether both say the same as a `picture`, as two that follow each other nearly always do."""
    if (one.lamp, one.connection.link) != (other.lamp, other.connection.link):
        return False
    if len(one.rows) == len(other.rows):
        pairs = zip(one.rows, other.rows, strict=True)
        painted_anew = [(row, its) for row, its in pairs if row is not its]
        if all(_same_line(row, its) for row, its in painted_anew):
            return True
    return picture(one, 0.0) == picture(other, 0.0)


def _same_line(one: Row, other: Row) -> bool:
    """Whether two rows are certainly the same line of a `picture`."""
    return one.key == other.key and one.verdict.same_finding(other.verdict)


def dumps(document: Mapping[str, Any], *, one_line: bool = False) -> str:
    """A document as text, in ASCII whatever the locale; `one_line` for streams of them."""
    return json.dumps(document, indent=None if one_line else 2)


def time(at: datetime | None) -> str | None:
    """A time in UTC as RFC 3339 writes it."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _finding(verdict: Verdict) -> Document:
    return {
        "whose": verdict.whose.value,
        "cause": _word(verdict.cause),
        "confidence": _word(verdict.confidence),
    }


def _last_known(health: Health | None, at: datetime | None) -> Document | None:
    return None if health is None else {"state": health.value, "at": time(at)}


def part(told: Part) -> Document:
    """One component of a page."""
    id_, state = told.id or None, told.health.value
    return {"id": id_, "name": told.name, "group": told.group, "state": state}


def incident(told: Incident, thread: ThreadId | None = None) -> Document:
    """One incident as its vendor tells it, with the thread it belongs to here."""
    return {
        "id": told.id,
        "thread": thread,
        "title": told.title,
        "phase": told.phase.value,
        "impact": told.impact.value,
        "parts": [part.name for part in told.parts],
        "started_at": time(told.started_at),
        "updated_at": time(told.updated_at),
        "resolved_at": time(told.resolved_at),
        "url": told.url,
        "updates": [
            {"at": time(update.at), "phase": _word(update.phase), "text": update.text}
            for update in told.updates
        ],
    }


def word(given: Word) -> Document:
    """The person's own word, and how long it held."""
    return {
        "override": given.override.value,
        "from": time(given.since),
        "until": time(given.until),
    }


def _key(shown: ShownAccount | None) -> Document | None:
    """What became of the person's own key; never the key."""
    if shown is None:
        return None
    return {
        "entry": shown.entry,
        "host": shown.host,
        "state": shown.fate.value,
        "store": _word(shown.store),
        "checked_at": time(shown.checked.utc if shown.checked else None),
    }


def _server(shown: ShownServer | None) -> Document | None:
    """A model server on this computer."""
    if shown is None:
        return None
    return {"host": shown.host, "running": shown.running, "models": list(shown.models)}


def _maintenance(planned: Maintenance) -> Document:
    return {
        "id": planned.id,
        "title": planned.title,
        "phase": planned.phase.value,
        "from": time(planned.starts_at),
        "until": time(planned.ends_at),
    }


def _evidence(line: Evidence, at: Moment) -> Document:
    return _said(line, at) | {"contradicts": line.contradicts}


def _said(line: Evidence, at: Moment) -> Document:
    document: Document = {
        "kind": line.kind.value,
        "id": line.id,
        "at": time(line.at.utc),
        "age_s": int(at.since(line.at)),
    }
    if line.kind in _STAGED:
        document |= {"stage": _word(line.stage), "fresh": line.fresh}
    document |= {"says": line.says, "detail": line.detail}
    if line.kind in _STAGED:
        return document | {"proves": line.proves} | _way(line)
    if line.kind is EvidenceKind.PERSON:
        return document
    latency = None if line.latency is None else _milliseconds(line.latency)
    return document | {"latency_ms": latency} | _way(line)


def _way(line: Evidence) -> Document:
    """How long each stage took, and at which one it broke; without a key where nobody knows."""
    passed = {f"{one.stage.value}_ms": _milliseconds(one.seconds) for one in line.stages}
    document: Document = {"stages": passed} if passed else {}
    return document if line.stopped is None else document | {"stopped": line.stopped.value}


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _word(word: Enum | None) -> str | None:
    return None if word is None else str(word.value)


def _stamp(when: When) -> Document:
    if isinstance(when, datetime):
        return {"at": time(when)}
    return {"t": round(when, 3)}


def _plain(document: Document) -> Document:
    """`document` with every text on one line and without characters that act.

    Titles and updates are a vendor's; whoever prints our JSON to a terminal must not be moved by
    them.
    """
    return {key: _harmless(value) for key, value in document.items()}


def _harmless(value: Any) -> Any:
    match value:
        case str() if not (value.isascii() and value.isprintable()):
            return " ".join(sink.harmless(value).split())
        case dict():
            return _plain(value)
        case list():
            return [_harmless(inner) for inner in value]
        case _:
            return value
