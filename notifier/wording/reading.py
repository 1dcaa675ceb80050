"""What is said of one feed: its state, its parts, how fresh it is; and of a page looked for."""

from collections.abc import Sequence
from datetime import timedelta

from notifier.model.health import Health
from notifier.model.observation import Incident, Part, Report
from notifier.wording import window
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.times import listed

PARTS, INCIDENTS, MAINTENANCE = "Parts", "Incidents", "Maintenance"
PART, ID, STATE, TRIED, PAGES = "Part", "Id", "State", "Tried", "Pages"

_SAME_YEAR = timedelta(days=300)
"""A day and a month name only one day so near to it."""


def title(report: Report, health: Health, say: Say) -> str:
    """Who speaks, and what they state."""
    name = report.name or report.home or report.engine
    return say("{name}: {state}", name=name, state=window.state(health, say))


def as_of(report: Report, glance: Glance) -> str:
    """How old it is by its own word, and what kind of page it is."""
    say = glance.say
    time = glance.time(report.as_of)
    if report.as_of is not None and abs(glance.at.utc - report.as_of) > _SAME_YEAR:
        time = say("{time} {year}", time=time, year=str(report.as_of.year))
    facts = [
        say("as of {time}", time=time) if time else say("does not say of when it is"),
        report.engine,
        report.home,
    ]
    return " · ".join(fact for fact in facts if fact)


def stale(report: Report, glance: Glance) -> str:
    """That it ought to have been renewed."""
    until = glance.time(report.fresh_until)
    return glance.say(
        "It ought to have been renewed by {until}; what it says may not hold any more.",
        until=until,
    )


def incomplete(say: Say) -> str:
    """That parts may be missing without meaning anything."""
    return say("This document may not name every part of the page.")


def unreadable(where: str, say: Say) -> str:
    """That nothing can be said of what was to be read."""
    return say("{where}: unknown, because it cannot be read", where=where)


def part_name(part: Part, say: Say) -> str:
    """A part under its group."""
    if not part.group:
        return part.name
    return say("{group}: {part}", group=part.group, part=part.name)


def rest(count: int, say: Say, *, others: bool) -> str:
    """How many parts are well, beside those that are not."""
    if others:
        return say.plural("{count} more part is well", "{count} more parts are well", count)
    return say.plural("The one part is well", "All {count} parts are well", count)


def uncounted(count: int, say: Say) -> str:
    """How many more of something there are than are shown."""
    return say("and {count} more", count=count)


def over(count: int, say: Say) -> str:
    """How many incidents of the document have ended."""
    return say.plural("{count} that is over", "{count} that are over", count)


def latest(incident: Incident, glance: Glance) -> str:
    """The latest thing the vendor said of an incident; empty where they said nothing."""
    if not incident.updates:
        return ""
    update = incident.updates[0]
    head = window.update_head(update, glance)
    return glance.say("{head}: {text}", head=head, text=update.text) if head else update.text


# -- a page that is looked for ----------------------------------------------------------------


def found(name: str, url: str, engine: str, say: Say) -> str:
    """Which kind of page it is."""
    return say("{name} is a page of the kind “{engine}”", name=name or url, engine=engine)


def nothing_found(url: str, say: Say) -> str:
    """That it is none of the known kinds, or could not be asked."""
    return say("No status page was recognised at {url}", url=url)


def several_at(url: str, say: Say) -> str:
    """That it leads to more than one page."""
    return say("{url} leads to more than one status page", url=url)


def several(say: Say) -> str:
    """What to do about that."""
    return say("Choose the one you mean: notifier add URL, with its address.")


def how_to_add(url: str, known: Sequence[str], say: Say) -> str:
    """How to watch it: by the catalogue's ids where it knows the page, else by its address."""
    if not known:
        return say("Watch it: notifier add {url}", url=url)
    if len(known) == 1:
        return say("The catalogue knows it. Watch it: notifier add {id}", id=known[0])
    ids = listed(known, say, most=6)
    return say("The catalogue knows it. Watch what you use of it: notifier add ID ({ids})", ids=ids)


def unlooked(why: str, say: Say) -> str:
    """That the page is of a known kind, but could not be read just now."""
    return say("Its parts could not be read: {why}", why=why)
