"""The notices on their way to one push or hook: one at a time, tried again, never sent too late.

    add ─▶ waiting ─▶ under way ─▶ handed over, or failed
              ▲                        │
              └─────── resting ◀───────┘ retried

A newer notice about the same threads overtakes one that could not be delivered: what is no longer
true is not sent late as if it were. While there is nothing to do there is no task, and no process.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from notifier.model.announcement import Notice, NoticeId, ThreadId
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.wording import relays as words
from notifier.wording.say import Say

log = logging.getLogger(__name__)

MOST_WAITING = 20
"""Notices that wait for one push or hook; after that the oldest is given up."""

STALE = timedelta(minutes=10)
"""How old a notice may be that a push still sends: the computer may have slept meanwhile."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of one try: `why` not, empty where it was handed over.

    `again`: another try may do better.
    """

    why: str = ""
    again: bool = False


class Carrier(Protocol):
    """One push or hook."""

    @property
    def kind(self) -> RelayKind:
        """Which of the two."""
        ...

    @property
    def name(self) -> str:
        """What the person calls it."""
        ...

    @property
    def waits(self) -> tuple[float, ...]:
        """Seconds before each further try. Who is tried once wants every notice, even late."""
        ...

    def wants(self, notice: Notice) -> bool:
        """Whether it is to have this one."""
        ...

    async def carry(self, notice: Notice) -> Carried:
        """Try once. What goes wrong is in the answer."""
        ...


async def carried(carrier: Carrier, notice: Notice, say: Say) -> Carried:
    """One try; a defect of ours is the failure of this try alone."""
    try:
        return await carrier.carry(notice)
    except Exception:
        log.exception("%s %s failed by a defect of ours", carrier.kind.value, carrier.name)
        return Carried(words.defect(say))


@dataclass(slots=True, eq=False)
class _Errand:
    """A notice on its way. `overtaken`: it is no longer news; `last`: part of it is not."""

    notice: Notice
    tries: int = 0
    overtaken: bool = False
    last: bool = False


class Line:
    """All of it in one loop's thread. Nothing here raises for what a carrier does.

    Args:
        carrier: who takes the notices.
        turns: how many may be under way at once, of this line and others.
        sleep: waits so many seconds.
        now: the time in UTC.
        note: hears what became of each notice.
        say: says why one was not sent.
    """

    def __init__(
        self,
        carrier: Carrier,
        *,
        turns: asyncio.Semaphore,
        sleep: Callable[[float], Awaitable[None]],
        now: Callable[[], datetime],
        note: Callable[[Relayed], None],
        say: Say,
    ) -> None:
        self._carrier = carrier
        self._turns = turns
        self._sleep = sleep
        self._now = now
        self._note = note
        self._say = say
        self._waiting: deque[_Errand] = deque()
        self._resting: dict[asyncio.Task[None], _Errand] = {}
        self._under_way: _Errand | None = None
        self._working: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether anything is under way, or waits."""
        return bool(self._waiting or self._resting) or self._working is not None

    def add(self, notice: Notice) -> None:
        """Take a notice on, if the carrier wants it; what it corrects is not sent any more."""
        if self._closed:
            return
        if self._carrier.waits:
            self._overtake(notice)
        if not self._carrier.wants(notice):
            return
        while len(self._waiting) + len(self._resting) >= MOST_WAITING:
            self._give_up(next(self._pending()), RelayState.FAILED, words.too_many(self._say))
        self._waiting.append(_Errand(notice))
        self._go_on()

    def withdraw(self, notice: NoticeId, thread: ThreadId) -> None:
        """A notice, and whatever else was to be told of a thread alone, is no longer true."""
        if not self._carrier.waits:
            return
        why = words.withdrawn(self._say)
        for errand in tuple(self._pending()):
            if errand.notice.id == notice:
                self._give_up(errand, RelayState.OUTDATED, why)
        if self._under_way is not None:
            self._under_way.overtaken |= self._under_way.notice.id == notice
        self._correct(frozenset({thread}), why)

    def retire(self, why: str) -> None:
        """Take nothing more and give up what waits; what is under way goes on to its end."""
        self._closed = True
        for errand in tuple(self._pending()):
            self._give_up(errand, RelayState.FAILED, why)

    async def close(self, within: float, why: str) -> None:
        """The same, but what is under way has `within` seconds to end, then it is ended."""
        self.retire(why)
        working, errand = self._working, self._under_way
        if working is None:
            return
        await asyncio.wait({working}, timeout=within)
        if not working.done():
            working.cancel()
            await asyncio.wait({working})
            if errand is not None:
                self._noted(errand, RelayState.FAILED, why)

    # -- what overtakes what ---------------------------------------------------------------

    def _overtake(self, notice: Notice) -> None:
        self._correct(frozenset(notice.threads), words.overtaken(self._say))

    def _correct(self, threads: frozenset[ThreadId], why: str) -> None:
        """What is known now of `threads` differs from what older notices say of them.

        One that also speaks of others has its turn at once, before the newer, and no other.
        """
        for errand in tuple(self._pending()):
            spoken_of = frozenset(errand.notice.threads)
            if spoken_of <= threads:
                self._give_up(errand, RelayState.OUTDATED, why)
            elif spoken_of & threads:
                errand.last = True
                self._wake(errand)
        if self._under_way is not None:
            spoken_of = frozenset(self._under_way.notice.threads)
            self._under_way.overtaken |= spoken_of <= threads
            self._under_way.last |= bool(spoken_of & threads)

    def _pending(self) -> Iterator[_Errand]:
        """What rests or waits, the oldest first."""
        yield from self._resting.values()
        yield from self._waiting

    def _give_up(self, errand: _Errand, state: RelayState, why: str) -> None:
        if not self._stir(errand):
            self._waiting.remove(errand)
        self._noted(errand, state, why)

    def _wake(self, errand: _Errand) -> None:
        if self._stir(errand):
            self._waiting.append(errand)
            self._go_on()

    def _stir(self, errand: _Errand) -> bool:
        """End an errand's rest; False where it did not rest."""
        for task, resting in tuple(self._resting.items()):
            if resting is errand:
                del self._resting[task]
                task.cancel()
                return True
        return False

    # -- carrying --------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._working is None:
            self._working = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._waiting:
                self._under_way = self._waiting.popleft()
                await self._one(self._under_way)
                self._under_way = None
        finally:
            self._under_way = self._working = None

    async def _one(self, errand: _Errand) -> None:
        async with self._turns:
            if errand.overtaken:
                self._noted(errand, RelayState.OUTDATED, words.overtaken(self._say))
            elif self._carrier.waits and self._now() - errand.notice.at > STALE:
                self._noted(errand, RelayState.OUTDATED, words.stale(self._say))
            else:
                errand.tries += 1
                self._judge(errand, await carried(self._carrier, errand.notice, self._say))

    def _judge(self, errand: _Errand, done: Carried) -> None:
        if not done.why:
            self._noted(errand, RelayState.HANDED_OVER, "")
        elif errand.overtaken:
            self._noted(errand, RelayState.OUTDATED, done.why)
        elif done.again and self._has_another_try(errand):
            self._noted(errand, RelayState.RETRIED, done.why)
            wait = self._carrier.waits[errand.tries - 1]
            task = asyncio.get_running_loop().create_task(self._rest(errand, wait))
            self._resting[task] = errand
        else:
            self._noted(errand, RelayState.FAILED, done.why)

    def _has_another_try(self, errand: _Errand) -> bool:
        spent = errand.last or errand.tries > len(self._carrier.waits)
        return not spent and not self._closed

    async def _rest(self, errand: _Errand, seconds: float) -> None:
        await self._sleep(seconds)
        self._wake(errand)

    def _noted(self, errand: _Errand, state: RelayState, why: str) -> None:
        carrier, id_ = self._carrier, errand.notice.id
        told = Relayed(id_, carrier.kind, carrier.name, state, self._now(), errand.tries, why)
        self._note(told)
