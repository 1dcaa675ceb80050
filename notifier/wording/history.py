"""What is said of the past: how long a tool was well, what its page told, what was told here."""

from notifier.model.health import Health
from notifier.model.past import Past, TimeLooked
from notifier.model.record import IncidentSeen
from notifier.model.verdict import Override, Word
from notifier.wording import window
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.times import duration, listed

TOOLS, INCIDENTS, NOTICES = "Tools", "Incidents", "Notices"

_HOUR = 3600.0


def title(past: Past, glance: Glance) -> str:
    """From when until when is looked back."""
    say = glance.say
    if (since := past.since) > past.until:
        return say("Nothing was looked at since {since}", since=glance.time(since))
    return say("What was seen and told since {since}", since=glance.time(since))


def gone_by(past: Past, glance: Glance) -> str:
    """Where nothing is running: until when it was."""
    until = glance.time(past.until)
    return glance.say("AI Notifier is not running; it last was at {until}.", until=until)


def never(say: Say) -> str:
    """There is no history yet."""
    return say("Nothing has been kept yet: AI Notifier has not watched anything here.")


def unreadable(where: str, say: Say) -> str:
    """There is one, and it cannot be read."""
    return say(
        "The history ({where}) cannot be read. `notifier doctor` says what is wrong with it.",
        where=where,
    )


def empty(say: Say) -> str:
    """Nothing happened in that time."""
    return say("Nothing was seen failing, and nothing was told.")


def uptime(one: TimeLooked, say: Say) -> str:
    """How much of the time looked a tool was well: "99.2 % of the 143 h looked".

    Rounded down, so that only what never failed is 100 %.
    """
    if one.looked_s < 1:
        return say("not looked at in that time")
    share = int(one.well_s / one.looked_s * 1000) / 10
    return say("{share} % of the {time} looked", share=f"{share:g}", time=_time(one.looked_s, say))


def _time(length: float, say: Say) -> str:
    if length < 2 * _HOUR:
        return duration(length, say)
    return say("{count} h", count=int(length // _HOUR))


def incident_title(seen: IncidentSeen, say: Say) -> str:
    """An incident by its title; the vendor may have left it empty."""
    return seen.incident.title or say("An incident without a title")


def incident_facts(seen: IncidentSeen, page: str, glance: Glance) -> str:
    """When it was, where it stands, which page told of it."""
    say, incident = glance.say, seen.incident
    begins, ends = glance.time(incident.started_at), glance.time(incident.resolved_at)
    if begins and ends:
        when = say("{begins} to {ends}", begins=begins, ends=ends)
    elif begins:
        when = say("since {begins}", begins=begins) if incident.open else begins
    else:
        when = say("last seen {time}", time=glance.time(seen.at))
    facts = [when, window.phase(incident.phase, say), page]
    if incident.parts:
        facts.append(listed([part.name for part in incident.parts], say, most=4))
    return " · ".join(fact for fact in facts if fact)


def incident_health(seen: IncidentSeen) -> Health:
    """How it counts now: what is over counts no more."""
    return seen.incident.floor if seen.incident.open else Health.OPERATIONAL


_WORDS = {Override.BROKEN: "{name} is broken for you", Override.WORKS: "{name} works for you"}


def word(given: Word, name: str, say: Say) -> str:
    """What the person said of a tool."""
    return say(_WORDS[given.override], name=name)


def more(count: int, say: Say) -> str:
    """How many lines are not shown."""
    return say("and {count} more; `--json` has them all", count=count)
