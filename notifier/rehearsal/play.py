"""Plays a scenario: the world changes on time, the real engine watches it, everything is noted."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from notifier.model.announcement import Notice, Withheld
from notifier.model.board import Machine
from notifier.model.effect import Withdraw
from notifier.model.event import Wish
from notifier.model.picture import Picture
from notifier.rehearsal.checks import Checks
from notifier.rehearsal.daemon import MemoryDaemon
from notifier.rehearsal.scenario import Change, Expect, Scenario, Step, seconds
from notifier.rehearsal.stage import Stage
from notifier.rehearsal.virtual import StagedClock
from notifier.watch.engine import ANSWER_WITHIN, Engine
from notifier.watch.looker import Looker
from notifier.watch.roles import Diary, Face
from notifier.wording.say import Say

_SEED = 20261123
"""Jitter comes from a fixed seed, so that a rehearsal in virtual time is the same every time."""

_CIRCUMSTANCES: Mapping[str, Mapping[str, bool]] = {
    "battery": {"on_battery": True},
    "mains": {"on_battery": False},
    "metered": {"metered": True},
    "unmetered": {"metered": False},
    "locked": {"locked": True},
    "unlocked": {"locked": False},
}

_WISHES = {
    "got_it": Wish.GOT_IT,
    "snooze": Wish.SNOOZE,
    "tell_me": Wish.TELL_ME,
    "broken_for_me": Wish.BROKEN,
    "works_for_me": Wish.WORKS,
    "pause": Wish.PAUSE,
    "check_now": Wish.CHECK_NOW,
}


class Audience(Protocol):
    """Whoever follows a rehearsal; `t` is seconds since the scenario began."""

    def notice(self, t: float, notice: Notice) -> None:
        """The person was shown a notice."""
        ...

    def withheld(self, t: float, withheld: Withheld) -> None:
        """The person was deliberately not told."""
        ...

    def closed(self, t: float, gone: Withdraw) -> None:
        """A notice was withdrawn."""
        ...

    def picture(self, t: float, picture: Picture) -> None:
        """How everything stands; called whenever it may have changed."""
        ...

    def caption(self, t: float, text: str) -> None:
        """A new act begins."""
        ...


@dataclass(slots=True)
class Outcome:
    """What came of a rehearsal: how many expectations, and each that was not met."""

    expectations: int = 0
    failures: list[str] = field(default_factory=list)


class Play:
    """One rehearsal, from t = 0 to its length."""

    def __init__(
        self,
        stage: Stage,
        *,
        clock: StagedClock,
        looker: Callable[[], Looker],
        diary: Callable[[], Diary],
        audience: Audience,
        say: Say,
        face: Face | None = None,
    ) -> None:
        """Prepare; `face` shows and tells for real, else a daemon in memory takes the notices."""
        self._stage = stage
        self._clock = clock
        self._looker = looker
        self._diary = diary
        self._audience = audience
        self._say = say
        self._face = face
        self._checks = Checks(stage.scenario)
        self._daemon = MemoryDaemon(self._shown)
        self._engine: Engine | None = None
        self._running: asyncio.Task[None] | None = None
        self._main: asyncio.Task[None] | None = None
        self._dies_after_send = False
        self._dying: asyncio.Task[None] | None = None
        self._asleep_at: float | None = None
        self._machine_is = Machine()

    @property
    def engine(self) -> Engine | None:
        """The engine at work; None while the program is not running."""
        return self._engine

    async def run(self) -> Outcome:
        """Play it to the end, or to `stop`."""
        self._clock.begin()
        for change in self._scenery():
            await self._apply(change)
        await self._start()
        self._main = asyncio.get_running_loop().create_task(self._go_on())
        try:
            await asyncio.wait({self._main})
        finally:
            await self._quit()
        if not self._main.cancelled():
            self._main.result()
        return Outcome(self._checks.made, self._checks.failures)

    def _scenery(self) -> list[Change]:
        """What stands from the very beginning: the program finds it so when it starts."""
        steps = [step for step in self._stage.scenario.steps if step.t <= 0]
        return [change for step in steps for change in step.changes if _is_scenery(change)]

    async def _go_on(self) -> None:
        for moment in _timeline(self._stage.scenario):
            await self._until(moment.t)
            await self._happen(moment)
        await self._until(self._stage.scenario.length)

    def stop(self) -> None:
        """End the play early; nothing more is checked."""
        if self._main is not None:
            self._main.cancel()

    async def _until(self, t: float) -> None:
        """Wait until `t` of the scenario; asleep, time passes without the program."""
        if self._asleep_at is not None:
            self._clock.sleep_through(max(0.0, t - self._clock.t))
            return
        wait = t - self._clock.t
        if wait > 0:
            await self._clock.sleep(wait)

    async def _happen(self, moment: Step | Expect) -> None:
        if isinstance(moment, Expect):
            await self._check(moment)
            return
        for change in moment.changes:
            if moment.t > 0 or not _is_scenery(change):
                await self._apply(change)

    async def _check(self, expect: Expect) -> None:
        if self._asleep_at is None:
            for _ in range(20):  # what is due at this very moment comes first
                await asyncio.sleep(0)
        if self._engine is not None:
            self._checks.check(
                expect,
                self._engine.picture,
                self._engine.board,
                self._engine.settings,
                self._clock.moment(),
            )

    # -- what a step does to the program ---------------------------------------------------

    async def _apply(self, change: Change) -> None:
        match change.what:
            case "machine":
                await self._machine(change.value)
            case "clock":
                self._clock.leap(seconds(change.value))
            case "desktop":
                self._daemon.obey(change.value, self._engine)
                self._stage.world.apply(change, self._clock.true_utc)
            case "person":
                self._person(change.value)
            case "settings":
                settings = self._stage.change_settings(change.value)
                if self._engine is not None:
                    self._engine.reconfigure(settings)
            case "caption":
                self._audience.caption(self._clock.t, change.value)
            case "program":
                await self._program(change.value)
            case _:
                self._stage.world.apply(change, self._clock.true_utc)

    async def _machine(self, words: str | list[str]) -> None:
        for word in [words] if isinstance(words, str) else words:
            if word == "asleep":
                self._asleep_at = self._clock.t
            elif word == "awake" and self._asleep_at is not None:
                self._asleep_at = None
                if self._engine is not None:
                    await self._engine.woke()
            self._machine_is = replace(self._machine_is, **_CIRCUMSTANCES.get(word, {}))
        self._tell_circumstances()

    def _tell_circumstances(self) -> None:
        if self._engine is not None:
            self._engine.moved(self._machine_is)

    def _person(self, value: dict[str, str]) -> None:
        wish = _WISHES.get(value["press"])
        if wish is None or self._engine is None:
            return
        services = self._engine.settings.services
        keys = [service.key for service in services if service.id == value.get("service")]
        if not keys:
            self._engine.ask(wish)
        for key in keys:
            self._engine.ask(wish, key)

    async def _program(self, word: str) -> None:
        match word:
            case "killed":
                await self._kill()
            case "killed_after_send":
                self._dies_after_send = True
            case "quit":
                await self._quit()
            case _:
                await self._start()

    async def _start(self) -> None:
        if self._engine is not None:
            return
        self._engine = Engine(
            looker=self._looker(),
            clock=self._clock,
            diary=self._diary,
            settings=self._stage.settings,
            face=self,
            say=self._say,
            chance=random.Random(_SEED),
            # A real daemon is no faster for it that the program's clock is.
            answer_within=ANSWER_WITHIN * self._clock.speed,
        )
        self._running = asyncio.get_running_loop().create_task(self._engine.run())
        await asyncio.sleep(0)
        self._tell_circumstances()

    async def _quit(self) -> None:
        if self._engine is not None and self._running is not None:
            self._engine.stop()
            await self._running
        self._engine = self._running = None

    async def _kill(self) -> None:
        """End the program as SIGKILL would: nothing is flushed, nothing said."""
        if self._engine is not None and self._running is not None:
            self._engine.abandon()
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        self._engine = self._running = None

    # -- the face of the engine ------------------------------------------------------------

    def show(self, picture: Picture) -> None:
        """Pass a picture on."""
        self._audience.picture(self._clock.t, picture)
        if self._face is not None:
            self._face.show(picture)

    def tell(self, notice: Notice) -> None:
        """Deliver a notice: for real where there is a face, else to the daemon in memory."""
        if self._engine is None:
            return
        if self._face is not None:
            self._shown(notice)
            self._face.tell(notice)
            return
        dies, self._dies_after_send = self._dies_after_send, False
        self._daemon.deliver(notice, self._engine, answer=not dies)
        if dies:
            self._dying = asyncio.get_running_loop().create_task(self._kill())

    def withdraw(self, gone: Withdraw) -> None:
        """Note that a notice was closed."""
        self._audience.closed(self._clock.t, gone)
        if self._face is not None:
            self._face.withdraw(gone)

    def hush(self, withheld: Withheld) -> None:
        """Note a silence."""
        self._checks.withheld(withheld.reason)
        self._audience.withheld(self._clock.t, withheld)
        if self._face is not None:
            self._face.hush(withheld)

    def _shown(self, notice: Notice) -> None:
        self._checks.noticed(notice.reason)
        self._audience.notice(self._clock.t, notice)


def _is_scenery(change: Change) -> bool:
    """Whether it changes the world, and not what the program or its person does in it."""
    return change.what not in ("machine", "clock", "person", "program")


def _timeline(scenario: Scenario) -> list[Step | Expect]:
    """Steps and expectations in order of time; at one time the steps come first."""
    moments: list[Step | Expect] = [*scenario.steps, *scenario.expects]
    return sorted(moments, key=lambda moment: (moment.t, isinstance(moment, Expect)))
