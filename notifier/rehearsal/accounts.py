"""Accounts of a rehearsed world: what each answers to a key, and who hands the keys out."""

from collections.abc import Callable, Mapping

from notifier.model.key import Secret
from notifier.model.observation import Failure, FailureKind
from notifier.model.service import KeySource, ProbeSource, Service
from notifier.probes import DIALECTS
from notifier.rehearsal.reply import Reply

_JSON = {"content-type": "application/json"}

_BAD_KEY = "invalid_api_key"
_NOT_HERE = "unsupported_country_region_territory"


def _openai(message: str, kind: str, code: str) -> bytes:
    return (
        f'{{"error":{{"message":"{message}","type":"{kind}","param":null,"code":"{code}"}}}}'
    ).encode()


def _anthropic(kind: str, message: str) -> bytes:
    return f'{{"type":"error","error":{{"type":"{kind}","message":"{message}"}}}}'.encode()


_AS_OPENAI: Mapping[str, Reply] = {
    "valid": Reply(200, b'{"object":"list","data":[{"id":"m","object":"model"}]}', _JSON),
    "rejected": Reply(
        401,
        _openai("Incorrect API key provided", "invalid_request_error", _BAD_KEY),
        _JSON,
    ),
    "quota": Reply(
        429, _openai("You exceeded your quota", "insufficient_quota", "insufficient_quota"), _JSON
    ),
    "rate_limited": Reply(
        429,
        _openai("Rate limit reached", "requests", "rate_limit_exceeded"),
        {**_JSON, "retry-after": "20"},
    ),
    "payment": Reply(402, _openai("Payment required", "billing_error", "billing"), _JSON),
    "region": Reply(
        403,
        _openai(
            "Country not supported", "request_forbidden", "unsupported_country_region_territory"
        ),
        _JSON,
    ),
}

_AS_ANTHROPIC: Mapping[str, Reply] = {
    **_AS_OPENAI,
    "valid": Reply(200, b'{"data":[{"type":"model","id":"m"}],"has_more":false}', _JSON),
    "rejected": Reply(401, _anthropic("authentication_error", "invalid x-api-key"), _JSON),
    "quota": Reply(
        400, _anthropic("invalid_request_error", "Your credit balance is too low"), _JSON
    ),
    "rate_limited": Reply(
        429, _anthropic("rate_limit_error", "slow down"), {**_JSON, "retry-after": "20"}
    ),
    "region": Reply(403, _anthropic("forbidden", "Request not allowed"), _JSON),
}

_ANSWERS = {"anthropic": _AS_ANTHROPIC}


def answer(source: KeySource, state: str) -> Reply:
    """What an account in that state answers to its key; `state` is a word of `KEYS`."""
    return _ANSWERS.get(source.dialect, _AS_OPENAI)[state]


def account_of(service: Service, known: KeySource | None) -> KeySource | None:
    """The call that tries a key of `service`: the catalogue's, else its front door with a key."""
    probe = service.probe
    if known is not None or probe is None or probe.local:
        return known
    dialect = probe.dialect if _speaks_of_keys(probe) else "openai"
    auth = "x-api-key" if dialect == "anthropic" else "bearer"
    id_ = type(probe.id)(f"key:{probe.id.partition(':')[2]}@{service.id}")
    return KeySource(id_, probe.url, dialect, auth, entry=service.id)


def _speaks_of_keys(probe: ProbeSource) -> bool:
    spoken = DIALECTS.get(probe.dialect)
    return spoken is not None and spoken.listing is not None


class RehearsedKeys:
    """Hands out keys as a world has them; the person's own store is never asked.

    `state` gives the word of `key.ID` by entry, `store` that of `desktop.keys`.
    """

    def __init__(self, state: Callable[[str], str], store: Callable[[], str]) -> None:
        """Nothing asked yet."""
        self._state = state
        self._store = store

    async def secret(self, entry: str, origin: str) -> Secret | Failure:
        """A key that opens nothing, where the world has one."""
        del origin
        says = _STORES.get(self._store())
        if says is not None:
            return Failure(FailureKind.KEY_STORE, says)
        if self._state(entry) == "absent":
            return Failure(FailureKind.KEY_STORE, "No key is kept for this.")
        return Secret("a rehearsed key")

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """There is nothing to hide."""
        del secret
        return text

    def try_again(self) -> None:
        """The world answers anew each time."""


_STORES = {
    "locked": "Your key store is locked.",
    "absent": "This desktop has no key store.",
    "hung": "Waiting for your key store.",
}
"""Why a store gives no key, by the words of `desktop.keys`."""
