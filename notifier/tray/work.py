"""What works behind the icon, in the engine's thread: a real watch, or a rehearsal of one.

Names only: whoever imports this loads nothing of what works.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, repeat
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime

    from notifier.app.rehearsing import Live
    from notifier.app.session import Session
    from notifier.model.announcement import NoticeId
    from notifier.model.dossier import Dossier
    from notifier.model.drill import Drill
    from notifier.model.event import Wish
    from notifier.model.moment import Moment
    from notifier.model.observation import Failure, Reading
    from notifier.model.picture import ShownExclusion, ShownFallback
    from notifier.model.relay import Relayed
    from notifier.model.service import Service, ServiceKey
    from notifier.rehearsal.play import Outcome
    from notifier.watch.engine import Engine
    from notifier.wording.say import Say

log = logging.getLogger(__name__)

PAUSES = (2.0, 10.0, 60.0)
"""Seconds until a watch that failed is begun again; the last one from then on."""


class Work(Protocol):
    """All of it is called in the loop of the engine's thread; `run` may be called once."""

    @property
    def engine(self) -> Engine | None:
        """The engine; None while there is none."""
        ...

    @property
    def turned(self) -> Moment | None:
        """When it was last seen to go on, read from any thread; None where that is no matter."""
        ...

    async def run(self) -> None:
        """Work until `stop`, or until there is no more to do."""
        ...

    def stop(self) -> None:
        """End `run` soon."""
        ...


class Watch:
    """The real thing: a session of the person's own profile, and another one where it fails."""

    def __init__(
        self, first: Session, another: Callable[[], Session], stalled: Callable[[], None]
    ) -> None:
        """Run `first`; if a defect of ours ends it call `stalled`, and begin `another`."""
        self._session = first
        self._another = another
        self._stalled = stalled
        self._failed = self._stopping = False
        self._pause: asyncio.Event | None = None

    @property
    def engine(self) -> Engine | None:
        """The session's engine."""
        return self._session.engine

    @property
    def turned(self) -> Moment | None:
        """When the engine last went on."""
        return self._session.engine.turned

    async def run(self) -> None:
        """Watch until stopped."""
        import asyncio

        self._pause = asyncio.Event()
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            if self._stopping or await self._watched():
                return
            self._stalled()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._pause.wait(), pause)

    async def _watched(self) -> bool:
        """Whether it ended because it was told to."""
        try:
            if self._failed:
                self._session = self._another()
            self._failed = False
            await self._session.run()
        except Exception:
            log.exception("the watch has ended by a defect of ours")
            self._failed = True
        return not self._failed

    def key_changed(self, entry: str) -> None:
        """The person has set another key, or forgotten one."""
        self._session.key_changed(entry)

    async def test_fallbacks(self, show: Callable[[Drill], None]) -> None:
        """Try what could be used instead; `show` hears of every step."""
        await self._session.test_fallbacks(show)

    async def try_relays(self) -> tuple[Relayed, ...]:
        """Send a test notification through every push and hook."""
        return await self._session.try_relays()

    def stop(self) -> None:
        """End soon."""
        self._stopping = True
        self._session.stop()
        if self._pause is not None:
            self._pause.set()


def key_changed(work: Work | None, entry: str) -> None:
    """Pass on that the person has set another key, or forgotten one."""
    if isinstance(work, Watch):
        work.key_changed(entry)


async def try_relays(work: Work | None, answered: Callable[[tuple[Relayed, ...]], None]) -> None:
    """Send a test notification through every push and hook; a rehearsal has none.

    `answered` is called whatever comes of it.
    """
    relayed: tuple[Relayed, ...] = ()
    try:
        if isinstance(work, Watch):
            relayed = await work.try_relays()
    finally:
        answered(relayed)


async def call(work: Work | None, service: ServiceKey) -> Reading | Failure:
    """Make one real call for a service, on a person's own word."""
    engine = None if work is None else work.engine
    if engine is None or service not in engine.settings.by_key:
        from notifier.model.observation import Failure, FailureKind

        return Failure(FailureKind.INTERNAL, "It is no longer watched.")
    return await engine.deep_check(service)


async def test_fallbacks(work: Work | None, show: Callable[[Drill], None]) -> None:
    """Try what could be used instead; a rehearsal has nothing to try."""
    if isinstance(work, Watch):
        await work.test_fallbacks(show)


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

    @property
    def turned(self) -> Moment | None:
        """No matter: a play may well kill its program."""
        return None

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


def kept_back(work: Work, notice: NoticeId, by: str) -> None:
    """Pass on that whoever took it keeps it back, for do not disturb is on."""
    if work.engine is not None:
        work.engine.kept_back(notice, by)


def unheard(work: Work, notice: NoticeId, why: str) -> None:
    """Pass on that none did."""
    if work.engine is not None:
        work.engine.unheard(notice, why)


def reachable(work: Work) -> None:
    """Pass on that a daemon has appeared."""
    if work.engine is not None:
        work.engine.reachable()


def last_outage(work: Work | None, service: ServiceKey) -> tuple[Service | None, Dossier | None]:
    """A service that is watched, and all that was written down of its last outage."""
    engine = None if work is None else work.engine
    chosen = None if engine is None else engine.settings.by_key.get(service)
    if engine is None or chosen is None:
        return None, None
    return chosen, engine.last_outage(service)


def ranked(
    work: Work, service: ServiceKey, at: Moment, say: Say
) -> tuple[tuple[ShownFallback, ...], tuple[ShownExclusion, ...]]:
    """Alternatives to a service that is watched, though nothing is the matter with it."""
    from notifier import view

    engine = work.engine
    chosen = None if engine is None else engine.settings.by_key.get(service)
    if engine is None or chosen is None:
        return (), ()
    return view.alternatives(engine.board, engine.settings, chosen, at, say)


def service_at(work: Work | None, url: str) -> Service | None:
    """The service whose page this is: one that is watched, else one that could be."""
    engine = None if work is None else work.engine
    if engine is None:
        return None
    known = (*engine.settings.services, *engine.settings.others)
    return next((one for one in known if one.home == url), None)


def is_rehearsal(work: Work | None) -> bool:
    """Whether nothing of all this happens in truth."""
    return isinstance(work, Rehearsed)


def sounds(work: Work | None) -> bool:
    """Whether a confirmed outage may be heard."""
    return work is not None and work.engine is not None and work.engine.settings.sound


def neutral(work: Work) -> tuple[str, ...]:
    """The addresses of the neutral hosts that may be asked."""
    if work.engine is None:
        return ()
    return tuple(reference.url for reference in work.engine.settings.references)
