"""What a person does with a key in a window: set it, forget it. For the engine's thread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.app.keeping import Keeper, NotKept
from notifier.app.profile import Profile
from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeyAnswer
from notifier.storage.settings_file import SettingsUnreadable
from notifier.wording import key_dialog as words
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.storage.key_store import KeyStore

PLACE_WITHIN = 10.0
"""Seconds a store may take to say what it is: no prompt is open meanwhile."""


@dataclass(frozen=True, slots=True)
class Done:
    """Whether it was done, in a sentence."""

    well: bool
    says: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key may be sent, and where it would be kept, in a sentence; whether it can be."""

    origins: tuple[str, ...]
    says: str
    fit: bool


class KeyDesk:
    """The keys of one profile, at a person's word. Nothing here raises for a store or a disk.

    Whatever waits for the person (an unlock prompt) ends with the task that waits.
    """

    def __init__(self, profile: Profile, say: Say, store: KeyStore | None = None) -> None:
        """`store` is for those who test it."""
        self._keeper = Keeper(profile, say, store)
        self._say = say

    async def place(self, entry: str) -> Place:
        """Where a key under `entry` belongs; no prompt is opened to find out."""
        try:
            where = self._keeper.place(entry).origins
        except (NotKept, SettingsUnreadable) as error:
            return Place((), str(error), fit=False)
        try:
            async with asyncio.timeout(PLACE_WITHIN):
                answer = await self._keeper.describe()
        except TimeoutError:
            answer = KeyAnswer(KeyState.HANGING)
        fit = answer.state in (KeyState.READ, KeyState.LOCKED)
        return Place(where, words.place(answer, self._say), fit)

    async def keep(self, entry: str, secret: Secret) -> Done:
        """Keep a key for the origins it belongs to."""
        try:
            kept = await self._keeper.set(self._keeper.place(entry), secret.reveal())
        except (NotKept, SettingsUnreadable) as error:
            return self._not_done(error)
        return Done(
            well=True, says=words.kept(KeyAnswer(KeyState.READ, store=kept.store), self._say)
        )

    async def forget(self, entry: str) -> Done:
        """Take a key out of the store, and out of the settings."""
        try:
            await self._keeper.forget(entry)
        except (NotKept, SettingsUnreadable) as error:
            return self._not_done(error)
        return Done(well=True, says=words.gone(self._say))

    def _not_done(self, error: NotKept | SettingsUnreadable) -> Done:
        locked = isinstance(error, NotKept) and error.state is KeyState.LOCKED
        return Done(well=False, says=words.still_locked(self._say) if locked else str(error))
