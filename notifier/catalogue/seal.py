"""A signed file around a catalogue: its form, and whether the signature is right. Reads no file.

    AI Notifier catalogue 1
    key: 9Kq…=                  the public key, 32 bytes in base64
    signature: hT0…==           Ed25519 (RFC 8032), 64 bytes in base64

    version = 1                 from here to the end the catalogue itself, byte for byte
    …

One file, so that no old catalogue can be put beside a new signature. What is signed is the first
line and the catalogue: a signature made for anything else is none here. Number and dates stand
within what is signed. The key names which one to try; it is believed only if it was known before.
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Collection

_TITLE = b"AI Notifier catalogue 1\n"
_KEY, _SIGNATURE = b"key: ", b"signature: "
KEY_BYTES = 32


class Unsealed(Exception):
    """The file is not one that may be believed; one sentence for a person."""


def sealed(payload: bytes, key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """`payload` as a signed file; `key` is the public half of what `sign` signs with."""
    signature = sign(_TITLE + payload)
    lines = (_KEY + b64encode(key), _SIGNATURE + b64encode(signature))
    return _TITLE + b"\n".join((*lines, b"", payload))


def opened(body: bytes, trusted: Collection[str]) -> tuple[bytes, str]:
    """The bytes that were signed, and by which of the `trusted` keys.

    Raises:
        Unsealed: it is no such file, the key is not one of these, or the signature does not fit.
    """
    if not trusted:
        raise Unsealed("No key is known that could have signed it; name one in [catalogue] keys.")
    if not body.startswith(_TITLE):
        raise Unsealed("It is not a signed catalogue.")
    head, blank, payload = body[len(_TITLE) :].partition(b"\n\n")
    lines = head.split(b"\n")
    if not blank or len(lines) != 2:
        raise Unsealed("It is not a whole signed catalogue.")
    key, signature = _field(lines[0], _KEY), _field(lines[1], _SIGNATURE)
    name = b64encode(key).decode("ascii")
    if name not in trusted:
        raise Unsealed("It is signed with a key that is not known here.")
    if not _fits(key, signature, _TITLE + payload):
        raise Unsealed("Its signature does not fit: it was changed after it was signed.")
    return payload, name


def _field(line: bytes, name: bytes) -> bytes:
    """What a line of the head says; written in one way only, so that no byte of it is free."""
    said = line.removeprefix(name)
    try:
        raw = b64decode(said, validate=True)
    except Error as error:
        raise Unsealed("It is not a whole signed catalogue.") from error
    if b64encode(raw) != said:
        raise Unsealed("It is not a whole signed catalogue.")
    return raw


def _fits(key: bytes, signature: bytes, message: bytes) -> bool:
    # Loaded only where there is something to verify: it takes longer than a start of the program.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
