"""What status pages were found to be, and when they were last asked: one small file.

It is read once and replaced whole; a damaged one is the same as none, and costs a few requests.
Nothing here raises for a disk's sake. Two programs at once may each forget what the other wrote.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from notifier.model.service import SourceId
from notifier.storage import whole_file
from notifier.storage.places import PlaceRefused, private_folder

if TYPE_CHECKING:
    from notifier.model.asked_page import AskedPage

log = logging.getLogger(__name__)

MOST = 300
"""Pages kept; those that were not asked about for longest make room."""

MOST_BYTES = 3000
"""Of one page: all of them together stay below what is read of a file."""

UNKNOWN_FOR = timedelta(days=30)
"""How long is kept when a page was asked that was taken for nothing: who still watches it asks it
every day."""

_FILE = "asked_pages.json1"
"""The number is that of the form it is kept in; a file of another form is not looked at."""


class AskedPages:
    """What is kept in `folder`, which is made when something is first kept."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._late_pages: dict[SourceId, AskedPage] | None = None

    def read(self, source: SourceId) -> AskedPage | None:
        """What came of asking `source`; None where nothing is kept of it."""
        page = self._pages.pop(source, None)
        if page is not None:
            self._pages[source] = page  # at the end: the last to make room
        return page

    def keep(self, page: AskedPage) -> bool:
        """Put `page` in the place of what was kept of its source; False where it is not kept."""
        try:
            if len(msgspec.json.encode(page)) > MOST_BYTES:
                return False
        except ValueError as error:  # half a character pair in an address
            log.info("what a page was found to be cannot be kept: %s", error)
            return False
        self._pages.pop(page.source, None)
        self._pages[page.source] = page
        self._make_room(page)
        return self._replace()

    @property
    def _pages(self) -> dict[SourceId, AskedPage]:
        """What is kept, by source: who was asked about last is last."""
        if self._late_pages is None:
            self._late_pages = {page.source: page for page in _read(self._path)}
        return self._late_pages

    def _make_room(self, newest: AskedPage) -> None:
        long_ago = newest.at - UNKNOWN_FOR
        for source, page in list(self._pages.items()):
            says_nothing = page.taken_for is None and page.at < long_ago
            if says_nothing or len(self._pages) > MOST:
                del self._pages[source]

    def _replace(self) -> bool:
        body = msgspec.json.encode(list(self._pages.values()))
        try:
            private_folder(self._path.parent)
            whole_file.sweep(self._path)
            whole_file.replace(self._path, body, lasting=False)
        except (OSError, PlaceRefused) as error:
            log.info("what pages were found to be could not be kept: %s", error)
            return False
        return True


def _read(path: Path) -> list[AskedPage]:
    """The pages of the file at `path`; none where it cannot be read, or names no instant."""
    try:
        body = whole_file.content(path)
        if body is None:
            return []
        from notifier.model.asked_page import AskedPage  # few have asked: not loaded before

        pages = msgspec.json.decode(body, type=list[AskedPage])
    except (OSError, ValueError, RecursionError, whole_file.NotAFile) as error:
        log.info("what pages were found to be cannot be read and is left out: %s", error)
        return []
    return pages if all(_is_dated(page) for page in pages) else []


def _is_dated(page: AskedPage) -> bool:
    dates = (page.at, page.early_at or page.at)
    return all(date.tzinfo is not None for date in dates)
