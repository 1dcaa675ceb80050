"""Our own connection, where a person can do something about it."""

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.judgement.sight import TO_BE_MENDED, settles
from notifier.model.announcement import Reason
from notifier.model.board import Link, Thread, Topic
from notifier.model.verdict import Cause


def tell(draft: Draft) -> None:
    """Open, tell and end what there is to say of it."""
    link = draft.board.connection.link
    cause = Cause(link.value) if link in TO_BE_MENDED else None
    for thread in life.under_way(draft, Topic.CONNECTION):
        if link is not Link.UNCLEAR and cause is not thread.cause:
            life.end(draft, thread)
    if cause is None or settles(draft.board, draft.at) is not None:
        return
    thread = _open(draft) or life.begun(draft, Topic.CONNECTION, cause=cause)
    life.tell_once(draft, thread, Reason.OFFLINE, ())


def _open(draft: Draft) -> Thread | None:
    return next(iter(life.under_way(draft, Topic.CONNECTION)), None)
