"""What the entries of a feed say together: incidents, maintenance, and whether all is well."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from notifier.feeds import incident
from notifier.feeds.shape import LINE, TEXT, newest, plain
from notifier.feeds.stamps import later
from notifier.feeds.syndication import words
from notifier.feeds.syndication.entries import Entry, Feed
from notifier.feeds.syndication.stories import LONG_AGO, Story, stories
from notifier.feeds.syndication.words import Mark, Word
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Phase,
    Report,
    Update,
)

LEAST_FRESH = timedelta(hours=1)
"""How long a feed's own date of making speaks for it, at least; longer where its `ttl` is long."""

_MOST_TEXT = 16_000
"""Characters of markup that one update's text is made from."""

_PHASES = {
    Word.OPEN: Phase.INVESTIGATING,
    Word.INVESTIGATING: Phase.INVESTIGATING,
    Word.IDENTIFIED: Phase.IDENTIFIED,
    Word.IN_PROGRESS: Phase.INVESTIGATING,
    Word.MONITORING: Phase.MONITORING,
    Word.VERIFYING: Phase.MONITORING,
    Word.OVER: Phase.RESOLVED,
}

_MAINTENANCES = {
    Word.SCHEDULED: MaintenancePhase.SCHEDULED,
    Word.VERIFYING: MaintenancePhase.VERIFYING,
    Word.OVER: MaintenancePhase.COMPLETED,
}


def report(feed: Feed) -> Report:
    """The page that `feed` tells of. It has no parts, and a severity never: open is degraded.

    Where the feed is damaged, everything it says is unknown.
    """
    told = stories(feed.entries)
    now = _now(feed)
    live = [one for one in told if not one.ended and not one.long_ago(now)]
    silent = any(one.word is None and one.long_ago(now) for one in told)
    incidents = [
        _incident(one, _floor(one, silent=silent, damaged=bool(feed.damage)))
        for one in told
        if not one.planned and one.word is not Word.WELL and (one.ended or one in live)
    ]
    return Report(
        engine="syndication",
        name=feed.title,
        home=(feed.link or "").rstrip("/"),
        indicator=_indicator(feed, told, live),
        incidents=tuple(incidents),
        maintenance=tuple(_maintenance(one) for one in told if one.planned and one in live),
        as_of=newest(feed.built, *(one.at for one in told)),
        fresh_until=_fresh_until(feed, told, live),
        notes=tuple(_notes(feed, told, live)),
    )


# -- what follows ----------------------------------------------------------------------------


def _now(feed: Feed) -> datetime | None:
    """The time by which a feed's entries are old: when it was made, as it says.

    Else the newest date but one: a single wrong one must not make everything old.
    """
    if feed.built is not None:
        return feed.built
    dates = sorted(entry.at for entry in feed.entries if entry.at is not None)
    return dates[-2:][0] if dates else None


def _floor(told: Story, *, silent: bool, damaged: bool) -> Health:
    """What an open entry implies. No feed has a severity: degraded.

    An entry without any word goes on as long as it is listed (Azure's vanish at the end), unless
    the feed also keeps old ones without a word: there silence says nothing.
    """
    if told.ended:
        return Health.OPERATIONAL
    if damaged or told.word is Word.STRANGE or (told.word is None and silent):
        return Health.UNKNOWN
    return Health.DEGRADED


def _indicator(feed: Feed, told: Sequence[Story], live: Sequence[Story]) -> Health:
    """All well where everything told has ended, or nothing is told by a feed made just now."""
    if feed.damage or (feed.left_out and not _in_order(feed.entries)):
        return Health.UNKNOWN
    if live or any(one.ended for one in told):
        return Health.OPERATIONAL
    wordless = any(one.word is None for one in told)
    return Health.UNKNOWN if feed.built is None or wordless else Health.OPERATIONAL


def _in_order(entries: Sequence[Entry]) -> bool:
    """Whether all have dates that only rise or only fall: then what was left out is the oldest."""
    dates = [entry.at for entry in entries if entry.at is not None]
    return len(dates) == len(entries) and sorted(dates) in (dates, dates[::-1])


def _fresh_until(feed: Feed, told: Sequence[Story], live: Sequence[Story]) -> datetime | None:
    """How long this may be believed, where it rests on dates: on the feed's own if nothing is
    told, on the newest entry's while one goes on.
    """
    lasts = max(LEAST_FRESH, 4 * timedelta(minutes=feed.ttl or 0))
    if not told:
        return later(feed.built, lasts)
    if live:
        return later(newest(feed.built, *(one.at for one in live)), LONG_AGO)
    left = [one for one in told if not one.ended]
    return later(_now(feed), LONG_AGO) if left else None


def _notes(feed: Feed, told: Sequence[Story], live: Sequence[Story]) -> Iterable[str]:
    if feed.damage:
        yield f"{feed.damage}; what can be read of it is no evidence"
    yield from feed.notes
    if feed.left_out:
        yield f"{feed.left_out} more entries are left out"
    if old := sum(not one.ended and one not in live for one in told):
        yield f"{old} of long ago without an end, left out"
    strange = {entry.status or "" for one in told for entry in one.entries if entry.status}
    for one in told:
        strange |= {
            mark.written for marks in one.marks for mark in marks if mark.word is Word.STRANGE
        }
    yield from words.strange(strange)


# -- incidents and maintenance ---------------------------------------------------------------


def _incident(told: Story, floor: Health) -> Incident:
    newest_entry = told.entries[0]
    phase = _PHASES.get(told.word, Phase.INVESTIGATING) if told.word else Phase.INVESTIGATING
    return Incident(
        id=told.id,
        title=newest_entry.title,
        phase=phase,
        impact=Health.UNKNOWN if floor is Health.UNKNOWN else Health.DEGRADED,
        floor=floor,
        started_at=min(_times(told), default=None),
        updated_at=told.at,
        resolved_at=told.at if told.ended else None,
        url=newest_entry.link,
        updates=_updates(told),
    )


def _times(told: Story) -> Iterable[datetime]:
    """When it was published, and the times its timeline tells; not when it was last touched."""
    yield from (entry.began for entry in told.entries if entry.began is not None)
    yield from (mark.at for marks in told.marks for mark in marks if mark.at is not None)


def _updates(told: Story) -> tuple[Update, ...]:
    """The timeline, newest first: one update for each mark, else one for each entry."""
    return incident.newest_first(
        update
        for entry, marks in zip(told.entries, told.marks, strict=True)
        for update in _of_entry(entry, marks)
    )


def _of_entry(entry: Entry, marks: Sequence[Mark]) -> Iterable[Update]:
    if not marks:
        yield Update(entry.at, None, plain(entry.content[:_MOST_TEXT], TEXT))
        return
    in_order = marks if marks[0] is words.newest_of(marks) else marks[::-1]
    for mark in in_order:
        at = entry.at if len(marks) == 1 else mark.at
        text = plain(mark.text[:_MOST_TEXT], TEXT).lstrip(" -–—:")
        yield Update(at, _PHASES.get(mark.word), text)


def _maintenance(told: Story) -> Maintenance:
    """One maintenance; a word nobody knows counts as under way: it may not pass for all well."""
    entry = told.entries[0]
    word = told.word or (Word.SCHEDULED if "scheduled" in entry.title.casefold() else Word.OPEN)
    return Maintenance(
        id=told.id,
        title=plain(entry.title, LINE),
        phase=_MAINTENANCES.get(word, MaintenancePhase.IN_PROGRESS),
        url=entry.link,
    )
