"""What the history holds on the last outage of a service; the rows of `runs` become spells."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from notifier.model import trace as kept
from notifier.model.announcement import ThreadId
from notifier.model.board import Topic
from notifier.model.dossier import Door, Dossier, Spell
from notifier.model.health import Health
from notifier.model.observation import Incident
from notifier.model.record import IncidentSeen
from notifier.model.service import ServiceKey, SourceId
from notifier.model.trace import Break, LastOutage, Vouched
from notifier.storage import database
from notifier.storage.recall import Row, each, texts
from notifier.storage.review import incident_of, last_alive, untouched
from notifier.storage.rows import micros, moment, words

MOST_SPELLS = 500
"""Spells of one subject within one outage; beyond that the oldest are left out."""

# The one that goes on, else the one that ended last.
_LAST = """
SELECT id, opened, closed, worst, incidents FROM threads
WHERE topic = :outage AND INSTR(services, :wanted)
ORDER BY closed IS NULL DESC, COALESCE(closed, opened) DESC, rowid DESC LIMIT 1
"""
_SPELLS = """
SELECT state, began, until, looks, looked, first_break, last_break FROM runs
WHERE subject = :subject AND began <= :until AND COALESCE(until, :until) >= :since
ORDER BY began DESC, rowid DESC LIMIT :limit
"""
_VOUCHED = "SELECT thread, at, answered, asked FROM vouched WHERE thread = :thread ORDER BY at"
_INCIDENTS = """
SELECT source, json, last_seen FROM incidents
WHERE id IN (SELECT value FROM json_each(:ids)) AND (:page IS NULL OR source = :page)
"""
_OUTAGES = "SELECT id, services, closed FROM threads WHERE topic = :outage ORDER BY rowid"


def last_outage(
    db: sqlite3.Connection,
    service: ServiceKey,
    sources: Iterable[SourceId],
    now: datetime,
    *,
    watched: bool = True,
) -> Dossier | None:
    """The outage of `service` that goes on, else its last; None where none was written down.

    `sources` are what is looked at for it. A run that is open has lasted until `now`.
    """
    named = {"outage": Topic.OUTAGE.value, "wanted": words([service])[1:-1]}
    found = next(each(db.execute(_LAST, named), _thread), None)
    if found is None:
        return None
    thread, opened, closed, worst, incidents = found
    vouched = tuple(each(db.execute(_VOUCHED, {"thread": thread}), _voucher))
    since = min((opened, *(one.at for one in vouched[:1])))
    span = (since, closed or now)
    page, doors = _divided(sources)
    return Dossier(
        thread=thread,
        opened=since,
        closed=closed,
        worst=worst,
        until=now,
        watched=watched,
        doors=tuple(_door(db, source, span) for source in doors),
        stated=_spells(db, kept.stated(service), span),
        incidents=_incidents(db, incidents, page),
        vouched=vouched,
        looking=_spells(db, kept.LOOKING, span),
        link=_spells(db, kept.LINK, span),
    )


def last_outage_in_file(
    path: Path, service: ServiceKey, sources: Iterable[SourceId]
) -> Dossier | None:
    """The same where nobody owns the file, which stays as it is.

    Raises:
        OSError: it cannot be read.
    """
    db = untouched(path)
    if db is None:
        raise OSError("it cannot be read")
    with closing(db), closing(database.grown_copy(db)) as grown:
        try:
            return last_outage(grown, service, sources, last_alive(grown), watched=False)
        except database.TROUBLE as error:
            raise OSError(str(error)) from error


def outages(db: sqlite3.Connection) -> dict[ServiceKey, LastOutage]:
    """The last outage of each service there ever was."""
    found: dict[ServiceKey, LastOutage] = {}
    for keys, last in each(db.execute(_OUTAGES, {"outage": Topic.OUTAGE.value}), _last):
        found.update(dict.fromkeys(keys, last))
    return found


def _divided(sources: Iterable[SourceId]) -> tuple[SourceId | None, tuple[SourceId, ...]]:
    """The page, and the front doors and accounts."""
    named = tuple(sources)
    page = next((one for one in named if one.startswith("page:")), None)
    return page, tuple(one for one in named if not one.startswith("page:"))


def _door(db: sqlite3.Connection, source: SourceId, span: tuple[datetime, datetime]) -> Door:
    return Door(source, _spells(db, source, span), _spells(db, kept.slow(source), span))


def _spells(
    db: sqlite3.Connection, subject: str, span: tuple[datetime, datetime]
) -> tuple[Spell, ...]:
    """Those that touch `span`, oldest first."""
    named = {
        "subject": subject,
        "since": micros(span[0]),
        "until": micros(span[1]),
        "limit": MOST_SPELLS,
    }
    return tuple(reversed(tuple(each(db.execute(_SPELLS, named), _spell))))


def _thread(row: Row) -> tuple[ThreadId, datetime, datetime | None, Health, tuple[str, ...]]:
    id_, opened, closed, worst, incidents = row
    ended = None if closed is None else moment(closed)
    return ThreadId(str(id_)), moment(opened), ended, Health(worst), texts(incidents)


def _spell(row: Row) -> Spell:
    state, began, until, looks, looked, first, latest = row
    return Spell(
        state=str(state),
        began=moment(began),
        until=None if until is None else moment(until),
        looks=int(looks),
        last=None if looked is None else moment(looked),
        first=_break(first),
        latest=_break(latest),
    )


def _break(document: str | None) -> Break | None:
    if document is None:
        return None
    try:
        return msgspec.convert(json.loads(document), Break)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _voucher(row: Row) -> Vouched:
    thread, at, answered, asked = row
    return Vouched(ThreadId(str(thread)), moment(at), int(answered), int(asked))


def _incidents(
    db: sqlite3.Connection, ids: tuple[str, ...], page: SourceId | None
) -> tuple[Incident, ...]:
    """As last read, in the order in which they began."""
    named = {"ids": words(ids), "page": page}
    seen = tuple(each(db.execute(_INCIDENTS, named), incident_of))
    return tuple(one.incident for one in sorted(seen, key=_began))


def _began(seen: IncidentSeen) -> datetime:
    return seen.incident.started_at or seen.at


def _last(row: Row) -> tuple[tuple[ServiceKey, ...], LastOutage]:
    id_, services, closed = row
    ended = None if closed is None else moment(closed)
    return tuple(ServiceKey(key) for key in texts(services)), LastOutage(ThreadId(id_), ended)
