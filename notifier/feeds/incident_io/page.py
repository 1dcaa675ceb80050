"""The document that incident.io's pages carry in their HTML. Seen: real pages of two vendors."""

from notifier.feeds import embedded
from notifier.feeds.incident_io import document
from notifier.feeds.incident_io.document import Summary
from notifier.feeds.shape import Unreadable


def summary(body: bytes) -> Summary:
    """The document within a page.

    Raises:
        Unreadable: there is none, or it is cut off, or the page carries two that differ.
    """
    rows = embedded.rows(body)
    # Every summary that names what is affected; others have only the name in common.
    texts = [one for one in embedded.objects(rows, "summary") if '"affected_components":' in one]
    found = {one for text in texts if (one := _read(text)) is not None}
    if not found:
        raise Unreadable("A web page came, with no status in it that could be read.")
    if len(found) > 1:
        raise Unreadable("The page says two different things, so it is not clear which counts.")
    return found.pop()


def _read(text: str) -> Summary | None:
    """One copy of the document; None where parts of it only point at another copy."""
    try:
        return document.summary(text.encode())
    except Unreadable:
        return None
