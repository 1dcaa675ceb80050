"""Where an entry of a feed stands: the words vendors set in bold, else those of its title.

Never its prose: "we are investigating" in a sentence may be about last week, and in any language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from notifier.feeds.shape import plain, unknown
from notifier.feeds.syndication.entries import Entry

MOST_MARKS = 200
"""Words in bold that are looked at, in one entry."""


class Word(Enum):
    """What a word says of an incident or a maintenance; the value is its place in a lifecycle.

    WELL is said where there was neither.
    """

    SCHEDULED = 0
    OPEN = 1
    INVESTIGATING = 2
    IDENTIFIED = 3
    IN_PROGRESS = 4
    MONITORING = 5
    VERIFYING = 6
    OVER = 7
    WELL = 8
    STRANGE = -1
    """A word in the place of a status that nobody here knows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in bold: what it says, as written, when it was said, and the text it heads."""

    word: Word
    written: str
    at: datetime | None
    text: str


_WORDS = {
    "scheduled": Word.SCHEDULED,
    "investigating": Word.INVESTIGATING,
    "identified": Word.IDENTIFIED,
    "monitoring": Word.MONITORING,
    "in progress": Word.IN_PROGRESS,
    "verifying": Word.VERIFYING,
    "resolved": Word.OVER,
    "completed": Word.OVER,
    "recovered": Word.OVER,
    "operating normally": Word.OVER,
    "postmortem": Word.OVER,
    "post-mortem": Word.OVER,
    "已恢复": Word.OVER,
}

_IN_TITLES = {
    **_WORDS,
    # Of Amazon's and Better Stack's feeds, whose titles begin with or end in them.
    "service disruption": Word.OPEN,
    "service degradation": Word.OPEN,
    "service impact": Word.OPEN,
    "informational message": Word.OPEN,
    "went down": Word.OPEN,
}

_STATUSES = {
    **_WORDS,
    # Of Microsoft's <status>; the first two are said where nothing was wrong at all.
    "available": Word.WELL,
    "operational": Word.WELL,
    "restored": Word.OVER,
    "service restored": Word.OVER,
    **dict.fromkeys(("advisory", "degraded", "incident", "interruption"), Word.OPEN),
}

_PLANNING = frozenset({Word.SCHEDULED, Word.VERIFYING})
_TROUBLE = frozenset({Word.OPEN, Word.INVESTIGATING, Word.IDENTIFIED, Word.MONITORING})


def marks_of(entry: Entry) -> tuple[Mark, ...]:
    """The words in bold of an entry that are of a status, in the order they stand."""
    bold = list(_BOLD.finditer(entry.content))[:MOST_MARKS]
    found = [(one, said) for one in bold if (said := _said(one[2])) is not None]
    marks: list[Mark] = []
    behind = 0
    for number, (one, (word, written)) in enumerate(found):
        at = _said_at(entry.content[behind : one.start()], entry.at)
        behind, last = one.end(), number + 1 == len(found)
        end = len(entry.content) if last else _block(entry.content, behind, found[number + 1][0])
        marks.append(Mark(word, written, at, entry.content[behind:end]))
    return tuple(marks)


def word_of(entry: Entry, marks: Sequence[Mark]) -> Word | None:
    """Where an entry stands now: by its <status>, its newest mark, its title; None: nothing says.

    Marks stand in the order of their times, where each has one. Else they are a lifecycle, told
    forwards or backwards: it ends at the later of its two ends.
    """
    if entry.status:
        return _STATUSES.get(entry.status.casefold(), Word.STRANGE)
    if marks:
        return newest_of(marks).word
    return _by_title(entry.title)


def strange(written: Iterable[str]) -> tuple[str, ...]:
    """A note for each word in the place of a status that nobody here knows, the word kept."""
    unknown_ones = {word for word in written if word.casefold() not in _STATUSES}
    return unknown("status", unknown_ones, {})


def is_planned(entry: Entry, marks: Sequence[Mark]) -> bool:
    """Whether an entry tells of planned maintenance rather than of trouble."""
    words = {mark.word for mark in marks}
    if words & _TROUBLE:
        return False
    if words & _PLANNING or _TYPED.search(entry.content):
        return True
    return bool(_MAINTENANCE.search(entry.title)) and _by_title(entry.title) not in _TROUBLE


# -- in bold ---------------------------------------------------------------------------------

_BOLD = re.compile(r"<(strong|b)\b[^<>]{0,200}>([^<>]{1,120})</\1\s{0,9}>", re.IGNORECASE)
_HEADED = re.compile(r"^status\s*[:\-–]\s*", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|li|tr|h[1-6])\b", re.IGNORECASE)
_TYPED = re.compile(r"<(strong|b)>\s{0,9}Type:?\s{0,9}</\1>:?\s{0,9}Maintenance\b", re.IGNORECASE)
_MAINTENANCE = re.compile(r"\bmaintenance\b", re.IGNORECASE)


def _said(bold: str) -> tuple[Word, str] | None:
    """What a text in bold says of a status, and how; None where it speaks of something else."""
    text = plain(bold, 120)
    bare = text.strip(" [](){}:;.,!-–—*")
    headed = _HEADED.match(bare)
    bare = bare[headed.end() :] if headed else bare
    for word, meaning in _WORDS.items():
        rest = bare[len(word) :]
        if bare.casefold().startswith(word) and not rest[:1].isalnum():
            return meaning, bare[: len(word)]
    return (Word.STRANGE, bare) if headed and bare else None


def _block(content: str, after: int, mark: re.Match[str]) -> int:
    """Where the block begins that holds `mark`; `after` at the earliest."""
    opened = list(_BLOCK.finditer(content, max(after, mark.start() - 2000), mark.start()))
    return opened[-1].start() if opened else mark.start()


_SAID_AT = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+([0-9]{1,2}),?\s+"
    r"([0-9]{1,2}):([0-9]{2})"
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _said_at(before: str, last: datetime | None) -> datetime | None:
    """The time that stands before a mark. It has no year: it is not after the entry's `last`."""
    found = list(_SAID_AT.finditer(plain(before[-2000:], 2000)))
    if not found or last is None:
        return None
    month, day, hour, minute = found[-1].groups()
    for year in (last.year, last.year - 1):
        try:
            number = _MONTHS.index(month) + 1
            at = datetime(year, number, int(day), int(hour), int(minute), tzinfo=UTC)
        except ValueError:  # no such day in this year
            continue
        if at <= last + timedelta(days=1, hours=12):  # in whatever zone the page writes
            return at
    return None


def newest_of(marks: Sequence[Mark]) -> Mark:
    """The mark said last; of several at one time the least ended."""
    times = [mark.at for mark in marks if mark.at is not None]
    if len(times) == len(marks) and len(set(times)) > 1:
        newest = [mark for mark in marks if mark.at == max(times)]
        return min(newest, key=lambda mark: mark.word.value)
    first, last = marks[0], marks[-1]
    for strange in (first, last):  # it may be the newest, and mean anything
        if strange.word is Word.STRANGE:
            return strange
    return first if first.word.value >= last.word.value else last


# -- in titles -------------------------------------------------------------------------------

_TITLE = re.compile(
    "|".join(
        re.escape(word) if not word.isascii() else rf"\b{re.escape(word)}\b"
        for word in sorted(_IN_TITLES, key=len, reverse=True)
    ),
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|partially|partly|mostly|nearly|almost|until|being|to be)\s+"
    r"(?:yet\s+|been\s+|fully\s+)?$",
    re.IGNORECASE,
)


def _by_title(title: str) -> Word | None:
    """What a title says: that it is over where it says so plainly, else the first other word."""
    found = [_in_title(title, one) for one in _TITLE.finditer(title)]
    return Word.OVER if Word.OVER in found else next(iter(found), None)


def _in_title(title: str, found: re.Match[str]) -> Word:
    """One word of a title; "not yet resolved" is not over."""
    meaning = _IN_TITLES[found[0].casefold()]
    denied = meaning is Word.OVER and _NOT.search(title[: found.start()])
    return Word.OPEN if denied else meaning
