"""What other commands can ask of this process while it owns the profile."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import msgspec

from notifier.app.broadcast import Broadcast
from notifier.app.look_back import pages_of
from notifier.model.drill import Drill
from notifier.model.event import Wish
from notifier.model.observation import Failure, FailureKind
from notifier.model.past import Past
from notifier.model.picture import Picture
from notifier.model.record import LogLine
from notifier.model.relay import Relayed
from notifier.model.rung import Rung
from notifier.model.service import ServiceKey, SourceId
from notifier.model.tried import Tried
from notifier.owner.protocol import Object
from notifier.owner.socket import Refused
from notifier.watch.engine import Engine

CHECK_WITHIN = 60.0

INSTEAD_WITHIN = 10.0
"""Seconds alternatives may take to be looked at, for whoever asks for them."""

TryNotice = Callable[[Callable[[Tried], None]], None]
"""Sends a test notification; what it is handed hears, in any thread, what became of it."""

TestFallbacks = Callable[[], Awaitable[Drill]]
"""Tries what could be used instead; who asks while that goes on hears of the same."""

_ABOUT_ONE = frozenset({Wish.GOT_IT, Wish.SNOOZE, Wish.BROKEN, Wish.WORKS, Wish.TELL_ME})


class Desk:
    """Answers the owner's socket from the engine; all of it in the engine's loop."""

    def __init__(
        self,
        engine: Engine,
        broadcast: Broadcast,
        log: Callable[[ServiceKey | None, int], tuple[LogLine, ...]],
        past: Callable[[Sequence[ServiceKey], Sequence[SourceId], datetime], Past],
        *,
        summon: Callable[[], None] | None,
        leave: Callable[[], None] | None,
        try_relays: Callable[[], Awaitable[tuple[Relayed, ...]]],
        try_notice: TryNotice | None = None,
        test_fallbacks: TestFallbacks | None = None,
    ) -> None:
        """`summon` shows the window, where there is one; `leave` ends a watch for a tray.

        `try_notice` sends a test notification down a ladder, where there is one, `try_relays`
        through every push and hook; `test_fallbacks` tries what could be used instead.
        """
        self._engine = engine
        self._broadcast = broadcast
        self._log = log
        self._past = past
        self._summon = summon
        self._leave = leave
        self._try_notice = try_notice
        self._test_fallbacks = test_fallbacks
        self._try_relays = try_relays

    async def show(self) -> None:
        """Bring the window to the front."""
        if self._summon is None:
            text = "`notifier watch` has no window; start `notifier tray` to see one."
            raise Refused(text)
        self._summon()

    async def document(self) -> Object:
        """What is known now: the picture, which the asking command puts into words itself."""
        return _slim(self._engine.picture_now())

    async def check(self, services: tuple[ServiceKey, ...]) -> Object:
        """Look at `services`, or at all, wait for the looks and their confirmation, and answer."""
        for key in services or (None,):
            if key is not None:
                self._must_be_watched(key)
            self._engine.ask(Wish.CHECK_NOW, key)
        with suppress(TimeoutError):  # what is known by then is the answer
            async with asyncio.timeout(CHECK_WITHIN):
                await self._engine.settled()
        return await self.document()

    async def instead(self, service: ServiceKey) -> Object:
        """The picture, with the alternatives to `service`, looked at now though it is well."""
        if service not in self._engine.settings.by_key:
            return await self.document()  # added a moment ago; the command looks for itself
        self._engine.look_instead(service)
        with suppress(TimeoutError):
            async with asyncio.timeout(INSTEAD_WITHIN):
                await self._engine.settled()
        return _slim(self._engine.picture_with_advice(service))

    async def deep(self, service: ServiceKey) -> Object:
        """Make one real call for `service`; the person has been told what it costs."""
        self._must_be_watched(service)
        outcome = await self._engine.deep_check(service)
        if isinstance(outcome, Failure) and outcome.kind is FailureKind.KEY_STORE:
            raise Refused(outcome.detail)
        return await self.document()

    async def log(self, service: ServiceKey | None, limit: int) -> Sequence[Object]:
        """The newest notices and silences."""
        return [msgspec.to_builtins(line) for line in self._log(service, limit)]

    async def past(self, services: tuple[ServiceKey, ...], since: datetime) -> Object:
        """What was seen and told since then."""
        found = self._past(services, pages_of(self._engine.settings, services), since)
        told: Object = msgspec.to_builtins(found)
        return told

    async def outage(self, service: ServiceKey) -> Object | None:
        """The last outage of `service`, for a proof of it."""
        self._must_be_watched(service)
        found = self._engine.last_outage(service)
        told: Object | None = None if found is None else msgspec.to_builtins(found)
        return told

    async def wish(self, wish: Wish, service: ServiceKey | None, until: datetime | None) -> None:
        """Take in an answer or order."""
        if service is not None:
            self._must_be_watched(service)
        elif wish in _ABOUT_ONE:
            raise Refused(f"{wish.value} needs a service.")
        if wish in (Wish.GOT_IT, Wish.SNOOZE) and not self._engine.has_open_thread(service):
            text = f"Nothing is told of {service} now, so there is nothing to answer."
            raise Refused(text)
        if wish is Wish.TELL_ME and service is not None and self._engine.is_well(service):
            raise Refused(f"{service} works, so there is no return to wait for.")
        self._engine.ask(wish, service, until)

    async def test_notification(self) -> Object:
        """Send one harmless notice, down the ladder and beside it at the same time."""
        tried, relayed = await asyncio.gather(self._climbed(), self._try_relays())
        told: Object = msgspec.to_builtins(replace(tried, relayed=relayed))
        return told

    async def _climbed(self) -> Tried:
        """Which way took it; a watch has its standard output and nothing else."""
        if self._try_notice is None:
            return Tried(Rung.TERMINAL)
        return await _sent(self._try_notice)

    async def test_fallbacks(self) -> Object:
        """Try what could be used instead of each tool."""
        if self._test_fallbacks is None:
            raise Refused("Nothing is tested here.")
        told: Object = msgspec.to_builtins(await self._test_fallbacks())
        return told

    def _must_be_watched(self, service: ServiceKey) -> None:
        if service not in self._engine.settings.by_key:
            text = f"{service} is not watched; `notifier add {service}` watches it."
            raise Refused(text)

    def follow(self) -> AsyncGenerator[Object, None]:
        """Everything from now on."""
        return self._broadcast.follow()

    async def yields(self) -> bool:
        """A watch gives way to a tray; a tray keeps its profile."""
        return self._leave is not None

    async def leave(self) -> None:
        """Begin to hand over."""
        if self._leave is not None:
            self._leave()


def _slim(picture: Picture) -> Object:
    """A picture as it is sent. The log of each service is long, and asked for by itself."""
    rows = tuple(replace(row, log=()) for row in picture.rows)
    sent: Object = msgspec.to_builtins(replace(picture, rows=rows))
    return sent


async def _sent(try_notice: TryNotice) -> Tried:
    """Send one, and wait for what becomes of it."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Tried] = loop.create_future()

    def settle(tried: Tried) -> None:
        if not answer.done():
            answer.set_result(tried)

    def heard(tried: Tried) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever asked
            loop.call_soon_threadsafe(settle, tried)

    try_notice(heard)
    return await answer
