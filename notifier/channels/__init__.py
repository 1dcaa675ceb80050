"""Ways of telling a person, tried in order until one has delivered. Decides nothing else."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from notifier.model.announcement import Notice, NoticeId

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
    def name(self) -> str:
        """The word for it in the diary."""

    def deliver(self, notice: Notice, done: Done) -> None:
        """Show it; nothing may wait. A notice that replaces an earlier one takes its place."""

    def withdraw(self, notice: NoticeId) -> None:
        """Take away what is no longer true; unknown ones are no matter."""


class Ladder(QObject):
    """The channels from best to last resort: the first that delivers has told the person.

    Connect `deliver` and `withdraw` to the bridge by queued connections, the signals to the
    engine. Every notice handed in is answered once, by `heard` or by `unheard`.
    """

    heard = Signal(object, str, str)
    """`NoticeId`, name of the channel, its handle."""

    unheard = Signal(object, str)
    """`NoticeId`, why nobody took it."""

    def __init__(
        self, candidates: Sequence[Callable[[], Channel]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._channels = tuple(_usable(candidates))
        self._under_way: set[NoticeId] = set()
        self._untrue: set[NoticeId] = set()
        """Withdrawn while under way: taken down again, or not offered further."""

    @property
    def names(self) -> tuple[str, ...]:
        """The channels there are, best first."""
        return tuple(channel.name for channel in self._channels)

    @Slot(object)
    def deliver(self, notice: Notice) -> None:
        """Try the channels in order. One already under way is not sent twice."""
        if notice.id in self._under_way:
            return
        self._under_way.add(notice.id)
        self._climb(notice, 0, ())

    @Slot(object)
    def withdraw(self, notice: NoticeId) -> None:
        """Close it wherever it may be: also a daemon that outlived an earlier run may show it."""
        if notice in self._under_way:
            self._untrue.add(notice)
        for channel in self._channels:
            channel.withdraw(notice)

    def _climb(self, notice: Notice, rung: int, reasons: tuple[str, ...]) -> None:
        """Offer it to the channel at `rung`; past the last one it is unheard."""
        if notice.id in self._untrue:
            self._give_up(notice, "it is no longer true")
        elif rung == len(self._channels):
            self._give_up(notice, "; ".join(reasons) or "there is no way of telling")
        else:
            self._offer(notice, rung, reasons)

    def _offer(self, notice: Notice, rung: int, reasons: tuple[str, ...]) -> None:
        channel, answered = self._channels[rung], False

        def done(outcome: Outcome) -> None:
            nonlocal answered
            if answered:
                return
            answered = True
            if isinstance(outcome, Undeliverable):
                self._climb(notice, rung + 1, (*reasons, f"{channel.name}: {outcome}"))
            else:
                self._delivered(notice, channel, outcome)

        channel.deliver(notice, done)

    def _give_up(self, notice: Notice, why: str) -> None:
        self._under_way.discard(notice.id)
        self._untrue.discard(notice.id)
        self.unheard.emit(notice.id, why)

    def _delivered(self, notice: Notice, channel: Channel, handle: str) -> None:
        """Say so, and close what it replaces where that hangs on another channel."""
        self._under_way.discard(notice.id)
        if notice.id in self._untrue:
            self._untrue.discard(notice.id)
            channel.withdraw(notice.id)
        if notice.replaces is not None:
            for other in self._channels:
                if other is not channel:
                    other.withdraw(notice.replaces)
        self.heard.emit(notice.id, channel.name, handle)


def _usable(candidates: Sequence[Callable[[], Channel]]) -> list[Channel]:
    """The channels that could be made; the others are logged and left out."""
    channels = []
    for make in candidates:
        try:
            channels.append(make())
        except Undeliverable as reason:
            _log.info("A way of telling is left out: %s", reason)
    return channels
