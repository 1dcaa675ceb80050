"""The engine: owns the board, takes one event at a time, does what the rules ask; knows no Qt.

    look ─▶ Observed ─▶ update(board, event, settings) ─▶ board, effects ─▶ diary, faces, looks

Everything here runs in the thread of one event loop. Other threads reach it through `post`.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from notifier import fallbacks, view
from notifier.judgement import orders
from notifier.judgement.update import update
from notifier.model.announcement import Announcement, Notice, NoticeId
from notifier.model.board import Board, Link, Machine
from notifier.model.effect import Effect, LookAt, Record
from notifier.model.event import (
    Asked,
    Event,
    Heard,
    KeptBack,
    Moved,
    Observed,
    Reachable,
    Recalled,
    Reconfigured,
    Started,
    Ticked,
    Unheard,
    Wish,
    Woke,
)
from notifier.model.health import well
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Observation, Reading
from notifier.model.picture import Picture
from notifier.model.service import ProbeSource, ServiceKey, Source, SourceId, host_of
from notifier.model.settings import Settings
from notifier.watch.acts import Acts
from notifier.watch.clock import Clock
from notifier.watch.logbook import Logbook
from notifier.watch.looker import Caller, Looked, Looker, Prompter
from notifier.watch.manners import LEAST_BETWEEN
from notifier.watch.nap import GAP, Nap
from notifier.watch.painter import Hints, Painter
from notifier.watch.roles import Diary, Face
from notifier.watch.schedule import Schedule
from notifier.watch.showing import Showing
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.model.dossier import Dossier
    from notifier.model.drill import Drill, Spoken
    from notifier.model.relay import Relayed

log = logging.getLogger(__name__)

TICK_EVERY = 10.0
RECALLED_EVERY = 6 * 3600.0
"""Seconds between two looks back at who was reliable."""
ONE_WAKING = 10.0
"""Seconds in which the computer is not taken to have slept and woken twice."""
ONE_CHANGE = 2.0
"""Seconds in which the network is not taken to have become another one twice."""
ANSWER_WITHIN = 15.0
"""Seconds a channel may take to say whether it delivered; after that nobody did."""
END_WITHIN = 0.3
"""Seconds looks may take to end, and the network to be let go of; then they are left behind."""


class Engine:
    """Looks, judges, tells and writes down, until stopped."""

    def __init__(
        self,
        *,
        looker: Looker,
        clock: Clock,
        diary: Callable[[], Diary],
        settings: Settings,
        face: Face,
        say: Say,
        chance: random.Random | None = None,
        before_check: Callable[[], None] | None = None,
        hints: Hints | None = None,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        """Build the engine; `diary` is opened in the loop's thread, because SQLite asks for it.

        `before_check` is called when a person wants to know at once: what was put off is due.
        `hints` is for faces that show what most of the tools may stand on. `answer_within` is how
        many seconds of `clock` a channel may take.
        """
        self._answer_within = answer_within
        self._looker = looker
        self._clock = clock
        self._open_diary = diary
        self._diary: Diary | None = None
        self._settings = settings
        self._say = say
        self._before_check = before_check
        self._board = Board()
        self._inbox: deque[Event] = deque()
        self._taking = False
        self._schedule = Schedule(chance or random.Random())
        self._looks: set[asyncio.Task[None]] = set()
        self._nap = Nap(clock)
        self._ticked = self._woken = self._changed = float("-inf")
        self._recalled = float("-inf")
        self._stopping = False
        self._over = False
        self._once = False
        self._turned = clock.moment()
        self._slips = 0
        self._logbook = Logbook()
        self._painter = Painter(say, self._logbook, hints)
        self._showing = Showing(
            face,
            self._painter,
            self._schedule,
            clock,
            stands=lambda: (self._board, self._settings),
            slipped=self._slip,
        )
        self._acts = Acts(face, self._logbook, clock, worded=self._worded, order=self._order)
        self._settled: list[asyncio.Future[None]] = []

    # -- what others may ask ---------------------------------------------------------------

    @property
    def board(self) -> Board:
        """Everything believed now."""
        return self._board

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def picture(self) -> Picture:
        """How everything stands now."""
        return self._showing.picture

    @property
    def turned(self) -> Moment:
        """When time was last taken in without a defect of ours: once a minute at least.

        Where this stands still nobody is looking, whatever the last picture says. It may be read
        from any thread.
        """
        return self._turned

    def ask(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        """Pass on a person's wish; all faces and commands end here."""
        if wish is Wish.CHECK_NOW and self._before_check is not None:
            self._before_check()
        self.take(Asked(self._clock.moment(), wish, service, until))

    def heard(self, notice: NoticeId, channel: str, handle: str = "") -> None:
        """A channel delivered a notice."""
        self.take(Heard(self._clock.moment(), notice, channel, handle))

    def kept_back(self, notice: NoticeId, by: str) -> None:
        """Whoever took a notice says that it keeps it back, for do not disturb is on."""
        self.take(KeptBack(self._clock.moment(), notice, by))

    def unheard(self, notice: NoticeId, why: str) -> None:
        """No channel took a notice."""
        self.take(Unheard(self._clock.moment(), notice, why))

    def relayed(self, told: Relayed) -> None:
        """What became of a notice beside the ladder: written down and shown, and no more.

        Told or not, it changes nothing believed; after the end it cannot be written down.
        """
        if self._over:
            return
        if self._diary is not None:
            self._diary.write((told,))
        touched = self._logbook.relayed(told)
        if touched:
            self._showing.changed(touched, news=True)

    def reachable(self) -> None:
        """A notification daemon has appeared."""
        self.take(Reachable(self._clock.moment()))

    def moved(self, machine: Machine) -> None:
        """The computer is in other circumstances."""
        self.take(Moved(self._clock.moment(), machine))

    def reconfigure(self, settings: Settings) -> None:
        """Go on with other settings."""
        if settings == self._settings:
            return
        self._settings = settings
        self._painter.forget()
        self.take(Reconfigured(self._clock.moment()))
        self._nap.ring()

    async def use(self, looker: Looker) -> None:
        """Go on with another way to the network; looks under way end on the old one."""
        old, self._looker = self._looker, looker
        await old.close()

    def complain(self, complaints: tuple[str, ...]) -> None:
        """Show what is wrong with the settings; empty means that nothing is."""
        if complaints != self._painter.complaints:
            self._painter.complaints = complaints
            self._showing.show()

    def has_open_thread(self, service: ServiceKey | None) -> bool:
        """Whether something is going on with `service` that can be answered."""
        return any(
            thread.is_open() and service in thread.services
            for thread in self._board.threads.values()
        )

    def last_outage(self, service: ServiceKey) -> Dossier | None:
        """All that was written down of the last outage of `service`; None where none was."""
        chosen = self._settings.by_key.get(service)
        if chosen is None or self._diary is None:
            return None
        return self._diary.last_outage(service, [source.id for source in chosen.sources])

    def is_well(self, service: ServiceKey) -> bool:
        """Whether `service` is known to work."""
        standing = self._board.standings.get(service)
        return standing is not None and well(standing.verdict.health)

    def look_again(self, sources: Iterable[SourceId]) -> None:
        """Look at `sources` out of turn: something of ours has changed there, such as a key."""
        for id_ in sources:
            self._order(LookAt(id_, early=True))

    async def deep_check(self, service: ServiceKey) -> Reading | Failure:
        """Make one real call for `service`, which costs something: on a person's own word only.

        What it brings stands as a look at the account.
        """
        source, looker = self._settings.by_key[service].account, self._looker
        if source is None or source.deep is None or not isinstance(looker, Caller):
            return Failure(FailureKind.KEY_STORE, "No real call can be made here.")
        began = self._clock.moment()
        looked = await looker.deep(source)
        at = self._clock.moment()
        seen = Observation(source.id, began, at, looked.outcome, latency=looked.latency)
        self.take(Observed(at, seen))
        if isinstance(looked.outcome, Reading | Failure):
            return looked.outcome
        raise TypeError("a call is answered with a reading")

    async def one_token(self, source: ProbeSource, model: str) -> Spoken | Failure:
        """Have `model` of a server on this computer answer one token: on a person's word only."""
        looker = self._looker
        if not isinstance(looker, Prompter):
            return Failure(FailureKind.INTERNAL, "No model can be asked here.")
        self._schedule.called(source, self._clock.moment().steady)
        return await looker.token(source, model)

    def fallbacks_tested(self, drill: Drill) -> None:
        """It was tested what could be used instead: the date of it is kept, and shown."""
        if self._over:
            return
        from notifier.model.drill import FallbacksTested  # few test: not loaded before

        at = drill.began.utc
        if self._diary is not None:
            self._diary.write((FallbacksTested(at),))
        self._painter.tested = at
        self._showing.show()

    def look_instead(self, service: ServiceKey) -> None:
        """Look at what could be used instead of `service`, though nothing may fail."""
        chosen = self._settings.by_key[service]
        known = fallbacks.worth_checking(chosen, self._board, self._settings)
        self._look_further(s.id for other in known for s in other.sources if self._is_old(s.id))

    def _is_old(self, source: SourceId) -> bool:
        """Whether a source was looked at so long ago that its host may be asked again."""
        sight = self._board.sights.get(source)
        return sight is None or self._clock.moment().since(sight.last.at) > LEAST_BETWEEN

    def picture_with_advice(self, service: ServiceKey) -> Picture:
        """The picture at this moment, with the alternatives to `service` though it may be well."""
        picture = self.picture_now()
        chosen = self._settings.by_key[service]
        offered, refused = view.alternatives(
            self._board, self._settings, chosen, picture.at, self._say
        )
        rows = tuple(
            replace(row, fallbacks=offered, excluded=refused) if row.key == service else row
            for row in picture.rows
        )
        return replace(picture, rows=rows)

    def picture_now(self) -> Picture:
        """How everything stands at this moment, painted anew: for whoever asks now."""
        return self._showing.anew(self._settings.by_key)

    async def woke(self) -> None:
        """The computer slept: no connection of before is worth anything.

        The desktop and our own clocks both notice; whoever is second must not cut the looks short
        that the first has asked for.
        """
        at = self._clock.moment()
        if at.steady - self._woken < ONE_WAKING:
            return
        self._woken = at.steady
        await self._looker.forget()
        self.take(Woke(self._clock.moment()))
        self._schedule.hurry()

    async def network_changed(self) -> None:
        """The network is another one now: as after a sleep, but for what hosts were asked before.

        That counts on, for this may happen every few seconds: looks come early, within their cap.
        """
        at = self._clock.moment()
        if at.steady - self._changed < ONE_CHANGE:
            return
        self._changed = at.steady
        await self._looker.forget()
        self.take(Woke(self._clock.moment()))
        self._schedule.hurry()

    def stop(self) -> None:
        """End `run` soon."""
        self._stopping = True
        self._nap.ring()

    def abandon(self) -> None:
        """Let go of the diary unclosed, as SIGKILL would; for rehearsals of just that."""
        self._diary = None

    async def settled(self) -> None:
        """Wait until no look and no order is open any more."""
        while not self._schedule.idle:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._settled.append(waiter)
            await waiter

    # -- the life of the engine ------------------------------------------------------------

    async def run(self) -> None:
        """Watch until `stop`."""
        self._begin()
        try:
            at = self._clock.moment()
            while not self._stopping:
                self._tick(at)
                self._look_at_what_is_due(at)
                at = await self._rest(at)
        finally:
            await self._end()

    async def run_once(self, *, alternatives: bool = False, deep: ServiceKey | None = None) -> None:
        """Look once at everything, confirm what fails, and end.

        Where something fails, also at what it stands on and what could be used instead; with
        `alternatives` at those though nothing fails. For `deep` one real call is made, too.
        """
        self._once = True
        self._begin()
        if alternatives:
            self._look_further(orders.instead(self._board, self._settings))
        try:
            self._look_at_what_is_due(self._clock.moment())
            # An account mostly lies at the host of the front door, which was just asked; and of
            # one document several services may be read.
            self.look_again(s.account.id for s in self._settings.services if s.account is not None)
            self.look_again(
                s.page.id
                for s in self._settings.services
                if s.page is not None and s.page.legend is not None
            )
            self._look_at_what_is_due(self._clock.moment(), in_turn=False)
            await self._settle(patient=False)
            self._look_further(orders.controls(self._board, self._settings))
            await self._settle(patient=True)
            if deep is not None:
                await self.deep_check(deep)
        finally:
            await self._end()

    async def _settle(self, *, patient: bool) -> None:
        """Wait for every look under way or ordered, and for what they ask for in turn."""
        at = self._clock.moment()
        while not self._schedule.idle:
            at = await self._rest(at)
            self._tick(at)
            extra = orders.extra_sources(self._board, self._settings)
            self._look_further(id_ for id_ in extra if id_ not in self._board.sights)
            self._look_at_what_is_due(at, in_turn=False, patient=patient)

    def _look_further(self, sources: Iterable[SourceId]) -> None:
        for id_ in sources:
            self._order(LookAt(id_))

    def _begin(self) -> None:
        self._diary = self._open_diary()
        kept = self._diary.load()
        self._board = replace(
            Board(),
            threads=dict(kept.threads),
            told=dict(kept.told),
            mutes=dict(kept.mutes),
            paused_until=kept.paused_until,
            thread_count=kept.thread_count,
            notice_count=kept.notice_count,
        )
        self._logbook.open_with(kept.log, kept.outages)
        self._recall(self._clock.moment())
        self._painter.tested = kept.fallbacks_tested
        self.take(Started(self._clock.moment()))

    async def _end(self) -> None:
        """The diary first, and before anything is waited for: whatever hangs is left behind."""
        self._over = True
        self._showing.wait_no_longer()
        looks = tuple(self._looks)
        for look in looks:
            look.cancel()
        if self._diary is not None:
            self._diary.close()
        if looks:
            await asyncio.wait(looks, timeout=END_WITHIN)
        with suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await self._looker.close()

    # -- one event at a time ---------------------------------------------------------------

    def take(self, event: Event) -> None:
        """Take an event in; whatever it makes us do may bring others, which wait their turn.

        After the end nothing is taken in: it could not be written down any more.
        """
        if self._over:
            return
        self._inbox.append(event)
        if self._taking:
            return
        self._taking = True
        try:
            while self._inbox:
                self._step_safely(self._inbox.popleft())
        finally:
            self._taking = False

    def _step_safely(self, event: Event) -> None:
        try:
            self._step(event)
        except Exception:
            # A defect of ours over one event must not keep the others from being taken in.
            self._slip()
            log.exception("%s could not be taken in", type(event).__name__)

    def _slip(self) -> None:
        self._slips += 1

    def _step(self, event: Event) -> None:
        before, step = self._board, update(self._board, event, self._settings)
        self._board = step.board
        effects = (*step.effects, *self._witnessed(before, event, step.effects))
        logged = self._acts.perform(effects, self._diary)
        self._showing.changed(step.touched | logged, news=step.news or bool(logged))

    def _witnessed(
        self, before: Board, event: Event, effects: Sequence[Effect]
    ) -> tuple[Effect, ...]:
        """What is written down for a proof; who looks once writes nothing down."""
        if self._once:
            return ()
        from notifier.judgement.witness import witnessed

        kept = witnessed(before, self._board, event, effects, self._settings)
        return tuple(map(Record, kept))

    def _order(self, wanted: LookAt) -> None:
        """Note a look out of turn; who looks once looks again only to confirm."""
        again = wanted.source in self._board.sights or self._schedule.expects(wanted.source)
        if self._once and again and not wanted.confirming:
            return
        self._schedule.order(wanted, self._clock.moment().steady)
        self._nap.ring()

    def _worded(self, announcement: Announcement) -> Notice:
        online = self._board.connection.link is Link.ONLINE
        return view.notice(announcement, self._say, self._settings, online=online)

    # -- looking ---------------------------------------------------------------------------

    def _look_at_what_is_due(
        self, at: Moment, *, in_turn: bool = True, patient: bool = True
    ) -> None:
        loop = asyncio.get_running_loop()
        for turn in self._schedule.turns(
            self._board, self._settings, at.steady, in_turn=in_turn, patient=patient
        ):
            look = loop.create_task(self._look(turn.source, confirming=turn.confirming))
            self._looks.add(look)
            look.add_done_callback(self._looks.discard)

    async def _look(self, source: Source, *, confirming: bool) -> None:
        began = self._clock.moment()
        try:
            looked = await self._looker.look(source, fresh=confirming)
            if self._clock.moment().since(began) > GAP and self._nap.is_long_over:
                await self.woke()
                looked = Looked(Failure(FailureKind.RESET, "The computer slept meanwhile."))
            self._home(source, looked, began, confirming=confirming)
        except Exception:
            # A defect of ours must not stop the watch; it shows as not being able to look.
            log.exception("a look at %s failed in our own code", host_of(source.url))
            lost = Looked(Failure(FailureKind.INTERNAL, "The program itself failed here."))
            self._home(source, lost, began, confirming=confirming)

    def _home(self, source: Source, looked: Looked, began: Moment, *, confirming: bool) -> None:
        at = self._clock.moment().later(-looked.age)
        seen = Observation(
            source=source.id,
            began=began,
            at=at,
            outcome=looked.outcome,
            confirming=confirming,
            fresh=confirming,
            latency=looked.latency,
            stages=looked.stages,
            stopped=looked.stopped,
            stumbled=looked.stumbled,
        )
        self.take(Observed(self._clock.moment(), seen))
        self._schedule.home(source, seen, self._board, self._settings, looked.requests)
        self._ring_where_sooner()

    # -- time ------------------------------------------------------------------------------

    def _tick(self, at: Moment) -> None:
        if at.steady - self._ticked < TICK_EVERY and not self._overdue(at):
            return
        self._ticked = at.steady
        for id_, offer in self._board.on_offer.items():
            if at.since(offer.at) > self._answer_within:
                self.take(Unheard(at, id_, "nobody answered"))
        slips = self._slips
        self.take(Ticked(at))
        if at.steady - self._recalled >= RECALLED_EVERY:
            self._recall(at)
        if self._slips == slips:
            self._turned = at

    def _recall(self, at: Moment) -> None:
        """Learn from the history who was reliable of late: so alternatives are ranked."""
        self._recalled = at.steady
        if self._diary is not None and not self._once:
            known = self._diary.reliability([service.key for service in self._settings.services])
            self.take(Recalled(at, known))

    def _overdue(self, at: Moment) -> bool:
        ends = (self._board.wave_ends, self._board.held_until)
        return any(end is not None and end.steady <= at.steady for end in ends)

    async def _rest(self, at: Moment) -> Moment:
        """Sleep until something is due, or somebody rings; the time then."""
        due = self._next(at.steady)
        if self._schedule.idle:
            self._wake_those_who_wait()
        await self._nap.until(due, at)
        if self._nap.is_long_over:
            await self.woke()
        return self._clock.moment()

    def _wake_those_who_wait(self) -> None:
        for waiter in self._settled:
            if not waiter.done():
                waiter.set_result(None)
        self._settled.clear()

    def _next(self, now: float) -> float:
        """When there is something to do again: a look, or a notice that has waited enough."""
        ends = (self._board.wave_ends, self._board.held_until)
        times = [end.steady for end in ends if end is not None and end.steady > now]
        due = self._schedule.next(now, in_turn=not self._once)
        return min(times if due is None else [*times, due], default=float("inf"))

    def _ring_where_sooner(self) -> None:
        """Wake who naps for what comes sooner than was known when the nap began."""
        now = self._clock.moment().steady
        self._schedule.keep_to_the_rota(self._board, self._settings, now)
        if self._once or self._settled:
            self._nap.ring()
        else:
            self._nap.ring_for(self._next(now))
