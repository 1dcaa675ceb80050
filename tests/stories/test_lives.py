"""What holds for a whole life (faults.md, 6 (7)): days with sleeps, answers, restarts."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from notifier.model.board import Board, Machine, Topic
from notifier.model.event import Wish
from notifier.model.health import Health
from tests.stories.plots import (
    NEUTRAL,
    PAGES,
    SERVICES,
    Beat,
    check,
    happen,
    opening,
    plots,
    scenes,
    tell,
)
from tests.stories.story import ONLINE, Story

LONG = pytest.param(3000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])

every_life = pytest.mark.parametrize("examples", [60, LONG])
"""How many lives are tried: a few at every run, many before a release."""

KEYS = tuple(service.key for service in SERVICES)

BESIDE_OUTAGES = ("account", "offline", "source_moved", "source_unreadable")
"""What is told of our own connection, of an account, of pages nobody can read: it is withdrawn,
and has no end to tell."""


DIGESTS = ("while_away", "summary")
"""What sums up: each line of it says whether it is over."""


@dataclass(frozen=True)
class Turn:
    """Something no look brings: the person's wish, a restart, a daemon that comes or goes."""

    what: str
    wish: Wish = Wish.CHECK_NOW
    service: str | None = None


turns = st.one_of(
    st.builds(Turn, st.just("asks"), st.sampled_from(list(Wish)), st.sampled_from([None, *KEYS])),
    st.builds(Turn, st.sampled_from(["restarts", "daemon ends", "daemon begins"])),
)

lives = st.lists(st.one_of(scenes(), scenes(), turns), min_size=1, max_size=25)


def live(life: list[Any]) -> Story:
    """Let a life happen, after all was looked at once, and well."""
    tale = tell(opening())
    for scene in life:
        if isinstance(scene, Turn):
            tale = _turn(tale, scene)
        else:
            for beat in scene:
                happen(tale, beat)
    return tale


def _turn(tale: Story, turn: Turn) -> Story:
    match turn.what:
        case "asks":
            return tale.ask(turn.wish, turn.service)
        case "restarts":
            return restarted(tale)
        case "daemon ends":
            tale.daemon = False
        case _:
            tale.daemon_appears()
    return tale


def restarted(tale: Story) -> Story:
    """The same person's next run: with what was written down, and with nothing else."""
    before = tale.board
    tale.board = Board(
        threads=before.threads,
        told=before.told,
        mutes=before.mutes,
        paused_until=before.paused_until,
        thread_count=before.thread_count,
        notice_count=before.notice_count,
    )
    return tale.start()


@every_life
def test_what_is_told_is_over_or_goes_on_and_each_in_turn(examples):
    """Of one service beginnings and ends alternate, and nothing is told that nothing showed."""

    def holds(life):
        tale = live(life)
        open_now = dict.fromkeys(KEYS, False)
        for announcement in tale.heard:
            reason = announcement.reason.value
            if reason in BESIDE_OUTAGES:
                continue
            for subject in announcement.subjects:
                over = reason == "recovered" or subject.duration is not None
                _goes_on(open_now, reason, subject.service.key, over=over)
        for key in KEYS:
            assert bool(_told_and_not_over(tale, key)) is open_now[key]

    check(examples, holds, life=lives)


def _goes_on(open_now, reason, key, *, over):
    if reason in DIGESTS:  # whatever began and ended meanwhile, and what goes on
        open_now[key] = not over
    elif reason == "recovered":
        assert open_now[key]
        open_now[key] = False
    elif reason in ("outage", "suspected", "reopened"):
        confirmed = reason == "outage" and open_now[key]
        assert confirmed or not open_now[key]
        open_now[key] = True
    else:
        assert open_now[key]


def _told_and_not_over(tale, key):
    return [
        told
        for told in tale.board.told.values()
        if not told.over
        and (thread := tale.board.threads[told.thread]).topic is Topic.OUTAGE
        and key in thread.services
    ]


@every_life
def test_an_outage_on_a_page_is_told_whatever_came_before(examples):
    """Never loses an outage: a complete page that says so is told, unless that was told already."""

    def holds(plot, state):
        well = opening()[0].outcome
        down = replace(well, parts=tuple(replace(one, health=state) for one in well.parts))
        tale = tell((*opening(), *plot, Beat(0.0, machine=Machine())))
        tale.wait(60.0).look(NEUTRAL[0], ONLINE).look(PAGES[0], down).tick(30.0)
        (told,) = _told_and_not_over(tale, "chatty")
        assert told.health is state

    check(
        examples,
        holds,
        plot=plots(),
        state=st.sampled_from([Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE]),
    )


@every_life
def test_whatever_was_asked_or_withheld_the_end_leaves_nobody_believing_in_an_outage(examples):
    """Once all is well, the person is there and a daemon is, nothing told goes on.

    What came and went has two hours to settle.
    """

    def holds(life):
        tale = live([*life, Turn("daemon begins")])
        tale.wait(60.0).ask(Wish.RESUME)
        for beat in (Beat(0.0, machine=Machine()), Beat(0.0, NEUTRAL[0], ONLINE)) * 2:
            happen(tale, beat)
        for _ in range(12):
            tale.wait(timedelta(minutes=11).total_seconds())
            for beat in (*opening(), Beat(30.0, NEUTRAL[0], ONLINE), *opening()):
                happen(tale, beat)
        for key in KEYS:
            assert _told_and_not_over(tale, key) == []
        assert tale.board.owed == {}

    check(examples, holds, life=lives)
