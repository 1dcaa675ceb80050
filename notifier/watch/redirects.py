"""Where a redirect may lead us, hop by hop: the rule, without going there."""

import re
from collections.abc import Mapping

from notifier.model.address import place
from notifier.model.observation import Failure, FailureKind
from notifier.model.service import host_of, owner_of
from notifier.watch.failures import NoAnswer
from notifier.watch.lean_httpx import httpx

MOST_HOPS = 5

STATUSES = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})

_READ_IN_TWO_WAYS = re.compile(
    r"[\\\x00-\x20\x7f]|^(?:https?:)?///|^https?:(?!//)|^:", re.IGNORECASE
)
"""What a browser and httpx do not read alike; no honest Location has it."""

_TELLS_NOTHING = frozenset({"accept", "if-none-match", "if-modified-since"})

_SHOWABLE = re.compile(r"[a-z0-9._\-]+(?::[0-9]{1,5})?|\[[0-9a-f:.]+\](?::[0-9]{1,5})?")


def next_hop(here: str, location: str, status: int) -> str:
    """The address to ask next, where `here` answered `status` and `location`.

    Raises NoAnswer: MOVED where the page has gone to another owner for good, else REDIRECTED.
    Other pages of the same owner are followed; nothing leads from https back to http.
    """
    origin = httpx.URL(here)
    host = _host(origin)
    target = _target(origin, location)
    there = _host(target) if target is not None else ""
    if target is None or not _SHOWABLE.fullmatch(there):
        raise _refused(f"{host} sends us to an address that cannot be read.")
    if origin.scheme == "https" and target.scheme == "http":
        raise _refused(f"{host} sends us to {there} over an insecure connection.")
    if owner_of(there) != owner_of(host):
        if status in _FOR_GOOD:
            raise NoAnswer(moved(host, there))
        raise _refused(f"{host} sends us to {there}.")
    return str(target)


def carried(headers: Mapping[str, str], here: str, there: str) -> Mapping[str, str]:
    """Which headers go along from `here` to `there`: to another origin, none that says who asks.

    httpx would drop `Authorization` and send `x-api-key` on (faults.md, 2).
    """
    before, after = httpx.URL(here), httpx.URL(there)
    if (before.scheme, before.netloc) == (after.scheme, after.netloc):
        return headers
    return {name: value for name, value in headers.items() if name.lower() in _TELLS_NOTHING}


def moved(host: str, there: str) -> Failure:
    """What it is when a page is another owner's now: a person has to decide."""
    return Failure(FailureKind.MOVED, f"{host} has moved to {there}.")


def not_with_a_key(here: str) -> NoAnswer:
    """What it is when somebody who was asked with a key sends us on: the key stays here."""
    return _refused(f"{host_of(here)} sends us to another address; a key is not taken along.")


def too_many(here: str) -> NoAnswer:
    """What it is when hops do not end."""
    host = _host(httpx.URL(here))
    return _refused(f"{host} sends us on more than {MOST_HOPS} times.")


def _target(origin: httpx.URL, location: str) -> httpx.URL | None:
    """What `location` means at `origin`; None where it is no address of the web."""
    try:
        target = origin.join(location)
    except (httpx.InvalidURL, ValueError):
        return None
    readable = not _READ_IN_TWO_WAYS.search(location) and place(str(target)) is not None
    return target if readable else None


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii", "replace")


def _refused(says: str) -> NoAnswer:
    return NoAnswer(Failure(FailureKind.REDIRECTED, says))
