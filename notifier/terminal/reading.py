"""One feed as a sheet: what it states, which parts are not well, what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notifier.model.health import Health
from notifier.model.observation import Incident, Maintenance, MaintenancePhase, Part, Report
from notifier.model.picture import Lamp
from notifier.terminal.sheet import Line, Section, Sheet
from notifier.view.lamp import BY_STATE
from notifier.wording import reading as said
from notifier.wording import window
from notifier.wording.glance import Glance
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.feeds.recognise import Found, Tried

_MOST_PARTS = 30
_MOST_INCIDENTS = 8
_MOST_PLANNED = 5


def feed(report: Report, health: Health, glance: Glance, *, stale: bool) -> Sheet:
    """What a feed says, worst first; what is well is only counted."""
    say = glance.say
    under = [said.as_of(report, glance)]
    if stale:
        under.append(said.stale(report, glance))
    if not report.complete:
        under.append(said.incomplete(say))
    return Sheet(
        lamp=BY_STATE[health],
        title=said.title(report, health, say),
        under=tuple(under),
        sections=(
            Section(say(said.PARTS), _parts(report, say)),
            Section(say(said.INCIDENTS), _incidents(report, glance)),
            Section(say(said.MAINTENANCE), _maintenance(report, glance)),
        ),
    )


def unreadable(where: str, problem: str, say: Say) -> Sheet:
    """That nothing can be said of it, and why."""
    return Sheet(Lamp.BLIND, said.unreadable(where, say), (problem,))


def _parts(report: Report, say: Say) -> tuple[Line, ...]:
    """The parts that are not well, in the page's own order, and a count of the rest."""
    wrong = [part for part in report.parts if part.health is not Health.OPERATIONAL]
    lines = [_part(part, say) for part in wrong[:_MOST_PARTS]]
    if more := len(wrong) - len(lines):
        lines.append(Line(said.uncounted(more, say)))
    if fine := len(report.parts) - len(wrong):
        lines.append(Line(said.rest(fine, say, others=bool(wrong)), lamp=Lamp.CLEAR))
    return tuple(lines)


def _part(part: Part, say: Say) -> Line:
    name, state = said.part_name(part, say), window.state(part.health, say)
    return Line(name, state, BY_STATE[part.health])


def _incidents(report: Report, glance: Glance) -> tuple[Line, ...]:
    """The open ones with the latest word on each, and a count of those that are over."""
    going_on = [one for one in report.incidents if one.open]
    lines = [_incident(one, glance) for one in going_on[:_MOST_INCIDENTS]]
    if more := len(going_on) - len(lines):
        lines.append(Line(said.uncounted(more, glance.say)))
    if over := len(report.incidents) - len(going_on):
        lines.append(Line(said.over(over, glance.say)))
    return tuple(lines)


def _incident(incident: Incident, glance: Glance) -> Line:
    below = (window.incident_facts(incident, glance), said.latest(incident, glance))
    under = tuple(one for one in below if one)
    return Line(incident.title, lamp=BY_STATE[incident.floor], under=under)


def _maintenance(report: Report, glance: Glance) -> tuple[Line, ...]:
    """What is planned or under way."""
    coming = [one for one in report.maintenance if one.phase is not MaintenancePhase.COMPLETED]
    lines = [_planned(one, glance) for one in coming[:_MOST_PLANNED]]
    if more := len(coming) - len(lines):
        lines.append(Line(said.uncounted(more, glance.say)))
    return tuple(lines)


def _planned(one: Maintenance, glance: Glance) -> Line:
    lamp = Lamp.MAINTENANCE if one.under_way else Lamp.EMPTY
    return Line(one.title, lamp=lamp, under=(window.maintenance_facts(one, glance),))


# -- a page that was looked for ---------------------------------------------------------------


def components(
    report: Report, health: Health, title: str, under: tuple[str, ...], say: Say
) -> Sheet:
    """Every part of a page, under its group, with its id and state."""
    groups: dict[str | None, list[Line]] = {}
    for part in report.parts:
        lamp = BY_STATE[part.health]
        state = window.state(part.health, say)
        more = f"{state} · {part.id}" if part.id else state
        groups.setdefault(part.group, []).append(Line(part.name, more, lamp))
    sections = tuple(
        Section(group or say(said.PARTS), tuple(lines)) for group, lines in groups.items()
    )
    return Sheet(BY_STATE[health], title, under, sections)


def several(title: str, found: tuple[Found, ...], say: Say) -> Sheet:
    """That more than one page fits, which they are, and how to choose."""
    lines = tuple(Line(one.name or one.url, f"{one.engine} · {one.url}") for one in found)
    return Sheet(Lamp.BLIND, title, (said.several(say),), (Section(say(said.PAGES), lines),))


def nothing(title: str, why: str, tried: tuple[Tried, ...], say: Say) -> Sheet:
    """That no page was recognised, and what was tried."""
    lines = tuple(Line(one.url, one.came) for one in tried)
    return Sheet(Lamp.BLIND, title, (why,), (Section(say(said.TRIED), lines),))
