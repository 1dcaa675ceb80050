"""Lists of pages to watch, as others write them: OPML, or one address a line. Asks nobody."""

from dataclasses import dataclass
from pyexpat import ParserCreate

from notifier.feeds.shape import LINE, Unreadable, plain
from notifier.feeds.syndication import guard
from notifier.model.address import place

MOST = 300
"""Addresses of one list: more are not asked after in one go."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry: its address, the web page it names beside that, and what the list calls it."""

    url: str
    page: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list names, each address once, and what stands in it that is no address."""

    entries: tuple[Listed, ...]
    strange: tuple[str, ...] = ()


def is_xml(body: bytes) -> bool:
    """Whether `body` begins as XML does, in whatever encoding: then it is no list of lines."""
    return body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def read_opml(body: bytes) -> Listing:
    """The feeds of an OPML document (opml.org, 1.0 and 2.0), however deep its folders go.

    `xmlUrl` is a feed, `htmlUrl` the page it belongs to, `text` or `title` its name. An outline
    with neither address is a folder.

    Raises:
        Unreadable: it is no OPML, must not be read, or lists too much.
    """
    try:
        whole = guard.well_formed(body, "opml")
    except Unreadable as error:
        # The gate speaks of feeds, and this is a list of them.
        raise Unreadable(str(error).replace("feed", "list", 1)) from error
    found: list[Listed] = []
    strange: list[str] = []

    def opens(tag: str, attributes: dict[str, str]) -> None:
        if tag.lower() == "outline":
            _take(attributes, found, strange)

    parser = ParserCreate("utf-8")
    parser.StartElementHandler = opens
    parser.Parse(whole, True)
    return _bounded(found, strange)


def read_lines(text: str) -> Listing:
    """The addresses of a plain list: one a line, # and what follows it is a comment.

    A mark within an address (`…/page#part`) is no comment: that one has a blank before it.

    Raises:
        Unreadable: it lists too much.
    """
    found: list[Listed] = []
    strange: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        marks = [at for at, word in enumerate(words) if word.startswith("#")]
        said = words[: marks[0]] if marks else words
        if len(said) == 1 and _is_address(said[0]):
            found.append(Listed(said[0]))
        elif said:
            strange.append(f"line {number}")
    return _bounded(found, strange)


def _take(attributes: dict[str, str], found: list[Listed], strange: list[str]) -> None:
    said = {name.lower(): text.strip() for name, text in attributes.items()}
    name = plain(said.get("text") or said.get("title") or "", LINE)
    feed, page = said.get("xmlurl", ""), said.get("htmlurl", "")
    if not feed and not page:
        return
    good = [url for url in (feed, page) if _is_address(url)]
    if good:
        found.append(Listed(good[0], page if page in good else "", name))
    else:
        strange.append(f"“{name}”" if name else "an entry without a name")


def _is_address(text: str) -> bool:
    """Whether it is an address of the web; a word without a dot or a scheme is none."""
    return place(text) is not None and ("." in text or "://" in text)


def _bounded(found: list[Listed], strange: list[str]) -> Listing:
    once: dict[str, Listed] = {}
    for one in found:
        once.setdefault(one.url, one)
    entries = tuple(once.values())
    if len(entries) > MOST:
        raise Unreadable(
            f"The list names {len(entries)} addresses, and at most {MOST} are taken in at once; "
            "divide it."
        )
    return Listing(entries, tuple(strange))
