"""Passes what the engine shows and tells to its face, to every command that follows, to the log."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Protocol

from notifier import documents
from notifier.documents import Document
from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.watch.roles import Face

log = logging.getLogger(__name__)

MOST_WAITING = 1000
"""Objects a follower may be behind; after that it has lost the thread and is ended."""


class Beside(Protocol):
    """Whoever passes notices on beside the face; what comes of that is no answer."""

    def tell(self, notice: Notice) -> None:
        """Pass a notice on."""
        ...

    def withdraw(self, gone: Withdraw) -> None:
        """Do not, if it has not been done yet."""
        ...


class Broadcast:
    """A face that is many: the program's own, pushes and hooks, and who listens on the socket."""

    def __init__(
        self,
        face: Face,
        now: Callable[[], datetime],
        shown: Callable[[Picture], None] | None = None,
        beside: Beside | None = None,
    ) -> None:
        """Pass everything to `face` first; every picture goes to `shown`, too.

        Notices are passed on to whoever is `beside`.
        """
        self._face = face
        self._shown = shown
        self._beside = beside
        self._now = now
        self._followers: set[asyncio.Queue[Document | None]] = set()
        self._picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Pass a picture on; followers hear of it only when what it says has changed."""
        self._face.show(picture)
        if self._shown is not None:
            self._shown(picture)
        before, self._picture = self._picture, picture
        if before is None or not documents.same_picture(before, picture):
            log.info("%s: %s", picture.lamp.value, picture.headline)
            self._pass_on(documents.picture(picture, picture.at.utc))

    def tell(self, notice: Notice) -> None:
        """Pass a notice on."""
        log.info("telling %s (%s): %s", notice.id, notice.reason.value, notice.title)
        self._pass_on(documents.notice(notice, notice.at))
        self._face.tell(notice)
        if self._beside is not None:
            self._beside.tell(notice)

    def withdraw(self, gone: Withdraw) -> None:
        """Pass on that a notice was closed."""
        log.info("no longer true: %s", gone.notice)
        self._pass_on(documents.closed(gone.thread, gone.services, self._now()))
        self._face.withdraw(gone)
        if self._beside is not None:
            self._beside.withdraw(gone)

    def hush(self, withheld: Withheld) -> None:
        """Pass a silence on."""
        log.info("silent about %s: %s", ", ".join(withheld.services), withheld.reason.value)
        self._pass_on(documents.withheld(withheld, withheld.at))
        self._face.hush(withheld)

    def _pass_on(self, one: Document) -> None:
        for follower in tuple(self._followers):
            if follower.qsize() >= MOST_WAITING:
                self._followers.discard(follower)
                continue
            follower.put_nowait(one)

    async def follow(self) -> AsyncGenerator[Document, None]:
        """Everything from now on, beginning with how it stands."""
        queue: asyncio.Queue[Document | None] = asyncio.Queue()
        self._followers.add(queue)
        if self._picture is not None:
            queue.put_nowait(documents.picture(self._picture, self._now()))
        try:
            while (one := await queue.get()) is not None:
                yield one
        finally:
            self._followers.discard(queue)

    def end(self) -> None:
        """No more: every follower is told so."""
        for follower in tuple(self._followers):
            follower.put_nowait(None)
