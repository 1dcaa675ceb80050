"""What an earlier run may have left on the screen, by the history; reads only, and never raises.

Apart from `History`, because a tray needs it in Qt's thread, before the engine opens the diary in
its own.
"""

import logging
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from notifier.model.announcement import NoticeId
from notifier.model.service import ServiceKey
from notifier.storage import database
from notifier.storage.recall import Row, each, texts

log = logging.getLogger(__name__)

MOST = 200
"""Notices looked at; a screen holds far fewer, and the daemon forgets the rest."""

_LEFT = """
SELECT id, handle, services, open_url FROM (
    SELECT rowid AS turn, id, handle, services, open_url FROM notices
    WHERE outcome = 'told' AND handle <> '' AND withdrawn_at IS NULL
    ORDER BY turn DESC LIMIT :most
) ORDER BY turn
"""


@dataclass(frozen=True, slots=True)
class Left:
    """A notice some channel delivered and nobody withdrew: what a button on it still needs.

    `handle` is the channel's own id of it.
    """

    notice: NoticeId
    handle: str
    services: tuple[ServiceKey, ...]
    open_url: str | None


def left_on_screen(path: Path) -> tuple[Left, ...]:
    """The notices of earlier runs, oldest first; none where the history at `path` cannot be read.

    One that took another's place bears the same handle and comes after it.
    """
    if not path.exists():
        return ()
    try:
        with closing(database.open_to_glance(path)) as db:
            return tuple(each(db.execute(_LEFT, {"most": MOST}), _left))
    except database.TROUBLE as error:
        # A new history, an older form, a torn file: the engine deals with it when it opens it.
        log.info("what an earlier run left on the screen cannot be read: %s", error)
        return ()


def _left(row: Row) -> Left:
    id_, handle, services, open_url = row
    return Left(
        notice=NoticeId(str(id_)),
        handle=str(handle),
        services=tuple(ServiceKey(key) for key in texts(services)),
        open_url=None if open_url is None else str(open_url),
    )
