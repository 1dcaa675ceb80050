"""Spans of time as files write them: `60s`, `5m`, `1h`. Not how a person reads them."""

import re

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_WRITTEN = re.compile(r"([0-9]{1,6})([smh])")


def seconds(written: str) -> float | None:
    """The seconds of `written`, or None where it is not a whole number and one of s, m, h."""
    found = _WRITTEN.fullmatch(written)
    return float(found[1]) * _UNITS[found[2]] if found else None
