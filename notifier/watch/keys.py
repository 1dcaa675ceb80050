"""A key on its way out: in which header or address, and to which single origin it may go at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import quote

from notifier.model.address import KEY_PLACE
from notifier.model.key import Secret
from notifier.model.observation import Failure, FailureKind
from notifier.model.service import FeedSource, KeySource
from notifier.watch.failures import NoAnswer
from notifier.watch.lean_httpx import httpx

_HEADERS = {
    "bearer": ("Authorization", "Bearer "),
    "x-api-key": ("X-Api-Key", ""),
    "x-goog-api-key": ("X-Goog-Api-Key", ""),
    "api-key": ("Api-Key", ""),
}
"""How a key is sent, by the words of settings.toml."""

_BESIDE = {"anthropic": {"Anthropic-Version": "2023-06-01"}}
"""What an API wants beside its key, by dialect (Anthropic API reference, Versions)."""


class Keys(Protocol):
    """Who has the person's keys. Neither method raises or waits for a person."""

    async def secret(self, entry: str, origin: str) -> Secret | Failure:
        """The key kept under `entry`, if it is meant for `origin`; else why it is not to be had."""
        ...

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """`text` without a key given out: hosts repeat what they were asked with."""
        ...

    def try_again(self) -> None:
        """The computer woke: ask the key store anew, where that disturbs nobody."""
        ...


@dataclass(frozen=True, slots=True)
class Signature:
    """A key, how it is sent, and the one origin it is sent to."""

    secret: Secret
    auth: str
    origin: str
    beside: Mapping[str, str] = field(default_factory=dict)

    def address(self, url: str) -> str:
        """`url` with the key where its place is kept."""
        return url.replace(KEY_PLACE, quote(self.secret.reveal(), safe=""))

    def headers(self) -> dict[str, str]:
        """The headers that sign a question in."""
        if self.auth not in _HEADERS:
            return dict(self.beside)
        name, before = _HEADERS[self.auth]
        return {name: before + self.secret.reveal(), **self.beside}

    def is_for(self, url: str) -> bool:
        """Whether `url` lies at the one origin the key is sent to."""
        return origin_of(url) == self.origin

    def check(self, url: httpx.URL, *, by_proxy: bool) -> None:
        """Let nothing signed go anywhere but to its origin, or there in the clear; raises NoAnswer.

        This computer itself is asked without TLS too, but through no proxy.
        """
        if not self.is_for(str(url)):
            raise _refused("The key is kept for another address and was not sent.")
        in_the_clear = url.scheme != "https"
        if not is_safe(str(url)) or (in_the_clear and by_proxy):
            raise _refused("The address begins with http://, where anybody could read the key.")


def signature(source: FeedSource | KeySource, secret: Secret, origin: str) -> Signature:
    """How a look at `source` is signed."""
    beside = _BESIDE.get(source.dialect, {}) if isinstance(source, KeySource) else {}
    return Signature(secret, source.auth, origin, beside)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as RFC 6454 tells origins apart; empty: it has none."""
    try:
        found = httpx.URL(url.replace(KEY_PLACE, "key"))
    except httpx.InvalidURL:
        return ""
    return f"{found.scheme}://{found.netloc.decode('ascii')}"


def is_safe(url: str) -> bool:
    """Whether a key may be sent to `url`: nobody on the way can read it."""
    found = httpx.URL(url)
    return found.scheme == "https" or is_loopback(found.host)


def is_loopback(host: str) -> bool:
    """Whether a host is surely this computer itself.

    `x.localhost` should be, too (RFC 6761), but some systems ask the network for such a name.
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def _refused(says: str) -> NoAnswer:
    return NoAnswer(Failure(FailureKind.KEY_STORE, says))
