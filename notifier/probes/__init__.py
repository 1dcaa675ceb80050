"""Front doors that answer without a key: what an answer, or silence, proves. Asks nobody."""

from collections.abc import Mapping

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.web_page import is_web_page
from notifier.probes.answer import Answer
from notifier.probes.anthropic import ANTHROPIC
from notifier.probes.github import GITHUB
from notifier.probes.openai import OPENAI
from notifier.probes.plain import ANYBODY, CHALLENGE, PLAIN
from notifier.probes.reference import reference
from notifier.probes.rule import Dialect, first
from notifier.probes.waiting import retry_after

__all__ = ["DIALECTS", "Answer", "read", "reference", "retry_after", "silent"]

DIALECTS: Mapping[str, Dialect] = {
    "plain": PLAIN,
    "openai": OPENAI,
    "anthropic": ANTHROPIC,
    "github": GITHUB,
}

_SILENCES: Mapping[FailureKind, str] = {
    FailureKind.RESET: "the front door cuts the connection, or something on the way does",
    FailureKind.TIMEOUT: "the front door does not answer in time, or something on the way is slow",
}
"""Silences that speak of trouble over there, if a control answers meanwhile."""


def read(dialect: str, answer: Answer) -> Reading | Failure:
    """What a front door's answer proves. An unknown `dialect` is read as `plain`."""
    spoken = DIALECTS.get(dialect, PLAIN)
    stranger = _stranger(answer, spoken)
    if stranger is not None:
        return stranger
    return first((*CHALLENGE, *spoken.rules, *ANYBODY), answer) or _malformed(answer)


def read_keyed(dialect: str, answer: Answer) -> Reading | Failure:
    """What the listing call made with the person's own key proves about service and account."""
    return read(dialect, answer)


def read_deep(dialect: str, answer: Answer) -> Reading | Failure:
    """What the smallest real call proves."""
    return read(dialect, answer)


def deep_body(dialect: str, model: str) -> bytes:
    """The smallest real call of `dialect` to `model`, as JSON."""
    del dialect
    return f'{{"model":"{model}"}}'.encode()


def _stranger(answer: Answer, spoken: Dialect) -> Failure | None:
    """The failure of an answer that somebody else on the way must have given."""
    if answer.status == 407:
        detail = "The proxy wants a password before it lets us through."
        return Failure(FailureKind.PROXY, detail, status=407)
    # Nobody who speaks https sends people back to plain http; a network's login page does.
    target = answer.headers.get("location", "").strip().lower()
    if 300 <= answer.status < 400 and target.startswith("http://"):
        detail = "The answer sends us to another place: this network may want you to sign in."
        return Failure(FailureKind.REDIRECTED, detail, status=answer.status)
    page = spoken.data and 200 <= answer.status < 300 and is_web_page(answer.body)
    if answer.status == 511 or page:
        detail = "A web page came instead of data: this network may want you to sign in."
        return Failure(FailureKind.WEB_PAGE, detail, status=answer.status)
    return None


def _malformed(answer: Answer) -> Failure:
    detail = f"{answer.detail}: that is no answer HTTP knows."
    return Failure(FailureKind.HTTP, detail, status=answer.status)


def silent(kind: FailureKind, detail: str, stage: Stage) -> Reading | Failure:
    """What it proves that a front door said nothing.

    A cut connection or none in time is *does not answer*, which still has to be confirmed while a
    control answers; anything else may as well be this computer's own trouble.
    """
    proves = _SILENCES.get(kind)
    if proves is None:
        return Failure(kind, detail)
    return Reading(Says.FAILING, stage, detail, proves)
