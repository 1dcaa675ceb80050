"""Which engine is this page's? Pure: from an address and the answers so far, what to ask next."""

from collections.abc import Mapping

from notifier.feeds.plan import address as itself
from notifier.feeds.recognise.search import search
from notifier.feeds.recognise.steps import (
    MOST_REQUESTS,
    Ask,
    Found,
    Heard,
    NothingKnown,
    Several,
    Tried,
)
from notifier.feeds.recognise.trail import Trail
from notifier.feeds.shape import is_web_page

__all__ = [
    "MOST_REQUESTS",
    "Ask",
    "Found",
    "Heard",
    "NothingKnown",
    "Several",
    "Tried",
    "next_step",
]


def next_step(address: str, answers: Mapping[str, Heard]) -> Ask | Found | Several | NothingKnown:
    """What to do about a pasted address, given the `answers` so far by the address asked.

    Raises:
        Unreadable: it is no address at all.
    """
    trail = Trail(itself(address))
    steps = search(trail)
    try:
        url = next(steps)
        while url in answers:
            url = steps.send(answers[url])
    except StopIteration:
        return _end(trail, answers)
    return Ask(url) if len(answers) < MOST_REQUESTS else _end(trail, answers)


def _end(trail: Trail, answers: Mapping[str, Heard]) -> Found | Several | NothingKnown:
    """All that was found; where the requests ran out, as much as was found until then."""
    found = tuple(trail.found.values())
    if not found:
        return NothingKnown(tuple(Tried(url, _came(heard)) for url, heard in answers.items()))
    return found[0] if len(found) == 1 else Several(found)


def _came(heard: Heard) -> str:
    if heard.status == 0:
        return "no answer"
    if 300 <= heard.status < 400:
        return f"HTTP {heard.status}, to another address"
    if heard.status == 200:
        return "a web page" if is_web_page(heard.body) else "no document of a known kind"
    return f"HTTP {heard.status}"
