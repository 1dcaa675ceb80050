"""What holds on every day there could be (faults.md, 6): random plots, told to the real rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, note
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.judgement.looks import ROUTE_KINDS
from notifier.judgement.update import update
from notifier.model.board import Board, Standing
from notifier.model.event import Ticked
from notifier.model.health import Health, gravity, well
from notifier.model.moment import Moment
from notifier.model.observation import CERTIFICATE_KINDS, Failure, FailureKind, Report
from notifier.model.picture import Lamp
from notifier.view.lamp import URGENCY, lamp_of
from tests.feeds.bodies import body, component, event, summary
from tests.stories.plots import (
    ACCEPTED,
    ACCOUNT,
    BESIDE,
    DOORS,
    LIMITED,
    NEUTRAL,
    PAGES,
    REFUSED,
    SERVER,
    SERVICES,
    UNREADABLE,
    Beat,
    begun,
    check,
    happen,
    heard,
    plots,
    reports,
    silences,
    tell,
    threads,
    with_outcome,
)
from tests.stories.story import ALIVE, DEAD, ERROR_500, NOON, ONLINE, OVERLOADED

LONG = pytest.param(3000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])

every_day = pytest.mark.parametrize("examples", [60, LONG])
"""How many days are tried: a few at every run, many before a release."""

every_page = pytest.mark.parametrize("examples", [250, LONG])
"""The same where one page is a whole example."""

KEYS = tuple(service.key for service in SERVICES)

PAST = {
    name: getattr(Board(), name)
    for name in ("standings", "threads", "told", "on_offer", "owed", "silences", "mutes", "wave")
}
"""What a board knows of what was: all that is not seen now."""


SAYING_NOTHING_OF_THE_WAY = tuple(
    Failure(kind, kind.value) for kind in FailureKind if kind not in ROUTE_KINDS | CERTIFICATE_KINDS
)
"""Looks at a front door that bring nothing, and do not show that it is kept from us."""


def healthy(tale):
    return {key: standing.verdict.health for key, standing in tale.board.standings.items()}


def lamps(tale):
    return {
        key: lamp_of(standing.verdict, standing.override)
        for key, standing in tale.board.standings.items()
    }


def permuted(report, data):
    return replace(
        report,
        parts=tuple(data.draw(st.permutations(report.parts))),
        incidents=tuple(data.draw(st.permutations(report.incidents))),
    )


@every_day
def test_the_order_of_a_pages_entries_changes_no_notice(examples):
    def holds(plot, data):
        turned = tuple(
            with_outcome(beat, permuted(beat.outcome, data))
            if isinstance(beat.outcome, Report)
            else beat
            for beat in plot
        )
        one, other = tell(plot), tell(turned)
        assert heard(one) == heard(other)
        assert silences(one) == silences(other)
        assert healthy(one) == healthy(other)
        assert threads(one) == threads(other)

    check(examples, holds, plot=plots(), data=st.data())


@every_page
def test_the_order_of_one_pages_entries_changes_no_notice(examples):
    def holds(report, data):
        one, other = begun(), begun()
        for tale, said in ((one, report), (other, permuted(report, data))):
            for page in PAGES:
                tale.look(page, said)
            tale.tick(30.0)
        assert heard(one) == heard(other)
        assert healthy(one) == healthy(other)
        assert threads(one) == threads(other)

    check(examples, holds, report=reports(), data=st.data())


@every_day
def test_the_same_look_twice_is_one_look(examples):
    def holds(plot):
        doubled = tuple(again for beat in plot for again in (beat, replace(beat, wait=0.0)))
        once, twice = tell(plot), tell(doubled)
        assert heard(once) == heard(twice)
        assert silences(once) == silences(twice)
        assert healthy(once) == healthy(twice)
        assert threads(once) == threads(twice)

    check(examples, holds, plot=plots())


@every_day
def test_looks_that_bring_nothing_hide_no_change_and_make_none(examples):
    """The stts hole: between two readable looks any number of others, below the age and above;
    at the page, and at the front door and the account of somebody else.
    """

    def holds(readable, gaps):
        plain, holed = begun(), begun()
        for tale in (plain, holed):
            for page in PAGES:
                tale.look(page, readable[0])
            for door in (*DOORS, *BESIDE):
                tale.look(door, ALIVE)
        for report, gap in zip(readable[1:], gaps, strict=False):
            for at_page, (source, elsewhere) in gap:
                happen(holed, Beat(50.0, PAGES[0], at_page))
                happen(holed, Beat(5.0, source, elsewhere))
                happen(holed, Beat(5.0))
                happen(plain, Beat(60.0))
            plain.wait(60.0).look(PAGES[0], report)
            holed.wait(60.0).look(PAGES[0], report)
            assert heard(plain) == heard(holed)
            assert healthy(plain)["chatty"] is healthy(holed)["chatty"]

    elsewhere = st.tuples(
        st.sampled_from([*DOORS, ACCOUNT.id]), st.sampled_from(SAYING_NOTHING_OF_THE_WAY)
    )
    gap = st.lists(st.tuples(st.sampled_from(UNREADABLE), elsewhere), max_size=8)
    check(
        examples,
        holds,
        readable=st.lists(reports(), min_size=2, max_size=6),
        gaps=st.lists(gap, min_size=5, max_size=5),
    )


@every_day
def test_what_the_clocks_say_matters_not_only_how_they_go(examples):
    """Both clocks elsewhere, each by an amount of its own: the same is heard."""

    def holds(plot, years, started):
        shift = timedelta(seconds=years)
        moved = tuple(
            with_outcome(beat, _dated(beat.outcome, shift))
            if isinstance(beat.outcome, Report)
            else beat
            for beat in plot
        )
        one = tell(plot)
        other = tell(moved, begun(Moment(NOON + shift, started)))
        assert heard(one) == heard(other)
        assert silences(one) == silences(other)
        assert healthy(one) == healthy(other)
        assert threads(one) == threads(other)

    check(
        examples,
        holds,
        plot=plots(),
        years=st.integers(-20 * 365 * 86400, 20 * 365 * 86400),
        started=st.integers(0, 10**9).map(float),
    )


def _dated(report, shift):
    return replace(
        report,
        incidents=tuple(
            replace(one, started_at=one.started_at + shift if one.started_at else None)
            for one in report.incidents
        ),
    )


@every_day
def test_a_wall_clock_that_jumps_is_nobodys_news(examples):
    def holds(plot, jump):
        tale = tell(plot).tick(30.0)
        before, stood = heard(tale), healthy(tale)
        tale.at = Moment(tale.at.utc + timedelta(seconds=jump), tale.at.steady)
        tale.tick()
        assert heard(tale) == before
        assert healthy(tale) == stood

    check(examples, holds, plot=plots(), jump=st.integers(-30 * 86400, 30 * 86400))


@every_day
def test_the_present_is_judged_by_present_evidence_alone(examples):
    """Two boards with the same sights and different pasts: state and lamp are the same."""

    def holds(plot):
        tale = tell(plot).tick()
        fresh = replace(tale.board, **PAST)
        step = update(fresh, Ticked(tale.at), tale.settings)
        for key in KEYS:
            lived = tale.board.standings.get(key, Standing())
            bare = step.board.standings.get(key, Standing())
            assert lived.verdict.same_finding(bare.verdict), key
            assert lamp_of(lived.verdict, None) is lamp_of(bare.verdict, None)

    check(examples, holds, plot=plots())


def _worse(report, data):
    """The report with one of its words worse than it was."""
    number = data.draw(st.integers(0, len(report.parts) - 1))
    part = report.parts[number]
    graver = [one for one in Health if gravity(one) > gravity(part.health)]
    assume(graver)
    worse = replace(part, health=data.draw(st.sampled_from(graver)))
    return replace(report, parts=(*report.parts[:number], worse, *report.parts[number + 1 :]))


@every_page
def test_a_page_that_says_worse_is_never_shown_better(examples):
    def holds(report, data):
        one, other = begun(), begun()
        for tale, said in ((one, report), (other, _worse(report, data))):
            for page in PAGES:
                tale.look(page, said)
        note(f"{healthy(one)} {healthy(other)}")
        for key in ("chatty", "claudia"):
            assert gravity(healthy(other)[key]) >= gravity(healthy(one)[key])
            assert URGENCY.index(lamps(other)[key]) <= URGENCY.index(lamps(one)[key])

    check(examples, holds, report=reports(), data=st.data())


@every_page
def test_a_front_door_that_fails_never_makes_a_lamp_better(examples):
    def holds(report):
        one, other = begun(), begun()
        for tale, says in ((one, ALIVE), (other, DEAD)):
            tale.look(PAGES[0], report).look(DOORS[0], says).look(NEUTRAL[0], ONLINE)
            tale.wait(12.0).look(DOORS[0], says, confirming=True)
        assert gravity(healthy(other)["chatty"]) >= gravity(healthy(one)["chatty"])
        assert URGENCY.index(lamps(other)["chatty"]) <= URGENCY.index(lamps(one)["chatty"])

    check(examples, holds, report=reports())


@every_page
def test_whatever_else_fails_never_makes_anything_look_better(examples):
    """A front door shut off or failing, an account refused or failing, a server that ends: beside
    the same page, and beside the same of all others.
    """

    def holds(report, around, spoilt):
        source, worse = spoilt
        one, other = begun(), begun()
        for tale, says in ((one, None), (other, worse)):
            for page in PAGES:
                tale.look(page, report)
            said = {DOORS[1]: ALIVE, ACCOUNT.id: ACCEPTED, SERVER.id: ALIVE, **around}
            for asked, outcome in {**said, **({source: says} if says else {})}.items():
                tale.look(asked, outcome)
            tale.wait(1.0).look(NEUTRAL[0], ONLINE).wait(12.0)
            for asked, outcome in {**said, **({source: says} if says else {})}.items():
                tale.wait(0.5).look(asked, outcome, confirming=True)
        note(f"{healthy(one)} {healthy(other)}")
        for key, health in healthy(one).items():
            assert gravity(healthy(other)[key]) >= gravity(health) or well(health)
            assert well(health) or not well(healthy(other)[key])

    doors = st.sampled_from([DEAD, OVERLOADED, Failure(FailureKind.REFUSED, "refused")])
    refusals = st.sampled_from([*REFUSED, LIMITED])
    accounts = st.one_of(refusals, st.sampled_from([ERROR_500, DEAD]))
    ends = st.just(Failure(FailureKind.REFUSED, "refused"))
    check(
        examples,
        holds,
        report=reports(),
        around=st.fixed_dictionaries({}, optional={ACCOUNT.id: refusals}),
        spoilt=st.one_of(
            st.tuples(st.just(DOORS[1]), doors),
            st.tuples(st.just(ACCOUNT.id), accounts),
            st.tuples(st.just(SERVER.id), ends),
        ),
    )


KNOWN = {
    "operational",
    "none",
    "under_maintenance",
    "maintenance",
    "scheduled",
    "in_progress",
    "verifying",
    "completed",
    "resolved",
    "postmortem",
}
"""Words that may leave a service well."""


@every_day
def test_a_word_nobody_knows_is_never_shown_green(examples):
    """Of a part, of the page, of an incident: through the reader and the rules to the lamp."""

    def holds(word, place):
        assume(word not in KNOWN)
        said = {
            "part": summary(components=[component("a", "A"), component("b", "B", word)]),
            "page": summary(status={"indicator": word}),
            "impact": summary(incidents=[event(impact=word)]),
            "phase": summary(incidents=[event(status=word)]),
        }[place]
        try:
            report = feeds.read("statuspage", "summary", {"summary": body(said)})
        except Unreadable:
            return
        tale = begun().look(PAGES[1], report)
        assert healthy(tale)["claudia"] not in (Health.OPERATIONAL, Health.MAINTENANCE)
        assert lamps(tale)["claudia"] not in (Lamp.CLEAR, Lamp.MAINTENANCE, Lamp.EMPTY)

    check(
        examples,
        holds,
        word=st.text(max_size=20) | st.sampled_from(["degraded", "sad", "OPERATIONAL", "ok", "UP"]),
        place=st.sampled_from(["part", "page", "impact", "phase"]),
    )


@every_page
def test_unknown_among_the_chosen_parts_is_never_green(examples):
    def holds(report, chosen):
        spoilt = replace(
            report,
            parts=tuple(
                replace(part, health=Health.UNKNOWN) if part.name == chosen else part
                for part in report.parts
            ),
        )
        assume(spoilt != report)
        tale = begun().look(PAGES[0], spoilt).look(DOORS[0], ALIVE)
        assert lamps(tale)["chatty"] not in (Lamp.CLEAR, Lamp.MAINTENANCE)

    check(examples, holds, report=reports(), chosen=st.sampled_from(["Chat", "Login"]))
