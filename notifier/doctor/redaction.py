"""Texts and settings fit for strangers: more is cut than in a log, which stays on the machine.

What is secret is told by shape, by name, by value. An address keeps its scheme, host and path; a
name before `@`, a query and a fragment go, and so does a part of the path that looks like a token.
What the settings or the environment hold as a secret goes wherever it stands, in any writing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from notifier.storage.redaction import INSTEAD as GONE
from notifier.storage.redaction import a_token, redacted, writings

_LEAST = 6
"""Characters of a secret known by its value; shorter ones would take ordinary words along."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>“”]+")
_USER = re.compile(r"[^\s\"'/@=]+:(?!//)[^\s\"'@]+@(?=[\w\[])")
_NAMED = re.compile(
    r"(?i)\b(authorization|bearer|basic|cookie|credential|passw(?:or)?d|secret|[\w-]*token"
    r"|[\w-]*api[-_]?key|key)(\"?'?\s*[:=]\s*|\s+(?=\S{8}))[\"']?(?:(?:bearer|basic)\s+)?[\"']?[^\s\"',;]+"
)
_WORD = re.compile(r"[A-Za-z0-9+=_%~-]{16,}")
_TELLTALE = re.compile(r"(?i)key|token|secret|passw|auth|cred|cookie")
_PROXY = re.compile(r"(?i)_proxy$")

_KNOWN = frozenset(
    {
        *("version", "polling", "interval", "notify", "level", "sound"),
        *("quiet", "from", "to", "days", "allow"),
        *("network", "proxy", "ca", "references"),
        *("service", "id", "label", "name", "home", "can", "parts", "fallbacks"),
        *("status", "engine", "status_auth", "runs_on", "probe", "url", "auth"),
        *("json", "state", "title", "time", "fresh", "words"),
    }
)
"""The keys of settings.toml whose values may be shown, cleaned. `key` is not one: people put the
key itself there by mistake."""


class Secrets:
    """What must not get out, and how to take it out of a text."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        """`values` are secrets known as they are."""
        known = {value for value in values if len(value) >= _LEAST}
        longest_first = sorted(known, key=lambda value: (-len(value), value))
        forms = (form for value in longest_first for form in writings(value))
        self._known = re.compile("|".join(forms) or r"(?!)")

    @classmethod
    def held_by(cls, settings: Any, environment: Mapping[str, str]) -> Self:
        """The secrets in the settings, as TOML has them, and in the environment."""
        named = (value for name, value in environment.items() if _TELLTALE.search(name))
        proxies = (value for name, value in environment.items() if _PROXY.search(name))
        texts = tuple(_texts(settings))
        inside = (one for text in (*texts, *proxies) for one in _inside(text))
        return cls((*named, *inside, *_keys(settings)))

    def without(self, text: str) -> str:
        """`text` without secrets."""
        text = self._known.sub(GONE, text)
        text = _ADDRESS.sub(lambda found: address(found[0]), text)
        text = _USER.sub(f"{GONE}@", text)
        text = _NAMED.sub(lambda found: f"{found[1]}{found[2]}{GONE}", text)
        text = _WORD.sub(lambda found: GONE if a_token(found[0]) else found[0], text)
        return redacted(text)

    def settings(self, value: Any, key: str = "") -> Any:
        """Settings, as TOML has them, without secrets; what is under an unknown key goes."""
        match value:
            case dict():
                # Under `words` the names are those of a document, and the states are ours.
                told = {name: key if key == "words" else name for name in value}
                return {self.without(n): self.settings(one, told[n]) for n, one in value.items()}
            case list():
                return [self.settings(one, key) for one in value]
            case _ if key not in _KNOWN:
                return GONE
            case str():
                return self.without(value)
            case _:
                return value if isinstance(value, int | float) else self.without(str(value))


def address(url: str) -> str:
    """An address without a name before `@`, query, fragment and tokens in its path."""
    scheme, _, rest = url.partition("://")
    before, at, rest = rest.rpartition("@")
    place, *query = re.split(r"[?#]", rest, maxsplit=1)
    host, slash, path = place.partition("/")
    shown = "/".join(GONE if a_token(part) else part for part in path.split("/"))
    user, asked = GONE if before else "", f"?{GONE}" if query else ""
    return f"{scheme}://{user}{at}{host}{slash}{shown}{asked}"


def _texts(value: Any) -> Iterator[str]:
    """Every text in settings."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)


def _keys(value: Any) -> Iterator[str]:
    """What stands where the name of a key belongs."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "key" and isinstance(one, str):
                yield one
            yield from _keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from _keys(one)


def _inside(text: str) -> Iterator[str]:
    """The secrets an address holds: name and password, and what its query says."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
    except ValueError:
        return
    user, at, _ = parts.netloc.rpartition("@")
    if at:
        yield from (user, *user.split(":", 1), *(unquote(one) for one in user.split(":", 1)))
    if parts.query:
        yield from (parts.query, *(value for _, value in parse_qsl(parts.query)))
    yield parts.fragment
