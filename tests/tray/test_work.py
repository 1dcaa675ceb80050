"""A watch that a defect of ours has ended is begun again, and meanwhile nobody looks."""

import asyncio

import pytest

from notifier.model.service import ServiceKey
from notifier.model.settings import Settings
from notifier.tray import work
from notifier.tray.work import Watch
from tests.desktop.scenes import OPENAI_API


class Session:
    """Runs until stopped, or fails at once."""

    def __init__(self, *, fails: bool) -> None:
        self._fails = fails
        self._over = asyncio.Event()
        self.running = asyncio.Event()

    async def run(self) -> None:
        self.running.set()
        if self._fails:
            raise RuntimeError("a defect")
        await self._over.wait()

    def stop(self) -> None:
        self._over.set()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(work, "PAUSES", (0.01,))


def test_it_is_begun_again_until_it_holds(caplog):
    async def story() -> None:
        sessions = [Session(fails=True), Session(fails=True), Session(fails=False)]
        rest, stalled = iter(sessions[1:]), []
        watch = Watch(sessions[0], lambda: next(rest), lambda: stalled.append(True))
        running = asyncio.ensure_future(watch.run())
        await asyncio.wait_for(sessions[-1].running.wait(), 5)
        assert len(stalled) == 2
        watch.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(story())
    assert caplog.text.count("ended by a defect of ours") == 2


def test_one_that_cannot_even_be_built_is_tried_again_and_can_be_stopped():
    async def story() -> None:
        tries, often = [], asyncio.Event()

        def another() -> Session:
            tries.append(True)
            if len(tries) == 3:
                often.set()
            raise OSError("no")

        watch = Watch(Session(fails=True), another, lambda: None)
        running = asyncio.ensure_future(watch.run())
        await asyncio.wait_for(often.wait(), 5)
        watch.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(story())


def test_it_ends_at_once_when_told_to_in_a_pause(monkeypatch):
    monkeypatch.setattr(work, "PAUSES", (3600.0,))

    async def story() -> None:
        stalled = asyncio.Event()
        watch = Watch(Session(fails=True), lambda: Session(fails=True), stalled.set)
        running = asyncio.ensure_future(watch.run())
        await asyncio.wait_for(stalled.wait(), 5)
        watch.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(story())


def test_a_real_call_is_made_only_for_what_is_watched():
    class Engine:
        settings = Settings(services=(OPENAI_API,))

        async def deep_check(self, service):
            return service

    class Running:
        engine = Engine()

    assert asyncio.run(work.call(Running(), OPENAI_API.key)) == "openai-api"
    gone = asyncio.run(work.call(Running(), ServiceKey("gone")))
    assert gone.detail == "It is no longer watched."
    assert asyncio.run(work.call(None, OPENAI_API.key)) == gone
