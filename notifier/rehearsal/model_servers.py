"""Model servers of a rehearsed world, running and ready: what each document of theirs says."""

from collections.abc import Mapping

from notifier.rehearsal.reply import Reply

_JSON = {"content-type": "application/json"}

_LISTED = Reply(200, b'{"object":"list","data":[{"id":"llama3.2","state":"loaded"}]}', _JSON)
_NAMED = Reply(200, b'{"models":[{"name":"llama3.2:latest"}]}', _JSON)

_ANSWERS: Mapping[str, Reply] = {
    "/api/version": Reply(200, b'{"version":"0.14.0"}', _JSON),
    "/api/tags": _NAMED,
    "/api/ps": _NAMED,
    "/v1/models": _LISTED,
    "/api/v0/models": _LISTED,
    "/readyz": Reply(200, b"OK", {"content-type": "text/plain"}),
}

_HEALTH = {
    "llamacpp": Reply(200, b'{"status":"ok"}', _JSON),
    "vllm": Reply(200, b"", {"content-type": "text/plain"}),
}
"""`/health`, which two kinds of server answer differently."""


def healthy(dialect: str, path: str) -> Reply:
    """What a server of that kind that runs answers at `path`."""
    if path == "/health" and dialect in _HEALTH:
        return _HEALTH[dialect]
    return _ANSWERS.get(path, Reply(404))
