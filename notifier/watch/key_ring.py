"""The keys of one run, as far as the key store has given them; it is asked in the background.

Nobody waits for a person at an unlock prompt: whoever needs a key meanwhile is told so, and looks
again as soon as the store has answered.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey, KeyAnswer
from notifier.model.observation import Failure, FailureKind
from notifier.watch.clock import Clock
from notifier.wording import keys as words
from notifier.wording.say import Say

log = logging.getLogger(__name__)

AGAIN = 900.0
"""Seconds until a store that gave no key is asked again, without a prompt."""

_NOT_YET = KeyAnswer(KeyState.WAITING)


class Store(Protocol):
    """The key store. None of its methods raises for anything a store can do."""

    async def read(self, entries: Iterable[str], *, quiet: bool = False) -> KeyAnswer:
        """The keys under `entries`; a `quiet` question opens no prompt."""
        ...

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """`text` without a key that was read."""
        ...

    async def close(self) -> None:
        """End what is still being asked."""
        ...


class KeyRing:
    """All of it in the loop's thread.

    Args:
        store: the key store.
        clock: for when it is asked again.
        say: says why a key is not to be had.
        patience: seconds a question for a key waits for the store; 0 for whoever must not wait.
        came: told which entries have another answer than before.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        say: Say,
        *,
        patience: float = 0.0,
        came: Callable[[frozenset[str]], None] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._say = say
        self._patience = patience
        self._came = came
        self._entries: frozenset[str] = frozenset()
        self._answer = _NOT_YET
        self._asked_for: frozenset[str] = frozenset()
        self._asked_at = float("-inf")
        self._due = True
        self._quiet = False
        self._asking: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """Whether the store is being asked just now: a prompt may be open."""
        return self._asking is not None

    def expect(self, entries: Iterable[str]) -> None:
        """Use the keys under `entries`, as the settings say; let go of all others."""
        self._entries = frozenset(entries)
        self._asked_for &= self._entries
        keys = {entry: key for entry, key in self._answer.keys.items() if entry in self._entries}
        self._answer = replace(self._answer, keys=keys)

    async def secret(self, entry: str, origin: str) -> Secret | Failure:
        """The key under `entry`, if it was entered for `origin`; else why it is not to be had."""
        if entry not in self._entries:
            return self._failure(KeyState.ABSENT, entry)
        if self._stale(entry):
            self._ask()
        if self._asking is not None and entry not in self._answer.keys:
            if self._patience:
                await asyncio.wait({self._asking}, timeout=self._patience)
            if self.waiting:
                return self._failure(KeyState.WAITING, entry)
        return self._given(entry, origin)

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """`text` without a key given out here."""
        return self._store.cut(secret, text)

    def try_again(self, *, quiet: bool = True) -> None:
        """Ask the store anew when a key is needed next; if not `quiet`, it may ask the person."""
        self._quiet = self._quiet and quiet if self._due else quiet
        self._due = True

    def changed(self, entry: str) -> None:
        """The person has just put another key under `entry`, or taken it out: ask for it anew."""
        keys = {name: key for name, key in self._answer.keys.items() if name != entry}
        self._answer = replace(self._answer, keys=keys)
        self.try_again(quiet=False)

    async def close(self) -> None:
        """End the question under way, and its prompt with it."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
        await self._store.close()

    def _stale(self, entry: str) -> bool:
        if self._asking is not None:
            return False
        lacks = entry not in self._asked_for
        late = self._clock.moment().steady - self._asked_at >= AGAIN
        return self._due or lacks or (late and entry not in self._answer.keys)

    def _ask(self) -> None:
        # Nobody opens a prompt a quarter of an hour after it was closed; new keys may.
        quiet = self._quiet if self._due else self._entries <= self._asked_for
        self._asked_for, self._asked_at = self._entries, self._clock.moment().steady
        self._due = False
        self._asking = asyncio.get_running_loop().create_task(self._read(quiet=quiet))

    async def _read(self, *, quiet: bool) -> None:
        before, waited_for = self._answer, self._asked_for
        try:
            after = await self._store.read(sorted(waited_for), quiet=quiet)
        except Exception:
            log.exception("the key store could not be asked")
            after = KeyAnswer(KeyState.BROKEN)
        # A store that is locked meanwhile takes nothing back that it has given.
        self._answer = before if before.keys and after.state is not KeyState.READ else after
        self._asking = None
        log.info("the key store: %s", after.state.value)
        changed = {one for one in waited_for if _differs(one, before, self._answer)}
        if changed and self._came is not None:
            self._came(frozenset(changed))

    def _given(self, entry: str, origin: str) -> Secret | Failure:
        kept: KeptKey | None = self._answer.keys.get(entry)
        if kept is not None and origin in kept.origins:
            return kept.secret
        if kept is not None:
            return _no(words.elsewhere(entry, kept.origins, origin, self._say))
        if entry in self._answer.strange:
            return _no(words.strange(entry, self._say))
        state = self._answer.state
        return self._failure(KeyState.ABSENT if state is KeyState.READ else state, entry)

    def _failure(self, state: KeyState, entry: str) -> Failure:
        says = words.trouble(state, entry, self._answer.store, self._say)
        return Failure(FailureKind.KEY_STORE, says, store=state)


def _differs(entry: str, before: KeyAnswer, after: KeyAnswer) -> bool:
    """Whether a look that needs `entry` would bring something else now."""
    return (
        before.state is not after.state
        or before.keys.get(entry) != after.keys.get(entry)
        or (entry in before.strange) is not (entry in after.strange)
    )


def _no(says: str) -> Failure:
    return Failure(FailureKind.KEY_STORE, says)
