"""Who is held for how long: for advice, for a cause, for others like it."""

from dataclasses import replace

import pytest

from notifier.fallbacks import RECENT
from notifier.judgement.waiting import (
    ADVICE_WITHIN,
    LOOKED_AT,
    MORE_WITHIN,
    SAME_TIME,
    TOGETHER_WITHIN,
    held,
)
from notifier.model.board import Connection, Link, Standing, Topic
from notifier.model.service import ServiceKey
from notifier.model.verdict import Override
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    SUSPECTED,
    UNREAD,
    UP,
    ago,
    board,
    confirmed,
    doubted,
    drafted,
    good,
    on_board,
    outage,
    told,
    world,
)
from tests.stories.story import DEAD, tool

CHATTY, CLAUDIA = tool("chatty"), tool("claudia", can=("images",))
INSTEAD, CLOUD = tool("instead"), tool("cloud", can=("infra",))
THREAD = outage("chatty")


def waiting(*sights, settings, fails_for=1.0, threads=(THREAD,), told_of=(), **more):
    """Who is held, and until how many seconds from now."""
    standing = replace(Standing(REPORTED, since=ago(fails_for)), **more.pop("standing", {}))
    standings = {CHATTY.key: standing, **more.pop("standings", {})}
    known = board(*sights, standings=standings, **on_board(*threads, told_of=told_of), **more)
    draft = drafted(known, settings)
    names = held(draft)
    until = draft.board.held_until
    return set(names), None if until is None else until.steady - NOW.steady


class TestForAdvice:
    SETTINGS = world(CHATTY, others=(INSTEAD,))

    def waiting(self, *sights, **more):
        return waiting(*sights, settings=self.SETTINGS, **more)

    def test_four_seconds_from_when_it_failed(self):
        assert self.waiting() == ({"chatty"}, ADVICE_WITHIN - 1)
        assert self.waiting(fails_for=ADVICE_WITHIN) == (set(), None)
        assert self.waiting(fails_for=ADVICE_WITHIN - 0.5) == ({"chatty"}, 0.5)

    def test_not_once_the_alternative_was_looked_at_within_the_last_minute(self):
        def both(page, door):
            return good(INSTEAD.page, UP, page), good(INSTEAD.probe, seconds=door)

        assert self.waiting(*both(RECENT, RECENT)) == (set(), None)
        assert self.waiting(*both(RECENT + 1, RECENT))[0] == {"chatty"}
        assert self.waiting(*both(RECENT, RECENT + 1))[0] == {"chatty"}

    def test_for_its_page_and_for_its_front_door(self):
        assert self.waiting(good(INSTEAD.probe)) == ({"chatty"}, ADVICE_WITHIN - 1)
        assert self.waiting(good(INSTEAD.page, UP)) == ({"chatty"}, ADVICE_WITHIN - 1)

    def test_a_moment_only_where_something_can_be_offered_already(self):
        fine = {ServiceKey("ready"): Standing(FINE, since=ago(60))}
        ready = tool("ready")
        settings = world(CHATTY, ready, others=(INSTEAD,))
        seen = (good(ready.page, UP), good(ready.probe))
        assert waiting(settings=settings, standings=fine) == ({"chatty"}, ADVICE_WITHIN - 1)
        offered = {"settings": settings, "standings": fine}
        assert waiting(*seen, **offered) == ({"chatty"}, MORE_WITHIN - 1)
        assert waiting(*seen, good(INSTEAD.page, UP), **offered) == ({"chatty"}, MORE_WITHIN - 1)
        assert waiting(*seen, fails_for=MORE_WITHIN, **offered) == (set(), None)
        all_seen = (*seen, good(INSTEAD.page, UP), good(INSTEAD.probe))
        assert waiting(*all_seen, **offered) == (set(), None)

    def test_not_where_nothing_can_be_asked(self):
        assert waiting(settings=world(CHATTY)) == (set(), None)
        assert waiting(settings=world(CHATTY, others=(CLAUDIA,))) == (set(), None)

    @pytest.mark.parametrize(
        "more",
        [
            {"told_of": (told(THREAD),)},
            {"threads": ()},
            {"threads": (replace(THREAD, closed=THREAD.opened),)},
            {"threads": (outage("claudia"),)},
            {"threads": (replace(THREAD, topic=Topic.ACCOUNT),)},
            {"standing": {"since": None}},
            {"standing": {"override": Override.BROKEN}},
            {"standing": {"verdict": FINE}},
            {"standing": {"verdict": UNREAD}},
        ],
    )
    def test_not_where_there_is_no_first_notice_to_come(self, more):
        assert self.waiting(**more) == (set(), None)

    def test_though_others_were_told_of(self):
        other = outage("claudia")
        found = self.waiting(threads=(other, THREAD), told_of=(told(other),))
        assert found == ({"chatty"}, ADVICE_WITHIN - 1)


class TestForACause:
    def waiting(self, *sights, service=None, **more):
        on_cloud = service or replace(CHATTY, runs_on=("cloud",))
        return waiting(*sights, settings=world(on_cloud, others=(CLOUD,)), **more)

    def test_four_seconds_while_what_it_runs_on_is_looked_at(self):
        assert self.waiting() == ({"chatty"}, ADVICE_WITHIN - 1)
        assert self.waiting(fails_for=ADVICE_WITHIN) == (set(), None)

    def test_not_once_that_was_read_of_late(self):
        assert self.waiting(good(CLOUD.page, UP, LOOKED_AT)) == (set(), None)
        assert self.waiting(good(CLOUD.page, UP, LOOKED_AT + 1))[0] == {"chatty"}
        assert self.waiting(good(CLOUD.probe))[0] == {"chatty"}

    def test_so_for_the_page_of_whose_models_it_resells(self):
        maker = replace(CLOUD, family="maker-models")
        reseller = replace(CHATTY, runs_on=("maker-models",))
        settings = world(reseller, others=(maker,))
        assert waiting(settings=settings)[0] == {"chatty"}
        assert waiting(good(maker.page, UP), settings=settings) == (set(), None)


class TestForCompany:
    SETTINGS = world(CHATTY, CLAUDIA, others=(INSTEAD,))
    LOOKED = (good(INSTEAD.page, UP, RECENT), good(INSTEAD.probe, seconds=RECENT))

    def waiting(self, other, own=None, fails_for=1.0, **more):
        own = own or confirmed(CHATTY.probe, DEAD, 1)
        return waiting(
            *self.LOOKED,
            own,
            other,
            settings=self.SETTINGS,
            fails_for=fails_for,
            standing={"verdict": SUSPECTED},
            **more,
        )

    def other(self, seconds=13.0, **more):
        return doubted(CLAUDIA.probe, DEAD, seconds, **{"confirm_ordered": True, **more})

    def test_twelve_seconds_while_another_door_that_failed_then_is_looked_at_again(self):
        assert self.waiting(self.other()) == ({"chatty"}, TOGETHER_WITHIN - 1)
        assert self.waiting(self.other(), fails_for=TOGETHER_WITHIN) == (set(), None)

    @pytest.mark.parametrize("apart", [SAME_TIME, -SAME_TIME + 25])
    def test_at_the_same_time_is_within_half_a_minute(self, apart):
        assert self.waiting(self.other(13 + apart))[0] == {"chatty"}

    def test_at_another_time_is_no_company(self):
        assert self.waiting(self.other(13 + SAME_TIME + 1)) == (set(), None)
        later = confirmed(CHATTY.probe, DEAD, 1 + SAME_TIME + 1)
        assert self.waiting(self.other(13), own=later) == (set(), None)

    def test_only_one_that_is_still_to_be_settled_is(self):
        assert self.waiting(self.other(confirm_ordered=False)) == (set(), None)
        settled = confirmed(CLAUDIA.probe, DEAD, 1, confirm_ordered=True)
        assert self.waiting(settled) == (set(), None)

    def test_only_one_that_was_chosen_is(self):
        unchosen = doubted(INSTEAD.probe, DEAD, 13, confirm_ordered=True)
        assert self.waiting(unchosen) == (set(), None)

    def test_a_page_that_reports_waits_for_nobody(self):
        assert self.waiting(self.other(), own=good(CHATTY.probe)) == (set(), None)
        assert self.waiting(self.other(), own=doubted(CHATTY.probe, DEAD, 1)) == (set(), None)
        doorless = tool("chatty", door=False)
        settings = world(doorless, CLAUDIA)
        assert waiting(self.other(), settings=settings) == (set(), None)


def test_the_longest_of_what_it_waits_for_counts():
    settings = world(CHATTY, CLAUDIA, others=(INSTEAD,))
    other = doubted(CLAUDIA.probe, DEAD, 13, confirm_ordered=True)
    found = waiting(confirmed(CHATTY.probe, DEAD, 1), other, settings=settings)
    assert found == ({"chatty"}, TOGETHER_WITHIN - 1)


def test_of_several_the_first_to_be_released_is_when_it_is_judged_again():
    settings = world(CHATTY, replace(CLAUDIA, can=("chat",)), others=(INSTEAD,))
    early = {CLAUDIA.key: Standing(REPORTED, since=ago(3))}
    found = waiting(settings=settings, threads=(THREAD, outage("claudia")), standings=early)
    assert found == ({"chatty", "claudia"}, 1)


class TestOurOwnConnection:
    def test_is_waited_for_until_it_has_settled(self):
        hitch = Connection(Link.DNS, ago(10))
        found = waiting(settings=world(CHATTY), connection=hitch, threads=())
        assert found == (set(), 20)

    def test_together_with_others_the_first_counts(self):
        hitch = Connection(Link.DNS, ago(10))
        settings = world(CHATTY, others=(INSTEAD,))
        assert waiting(settings=settings, connection=hitch) == ({"chatty"}, 3)
        late = Connection(Link.DNS, ago(29))
        assert waiting(settings=settings, connection=late) == ({"chatty"}, 1)


def test_nothing_held_is_said_on_the_board_too():
    draft = drafted(board(held_until=NOW), world(CHATTY))
    assert held(draft) == frozenset()
    assert draft.board.held_until is None
