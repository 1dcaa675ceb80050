"""The entries of a feed by what they tell of: one incident may have several, or change its id."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256

from notifier.feeds.shape import ID, newest, plain
from notifier.feeds.syndication import words
from notifier.feeds.syndication.entries import Entry
from notifier.feeds.syndication.words import Mark, Word

LONG_AGO = timedelta(days=3)
"""A story nobody touched for so long goes on no more, though it never said that it ended."""

_SILENCE = timedelta(days=1)
"""Between two updates of Amazon's on one event there are hours, between two events weeks."""


@dataclass(frozen=True, eq=False)
class Story:
    """What one or several entries tell of one incident or maintenance, newest first."""

    id: str
    entries: Sequence[Entry]
    marks: Sequence[Sequence[Mark]] = field(repr=False)

    @property
    def at(self) -> datetime | None:
        """When it was last touched."""
        return newest(*(entry.at for entry in self.entries))

    @property
    def ended(self) -> bool:
        """Whether it says that it is over."""
        return self.word in (Word.OVER, Word.WELL)

    @cached_property
    def word(self) -> Word | None:
        """Where it stands: by its newest entry, by the least ended of several that are newest."""
        tops = [
            words.word_of(entry, marks)
            for entry, marks in zip(self.entries, self.marks, strict=True)
            if entry.at is None or entry.at == self.at
        ]
        return min(tops, key=_endedness)

    @cached_property
    def planned(self) -> bool:
        """Whether it is maintenance, by every entry of it."""
        return all(map(words.is_planned, self.entries, self.marks))

    def long_ago(self, now: datetime | None) -> bool:
        """Whether nobody has touched it for long. What has no date may be of today."""
        return self.at is not None and now is not None and now - self.at > LONG_AGO


def _endedness(word: Word | None) -> tuple[bool, int]:
    return word in (Word.OVER, Word.WELL), -1 if word is None else word.value


def stories(entries: Iterable[Entry]) -> list[Story]:
    """The entries by what they tell of, newest first, whatever order the feed has them in."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    entries = tuple(entries)
    several = _guids_of_several(entries)
    for entry in entries:
        groups[_key(entry, several)].append(entry)
    told = [
        _story(id_, event) for key, group in groups.items() for id_, event in _events(key, group)
    ]
    return sorted(
        told, key=lambda one: (one.at is not None, _seconds(one.at), one.id), reverse=True
    )


def _story(key: str, group: list[Entry]) -> Story:
    group = sorted(group, key=lambda one: (_seconds(one.at), one.title, one.content), reverse=True)
    return Story(_id(key), group, [words.marks_of(entry) for entry in group])


def _seconds(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()


def _key(entry: Entry, several: frozenset[str]) -> str:
    """What an entry is the same by: its id, where that is its own; else link; else title and day.

    An id that changes from http to https is the same. Amazon's carry the time of each update.
    """
    guid = _one_scheme(entry.guid)
    link = _one_scheme(entry.link or "")
    if guid and guid not in several:
        return _service(guid) or guid
    if guid or link:
        return f"{guid} {link}".strip()
    return f"{entry.title} {entry.began or entry.at or ''}"


def _service(guid: str) -> str:
    """An id of Amazon's without the time of the update it ends in; empty where it is none."""
    head, _, tail = guid.rpartition("_")
    return head if "#" in head and tail.isdigit() and len(tail) >= 9 else ""


def _events(key: str, group: list[Entry]) -> Iterable[tuple[str, list[Entry]]]:
    """What one key stands for, each by its id: one thing, or of Amazon's all of one service.

    Of these an event ends with the update that says so, or with a day of silence: not all say so.
    It goes by the id of its first update.
    """
    if not any(key == _service(_one_scheme(entry.guid)) for entry in group):
        return [(key, group)]
    events: list[list[Entry]] = []
    for entry in sorted(group, key=lambda one: (_seconds(one.at), one.title, one.content)):
        if not events or _is_new(events[-1][-1], entry):
            events.append([])
        events[-1].append(entry)
    return [(_one_scheme(event[0].guid), event) for event in events]


def _is_new(last: Entry, entry: Entry) -> bool:
    """Whether `entry` does not go on with what `last` was about."""
    again = _is_over(last) and not _is_over(entry)
    if last.at is None or entry.at is None:
        return again
    return entry.at > last.at and (again or entry.at - last.at > _SILENCE)


def _is_over(entry: Entry) -> bool:
    return words.word_of(entry, words.marks_of(entry)) is Word.OVER


def _guids_of_several(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids that entries of different links share: they are nobody's own."""
    links: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        links[_one_scheme(entry.guid)].add(_one_scheme(entry.link or ""))
    return frozenset(guid for guid, theirs in links.items() if len(theirs) > 1)


def _one_scheme(text: str) -> str:
    return "https://" + text[7:] if text.lower().startswith("http://") else text


def _id(key: str) -> str:
    """An id of bounded length that stays different where keys are."""
    clean = plain(key, ID)
    if clean == key:
        return clean
    digest = sha256(key.encode(errors="replace")).hexdigest()
    return f"{clean[:60].strip()} {digest[:16]}".strip()
