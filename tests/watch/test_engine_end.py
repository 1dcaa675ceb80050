"""The engine ends in order whatever hangs, and a defect over one event is not the end."""

import pytest

import notifier.watch.engine as watching
from notifier.model.picture import Lamp
from tests.watch.engine_room import a_room, play


def test_the_diary_is_closed_before_a_look_that_will_not_end():
    async def story() -> None:
        room = a_room(2)
        await room.begin()
        await room.wait(100)
        room.network.stubborn, room.network.takes = True, 3600.0
        await room.wait(60)
        before = room.clock.t
        await room.end()
        assert room.shown.closed_at == before, "nothing was waited for"
        assert room.clock.t - before < 1
        await room.wait(4000)
        assert room.shown.written_after == 0

    play(story)


def test_connections_that_will_not_close_are_left(monkeypatch):
    async def story() -> None:
        room = a_room(2)
        monkeypatch.setattr(room.network, "close", lambda: room.clock.sleep(3600))
        await room.begin()
        await room.wait(100)
        before = room.clock.t
        await room.end()
        assert room.clock.t - before < 1

    play(story)


def test_after_the_end_nothing_is_told_that_cannot_be_written_down():
    async def story() -> None:
        room = a_room(2)
        await room.begin()
        await room.wait(100)
        await room.end()
        seen = len(room.shown.pictures)
        room.engine.reachable()
        assert (len(room.shown.pictures), room.shown.written_after) == (seen, 0)

    play(story)


@pytest.fixture
def defect(monkeypatch):
    """`update` fails for the events named in the set."""
    failing: set[str] = set()
    sound = watching.update

    def update(board, event, settings):
        if type(event).__name__ in failing:
            raise RuntimeError("a defect")
        return sound(board, event, settings)

    monkeypatch.setattr(watching, "update", update)
    return failing


def test_a_defect_over_every_look_ends_nothing_and_turns_no_old_state_into_news(defect, caplog):
    async def story() -> None:
        room = a_room(2)
        await room.begin()
        await room.wait(100)
        defect.add("Observed")
        await room.wait(400)
        assert room.shown.pictures[-1].lamp is Lamp.BLIND, "what is not read any more grows old"
        turned = room.engine.turned
        defect.clear()
        await room.wait(90)
        assert room.engine.turned != turned
        assert room.shown.pictures[-1].lamp is Lamp.CLEAR
        assert room.reasons == []
        await room.end()

    play(story)
    assert "Observed could not be taken in" in caplog.text


def test_an_engine_that_cannot_take_in_time_is_seen_to_stand_still(defect):
    async def story() -> None:
        room = a_room(2)
        await room.begin()
        await room.wait(100)
        defect.add("Ticked")
        turned = room.engine.turned
        await room.wait(300)
        assert room.engine.turned == turned
        defect.clear()
        await room.wait(70)
        assert room.engine.turned != turned
        await room.end()

    play(story)


def test_an_engine_that_is_well_goes_on_once_a_minute_whatever_the_interval():
    async def story() -> None:
        room = a_room(1, interval=3600.0)
        await room.begin()
        for _ in range(30):
            turned = room.engine.turned
            await room.wait(61)
            assert room.engine.turned != turned
        await room.end()

    play(story)
