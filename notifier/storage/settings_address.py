"""An address of settings in pieces, and which of them may be a secret. Reads and writes no file."""

import re
from dataclasses import dataclass

from notifier.model.address import KEY_PLACE
from notifier.storage.redaction import a_token, redacted

_TELLTALE = re.compile(r"(?i)key|token|secret|passw|auth|cred|session|sig")

_HARMLESS = frozenset({
    "atom", "rss", "xml", "json", "html", "feed", "true", "false", "yes", "no", "all", "de", "en",
    "es", "fr", "it", "ja", "ko", "nl", "pt", "ru", "zh",
})  # fmt: skip
"""What the query of a feed says where it is no secret; and numbers of up to four digits."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in pieces: `doubtful` are the places of those that may be secrets.

    `secrets` is what they say. With `cut` a name before `@` or a mark behind it has gone already.
    """

    pieces: tuple[str, ...]
    doubtful: tuple[int, ...]
    secrets: frozenset[str]
    cut: bool

    @classmethod
    def of(cls, value: object) -> "Address | None":
        """The pieces of `value`; None where it is no address."""
        if not isinstance(value, str) or "://" not in value:
            return None
        scheme, _, rest = value.partition("://")
        rest, _, mark = rest.partition("#")
        authority = re.split(r"[/?\\]", rest, maxsplit=1)[0]
        user, _, host = authority.rpartition("@")
        path, asks, query = rest[len(authority) :].partition("?")
        steps = re.split(r"(/)", path)
        pieces = [f"{scheme}://{host}"]
        doubtful = [at for at, step in enumerate(steps, 1) if _may_be_secret(step, steps[: at - 1])]
        pieces += (*steps, asks)
        for said in re.split(r"([&;])", query):
            name, equals, content = said.partition("=")
            if _is_doubtful(name, content):
                doubtful.append(len(pieces) + (2 if content else 0))
            pieces += (name, equals, content)
        doubtful = [at for at in doubtful if pieces[at] != KEY_PLACE]
        secrets = {pieces[at] for at in doubtful} | {user, user.partition(":")[2], mark}
        gone = frozenset(secrets - {""})
        return cls(tuple(pieces), tuple(doubtful), gone, cut=bool(user or mark))

    def bare(self) -> str:
        """The address up to what may be a secret."""
        end = min(self.doubtful, default=len(self.pieces))
        said = "".join(self.pieces[:end])
        return re.sub(r"[?&;][^?&;]*=?$", "", said) if self.doubtful and "?" in said else said

    def with_key(self) -> str:
        """The address with {key} in the place of its one doubtful piece."""
        (at,) = self.doubtful
        return "".join((*self.pieces[:at], KEY_PLACE, *self.pieces[at + 1 :]))


def _may_be_secret(step: str, before: list[str]) -> bool:
    """Whether a step of a path is a token, by its look or by the step before it."""
    last = before[-2] if len(before) > 1 else ""
    named = last != KEY_PLACE and _TELLTALE.search(last) is not None
    return bool(step.strip("/")) and (
        named or ";" in step or a_token(step) or redacted(step) != step
    )


def _is_doubtful(name: str, content: str) -> bool:
    """Whether a field of a query may be a secret; without `=`, or with nothing behind it, itself.

    Only what surely is none is taken for none: anything may be called anything.
    """
    said = content or name
    if said in ("", "&", ";"):
        return False
    harmless = said.lower() in _HARMLESS or (said.isdecimal() and len(said) <= 4)
    return not harmless or (bool(content) and _TELLTALE.search(name) is not None)
