"""When a page may be asked what it is, and what came of it: in this run and from run to run.

Asks nobody itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.address import place
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind
from notifier.model.service import FeedSource, SourceId, host_of, is_named_after, owner_of

if TYPE_CHECKING:
    from notifier.model.asked_page import AskedPage

RECOGNISE_AGAIN = 300.0
"""Seconds between the first two recognitions of a page nobody knows: each takes up to eight
requests. From then on the wait doubles, up to a day."""

REPAIR_AGAIN = 86400.0
"""Seconds until a page that answers wrongly is asked again what it is now; no wait is longer."""

TROUBLED_AGAIN = 3600.0
"""Seconds the wait doubles up to where the host could not say what it is: that passes."""

EARLY_AGAIN = 3600.0
"""Seconds between two recognitions before their time: a network may change every minute."""

_NEVER = float("-inf")

_SAYS_SO = frozenset({FailureKind.UNREADABLE, FailureKind.MOVED})
"""What recognition says where the answers were all there, and no page was among them."""


class AskedBefore(Protocol):
    """Who keeps beyond this run what came of asking. It never raises."""

    def read(self, source: SourceId) -> AskedPage | None:
        """What came of asking `source`, where that is kept."""
        ...

    def keep(self, page: AskedPage) -> object:
        """Put `page` in the place of what was kept of its source."""
        ...


class Asking(Struct):
    """What a page was found to be, and when it was last asked. All times are steady seconds."""

    found: tuple[str, str] | None = None
    """Engine and address, where the source names no engine, or its page is of another now."""
    moved: bool = False
    """Whether that is something else than it was."""
    unknown: Failure | None = None
    """What the last recognition said, where it found nothing we may use."""
    at: float = _NEVER
    wait: float = 0.0
    """Seconds from `at` until it may be asked again."""
    early_at: float = _NEVER
    """When it was last asked before its time."""
    elsewhere: bool = False
    """Whether the network is another one since it was asked."""

    @property
    def to_choose(self) -> Failure | None:
        """What a person has to decide, where that is why a page is not read on this network."""
        said = self.unknown
        return said if said is not None and _is_choice(said) and not self.elsewhere else None

    def is_due(self, now: float) -> bool:
        """Whether it may be asked again."""
        return now - self.at >= self.wait

    def is_due_early(self, now: float) -> bool:
        """Whether it may be asked before its time: nobody knew it, and not on this network."""
        return self.elsewhere and now - self.early_at >= EARLY_AGAIN

    def repairing(self, now: float) -> None:
        """It is asked what it has become: whatever comes of it, not again within the day."""
        self.at, self.wait, self.elsewhere = now, REPAIR_AGAIN, False

    def recognised(self, found: tuple[str, str], now: float) -> None:
        """It names no engine, and is known now. What it becomes may be asked at any time."""
        self.found, self.unknown = found, None
        self.at, self.wait, self.elsewhere = now, 0.0, False

    def not_recognised(self, said: Failure, now: float) -> None:
        """It names no engine, and nobody knows it: the wait doubles."""
        if not self.is_due(now):
            self.early_at = now
        most = REPAIR_AGAIN if said.kind in _SAYS_SO else TROUBLED_AGAIN
        self.unknown = said
        self.at, self.wait = now, min(max(2 * self.wait, RECOGNISE_AGAIN), most)
        self.elsewhere = False


def to_keep(source: FeedSource, asking: Asking, at: Moment) -> AskedPage:
    """What came of asking in the form it is kept in beyond this run."""
    from notifier.model.asked_page import AskedPage  # few pages are asked: not loaded before

    return AskedPage(
        source.id,
        _as_set(source),
        _utc(asking.at, at),
        asking.wait,
        asking.found,
        asking.moved,
        asking.unknown,
        None if asking.early_at == _NEVER else _utc(asking.early_at, at),
    )


def recalled(page: AskedPage, source: FeedSource, at: Moment) -> Asking:
    """What an earlier run has kept, as if it had come of this one; nothing where it is not fit."""
    if page.settings != _as_set(source) or not _is_fit(page.taken_for, source):
        return Asking()
    return Asking(
        page.taken_for,
        page.moved,
        page.unknown,
        _steady(page.at, at),
        min(page.wait, REPAIR_AGAIN),
        _NEVER if page.early_at is None else _steady(page.early_at, at),
    )


def as_configured(source: FeedSource) -> tuple[str, str]:
    """The engine and the address of the documents, as the settings or the catalogue have them."""
    return source.engine or "", source.feed or source.url


def is_theirs(url: str, configured: str) -> bool:
    """Whether a page at `url` is of the owner of the `configured` one.

    One that is named after the owner of the page is theirs: they have sent us there themselves.
    """
    before, now = (place(configured) or ("", ""))[0], host_of(url)
    return owner_of(before) == owner_of(now) or is_named_after(now, before)


def _is_choice(said: Failure) -> bool:
    return said.kind is FailureKind.MOVED


def _as_set(source: FeedSource) -> str:
    """What the settings say of a page, in one word; an address may hold a token, a digest none."""
    engine, url = as_configured(source)
    return sha256(f"{engine} {url}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_fit(taken_for: tuple[str, str] | None, source: FeedSource) -> bool:
    """Whether a page may still be taken for that: by us, who may have another engine fewer."""
    if taken_for is None:
        return True
    engine, url = taken_for
    try:
        feeds.plans(engine, url)
    except Unreadable:
        return False
    return is_theirs(url, source.url)


def _utc(steady: float, at: Moment) -> datetime:
    return at.utc - timedelta(seconds=at.steady - steady)


def _steady(utc: datetime, at: Moment) -> float:
    """When that was on the steady clock of this run; never, where it is more than a day ago.

    What is still to come was written by a clock that was wrong: nobody is to wait for it.
    """
    age = (at.utc - utc).total_seconds()
    return at.steady - age if 0.0 <= age < REPAIR_AGAIN else _NEVER
