"""Looking at a model server on this computer: its documents one after another, and nobody else's.

It is never asked through a proxy, and never where another user listens in its place.
"""

from urllib.parse import urlsplit

from notifier.model.observation import Failure, FailureKind, Reading
from notifier.model.service import ProbeSource
from notifier.probes import Answer, local
from notifier.watch.proxies import on_this_computer
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask


async def look(source: ProbeSource, visit: Visit) -> Reading | Failure:
    """What the server says of itself; raises NoAnswer."""
    if not on_this_computer(_host(source.url)):
        detail = f"{visit.progress.host} is not this computer, so no local server is asked there."
        return Failure(FailureKind.NOT_OURS, detail)
    answers: dict[str, Answer] = {}
    while isinstance(step := local.step(source.dialect, source.url, answers), local.Want):
        reply = await visit.once(Ask(step.url, local=True))
        headers = {name.lower(): value for name, value in reply.headers.items()}
        answers[step.name] = Answer(reply.status, headers, reply.body, reply.seconds)
    return step


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
