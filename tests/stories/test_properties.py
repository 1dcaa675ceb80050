"""What holds on every day there could be (faults.md, 6): random plots, told to the real rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, note
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.judgement.update import update
from notifier.model.board import Board, Standing, Topic
from notifier.model.event import Ticked
from notifier.model.health import Health, gravity
from notifier.model.moment import Moment
from notifier.model.observation import Report
from notifier.model.picture import Lamp
from notifier.view.lamp import URGENCY, lamp_of
from tests.feeds.bodies import body, component, event, summary
from tests.stories.plots import (
    DOORS,
    NEUTRAL,
    PAGES,
    SERVICES,
    UNREADABLE,
    Beat,
    begun,
    check,
    happen,
    heard,
    opening,
    plots,
    reports,
    silences,
    tell,
    threads,
    with_outcome,
)
from tests.stories.story import ALIVE, DEAD, NOON, ONLINE

LONG = pytest.param(3000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])

every_day = pytest.mark.parametrize("examples", [60, LONG])
"""How many days are tried: a few at every run, many before a release."""

every_page = pytest.mark.parametrize("examples", [250, LONG])
"""The same where one page is a whole example."""

KEYS = tuple(service.key for service in SERVICES)

BESIDE_OUTAGES = ("offline", "source_moved", "source_unreadable")
"""What is told of our own connection, and of pages nobody can read; these have no ends to tell."""


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
    """The stts hole: between two readable looks any number of others, below the age and above."""

    def holds(readable, gaps):
        plain, holed = begun(), begun()
        for page in PAGES:
            for tale in (plain, holed):
                tale.look(page, readable[0])
        for door in DOORS:
            for tale in (plain, holed):
                tale.look(door, ALIVE)
        for report, gap in zip(readable[1:], gaps, strict=False):
            for failure in gap:
                happen(holed, Beat(55.0, PAGES[0], failure))
                happen(holed, Beat(5.0))
            seconds = 60.0 * len(gap) + 60.0
            plain.wait(seconds).look(PAGES[0], report)
            holed.wait(60.0).look(PAGES[0], report)
            assert heard(plain) == heard(holed)
            assert healthy(plain)["chatty"] is healthy(holed)["chatty"]

    check(
        examples,
        holds,
        readable=st.lists(reports(), min_size=2, max_size=6),
        gaps=st.lists(st.lists(st.sampled_from(UNREADABLE), max_size=8), min_size=5, max_size=5),
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
        fresh = Board(sights=tale.board.sights, connection=tale.board.connection)
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


@every_day
def test_an_outage_on_a_page_is_told_whatever_came_before(examples):
    """Never loses an outage: a complete page that says so is told, unless that was told already."""

    def holds(plot, state):
        down = replace(
            opening()[0].outcome, parts=tuple(replace(p, health=state) for p in _parts())
        )
        tale = tell((*opening(), *plot))
        tale.wait(60.0).look(NEUTRAL[0], ONLINE).look(PAGES[0], down).tick(30.0)
        told = [one for one in tale.board.told.values() if not one.over]
        threads = [tale.board.threads[one.thread] for one in told]
        mine = [one for one in threads if one.is_open() and "chatty" in one.services]
        assert len(mine) == 1
        assert tale.board.told[mine[0].id].health is state

    check(
        examples,
        holds,
        plot=plots(),
        state=st.sampled_from([Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE]),
    )


def _parts():
    return opening()[0].outcome.parts


@every_day
def test_what_is_told_is_over_or_goes_on_and_each_in_turn(examples):
    """Of one service beginnings and ends alternate, and nothing is told that nothing showed."""

    def holds(plot):
        tale = tell((*opening(), *plot))
        open_now = dict.fromkeys(KEYS, False)
        for announcement in tale.heard:
            reason = announcement.reason.value
            if reason in BESIDE_OUTAGES:
                continue
            for subject in announcement.subjects:
                key = subject.service.key
                if reason == "recovered":
                    assert open_now[key]
                    open_now[key] = False
                elif reason in ("outage", "suspected", "summary", "reopened"):
                    confirmed = reason == "outage" and open_now[key]
                    assert confirmed or not open_now[key]
                    open_now[key] = True
                else:
                    assert open_now[key]
        calm = {key for key, is_open in open_now.items() if not is_open}
        for key in calm:
            assert not any(
                not told.over
                for told in tale.board.told.values()
                if key in (thread := tale.board.threads[told.thread]).services
                and thread.topic is Topic.OUTAGE
            )

    check(examples, holds, plot=plots())
