"""Ways of telling a person, tried in order until one has delivered. Decides nothing else."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from notifier.model.announcement import Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.model.tried import Refused, Tried

_log = logging.getLogger(__name__)


class Undeliverable(Exception):
    """A channel cannot take a notice, or cannot be had at all; why, in a sentence for a person."""


Outcome = str | Undeliverable
"""The channel's own handle of what it delivered, or why it did not."""

Done = Callable[[Outcome], None]
"""What a channel calls exactly once per notice, when it knows."""


class Channel(Protocol):
    """One way of telling. Making one raises `Undeliverable` where it can never work here."""

    @property
    def rung(self) -> Rung:
        """Which way it is."""

    def deliver(self, notice: Notice, done: Done) -> None:
        """Show it; nothing may wait. A notice that replaces an earlier one takes its place."""

    def withdraw(self, notice: NoticeId) -> None:
        """Take away what is no longer true; unknown ones are no matter."""

    def describe(self, then: Callable[[Behind], None]) -> None:
        """Say who stands behind it just now, as soon as that is known."""


class Ladder(QObject):
    """The channels from best to last resort: the first that delivers has told the person.

    Connect `deliver` and `withdraw` to the bridge, the signals to the engine. Every notice handed
    in is answered once, by `heard` or by `unheard`.
    """

    heard = Signal(object, str, str)
    """`NoticeId`, name of the channel, its handle."""

    kept_back = Signal(object, str)
    """`NoticeId`, who took it and says that do not disturb is on; never before it was heard."""

    unheard = Signal(object, str)
    """`NoticeId`, why nobody took it."""

    def __init__(
        self, candidates: Sequence[Callable[[], Channel]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._left_out: list[Refused] = []
        self._channels = tuple(self._usable(candidates))
        self._under_way: set[NoticeId] = set()
        self._trials: dict[NoticeId, Callable[[Tried], None]] = {}
        """Notices sent only to try the channels, and who wants to know which one it was."""
        self._untrue: set[NoticeId] = set()
        """Withdrawn while under way: taken down again, or not offered further."""

    @property
    def names(self) -> tuple[str, ...]:
        """The channels there are, best first."""
        return tuple(channel.rung.value for channel in self._channels)

    @Slot(object)
    def deliver(self, notice: Notice) -> None:
        """Try the channels in order. One already under way is not sent twice."""
        if notice.id in self._under_way:
            return
        self._under_way.add(notice.id)
        self._climb(notice, 0, ())

    def try_out(self, notice: Notice, answered: Callable[[Tried], None]) -> None:
        """Deliver a notice that tells nothing: `answered` hears which channel took it, and the
        signals say nothing of it. One already under way is not sent twice.
        """
        if notice.id not in self._under_way:
            self._trials[notice.id] = answered
            self.deliver(notice)

    @Slot(object)
    def withdraw(self, notice: NoticeId) -> None:
        """Close it wherever it may be: also a daemon that outlived an earlier run may show it."""
        if notice in self._under_way:
            self._untrue.add(notice)
        for channel in self._channels:
            channel.withdraw(notice)

    def _climb(self, notice: Notice, rung: int, refused: tuple[Refused, ...]) -> None:
        """Offer it to the channel at `rung`; past the last one it is unheard."""
        if notice.id in self._untrue or rung == len(self._channels):
            self._give_up(notice, refused)
        else:
            self._offer(notice, rung, refused)

    def _offer(self, notice: Notice, rung: int, refused: tuple[Refused, ...]) -> None:
        channel, answered = self._channels[rung], False

        def done(outcome: Outcome) -> None:
            nonlocal answered
            if answered:
                return
            answered = True
            if isinstance(outcome, Undeliverable):
                self._climb(notice, rung + 1, (*refused, Refused(channel.rung, str(outcome))))
            else:
                self._delivered(notice, channel, outcome, refused)

        channel.deliver(notice, done)

    def _give_up(self, notice: Notice, refused: tuple[Refused, ...]) -> None:
        self._under_way.discard(notice.id)
        untrue = notice.id in self._untrue
        self._untrue.discard(notice.id)
        trial = self._trials.pop(notice.id, None)
        if trial is not None:
            trial(Tried(None, refused=(*self._left_out, *refused)))
        else:
            self.unheard.emit(notice.id, "it is no longer true" if untrue else _reasons(refused))

    def _delivered(
        self, notice: Notice, channel: Channel, handle: str, refused: tuple[Refused, ...]
    ) -> None:
        """Say so, and close what it replaces where that hangs on another channel."""
        self._under_way.discard(notice.id)
        if notice.id in self._untrue:
            self._untrue.discard(notice.id)
            channel.withdraw(notice.id)
        if notice.replaces is not None:
            for other in self._channels:
                if other is not channel:
                    other.withdraw(notice.replaces)
        trial = self._trials.pop(notice.id, None)
        if trial is not None:
            before = (*self._left_out, *refused)
            channel.describe(lambda behind: trial(Tried(channel.rung, behind, before)))
        else:
            self.heard.emit(notice.id, channel.rung.value, handle)
            channel.describe(lambda behind: self._described(notice.id, behind))

    def _described(self, notice: NoticeId, behind: Behind) -> None:
        """Where nobody says whether it is kept back, nothing is claimed."""
        if behind.hushed:
            self.kept_back.emit(notice, behind.name)

    def _usable(self, candidates: Sequence[Callable[[], Channel]]) -> Iterator[Channel]:
        """The channels that could be made; the others are logged and left out."""
        for make in candidates:
            try:
                yield make()
            except Undeliverable as reason:
                _log.info("A way of telling is left out: %s", reason)
                self._left_out.append(Refused(None, str(reason)))


def _reasons(refused: tuple[Refused, ...]) -> str:
    """Why nobody took it, in a line for the log."""
    named = (f"{one.rung.value}: {one.why}" for one in refused if one.rung is not None)
    return "; ".join(named) or "there is no way of telling"
