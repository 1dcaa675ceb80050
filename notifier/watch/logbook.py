"""The newest lines of the log of notices, per service, kept in step with what the diary is told.

The picture shows them at every moment; the diary on disk is read for them at a start only.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from notifier.model.announcement import Notice, NoticeId, Withheld
from notifier.model.board import Thread, Topic
from notifier.model.record import (
    Entry,
    IncidentSeen,
    LogLine,
    LookCounted,
    LookTimed,
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
from notifier.model.service import ServiceKey
from notifier.model.trace import LastOutage, Vouched

if TYPE_CHECKING:  # whoever has neither push nor hook does without
    from notifier.model.relay import Relayed

MOST_LINES = 20
"""Lines shown of a service; `notifier history` has all."""

MOST_NOTICES = 200
"""Notices remembered by their ids, for what becomes of them."""


class Logbook:
    """What was told of each service and what was not, newest first, and its last outage."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._of: dict[ServiceKey, deque[LogLine]] = {}
        self._of_all: deque[LogLine] = deque(maxlen=MOST_LINES)
        self._notices: dict[NoticeId, LogLine] = {}
        self._outages: dict[ServiceKey, LastOutage] = {}

    def open_with(self, lines: Iterable[LogLine], outages: Mapping[ServiceKey, LastOutage]) -> None:
        """Begin with what the diary knows; `lines` newest first."""
        for line in reversed(tuple(lines)):
            self._add(line)
        self._outages.update(outages)

    def lines(self, service: ServiceKey) -> tuple[LogLine, ...]:
        """The newest lines about `service`, those about all services among them."""
        both = (*reversed(self._of.get(service, deque())), *reversed(self._of_all))
        return tuple(sorted(both, key=lambda line: line.at, reverse=True)[:MOST_LINES])

    def outage(self, service: ServiceKey) -> LastOutage | None:
        """Its last outage; None where there was none."""
        return self._outages.get(service)

    def note(self, entries: Iterable[Entry]) -> frozenset[ServiceKey]:
        """Take in what is written down; the services of whom there is something new."""
        touched: set[ServiceKey] = set()
        for entry in entries:
            touched.update(self._note(entry))
        return frozenset(touched)

    def relayed(self, told: "Relayed") -> frozenset[ServiceKey]:
        """Take in what became of a notice beside the ladder; it replaces what was known of that."""
        intended = self._notices.get(told.notice)
        if intended is None:
            return frozenset()
        way = f"{told.kind.value}:{told.name}"
        line = _line(intended, told.state.value, told.at, channel=way, why=told.why)
        for lines in (self._of_all, *(self._of.get(key, deque()) for key in line.services)):
            for old in [one for one in lines if (one.notice, one.channel) == (told.notice, way)]:
                lines.remove(old)
        return frozenset(self._add(line))

    def _note(self, entry: Entry) -> Iterable[ServiceKey]:
        match entry:
            case NoticeIntended(notice=notice):
                self._remember(_intended(notice))
                return ()
            case NoticeHeard() | NoticeOwed() | NoticeWithdrawn():
                return self._answered(entry)
            case NoticeKeptBack(notice=notice, by=by):
                return self._kept_back(notice, by)
            case SilenceKept(withheld=withheld):
                return self._add(_withheld(withheld))
            case ThreadKept(thread=thread):
                return self._thread(thread)
            case RunBegan() | LookTimed() | LookCounted() | IncidentSeen() | Vouched():
                return ()
            case MuteKept() | PauseKept():
                return ()
            case _:
                assert_never(entry)

    def _answered(self, entry: NoticeHeard | NoticeOwed | NoticeWithdrawn) -> Iterable[ServiceKey]:
        """What became of a notice; of one forgotten long ago nothing is shown here."""
        intended = self._notices.get(entry.notice)
        if intended is None:
            return ()
        match entry:
            case NoticeHeard(at=at, channel=channel):
                return self._add(_line(intended, "told", at, channel=channel))
            case NoticeOwed(at=at, why=why):
                return self._add(_line(intended, "owed", at, why=why))
            case NoticeWithdrawn(at=at):
                return self._add(_line(intended, "withdrawn", at))

    def _kept_back(self, notice: NoticeId, by: str) -> Iterable[ServiceKey]:
        """The line that it was told says from now on who keeps it back."""
        told = self._notices.get(notice)
        if told is None or told.kind != "told":
            return ()
        line = self._notices[notice] = replace(told, kept_back_by=by)
        for lines in (self._of_all, *(self._of.get(key, deque()) for key in line.services)):
            for place, old in enumerate(lines):
                if old == told:
                    lines[place] = line
        return line.services or tuple(self._of)

    def _add(self, line: LogLine) -> Iterable[ServiceKey]:
        if line.notice is not None:
            self._remember(line)
        for key in line.services:
            self._of.setdefault(key, deque(maxlen=MOST_LINES)).append(line)
        if line.services:
            return line.services
        self._of_all.append(line)
        return tuple(self._of)

    def _remember(self, line: LogLine) -> None:
        if line.notice is None:
            return
        self._notices[line.notice] = line
        while len(self._notices) > MOST_NOTICES:
            del self._notices[next(iter(self._notices))]

    def _thread(self, thread: Thread) -> Iterable[ServiceKey]:
        if thread.topic is not Topic.OUTAGE:
            return ()
        last = LastOutage(thread.id, thread.closed)
        self._outages.update(dict.fromkeys(thread.services, last))
        return thread.services


def _intended(notice: Notice) -> LogLine:
    thread = notice.threads[0] if notice.threads else None
    return LogLine(
        at=notice.at,
        kind="intended",
        reason=notice.reason.value,
        title=notice.title,
        thread=thread,
        services=notice.services,
        notice=notice.id,
    )


def _withheld(withheld: Withheld) -> LogLine:
    """As the diary tells it: the title is the reason it would have been told for."""
    return LogLine(
        at=withheld.at,
        kind="withheld",
        reason=withheld.reason.value,
        title=withheld.would_be.value if withheld.would_be is not None else "",
        thread=withheld.thread,
        services=withheld.services,
    )


def _line(notice: LogLine, kind: str, at: datetime, *, channel: str = "", why: str = "") -> LogLine:
    return replace(notice, kind=kind, at=at, channel=channel, why=why, kept_back_by="")
