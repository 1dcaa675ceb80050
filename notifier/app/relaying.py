"""The pushes and hooks of one session, beside the ladder; nothing is loaded before a notice comes.

What is handed over here does not count as told: only the ladder, or standard output, says that.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.model.relay import Hook, Push, Relayed
from notifier.model.settings import Choices
from notifier.watch.clock import Clock
from notifier.wording import relays as words
from notifier.wording.say import Say

if TYPE_CHECKING:  # whoever has neither loads nothing that starts a process
    import asyncio
    from datetime import datetime

    from notifier.app.addresses import Addresses
    from notifier.app.profile import Profile
    from notifier.model.announcement import Notice
    from notifier.model.effect import Withdraw
    from notifier.model.key import Secret
    from notifier.relays.hooks import HookCarrier
    from notifier.relays.line import Carried, Carrier, Line
    from notifier.relays.push import PushCarrier

log = logging.getLogger(__name__)

MOST_AT_ONCE = 3
"""Programs that run at the same time; as many messages are sent at the same time, beside them."""

END_WITHIN = 0.2
"""Seconds what is under way may take at the end of the program; then it is ended."""

TRY_WITHIN = 25.0
"""Seconds a test notification may take on its way; somebody waits for the answer."""


class Relaying:
    """Passes every notice on to whoever the settings name. All of it in the engine's thread."""

    def __init__(
        self,
        choices: Choices,
        addresses: Callable[[], Addresses],
        *,
        clock: Clock,
        say: Say,
        note: Callable[[Relayed], None],
    ) -> None:
        """`note` hears what became of each; `addresses` is made when the first push is sent."""
        self._choices = choices
        self._make_addresses = addresses
        self._addresses: Addresses | None = None
        self._clock = clock
        self._say = say
        self._note = note
        self._lines: dict[tuple[Push | Hook, str], Line] = {}
        self._retired: tuple[Line, ...] = ()
        self._turns: dict[type, asyncio.Semaphore] = {}
        self._trial: asyncio.Task[tuple[Relayed, ...]] | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is under way, or waits."""
        return any(line.busy for line in self._all())

    def use(self, choices: Choices) -> None:
        """Go on with other settings; what waits for whoever they name no more is given up."""
        self._choices = choices
        still = set(_ways(choices))
        gone = [self._lines.pop(way) for way in tuple(self._lines) if way not in still]
        for line in gone:
            line.retire(words.taken_out(self._say))
        self._retired = tuple(line for line in (*self._retired, *gone) if line.busy)

    def tell(self, notice: Notice) -> None:
        """Pass a notice on."""
        for way in _ways(self._choices):
            if way not in self._lines:
                self._lines[way] = self._line(*way)
            self._lines[way].add(notice)

    def withdraw(self, gone: Withdraw) -> None:
        """What is no longer true is not sent any more."""
        for line in self._lines.values():
            line.withdraw(gone.notice, gone.thread)

    async def trial(self, notice: Notice, *, within: float = TRY_WITHIN) -> tuple[Relayed, ...]:
        """Send a notice that tells nothing through every push and hook, and nowhere note it.

        Whoever asks while one is under way hears what becomes of that one.
        """
        ways = tuple(_ways(self._choices))
        if not ways:
            return ()
        import asyncio

        if self._trial is None or self._trial.done():
            trying = self._tried(ways, notice, within)
            self._trial = asyncio.get_running_loop().create_task(trying)
        return await asyncio.shield(self._trial)

    async def _tried(
        self, ways: tuple[tuple[Push | Hook, str], ...], notice: Notice, within: float
    ) -> tuple[Relayed, ...]:
        from notifier.relays.trial import tried

        carriers = [self._carrier(*way) for way in ways]
        found = await tried(carriers, notice, within=within, now=self._now, say=self._say)
        return tuple(map(_logged, found))

    async def close(self) -> None:
        """End what is under way, after a moment; a test at once."""
        import asyncio

        if self._trial is not None and self._trial.cancel():
            await asyncio.wait({self._trial})
        why = words.program_ended(self._say)
        await asyncio.gather(*(line.close(END_WITHIN, why) for line in self._all()))
        if self._addresses is not None:
            await self._addresses.close()

    def _all(self) -> tuple[Line, ...]:
        return (*self._lines.values(), *self._retired)

    def _line(self, way: Push | Hook, name: str) -> Line:
        import asyncio

        from notifier.relays.line import Line

        return Line(
            self._carrier(way, name),
            turns=self._turns.setdefault(type(way), asyncio.Semaphore(MOST_AT_ONCE)),
            sleep=self._clock.sleep,
            now=self._now,
            note=self._noted,
            say=self._say,
        )

    def _carrier(self, way: Push | Hook, name: str) -> Carrier:
        return self._push(way) if isinstance(way, Push) else self._hook(way, name)

    def _push(self, push: Push) -> PushCarrier:
        from notifier.relays.push import PushCarrier, Sender, Way

        if self._addresses is None:
            self._addresses = self._make_addresses()
        addresses = self._addresses

        async def address() -> Secret | Carried:
            return await addresses.of(push, self._choices.keys)

        def sender() -> Sender:
            return Sender(Way(self._choices.proxy, self._choices.ca))

        return PushCarrier(push, address, sender, self._say)

    def _hook(self, hook: Hook, name: str) -> HookCarrier:
        from notifier.relays.hooks import HookCarrier

        return HookCarrier(hook, name, self._say)

    def _now(self) -> datetime:
        return self._clock.moment().utc

    def _noted(self, told: Relayed) -> None:
        self._note(_logged(told))


def relaying(
    profile: Profile, choices: Choices, clock: Clock, say: Say, note: Callable[[Relayed], None]
) -> Relaying:
    """The pushes and hooks of a profile, with the addresses in its key store."""

    def addresses() -> Addresses:
        from notifier.app.addresses import Addresses
        from notifier.app.keys import LateStore

        return Addresses(LateStore(profile), clock, say)

    return Relaying(choices, addresses, clock=clock, say=say, note=note)


def _logged(told: Relayed) -> Relayed:
    """What became of one, cleaned: a hook may have complained of a token."""
    from notifier.storage.redaction import redacted

    told = replace(told, why=redacted(told.why))
    state = f"{told.kind.value} {told.name}: {told.notice} {told.state.value}"
    log.info("%s%s", state, f": {told.why}" if told.why else "")
    return told


def _ways(choices: Choices) -> Iterator[tuple[Push | Hook, str]]:
    """Each push and hook with its name; a second hook with the same program is `lamp#2`."""
    for push in choices.pushes:
        yield push, push.name
    yield from named(choices.hooks)


def named(hooks: tuple[Hook, ...]) -> Iterator[tuple[Hook, str]]:
    """Each hook with the name it has in logs and the history."""
    seen: Counter[str] = Counter()
    for hook in hooks:
        seen[hook.name] += 1
        count = seen[hook.name]
        yield hook, hook.name if count == 1 else f"{hook.name}#{count}"
