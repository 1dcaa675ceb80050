"""The person's keys of one profile: the ring that holds them, and where each may be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from notifier.app.profile import Profile
from notifier.catalogue import resolve
from notifier.model.service import SourceId, entry_of
from notifier.model.settings import Choices, Settings
from notifier.model.settings_words import PUSH_ENTRY
from notifier.watch.clock import Clock
from notifier.wording.say import Say

if TYPE_CHECKING:  # whoever has no key loads nothing that starts a process
    from notifier.model.key import Secret
    from notifier.model.key_answer import KeyAnswer
    from notifier.storage.key_store import KeyStore
    from notifier.watch.key_ring import KeyRing


def key_ring(
    profile: Profile,
    choices: Choices,
    clock: Clock,
    say: Say,
    *,
    patience: float = 0.0,
    came: Callable[[frozenset[str]], None] | None = None,
) -> KeyRing:
    """The keys the settings name, still in the key store: nobody asks it before one is needed."""
    from notifier.watch.key_ring import KeyRing

    ring = KeyRing(LateStore(profile), clock, say, patience=patience, came=came)
    ring.expect(service_keys(choices))
    return ring


def service_keys(choices: Choices) -> tuple[str, ...]:
    """The keys of services there are; addresses of pushes are fetched when one is sent."""
    return tuple(entry for entry in choices.keys if not entry.startswith(PUSH_ENTRY))


def wants_keys(settings: Settings) -> bool:
    """Whether anything is asked with a key at all."""
    return any(entry_of(source) is not None for source in settings.sources.values())


class LateStore:
    """The key store of a profile, loaded when it is first asked."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._store: KeyStore | None = None

    async def read(self, entries: Iterable[str], *, quiet: bool = False) -> KeyAnswer:
        """The keys under `entries`."""
        if self._store is None:
            self._store = key_store(self._profile)
        return await self._store.read(entries, quiet=quiet)

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """`text` without a key that was read."""
        return text if self._store is None else self._store.cut(secret, text)

    async def close(self) -> None:
        """End what is still being asked."""
        if self._store is not None:
            await self._store.close()


def key_store(profile: Profile) -> KeyStore:
    """The key store, for the entries of this profile."""
    from notifier.storage.key_store import KeyStore, service_of

    return KeyStore(service_of(profile.places))


def signed_with(entries: Iterable[str], settings: Settings) -> tuple[SourceId, ...]:
    """The sources that are asked with one of these keys."""
    wanted = frozenset(entries)
    return tuple(source.id for source in settings.sources.values() if entry_of(source) in wanted)


def push_meant(word: str) -> str | None:
    """The name of the push whose address is meant by `push:phone`; None: a key is meant."""
    return word.removeprefix(PUSH_ENTRY) if word.startswith(PUSH_ENTRY) else None


def entry_named(word: str, choices: Choices) -> str:
    """The entry a person means: the one of that name, else the one a service of theirs uses."""
    own = {one.id: one.probe.key for one in choices.watched if one.probe is not None}
    return own.get(word) or word


def addresses(entry: str, choices: Choices, profile: Profile) -> tuple[str, ...]:
    """Where the key under `entry` would be sent: by the settings, else by the catalogue."""
    as_if_kept = replace(choices, keys=(*choices.keys, entry))
    settings, _ = resolve(as_if_kept, profile.catalogue, UTC)
    found = [settings.sources[id_].url for id_ in signed_with((entry,), settings)]
    if not found and entry in profile.catalogue.accounts:
        found = [profile.catalogue.accounts[entry].url]
    return tuple(dict.fromkeys(found))


def origins(entry: str, choices: Choices, profile: Profile) -> tuple[str, ...]:
    """The origins of those addresses: what the key is bound to when it is entered."""
    from notifier.watch.keys import origin_of

    found = (origin_of(url) for url in addresses(entry, choices, profile))
    return tuple(dict.fromkeys(origin for origin in found if origin))
