"""Politeness: what one host may be asked, whatever we would like to know."""

import random
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.board import Board
from notifier.model.effect import LookAt
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind, Observation
from notifier.model.service import host_of
from notifier.model.settings import Settings
from notifier.watch.manners import EARLY_WINDOW, LEAST_BETWEEN, MOST_EARLY, Manners
from notifier.watch.schedule import MOST_AT_ONCE, Schedule
from tests.judgement.boards import keyed
from tests.stories.story import NOON, REFERENCES, report, tool

SETTINGS = Settings(services=(tool("chatty"), tool("claudia")), references=REFERENCES)


def test_one_look_per_host_in_thirty_seconds():
    manners = Manners()
    manners.asked("a", 0, early=False)
    assert manners.wait("a", 10, early=False) == 20
    assert manners.wait("b", 10, early=False) == 0
    assert manners.wait("a", 30, early=False) == 0


def test_an_early_look_may_come_at_once_but_not_for_ever():
    manners = Manners()
    manners.asked("a", 0, early=False)
    for second in range(1, MOST_EARLY + 1):
        assert manners.wait("a", second, early=True) == 0
        manners.asked("a", second, early=True)
    assert manners.wait("a", MOST_EARLY + 1, early=True) > 0
    assert manners.wait("a", EARLY_WINDOW + 2, early=True) == 0


def test_every_request_of_an_early_look_counts_against_the_cap():
    manners = Manners()
    manners.asked("a", 0, early=False)
    for second in range(1, MOST_EARLY // 3 + 1):
        manners.asked("a", second, early=True)
        manners.took("a", 3)
    assert manners.wait("a", 10, early=True) > 0


def test_a_look_that_never_left_this_computer_asked_nobody():
    manners = Manners()
    manners.asked("a", 0, early=False)
    manners.never_left("a", 0)
    assert manners.wait("a", 1, early=False) == 0


@given(st.lists(st.tuples(st.floats(0, 20), st.booleans()), max_size=200))
def test_no_pattern_of_wishes_asks_a_host_too_often(wishes):
    """Whatever is wished when, the ordinary looks stay 30 s apart and the early ones capped."""
    manners, now, asked, early_ones = Manners(), 0.0, [], []
    for pause, early in wishes:
        now += pause
        if manners.wait("a", now, early=early) > 0:
            continue
        if asked and now - asked[-1] < LEAST_BETWEEN:
            early_ones.append(now)
        manners.asked("a", now, early=early)
        asked.append(now)
    for end in early_ones:
        recent = [one for one in early_ones if end - EARLY_WINDOW < one <= end]
        assert len(recent) <= MOST_EARLY


def seen(source, began, outcome):
    at = Moment(NOON, began)
    return Observation(source.id, at, at, outcome)


def turns(schedule, now):
    return [turn.source.id for turn in schedule.turns(Board(), SETTINGS, now)]


def test_everything_chosen_is_looked_at_at_once_and_nothing_else():
    schedule = Schedule(random.Random(1))
    asked = turns(schedule, 0.0)
    assert sorted(asked) == sorted(s.id for x in SETTINGS.services for s in x.sources)
    assert turns(schedule, 1.0) == [], "a look under way is not begun twice"


def test_what_is_to_be_looked_at_beside_a_confirming_look_begins_with_it():
    schedule, (chatty, claudia) = Schedule(random.Random(1)), SETTINGS.services
    turns(schedule, 0.0)
    for source in (*chatty.sources, *claudia.sources):
        schedule.home(source, seen(source, 0.0, report()), Board(), SETTINGS)
    beside = (REFERENCES[0].id, claudia.page.id)
    schedule.order(LookAt(chatty.probe.id, 10.0, early=True, confirming=True, beside=beside), 1.0)
    schedule.order(LookAt(REFERENCES[0].id, 30.0), 1.0)
    assert turns(schedule, 10.9) == []
    begun = [*turns(schedule, 11.0), *turns(schedule, 11.0)]
    assert begun == [chatty.probe.id, *beside], "early, whatever was put off"


def test_pages_whose_documents_come_from_one_host_take_turns():
    """Whatever host people open: what is asked is the other one."""
    one, two = (tool(name, door=False) for name in ("chatty", "claudia"))
    feed = "https://feeds.example.test/"
    shared = [replace(x, page=replace(x.page, feed=f"{feed}{x.key}")) for x in (one, two)]
    schedule = Schedule(random.Random(1))
    both = Settings(services=tuple(shared))
    assert len(list(schedule.turns(Board(), both, 0.0))) == 1
    assert list(schedule.turns(Board(), both, 29.0)) == []
    assert len(list(schedule.turns(Board(), both, 30.0))) == 1
    apart = Schedule(random.Random(1)).turns(Board(), Settings(services=(one, two)), 0.0)
    assert len(list(apart)) == 2


def test_the_next_look_comes_after_most_of_the_interval():
    schedule = Schedule(random.Random(1))
    turns(schedule, 0.0)
    page = SETTINGS.services[0].page
    schedule.home(page, seen(page, 0.0, report()), Board(), SETTINGS)
    assert 48 <= schedule.next(1.0) <= 60


def test_with_as_many_under_way_as_may_be_nothing_is_due_until_one_comes_home():
    """Due now and not allowed to begin, it would be tried again and again without a pause."""
    many = Settings(services=tuple(tool(f"tool{n}", door=False) for n in range(MOST_AT_ONCE + 8)))
    schedule = Schedule(random.Random(1))
    begun = list(schedule.turns(Board(), many, 0.0))
    assert len(begun) == MOST_AT_ONCE
    assert schedule.next(1.0) is None
    first = begun[0].source
    schedule.home(first, seen(first, 0.0, report()), Board(), many)
    assert schedule.next(1.0) == 1.0
    assert len(list(schedule.turns(Board(), many, 1.0))) == 1


def test_retry_after_only_lengthens_a_wait():
    page = SETTINGS.services[0].page
    for asked, least in ((5.0, 48), (600.0, 600), (1e9, 3600)):
        schedule = Schedule(random.Random(1))
        turns(schedule, 0.0)
        slow = Failure(FailureKind.RATE_LIMITED, "429", retry_after=asked)
        schedule.home(page, seen(page, 0.0, slow), Board(), SETTINGS)
        assert least <= schedule.next(0.0) <= max(least, 60)


def test_an_order_for_a_host_just_asked_waits_unless_it_may_come_early():
    schedule = Schedule(random.Random(1))
    turns(schedule, 0.0)
    page = SETTINGS.services[0].page
    schedule.home(page, seen(page, 0.0, report()), Board(), SETTINGS)
    schedule.order(LookAt(page.id), 5.0)
    assert turns(schedule, 5.0) == []
    schedule.order(LookAt(page.id, early=True), 6.0)
    assert turns(schedule, 30.5) == [page.id]


def test_the_confirming_look_is_marked_and_begins_in_time():
    schedule = Schedule(random.Random(1))
    turns(schedule, 0.0)
    door = SETTINGS.services[0].probe
    schedule.home(door, seen(door, 0.0, report()), Board(), SETTINGS)
    schedule.order(LookAt(door.id, after=10.0, early=True, confirming=True), 1.0)
    assert list(schedule.turns(Board(), SETTINGS, 10.0)) == []
    (turn,) = schedule.turns(Board(), SETTINGS, 11.0)
    assert turn.confirming


def test_a_look_that_asked_nobody_keeps_nobody_waiting():
    """An account whose key is not to be had, at the host of the front door."""
    schedule = Schedule(random.Random(1))
    (page, *_) = SETTINGS.services[0].sources
    list(schedule.turns(Board(), SETTINGS, 0))
    failure = Failure(FailureKind.KEY_STORE, "Waiting for your key store.")
    at = Moment(NOON, 0.0)
    for source in SETTINGS.sources.values():
        nothing = Observation(source.id, at, at, failure)
        schedule.home(source, nothing, Board(), SETTINGS, requests=0)
    schedule.order(LookAt(page.id), 1)
    assert [turn.source for turn in schedule.turns(Board(), SETTINGS, 1)] == [page]


def test_a_look_that_never_left_leaves_the_one_before_it_counted():
    manners = Manners()
    manners.asked("a", 0, early=False)
    manners.asked("a", 1, early=True)
    manners.never_left("a", 1)
    assert manners.wait("a", 10, early=False) == 20


HERE = Settings(services=(tool("chatty"), keyed("claudia")), references=REFERENCES)
"""With an account at the host of a front door."""


@dataclass
class Life:
    """A schedule at work, and what was asked of whom: (when, early, requests) by host."""

    schedule: Schedule = field(default_factory=lambda: Schedule(random.Random(1)))
    now: float = 0.0
    asked: dict[str, list[tuple[float, bool, int]]] = field(default_factory=dict)

    def happen(self, what, seconds, outcome, requests):
        self.now += seconds
        everything = [source.id for service in HERE.services for source in service.sources]
        match what:
            case "sleeps" | "other network":
                for id_ in everything:
                    self.schedule.order(LookAt(id_), self.now)
                self.schedule.hurry()
            case "check now":
                for id_ in (*everything, *(one.id for one in REFERENCES)):
                    self.schedule.order(LookAt(id_, early=True), self.now)
            case "doubt":
                door = HERE.services[0].probe
                order = LookAt(door.id, after=10.0, early=True, confirming=True)
                self.schedule.order(order, self.now)
        for turn in self.schedule.turns(Board(), HERE, self.now):
            self._looked(turn.source, outcome, requests)

    def _looked(self, source, outcome, requests):
        left = 0 if outcome.kind is FailureKind.KEY_STORE else requests
        if left and outcome.kind not in (FailureKind.OFFLINE, FailureKind.DNS):
            host = self.asked.setdefault(host_of(source.url), [])
            early = bool(host) and self.now - host[-1][0] < LEAST_BETWEEN
            host.append((self.now, early, left))
        self.schedule.home(source, seen(source, self.now, outcome), Board(), HERE, left)


happenings = st.tuples(
    st.sampled_from(["nothing", "nothing", "sleeps", "other network", "check now", "doubt"]),
    st.floats(0, 40),
    st.sampled_from([Failure(kind, kind.value) for kind in FailureKind]),
    st.sampled_from([1, 1, 1, 2, 3]),
)


@settings(deadline=None)
@given(st.lists(happenings, max_size=60))
def test_whatever_is_slept_wished_and_doubted_no_host_is_asked_too_often(happened):
    """Property 19 of faults.md: one look in 30 s; of early ones 12 requests in five minutes, and
    the last of them to its end.
    """
    life = Life()
    for one in happened:
        life.happen(*one)
    for looks in life.asked.values():
        early = [(at, requests) for at, is_early, requests in looks if is_early]
        for place, (end, _) in enumerate(early):
            before = sum(n for at, n in early[:place] if end - EARLY_WINDOW < at)
            assert before < MOST_EARLY
        ordinary = [at for at, is_early, _ in looks if not is_early]
        assert all(b - a >= LEAST_BETWEEN for a, b in pairwise(ordinary))
