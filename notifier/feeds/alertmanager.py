"""Prometheus Alertmanager: the alerts that fire, each an incident of the part its labels name.

Seen: alerts active and suppressed, in a capture and in a real Alertmanager (0.25) that the tests
start, silence and calm; one whose cluster settles. Written from its API's description: an alert
that is not yet processed.

A part is the label `service`, else `job`, else the name of the alert; parts are known only while
something fires. Whoever wants less than all watches an address with a filter, such as
`https://alerts.example.edu/api/v2/alerts?filter=team="web"`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notifier.feeds.memory import remembered
from notifier.feeds.plan import Origin, Plan, Want, address, base
from notifier.feeds.shape import (
    ID,
    LINE,
    TEXT,
    Unreadable,
    body_of,
    document,
    link,
    moment,
    newest,
    plain,
    shaped,
    unknown,
)
from notifier.model.health import Health, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

TITLE = "Prometheus Alertmanager"
ORIGIN = Origin.SEEN

_FIRING = "active=true&silenced=false&inhibited=false"
_FILTERS = ("filter=", "receiver=")
"""What narrows a list of alerts down, of the questions its address may hold."""

_OF_ITSELF = ("cluster", "versionInfo", "uptime")
"""The members of `/api/v2/status` that are read; the one beside them is `config`."""


def plans(url: str) -> tuple[Plan, ...]:
    """What fires, and what this Alertmanager says of itself, else what fires alone.

    That nothing fires is an empty list, as anybody may send one: it takes the second document to
    know that an Alertmanager sent it. Where that is not shown, an empty list says nothing. That
    document also has the whole configuration, with its passwords: it is cut away as it comes.
    """
    page = base(url)
    narrowed = [
        one for one in address(url).partition("?")[2].split("&") if one.startswith(_FILTERS)
    ]
    alerts = Want("alerts", f"{page}/api/v2/alerts?{'&'.join((_FIRING, *narrowed))}")
    return (
        Plan("alerts", (alerts, Want("status", f"{page}/api/v2/status", only=_OF_ITSELF))),
        Plan("alone", (alerts,)),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What an Alertmanager says; the plan `status` reads what it says of itself alone.

    Raises:
        Unreadable: it is not its document, or an empty list alone.
    """
    match plan:
        case "alerts":
            ready = _ready(body_of(bodies, "status"))
            return _report(_alerts(body_of(bodies, "alerts")), ready)
        case "alone":
            alerts = _alerts(body_of(bodies, "alerts"))
            if not alerts:
                raise Unreadable("The document lists nothing, so it is not clear what it is.")
            return _report(alerts, "ready")
        case "status":
            return _report((), _ready(body_of(bodies, "status")), looked=False)
        case _:
            raise Unreadable(f"Alertmanager has no documents called “{plan}”.")


# -- the documents ---------------------------------------------------------------------------


class _State(msgspec.Struct, frozen=True):
    """`status` of an alert. Suppressed are those silenced, inhibited or muted at this hour."""

    state: str


class _Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One alert. `endsAt` is when it ends unless Prometheus sends it again: not over, so far."""

    fingerprint: str
    labels: dict[str, str]
    annotations: dict[str, str]
    status: _State
    begun: str = msgspec.field(name="startsAt")
    sent: str = msgspec.field(name="updatedAt")
    source: str | None = msgspec.field(name="generatorURL", default=None)


class _Group(msgspec.Struct, frozen=True):
    """One of `/api/v2/alerts/groups`: an alert stands in one for each of its receivers."""

    alerts: tuple[_Alert, ...]
    receiver: dict[str, object]


class _Cluster(msgspec.Struct, frozen=True):
    """`cluster`: `settling` until its members have told each other what they know."""

    status: str


class _Version(msgspec.Struct, frozen=True):
    """`versionInfo`."""

    version: str


class _Status(msgspec.Struct, frozen=True):
    """`/api/v2/status`."""

    cluster: _Cluster
    version: _Version = msgspec.field(name="versionInfo")
    uptime: str


def _ready(body: bytes) -> str:
    """In what state an Alertmanager says its cluster is."""
    return shaped(document(body), _Status).cluster.status


def _alerts(body: bytes) -> tuple[_Alert, ...]:
    """The alerts of a list, or of groups somebody kept; each once."""
    tree = document(body)
    if isinstance(tree, list) and any(isinstance(one, dict) and "alerts" in one for one in tree):
        listed = [one for group in shaped(tree, tuple[_Group, ...]) for one in group.alerts]
    else:
        listed = [*shaped(tree, tuple[_Alert, ...])]
    return tuple({one.fingerprint: one for one in listed}.values())


# -- what they say ---------------------------------------------------------------------------

# As they stand: what a template made of nothing is `None`, and no `none`.
SEVERITIES: Mapping[str, Health] = {
    "critical": Health.MAJOR_OUTAGE,
    "page": Health.MAJOR_OUTAGE,  # Prometheus' own examples
    "warning": Health.DEGRADED,
    "": Health.DEGRADED,  # without a word for how bad, somebody still wanted to hear of it
    "info": Health.OPERATIONAL,
    "none": Health.OPERATIONAL,  # the watchdog of kube-prometheus, which always fires
}

STATES = ("active", "suppressed", "unprocessed")

CLUSTERS: Mapping[str, Health] = {
    "ready": Health.OPERATIONAL,
    "disabled": Health.OPERATIONAL,  # it stands alone
    "settling": Health.UNKNOWN,
}

_PART_LABELS = ("service", "job", "alertname")


def _report(alerts: Iterable[_Alert], cluster: str, *, looked: bool = True) -> Report:
    """What fires. Nothing does, as far as an Alertmanager that is ready knows, where none is told.

    An Alertmanager whose alerts nobody `looked` at says nothing good.
    """
    firing = [one for one in alerts if one.status.state != "suppressed"]
    told = tuple(map(_incident, firing))
    return Report(
        engine="alertmanager",
        name="Alertmanager",
        home="",
        indicator=CLUSTERS.get(cluster, Health.UNKNOWN) if looked else Health.UNKNOWN,
        parts=tuple(_parts(told)),
        incidents=told,
        as_of=newest(*(moment(one.sent) for one in firing)),
        complete=False,
        notes=(
            *unknown("severity", map(_severity, firing), SEVERITIES),
            *unknown("state", (one.status.state for one in firing), dict.fromkeys(STATES)),
            *unknown("cluster status", (cluster,), CLUSTERS),
        ),
    )


def _severity(alert: _Alert) -> str:
    return alert.labels.get("severity", "")


def _health(alert: _Alert) -> Health:
    """How bad it is. Of one not yet processed nobody knows whether it is silenced."""
    if alert.status.state != "active":
        return Health.UNKNOWN
    return SEVERITIES.get(_severity(alert), Health.UNKNOWN)


def _parts(told: Iterable[Incident]) -> Iterator[Part]:
    """What something fires for, in the order of names: the list has no order of its own."""
    said: dict[PartName, list[Health]] = defaultdict(list)
    for one in told:
        for part in one.parts:
            said[part].append(one.floor)
    for part in sorted(said, key=lambda part: part.id):
        yield Part(part.id, part.name, worst(said[part]))


@remembered
def _incident(alert: _Alert) -> Incident:
    """One alert. `updatedAt` moves each time Prometheus sends it again and tells of nothing new."""
    health, begun = _health(alert), moment(alert.begun)
    labels, notes = alert.labels, alert.annotations
    text = plain(notes.get("description") or notes.get("message") or "", TEXT)
    part = next((labels[name] for name in _PART_LABELS if labels.get(name)), "alert")
    return Incident(
        id=plain(alert.fingerprint, ID),
        title=plain(notes.get("summary") or _named(labels), LINE),
        phase=Phase.INVESTIGATING,
        impact=health,
        floor=health,
        parts=(PartName(plain(part, ID), plain(part, LINE)),),
        started_at=begun,
        updated_at=begun,
        url=link(alert.source),
        updates=(Update(begun, None, text),) if text else (),
    )


def _named(labels: Mapping[str, str]) -> str:
    """An alert without a summary: its name, and where it fires."""
    name, instance = labels.get("alertname") or "alert", labels.get("instance")
    return f"{name} ({instance})" if instance else name
