"""Looking back for a command: from the owner's history, or beside it where there is none."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from notifier import documents
from notifier.documents import SCHEMA, Document
from notifier.feeds.shape import moment
from notifier.model.duration import seconds
from notifier.model.past import Past, TimeLooked
from notifier.model.record import LogLine
from notifier.model.service import Service, ServiceKey, SourceId
from notifier.model.settings import Settings

_DAYS = re.compile(r"([0-9]{1,5})d")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def pages_of(settings: Settings, services: Iterable[ServiceKey]) -> tuple[SourceId, ...]:
    """The pages that speak for `services`; one that is watched no more has its catalogue's."""
    wanted = set(services)
    pages = (s.page for s in (*settings.services, *settings.others) if s.key in wanted)
    return tuple(page.id for page in pages if page is not None)


def begins(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """When a span such as 2h or 7d before `now` began, or a day, or a time; None where none.

    A day begins at midnight by the person's own clock.
    """
    try:
        if found := _DAYS.fullmatch(text):
            return now - timedelta(days=int(found[1]))
        if (length := seconds(text)) is not None:
            return now - timedelta(seconds=length)
        if _DATE.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment(text)


def document(past: Past, names: dict[ServiceKey, str], at: datetime, source: str) -> Document:
    """The document of `notifier history --json`."""
    return {
        "schema": SCHEMA,
        "at": documents.time(at),
        "source": source,
        "since": documents.time(past.since),
        "until": documents.time(past.until),
        "services": [_looked(one, names) for one in past.looked],
        "incidents": [
            documents.incident(one.incident)
            | {"page": one.source, "seen_at": documents.time(one.at)}
            for one in past.incidents
        ],
        "notices": [_line(line) for line in past.log],
        "words": [{"service": one.service, **documents.word(one.word)} for one in past.words],
    }


def _looked(one: TimeLooked, names: dict[ServiceKey, str]) -> Document:
    share = round(one.well_s / one.looked_s, 5) if one.looked_s else None
    return {
        "id": one.service,
        "name": names.get(one.service, one.service),
        "uptime": share,
        "well_s": round(one.well_s),
        "looked_s": round(one.looked_s),
    }


def _line(line: LogLine) -> Document:
    withheld = line.kind == "withheld"
    return {
        "at": documents.time(line.at),
        "kind": line.kind,
        "reason": line.reason,
        "would_be": (line.title or None) if withheld else None,
        "title": None if withheld else line.title,
        "channel": line.channel or None,
        "thread": line.thread,
        "services": list(line.services),
        "why": line.why or None,
        "kept_back_by": line.kept_back_by or None,
    }


def names_of(services: Iterable[Service]) -> dict[ServiceKey, str]:
    """What each service is called."""
    return {service.key: service.name for service in services}
