"""Whose catalogues are believed beside the built-in one, and of when that one is."""

from datetime import date

RELEASE: tuple[str, ...] = ()
"""Public keys (Ed25519, 32 bytes in base64) that may sign an update for everybody.

There is none: nobody keeps a release key yet, so updates are off until a person names a key of
their own under `[catalogue] keys`. `python3 dev.py sign-catalogue` makes one.
"""

MADE = date(2026, 11, 26)
"""When the built-in catalogue was last changed: no older update is laid over it."""
