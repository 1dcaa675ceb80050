"""Addresses as people paste and pages link them: which are one place, and which are opened."""

import re
import unicodedata
from collections.abc import Hashable
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal
from urllib.parse import urlsplit

from notifier.model.service import SourceId

Place = tuple[str, str]
"""Host, with its port where that is unusual, and path without a closing slash."""

_BROWSERS_DROP = str.maketrans({"\\": "/", "\t": None, "\n": None, "\r": None})
_USUAL_PORTS = (None, 80, 443)
_AS_MOST_ARE = re.compile(r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(/[A-Za-z0-9/._~-]*)?")
"""Addresses of which every character stands for itself: a start reads some two hundred of them."""

KEY_PLACE = "{key}"
"""What stands in an address where a key belongs; the key itself is put in only when it is sent."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Hosts that are this computer, as addresses name them."""


@lru_cache(maxsize=2048)  # asked at every look, of the same few hundred addresses
def place(url: str) -> Place | None:
    """Where `url` leads, or None where it is no address of the web.

    Read as a browser would (WHATWG URL): blanks around it, tabs and line ends inside it,
    backslashes, letter case of the host and a usual port make no difference. Nor do, here, the
    scheme (which may be missing), a name before `@`, query, fragment and a closing slash.
    """
    plain = _AS_MOST_ARE.fullmatch(url)
    if plain is not None:
        return plain[1], (plain[2] or "").rstrip("/")
    text = url.strip().translate(_BROWSERS_DROP)
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or not _names_a_host(host):
        return None
    if ":" in host:
        host = f"[{host}]"
    return (host if port in _USUAL_PORTS else f"{host}:{port}"), parts.path.rstrip("/")


def _names_a_host(host: str) -> bool:
    return bool(host) and not any(char.isspace() or char in '<>"{}|^`%' for char in host)


def within(wanted: Place, home: Place) -> bool:
    """Whether `wanted` is `home` or lies below it."""
    return wanted[0] == home[0] and f"{wanted[1]}/".startswith(f"{home[1]}/")


def source_id(kind: Literal["page", "probe", "key", "reference"], url: str) -> SourceId:
    """The id of what is asked at `url`. A query may hold a token: only a digest of it shows."""
    host, path = place(url) or ("", url)
    query = url.partition("#")[0].partition("?")[2]
    mark = f"?{sha256(query.encode()).hexdigest()[:8]}" if query else ""
    return SourceId(f"{kind}:{host}{path}{mark}")


def signed_id(source: SourceId, entry: str) -> SourceId:
    """The id of what is asked with the key under `entry`: with another it is another account."""
    return SourceId(f"{source}@{entry}")


def read_id(source: SourceId, legend: Hashable) -> SourceId:
    """The id of what is read at `source` by a person's own `legend`: another reads otherwise."""
    return SourceId(f"{source}~{sha256(repr(legend).encode()).hexdigest()[:8]}")


# -- addresses that are opened ---------------------------------------------------------------

_MOST = 2000
"""Characters; browsers take no longer addresses from others reliably."""

LONGEST = 30_000
"""Characters of an address with a person's own text in it: how many a service takes stands in the
catalogue, and a command line of Windows holds 32,767.
"""

# RFC 3986 without a name before `@`, and with the letters of other alphabets (RFC 3987).
_LINK = re.compile(
    r"https?://(?P<host>[^/?#:\[\]]+|\[[0-9A-Fa-f:]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>[/?#][^\\ \"<>`{|}^\[\]#]*(?:#[^\\ \"<>`{|}^\[\]#]*)?)?",
    re.IGNORECASE,
)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_A_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


_LONGEST_NAME = 254
"""Characters of a name with a dot at its end (RFC 1035, 2.3.4)."""


def opened_host(link: str, most: int = _MOST) -> str | None:
    """The host, as a browser names it in ASCII, that opening `link` leads to; None: not opened.

    Browsers mend much that is wrong with an address (url.spec.whatwg.org): they drop tabs and
    line breaks, read a backslash as a slash, a number as four, and anything before an `@` as a
    name. What needs mending is not opened, for it may lead elsewhere than it seems to. A port is
    named where it is unusual. `most` is how many characters it may have.
    """
    found = _LINK.fullmatch(link) if len(link) <= most and link.isprintable() else None
    if found is None or _BAD_ESCAPE.search(found["rest"] or ""):
        return None
    written = found["host"]
    if len(written) > _LONGEST_NAME:
        return None
    host = _address(written) if written.startswith("[") else _name(written)
    usual = 443 if link[:5].lower() == "https" else 80
    port = int(found["port"] or usual)
    if host is None or port > 65535:
        return None
    return host if port == usual else f"{host}:{port}"


_OWN_NETWORK = (".local", ".lan", ".internal", ".home", ".home.arpa", ".localhost")


def told_to_others(link: str) -> str:
    """`link` as a person may pass it on: without query and mark, for these may hold a token.

    Empty where it is not opened, or leads to this computer or into a network of their own.
    """
    host, place_ = opened_host(link), place(link)
    if host is None or place_ is None or not _is_public(host):
        return ""
    scheme = "http" if link[:5].lower() == "http:" else "https"
    return f"{scheme}://{host}{place_[1]}"


def _is_public(host: str) -> bool:
    name = host.rpartition("]")[0].lstrip("[") or host.partition(":")[0]
    try:
        return ip_address(name).is_global
    except ValueError:
        return "." in name and not name.endswith(_OWN_NETWORK)


def _address(written: str) -> str | None:
    """An IPv6 address in its shortest form, in brackets."""
    try:
        return f"[{IPv6Address(written[1:-1])}]"
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _name(written: str) -> str | None:
    """A name in ASCII, or an IPv4 address in its usual form.

    The links of a page mostly name one host: it is taken apart once.
    """
    labels = [_label(label) for label in written.lower().removesuffix(".").split(".")]
    name = ".".join(label for label in labels if label)
    if None in labels or len(name) > _LONGEST_NAME - 1:
        return None
    if not _A_NUMBER.fullmatch(labels[-1] or ""):
        return name
    try:
        return str(IPv4Address(name))
    except ValueError:
        return None


def _label(label: str) -> str | None:
    """One part of a name in ASCII; None where browsers would read it otherwise or not at all."""
    if label.startswith("xn--"):
        label = _unpacked(label)
    if label.isascii():
        return label if _LABEL.fullmatch(label) and len(label) <= 63 else None
    if not _is_settled(label):
        return None
    packed = f"xn--{label.encode('punycode').decode('ascii')}"
    return packed if len(packed) <= 63 else None


def _unpacked(label: str) -> str:
    """The letters that stand behind punycode; nothing where they are not worth packing."""
    try:
        letters = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return ""
    return "" if letters.isascii() else letters


def _is_settled(label: str) -> bool:
    """Whether no browser would change a letter of it before looking it up (UTS 46)."""
    settled = unicodedata.normalize("NFKC", label.casefold()) == label
    kinds = {unicodedata.category(letter)[0] for letter in label.replace("-", "")}
    return settled and kinds <= {"L", "M", "N"} and unicodedata.category(label[0])[0] != "M"
