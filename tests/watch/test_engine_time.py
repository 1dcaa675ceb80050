"""Sleep, waking, and clocks that jump: looks go on as they should, and nobody is alarmed."""

from itertools import pairwise

import pytest

from notifier.judgement.sight import COME_UP_WITHIN
from notifier.model.board import Machine
from notifier.model.observation import Failure, FailureKind
from notifier.model.picture import Lamp
from notifier.watch.engine import ONE_CHANGE
from notifier.watch.manners import EARLY_WINDOW, LEAST_BETWEEN, MOST_EARLY
from notifier.watch.nap import GAP
from tests.watch.engine_room import Room, a_room, play

OFFLINE = Failure(FailureKind.OFFLINE, "no route")
NO_NAMES = Failure(FailureKind.DNS, "no name")
SILENCE = Failure(FailureKind.TIMEOUT, "no answer in 20 s")

SOON = 10.0
"""Seconds in which everything is to be fresh once there is a network again."""


def freshness(room: Room, since: float) -> float:
    """How long after `since` the last of all pages was read."""
    pages = {host for _, host in room.network.asked if host.startswith("status.")}
    read = [room.network.answered[host] for host in pages]
    assert min(read) >= since, "a page has not been read since"
    return max(read) - since


@pytest.mark.parametrize("failure", [OFFLINE, NO_NAMES], ids=["no route", "no names"])
@pytest.mark.parametrize("references", [True, False], ids=["neutral hosts", "none"])
@pytest.mark.parametrize("without", [0.0, 6.0, 47.0, 611.0])
def test_after_a_sleep_everything_is_fresh_soon_after_the_network_is_there(
    failure, references, without
):
    async def story() -> None:
        room = a_room(references=references)
        await room.begin()
        await room.wait(100)
        room.clock.sleep_through(9 * 3600)
        room.network.instead = failure
        await room.engine.woke()
        await room.wait(without)
        room.network.instead, back = None, room.clock.t
        await room.wait(SOON)
        assert freshness(room, back) < SOON
        assert room.shown.pictures[-1].lamp is Lamp.CLEAR
        # That a network finds no names is told once it can be no mere coming up, and taken back.
        told = ["offline"] if failure is NO_NAMES and without > COME_UP_WITHIN else []
        assert room.reasons == told
        await room.end()

    play(story)


def test_an_outage_that_began_while_asleep_is_told_once_everything_is_seen_again():
    async def story() -> None:
        room = a_room()
        await room.begin()
        await room.wait(100)
        room.clock.sleep_through(3600)
        room.network.instead = OFFLINE
        room.network.down = frozenset({"status.tool3.test"})
        await room.engine.woke()
        await room.wait(20)
        assert room.reasons == []
        room.network.instead = None
        await room.wait(SOON)
        assert room.reasons == ["outage"]
        await room.wait(300)
        assert room.reasons == ["outage"]
        await room.end()

    play(story)


def test_while_nothing_finds_a_way_out_one_neutral_host_is_tried_again_and_again():
    async def story() -> None:
        room = a_room()
        await room.begin()
        await room.wait(100)
        room.network.instead = OFFLINE
        await room.wait(120)
        room.network.asked.clear()
        await room.wait(600)
        asked = [host for _, host in room.network.asked]
        assert asked.count("neutral0.test") > 600 / 6
        pages = [host for host in asked if host.startswith("status.")]
        assert all(pages.count(page) <= 600 / 48 + 1 for page in pages)
        await room.end()

    play(story)


def test_a_silent_network_is_not_asked_more_often_than_is_polite():
    # These looks may well have left the computer, and somebody may count them.
    async def story() -> None:
        room = a_room()
        await room.begin()
        await room.wait(100)
        room.network.instead, room.network.takes = SILENCE, 20.0
        await room.wait(1200)
        for host in {host for _, host in room.network.asked}:
            times = [at for at, asked in room.network.asked if asked == host]
            assert all(b - a >= 29.9 for a, b in pairwise(times)), host
        await room.end()

    play(story)


def test_a_sleep_nobody_told_us_of_is_noticed_by_the_clocks():
    async def story() -> None:
        room = a_room(1)
        await room.begin()
        await room.wait(100)
        assert room.network.forgotten == 0
        room.clock.sleep_through(GAP + 5)
        await room.wait(61)
        assert room.network.forgotten == 1, "what was connected before a sleep is worth nothing"
        await room.end()

    play(story)


def test_what_comes_home_from_before_a_sleep_is_not_believed():
    async def story() -> None:
        room = a_room(1)
        await room.begin()
        await room.wait(100)
        room.network.takes, room.network.down = 5.0, frozenset({"status.tool0.test"})
        asked = len(room.network.asked)
        while len(room.network.asked) == asked:
            await room.wait(1)
        room.clock.sleep_through(3600)
        room.network.takes = 0.2
        await room.wait(4)
        room.network.down = frozenset()
        await room.wait(120)
        assert room.network.forgotten == 1
        assert room.reasons == [], "it was well again when anybody could look"
        await room.end()

    play(story)


def test_two_who_notice_the_same_waking_do_not_cut_looks_short():
    async def story() -> None:
        room = a_room(3)
        await room.begin()
        await room.wait(100)
        room.clock.sleep_through(3600)
        await room.engine.woke()
        await room.wait(1)
        await room.engine.woke()
        assert room.network.forgotten == 1
        room.clock.sleep_through(60)
        await room.engine.woke()
        assert room.network.forgotten == 2
        await room.end()

    play(story)


def test_on_another_network_everything_is_looked_at_at_once_on_connections_of_its_own():
    async def story() -> None:
        room = a_room()
        await room.begin()
        await room.wait(5)  # every host was asked a moment ago
        changed = room.clock.t
        await room.engine.network_changed()
        await room.wait(2)
        assert room.network.forgotten == 1
        assert freshness(room, changed) < 2
        await room.end()

    play(story)


def test_hints_of_the_same_moment_are_one_change_of_network():
    async def story() -> None:
        room = a_room(3)
        await room.begin()
        await room.wait(100)
        for _ in range(5):
            await room.engine.network_changed()
            await room.wait(ONE_CHANGE / 6)
        assert room.network.forgotten == 1
        await room.wait(ONE_CHANGE)
        await room.engine.network_changed()
        assert room.network.forgotten == 2
        await room.end()

    play(story)


def test_a_network_that_comes_and_goes_has_no_host_asked_more_often_than_is_polite():
    async def story() -> None:
        room = a_room(3)
        await room.begin()
        await room.wait(100)
        room.network.asked.clear()
        for _ in range(int(EARLY_WINDOW / 5)):
            await room.engine.network_changed()
            await room.wait(5)
        asked = [host for _, host in room.network.asked]
        most = MOST_EARLY + EARLY_WINDOW / LEAST_BETWEEN + 1
        assert max(asked.count(host) for host in set(asked)) <= most
        await room.end()

    play(story)


def test_other_circumstances_are_known_to_the_rules():
    async def story() -> None:
        room = a_room(1)
        await room.begin()
        await room.wait(100)
        assert room.engine.board.machine == Machine()
        room.engine.moved(Machine(on_battery=True, locked=True))
        assert room.engine.board.machine == Machine(on_battery=True, locked=True)
        await room.end()

    play(story)


def rhythm(*leaps: float) -> list[tuple[float, str]]:
    """When was looked at what, while the wall clock leapt now and then."""

    async def story() -> list[tuple[float, str]]:
        room = a_room(3)
        await room.begin()
        for leap in leaps:
            await room.wait(200)
            room.clock.leap(leap)
        await room.wait(400)
        await room.end()
        assert room.reasons == []
        assert room.shown.pictures[-1].lamp is Lamp.CLEAR
        return room.network.asked

    return play(story)


@pytest.mark.parametrize(
    "leap", [1.0, -1.0, 3600.0, -3600.0, 20 * 365.25 * 86400, -20 * 365.25 * 86400]
)
def test_a_wall_clock_that_leaps_changes_no_look(leap):
    assert rhythm(leap, -leap) == rhythm(0.0, 0.0)
