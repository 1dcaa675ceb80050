"""A guarded feed to its entries, by feedparser. Reads no state out of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from notifier.feeds.shape import LINE, link, newest, plain
from notifier.feeds.stamps import stamp
from notifier.feeds.syndication.guard import Guarded

_MOST_CONTENT = 100_000
"""Characters of an entry's content; what follows is not looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item (RSS) or entry (Atom). `content` still has its markup; nobody may show it."""

    guid: str
    title: str
    link: str | None
    at: datetime | None
    """When it was last changed, else when it was published."""
    began: datetime | None
    """When it was published, where that is told."""
    status: str
    """A <status> of its own, which no standard knows and Microsoft sends; else empty."""
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `built` is when it says it was made; `ttl` is in minutes; `damage` as guarded."""

    title: str
    link: str | None
    built: datetime | None
    ttl: int | None
    entries: tuple[Entry, ...]
    damage: str
    left_out: int
    notes: tuple[str, ...]


def entries_of(source: Guarded) -> Feed:
    """What a guarded feed lists.

    feedparser is handed a stream: of a text it would make an address and fetch it, of bytes the
    name of a file and open it. It cleans no markup and resolves no link: `plain` and `link` do.
    """
    import feedparser  # large, and few pages need it: not loaded before

    parsed = feedparser.parse(
        BytesIO(source.body),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    head: Mapping[str, object] = parsed["feed"]
    damage = source.damage or ("the feed is not well-formed" if parsed["bozo"] else "")
    return Feed(
        title=plain(_text(head, "title"), LINE),
        link=link(_text(head, "link").strip()),
        built=newest(stamp(_text(head, "updated")), stamp(_text(head, "published"))),
        ttl=_minutes(_text(head, "ttl")),
        entries=tuple(_entry(one) for one in parsed["entries"]),
        damage=damage,
        left_out=source.left_out,
        notes=source.notes,
    )


def _entry(one: Mapping[str, object]) -> Entry:
    published = stamp(_text(one, "published"))
    return Entry(
        guid=_text(one, "id"),
        title=plain(_text(one, "title"), LINE),
        link=link(_text(one, "link").strip()),
        at=newest(published, stamp(_text(one, "updated"))),
        began=published,
        status=plain(_text(one, "status"), LINE),
        content=_without_scripts(_content(one)[:_MOST_CONTENT]),
    )


def _content(one: Mapping[str, object]) -> str:
    """The longer of what an entry has as content and as summary."""
    contents = dict.get(one, "content")  # type: ignore[call-overload]
    texts = [_text(piece, "value") for piece in contents or () if isinstance(piece, Mapping)]
    return max((*texts, _text(one, "summary")), key=len)


_SCRIPT = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.IGNORECASE)


def _without_scripts(content: str) -> str:
    """`content` without what is no text for people, and what follows where that never ends."""
    pieces, begins, within = [], 0, False
    for tag in _SCRIPT.finditer(content):
        if not within:
            pieces.append(content[begins : tag.start()])
        begins, within = tag.end(), not tag[1]
    return "".join(pieces) + ("" if within else content[begins:])


def _text(of: Mapping[str, object], name: str) -> str:
    """What stands under exactly this name: feedparser's own look-up guesses at others too."""
    found = dict.get(of, name)  # type: ignore[call-overload]
    return found if isinstance(found, str) else ""


def _minutes(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
