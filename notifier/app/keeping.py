"""Keeping a person's keys, for the command and the window alike: the store, and the note of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notifier.app.keys import addresses, entry_named, key_store, origins, push_meant
from notifier.app.profile import Profile, read_settings
from notifier.model.key import KeyState, Secret, may_be_key
from notifier.model.key_answer import KeyAnswer, KeyListing
from notifier.storage import settings_file
from notifier.storage.redaction import SHORTEST
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.wording import keys as words
from notifier.wording import relays
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.model.settings import Choices
    from notifier.storage.key_store import KeyStore


class NotKept(Exception):
    """Nothing was kept or forgotten: a sentence, and what to do. `usage`: it was asked wrongly.

    `state` is what came of asking the key store, where it was asked.
    """

    def __init__(self, says: str, state: KeyState | None = None, *, usage: bool = False) -> None:
        super().__init__(says)
        self.state = state
        self.usage = usage


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is kept and to which origins it is sent; `store` once it is there.

    The address of a `push` goes where it says itself; its origins are known once it is entered.
    """

    entry: str
    origins: tuple[str, ...]
    store: str = ""
    push: str = ""


class Keeper:
    """Puts keys into the key store and takes them out. Its coroutines run in any one loop.

    While one of them waits, the store may have a window open that asks the person to unlock it.
    """

    def __init__(self, profile: Profile, say: Say, store: KeyStore | None = None) -> None:
        """`store` is for those who test it."""
        self._profile = profile
        self._say = say
        self._store = key_store(profile) if store is None else store

    def place(self, word: str) -> Place:
        """Where the key meant by `word` belongs, an id or the name of an entry.

        Raises:
            NotKept: nobody is known who may be sent it, or only in the clear.
            SettingsUnreadable: nobody knows what the settings say.
        """
        choices = self._choices()
        if (name := push_meant(word)) is not None:
            if name not in {push.name for push in choices.pushes}:
                raise NotKept(relays.not_named(name, self._say), usage=True)
            return Place(word, (), push=name)
        entry = entry_named(word, choices)
        if not addresses(entry, choices, self._profile):
            raise NotKept(self._nowhere(entry, choices), usage=True)
        from notifier.watch.keys import is_safe  # it loads what speaks HTTP

        found = origins(entry, choices, self._profile)
        for origin in found:
            if not is_safe(origin):
                raise NotKept(words.insecure(entry, origin, self._say))
        return Place(entry, found)

    async def set(self, place: Place, text: str) -> Place:
        """Keep the key `text`, and note its name in the settings; where it is now.

        Raises NotKept.
        """
        if not _is_a_key(text):
            raise NotKept(words.wrong_key(self._say), usage=True)
        if place.push:
            place = await self._addressed(place, Secret(text))
        answer = await self._store.set(place.entry, Secret(text), place.origins)
        if answer.state is not KeyState.READ:
            raise self._trouble(answer, place.entry)
        self._note(place.entry, kept=True)
        return replace(place, store=answer.store)

    async def _addressed(self, place: Place, address: Secret) -> Place:
        """The place of a push, with the kind of its address; raises NotKept where it is none."""
        from notifier.relays.push import PushState, Sender
        from notifier.storage.redaction import hide

        hide(address.reveal())
        answer = await Sender().understands(address)
        if answer.state is PushState.STRANGE:
            raise NotKept(relays.no_address(self._say), usage=True)
        if answer.state is not PushState.UNDERSTOOD:
            raise NotKept(relays.not_tried(self._say))
        scheme = address.reveal().partition("://")[0]
        return replace(place, origins=(f"{scheme}://",))

    async def forget(self, word: str) -> str:
        """Take a key out, and its name out of the settings; the name. Raises NotKept."""
        entry = entry_named(word, self._choices())
        answer = await self._store.forget(entry)
        if answer.state not in (KeyState.READ, KeyState.ABSENT):
            raise self._trouble(answer, entry)
        noted = self._note(entry, kept=False)
        if answer.state is KeyState.ABSENT and not noted:
            raise NotKept(words.none_kept(entry, self._say))
        return entry

    async def list(self) -> KeyListing:
        """Which keys the settings name, and which of them the store has."""
        names = self._choices().keys
        if not names:
            return KeyListing(KeyState.READ)
        return await self._store.list(names)

    async def describe(self) -> KeyAnswer:
        """What the store is, and whether it can be used; no window is opened to find out."""
        return await self._store.read((), quiet=True)

    def _trouble(self, answer: KeyAnswer, entry: str) -> NotKept:
        return NotKept(words.trouble(answer.state, entry, answer.store, self._say), answer.state)

    async def close(self) -> None:
        """End what is still being asked."""
        await self._store.close()

    def _choices(self) -> Choices:
        return read_settings(self._profile).choices

    def _nowhere(self, entry: str, choices: Choices) -> str:
        own = {one.id for one in choices.watched}
        named = entry in self._profile.catalogue.by_id or entry in own
        return (words.keyless if named else words.unknown)(entry, self._say)

    def _note(self, entry: str, *, kept: bool) -> bool:
        """Write down that there is such a key, or no longer."""
        try:
            return settings_file.keep_key(self._profile.places.settings, entry, kept=kept)
        except (SettingsRefused, SettingsUnreadable) as error:
            still = f" {words.still_unused(entry, self._say)}" if kept else ""
            raise NotKept(f"{error}{still}") from error


def _is_a_key(text: str) -> bool:
    """Whether it is one word that every header can carry, and that no log would mistake."""
    return may_be_key(text) and len(text) >= SHORTEST
