"""The addresses of pushes: fetched from the key store when one is sent, and held no longer."""

import asyncio
from collections.abc import Collection

from notifier.model.key import KeyState, Secret
from notifier.model.relay import Push
from notifier.relays.line import Carried
from notifier.watch.clock import Clock
from notifier.watch.key_ring import AGAIN, Store
from notifier.wording import keys as words
from notifier.wording.say import Say

_FOR_GOOD = frozenset(
    {KeyState.ABSENT, KeyState.NO_STORE, KeyState.FOREIGN, KeyState.PLAIN_TEXT, KeyState.READ}
)
"""What is the same in two minutes; a store that is locked may be open then."""


class Addresses:
    """Asks one question at a time: an unlock prompt then serves all who wait."""

    def __init__(self, store: Store, clock: Clock, say: Say) -> None:
        self._store = store
        self._clock = clock
        self._say = say
        self._one_at_a_time = asyncio.Lock()
        self._locked_at = float("-inf")

    async def of(self, push: Push, kept: Collection[str]) -> Secret | Carried:
        """The address of a push, if the settings note that one is `kept`; else why not."""
        if push.entry not in kept:
            return self._refusal(KeyState.ABSENT, push, "")
        async with self._one_at_a_time:
            # Whoever closed the prompt is not asked again with the next notice.
            now = self._clock.moment().steady
            quiet = now - self._locked_at < AGAIN
            answer = await self._store.read((push.entry,), quiet=quiet)
            if answer.state is KeyState.LOCKED and not quiet:
                self._locked_at = now
        found = answer.keys.get(push.entry)
        if found is not None:
            return found.secret
        if push.entry in answer.strange:
            return Carried(words.strange(push.entry, self._say))
        state = KeyState.ABSENT if answer.state is KeyState.READ else answer.state
        return self._refusal(state, push, answer.store)

    async def close(self) -> None:
        """End the question under way, and its prompt with it."""
        await self._store.close()

    def _refusal(self, state: KeyState, push: Push, store: str) -> Carried:
        why = words.trouble(state, push.entry, store, self._say)
        return Carried(why, again=state not in _FOR_GOOD)
