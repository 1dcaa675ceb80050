"""The few words settings are written in."""

from enum import Enum


class Level(Enum):
    """How much a person wants to be told: everything, outages only, nothing."""

    ALL = "all"
    OUTAGES = "outages"
    NONE = "none"
