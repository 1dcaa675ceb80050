"""Addresses as people paste them: which are the same place, and the id of what is asked there."""

from functools import lru_cache
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from notifier.model.service import SourceId

Place = tuple[str, str]
"""Host, with its port where that is unusual, and path without a closing slash."""

_BROWSERS_DROP = str.maketrans({"\\": "/", "\t": None, "\n": None, "\r": None})
_USUAL_PORTS = (None, 80, 443)


@lru_cache(maxsize=2048)  # asked at every look, of the same few hundred addresses
def place(url: str) -> Place | None:
    """Where `url` leads, or None where it is no address of the web.

    Read as a browser would (WHATWG URL): blanks around it, tabs and line ends inside it,
    backslashes, letter case of the host and a usual port make no difference. Nor do, here, the
    scheme (which may be missing), a name before `@`, query, fragment and a closing slash.
    """
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


def source_id(kind: Literal["page", "probe", "reference"], url: str) -> SourceId:
    """The id of what is asked at `url`. A query may hold a token: only a digest of it shows."""
    host, path = place(url) or ("", url)
    query = url.partition("#")[0].partition("?")[2]
    mark = f"?{sha256(query.encode()).hexdigest()[:8]}" if query else ""
    return SourceId(f"{kind}:{host}{path}{mark}")
