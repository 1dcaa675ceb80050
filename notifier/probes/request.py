"""The smallest real request of a dialect, for the deep check a person asks for; sends nothing."""

import json
from collections.abc import Callable, Mapping

_WORD = "Hi"
"""All that is said: two or three tokens, and one is asked for."""

_Body = dict[str, object]


def _chat(model: str) -> _Body:
    return {"model": model, "messages": [{"role": "user", "content": _WORD}], "max_tokens": 1}


def _google(_model: str) -> _Body:
    """The model stands in the address."""
    said = [{"role": "user", "parts": [{"text": _WORD}]}]
    return {"contents": said, "generationConfig": {"maxOutputTokens": 1}}


def _ollama(model: str) -> _Body:
    return {"model": model, "prompt": _WORD, "stream": False, "options": {"num_predict": 1}}


_BODIES: Mapping[str, Callable[[str], _Body]] = {
    "openai": _chat,
    "anthropic": _chat,
    "google": _google,
    "ollama": _ollama,
}


def deep_body(dialect: str, model: str) -> bytes:
    """The JSON of the smallest request to `model` that is really answered, by one token.

    Raises:
        KeyError: in this dialect nothing can be asked for.
    """
    return json.dumps(_BODIES[dialect](model)).encode()
