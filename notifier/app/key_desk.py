"""What a person does with a key in a window: set it, forget it. For the engine's thread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.app.keys import key_store, origins
from notifier.app.profile import Profile, read_settings
from notifier.model.key import KeyAnswer, KeyState, Secret, may_be_key
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.wording import key_dialog as words
from notifier.wording import keys
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
        self._profile = profile
        self._say = say
        self._given = store

    async def place(self, entry: str) -> Place:
        """Where a key under `entry` belongs; no prompt is opened to find out."""
        where, bad = self._where(entry)
        if bad:
            return Place(where, bad, fit=False)
        try:
            async with asyncio.timeout(PLACE_WITHIN):
                answer = await self._store().read((), quiet=True)
        except TimeoutError:
            answer = KeyAnswer(KeyState.HANGING)
        fit = answer.state in (KeyState.READ, KeyState.LOCKED)
        return Place(where, words.place(answer, self._say), fit)

    async def keep(self, entry: str, secret: Secret) -> Done:
        """Keep a key for the origins it belongs to."""
        if not may_be_key(secret.reveal()):
            return Done(well=False, says=keys.wrong_key(self._say))
        where, bad = self._where(entry)
        if bad:
            return Done(well=False, says=bad)
        answer = await self._store().set(entry, secret, where)
        if answer.state is not KeyState.READ:
            return Done(well=False, says=words.not_kept(answer, self._say))
        return self._noted(entry, answer)

    async def forget(self, entry: str) -> Done:
        """Take a key out of the store, and out of the settings."""
        answer = await self._store().forget(entry)
        if answer.state not in (KeyState.READ, KeyState.ABSENT):
            return Done(well=False, says=words.not_kept(answer, self._say))
        try:
            settings_file.keep_key(self._profile.places.settings, entry, kept=False)
        except (SettingsRefused, SettingsUnreadable) as error:
            return Done(well=False, says=str(error))
        return Done(well=True, says=words.gone(self._say))

    def _noted(self, entry: str, answer: KeyAnswer) -> Done:
        try:
            settings_file.keep_key(self._profile.places.settings, entry, kept=True)
        except (SettingsRefused, SettingsUnreadable) as error:
            return Done(well=False, says=f"{error} {keys.still_unused(entry, self._say)}")
        return Done(well=True, says=words.kept(answer, self._say))

    def _store(self) -> KeyStore:
        return key_store(self._profile) if self._given is None else self._given

    def _where(self, entry: str) -> tuple[tuple[str, ...], str]:
        """Where a key belongs, and why it must not be sent there; empty where it may."""
        from notifier.watch.keys import is_safe  # it loads what speaks HTTP

        try:
            choices = read_settings(self._profile).choices
        except SettingsUnreadable as error:
            return (), str(error)
        where = origins(entry, choices, self._profile)
        if not where:
            return (), keys.keyless(entry, self._say)
        unsafe = next((origin for origin in where if not is_safe(origin)), None)
        return where, "" if unsafe is None else keys.insecure(entry, unsafe, self._say)
