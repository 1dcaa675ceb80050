"""What is told beside outages, quietly, once an episode, and withdrawn at its end.

topic       begins                                      is told          ends
connection  when we are cut off, and a person can do    after half a     when a host answers again,
            something about it: sign in, mend the       minute; a login  or it is something else
            names, the proxy, the clock …               page at once
route       when one service is shut off from here      at once          when none is
account     when a vendor refuses the person's account  at once          when it is accepted again
pages       when a page could not be read for a         with all that    when each of them can be
            quarter of an hour while we are online,     cannot be read   read again
            or three unrelated ones for an interval
moved       when a page is of another kind, or      at once          when it is where the settings
            elsewhere, and was found and is read                     have it
maintenance a day before one begins that a vendor has   at once          when it begins, or is
            announced for what was chosen                                called off
awaited     when a person asks to be told of a          when it works    with that
            service's return                            again

Being offline is never told: it is seen. Nobody needs to hear that any of these is over, but what
they asked for.
"""

from notifier.judgement.beside import (
    account,
    awaited,
    connection,
    maintenance,
    moved,
    pages,
    route,
)
from notifier.judgement.draft import Draft
from notifier.model.board import Board, Link, Topic, going_on
from notifier.model.service import ServiceKey
from notifier.model.verdict import Cause, Verdict

__all__ = ["beyond_outages", "tell", "tell_ahead"]


def tell(draft: Draft) -> None:
    """Open, tell and end what there is beside outages."""
    board = draft.board
    online = board.connection.link is Link.ONLINE
    found = beyond_outages(board)
    if online and not found and all(one.topic in _ELSEWHERE for one in going_on(board.threads)):
        return  # as nearly always, and this is asked at every look
    connection.tell(draft)
    if online:
        route.tell(draft, found)
        account.tell(draft, found)
        pages.tell(draft, found)
        awaited.tell(draft)


def tell_ahead(draft: Draft) -> None:
    """Tell what is announced, and what can wait; time alone makes that news: ticks are enough."""
    maintenance.tell(draft)
    if draft.board.connection.link is Link.ONLINE:
        moved.tell(draft)


def beyond_outages(board: Board) -> dict[ServiceKey, Verdict]:
    """The verdicts that say something beside an outage; all three read no others."""
    return {
        key: verdict
        for key, standing in board.standings.items()
        if (verdict := standing.verdict).cause in _BESIDE or verdict.account is not None
    }


_ELSEWHERE = frozenset({Topic.OUTAGE, Topic.MAINTENANCE, Topic.MOVED})
"""What is told elsewhere, or at ticks."""

_BESIDE = frozenset({Cause.ROUTE, *pages.UNREAD})
