"""Looking once, for a command that finds no owner: the same engine, no diary, no face."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.app.keys import key_ring, wants_keys
from notifier.app.network import Network
from notifier.app.profile import Meant, Profile
from notifier.documents import Origin
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.record import Entry, Remembered
from notifier.model.service import ServiceKey, SourceId
from notifier.model.settings import Settings
from notifier.watch.clock import SystemClock
from notifier.watch.engine import Engine
from notifier.watch.thread import new_loop
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.model.dossier import Dossier
    from notifier.model.drill import FallbacksTested
    from notifier.model.relay import Relayed

WITHIN = 55.0
"""Seconds a command looks at most; interfaces.md grants it 60 in all."""


KEYS_WITHIN = 20.0
"""Seconds a command waits for the key store: a person may have a prompt before them."""


class NoDiary:
    """Remembers nothing: only the owner of a profile writes its history."""

    def load(self) -> Remembered:
        """Nothing."""
        return Remembered()

    def write(self, entries: Sequence[Entry | Relayed | FallbacksTested]) -> None:
        """Keep nothing."""

    def last_outage(self, service: ServiceKey, sources: Sequence[SourceId]) -> Dossier | None:
        """None was written down."""
        del service, sources
        return None

    def reliability(self, services: Sequence[ServiceKey]) -> dict[ServiceKey, float]:
        """Nothing is known."""
        del services
        return {}

    def close(self) -> None:
        """Nothing was opened."""


class NoFace:
    """Shows and tells nobody; the picture is asked for at the end."""

    def show(self, picture: Picture) -> None:
        """Nobody looks."""

    def tell(self, notice: Notice) -> None:
        """Nobody is told; a command prints what it found instead."""

    def withdraw(self, gone: Withdraw) -> None:
        """Nothing was shown."""

    def hush(self, withheld: Withheld) -> None:
        """Nothing was to be said."""


def look_once(
    place: Profile,
    meant: Meant,
    say: Say,
    only: frozenset[ServiceKey] | None = None,
    *,
    now: bool = False,
    alternatives: bool = False,
    deep: ServiceKey | None = None,
) -> tuple[Picture, Engine, Origin]:
    """Look at everything chosen, or at `only` that, confirm what fails, and say how it stands.

    With `now` no reading of a moment ago will do; with `alternatives` what could be used instead
    is looked at as well. For `deep` one real call is made, which costs something. The engine is
    handed back for what else it knows.
    """
    settings = meant.settings if only is None else narrowed(meant.settings, only)
    clock = SystemClock()
    keys = None
    if wants_keys(settings):
        keys = key_ring(place, meant.choices, clock, say, patience=KEYS_WITHIN)
    folder = place.places.cache
    looker = Network.of_command(meant.choices, clock, folder, accept=not now, keys=keys)
    engine = Engine(
        looker=looker,
        clock=clock,
        diary=NoDiary,
        settings=settings,
        face=NoFace(),
        say=say,
    )
    engine.complain(meant.sentences(say))

    async def look() -> None:
        try:
            async with asyncio.timeout(WITHIN):
                await engine.run_once(alternatives=alternatives, deep=deep)
        except TimeoutError:
            pass  # what is known by then is the answer
        finally:
            if keys is not None:
                await keys.close()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(look())
    origin = Origin.LOOKED if looker.asked or not settings.services else Origin.CACHE
    return engine.picture_now(), engine, origin


def narrowed(settings: Settings, only: frozenset[ServiceKey]) -> Settings:
    """Only what was asked for is looked at, chosen or not; the rest may still serve instead."""
    known = (*settings.services, *settings.others)
    chosen = tuple(service for service in known if service.key in only)
    others = tuple(service for service in known if service.key not in only)
    return replace(settings, services=chosen, others=others)
