"""The one word that Better Stack's pages for people state in their HTML.

The icon beside the page's heading has a class for each state. Seen: one real page, that was well.
"""

import re

from notifier.feeds import embedded
from notifier.feeds.betterstack.document import STATES
from notifier.feeds.shape import LINE, Unreadable, link, moment, plain, unknown
from notifier.model.health import Health
from notifier.model.observation import Report

_ICON = re.compile(
    r"<div class=[\"']status-page__overview[\"']>\s{0,99}<img class=[\"'][^\"'<>]{0,99}"
    r"\bstatus-page__overview-icon--([a-z0-9_-]{1,40})"
)
_UPDATED = re.compile(
    r"<p class=[\"']status-page__updated-at\b[^<>]{0,300}-datetime-value=[\"']([^\"'<>]{1,40})"
)
_TITLE = re.compile(r"<title>([^<>]{1,300})</title>", re.IGNORECASE)
_HOME = re.compile(r"<link href=[\"']([^\"'<>]{1,300})[\"'] rel=[\"']canonical[\"']")


def read(body: bytes) -> Report:
    """What a page says: its own word and nothing of its parts.

    Raises:
        Unreadable: it states none, or two, or is cut off or too large.
    """
    if len(body) > embedded.MOST_BYTES:
        raise Unreadable("The page is too large.")
    text = body.decode(errors="replace")
    words = {*_ICON.findall(text)}
    if not words or not embedded.is_whole(body):
        raise Unreadable("A web page came, with no status in it that could be read.")
    if len(words) > 1:
        raise Unreadable("The page says two different things, so it is not clear which counts.")
    (word,) = words
    return Report(
        engine="betterstack",
        name=re.sub(r"(?i)\s+status(?: page)?$", "", plain(_said(_TITLE, text), LINE)),
        home=(link(_said(_HOME, text)) or "").rstrip("/"),
        indicator=STATES.get(word, Health.UNKNOWN),
        as_of=moment(_said(_UPDATED, text)),
        complete=False,
        notes=unknown("page state", words, STATES),
    )


def _said(where: re.Pattern[str], text: str) -> str:
    found = where.search(text)
    return found[1].strip() if found else ""
