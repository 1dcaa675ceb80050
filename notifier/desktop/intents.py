"""What a person can ask of the program from a window: callables handed in, and no policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from notifier.model.event import Wish
from notifier.model.moment import Moment
from notifier.model.picture import Row
from notifier.model.service import ServiceId, ServiceKey

SNOOZE = timedelta(hours=1)


class Send(Protocol):
    """Hands a wish to the engine; the window changes when the next picture comes."""

    def __call__(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        """Send it on its way."""


class KeyWishes(Protocol):
    """What a person can do with a key of their own; each opens a small window of its own."""

    def set_key(self, row: Row) -> None:
        """Let a key be typed."""

    def forget_key(self, row: Row) -> None:
        """Ask whether to forget it."""

    def deep_check(self, row: Row) -> None:
        """Say what a real call costs, and ask whether to make it."""


@dataclass(frozen=True, slots=True)
class Intents:
    """Everything a window may ask for. `now` is the engine's own clock, for ages and *Snooze*.

    `keys` is None where nobody's key has anything to do with it, as in a rehearsal.
    """

    send: Send
    open_url: Callable[[str], None]
    open_chooser: Callable[[], None]
    now: Callable[[], Moment]
    test_connection: Callable[[], None]
    try_notice: Callable[[], None]
    keys: KeyWishes | None = None
    copy_proof: Callable[[ServiceKey], None] | None = None
    """Puts the proof of a service's last outage onto the clipboard."""
    test_fallbacks: Callable[[], None] | None = None
    """Tries what could be used instead; None in a rehearsal, where all of it is played."""
    take_along: Callable[[str], None] | None = None
    """Opens the alternative whose page this is, with the draft of the scratch pad."""
    open_pad: Callable[[ServiceKey | None], None] | None = None
    """Opens the scratch pad, with what works instead of a service."""
    have_account: Callable[[ServiceId], str] | None = None
    """Notes that the person has an account with a service; says why it could not, or nothing."""

    def open_instead(self, url: str) -> None:
        """Open an alternative; a person's words go along where there are any, and they may."""
        (self.take_along or self.open_url)(url)

    def snooze(self, service: ServiceKey) -> None:
        """Keep a service quiet for an hour from now."""
        self.send(Wish.SNOOZE, service, self.now().utc + SNOOZE)
