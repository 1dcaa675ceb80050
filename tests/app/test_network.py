"""A reading that another command has just kept counts as a look, with all that it says."""

from datetime import timedelta

from notifier.app.network import Network
from notifier.model.last_reading import Document, LastReading
from notifier.model.settings import Choices
from notifier.storage.cache import Cache
from tests.watch.looking import NOON, HandClock, door, in_loop

DOOR = door("https://api.example.test/")


@in_loop
async def test_the_clock_is_compared_with_the_time_it_was_read_at(tmp_path):
    read_at = NOON - timedelta(seconds=20)
    headers = {"date": "Mon, 23 Nov 2026 13:59:40 GMT"}
    answer = Document(DOOR.url, b"", status=401, headers=headers, seconds=0.1)
    cache = Cache(tmp_path / "cache")
    assert cache.keep(LastReading(DOOR.id, read_at, "", {"answer": answer}))
    network = Network(Choices(), HandClock(), cache, accept=True)
    looked = await network.look(DOOR)
    assert not network.asked
    assert (looked.age, looked.outcome.ahead) == (20, 7200)
