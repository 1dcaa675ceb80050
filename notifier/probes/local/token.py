"""One real token of a model on this computer: what to ask for it, and what an answer proves.

It costs nothing but the computer's own work, and is asked for on a person's own word only. Asks
nobody.
"""

from dataclasses import dataclass

from notifier.model.observation import Failure, FailureKind
from notifier.model.service import host_of
from notifier.probes.answer import Answer
from notifier.probes.ollama import OLLAMA
from notifier.probes.openai import OPENAI
from notifier.probes.request import deep_body
from notifier.probes.rule import Dialect
from notifier.probes.shape import shaped


@dataclass(frozen=True, slots=True)
class _Way:
    """The path of a server's own smallest call, the dialect of its body and of its answer."""

    path: str
    body: str
    spoken: Dialect


_OWN = {"ollama": _Way("/api/generate", "ollama", OLLAMA)}
"""Ollama API reference, *Generate a completion*."""

_LIKE_OPENAI = _Way("/v1/chat/completions", "openai", OPENAI)
"""OpenAI API reference, *Create chat completion*, which all others speak."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request for one token: where it goes, and its body of JSON."""

    url: str
    body: bytes


def prompt(dialect: str, url: str, model: str) -> Prompt:
    """The smallest request for `model` to the server at `url`."""
    way = _OWN.get(dialect, _LIKE_OPENAI)
    there = f"{url.partition('://')[0]}://{host_of(url)}{way.path}"
    return Prompt(there, deep_body(way.body, model))


def refused(dialect: str, answer: Answer) -> Failure | None:
    """Why an answer is no token; None where it is one."""
    way = _OWN.get(dialect, _LIKE_OPENAI)
    whole = way.spoken.deep
    if answer.status == 200 and whole is not None and shaped(answer.body, whole) is not None:
        return None
    return Failure(FailureKind.HTTP, _why(answer), status=answer.status)


def _why(answer: Answer) -> str:
    """Never in the server's own words: they may hold anything."""
    if answer.status == 200:
        return "The model answered with something that is no answer."
    if answer.status in (401, 403):
        return "The server asks for a key before a model answers."
    if answer.status == 404:
        return "The server does not have the model it has named."
    if answer.status == 503:
        return "The server is not ready yet, or has too much to do."
    return f"The server answered HTTP {answer.status} and no token."
