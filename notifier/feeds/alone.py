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


_JSON = (
    Way("incident_io", "native", "summary"),
    Way("instatus", "summary", "summary"),
    Way("betterstack", "index", "index"),
    Way("rootly", "status", "status"),
    Way("flashduty", "widget", "summary"),
    Way("flashduty", "active", "summary"),
    Way("datadog", "config", "config"),
    Way("google", "incidents", "incidents"),
    Way("aws", "kept", "events"),
    Way("microsoft", "posts", "posts"),
    Way("slack", "current", "current"),
    Way("statusio", "status", "status"),
    Way("kuma", "monitors", "page"),
    Way("gatus", "statuses", "statuses"),
    Way("upptime", "summary", "summary"),
    Way("alertmanager", "alone", "alerts"),
    Way("alertmanager", "status", "status"),
    Way("healthchecks", "checks", "checks"),
    Way("healthchecks", "badge", "badge"),
    Way("cachet", "components", "components"),
    Way("cstate", "index", "index"),
    Way("heroku", "current", "current"),
    Way("salesforce", "instances", "instances"),
    Way("azure_devops", "health", "health"),
    Way("sorry", "status", "status"),
    Way("firehydrant", "payload", "payload"),
    Way("openstatus", "status", "status"),
)
_XML = (Way("xai", "feed", "feed"), Way("syndication", "feed", "feed"))
_WEB_PAGE = (
    Way("instatus", "page", "summary"),
    Way("betterstack", "page", "index"),
    Way("statuspal", "page", "page"),
    Way("incident_io", "page", "summary"),
)

_ORIGINAL = Way("statuspage", "summary", "summary")
_IMITATION = Way("incident_io", "summary", "summary")

_NEVER = Way("json", "document", "document")
"""No document says by itself that it is to be read by a person's own expressions."""

WAYS = (_ORIGINAL, _IMITATION, *_JSON, *_XML, *_WEB_PAGE, _NEVER)
"""All of them. Of those that read one kind of document, the more particular stands first."""


def read_alone(body: bytes, engine: str | None, engines: Mapping[str, str]) -> Report:
    """What one document says, by the first way that reads it.

    Raises:
        Unreadable: none does. The sentence is that of the last way tried, where an engine or a
            kind of document leaves one in question; else what is wrong with the document.
    """
    ways = tuple(_fitting(body)) if engine is None else tuple(w for w in WAYS if w.engine == engine)
    why = shape.Unreadable("This is not a document of a status page of a known kind.")
    for way in ways:
        try:
            report: Report = import_module(engines[way.engine]).read(way.plan, {way.want: body})
        except shape.Unreadable as error:
            if engine is not None or way not in _JSON:
                why = error
        else:
            return report
    raise why


def _fitting(body: bytes) -> Iterator[Way]:
    """The ways for a document of this kind.

    Raises:
        Unreadable: it is JSON, and broken.
    """
    if shape.is_web_page(body):
        return iter(_WEB_PAGE)
    if is_xml(body):
        return iter(_XML)
    tree = shape.document(body)
    head = tree if isinstance(tree, dict) else {}
    page = head.get("page")
    if not isinstance(page, dict) or "status" not in head or "id" not in page:
        return iter(_JSON)
    from notifier.feeds.incident_io.compatible import is_imitation

    return iter((_IMITATION if is_imitation(str(page.get("id"))) else _ORIGINAL,))


def is_xml(body: bytes) -> bool:
    """Whether a document begins as XML does, in whatever way it is written."""
    return body[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")
