"""Looking at one service without an owner, on and on, until it is as good as wanted."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from notifier.app.once import NoFace
from notifier.model.health import Health, at_least
from notifier.model.picture import Picture, Row
from notifier.model.service import ServiceKey
from notifier.watch.engine import Engine


class Awaited(NoFace):
    """A face that has eyes for one service; `good` is set while it is as good as wanted."""

    def __init__(
        self, key: ServiceKey, wanted: Health, seen: Callable[[Picture, Row], None]
    ) -> None:
        """`seen` is told how it stands, whenever that may have changed."""
        self._key = key
        self._wanted = wanted
        self._seen = seen
        self.good = asyncio.Event()

    def show(self, picture: Picture) -> None:
        """See how it stands now."""
        row = row_of(picture, self._key)
        if row is None:
            return
        if at_least(row.verdict.health, self._wanted):
            self.good.set()
        else:
            self.good.clear()
        self._seen(picture, row)


def row_of(picture: Picture, key: ServiceKey) -> Row | None:
    """The row of one service; None where the picture does not know it."""
    return next((row for row in picture.rows if row.key == key), None)


async def look_until(engine: Engine, awaited: Awaited, ends: Coroutine[Any, Any, None]) -> bool:
    """Let `engine` look until `awaited` is good, or until `ends` does; whether it is good.

    A page may be home, and say that all is well, before the front door has answered: good is what
    still is once nothing is on its way and nothing is to be confirmed.
    """
    loop = asyncio.get_running_loop()
    running = loop.create_task(engine.run())
    good, over = loop.create_task(_settled(engine, awaited)), loop.create_task(ends)
    try:
        await asyncio.wait({running, good, over}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        reached = good.done() and not good.cancelled()
        for task in (good, over):
            task.cancel()
        await asyncio.gather(good, over, return_exceptions=True)
        engine.stop()
        await running
    return reached


async def _settled(engine: Engine, awaited: Awaited) -> None:
    while True:
        await awaited.good.wait()
        await engine.settled()
        if awaited.good.is_set():
            return
