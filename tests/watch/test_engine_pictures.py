"""When a picture is shown: a change at once, mere ages in a moment; whoever asks sees all of it."""

from itertools import pairwise

from notifier.model.health import Health
from notifier.model.observation import Outcome
from notifier.model.service import Source, host_of
from notifier.watch.showing import SHOWN_WITHIN
from tests.stories.story import report
from tests.watch.engine_room import Network, Room, a_room, play

WELL, DOWN = report(), report(Health.MAJOR_OUTAGE)


class SamePages(Network):
    """Pages that are the very same document as long as they say the same."""

    def _answer(self, source: Source) -> Outcome:
        return DOWN if host_of(source.url) in self.down else WELL


async def watching(tools: int) -> Room:
    """Everything has been looked at, and the first of the references' words has grown old."""
    room = a_room(tools, network=SamePages)
    await room.begin()
    await room.wait(400)
    room.shown.pictures.clear()
    return room


def test_pictures_in_which_only_ages_are_new_wait_for_more():
    async def story() -> None:
        room = await watching(60)
        asked = len(room.network.asked)
        await room.wait(300)
        times = [picture.at.steady for picture in room.shown.pictures]
        assert len(room.network.asked) - asked > 2 * len(times) > 0
        assert min(later - earlier for earlier, later in pairwise(times)) > SHOWN_WITHIN
        await room.end()

    play(story)


def test_a_look_is_shown_in_a_moment_however_few_are_watched():
    async def story() -> None:
        room = await watching(2)
        for _ in range(300):
            await room.wait(1)
            for row in room.shown.pictures[-1].rows if room.shown.pictures else ():
                read = room.network.answered[f"status.{row.key}.test"]
                assert row.checked.steady == read or room.clock.t - read < SHOWN_WITHIN + 0.1
        assert room.shown.pictures
        await room.end()

    play(story)


def test_what_has_changed_is_shown_at_once():
    async def story() -> None:
        room = await watching(60)
        room.network.down = frozenset({"status.tool7.test"})
        changed = room.clock.t
        await room.wait(90)
        first = next(one for one in room.shown.pictures if one.overall is Health.MAJOR_OUTAGE)
        told = next(
            at for at, host in room.network.asked if host == "status.tool7.test" and at > changed
        )
        assert first.at.steady == told + room.network.takes
        await room.end()

    play(story)


def test_whoever_asks_for_the_picture_sees_every_look():
    async def story() -> None:
        room = await watching(60)
        for _ in range(100):
            await room.wait(0.7)
            for row in room.engine.picture.rows:
                assert row.checked.steady == room.network.answered[f"status.{row.key}.test"]
        await room.end()

    play(story)
