"""Keys of our own, and updates of the catalogue signed with them."""

import tomllib
from base64 import b64encode
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from notifier.catalogue.seal import sealed
from notifier.catalogue.update import written
from notifier.storage.places import resource

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)

BUILT_IN = resource("catalogue.toml")
ENTRIES = tomllib.loads(BUILT_IN.decode())


def like(kind, id_, **changes):
    """The entry `id_` of the built-in catalogue, with these changes."""
    (found,) = (one for one in ENTRIES[kind] if one["id"] == id_)
    return {**found, **changes}


def toml(**tables):
    """Entries as TOML."""
    return written(tables)


PAGE = like("page", "openai", id="campus", url="https://status.campus.example/", also=[], parts=[])
CHAT = like("service", "chatgpt", id="campus-chat", name="Campus Chat", page="campus", parts=[])
CAMPUS = toml(page=[PAGE], service=[CHAT])


class Signer:
    """Somebody who signs updates."""

    def __init__(self):
        self._key = Ed25519PrivateKey.generate()
        self._raw = self._key.public_key().public_bytes_raw()
        self.public = b64encode(self._raw).decode()

    def signs(self, payload):
        return sealed(payload, self._raw, self._key.sign)

    def update(self, number=1, *, made=NOON, days=90.0, more=CAMPUS):
        return self.signs(update(number, made=made, days=days, more=more))


def update(number=1, *, made=NOON, days=90.0, more=CAMPUS):
    """An update with one new service, or with what else is said in `more`."""
    expires = made + timedelta(days=days)
    head = f"number = {number}\nmade = {made.isoformat()}\nexpires = {expires.isoformat()}"
    return f"version = 1\n{more}\n[update]\n{head}\n".encode()
