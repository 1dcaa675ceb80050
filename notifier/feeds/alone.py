"""One document without its page: which engine's is it? By shape alone, for documents in files."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

from notifier.feeds import shape
from notifier.model.observation import Report


class Way(NamedTuple):
    """A plan of an engine that one document is enough for, and the name of that document."""

    engine: str
    plan: str
    want: str


WAYS: tuple[Way, ...] = (
    Way("incident_io", "native", "summary"),
    Way("incident_io", "summary", "summary"),
    Way("statuspage", "summary", "summary"),
)
"""In the order they are tried: who imitates another's document stands before the other."""


def read_alone(body: bytes, engine: str | None, engines: Mapping[str, str]) -> Report:
    """What one document says, by the first way that reads it.

    Raises:
        Unreadable: none does; the sentence is that of the last way tried, where there was one
            engine to try, else what is wrong with the document itself.
    """
    why: shape.Unreadable | None = None
    for way in _ways(engine):
        module = import_module(engines[way.engine])
        try:
            report: Report = module.read(way.plan, {way.want: body})
        except shape.Unreadable as error:
            why = error
        else:
            return report
    if engine is None or why is None:
        shape.document(body)  # says what is wrong where it is no document at all
        raise shape.Unreadable("This is not a document of a status page of a known kind.")
    raise why


def _ways(engine: str | None) -> Iterator[Way]:
    return (way for way in WAYS if engine in (None, way.engine))
