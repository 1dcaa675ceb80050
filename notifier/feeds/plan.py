"""What an engine says of itself, and where the address of a page begins."""

import re
from enum import Enum

import msgspec
from msgspec import Struct

from notifier.feeds.shape import Unreadable, document, shaped
from notifier.model.address import place

# What people copy from a browser or a settings file goes deeper than the page itself.
_BELOW = re.compile(
    r"(?:/api/v2/[^?#]*|/proxy/[^/]+|/(?:incidents|history|uptime|maintenance|feed)(?:[/.].*)?)$"
)


class Origin(Enum):
    """What an engine was written from. Every engine says it as `ORIGIN`; the README repeats it."""

    SEEN = "seen"  # real captures of pages in trouble and of pages that were well
    IN_PART = "seen in part"  # real captures, and the rest from a description
    DESCRIBED = "written from a description"


class Want(Struct, frozen=True):
    """One document; a look without a `required` one is none.

    A `web_page` is what some vendors have in place of data: elsewhere one is never read. `only` is
    what of a document may be remembered, where the rest is nobody's business: members of it.
    """

    name: str
    url: str
    required: bool = True
    web_page: bool = False
    only: tuple[str, ...] = ()

    def cut(self, body: bytes) -> bytes:
        """What of its answer may be remembered: all of it, or `only` that.

        Raises:
            Unreadable: it is no object, so that nobody knows what is in it.
        """
        if not self.only:
            return body
        said = shaped(document(body), dict[str, object])
        return msgspec.json.encode({name: said[name] for name in self.only if name in said})


class Plan(Struct, frozen=True):
    """The documents of one look."""

    name: str
    wants: tuple[Want, ...]


def address(url: str) -> str:
    """The address of one document itself: `url` as it is, its query too, without a fragment.

    `https` where no scheme is said.

    Raises:
        Unreadable: it is no address.
    """
    scheme, host, path = _split(url)
    said, mark, query = url.strip().partition("#")[0].partition("?")
    slash = "/" if said.endswith("/") else ""  # to some hosts it makes a difference
    return f"{scheme}://{host}{path}{slash}{mark}{query}"


def base(url: str) -> str:
    """The address a page's documents stand below: scheme, host and path, no closing slash.

    An address of one of its documents or incidents means the page. `https` where none is said.

    Raises:
        Unreadable: it is no address.
    """
    scheme, host, path = _split(url)
    return f"{scheme}://{host}{_BELOW.sub('', path)}"


def _split(url: str) -> tuple[str, str, str]:
    """Scheme, host and path of an address; `https` where no scheme is said."""
    found = place(url)
    if found is None:
        raise Unreadable(f"“{url[:80]}” is no address of a web page.")
    return "http" if url.strip().lower().startswith("http://") else "https", *found
