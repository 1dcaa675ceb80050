"""Whether a body is one whole JSON document of a known shape. Knows no vendor."""

from typing import TypeVar

import msgspec

_Kind = TypeVar("_Kind")


def shaped(body: bytes, kind: type[_Kind]) -> _Kind | None:
    """The document that `body` is, as `kind`; None where it is broken, cut or of another shape."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
