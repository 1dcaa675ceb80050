"""What is forgotten where we arrive, who could vouch for us, and what nobody chose."""

from dataclasses import replace

from notifier.judgement import orders
from notifier.model.board import Link, Standing
from notifier.model.health import Health
from notifier.model.service import ServiceKey
from notifier.model.verdict import Override
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    RESET,
    UNREAD,
    UP,
    board,
    confirmed,
    doubted,
    drafted,
    fails,
    good,
    keyed,
    local,
    look,
    stands,
    world,
)
from tests.stories.story import ALIVE, DEAD, NO_ROUTE, ONLINE, REFERENCES, tool

CLOUD, THIRD = tool("cloud", can=("infra",)), tool("third")
CHATTY = keyed("chatty", runs_on=("cloud",))
CLAUDIA, LLAMA = tool("claudia"), local()
SETTINGS = world(CHATTY, CLAUDIA, LLAMA, others=(CLOUD, THIRD))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account
NEUTRAL = [reference.id for reference in REFERENCES]


class TestForgetting:
    """Where we arrive no doubt counts any more; a failure is believed no more, nor is it over."""

    EASED = confirmed(KEY, DEAD, 60, eased=look(KEY, ALIVE, 4), confirm_ordered=True)

    def test_at_an_arrival_what_failed_is_remembered_and_nothing_else_of_it(self):
        untouched = good(PAGE, UP, wavered=(1.0,))
        draft = drafted(
            board(
                doubted(DOOR, DEAD, confirm_ordered=True, earlier=look(DOOR, RESET, 40)),
                self.EASED,
                untouched,
            ),
            SETTINGS,
        )
        orders.arrive(draft)
        assert draft.board.arrived == NOW
        for source in (DOOR, KEY):
            left = draft.board.sights[source.id]
            assert (left.doubt, left.earlier, left.confirmed, left.eased) == (None,) * 4
            assert not left.confirm_ordered
        assert draft.board.sights[KEY.id].broken is self.EASED.broken
        assert draft.board.sights[PAGE.id] is untouched

    def test_one_that_only_eases_is_forgotten_too(self):
        only = good(DOOR, broken=look(DOOR, DEAD, 900), eased=look(DOOR, ALIVE, 4))
        draft = drafted(board(only), SETTINGS)
        orders.arrive(draft)
        assert draft.board.sights[DOOR.id].eased is None

    def test_one_confirmed_without_a_doubt_is_forgotten_too(self):
        only = replace(confirmed(DOOR, DEAD), doubt=None)
        draft = drafted(board(only), SETTINGS)
        orders.arrive(draft)
        assert draft.board.sights[DOOR.id].confirmed is None

    def test_forgiven_is_all_that_front_door_and_account_were_seen_to_fail_at(self):
        others = (confirmed(CLAUDIA.probe, DEAD), good(PAGE, UP))
        door = confirmed(DOOR, DEAD, confirm_ordered=True, earlier=look(DOOR, RESET, 90))
        known = board(door, self.EASED, *others)
        draft = drafted(known, SETTINGS)
        orders.forgive(draft, CHATTY)
        for source in (DOOR, KEY):
            left = draft.board.sights[source.id]
            assert (left.doubt, left.earlier, left.confirmed) == (None,) * 3
            assert (left.broken, left.eased) == (None, None)
            assert left.confirm_ordered is False
            assert left.last is known.sights[source.id].last
        assert draft.board.sights[CLAUDIA.probe.id] is others[0]
        assert draft.board.sights[PAGE.id] is others[1]

    def test_forgiven_is_nothing_of_what_was_never_looked_at(self):
        draft = drafted(board(self.EASED), SETTINGS)
        orders.forgive(draft, CHATTY)
        orders.forgive(draft, tool("bare", page=False, door=False))
        assert set(draft.board.sights) == {KEY.id}
        assert draft.board.sights[KEY.id].broken is None


class TestWhoCouldVouch:
    def able(self, *sights):
        return orders.controls(board(*sights), SETTINGS)

    def test_is_three_others_that_answered_neutral_ones_first(self):
        waits = doubted(DOOR, DEAD)
        answered = [good(CLAUDIA.page, UP), *(good(one, ONLINE) for one in REFERENCES)]
        assert self.able(waits, *answered) == tuple(NEUTRAL)
        assert self.able(waits, *answered[:2]) == (NEUTRAL[0], CLAUDIA.page.id)

    def test_is_nobody_where_no_doubt_waits_for_it(self):
        assert self.able(good(REFERENCES[0], ONLINE)) == ()
        assert self.able(confirmed(DOOR, DEAD), good(REFERENCES[0], ONLINE)) == ()
        assert self.able(doubted(THIRD.probe, DEAD), good(REFERENCES[0], ONLINE)) == ()

    def test_is_nobody_that_failed_or_is_the_same_host(self):
        waits = doubted(DOOR, DEAD)
        assert self.able(waits, good(KEY)) == ()
        assert self.able(waits, fails(REFERENCES[0], NO_ROUTE, 5, 10)) == ()


class TestWhoIsInDoubt:
    def doubted(self, **verdicts):
        known = board(standings=stands(**verdicts))
        return [service.key for service in orders.in_doubt(known, SETTINGS)]

    def test_is_what_fails_for_their_cause(self):
        assert self.doubted(claudia=REPORTED, chatty=FINE) == ["claudia"]
        assert self.doubted(claudia=REPORTED, chatty=REPORTED) == ["chatty", "claudia"]
        assert self.doubted() == []

    def test_is_nothing_that_is_only_unknown_or_nobody_chose(self):
        assert self.doubted(chatty=UNREAD, third=REPORTED) == []

    def test_is_what_the_person_calls_broken(self):
        broken = replace(UNREAD, health=Health.DEGRADED)
        said = Standing(broken, override=Override.BROKEN)
        known = board(standings={ServiceKey("chatty"): said})
        assert [one.key for one in orders.in_doubt(known, SETTINGS)] == ["chatty"]
        unsaid = board(standings={ServiceKey("chatty"): replace(said, override=None)})
        assert orders.in_doubt(unsaid, SETTINGS) == ()


class TestWhatIsLookedAtBeside:
    def extra(self, link=Link.ONLINE, settings=SETTINGS, **verdicts):
        return orders.extra_sources(board(link=link, standings=stands(**verdicts)), settings)

    CHATTYS = tuple(source.id for source in CHATTY.sources)
    CLAUDIAS = tuple(source.id for one in (CLAUDIA, LLAMA) for source in one.sources)
    THIRDS = tuple(source.id for source in THIRD.sources)
    CLOUDS = tuple(source.id for source in CLOUD.sources)

    def test_is_looked_at_while_something_fails_alternatives_then_upstreams(self):
        assert self.extra(chatty=REPORTED) == (*self.CLAUDIAS, *self.THIRDS, *self.CLOUDS)
        llama = LLAMA.probe.id
        assert self.extra(claudia=REPORTED) == (*self.CHATTYS, llama, *self.THIRDS)
        assert self.extra(chatty=FINE) == ()

    def test_are_the_neutral_hosts_while_nothing_finds_a_way_out(self):
        for link in Link:
            no_way_out = link in (Link.OFFLINE, Link.DNS)
            assert self.extra(link) == (tuple(NEUTRAL) if no_way_out else ())

    def test_are_the_pages_of_whose_models_it_resells(self):
        maker = tool("maker", family="maker-models", can=("code",))
        reseller = tool("reseller", runs_on=("maker-models",), can=("agents",))
        settings = world(reseller, others=(maker,))
        found = self.extra(settings=settings, reseller=REPORTED)
        assert found == (maker.page.id,)

    def test_are_all_that_could_be_used_instead_where_somebody_asks(self):
        found = orders.instead(board(), SETTINGS)
        assert set(found) == {*self.CHATTYS, *self.CLAUDIAS, *self.THIRDS, *self.CLOUDS}
