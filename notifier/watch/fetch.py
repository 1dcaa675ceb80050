"""Looking at a source over the network: whatever happens there becomes an outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.model.observation import (
    Failure,
    FailureKind,
    Outcome,
    Reading,
    Stage,
    StageTime,
)
from notifier.model.service import (
    FeedSource,
    KeySource,
    ProbeSource,
    ReferenceSource,
    Source,
    entry_of,
    host_of,
)
from notifier.watch.asking import AskedBefore
from notifier.watch.clock import Clock
from notifier.watch.failures import NoAnswer, timed_out
from notifier.watch.kept import Kept
from notifier.watch.looker import Looked
from notifier.watch.pages import Pages
from notifier.watch.visit import Visit
from notifier.watch.wire import Wire

if TYPE_CHECKING:
    from notifier.feeds.recognise import Found
    from notifier.model.drill import Spoken
    from notifier.watch.doors import Doors
    from notifier.watch.keys import Keys, Signature
    from notifier.watch.recognition import Recognised

log = logging.getLogger(__name__)

DEADLINE = 20.0
"""Seconds one look may take, with all its documents, redirects and its retry."""

TOKEN_WITHIN = 60.0
"""Seconds a model on this computer may take for its first token: it may have to be loaded."""

TOKEN_LATE = (
    f"The model did not answer within {TOKEN_WITHIN:.0f} s; one that must be loaded first may "
    "take longer."
)


class Fetch:
    """Looks at sources, keeping connections and what each page said last.

    Args:
        wire: the connections of this run.
        clock: for what is kept how long; waiting on the network goes by the loop's own time.
        kept: who keeps readings beyond this run, for commands that find no owner.
        asked_pages: who keeps beyond this run what pages were found to be, and when asked.
        deadline: see DEADLINE.
        own: the hosts a person has named, which may lie in their own network; every other is
            asked only where it leads out of it. None: any host may lie anywhere.
        keys: who has the person's keys; None where none is to be used.
    """

    def __init__(
        self,
        *,
        wire: Wire,
        clock: Clock,
        kept: Kept | None = None,
        asked_pages: AskedBefore | None = None,
        deadline: float = DEADLINE,
        own: frozenset[str] | None = None,
        keys: Keys | None = None,
    ) -> None:
        self._wire = wire
        self._clock = clock
        self._kept = kept
        self._deadline = deadline
        self._own = own
        self._keys = keys
        self._pages = Pages(clock, kept, asked_pages)
        self._late_doors: Doors | None = None

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        """Ask `source` once; `fresh` on connections of its own. Raises nothing but cancellation."""
        signed = await self._signed(source)
        if isinstance(signed, Failure):
            return Looked(signed, requests=0)
        wire = self._wire.apart(self._deadline / 2) if fresh else self._wire
        visit = self._visit(wire, source.url, signed, settling=fresh)
        try:
            outcome = await self._within_deadline(source, visit, self._outcome(source, visit))
        finally:
            if fresh:
                await wire.close()
        return Looked(
            outcome,
            visit.seconds,
            visit.requests,
            stages=_stages(outcome, visit),
            stopped=_stopped(outcome, visit),
            stumbled=visit.stumbled,
        )

    async def deep(self, source: KeySource) -> Looked:
        """Make the smallest real call with the person's key: it costs what `source.deep` says.

        Only on a person's own word, and never twice by itself.
        """
        if source.deep is None:
            return Looked(Failure(FailureKind.KEY_STORE, "No real call is known here."), requests=0)
        called = replace(source, url=source.deep.url)
        signed = await self._signed(called)
        if isinstance(signed, Failure):
            return Looked(signed, requests=0)
        wire = self._wire.apart()
        visit = self._visit(wire, called.url, signed)
        call = self._doors.call(called, source.deep.model, visit)
        try:
            outcome = await self._within_deadline(called, visit, call)
        finally:
            await wire.close()
        return Looked(outcome, visit.seconds, visit.requests)

    async def token(self, source: ProbeSource, model: str) -> Spoken | Failure:
        """Have `model` of a server on this computer answer one token; raises nothing.

        On a connection of its own: one that must be loaded first is silent for long.
        """
        from notifier.model.drill import Spoken
        from notifier.watch import model_server

        wire = self._wire.apart()
        visit = self._visit(wire, source.url, None)
        try:
            async with asyncio.timeout(TOKEN_WITHIN):
                failure = await model_server.one_token(source, model, visit)
        except NoAnswer as error:
            return error.failure
        except TimeoutError:
            return Failure(FailureKind.TIMEOUT, TOKEN_LATE)
        finally:
            await wire.close()
        return failure or Spoken(model_server.shown(model), visit.seconds or 0.0)

    async def recognise(self, address: str) -> Found | Failure:
        """What kind of page a pasted address is, wherever it has moved to; raises nothing."""
        from notifier.watch.recognition import one_of  # few looks need it: not loaded before

        return one_of((await self.search(address)).outcome, address)

    async def search(self, address: str) -> Recognised:
        """The same, with what was tried where nothing is known."""
        # Few looks need it: not loaded before.
        from notifier.watch.recognition import Recognised, search

        visit = Visit(self._wire, address)
        try:
            async with asyncio.timeout(self._deadline):
                return await search(address, visit, self._clock.moment().utc)
        except NoAnswer as error:
            return Recognised(error.failure)
        except TimeoutError:
            return Recognised(timed_out(visit.progress, self._deadline).failure)

    async def forget(self) -> None:
        """Drop every connection: the network is another one now."""
        self._pages.forget()
        if self._keys is not None:
            self._keys.try_again()
        await self._wire.forget()

    async def close(self) -> None:
        """Close every connection."""
        await self._wire.close()

    def _visit(
        self, wire: Wire, url: str, signed: Signature | None, *, settling: bool = False
    ) -> Visit:
        return Visit(
            wire,
            url,
            public_only=self._own is not None and host_of(url) not in self._own,
            signed=signed,
            keys=self._keys,
            settling=settling,
        )

    async def _signed(self, source: Source) -> Signature | Failure | None:
        """How a look at `source` is signed; None where it needs no key."""
        entry = entry_of(source)
        if entry is None or not isinstance(source, FeedSource | KeySource):
            return None
        if self._keys is None:
            return Failure(FailureKind.KEY_STORE, "No key is used here.")
        # Few looks need it: not loaded before.
        from notifier.watch.keys import origin_of, signature

        origin = origin_of(source.url)
        secret = await self._keys.secret(entry, origin)
        return secret if isinstance(secret, Failure) else signature(source, secret, origin)

    async def _within_deadline(
        self, source: Source, visit: Visit, look: Coroutine[None, None, Outcome]
    ) -> Outcome:
        try:
            async with asyncio.timeout(self._deadline):
                return await look
        except NoAnswer as error:
            return self._nothing(source, visit, error)
        except TimeoutError:
            return self._nothing(source, visit, timed_out(visit.progress, self._deadline))
        except Exception:
            # A defect of ours must not look like anybody's outage; the log says where it is.
            log.exception("a look at %s failed in our own code", host_of(source.url))
            return Failure(FailureKind.INTERNAL, "The program itself failed here.")

    async def _outcome(self, source: Source, visit: Visit) -> Outcome:
        match source:
            case FeedSource():
                return await self._pages.look(source, visit)
            case ProbeSource() | KeySource() | ReferenceSource():
                return await self._doors.look(source, visit)

    def _nothing(self, source: Source, visit: Visit, error: NoAnswer) -> Outcome:
        """What it means for a source of this kind that nothing came which can be used."""
        visit.stopped = error.stage
        if isinstance(source, ProbeSource | KeySource):
            return self._doors.silent(source, error)
        return error.failure

    @property
    def _doors(self) -> Doors:
        """Whoever looks at pages alone does without: not loaded before."""
        if self._late_doors is None:
            from notifier.watch.doors import Doors

            self._late_doors = Doors(self._clock, self._kept)
        return self._late_doors


def _stages(outcome: Outcome, visit: Visit) -> tuple[StageTime, ...]:
    """The stages of the last exchange. Whose product has answered has done so with the body."""
    stages = visit.progress.stages
    if not (isinstance(outcome, Reading) and outcome.stage is Stage.PRODUCT) or not stages:
        return stages
    rest = (visit.seconds or 0.0) - sum(one.seconds for one in stages)
    return (*stages, StageTime(Stage.PRODUCT, max(0.0, rest)))


def _stopped(outcome: Outcome, visit: Visit) -> Stage | None:
    """Where a look ended that brought nothing; an answer nobody can use ended at the front door."""
    if not visit.requests:
        return None
    return visit.stopped or (Stage.FRONT if isinstance(outcome, Failure) else None)
