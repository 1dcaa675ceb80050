"""Entries of the diary as statements for SQLite: pure, and safe for any text and number."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from notifier.model.announcement import Notice, Withheld
from notifier.model.board import Mute, Thread, Told
from notifier.model.drill import FallbacksTested
from notifier.model.record import (
    IncidentSeen,
    LookCounted,
    MuteKept,
    NoticeHeard,
    NoticeIntended,
    NoticeKeptBack,
    NoticeOwed,
    NoticeWithdrawn,
    PauseKept,
    RunBegan,
    SilenceKept,
    ThreadKept,
)
from notifier.model.relay import Relayed
from notifier.model.trace import Vouched
from notifier.storage.digests import Digest

Value = str | int | None
Statement = tuple[str, dict[str, Value]]

Kept = (
    RunBegan
    | Digest
    | LookCounted
    | IncidentSeen
    | ThreadKept
    | NoticeIntended
    | NoticeHeard
    | NoticeKeptBack
    | NoticeOwed
    | NoticeWithdrawn
    | SilenceKept
    | MuteKept
    | PauseKept
    | Vouched
    | Relayed
    | FallbacksTested
)
"""What becomes rows: the entries, with single looks already gathered into digests."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Half a character pair cannot be written as UTF-8, and a NUL ends a text for half of SQLite.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


_END_RUN = """
UPDATE runs SET until = MAX(began, :at)
WHERE subject = :subject AND until IS NULL AND state <> :state
"""
_BEGIN_RUN = """
INSERT INTO runs (subject, began, state) SELECT :subject, :at, :state
WHERE NOT EXISTS (SELECT 1 FROM runs WHERE subject = :subject AND until IS NULL)
"""
_COUNTED = """
UPDATE runs SET looks = looks + 1, looked = :at,
    first_break = COALESCE(first_break, :broke), last_break = COALESCE(:broke, last_break)
WHERE subject = :subject AND until IS NULL
"""
_VOUCHED = """
INSERT OR REPLACE INTO vouched (thread, at, answered, asked)
VALUES (:thread, :at, :answered, :asked)
"""
# An hour may have been begun by an earlier run of the program. Percentiles of two halves cannot
# be joined exactly; each counts by its number of looks.
_DIGEST = """
INSERT INTO digests (source, hour, count, total, least, most, p50, p95)
VALUES (:source, :hour, :count, :total, :least, :most, :p50, :p95)
ON CONFLICT (source, hour) DO UPDATE SET
    count = count + excluded.count,
    total = total + excluded.total,
    least = MIN(least, excluded.least),
    most = MAX(most, excluded.most),
    p50 = (p50 * count + excluded.p50 * excluded.count) / (count + excluded.count),
    p95 = (p95 * count + excluded.p95 * excluded.count) / (count + excluded.count)
"""
_INCIDENT = """
INSERT INTO incidents (source, id, json, first_seen, last_seen)
VALUES (:source, :id, :json, :at, :at)
ON CONFLICT (source, id) DO UPDATE SET json = excluded.json, last_seen = excluded.last_seen
"""
_THREAD = """
INSERT INTO threads
    (id, services, opened, incidents, worst, closed, topic, cause, turns, part_of)
VALUES
    (:id, :services, :opened, :incidents, :worst, :closed, :topic, :cause, :turns, :part_of)
ON CONFLICT (id) DO UPDATE SET
    services = excluded.services,
    opened = excluded.opened,
    incidents = excluded.incidents,
    worst = excluded.worst,
    closed = excluded.closed,
    cause = excluded.cause,
    turns = excluded.turns,
    part_of = excluded.part_of
"""
_HIGHEST = """
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = MAX(value, excluded.value)
"""
_NOTICE = """
INSERT OR REPLACE INTO notices
    (id, threads, reason, title, body, services, intended_at, open_url)
VALUES (:id, :threads, :reason, :title, :body, :services, :at, :open_url)
"""
_HEARD = """
UPDATE notices SET outcome = 'told', answered_at = :at, channel = :channel, handle = :handle
WHERE id = :id
"""
_TOLD = """
INSERT OR REPLACE INTO told (thread, health, suspected, reason, at, notice, over, root, said)
VALUES (:thread, :health, :suspected, :reason, :at, :notice, :over, :root, :said)
"""
_KEPT_BACK = "UPDATE notices SET kept_back_by = :by WHERE id = :id"
_TOLD_KEPT_BACK = "UPDATE told SET kept_back = 1 WHERE notice = :id"
_OWED = "UPDATE notices SET outcome = 'owed', answered_at = :at, why = :why WHERE id = :id"
_WITHDRAWN = """
UPDATE notices SET withdrawn_at = :at,
    outcome = CASE outcome WHEN 'told' THEN 'told' ELSE 'withdrawn' END WHERE id = :id
"""
_SILENCE = """
INSERT INTO silences (at, thread, services, reason, would_be)
VALUES (:at, :thread, :services, :reason, :would_be)
"""
_MUTE = """
INSERT OR REPLACE INTO mutes (thread, acknowledged, until)
VALUES (:thread, :acknowledged, :until)
"""
_UNMUTE = "DELETE FROM mutes WHERE thread = :thread"
_RELAYED = """
INSERT OR REPLACE INTO relayed (notice, kind, name, state, at, tries, why)
VALUES (:notice, :kind, :name, :state, :at, :tries, :why)
"""
_META = "INSERT OR REPLACE INTO meta (name, value) VALUES (:name, :value)"
_NO_META = "DELETE FROM meta WHERE name = :name"


def text(value: str) -> str:
    """`value` with what SQLite cannot store replaced by U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", value)


def _text(value: str | None) -> str | None:
    return None if value is None else text(value)


def whole(value: int) -> int:
    """`value`, or the nearest number SQLite can store."""
    return max(-(2**63), min(2**63 - 1, value))


def micros(at: datetime) -> int:
    """An aware time as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The time of so many microseconds since 1970, in UTC.

    Raises:
        OverflowError: no calendar has that time.
    """
    return _EPOCH + timedelta(microseconds=value)


def words(values: Iterable[str]) -> str:
    """Several texts as one column."""
    return json.dumps([text(value) for value in values], ensure_ascii=False)


def statements(  # noqa: C901, PLR0912 - one line per kind of entry
    entry: Kept,
) -> tuple[Statement, ...]:
    """What to do to the tables for `entry`, in order."""
    match entry:
        case RunBegan():
            return _run(entry)
        case Digest():
            return (_digest(entry),)
        case LookCounted():
            return (_look(entry),)
        case IncidentSeen():
            return (_incident(entry),)
        case ThreadKept(thread=thread):
            return (_thread(thread), _counted("thread_count", thread.id))
        case NoticeIntended(notice=notice):
            return (_notice(notice), _counted("notice_count", notice.id))
        case NoticeHeard():
            return (_heard(entry), *(_told(told) for told in entry.told))
        case NoticeKeptBack(notice=id_, by=by):
            named: dict[str, Value] = {"id": text(id_), "by": text(by)}
            return ((_KEPT_BACK, named), (_TOLD_KEPT_BACK, {"id": text(id_)}))
        case NoticeOwed():
            return (_owed(entry),)
        case NoticeWithdrawn(notice=id_, at=at):
            return ((_WITHDRAWN, {"id": text(id_), "at": micros(at)}),)
        case SilenceKept(withheld=withheld):
            return (_silence(withheld),)
        case MuteKept(thread=thread_id, mute=mute):
            return (_mute(thread_id, mute),)
        case PauseKept(until=until):
            return (meta("paused_until", _maybe(until)),)
        case FallbacksTested(at=at):
            return (meta("fallbacks_tested", micros(at)),)
        case Vouched():
            return (_voucher(entry),)
        case Relayed():
            return (_relayed(entry),)


def meta(name: str, value: int | None) -> Statement:
    """Keep a number under a name, or forget it."""
    if value is None:
        return _NO_META, {"name": name}
    return _META, {"name": name, "value": whole(value)}


def _maybe(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _run(entry: RunBegan) -> tuple[Statement, ...]:
    """End the open run and begin the next, unless the open one just goes on.

    A clock set back never makes a run end before it began.
    """
    named: dict[str, Value] = {
        "subject": text(entry.subject),
        "state": text(entry.state),
        "at": micros(entry.at),
    }
    return ((_END_RUN, named), (_BEGIN_RUN, named))


def _digest(digest: Digest) -> Statement:
    return _DIGEST, {
        "source": text(digest.source),
        "hour": micros(digest.hour),
        "count": digest.count,
        "total": whole(digest.total),
        "least": whole(digest.least),
        "most": whole(digest.most),
        "p50": whole(digest.p50),
        "p95": whole(digest.p95),
    }


def _look(entry: LookCounted) -> Statement:
    broke = entry.broke
    return _COUNTED, {
        "subject": text(entry.subject),
        "at": micros(entry.at),
        "broke": None if broke is None else json.dumps(msgspec.to_builtins(broke)),
    }


def _voucher(entry: Vouched) -> Statement:
    return _VOUCHED, {
        "thread": text(entry.thread),
        "at": micros(entry.at),
        "answered": entry.answered,
        "asked": entry.asked,
    }


def _incident(entry: IncidentSeen) -> Statement:
    document = json.dumps(msgspec.to_builtins(entry.incident), ensure_ascii=False)
    return _INCIDENT, {
        "source": text(entry.source),
        "id": text(entry.incident.id),
        "json": text(document),
        "at": micros(entry.at),
    }


def _thread(thread: Thread) -> Statement:
    return _THREAD, {
        "id": text(thread.id),
        "services": words(thread.services),
        "opened": micros(thread.opened),
        "incidents": words(thread.incidents),
        "worst": thread.worst.value,
        "closed": _maybe(thread.closed),
        "topic": thread.topic.value,
        "cause": thread.cause.value if thread.cause else None,
        "turns": json.dumps([micros(turn) for turn in thread.turns]),
        "part_of": _text(thread.part_of),
    }


def _counted(name: str, numbered: str) -> Statement:
    """Remember the highest number given out: ids are never used twice over all runs."""
    digits = numbered.rpartition("-")[2]
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else 0
    return _HIGHEST, {"name": name, "value": number}


def _notice(notice: Notice) -> Statement:
    return _NOTICE, {
        "id": text(notice.id),
        "threads": words(notice.threads),
        "reason": notice.reason.value,
        "title": text(notice.title),
        "body": text(notice.body),
        "services": words(notice.services),
        "at": micros(notice.at),
        "open_url": _text(notice.open_url),
    }


def _heard(entry: NoticeHeard) -> Statement:
    return _HEARD, {
        "id": text(entry.notice),
        "at": micros(entry.at),
        "channel": text(entry.channel),
        "handle": text(entry.handle),
    }


def _told(told: Told) -> Statement:
    return _TOLD, {
        "thread": text(told.thread),
        "health": told.health.value,
        "suspected": int(told.suspected),
        "reason": told.reason.value,
        "at": micros(told.at),
        "notice": text(told.notice),
        "over": int(told.over),
        "root": _text(told.root),
        "said": text(told.said),
    }


def _owed(entry: NoticeOwed) -> Statement:
    return _OWED, {"id": text(entry.notice), "at": micros(entry.at), "why": text(entry.why)}


def _silence(withheld: Withheld) -> Statement:
    return _SILENCE, {
        "at": micros(withheld.at),
        "thread": _text(withheld.thread),
        "services": words(withheld.services),
        "reason": withheld.reason.value,
        "would_be": None if withheld.would_be is None else withheld.would_be.value,
    }


def _mute(thread: str, mute: Mute | None) -> Statement:
    if mute is None:
        return _UNMUTE, {"thread": text(thread)}
    return _MUTE, {
        "thread": text(thread),
        "acknowledged": int(mute.acknowledged),
        "until": _maybe(mute.until),
    }


def _relayed(entry: Relayed) -> Statement:
    return _RELAYED, {
        "notice": text(entry.notice),
        "kind": entry.kind.value,
        "name": text(entry.name),
        "state": entry.state.value,
        "at": micros(entry.at),
        "tries": whole(entry.tries),
        "why": text(entry.why),
    }
