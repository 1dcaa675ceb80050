"""Looking at a front door, an account or a neutral host: one answer, and what its dialect reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notifier import probes
from notifier.model.last_reading import Document, LastReading
from notifier.model.observation import Outcome
from notifier.model.service import KeySource, ProbeSource, ReferenceSource, SourceId, is_local
from notifier.probes import Answer
from notifier.watch.redirects import STATUSES, not_with_a_key
from notifier.watch.wire import Ask, Reply

if TYPE_CHECKING:
    from notifier.watch.clock import Clock
    from notifier.watch.failures import NoAnswer
    from notifier.watch.kept import Kept
    from notifier.watch.visit import Visit


class Doors:
    """All that is no page.

    Args:
        clock: for when an answer came.
        kept: who keeps readings beyond this run, for commands that find no owner.
    """

    def __init__(self, clock: Clock, kept: Kept | None = None) -> None:
        self._clock = clock
        self._kept = kept

    async def look(
        self, source: ProbeSource | KeySource | ReferenceSource, visit: Visit
    ) -> Outcome:
        """Ask once, or a model server for its documents; raises NoAnswer."""
        match source:
            case ProbeSource(local=True):
                from notifier.watch import model_server  # few have one: not loaded before

                return await model_server.look(source, visit)
            case ProbeSource():
                answer = await self._answer(source.id, source.url, visit)
                return probes.read(source.dialect, answer)
            case KeySource():
                answer = await self._asked_with_key(Ask(source.url), visit)
                return probes.read_keyed(source.dialect, answer)
            case ReferenceSource():
                return probes.reference(await self._answer(None, source.url, visit), source.url)

    async def call(self, source: KeySource, model: str, visit: Visit) -> Outcome:
        """Make the smallest real call, which costs something; raises NoAnswer."""
        ask = Ask(source.url, body=probes.deep_body(source.dialect, model))
        return probes.read_deep(source.dialect, await self._asked_with_key(ask, visit))

    def silent(self, source: ProbeSource | KeySource, error: NoAnswer) -> Outcome:
        """What it means that nothing came which can be used."""
        silent = probes.silent
        if is_local(source):
            from notifier.probes import local

            silent = local.silent
        return silent(error.failure.kind, error.failure.detail, error.stage)

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
