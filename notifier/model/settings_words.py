"""The few words settings are written in."""

from enum import Enum

SETTINGS_FILE = "settings.toml"
"""The name of the file, in every profile and every complaint."""

PUSH_ENTRY = "push:"
"""How the entries of the key store begin that hold the address of a push."""


class Level(Enum):
    """How much a person wants to be told: everything, outages only, nothing."""

    ALL = "all"
    OUTAGES = "outages"
    NONE = "none"
