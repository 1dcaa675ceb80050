"""Model servers on this computer: which documents to ask for, and what they prove. Asks nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.service import host_of
from notifier.probes.answer import Answer
from notifier.probes.local.kinds import SERVERS
from notifier.probes.local.models import Models, talker

__all__ = ["SERVERS", "Want", "silent", "step"]


@dataclass(frozen=True, slots=True)
class Want:
    """A document to ask for next."""

    name: str
    url: str


def step(dialect: str, url: str, answers: Mapping[str, Answer]) -> Want | Reading | Failure:
    """What to ask the server at `url` next, or what the answers so far prove.

    `answers` are those to earlier wants, by their names. Nothing more is wanted of a program that
    is not the one it should be.
    """
    found = _models(dialect, url, answers)
    if not isinstance(found, Models):
        return found
    proves = "the server answers and lists its models"
    return Reading(
        Says.ALIVE,
        Stage.PRODUCT,
        str(found),
        proves,
        200,
        models=found.loaded or (),
        able=found.able,
        talker=talker(found.ids),
    )


def _models(
    dialect: str, url: str, answers: Mapping[str, Answer]
) -> Want | Models | Reading | Failure:
    server = SERVERS.get(dialect)
    if server is None:
        detail = f"Nobody knows how to ask a model server of the kind “{dialect}”."
        return Failure(FailureKind.UNREADABLE, detail)
    said: dict[str, object] = {}
    for document in server.documents:
        answer = answers.get(document.path)
        if answer is None:
            return Want(document.path, _at(url, document.path))
        ended = document.end(answer, server.name, host_of(url))
        if ended is not None:
            return ended
        if (found := document.said(answer)) is not None:
            said[document.path] = found
    return server.models(said)


def _at(url: str, path: str) -> str:
    return f"{url.partition('://')[0]}://{host_of(url)}{path}"


_SILENCES: Mapping[FailureKind, str] = {
    FailureKind.RESET: "the server cuts the connection",
    FailureKind.TIMEOUT: "the server does not answer in time",
}
"""Silences of a program that runs: nothing lies between it and us."""


def silent(kind: FailureKind, detail: str, stage: Stage) -> Reading | Failure:
    """What it proves that a local server said nothing; one that is refused does not run."""
    proves = _SILENCES.get(kind)
    if proves is None:
        return Failure(kind, detail)
    return Reading(Says.FAILING, stage, detail, proves)
