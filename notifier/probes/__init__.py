"""Front doors: what an answer or silence proves, with a key or without. Asks nobody."""

from collections.abc import Mapping

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.probes.answer import Answer
from notifier.probes.anthropic import ANTHROPIC
from notifier.probes.clock import ahead
from notifier.probes.cohere import COHERE
from notifier.probes.elevenlabs import ELEVENLABS
from notifier.probes.github import GITHUB
from notifier.probes.google import GOOGLE
from notifier.probes.huggingface import HUGGING_FACE
from notifier.probes.ollama import OLLAMA
from notifier.probes.openai import OPENAI
from notifier.probes.plain import ANYBODY, CHALLENGE, PLAIN
from notifier.probes.reference import reference
from notifier.probes.request import deep_body
from notifier.probes.rule import Dialect, first
from notifier.probes.stranger import malformed, stranger
from notifier.probes.waiting import retry_after

__all__ = [
    "DIALECTS",
    "Answer",
    "ahead",
    "deep_body",
    "read",
    "read_deep",
    "read_keyed",
    "reference",
    "retry_after",
    "silent",
]

DIALECTS: Mapping[str, Dialect] = {
    "plain": PLAIN,
    "openai": OPENAI,
    "anthropic": ANTHROPIC,
    "google": GOOGLE,
    "github": GITHUB,
    "cohere": COHERE,
    "huggingface": HUGGING_FACE,
    "elevenlabs": ELEVENLABS,
    "ollama": OLLAMA,
}

_SILENCES: Mapping[FailureKind, str] = {
    FailureKind.RESET: "the front door cuts the connection, or something on the way does",
    FailureKind.TIMEOUT: "the front door does not answer in time, or something on the way is slow",
}
"""Silences that speak of trouble over there, if a control answers meanwhile."""


def read(dialect: str, answer: Answer) -> Reading | Failure:
    """What a front door's answer proves. An unknown `dialect` is read as `plain`."""
    spoken = DIALECTS.get(dialect, PLAIN)
    failure = stranger(answer, data=spoken.data)
    if failure is not None:
        return failure
    return first((*CHALLENGE, *spoken.rules, *ANYBODY), answer) or malformed(answer)


def read_keyed(dialect: str, answer: Answer) -> Reading | Failure:
    """What the answer to the free call with the person's key proves.

    Only a whole listing proves that the key is accepted; `answer` must hold all of its body.
    """
    from notifier.probes import account  # whoever has no key does without: not loaded before

    spoken = DIALECTS.get(dialect, PLAIN)
    return account.read(spoken, answer, spoken.listing, "your key is accepted and the API answers")


def read_deep(dialect: str, answer: Answer) -> Reading | Failure:
    """What the answer to the smallest real request (`deep_body`) proves."""
    from notifier.probes import account

    spoken = DIALECTS.get(dialect, PLAIN)
    return account.read(spoken, answer, spoken.deep, "a real request was answered")


def silent(kind: FailureKind, detail: str, stage: Stage) -> Reading | Failure:
    """What it proves that a front door said nothing.

    A cut connection or none in time is *does not answer*, which still has to be confirmed while a
    control answers; anything else may as well be this computer's own trouble.
    """
    proves = _SILENCES.get(kind)
    if proves is None:
        return Failure(kind, detail)
    return Reading(Says.FAILING, stage, detail, proves, silence=kind)
