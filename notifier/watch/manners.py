"""How often a host may be asked (interfaces.md, Politeness); it counts, and asks nothing itself."""

from collections import deque

from msgspec import Struct, field

LEAST_BETWEEN = 30.0
"""Seconds between two looks at one host."""

EARLY_WINDOW = 300.0
MOST_EARLY = 12
"""Requests of early looks to one host within `EARLY_WINDOW` seconds."""


class _Host(Struct):
    last: float = float("-inf")
    before: float = float("-inf")
    """The look before the last, for when the last turns out to be none."""
    early: deque[float] = field(default_factory=deque)
    last_was_early: bool = False


class Manners:
    """What each host has been asked so far. All times are steady seconds."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        self._hosts: dict[str, _Host] = {}

    def wait(self, host: str, now: float, *, early: bool) -> float:
        """Seconds until `host` may be asked; 0 is now. Early looks pass the 30 s, not their cap."""
        known = self._hosts.get(host)
        if known is None:
            return 0.0
        regular = max(0.0, known.last + LEAST_BETWEEN - now)
        if not early:
            return regular
        _expire(known, now)
        return 0.0 if len(known.early) < MOST_EARLY else regular

    def asked(self, host: str, now: float, *, early: bool) -> None:
        """Count a look at `host` that began at `now`; it was early only if it came early."""
        known = self._hosts.get(host)
        if known is None:
            known = self._hosts[host] = _Host()
        known.last_was_early = early and known.last + LEAST_BETWEEN > now
        if known.last_was_early:
            known.early.append(now)
        known.before, known.last = known.last, now

    def took(self, host: str, requests: int) -> None:
        """The last look at `host` took so many requests; early ones all count against the cap."""
        known = self._hosts.get(host)
        if known is not None and known.last_was_early:
            known.early.extend([known.last] * (requests - 1))

    def never_left(self, host: str, began: float) -> None:
        """Take back a look of `began` that never left this computer: nobody was asked."""
        known = self._hosts.get(host)
        if known is not None and known.last == began:
            known.last = known.before


def _expire(host: _Host, now: float) -> None:
    while host.early and host.early[0] + EARLY_WINDOW <= now:
        host.early.popleft()
