"""What is to be looked at when: every source in its turn, and looks out of turn, with manners."""

import random
from collections.abc import Iterator, Mapping
from math import inf

from msgspec import Struct

from notifier.judgement import rota
from notifier.judgement.looks import no_way_out
from notifier.judgement.orders import extra_sources
from notifier.model.board import Board
from notifier.model.effect import LookAt
from notifier.model.observation import Observation
from notifier.model.service import Source, SourceId, asked_host
from notifier.model.settings import Settings
from notifier.watch.manners import Manners

MOST_AT_ONCE = 32
"""Looks under way at the same time."""


class Turn(Struct, frozen=True):
    """A look that may begin now."""

    source: Source
    confirming: bool


class _Order(Struct):
    """A look out of turn, not before `due` (steady seconds)."""

    due: float
    early: bool
    confirming: bool
    beside: tuple[SourceId, ...] = ()


class Schedule:
    """Knows what is due; the engine looks. All times are steady seconds."""

    def __init__(self, chance: random.Random) -> None:
        """Nothing due yet; `chance` spreads the looks of many machines."""
        self._chance = chance
        self._manners = Manners()
        self._due: dict[SourceId, float] = {}
        self._looked: dict[SourceId, float] = {}
        self._orders: dict[SourceId, _Order] = {}
        self._away: dict[SourceId, float] = {}
        """The looks under way, and when each was counted as begun."""
        self._soonest: float | None = None
        """The first turn of those not under way, where that has been looked for since."""
        self._kept_to: Board | None = None
        self._settings: Settings | None = None
        self._extra: tuple[SourceId, ...] | None = None
        """What is looked at in turn beside what was chosen; None where that is to be found."""

    @property
    def idle(self) -> bool:
        """Whether no look is under way or ordered."""
        return not self._away and not self._orders

    def expects(self, source: SourceId) -> bool:
        """Whether a look at `source` is under way or ordered."""
        return source in self._away or source in self._orders

    def order(self, wanted: LookAt, now: float) -> None:
        """Note a look out of turn; two orders for one source become one, the earlier.

        A look that is under way already answers whoever wants one now.
        """
        if wanted.source in self._away and wanted.after == 0 and not wanted.confirming:
            return
        due = now + wanted.after
        known = self._orders.get(wanted.source)
        if known is None:
            made = _Order(due, wanted.early, wanted.confirming, wanted.beside)
            self._orders[wanted.source] = made
            return
        known.due = min(due, known.due)
        known.early = known.early or wanted.early
        known.confirming = known.confirming or wanted.confirming
        known.beside = known.beside or wanted.beside

    def turns(
        self,
        board: Board,
        settings: Settings,
        now: float,
        *,
        in_turn: bool = True,
        patient: bool = True,
    ) -> Iterator[Turn]:
        """The looks that may begin now; with `in_turn` false only those ordered.

        Without `patient` an order that manners would put off is dropped: whoever looks once does
        not wait half a minute for one more neutral host.
        """
        for id_ in [id_ for id_ in self._orders if id_ not in settings.sources]:
            del self._orders[id_]
        for id_, order in tuple(self._orders.items()):
            if order.due <= now and id_ not in self._away:
                yield from self._ordered(settings.sources[id_], order, now, patient=patient)
        if in_turn:
            yield from self._in_turn(board, settings, now)

    def _ordered(
        self, source: Source, order: _Order, now: float, *, patient: bool
    ) -> Iterator[Turn]:
        wait = self._manners.wait(asked_host(source), now, early=order.early)
        if wait > 0 and (patient or order.confirming):
            order.due = now + wait
            return
        if wait > 0:
            del self._orders[source.id]
            return
        del self._orders[source.id]
        for other in order.beside:
            self.order(LookAt(other, early=True), now)
        self._go(source, now, early=order.early)
        yield Turn(source, order.confirming)

    def _in_turn(self, board: Board, settings: Settings, now: float) -> Iterator[Turn]:
        self.keep_to_the_rota(board, settings, now)
        if self._first_turn() > now:
            return
        due = [id_ for id_, at in self._due.items() if at <= now]
        # Whoever was looked at longest ago comes first: a front door and an account of one host
        # take turns, and neither waits for ever.
        for id_ in sorted(due, key=lambda id_: self._looked.get(id_, float("-inf"))):
            if id_ in self._away or len(self._away) >= MOST_AT_ONCE:
                continue
            source = settings.sources[id_]
            wait = self._manners.wait(asked_host(source), now, early=False)
            if wait > 0:
                self._due[id_], self._soonest = now + wait, None
                continue
            self._go(source, now, early=False)
            yield Turn(source, confirming=False)

    def keep_to_the_rota(self, board: Board, settings: Settings, now: float) -> None:
        """Look in turn at what is to be looked at now; what is new there is due at once.

        So is what is looked at in any case, and now because something fails as well.
        """
        if self._kept_to is board and self._settings is settings:
            return  # nothing has happened since
        extra = extra_sources(board, settings)
        alike = self._settings is settings and self._extra == extra
        fresh = () if self._extra is None else set(extra) - set(self._extra)
        self._kept_to, self._settings, self._extra = board, settings, extra
        if alike:
            return
        self._due = {
            id_: min(self._due.get(id_, now), now) if id_ in fresh else self._due.get(id_, now)
            for id_ in rota.regular(board, settings)
        }
        self._looked = {id_: at for id_, at in self._looked.items() if id_ in self._due}
        self._soonest = None

    def _go(self, source: Source, now: float, *, early: bool) -> None:
        self._manners.asked(asked_host(source), now, early=early)
        self._away[source.id] = self._looked[source.id] = now
        self._soonest = None

    def home(
        self,
        source: Source,
        seen: Observation,
        board: Board,
        settings: Settings,
        requests: int = 1,
    ) -> None:
        """A look came home after so many requests: when its source is due again."""
        self._manners.took(asked_host(source), requests)
        was_away = source.id in self._away
        counted = self._away.pop(source.id, seen.began.steady)
        if no_way_out(seen) or requests == 0:
            self._manners.never_left(asked_host(source), counted)
        self.keep_to_the_rota(board, settings, seen.at.steady)
        beside = self._extra is not None and source.id in self._extra
        if source.id not in self._due:
            self._kept_to = self._extra = None  # it was not its turn, and none comes of it
        wait = rota.wait(source, seen, board, settings, self._chance.random(), beside=beside)
        self._due[source.id] = due = seen.began.steady + wait
        first = self._soonest if was_away else None  # while it was away its turn did not count
        self._soonest = None if first is None else min(first, due)

    def called(self, source: Source, now: float) -> None:
        """One request goes to the host of `source` beside the looks, on a person's word."""
        self._manners.asked(asked_host(source), now, early=True)

    def hurry(self) -> None:
        """The network is another one: what is ordered comes early, as far as manners allow."""
        for order in self._orders.values():
            order.early = True

    def next(self, now: float, *, in_turn: bool = True) -> float | None:
        """When the next look is due, with `in_turn` false of those ordered; None where nothing is.

        With as many under way as there may be, one coming home rings, and no turn comes before.
        """
        waiting = [order.due for id_, order in self._orders.items() if id_ not in self._away]
        if in_turn and len(self._away) < MOST_AT_ONCE:
            waiting.append(self._first_turn())
        soonest = min(waiting, default=inf)
        return max(soonest, now) if soonest < inf else None

    def _first_turn(self) -> float:
        """When the first turn comes of those not under way."""
        if self._soonest is None:
            turns = [due for id_, due in self._due.items() if id_ not in self._away]
            self._soonest = min(turns, default=inf)
        return self._soonest

    @property
    def next_looks(self) -> Mapping[SourceId, float]:
        """When each source is looked at next in its turn, for showing."""
        return self._due
