"""Asking a model server on this computer: its documents one after another, or for one token.

It is never asked through a proxy, and never where another user listens in its place.
"""

from urllib.parse import urlsplit

from notifier.model.observation import Failure, FailureKind, Reading
from notifier.model.service import ProbeSource
from notifier.probes import Answer, local
from notifier.probes.local import token
from notifier.probes.local.models import names
from notifier.watch.proxies import on_this_computer
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask


async def look(source: ProbeSource, visit: Visit) -> Reading | Failure:
    """What the server says of itself; raises NoAnswer."""
    if (elsewhere := _elsewhere(source, visit)) is not None:
        return elsewhere
    answers: dict[str, Answer] = {}
    while isinstance(step := local.step(source.dialect, source.url, answers), local.Want):
        reply = await visit.once(Ask(step.url, local=True))
        headers = {name.lower(): value for name, value in reply.headers.items()}
        answers[step.name] = Answer(reply.status, headers, reply.body, reply.seconds)
    return step


async def one_token(source: ProbeSource, model: str, visit: Visit) -> Failure | None:
    """Have `model` answer one token; None where it did, else why not. Raises NoAnswer.

    The prompt leaves only once it is known that the program which takes it is the person's own.
    """
    if (elsewhere := _elsewhere(source, visit)) is not None:
        return elsewhere
    asked = token.prompt(source.dialect, source.url, model)
    reply = await visit.once(Ask(asked.url, local=True, body=asked.body))
    headers = {name.lower(): value for name, value in reply.headers.items()}
    return token.refused(source.dialect, Answer(reply.status, headers, reply.body, reply.seconds))


def shown(model: str) -> str:
    """The name of a model as a person may be shown it."""
    return next(iter(names((model,))), "its model")


def _elsewhere(source: ProbeSource, visit: Visit) -> Failure | None:
    """Why nothing is asked of `source`, where it is not on this computer."""
    if on_this_computer(_host(source.url)):
        return None
    detail = f"{visit.progress.host} is not this computer, so no local server is asked there."
    return Failure(FailureKind.NOT_OURS, detail)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
