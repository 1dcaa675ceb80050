"""The conversation with the system bus: who is asked, and again when they say they changed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Protocol

from jeepney import HeaderFields, Message

from notifier.circumstances import logind
from notifier.circumstances.network_manager import NetworkManager
from notifier.circumstances.system_bus import BusLost, Refused, Silent, SystemBus, opened
from notifier.circumstances.upower import UPower

log = logging.getLogger(__name__)

PAUSES = (5.0, 30.0, 300.0)
"""Seconds until a bus that is not there is looked for again; the last one from then on."""

AGAIN = 60.0
"""Seconds until somebody who did not answer is asked again."""

ANEW = 600.0
"""Seconds until all are asked again though nothing was heard: one may have died in a hang."""


class Source(Protocol):
    """Somebody on the bus, who has facts of `Known` in an object of `interface` at `where`."""

    name: str
    where: str
    interface: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of them."""
        ...

    async def ask(self, bus: SystemBus) -> dict[str, bool | None]:
        """Its facts now. Raises Refused, Silent, BusLost."""
        ...


Learn = Callable[[dict[str, bool | None]], None]


async def once(environment: Mapping[str, str], learn: Learn) -> None:
    """Ask everybody once; where there is no bus, nothing is learnt."""
    sources = (UPower(), NetworkManager(), logind.Session(environment))
    with suppress(BusLost):
        async with opened() as bus:
            await _Talk(bus, sources, learn).ask_all()


async def follow(
    environment: Mapping[str, str],
    learn: Learn,
    *,
    hint: Callable[[], None],
    woke: Callable[[], Awaitable[None]],
) -> None:
    """Have every change learnt until cancelled, on one connection after another."""
    sources = (UPower(), NetworkManager(hint), logind.Session(environment))
    lost = 0
    while True:
        try:
            async with opened() as bus:
                lost = 0
                await _listen(_Talk(bus, sources, learn), woke)
        except BusLost as error:
            log.debug("no system bus: %s", error)
        finally:
            learn(dict.fromkeys(chain.from_iterable(source.facts for source in sources)))
        await asyncio.sleep(PAUSES[min(lost, len(PAUSES) - 1)])
        lost += 1


async def _listen(talk: "_Talk", woke: Callable[[], Awaitable[None]]) -> None:
    """Until the bus is lost."""
    await talk.listen()
    await talk.ask_all()
    while True:
        if await talk.slept():
            await woke()


class _Talk:
    """On one connection."""

    def __init__(self, bus: SystemBus, sources: Sequence[Source], learn: Learn) -> None:
        """`learn` hears every answer; from who gives none, that its facts are not known."""
        self._bus = bus
        self._sources = sources
        self._learn = learn
        self._silent: list[Source] = []

    async def ask_all(self) -> None:
        """Ask everybody once. Raises BusLost."""
        for source in self._sources:
            await self._ask(source)

    async def listen(self) -> None:
        """Have every change told, and each wake. Raises BusLost."""
        await self._bus.listen(logind.SLEEP)
        for source in self._sources:
            await self._bus.listen(_changes(source))
            await self._bus.listen(_comings(source))

    async def slept(self) -> bool:
        """Wait for one signal, and ask whom it is about; whether it says that we have slept.

        Raises BusLost.
        """
        try:
            async with asyncio.timeout(AGAIN if self._silent else ANEW):
                signal = await self._bus.signal()
        except TimeoutError:
            for source in tuple(self._silent) or self._sources:
                await self._ask(source)
            return False
        for source in self._sources:
            if _about(signal) in (source.name, source.interface):
                await self._ask(source)
        return _member(signal) == "PrepareForSleep" and signal.body == (False,)

    async def _ask(self, source: Source) -> None:
        said: dict[str, bool | None] = dict.fromkeys(source.facts)
        if source in self._silent:
            self._silent.remove(source)
        try:
            said = await source.ask(self._bus)
        except Refused:
            pass  # it is not there; that it comes is told
        except Silent:
            self._silent.append(source)
        self._learn(said)


def _changes(source: Source) -> str:
    return (
        f"type='signal',sender='{source.name}',interface='org.freedesktop.DBus.Properties',"
        f"member='PropertiesChanged',{source.where},arg0='{source.interface}'"
    )


def _comings(source: Source) -> str:
    return (
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
        f"member='NameOwnerChanged',arg0='{source.name}'"
    )


def _about(signal: Message) -> object:
    """Whose name has come or gone, or of which interface a property has changed."""
    told = _member(signal) in ("NameOwnerChanged", "PropertiesChanged")
    return signal.body[0] if told and signal.body else None


def _member(signal: Message) -> object:
    return signal.header.fields.get(HeaderFields.member)
