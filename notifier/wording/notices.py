"""What a notice says: title, body and buttons by reason, and each silence in plain words."""

from collections.abc import Mapping

from notifier.model.announcement import Action, Announcement, Reason, Silence, Subject
from notifier.model.health import Health
from notifier.model.verdict import Cause, Confidence, Verdict, Whose
from notifier.wording import digests, page_notices, sink, verdicts
from notifier.wording.findings import FINDINGS, Words
from notifier.wording.say import Say
from notifier.wording.setting import Setting
from notifier.wording.times import clock, duration, listed

MOST = 200
"""Characters of a body. Daemons cut longer ones in the middle (desktop.md 3)."""

MOST_TITLE = 80

_JUST_NOW = 90.0
"""An outage not older than so many seconds needs no "since"."""


_DOWN, _PARTLY, _SLOW = Health.MAJOR_OUTAGE, Health.PARTIAL_OUTAGE, Health.DEGRADED

_TITLES: Mapping[Reason, Words] = {
    Reason.SUSPECTED: {_SLOW: "{name} is slow here", None: "{name} does not answer here"},
    Reason.OUTAGE: {
        _DOWN: "{name} is down",
        _PARTLY: "{name} is partly down",
        None: "{name} has problems",
    },
    Reason.WORSE: {
        _DOWN: "{name} is down now",
        _PARTLY: "{name} is partly down now",
        None: "{name} has more problems now",
    },
    Reason.UPDATE: {
        _DOWN: "{name} is still down",
        _PARTLY: "{name} is still partly down",
        None: "{name} still has problems",
    },
    Reason.BETTER: {
        _PARTLY: "{name} is better, but still partly down",
        None: "{name} is better, but still has problems",
    },
    Reason.RECOVERED: {
        Health.OPERATIONAL: "{name} works again after {duration}",
        Health.MAINTENANCE: "{name} is under maintenance now, after {duration} of trouble",
        None: "The trouble with {name} is over after {duration}",
    },
    Reason.REOPENED: {
        _DOWN: "{name} is down again",
        _PARTLY: "{name} is partly down again",
        None: "{name} has problems again",
    },
    Reason.UNSTABLE: "{name} comes and goes",
    Reason.CAUSE_PUBLISHED: "{name}: they have explained the outage",
    Reason.MAINTENANCE: "{name}: maintenance ahead",
    Reason.OFFLINE: "You are offline",
    Reason.ONLINE: "You are online again",
    Reason.WHILE_AWAY: "While you were away",
    Reason.ACCOUNT: "{name}: your account needs you",
    Reason.SOURCE_MOVED: "{vendor}'s status page has moved",
    Reason.SOURCE_UNREADABLE: "{vendor}'s status page cannot be read",
}
"""By reason, and where it matters by state. `SUMMARY` counts, and has a plural of its own."""

_REPORTS: Words = {
    _DOWN: "{vendor} reports a major outage",
    _PARTLY: "{vendor} reports a partial outage",
    None: "{vendor} reports degraded performance",
}

_NOW_REPORTS: Words = {
    _DOWN: "{vendor} now reports a major outage.",
    _PARTLY: "{vendor} now reports a partial outage.",
    None: "{vendor} now reports degraded performance.",
}

_CHANGED = frozenset({Reason.WORSE, Reason.BETTER, Reason.UPDATE, Reason.REOPENED})
"""Reasons of a state younger than its outage, whose start must not be called the state's."""

_OWN_SIDE: Mapping[Cause | None, str] = {
    Cause.CAPTIVE_PORTAL: "This network wants you to sign in first",
    Cause.DNS: "This network finds no names",
    Cause.PROXY: "The proxy lets nothing through",
    Cause.TLS_INTERCEPTION: "Something in this network opens secure connections",
    Cause.CLOCK: "This computer's clock is wrong",
    Cause.ROUTE: "{name} cannot be reached from this network",
}
"""What stands between this computer and everything, or one service, by its cause."""

_ACCOUNT: Mapping[Cause | None, str] = {
    Cause.KEY_REJECTED: "{vendor} refuses your key",
    Cause.QUOTA_EXHAUSTED: "Your quota with {vendor} is used up",
    Cause.PAYMENT: "{vendor} asks for a payment",
    Cause.REGION: "{vendor} does not offer {name} where you are",
}
"""How an account is refused."""

_OF_PAGES = frozenset({Reason.SOURCE_MOVED, Reason.SOURCE_UNREADABLE})

_SIGN_IN = "Open any page in your browser and sign in to the network."

_FAILING = frozenset(
    {Reason.SUSPECTED, Reason.OUTAGE, Reason.WORSE, Reason.UPDATE, Reason.BETTER}
    | {Reason.REOPENED, Reason.UNSTABLE, Reason.SUMMARY}
)
"""Reasons that speak of a trouble still going on: these have buttons."""

_LABELS = {
    Action.FALLBACK: "Open {fallback}",
    Action.GOT_IT: "Got it",
    Action.SNOOZE: "Snooze 1 h",
    Action.TELL_ME: "Tell me when it is back",
}

_SILENCES = {
    Silence.OFFLINE: "you are offline, so nobody can tell",
    Silence.UNCONFIRMED: "seen once only; a second look decides",
    Silence.UNSETTLED: "not settled yet; told when it is",
    Silence.BASELINE: "all is well at the start, which is no news",
    Silence.NOTHING_NEW: "nothing new since you were told",
    Silence.QUIET_HOURS: "these are your quiet hours",
    Silence.LEVEL: "you asked for graver things only",
    Silence.SNOOZED: "you snoozed it",
    Silence.ACKNOWLEDGED: "you said: got it",
    Silence.PAUSED: "you paused all notices",
    Silence.CEILING: "too many notices this hour",
    Silence.NOT_CHOSEN: "you did not choose this",
    Silence.NEVER_TOLD: "you were never told it began",
    Silence.AWAY: "another session was in front; told when you are back",
    Silence.DO_NOT_DISTURB: "do not disturb is on; your desktop keeps the notice",
}


def actions(announcement: Announcement) -> tuple[Action, ...]:
    """The buttons, three at most: an alternative where there is one, else to hear of the end."""
    if not _goes_on(announcement):
        return ()
    if announcement.suggestions:
        return (Action.FALLBACK, Action.GOT_IT, Action.SNOOZE)
    first = Action.TELL_ME if announcement.nothing_left else Action.GOT_IT
    return (first, Action.SNOOZE)


def _goes_on(announcement: Announcement) -> bool:
    """Whether a trouble goes on of which it speaks."""
    digest = announcement.reason in (Reason.SUMMARY, Reason.WHILE_AWAY)
    if digest:
        return any(subject.duration is None for subject in announcement.subjects)
    return announcement.reason in _FAILING


def label(action: Action, announcement: Announcement, say: Say) -> str:
    """What a button says."""
    fallback = announcement.suggestions[0].service.name if announcement.suggestions else ""
    return say(_LABELS[action], fallback=sink.line(fallback, 24))


def silence(reason: Silence, say: Say) -> str:
    """Why somebody was not told, in plain words."""
    return say(_SILENCES[reason])


def title(announcement: Announcement, say: Say, ground: str = "") -> str:
    """The title: what happened, to what, in one line; `ground` is what all of it stands on."""
    subjects = announcement.subjects
    if _of_several(announcement):
        return sink.line(digests.title(announcement, say, ground), MOST_TITLE)
    if announcement.cause is Cause.ROUTE and len(subjects) > 1:
        return say("{count} tools cannot be reached from this network", count=len(subjects))
    if announcement.reason is Reason.MAINTENANCE and len(subjects) > 1:
        return say("Maintenance ahead for {count} of your tools", count=len(subjects))
    if announcement.reason in _OF_PAGES and (title := page_notices.title(announcement, say)):
        return sink.line(title, MOST_TITLE)
    message = _titled(announcement)
    if not subjects:
        return sink.line(say(message), MOST_TITLE)
    subject = subjects[0]
    lasted = duration(subject.duration or 0.0, say)
    elder = sink.line(announcement.elder, 30)
    return sink.line(_about(say, message, subject, duration=lasted, elder=elder), MOST_TITLE)


def _of_several(announcement: Announcement) -> bool:
    """Whether it speaks of several outages: summed up, of one cause, or over at one moment."""
    if announcement.reason in (Reason.SUMMARY, Reason.WHILE_AWAY):
        return True
    several = len(announcement.subjects) > 1
    return several and announcement.reason in (*_FAILING, Reason.RECOVERED)


def body(announcement: Announcement, say: Say, setting: Setting) -> str:
    """The body: as many of its sentences as fit, the most needed first."""
    sentences = [*_facts(announcement, say, setting), *_advice(announcement, say)]
    text = sink.line(sentences[0], MOST) if sentences else ""
    for sentence in sentences[1:]:
        if len(longer := f"{text} {sentence}") <= MOST:
            text = longer
    return text


def _titled(announcement: Announcement) -> str:
    reason, cause = announcement.reason, _cause(announcement)
    verdict = announcement.subjects[0].verdict if announcement.subjects else Verdict()
    if reason is Reason.UPDATE and announcement.elder:
        return "{name}: part of the outage of {elder}"
    if reason is Reason.UPDATE and announcement.subjects[0].word:
        return "{name}: {vendor} has news"
    if verdict.overloaded and reason in (Reason.OUTAGE, Reason.SUSPECTED):
        return "{name} is overloaded"
    if reason is Reason.RECOVERED and verdict.whose is Whose.UNCLEAR:
        return "{name} answers again after {duration}"
    by_cause = {Reason.OFFLINE: _OWN_SIDE, Reason.ACCOUNT: _ACCOUNT}.get(reason, {})
    if cause in by_cause:
        return by_cause[cause]
    return _one(_TITLES[reason], verdict.health)


def _facts(announcement: Announcement, say: Say, setting: Setting) -> list[str]:
    """What is known, as sentences."""
    match announcement.reason:
        case _ if _of_several(announcement):
            lines = digests.lines(announcement, say, setting)
            return [lines, *_rest(announcement, say), *_network(announcement, say, setting)]
        case Reason.RECOVERED:
            end = _end(announcement.subjects[0], say, setting)
            return [*end[:1], *_rest(announcement, say), *end[1:]]
        case Reason.ONLINE:
            return [say("Everything is looked at again.")]
        case Reason.OFFLINE | Reason.ACCOUNT:
            return _yours(announcement, say)
        case Reason.MAINTENANCE:
            return _planned(announcement, say, setting)
        case Reason.SOURCE_MOVED | Reason.SOURCE_UNREADABLE:
            return page_notices.body(announcement, say)
        case Reason.UNSTABLE:
            calm = say("One more notice follows when it has settled.")
            return [calm, *_network(announcement, say, setting)]
        case Reason.UPDATE:
            return [*_news(announcement, say, setting), *_network(announcement, say, setting)]
        case (
            Reason.SUSPECTED
            | Reason.OUTAGE
            | Reason.WORSE
            | Reason.SUMMARY
            | Reason.WHILE_AWAY
            | Reason.BETTER
            | Reason.REOPENED
            | Reason.CAUSE_PUBLISHED
        ):
            report = _report(announcement.reason, announcement.subjects[0], say, setting)
            return [*report[:1], *_network(announcement, say, setting), *report[1:]]


def _rest(announcement: Announcement, say: Say) -> list[str]:
    """What goes on of an outage of which something is over."""
    if not announcement.remaining:
        return []
    names = listed(announcement.remaining, say)
    return [say("Not over yet: {names}.", names=names)]


def _news(announcement: Announcement, say: Say, setting: Setting) -> list[str]:
    """What the vendor has said since, or that it has said nothing."""
    subject = announcement.subjects[0]
    began = _began(subject, say, setting)
    if announcement.elder:
        return [say("It is part of an outage you were told of."), began]
    if not subject.word:
        return [_verdict(subject, say), began]
    vendor = verdicts.speaker(subject.service)
    return [say("{vendor}: “{word}”", vendor=vendor, word=sink.line(subject.word, 120)), began]


def _planned(announcement: Announcement, say: Say, setting: Setting) -> list[str]:
    """When, by the person's own clock, and what for where there are several."""
    if announcement.span is None:
        return []
    begins, ends = announcement.span
    vendor = verdicts.speaker(announcement.subjects[0].service)
    names = listed([one.service.name for one in announcement.subjects], say)
    times = {"begins": clock(begins, setting.at, setting.zone, say)}
    if ends is None:
        when = say("{vendor} plans maintenance from {begins}.", vendor=vendor, **times)
    else:
        times["ends"] = clock(ends, setting.at, setting.zone, say)
        when = say("{vendor} plans maintenance from {begins} to {ends}.", vendor=vendor, **times)
    return [when] if len(announcement.subjects) < 2 else [when, say("{names}.", names=names)]


def _cause(announcement: Announcement) -> Cause | None:
    """What is the matter with this computer's side, or with the account."""
    verdict = announcement.subjects[0].verdict if announcement.subjects else Verdict()
    refused = verdict.refused if announcement.reason is Reason.ACCOUNT else None
    return announcement.cause or refused or verdict.cause


def _yours(announcement: Announcement, say: Say) -> list[str]:
    """What a person can do about their own side."""
    cause, subjects = _cause(announcement), announcement.subjects
    if cause is Cause.CAPTIVE_PORTAL:
        return [say(_SIGN_IN), say(_UNTIL_THEN)]
    whose = Whose.ACCOUNT if announcement.reason is Reason.ACCOUNT else Whose.YOU
    phrases = FINDINGS.get((whose, cause))
    if phrases is None:
        return [_verdict(subject, say) for subject in subjects[:1]]
    found = Verdict(whose=whose, cause=cause)
    if not subjects:
        return [say(_one(phrases.step, None)), say(_UNTIL_THEN)]
    if len(subjects) > 1 and cause is Cause.ROUTE:
        named = say("{names}.", names=listed([one.service.name for one in subjects], say))
        return [named, verdicts.put(say, subjects[0].service, found).next_step]
    words = verdicts.put(say, subjects[0].service, found)
    return [words.summary, words.next_step]


_UNTIL_THEN = "Until then nothing can be said about your tools."


def _report(reason: Reason, subject: Subject, say: Say, setting: Setting) -> list[str]:
    """Who says so, and since when."""
    if subject.verdict.cause is not Cause.PAGE_REPORTS or subject.verdict.overloaded:
        return [_verdict(subject, say)]
    health = subject.verdict.health
    if reason in _CHANGED:
        return [_about(say, _one(_NOW_REPORTS, health), subject), _began(subject, say, setting)]
    reports = _about(say, _one(_REPORTS, health), subject)
    if (setting.at - subject.since).total_seconds() <= _JUST_NOW:
        return [say("{reports}.", reports=reports)]
    since = clock(subject.since, setting.at, setting.zone, say)
    return [say("{reports} since {since}.", reports=reports, since=since)]


def _end(subject: Subject, say: Say, setting: Setting) -> list[str]:
    """Who says that it is over, and when it had begun."""
    by_door = subject.was not in (None, Cause.PAGE_REPORTS)
    by_page = subject.verdict.whose in (Whose.NONE, Whose.ACCOUNT) and not by_door
    if not by_page or subject.service.page is None:
        over = say("It answers here again.")
    elif subject.verdict.health is Health.OPERATIONAL:
        over = _about(say, "{vendor} reports no problem any more.", subject)
    else:
        over = _verdict(subject, say)
    return [over, _began(subject, say, setting)]


def _began(subject: Subject, say: Say, setting: Setting) -> str:
    began = clock(subject.since, setting.at, setting.zone, say)
    return say("It began at {began}.", began=began)


def _network(announcement: Announcement, say: Say, setting: Setting) -> list[str]:
    """Whose it is. "Your network is fine" is said only where it was seen to be."""
    everyone = [subject.verdict for subject in announcement.subjects]
    if not everyone or any(verdict.whose is not Whose.THEM for verdict in everyone):
        return []
    sure = all(verdict.confidence is Confidence.CONFIRMED for verdict in everyone)
    if setting.online:
        fine = "It is them; your network is fine." if sure else _PROBABLY
        return [say(fine)]
    return [say("It is them.")] if sure else []


_PROBABLY = "It is probably them; your network is fine."


def _advice(announcement: Announcement, say: Say) -> list[str]:
    """What to use instead, best first: all of it was reached from here within the minute."""
    if not _goes_on(announcement):
        return []
    if announcement.nothing_left:
        return [say("Nothing else is known to work right now.")]
    if not announcement.suggestions:
        return []
    first, *others = (one.service for one in announcement.suggestions)
    names = [say("Your local {name}", name=first.name) if first.local else first.name]
    names += [say("your local {name}", name=s.name) if s.local else s.name for s in others]
    return [
        say.plural("{names} is ready.", "{names} are ready.", len(names), names=listed(names, say))
    ]


def _verdict(subject: Subject, say: Say) -> str:
    return verdicts.put(say, subject.service, subject.verdict).summary


def _one(words: Words, health: Health | None) -> str:
    return words if isinstance(words, str) else words.get(health, words[None])


def _about(say: Say, message: str, subject: Subject, **values: str) -> str:
    service = subject.service
    return say(message, name=service.name, vendor=verdicts.speaker(service), **values)
