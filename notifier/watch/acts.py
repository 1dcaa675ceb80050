"""Doing what the rules ask for: first what is written down, then what is heard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import assert_never

from notifier.model.announcement import Announcement, Notice
from notifier.model.effect import Announce, Effect, Hush, LookAt, Record, Withdraw
from notifier.model.record import Entry, NoticeIntended, NoticeWithdrawn
from notifier.model.service import ServiceKey
from notifier.watch.clock import Clock
from notifier.watch.logbook import Logbook
from notifier.watch.roles import Diary, Face


class Acts:
    """Carries effects to the diary, the logbook, the face and the rota of looks."""

    def __init__(
        self,
        face: Face,
        logbook: Logbook,
        clock: Clock,
        *,
        worded: Callable[[Announcement], Notice],
        order: Callable[[LookAt], None],
    ) -> None:
        """`worded` puts a notice into words, `order` notes a look out of turn."""
        self._face, self._logbook, self._clock = face, logbook, clock
        self._worded, self._order = worded, order

    def perform(self, effects: Sequence[Effect], diary: Diary | None) -> frozenset[ServiceKey]:
        """Write first, then speak: intent is on disk before any channel sees it.

        The services of whose log there are new lines. Without a `diary` nothing is written.
        """
        entries: list[Entry] = []
        speak: list[Callable[[], None]] = []
        for effect in effects:
            match effect:
                case Record(entry=entry):
                    entries.append(entry)
                case Announce(announcement=announcement):
                    notice = self._worded(announcement)
                    entries.append(NoticeIntended(notice))
                    speak.append(partial(self._face.tell, notice))
                case Withdraw():
                    entries.append(NoticeWithdrawn(effect.notice, self._clock.moment().utc))
                    speak.append(partial(self._face.withdraw, effect))
                case Hush(withheld=withheld):
                    speak.append(partial(self._face.hush, withheld))
                case LookAt():
                    self._order(effect)
                case _:
                    assert_never(effect)
        if entries and diary is not None:
            diary.write(entries)
        logged = self._logbook.note(entries)
        for act in speak:
            act()
        return logged
