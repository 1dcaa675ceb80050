"""Looking back: what was seen and told in a span of time, from the owner's file or beside it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from notifier.model.announcement import NoticeId
from notifier.model.observation import Incident
from notifier.model.past import Past, TimeLooked, WordGiven
from notifier.model.record import WORD, IncidentSeen, LogLine
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.service import ServiceKey, SourceId
from notifier.model.verdict import Override, Word
from notifier.storage import database, past
from notifier.storage.recall import SOURCES, Row, each, texts
from notifier.storage.rows import micros, moment, words

MOST_LINES = 1000
MOST_INCIDENTS = 200

_SERVICES = """
SELECT DISTINCT subject FROM runs WHERE began < :until AND COALESCE(until, :now) > :since
ORDER BY subject
"""
_WORDS = """
SELECT subject, state, began, until FROM runs
WHERE subject LIKE :word AND state IN (SELECT value FROM json_each(:states))
AND COALESCE(until, :now) >= :since ORDER BY began DESC LIMIT :limit
"""
_KNOWN = "SELECT DISTINCT subject FROM runs ORDER BY subject"
_TOLD_OF = "SELECT services FROM threads UNION SELECT services FROM notices"

# Those of a page, and those a thread of the service once named: a removed service has no page.
_INCIDENTS = """
SELECT source, json, last_seen FROM incidents
WHERE last_seen >= :since AND (:all OR source IN (SELECT value FROM json_each(:sources)) OR id IN (
    SELECT named.value FROM threads, json_each(threads.incidents) AS named
    WHERE INSTR(threads.services, :wanted)
))
ORDER BY last_seen DESC LIMIT :limit
"""

# SQLite takes the other columns from the row that has the greatest time.
_LAST_RELAYED = """
SELECT notice, kind, name, state, MAX(at), tries, why FROM relayed GROUP BY kind, name
"""


def review(
    db: sqlite3.Connection,
    services: Iterable[ServiceKey],
    sources: Iterable[SourceId],
    since: datetime,
    now: datetime,
) -> Past:
    """What was seen and told since then of `services`, whose pages are `sources`; of all: none.

    A run that is open has lasted until `now`, the last sign of life.
    """
    wanted = tuple(services)
    keys = wanted or tuple(_services(db, since, now))
    return Past(
        since=since,
        until=now,
        looked=tuple(_looked(db, key, since, now) for key in keys),
        incidents=_incidents(db, wanted, tuple(sources), since),
        log=_log(db, wanted, since),
        known=tuple(sorted(_known(db))),
        words=tuple(one for one in _words(db, since, now) if not wanted or one.service in wanted),
    )


def review_file(
    path: Path, services: Iterable[ServiceKey], sources: Iterable[SourceId], since: datetime
) -> Past | None:
    """The same where nobody owns the file, which stays as it is; None where it cannot be read."""
    db = untouched(path)
    if db is None:
        return None
    with closing(db):
        try:
            return review(db, services, sources, since, last_alive(db))
        except database.TROUBLE:
            return None


def last_relayed(path: Path) -> tuple[Relayed, ...]:
    """What became of the last notice on each way; the file stays as it is, readable or not."""
    db = untouched(path) if path.exists() else None
    if db is None:
        return ()
    with closing(db):
        try:
            return tuple(each(db.execute(_LAST_RELAYED), _relayed))
        except database.TROUBLE:
            return ()


def _relayed(row: Row) -> Relayed:
    notice, kind, name, state, at, tries, why = row
    return Relayed(
        notice=NoticeId(str(notice)),
        kind=RelayKind(kind),
        name=str(name),
        state=RelayState(state),
        at=moment(at),
        tries=int(tries),
        why=str(why),
    )


def log_file(path: Path, service: ServiceKey, limit: int) -> tuple[LogLine, ...]:
    """The newest lines about `service` where nobody owns the file; none where there is none."""
    db = untouched(path) if path.exists() else None
    if db is None:
        return ()
    with closing(db):
        try:
            return past.log(db, service, limit)
        except database.TROUBLE:
            return ()


def untouched(path: Path) -> sqlite3.Connection | None:
    """Open what nobody may be writing.

    Where no log lies beside it, an ordinary reader would make one, and leave it there.
    """
    return database.open_to_read(path, ways_to_read(path))


def ways_to_read(path: Path) -> tuple[str, ...]:
    """How to open a file that is to stay as it lies, first choice first."""
    log = path.with_name(f"{path.name}-wal")
    return database.TO_READ if log.exists() else database.TO_READ[1:]


def last_alive(db: sqlite3.Connection) -> datetime:
    """The last sign of life of whoever wrote it."""
    row = db.execute("SELECT value FROM meta WHERE name = 'alive_at'").fetchone()
    return moment(0 if row is None else int(row[0]))


def _services(db: sqlite3.Connection, since: datetime, now: datetime) -> Iterator[ServiceKey]:
    """Those of which anything was known, or which were at least to be looked at."""
    named = {"since": micros(since), "until": micros(now), "now": micros(now)}
    for (subject,) in db.execute(_SERVICES, named):
        if not str(subject).startswith(SOURCES):
            yield ServiceKey(str(subject))


def _looked(
    db: sqlite3.Connection, service: ServiceKey, since: datetime, now: datetime
) -> TimeLooked:
    times = past.uptime(db, service, since, now, now)
    return TimeLooked(service, times.well_s, times.looked_s)


def _log(
    db: sqlite3.Connection, services: tuple[ServiceKey, ...], since: datetime
) -> tuple[LogLine, ...]:
    """The lines of each service, every line once."""
    found: dict[LogLine, None] = {}
    for service in services or (None,):
        found |= dict.fromkeys(past.log(db, service, MOST_LINES, since))
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))


def _incidents(
    db: sqlite3.Connection,
    services: tuple[ServiceKey, ...],
    sources: tuple[SourceId, ...],
    since: datetime,
) -> tuple[IncidentSeen, ...]:
    """Newest first. What was over before then is left out, though it may be seen only since."""
    found: dict[tuple[SourceId, str], IncidentSeen] = {}
    for service in services or (ServiceKey(""),):
        named = {
            "since": micros(since),
            "all": not services,
            "sources": words(sources),
            "wanted": words([service])[1:-1],
            "limit": MOST_INCIDENTS,
        }
        for seen in each(db.execute(_INCIDENTS, named), incident_of):
            ended = seen.incident.resolved_at
            if ended is None or ended >= since:
                found[seen.source, seen.incident.id] = seen
    return tuple(sorted(found.values(), key=_when, reverse=True))


def _when(seen: IncidentSeen) -> datetime:
    return seen.incident.started_at or seen.at


def incident_of(row: Row) -> IncidentSeen:
    """An incident out of its row.

    Raises:
        ValueError: the row does not hold one.
    """
    source, document, last_seen = row
    try:
        incident = msgspec.convert(json.loads(document), Incident)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    return IncidentSeen(SourceId(str(source)), incident, moment(last_seen))


def _words(db: sqlite3.Connection, since: datetime, now: datetime) -> Iterator[WordGiven]:
    """What the person said of services, newest first."""
    named = {
        "word": f"{WORD}%",
        "states": words(word.value for word in Override),
        "since": micros(since),
        "now": micros(now),
        "limit": MOST_LINES,
    }
    return each(db.execute(_WORDS, named), _word)


def _word(row: Row) -> WordGiven:
    subject, state, began, until = row
    ended = None if until is None else moment(until)
    return WordGiven(
        ServiceKey(str(subject).removeprefix(WORD)), Word(Override(state), moment(began), ended)
    )


def _known(db: sqlite3.Connection) -> set[ServiceKey]:
    """Every service there ever was."""
    subjects = {str(subject) for (subject,) in db.execute(_KNOWN)}
    named = [key for found in each(db.execute(_TOLD_OF), _texts) for key in found]
    return {ServiceKey(key) for key in (*subjects, *named) if not key.startswith(SOURCES)}


def _texts(row: Row) -> tuple[str, ...]:
    return texts(row[0])
