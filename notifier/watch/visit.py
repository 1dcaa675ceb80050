"""The exchanges of one look: redirects followed by our rule, one retry, everything counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.model.observation import FailureKind, Stage
from notifier.model.service import host_of
from notifier.watch import redirects
from notifier.watch.failures import NoAnswer
from notifier.watch.outside import is_public
from notifier.watch.progress import Progress
from notifier.watch.wire import Ask, Reply, Wire

if TYPE_CHECKING:  # loaded where a key is used
    from notifier.watch.keys import Keys, Signature

_BROKEN = frozenset({FailureKind.RESET, FailureKind.TRUNCATED})

_FAILS = 500
"""The least status with which a host says that it fails."""


class Visit:
    """One look under way. `requests` and `seconds` are those of all its exchanges so far.

    `progress` is how far the last of them got, `stopped` the stage at which the look ended.
    With `public_only` it goes to no address that is this computer's or network's own. A `signed`
    one is signed at its own origin and nowhere else, and is not sent on from there. With `settling`
    it settles a doubt. `stumbled` is whether a connection broke and a second one was needed.
    """

    def __init__(
        self,
        wire: Wire,
        url: str,
        *,
        public_only: bool = False,
        signed: Signature | None = None,
        keys: Keys | None = None,
        settling: bool = False,
    ) -> None:
        self.progress = Progress(host_of(url))
        self.requests = 0
        self.seconds: float | None = None
        self.stopped: Stage | None = None
        self.stumbled = False
        self._wire = wire
        self._public_only = public_only
        self._signed = signed
        self._keys = keys
        self._settling = settling
        self._retried = False

    async def follow(self, ask: Ask) -> Reply:
        """The answer, at the end of at most five redirects; raises NoAnswer."""
        for _ in range(redirects.MOST_HOPS + 1):
            reply = await self.once(ask)
            location = reply.headers.get("location")
            if reply.status not in redirects.STATUSES or location is None:
                return reply
            if self._signed is not None:
                raise redirects.not_with_a_key(ask.url)
            inside = reply.peer is None or not is_public(reply.peer)
            url = redirects.next_hop(ask.url, location, reply.status)
            headers = redirects.carried(ask.headers, ask.url, url)
            ask = replace(ask, url=url, headers=headers, public_only=ask.public_only or not inside)
        raise redirects.too_many(ask.url)

    async def once(self, ask: Ask) -> Reply:
        """The answer, whatever it is, a redirect too; raises NoAnswer.

        A connection that breaks is made anew, once in a look: the peer may have given up a kept
        one long ago, without a word that reached us. So is, where a doubt is to be settled, one
        that stays silent or brings word of trouble over there: two that do say more than one. What
        costs something is never asked twice.
        """
        once = self._retried or ask.body is not None
        try:
            reply = await self._exchange(self._wire, ask)
        except NoAnswer as error:
            if once or not self._broken(error):
                raise
            self.stumbled = True
        else:
            if once or not (self._settling and _in_trouble(reply)):
                return reply
        self._retried = True
        apart = self._wire.apart()
        try:
            return await self._exchange(apart, ask)
        finally:
            await apart.close()

    def _broken(self, error: NoAnswer) -> bool:
        kind = error.failure.kind
        silent = kind is FailureKind.TIMEOUT and (self.progress.reused or self._settling)
        return silent or kind in _BROKEN

    async def _exchange(self, wire: Wire, ask: Ask) -> Reply:
        self.progress = Progress(host_of(ask.url))
        self.requests += 1
        ask = replace(ask, public_only=ask.public_only or self._public_only)
        if self._signed is not None and self._signed.is_for(ask.url):
            ask = replace(ask, signed=self._signed)
        reply = await wire.exchange(ask, self.progress)
        self.seconds = (self.seconds or 0.0) + reply.seconds
        if ask.signed is None or self._keys is None:
            return reply
        return replace(reply, body=self._keys.cut(ask.signed.secret, reply.body))


def _in_trouble(reply: Reply) -> bool:
    """Whether the peer fails, and did not ask for a while without questions."""
    return reply.status >= _FAILS and "retry-after" not in reply.headers
