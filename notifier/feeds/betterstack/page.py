"""Better Stack's document to a report. Fetches nothing, judges nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from notifier.feeds import incident
from notifier.feeds.betterstack.document import (
    AUTOMATIC,
    LASTS,
    RESOLVED,
    STATES,
    TYPES,
    UNWATCHED,
    Affected,
    Document,
    PageAttributes,
    Resource,
    Section,
    StatusReport,
    StatusUpdate,
    those,
)
from notifier.feeds.shape import ID, LINE, TEXT, link, moment, newest, plain, unknown
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    PartName,
    Phase,
    Report,
    Update,
)

Resources = Mapping[str, Resource]
Timelines = Mapping[str, tuple[Update, ...]]


def report(document: Document) -> Report:
    """What the page says."""
    page = document.data.attributes
    sections = dict(those(document.included, "status_page_section", Section))
    resources = dict(those(document.included, "status_page_resource", Resource))
    reports = dict(those(document.included, "status_report", StatusReport))
    timelines = _timelines(those(document.included, "status_update", StatusUpdate))
    home = _home(page)
    wrong = {id_: one for id_, one in reports.items() if one.report_type != "maintenance"}
    told = tuple(
        _incident(id_, one, resources, timelines, home)
        for id_, one in wrong.items()
        if not _over_at_once(one)
    )
    return Report(
        engine="betterstack",
        name=plain(page.company_name or "", LINE),
        home=home,
        indicator=STATES.get(page.aggregate_state, Health.UNKNOWN),
        parts=tuple(_parts(resources, sections)),
        incidents=told,
        maintenance=tuple(
            _maintenance(id_, one, resources, page, home)
            for id_, one in reports.items()
            if id_ not in wrong
        ),
        as_of=newest(moment(page.updated_at), *(one.updated_at for one in told)),
        monitors=True,
        notes=tuple(_notes(document, resources.values(), wrong.values())),
    )


def _home(page: PageAttributes) -> str:
    host = page.custom_domain or (f"{page.subdomain}.betteruptime.com" if page.subdomain else "")
    return (link(f"https://{host}") or "").rstrip("/") if host else ""


def _notes(
    document: Document, resources: Iterable[Resource], reports: Iterable[StatusReport]
) -> Iterator[str]:
    """A note for each word of the page that is none of the vendor's."""
    of_parts, of_reports = {*STATES, UNWATCHED}, {*STATES, RESOLVED}
    types = {one.type for one in document.included}
    yield from unknown("page state", {document.data.attributes.aggregate_state}, STATES)
    yield from unknown("part status", {one.status for one in resources}, dict.fromkeys(of_parts))
    yield from unknown(
        "report state", {one.aggregate_state for one in reports}, dict.fromkeys(of_reports)
    )
    yield from unknown("type", types, dict.fromkeys(TYPES))


# -- parts -----------------------------------------------------------------------------------


def _parts(resources: Resources, sections: Mapping[str, Section]) -> Iterator[Part]:
    """The resources in the page's own order: by section, then by place within it."""

    def place(id_: str) -> tuple[float, float]:
        section = sections.get(str(resources[id_].status_page_section_id))
        return (section.position or 0 if section else 0), resources[id_].position or 0

    for id_ in sorted(resources, key=place):
        one = resources[id_]
        group = None if one.status_page_section_id is None else str(one.status_page_section_id)
        section = sections.get(group or "")
        yield Part(
            plain(id_, ID),
            plain(one.public_name, LINE),
            STATES.get(one.status, Health.UNKNOWN),
            (plain(section.name or "", LINE) or None) if section else None,
            None if group is None else plain(group, ID),
            watched=one.status != UNWATCHED,
        )


# -- reports ---------------------------------------------------------------------------------


def _timelines(updates: Iterable[tuple[str, StatusUpdate]]) -> Timelines:
    """By the id of a report, what was written to it, newest first."""
    found: dict[str, list[Update]] = defaultdict(list)
    for _, one in updates:
        update = Update(moment(one.published_at), None, plain(one.message or "", TEXT))
        found[str(one.status_report_id)].append(update)
    return {id_: incident.newest_first(entries) for id_, entries in found.items()}


def _over_at_once(one: StatusReport) -> bool:
    """Whether a monitor reported it by itself and took it back within a minute: no outage."""
    started, ended = moment(one.starts_at), moment(one.ends_at)
    if one.report_type != AUTOMATIC or started is None or ended is None:
        return False
    return ended - started < LASTS


def _incident(
    id_: str, one: StatusReport, resources: Resources, timelines: Timelines, home: str
) -> Incident:
    """One incident. The vendor has no phases: it goes on, or it is over."""
    ended = moment(one.ends_at)
    over = ended is not None or one.aggregate_state == RESOLVED
    worst = STATES.get(one.aggregate_state, Health.UNKNOWN)
    updates = timelines.get(id_, ())
    started, parts = moment(one.starts_at), _named(one.affected_resources, resources)
    return Incident(
        id=plain(id_, ID),
        title=_title(one, parts),
        phase=Phase.RESOLVED if over else Phase.INVESTIGATING,
        impact=Health.OPERATIONAL if one.aggregate_state == RESOLVED else worst,
        floor=Health.OPERATIONAL if over else worst,
        parts=parts,
        started_at=started,
        updated_at=newest(started, ended, *(update.at for update in updates)),
        resolved_at=ended,
        url=_address(id_, home),
        updates=updates,
    )


def _maintenance(
    id_: str, one: StatusReport, resources: Resources, page: PageAttributes, home: str
) -> Maintenance:
    """One maintenance. Its end is planned beforehand, so it ends nothing."""
    parts = _named(one.affected_resources, resources)
    return Maintenance(
        id=plain(id_, ID),
        title=_title(one, parts),
        phase=_phase(one, resources, page),
        parts=parts,
        starts_at=moment(one.starts_at),
        ends_at=moment(one.ends_at),
        url=_address(id_, home),
    )


def _phase(one: StatusReport, resources: Resources, page: PageAttributes) -> MaintenancePhase:
    """Where it stands: nothing says so but what it touches, or the page where it names nothing."""
    if one.aggregate_state == RESOLVED:
        return MaintenancePhase.COMPLETED
    ids = [str(affected.status_page_resource_id) for affected in one.affected_resources]
    now = [resources[id_].status for id_ in ids if id_ in resources] or [page.aggregate_state]
    return MaintenancePhase.IN_PROGRESS if "maintenance" in now else MaintenancePhase.SCHEDULED


def _named(affected: Iterable[Affected], resources: Resources) -> tuple[PartName, ...]:
    """The parts a report touches; those that are well again stay in its list, as resolved."""
    ids = [str(one.status_page_resource_id) for one in affected if one.status != RESOLVED]
    return tuple(
        PartName(
            plain(id_, ID), plain(resources[id_].public_name, LINE) if id_ in resources else ""
        )
        for id_ in ids
    )


def _title(one: StatusReport, parts: Iterable[PartName]) -> str:
    """Its title; what its monitors report by themselves may have none."""
    return plain(one.title or ", ".join(part.name for part in parts), LINE) or "Service issue"


def _address(id_: str, home: str) -> str | None:
    return f"{home}/incident/{id_}" if home and id_.isdecimal() and id_.isascii() else None
