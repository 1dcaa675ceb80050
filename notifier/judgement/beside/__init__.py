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
maintenance a day before one begins that a vendor has   at once          when it begins, or is
            announced for what was chosen                                called off
awaited     when a person asks to be told of a          when it works    with that
            service's return                            again

Being offline is never told: it is seen. Nobody needs to hear that any of these is over, but what
they asked for.
"""

from notifier.judgement.beside import account, awaited, connection, maintenance, pages, route
from notifier.judgement.draft import Draft
from notifier.model.board import Link, Topic
from notifier.model.verdict import Cause

__all__ = ["tell", "tell_ahead"]


def tell(draft: Draft) -> None:
    """Open, tell and end what there is beside outages."""
    if _nothing_else(draft):
        return
    connection.tell(draft)
    if draft.board.connection.link is Link.ONLINE:
        route.tell(draft)
        account.tell(draft)
        pages.tell(draft)
        awaited.tell(draft)


def tell_ahead(draft: Draft) -> None:
    """Tell what is announced; time alone makes that news, so that ticks are enough."""
    maintenance.tell(draft)


def _nothing_else(draft: Draft) -> bool:
    """Whether there is nothing but outages: nearly always, and this is asked at every look."""
    board = draft.board
    return (
        board.connection.link is Link.ONLINE
        and all(thread.topic in _ELSEWHERE for thread in board.threads.values())
        and all(
            standing.verdict.cause not in _BESIDE and standing.verdict.account is None
            for standing in board.standings.values()
        )
    )


_ELSEWHERE = frozenset({Topic.OUTAGE, Topic.MAINTENANCE})
"""What is told elsewhere, or at ticks."""

_BESIDE = frozenset({Cause.ROUTE, *pages.UNREAD})
