"""The owner's status file: how everything stands, for prompts and scripts that only read a file.

It is the document of `check --json`. It is written when that changes in more than its ages, and
once a minute: a file that is older than a few minutes was left behind by a program that died. At
a clean end it is taken away. All of it happens in the engine's loop, but for the disk, which may
hang for as long as it likes in a thread of its own.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notifier import documents
from notifier.documents import Document, Origin
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.storage import status_file
from notifier.storage.status_file import NotWritten
from notifier.watch.clock import Clock
from notifier.watch.engine import Engine
from notifier.watch.thread import bounded_executor

log = logging.getLogger(__name__)

PULSE = 60.0
"""Seconds until the file is renewed though nothing has changed."""

BREATH = 1.0
"""Seconds between two writes: a storm of changes is one a second."""

END_WITHIN = 1.0
"""Seconds the disk may take to have the file taken away; then it is left behind."""


class StatusFile:
    """Keeps the file in step with what is shown, where the person wants one."""

    def __init__(self, clock: Clock) -> None:
        """Nowhere yet; `clock` tells when the file is to be renewed."""
        self._clock = clock
        self._path: Path | None = None
        self._lies_at: Path | None = None
        self._shown: Picture | None = None
        self._news = asyncio.Event()
        self._written: Substance | None = None
        self._tried: Moment | None = None
        self._turned: Moment | None = None
        self._disk: ThreadPoolExecutor | None = None
        self.problem: str | None = None

    def keep_at(self, path: str | None) -> None:
        """Keep it at `path` from now on; None: nowhere. One that lies elsewhere is taken away."""
        self._path = None if path is None else Path(path)
        self._news.set()

    def shown(self, picture: Picture) -> None:
        """See what is shown; whether it is worth writing is found out later."""
        self._shown = picture
        if self._path is not None:
            self._news.set()

    async def run(self, engine: Engine) -> None:
        """Write what is to be written, until cancelled."""
        while True:
            await self._something_new()
            if self._lies_at is not None and self._lies_at != self._path:
                await self._take_away()
            if self._path is not None:
                await self._keep_up(self._path, engine)
            await self._clock.sleep(BREATH)

    async def close(self) -> None:
        """Take the file away. A disk that hangs is not waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await self._take_away()
        if self._disk is not None:
            self._disk.shutdown(wait=False)

    async def _something_new(self) -> None:
        """Wait for news, or for the time at which the file is to be renewed."""
        loop = asyncio.get_running_loop()
        waits: set[asyncio.Task[Any]] = {loop.create_task(self._news.wait())}
        if self._path is not None:
            waits.add(loop.create_task(self._clock.sleep(self._until_pulse())))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        self._news.clear()

    def _until_pulse(self) -> float:
        if self._tried is None:
            return 0.0
        return max(0.0, PULSE - self._clock.moment().since(self._tried))

    async def _keep_up(self, path: Path, engine: Engine) -> None:
        picture = self._worth_writing(engine)
        if picture is None:
            return
        self._lies_at = path
        self._tried, self._turned = self._clock.moment(), engine.turned
        if await self._put(path, picture):
            self._written = substance(picture, self._written)

    def _worth_writing(self, engine: Engine) -> Picture | None:
        """The picture, where it says something new or what is written is a minute old.

        Nothing is renewed for an engine that does not go on: nobody is looking.
        """
        if self._shown is None:
            return None  # the engine has not begun
        if self.problem is not None:
            return engine.picture_now() if self._until_pulse() == 0 else None
        if self._written is None:
            return engine.picture_now()
        new = substance(self._shown, self._written)
        if not new.says_as(self._written):
            return self._shown
        self._written = new
        if self._until_pulse() > 0 or engine.turned == self._turned:
            return None
        return engine.picture_now()

    async def _put(self, path: Path, picture: Picture) -> bool:
        """Write `picture`; whether that was possible."""

        def put() -> None:
            document = documents.dumps(documents.check(picture, Origin.OWNER))
            status_file.put(path, f"{document}\n".encode())

        try:
            await self._by_disk(put)
        except NotWritten as error:
            self._complain(str(error))
            return False
        self.problem = None
        return True

    def _complain(self, problem: str) -> None:
        if problem != self.problem:
            log.warning("%s", problem)
        self.problem = problem

    async def _take_away(self) -> None:
        path, self._lies_at, self._written, self.problem = self._lies_at, None, None, None
        if path is not None:
            await self._by_disk(lambda: status_file.take_away(path))

    async def _by_disk(self, call: Callable[[], None]) -> None:
        """Have `call` made in the one thread of the disk, after what was asked of it before."""
        if self._disk is None:
            self._disk = bounded_executor(1)
        await asyncio.get_running_loop().run_in_executor(self._disk, call)


_AGES = frozenset({"at", "age_s", "checked_at", "next_look_at", "latency_ms", "stages", "detail"})
"""Keys of evidence and of a service that change with every look, whatever it brings."""

_WITH_AGE = frozenset({"summary", "why"})
"""Sentences with an age in them; what else they say stands under other keys."""


@dataclass(frozen=True, slots=True)
class Substance:
    """What a picture says beyond its ages: around its services, and of each."""

    around: tuple[object, ...]
    services: tuple[tuple[Row, Document], ...]

    def says_as(self, other: "Substance") -> bool:
        """Whether both say the same."""
        mine, its = ([said for _, said in one.services] for one in (self, other))
        return self.around == other.around and mine == its


def substance(picture: Picture, before: Substance | None) -> Substance:
    """What `picture` says; a row that stood in the picture `before` is not read again."""
    known = {} if before is None else {row.key: (row, said) for row, said in before.services}

    def said(row: Row) -> Document:
        earlier = known.get(row.key)
        if earlier is not None and earlier[0] is row:
            return earlier[1]
        return _without_ages(documents.service(row, picture.at, Origin.OWNER))

    around = (picture.lamp, picture.overall, picture.connection.link)
    return Substance(around, tuple((row, said(row)) for row in picture.rows))


def _without_ages(document: Document) -> Document:
    return {key: _ageless(value) for key, value in document.items() if key not in _AGES | _WITH_AGE}


def _ageless(value: Any) -> Any:
    match value:
        case dict():
            return _without_ages(value)
        case list():
            return [_ageless(one) for one in value]
        case _:
            return value
