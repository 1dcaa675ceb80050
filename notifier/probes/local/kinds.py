"""Model servers people run themselves: their documents and what these say."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

import msgspec

from notifier.model.web_page import is_web_page
from notifier.probes.local.models import Models, names
from notifier.probes.local.server import Document, Read, Said, Server
from notifier.probes.shape import shaped

_A_WORD = 64
"""Bytes of the longest body that only says "ready"."""


def _json(kind: type) -> Read:
    return partial(shaped, kind=kind)


def _nothing(body: bytes) -> object | None:
    return None if body else True


def _word(body: bytes) -> object | None:
    return None if len(body) > _A_WORD or is_web_page(body) else True


# -- Ollama ----------------------------------------------------------------------------------


class _Version(msgspec.Struct):
    version: str


class _Named(msgspec.Struct):
    name: str


class _Tags(msgspec.Struct):
    models: tuple[_Named, ...] | None


def _of_ollama(said: Said) -> Models:
    running, installed = said.get("/api/ps"), said["/api/tags"]
    up, there = _tags(running) if running is not None else [], _tags(installed)
    return Models(names(up) if running is not None else None, len(there), (*up, *there))


def _tags(said: Any) -> list[str]:
    return [model.name for model in said.models or ()]


# -- those that speak as OpenAI does ---------------------------------------------------------


class _Card(msgspec.Struct):
    id: str
    state: str = ""


class _Listing(msgspec.Struct):
    object: Literal["list"]
    data: tuple[_Card, ...] | None


_LISTED = "/v1/models"
_LISTING = _json(_Listing)


def _ids(said: Any) -> list[str]:
    return [card.id for card in said.data or ()]


def _all_loaded(said: Said) -> Models:
    """Of servers that offer only what they have loaded."""
    ids = _ids(said[_LISTED])
    return Models(names(ids), ids=tuple(ids))


def _untold(said: Said) -> Models:
    """Of a page in front of servers, which keeps their models to itself."""
    del said
    return Models()


def _all_installed(said: Said) -> Models:
    """Of servers that offer what they have, and load it when it is asked for."""
    ids = _ids(said[_LISTED])
    return Models(None, len(ids), tuple(ids))


def _of_lm_studio(said: Said) -> Models:
    """`/v1/models` lists what is loaded, or all there is; only its own document tells which."""
    own: Any = said.get("/api/v0/models")
    if own is None:
        return _all_loaded(said)
    cards = own.data or ()
    up = [card.id for card in cards if card.state == "loaded"]
    return Models(names(up), len(cards), (*up, *(card.id for card in cards)))


class _Ok(msgspec.Struct):
    status: Literal["ok"]


class _Up(msgspec.Struct):
    status: Literal[True]


class _StillLoading(msgspec.Struct):
    message: Literal["Loading model"]


class _Loading(msgspec.Struct):
    error: _StillLoading


SERVERS: Mapping[str, Server] = {
    "ollama": Server(
        "Ollama",
        (
            Document("/api/version", _json(_Version)),
            Document("/api/tags", _json(_Tags)),
            Document("/api/ps", _json(_Tags), required=False),
        ),
        _of_ollama,
    ),
    "lmstudio": Server(
        "LM Studio",
        (
            Document(_LISTED, _LISTING),
            Document("/api/v0/models", _LISTING, required=False),
        ),
        _of_lm_studio,
    ),
    "llamacpp": Server(
        "a llama.cpp server",
        (
            Document("/health", _json(_Ok), loading=_json(_Loading)),
            Document(_LISTED, _LISTING, loading=_json(_Loading)),
        ),
        _all_loaded,
    ),
    "vllm": Server(
        "a vLLM server",
        # It takes no requests before the model is loaded; its health is that of its engine.
        (Document(_LISTED, _LISTING), Document("/health", _nothing, fails=True)),
        _all_loaded,
    ),
    "jan": Server("Jan", (Document(_LISTED, _LISTING),), _all_installed),
    "localai": Server(
        "LocalAI",
        (Document(_LISTED, _LISTING), Document("/readyz", _word, loading=_word)),
        _all_installed,
    ),
    "gpt4all": Server("GPT4All", (Document(_LISTED, _LISTING),), _all_installed),
    "textgen": Server("the text generation web UI", (Document(_LISTED, _LISTING),), _all_installed),
    # Which models it has it tells only those who are signed in.
    "openwebui": Server("Open WebUI", (Document("/health", _json(_Up)),), _untold),
}
"""Dialect -> kind of server."""
