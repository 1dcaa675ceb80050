"""Looking at a source over the network: whatever happens there becomes an outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING

from notifier import probes
from notifier.model.last_reading import Document, LastReading
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
    SourceId,
    host_of,
    is_local,
)
from notifier.probes import Answer, local
from notifier.watch import model_server
from notifier.watch.clock import Clock
from notifier.watch.failures import NoAnswer, timed_out
from notifier.watch.kept import Kept
from notifier.watch.keys import Keys, Signature, entry_of, origin_of, signature
from notifier.watch.looker import Looked
from notifier.watch.pages import Pages
from notifier.watch.redirects import STATUSES, not_with_a_key
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask, Reply, Wire

if TYPE_CHECKING:
    from notifier.feeds.recognise import Found
    from notifier.watch.recognition import Recognised

log = logging.getLogger(__name__)

DEADLINE = 20.0
"""Seconds one look may take, with all its documents, redirects and its retry."""


class Fetch:
    """Looks at sources, keeping connections and what each page said last.

    Args:
        wire: the connections of this run.
        clock: for what is kept how long; waiting on the network goes by the loop's own time.
        kept: who keeps readings beyond this run, for commands that find no owner.
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
        self._pages = Pages(clock, kept)

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
        call = self._called(called, source.deep.model, visit)
        try:
            outcome = await self._within_deadline(called, visit, call)
        finally:
            await wire.close()
        return Looked(outcome, visit.seconds, visit.requests)

    async def recognise(self, address: str) -> Found | Failure:
        """What kind of page a pasted address is, wherever it has moved to; raises nothing."""
        return (await self.search(address)).outcome

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
            return _nothing(source, visit, error)
        except TimeoutError:
            return _nothing(source, visit, timed_out(visit.progress, self._deadline))
        except Exception:
            # A defect of ours must not look like anybody's outage; the log says where it is.
            log.exception("a look at %s failed in our own code", host_of(source.url))
            return Failure(FailureKind.INTERNAL, "The program itself failed here.")

    async def _outcome(self, source: Source, visit: Visit) -> Outcome:
        match source:
            case FeedSource():
                return await self._pages.look(source, visit)
            case ProbeSource(local=True):
                return await model_server.look(source, visit)
            case ProbeSource():
                answer = await self._answer(source.id, source.url, visit)
                return probes.read(source.dialect, answer)
            case KeySource():
                answer = await self._asked_with_key(Ask(source.url), visit)
                return probes.read_keyed(source.dialect, answer)
            case ReferenceSource():
                return probes.reference(await self._answer(None, source.url, visit), source.url)

    async def _called(self, source: KeySource, model: str, visit: Visit) -> Outcome:
        ask = Ask(source.url, body=probes.deep_body(source.dialect, model))
        return probes.read_deep(source.dialect, await self._asked_with_key(ask, visit))

    async def _asked_with_key(self, ask: Ask, visit: Visit) -> Answer:
        """The answer to a question with the person's key; a redirect is none, raises NoAnswer."""
        reply = await visit.once(ask)
        if reply.status in STATUSES:
            raise not_with_a_key(ask.url)
        return Answer(reply.status, _by_name(reply), reply.body, reply.seconds)

    async def _answer(self, source: SourceId | None, url: str, visit: Visit) -> Answer:
        """Any answer, a redirect too: that somebody answers is what is asked."""
        reply = await visit.once(Ask(url, glance=True))
        headers = _by_name(reply)
        if self._kept is not None and source is not None:
            document = Document(
                url, reply.body, status=reply.status, headers=headers, seconds=reply.seconds
            )
            at = self._clock.moment().utc
            self._kept.keep(LastReading(source, at, "", {"answer": document}))
        return Answer(reply.status, headers, reply.body, reply.seconds, self._clock.moment().utc)


def _by_name(reply: Reply) -> dict[str, str]:
    return {name.lower(): value for name, value in reply.headers.items()}


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


def _nothing(source: Source, visit: Visit, error: NoAnswer) -> Outcome:
    """What it means for a source of this kind that nothing came which can be used."""
    failure = error.failure
    visit.stopped = error.stage
    if isinstance(source, ProbeSource | KeySource):
        silent = local.silent if is_local(source) else probes.silent
        return silent(failure.kind, failure.detail, error.stage)
    return failure
