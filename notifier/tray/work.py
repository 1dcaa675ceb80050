"""What works behind the icon, in the engine's thread: a real watch, or a rehearsal of one.

Names only: whoever imports this loads nothing of what works.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from notifier.app.rehearsing import Live
    from notifier.app.session import Session
    from notifier.model.announcement import NoticeId
    from notifier.model.event import Wish
    from notifier.model.service import ServiceKey
    from notifier.rehearsal.play import Outcome
    from notifier.watch.engine import Engine


class Work(Protocol):
    """All of it is called in the loop of the engine's thread; `run` may be called once."""

    @property
    def engine(self) -> Engine | None:
        """The engine; None while there is none."""
        ...

    async def run(self) -> None:
        """Work until `stop`, or until there is no more to do."""
        ...

    def stop(self) -> None:
        """End `run` soon."""
        ...


class Watch:
    """The real thing: a session of the person's own profile."""

    def __init__(self, session: Session) -> None:
        """Run `session`."""
        self._session = session

    @property
    def engine(self) -> Engine | None:
        """The session's engine."""
        return self._session.engine

    async def run(self) -> None:
        """Watch until stopped."""
        await self._session.run()

    def stop(self) -> None:
        """End soon."""
        self._session.stop()


class Rehearsed:
    """A rehearsal; it ends by itself."""

    def __init__(self, live: Live, after: Callable[[Outcome], None]) -> None:
        """Play `live`; `after` hears what came of it."""
        self._live = live
        self._after = after

    @property
    def engine(self) -> Engine | None:
        """The engine of the play, while its program runs."""
        return self._live.play.engine

    async def run(self) -> None:
        """Play to the end."""
        self._after(await self._live.run())

    def stop(self) -> None:
        """End the play early."""
        self._live.play.stop()


def ask(work: Work, wish: Wish, service: ServiceKey | None, until: datetime | None) -> None:
    """Pass a wish on, if anybody is there to take it."""
    if work.engine is not None:
        work.engine.ask(wish, service, until)


def heard(work: Work, notice: NoticeId, channel: str, handle: str) -> None:
    """Pass on that a channel delivered."""
    if work.engine is not None:
        work.engine.heard(notice, channel, handle)


def unheard(work: Work, notice: NoticeId, why: str) -> None:
    """Pass on that none did."""
    if work.engine is not None:
        work.engine.unheard(notice, why)


def reachable(work: Work) -> None:
    """Pass on that a daemon has appeared."""
    if work.engine is not None:
        work.engine.reachable()
