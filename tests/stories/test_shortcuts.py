"""What the rules leave out because nothing can come of it: nobody must ever notice."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from notifier.judgement import orders
from notifier.judgement.sight import connection
from notifier.judgement.verdict import judge
from notifier.model.board import Link, Standing
from notifier.model.health import Health, failing
from tests.stories.story import (
    ALIVE,
    DEAD,
    ERROR_500,
    GARBAGE,
    LOGIN_PAGE,
    NO_ROUTE,
    NOON,
    ONLINE,
    REFERENCES,
    SILENCE,
    report,
    story,
    tool,
)

CHATTY, CLAUDIA, DOORLESS = tool("chatty"), tool("claudia"), tool("doorless", door=False)
PAGELESS, OTHER = tool("pageless", page=False), tool("other")
SOURCES = {
    source.id: source
    for service in (CHATTY, CLAUDIA, DOORLESS, PAGELESS, OTHER)
    for source in service.sources
}
SOON_STALE = replace(report(), fresh_until=NOON + timedelta(minutes=6))
PAGE_SAYS = [report(), SOON_STALE, report(Health.MAJOR_OUTAGE), GARBAGE, LOGIN_PAGE, SILENCE]
DOOR_SAYS = [ALIVE, DEAD, ERROR_500]
REFERENCE_SAYS = [ONLINE, NO_ROUTE, LOGIN_PAGE]


@st.composite
def happenings(draw):
    """One event: a look at anything that says anything, a tick, or a sleep of the computer."""
    kind = draw(st.sampled_from(["page", "page", "door", "reference", "tick", "tick", "wake"]))
    if kind == "reference":
        source = draw(st.sampled_from(REFERENCES)).id
        return "look", source, draw(st.sampled_from(REFERENCE_SAYS))
    if kind in ("page", "door"):
        prefix = "page" if kind == "page" else "probe"
        source = draw(st.sampled_from([id_ for id_ in SOURCES if id_.startswith(prefix)]))
        says = PAGE_SAYS if kind == "page" else DOOR_SAYS
        # Well is what the shortcuts are for, so it is what happens most.
        outcome = draw(st.one_of(st.just(says[0]), st.sampled_from(says)))
        return "look", source, outcome
    return kind, None, None


@given(st.lists(st.tuples(st.floats(0, 90), happenings()), max_size=40))
def test_a_verdict_no_tick_judged_again_is_the_one_it_would_have_been(happened):
    told = story(CHATTY, CLAUDIA, DOORLESS, PAGELESS, others=(OTHER,))
    for pause, (kind, source, outcome) in happened:
        told.wait(pause)
        if kind == "look":
            told.look(source, outcome)
        elif kind == "wake":
            told.wake(0)
        told.tick()
        for service in told.settings.services:
            judged = judge(service, told.board, told.settings, told.at)
            assert told.board.standings.get(service.key, Standing()).verdict == judged


@given(st.lists(st.tuples(st.floats(0, 90), happenings()), max_size=40))
def test_a_look_that_seems_to_tell_nothing_of_our_connection_tells_nothing(happened):
    told = story(CHATTY, CLAUDIA, DOORLESS, PAGELESS, others=(OTHER,))
    for pause, (kind, source, outcome) in happened:
        told.wait(pause)
        if kind == "look":
            told.look(source, outcome)
            found = connection(told.board, told.settings, told.at)
            assert told.board.connection.link is found.link
            # What has grown old meanwhile counts until the next tick.
            assert told.board.connection.asked >= found.asked
            assert told.board.connection.answered >= found.answered
        else:
            told.tick()
            found = connection(told.board, told.settings, told.at)
            assert told.board.connection == found


@given(st.lists(st.tuples(st.floats(0, 20), happenings()), max_size=40))
def test_the_services_in_doubt_are_those_that_fail(happened):
    told = story(CHATTY, CLAUDIA, DOORLESS, PAGELESS, others=(OTHER,))
    for pause, (kind, source, outcome) in happened:
        told.wait(pause)
        if kind == "look":
            told.look(source, outcome)
        told.tick()
    standings = {s: told.board.standings.get(s.key) for s in told.settings.services}
    doubted = [s for s, stands in standings.items() if stands and _tells(stands)]
    assert orders.in_doubt(told.board, told.settings) == tuple(doubted)


def _tells(standing):
    verdict = standing.verdict
    return failing(verdict.health) and (verdict.tells or standing.override is not None)


class TestATickAlone:
    def test_makes_unknown_what_was_not_read_again(self):
        told = story(DOORLESS, CHATTY).page("doorless", report()).page("chatty", report())
        told.tick(170)
        assert told.health("doorless") is Health.OPERATIONAL
        told.tick(20)
        assert told.health("doorless") is Health.UNKNOWN

    def test_makes_unknown_what_could_not_be_read_again(self):
        told = story(DOORLESS, CHATTY).page("doorless", report())
        told.wait(100).page("doorless", GARBAGE).wait(60).page("chatty", report())
        assert told.health("doorless") is Health.OPERATIONAL
        assert told.tick(30).health("doorless") is Health.UNKNOWN

    def test_makes_unknown_what_the_page_itself_calls_stale(self):
        told = story(DOORLESS, CHATTY).wait(350).page("doorless", SOON_STALE)
        assert told.tick().health("doorless") is Health.OPERATIONAL
        assert told.tick(20).health("doorless") is Health.UNKNOWN

    def test_judges_again_all_that_is_well_when_it_finds_us_cut_off(self):
        """No look says so: whoever had answered since is not watched any more."""
        told = story(DOORLESS, CHATTY, CLAUDIA, OTHER).page("doorless", report()).wait(30)
        told.page("chatty", LOGIN_PAGE).look(REFERENCES[0].id, LOGIN_PAGE)
        told.wait(1).page("other", report())
        assert told.board.connection.link is Link.ONLINE
        told.choose(replace(told.settings, services=(DOORLESS, CHATTY, CLAUDIA))).tick()
        assert told.board.connection.link is Link.CAPTIVE_PORTAL
        assert told.health("doorless") is Health.UNKNOWN


def test_a_page_that_is_read_as_before_brings_us_back_online():
    told = story(DOORLESS, CHATTY).page("doorless", report()).wait(30)
    told.references(NO_ROUTE)
    assert told.board.connection.link is Link.OFFLINE
    told.wait(30).page("doorless", report())
    assert told.board.connection.link is Link.ONLINE
