"""The proof of an outage: dated plain text that keeps apart what was seen here and what was stated.

Nothing is claimed that the dossier does not hold. It goes to others: no key, no path and no name
of the person's own machine or network stands in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from notifier import __version__
from notifier.model.address import told_to_others
from notifier.model.dossier import Dossier, Spell
from notifier.model.health import Health
from notifier.model.observation import Incident, Update
from notifier.model.service import Service
from notifier.model.trace import LastOutage
from notifier.wording import sink, window
from notifier.wording.dated import Dated, dated, offset
from notifier.wording.glance import Glance
from notifier.wording.observed import BELOW, observed
from notifier.wording.say import Say
from notifier.wording.verdicts import speaker

COPIED = "Copied"

MOST_UPDATES = 12
MOST_TEXT = 300
"""Characters of one entry of the vendor's."""

_UTC = "UTC"
"""A name of a zone that says its offset itself."""

ABOUT = timedelta(minutes=5)
"""Between the last sight of it and the first that it is over: what is longer is told."""

_WHAT = {
    Health.MAJOR_OUTAGE: "{name}: unavailable {when} ({zone}).",
    Health.PARTIAL_OUTAGE: "{name}: partly unavailable {when} ({zone}).",
    Health.DEGRADED: "{name}: impaired {when} ({zone}).",
}
_REPORTED = {
    Health.MAJOR_OUTAGE: "{vendor} reports {name} as unavailable {when} ({zone}).",
    Health.PARTIAL_OUTAGE: "{vendor} reports {name} as partly unavailable {when} ({zone}).",
    Health.DEGRADED: "{vendor} reports {name} as impaired {when} ({zone}).",
}
"""Where nothing of it was seen from here: this line may be quoted alone."""

_SEEN = {
    Health.MAJOR_OUTAGE: "{name}: not answering this computer as it should {when} ({zone}).",
    Health.PARTIAL_OUTAGE: "{name}: not answering this computer as it should {when} ({zone}).",
    Health.DEGRADED: "{name}: slow or overloaded for this computer {when} ({zone}).",
}
"""Where it was seen from here alone, which is no more than that."""

_WELL = frozenset({Health.OPERATIONAL.value, Health.MAINTENANCE.value})


@dataclass(frozen=True, slots=True)
class Copied:
    """When and where a proof is made: the person's zone, and its name where that is known.

    A rehearsal's says that nothing of it happened.
    """

    at: datetime
    zone: tzinfo
    zone_name: str | None
    rehearsal: bool = False


def proof(found: Dossier, service: Service, copied: Copied, say: Say) -> str:
    """The whole text, lines ending as Python ends them, with one at the end."""
    times = dated(found.began, found.closed or found.until, copied.zone, say)
    named = copied.zone_name or offset(found.began, copied.zone, say)
    vendor = speaker(service)
    lines = [
        *([say("Rehearsal: nothing of this has happened.")] if copied.rehearsal else []),
        say(
            _claims(found)[found.worst],
            name=service.name,
            vendor=vendor,
            when=_when(found, times),
            zone=named,
        ),
        *_by_whom(found, vendor, service, say),
        "",
        say("Observed here"),
        *(f"- {line}" for line in observed(found, service, times)),
        "",
        say("Stated by {vendor}", vendor=vendor),
        *_stated(found, service, times),
        "",
        _made(copied, say),
    ]
    return "\n".join(lines) + "\n"


def nothing(name: str, say: Say) -> str:
    """There is nothing to prove."""
    return say("No outage of {name} was ever written down here.", name=name)


def offer(last: LastOutage, glance: Glance) -> str:
    """Beside the button: of which outage, and what is copied."""
    say = glance.say
    if last.ended is None:
        return say("This outage as dated text: what was seen here, and what they stated.")
    return say(
        "The outage that ended {time}, as dated text: what was seen here, and what they stated.",
        time=glance.time(last.ended),
    )


# -- the sentence that is quoted ---------------------------------------------------------------


def _when(found: Dossier, times: Dated) -> str:
    """From when to when; an end that was not seen is not made up, nor that it goes on."""
    say, begins = times.say, times.whole(found.began)
    last, seen = found.last_trouble, found.closed or found.until
    lately, ends = last is None or seen - last <= ABOUT, times.time(seen)
    if found.closed is None:
        if found.watched and lately:
            return say("from {begins}, going on at {time}", begins=begins, time=ends)
        until = ends if last is None else times.time(last)
        return say("from {begins} until {until} at least", begins=begins, until=until)
    if last is not None and not lately:
        return say(
            "from {begins} to some time between {last} and {ends}",
            begins=begins,
            last=times.time(last),
            ends=ends,
        )
    return say("from {begins} to {ends}", begins=begins, ends=ends)


def _claims(found: Dossier) -> Mapping[Health, str]:
    if found.seen and not found.said:
        return _SEEN
    return _REPORTED if found.said and not found.seen else _WHAT


def _by_whom(found: Dossier, vendor: str, service: Service, say: Say) -> Iterator[str]:
    if found.seen and found.said:
        yield say("Seen from this computer, and stated by {vendor}.", vendor=vendor)
    elif found.seen and service.page is None:
        yield say("No status page of it is read.")
    elif found.seen:
        yield say("{vendor}'s page was not seen to state it.", vendor=vendor)
    elif found.said:
        yield say("Nothing of it was observed from this computer.")


# -- what the vendor stated --------------------------------------------------------------------


def _stated(found: Dossier, service: Service, times: Dated) -> Iterator[str]:
    if service.page is None:
        yield _item(times.say("Nothing: no status page of it is read."))
        return
    name = _page(service, times.say)
    yield _item(BELOW.join(_page_said(found, name, times)))
    for incident in found.incidents:
        yield from _incident(incident, times)


def _page(service: Service, say: Say) -> str:
    address = told_to_others(service.page.url) if service.page is not None else ""
    return say("Status page ({address})", address=address) if address else say("Status page")


def _page_said(found: Dossier, name: str, times: Dated) -> Iterator[str]:
    say, said = times.say, found.said
    if said:
        yield say("{name}: {what}.", name=name, what=_states(said, times))
        yield from _no_more(found, said[-1], times)
        return
    read = [spell for spell in found.stated if spell.state in _WELL]
    if not read:
        yield say("{name}: nothing; it was not read.", name=name)
        return
    yield say.plural(
        "{name}: no problem reported, as read here {count} time, last at {time}.",
        "{name}: no problem reported, as read here {count} times, last at {time}.",
        sum(spell.looks for spell in read) or 1,
        name=name,
        time=times.time(read[-1].seen_until),
    )


def _states(said: tuple[Spell, ...], times: Dated) -> str:
    """Each state with the times of the first and the last reading of it."""
    say = times.say
    return "; ".join(
        say(
            "{state}, as read here from {begins} to {ends}",
            state=window.state(Health(spell.state), say),
            begins=times.time(spell.began),
            ends=times.time(spell.seen_until),
        )
        for spell in said
    )


def _no_more(found: Dossier, last: Spell, times: Dated) -> Iterator[str]:
    """That it was read to be over; or that it could not be read any more."""
    after = [spell for spell in found.stated if spell.began > last.began]
    if after and after[-1].state in _WELL:
        time = times.time(after[-1].began)
        yield times.say("No problem any more, as read here at {time}.", time=time)
    elif after:
        yield times.say("Then it could not be read.")


def _incident(incident: Incident, times: Dated) -> Iterator[str]:
    say = times.say
    title = sink.line(incident.title) or say("An incident without a title")
    address = told_to_others(incident.url or "")
    named = (
        say("“{title}” ({address})", title=title, address=address)
        if address
        else say("“{title}”", title=title)
    )
    yield _item(say("{named}: {facts}.", named=named, facts="; ".join(_facts(incident, times))))
    kept = incident.updates[:MOST_UPDATES]
    if older := len(incident.updates) - len(kept):
        yield f"  {say.plural('{count} earlier entry', '{count} earlier entries', older)}"
    for update in reversed(kept):
        yield f"  {_update(update, times)}"


def _facts(incident: Incident, times: Dated) -> Iterator[str]:
    """When it was by their own account, and where it stood when it was last read."""
    say = times.say
    if incident.started_at is not None:
        yield say("begun {time}", time=times.time(incident.started_at))
    if incident.resolved_at is not None and not incident.open:
        yield say("resolved {time}", time=times.time(incident.resolved_at))
    yield say("when last read: {phase}", phase=window.phase(incident.phase, say))


def _update(update: Update, times: Dated) -> str:
    """One entry, in one line whatever was written: it can fake no line of ours."""
    say = times.say
    head = [times.time(update.at)] if update.at is not None else []
    head += [window.phase(update.phase, say)] if update.phase is not None else []
    text = sink.line(update.text, MOST_TEXT)
    return say("{head}: {text}", head=" ".join(head), text=text) if head else text


def _item(line: str) -> str:
    return f"- {line}"


def _made(copied: Copied, say: Say) -> str:
    times = Dated(copied.at, copied.zone, say)
    ahead, name = offset(copied.at, copied.zone, say), copied.zone_name
    zone = say("{name}, {ahead}", name=name, ahead=ahead) if name not in (None, _UTC) else ""
    return say(
        "Copied from AI Notifier {version} on {time} ({zone}).",
        version=__version__,
        time=times.whole(copied.at),
        zone=zone or name or ahead,
    )
