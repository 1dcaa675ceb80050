"""What the main window says around the verdict: whose turn it is, evidence, parts, incidents."""

from notifier.model.address import opened_host
from notifier.model.board import Link
from notifier.model.health import Health, well
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Phase,
    Says,
    Update,
)
from notifier.model.picture import Picture, Row, ShownExclusion, ShownFallback, ShownPart
from notifier.model.service import host_of
from notifier.model.verdict import Cause, Confidence, Evidence, EvidenceKind, Override, Whose
from notifier.wording import times
from notifier.wording.glance import Glance
from notifier.wording.say import Say

STATES = {
    Health.OPERATIONAL: "operational",
    Health.MAINTENANCE: "in maintenance",
    Health.UNKNOWN: "unknown",
    Health.DEGRADED: "degraded",
    Health.PARTIAL_OUTAGE: "partial outage",
    Health.MAJOR_OUTAGE: "major outage",
}

_PHASES = {
    Phase.INVESTIGATING: "Investigating",
    Phase.IDENTIFIED: "Cause found",
    Phase.MONITORING: "Fixed, being watched",
    Phase.RESOLVED: "Resolved",
    Phase.POSTMORTEM: "Explained afterwards",
}

_MAINTENANCE = {
    MaintenancePhase.SCHEDULED: "planned",
    MaintenancePhase.IN_PROGRESS: "under way",
    MaintenancePhase.VERIFYING: "being checked",
    MaintenancePhase.COMPLETED: "done",
}

KINDS = {
    EvidenceKind.PAGE: "Status page",
    EvidenceKind.UPSTREAM: "What it runs on",
    EvidenceKind.PROBE: "Front door",
    EvidenceKind.KEY: "Your key",
    EvidenceKind.REFERENCE: "Neutral site",
    EvidenceKind.LOCAL: "This computer",
    EvidenceKind.PERSON: "You",
}

_ANSWERS = {
    Says.REACHABLE.value: "can be reached",
    Says.ALIVE.value: "answers",
    Says.LIMITED.value: "answers, and asks us to come less often",
    Says.ACCOUNT.value: "refuses the account",
    Says.OVERLOADED.value: "says it is overloaded",
    Says.FAILING.value: "does not answer as it should",
    "unreadable": "could not be read",
    "stale": "has not been renewed",
    **{state.value: words for state, words in STATES.items()},
}

# Whose turn it is, where the cause decides; `Whose` alone decides the rest.
_BY_CAUSE = {
    Cause.OFFLINE: "It is you: this computer is offline.",
    Cause.CAPTIVE_PORTAL: "It is the network you are in: it wants you to sign in first.",
    Cause.DNS: "It is your network: it finds no names.",
    Cause.PROXY: "It is your network: its proxy does not let us through.",
    Cause.TLS_INTERCEPTION: "It is your network: something in it opens sealed connections.",
    Cause.CLOCK: "It is this computer: its clock is wrong.",
    Cause.ROUTE: "It is the way there: a VPN or a firewall, for this one service.",
    Cause.NOT_RUNNING: "It is this computer: the program is not running.",
    Cause.MIXED: "What we see does not agree yet.",
}


_OVERRIDES = {
    Override.BROKEN: "You said it is broken for you. That holds until they say something new.",
    Override.WORKS: "You said it works for you. That holds until they say something new.",
}


def whose(picture: Picture, row: Row, say: Say) -> str:
    """Who has to act, in one sentence: the answer to "is it them, or me?"."""
    verdict = row.verdict
    if verdict.cause in _BY_CAUSE:
        return say(_BY_CAUSE[verdict.cause])
    match verdict.whose:
        case Whose.THEM:
            return _theirs(picture, row, say)
        case Whose.YOU:
            return say("It is on your side.")
        case Whose.ACCOUNT:
            return say("It is your account, not an outage.")
        case Whose.UNCLEAR if verdict.cause is None:
            return say("Whether it works cannot be told while nobody looks.")
        case Whose.UNCLEAR:
            return say("Whose turn it is cannot be told yet.")
        case Whose.NONE:
            return _nobodys(picture, row, say)


def _theirs(picture: Picture, row: Row, say: Say) -> str:
    sure = row.verdict.confidence is Confidence.CONFIRMED
    if picture.connection.link is not Link.ONLINE:
        return say("It is them.") if sure else say("It looks like them.")
    if sure:
        return say("It is them; your network is fine.")
    return say("It looks like them; your network is fine.")


def _nobodys(picture: Picture, row: Row, say: Say) -> str:
    if row.verdict.health is Health.MAINTENANCE:
        return say("It is them, and it is planned.")
    if picture.connection.link is Link.ONLINE:
        return say("Nothing is wrong that can be seen from here; your network is fine.")
    return say("Nothing is wrong that can be seen from here.")


def row_line(row: Row, glance: Glance) -> str:
    """The second line of a service in the list: its state, and how old that is.

    While it is us who are cut off nothing is read anew; the page tells when it last was.
    """
    age = glance.age(row.checked)
    if not age or row.verdict.whose is Whose.YOU:
        return row.state_words
    if row.verdict.health is Health.UNKNOWN:
        return glance.say("{state} · last read {age}", state=row.state_words, age=age)
    return glance.say("{state} · {age}", state=row.state_words, age=age)


def row_sentence(row: Row, glance: Glance) -> str:
    """A service of the list as it is read aloud."""
    say, age = glance.say, glance.age(row.checked)
    told = say("{name}: {state}.", name=row.service.name, state=row.state_words)
    if not age:
        seen = say("Not checked yet.")
    elif row.verdict.health is Health.UNKNOWN:
        seen = say("Last read {age}.", age=age)
    else:
        seen = say("Checked {age}.", age=age)
    return say("{told} {summary} {seen}", told=told, summary=row.summary, seen=seen)


def seen(row: Row, glance: Glance) -> str:
    """Beside the name on a service's page: its state, since when, how old that is."""
    say = glance.say
    facts = [state(row.verdict.health, say)]
    if row.since is not None and not well(row.verdict.health):
        facts.append(say("since {time}", time=glance.time(row.since)))
    age = glance.age(row.checked)
    if not age:
        facts.append(say("not checked yet"))
    elif row.verdict.health is Health.UNKNOWN:
        facts.append(say("last read {age}", age=age))
    else:
        facts.append(say("checked {age}", age=age))
    return " · ".join(facts)


def said(evidence: Evidence, say: Say) -> str:
    """Who was asked and what was said."""
    words = _ANSWERS.get(evidence.says)
    says = evidence.says if words is None else say(words)
    if evidence.kind is EvidenceKind.UPSTREAM:
        says = say("{name}, {state}", name=evidence.detail, state=says)
    return say("{kind}: {says}", kind=say(KINDS[evidence.kind]), says=says)


def proof(evidence: Evidence, glance: Glance) -> str:
    """Where it was asked, in what detail, how old, and what that proves."""
    say = glance.say
    named = evidence.kind is EvidenceKind.UPSTREAM  # `said` names it
    facts = [evidence.id, "" if named else evidence.detail.rstrip(".")]
    # A front door's detail names its own latency ("HTTP 401 in 95 ms").
    if evidence.latency is not None and evidence.stage is None:
        facts.append(times.latency(evidence.latency, say))
    facts.append(glance.age(evidence.at))
    if evidence.proves:
        facts.append(say("proves: {what}", what=evidence.proves))
    if evidence.contradicts:
        facts.append(say("speaks against it"))
    return " · ".join(fact for fact in facts if fact)


def part_sentence(shown: ShownPart, say: Say) -> str:
    """A part of the page as it is read aloud."""
    return say("{part}: {state}.", part=part_name(shown, say), state=state(shown.part.health, say))


def part_name(shown: ShownPart, say: Say) -> str:
    """A part under its group."""
    if not shown.part.group:
        return shown.part.name
    return say("{group}: {part}", group=shown.part.group, part=shown.part.name)


def state(health: Health, say: Say) -> str:
    """A state in a word or two."""
    return say(STATES[health])


def phase(stands: Phase, say: Say) -> str:
    """Where the vendor says an incident stands."""
    return say(_PHASES[stands])


def incident_facts(incident: Incident, glance: Glance) -> str:
    """Under an incident's title: where it stands, since when, what it touches."""
    say = glance.say
    facts = [say(_PHASES[incident.phase])]
    if incident.started_at is not None:
        facts.append(say("since {time}", time=glance.time(incident.started_at)))
    if incident.parts:
        facts.append(_touched(incident, say))
    return " · ".join(facts)


_MOST_NAMED = 8
"""Parts that are named one by one: an event may touch a hundred services."""


def _touched(incident: Incident, say: Say) -> str:
    """What it touches, each name once: services of one name may stand in many regions."""
    names = tuple(dict.fromkeys(part.name for part in incident.parts))
    if len(names) > _MOST_NAMED:
        return times.listed(names, say, most=_MOST_NAMED)
    return ", ".join(names)


def where_to_read(incident: Incident, say: Say) -> str:
    """The link to the vendor's own account: it names the host it opens; empty where there is none.

    The name is the one browsers look up, so that letters that look alike do not deceive.
    """
    host = None if incident.url is None else opened_host(incident.url)
    return "" if host is None else say("Read it on {host}", host=host)


def open_page(url: str, say: Say) -> str:
    """The link to a service's status page, by the host it opens."""
    return say("Open {host}", host=opened_host(url) or host_of(url))


def update_head(update: Update, glance: Glance) -> str:
    """Over an entry of the vendor's: when, and where they say it stands."""
    facts = [glance.time(update.at)]
    if update.phase is not None:
        facts.append(glance.say(_PHASES[update.phase]))
    return " · ".join(fact for fact in facts if fact)


def maintenance_facts(planned: Maintenance, glance: Glance) -> str:
    """Under a maintenance's title: where it stands, from when until when."""
    say, begins, ends = glance.say, glance.time(planned.starts_at), glance.time(planned.ends_at)
    facts = [say(_MAINTENANCE[planned.phase])]
    if begins and ends:
        facts.append(say("{begins} to {ends}", begins=begins, ends=ends))
    elif begins:
        facts.append(say("from {begins}", begins=begins))
    return " · ".join(facts)


def reasons(fallback: ShownFallback) -> str:
    """Why an alternative is offered."""
    return " · ".join(fallback.why)


HAVE_ACCOUNT = "I have an account there"
ACCOUNT_NOTED = "Noted"


def exclusion_sentence(excluded: ShownExclusion, say: Say) -> str:
    """Why an alternative is not offered."""
    return say("{name}: {why}", name=excluded.name, why=excluded.why)


def said_by_you(row: Row, glance: Glance) -> str:
    """What the person answered, and what that changes."""
    say, quiet_until = glance.say, row.snoozed_until
    said = [] if row.override is None else [say(_OVERRIDES[row.override])]
    if quiet_until is not None and quiet_until > glance.at.utc:
        time = glance.time(quiet_until)
        said.append(say("Quiet until {time}; its end is told all the same.", time=time))
    elif row.acknowledged:
        said.append(say("Got it: updates are quiet, its end is told all the same."))
    return " ".join(said)


def paused(picture: Picture, glance: Glance) -> str:
    """The line about a pause; empty while there is none."""
    until = picture.paused_until
    if until is None or until <= glance.at.utc:
        return ""
    return glance.say("Paused until {time}: nothing is told.", time=glance.time(until))


def owed(count: int, say: Say) -> str:
    """The line about notices that nothing on this desktop would show."""
    return say.plural(
        "{count} notice could not be shown: this desktop has nothing that shows notices.",
        "{count} notices could not be shown: this desktop has nothing that shows notices.",
        count,
    )


def complaints(count: int, say: Say) -> str:
    """Over what is wrong in the settings."""
    return say.plural(
        "One thing in your settings could not be used.",
        "{count} things in your settings could not be used.",
        count,
    )
