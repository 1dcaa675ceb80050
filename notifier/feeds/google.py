"""Google's dashboards: Workspace (the Gemini app and NotebookLM among it) and Cloud, one schema.

Seen: incidents.json of both, all of whose incidents had ended. Written from a description
(feeds.md 1.9): products.json, and what an incident looks like while it is open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from notifier.feeds import incident
from notifier.feeds.memory import remembered
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
    body_of,
    decode,
    moment,
    newest,
    pieces,
    plain,
    unknown,
)
from notifier.model.health import Health, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

TITLE = "Google Workspace and Google Cloud"
ORIGIN = Origin.IN_PART

WORKSPACE = "https://www.google.com/appsstatus/dashboard"
CLOUD = "https://status.cloud.google.com"

_DASHBOARD = re.compile(r"(/appsstatus/dashboard)/.*$")


def plans(url: str) -> tuple[Plan, ...]:
    """The incidents, and the list of products: without it a product that is well is not named."""
    page = _DASHBOARD.sub(r"\1", base(url))
    return (
        Plan(
            "dashboard",
            (
                Want("incidents", f"{page}/incidents.json"),
                Want("products", f"{page}/products.json"),
            ),
        ),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a dashboard says; the plan `incidents` reads an incidents.json somebody kept.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    stories = tuple(map(_story, pieces(body_of(bodies, "incidents"))))
    match plan:
        case "dashboard":
            products = _products(body_of(bodies, "products"))
            return _report(stories, {one.id: _title(one) for one in products}, complete=True)
        case "incidents":
            if not stories:
                raise Unreadable("The document lists nothing, so it is not clear what it is.")
            named = {part.id: part.name for one in stories for part in one.incident.parts}
            return _report(stories, named, complete=False)
        case _:
            raise Unreadable(f"Google's dashboards have no documents called “{plan}”.")


# -- the documents ---------------------------------------------------------------------------


class Product(msgspec.Struct, frozen=True):
    """`products[]` and `affected_products[]`. Titles change; the id does not."""

    id: str
    title: str
    current_title: str | None = None


class _Products(msgspec.Struct, frozen=True):
    products: tuple[Product, ...]


class _Update(msgspec.Struct, frozen=True):
    """`updates[]`, newest first, and `most_recent_update`. `text` is Markdown."""

    status: str
    text: str | None = None
    when: str | None = None
    created: str | None = None


class _Event(msgspec.Struct, frozen=True):
    """One incident. It is open as long as it has no `end`; an end that is no time ends nothing.

    `status_impact` is the worst while it lasted and says nothing of now; what `modified` says
    moves weeks later, when a report is appended.
    """

    id: str
    begin: str
    status_impact: str
    most_recent_update: _Update
    external_desc: str = ""
    end: str | None = None
    severity: str | None = None
    updates: tuple[_Update, ...] = ()
    affected_products: tuple[Product, ...] = ()
    currently_affected_locations: list[object] | msgspec.UnsetType = msgspec.UNSET


def _products(body: bytes) -> tuple[Product, ...]:
    """The products; a dashboard without any is none.

    Raises:
        Unreadable: it is not that.
    """
    products = decode(body, _Products).products
    if not products:
        raise Unreadable("The list of products is empty.")
    return products


def _title(product: Product) -> str:
    return plain(product.current_title or product.title, LINE)


# -- what they say ---------------------------------------------------------------------------

_STATES: Mapping[str, Health] = {
    "AVAILABLE": Health.OPERATIONAL,
    "SERVICE_INFORMATION": Health.OPERATIONAL,
    "SERVICE_DISRUPTION": Health.DEGRADED,
    "SERVICE_OUTAGE": Health.MAJOR_OUTAGE,
}

_SEVERITIES = ("low", "medium", "high")


def _state(event: _Event, word: str) -> Health:
    """What a status means, by the severity declared beside it."""
    state = _STATES.get(word, Health.UNKNOWN)
    if word == "SERVICE_DISRUPTION" and event.severity == "high":
        return Health.PARTIAL_OUTAGE
    if word == "SERVICE_INFORMATION" and event.severity != "low":
        return Health.DEGRADED
    return state


@dataclass(frozen=True, slots=True)
class _Story:
    """What an incident amounts to; `placed` is whether it has places, `odd` notes of its words."""

    incident: Incident
    placed: bool
    odd: tuple[str, ...]


@remembered  # a dashboard tells the same of what is over for weeks
def _story(piece: bytes) -> _Story:
    event = decode(piece, _Event)
    placed = event.currently_affected_locations is not msgspec.UNSET
    return _Story(_incident(event, CLOUD if placed else WORKSPACE), placed, _odd(event))


def _report(stories: tuple[_Story, ...], names: Mapping[str, str], *, complete: bool) -> Report:
    """The dashboard: its products, each well unless an open incident says otherwise."""
    home, name = _whose(stories, names)
    told = tuple(one.incident for one in stories)
    states = _states(told)
    return Report(
        engine="google",
        name=name,
        home=home,
        indicator=_said_of_no_product(told),
        parts=tuple(_parts(names, states, told)),
        incidents=told,
        as_of=newest(*(one.updated_at for one in told)),
        complete=complete,
        notes=tuple(dict.fromkeys(note for one in stories for note in one.odd)),
    )


def _whose(stories: tuple[_Story, ...], names: Mapping[str, str]) -> tuple[str, str]:
    """Address and name. Both dashboards have one schema; only Cloud's incidents have places.

    Without an incident the products tell: Workspace always has Gmail among them.
    """
    placed = any(one.placed for one in stories)
    cloud = placed if stories else "Gmail" not in names.values()
    return (CLOUD, "Google Cloud") if cloud else (WORKSPACE, "Google Workspace")


def _states(told: Iterable[Incident]) -> Mapping[str, Health]:
    said: dict[str, list[Health]] = defaultdict(list)
    for one in told:
        for part in one.parts:
            said[part.id].append(one.floor)
    return {id_: worst(states) for id_, states in said.items()}


def _said_of_no_product(told: Iterable[Incident]) -> Health:
    """An open incident that names no product may concern any."""
    return worst((Health.OPERATIONAL, *(one.floor for one in told if not one.parts)))


def _parts(
    names: Mapping[str, str], states: Mapping[str, Health], told: Iterable[Incident]
) -> Iterator[Part]:
    """The products; one that only an open incident names comes last."""
    listed = {plain(id_, ID): name for id_, name in names.items()}
    also = {part.id: part.name for one in told if one.open for part in one.parts}
    for id_, name in (listed | {new: also[new] for new in also if new not in listed}).items():
        yield Part(id_, name, states.get(id_, Health.OPERATIONAL))


def _odd(event: _Event) -> tuple[str, ...]:
    """A note for each word of an open incident that is none of the vendor's."""
    if moment(event.end) is not None:
        return ()
    return (
        *unknown("incident status", (event.most_recent_update.status,), _STATES),
        *unknown("severity", (event.severity or "",), dict.fromkeys(_SEVERITIES)),
    )


def _incident(event: _Event, home: str) -> Incident:
    """One incident. The vendor has no phases: what is available again is being watched."""
    ended = moment(event.end)
    over = ended is not None
    word = event.most_recent_update.status
    now = Health.OPERATIONAL if over else _state(event, word)
    updates = incident.newest_first(_update(one) for one in event.updates)
    return Incident(
        id=plain(event.id, ID),
        title=_heading(event),
        phase=_phase(word, over=over),
        impact=_state(event, event.status_impact),
        floor=now,
        parts=tuple(PartName(plain(one.id, ID), _title(one)) for one in event.affected_products),
        started_at=moment(event.begin),
        updated_at=ended or newest(_when(event.most_recent_update), moment(event.begin)),
        resolved_at=ended,
        url=f"{home}/incidents/{event.id}" if event.id.isalnum() and event.id.isascii() else None,
        updates=updates,
    )


def _phase(word: str, *, over: bool) -> Phase:
    if over:
        return Phase.RESOLVED
    return Phase.MONITORING if word == "AVAILABLE" else Phase.INVESTIGATING


def _when(update: _Update) -> datetime | None:
    return moment(update.when) or moment(update.created)


def _update(update: _Update) -> Update:
    over = Phase.RESOLVED if update.status == "AVAILABLE" else None
    return Update(_when(update), over, plain(_unmarked(update.text or ""), TEXT))


# -- Markdown --------------------------------------------------------------------------------

_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{1,500}\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)([^\n]{1,300}?)(?<=\S)\1")
_HEAD = re.compile(r"^[ \t]{0,3}(?:#{1,6}|>)[ \t]+", re.MULTILINE)
_TITLE = re.compile(r"^(?:Title|Summary|Description)$", re.IGNORECASE)


def _unmarked(text: str) -> str:
    """Markdown as a person would read it: links by their names, no stars, no hashes."""
    text = text[: TEXT * 4]
    return _HEAD.sub("", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)))


def _heading(event: _Event) -> str:
    """The first line of the description that is none of its headings."""
    return _first_line(event.external_desc) or _names(event)


def _first_line(text: str) -> str:
    lines = plain(_unmarked(text), TEXT).split("\n")
    said = (line.removeprefix("Summary: ").removeprefix("Title: ") for line in lines)
    return plain(next((line for line in said if line and not _TITLE.match(line)), ""), LINE)


def _names(event: _Event) -> str:
    return plain(", ".join(_title(one) for one in event.affected_products), LINE)
