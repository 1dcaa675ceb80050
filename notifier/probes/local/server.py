"""How a kind of local model server is known, and what its documents say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.web_page import is_web_page
from notifier.probes.answer import Answer
from notifier.probes.local.models import Models

Read = Callable[[bytes], object | None]
"""Reads a body; None where it is not the document it should be."""

Said = Mapping[str, object]
"""What the documents of a server say, by their paths; those it does not have are missing."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a server at `path`, known by what `read` makes of it.

    Without one that is `required` it is another program. A 503 that `loading` can read says that a
    model is still being loaded. Where `fails`, any 5xx is trouble of a server already known.
    """

    path: str
    read: Read
    required: bool = True
    loading: Read | None = None
    fails: bool = False

    def said(self, answer: Answer) -> object | None:
        """What the document says; None where this is not it."""
        return self.read(answer.body) if answer.status == 200 else None

    def end(self, answer: Answer, name: str, host: str) -> Reading | Failure | None:
        """What is known already, and no more is to be asked; None where it goes on."""
        if self.said(answer) is not None:
            return None
        if answer.status == 503 and self.loading is not None and self.loading(answer.body):
            proves = "the server answers and is not ready yet"
            return Reading(
                Says.ALIVE, Stage.PRODUCT, "loading a model", proves, answer.status, ready=False
            )
        if self.fails and 500 <= answer.status < 600:
            proves = "the server answers, its engine does not"
            return Reading(Says.FAILING, Stage.PRODUCT, answer.detail, proves, answer.status)
        return _stranger(answer, name, host) if self.required else None


def _stranger(answer: Answer, name: str, host: str) -> Failure:
    """The failure of an answer by which a server cannot be known."""
    if answer.status in (401, 403) and not is_web_page(answer.body):
        detail = f"The server at {host} asks for a key before it says what it is."
        return Failure(FailureKind.UNAUTHORISED, detail, status=answer.status)
    detail = f"What answers at {host} is not {name}."
    return Failure(FailureKind.UNREADABLE, detail, status=answer.status)


@dataclass(frozen=True, slots=True)
class Server:
    """A kind of server: its name, its documents in the order they are asked for, its models."""

    name: str
    documents: tuple[Document, ...]
    models: Callable[[Said], Models]
