"""xAI: the one feed its status page gives to programs, with everything that ever happened.

Written from a description (feeds.md 1.12), of a feed all of whose incidents had ended. The feed
names no part that is well, so the parts known to exist are listed here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from notifier.feeds import incident
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import ID, LINE, TEXT, Unreadable, body_of, newest, plain, unknown
from notifier.feeds.stamps import later, stamp
from notifier.feeds.syndication import entries, guard
from notifier.feeds.syndication.entries import Entry, Feed
from notifier.feeds.syndication.stories import LONG_AGO
from notifier.model.health import Health, worst
from notifier.model.observation import Incident, Part, PartName, Phase, Report, Update

TITLE = "xAI"
ORIGIN = Origin.DESCRIBED

HOME = "https://status.x.ai"

FRESH = timedelta(hours=2)
"""How long the feed's own date speaks for now: its `ttl` is half an hour, its copies may be old."""

COMPONENTS = (
    *("Grok (Web)", "Grok (iOS)", "Grok (Android)", "Grok in X", "Grok Build", "Single Sign-On"),
    *(f"API ({region}.api.x.ai)" for region in ("us-east-1", "us-west-2", "eu-west-1")),
    *("API Console", "Docs", "xAI Website"),
)

SEVERITIES: Mapping[str, Health] = {
    "available": Health.OPERATIONAL,
    "degraded": Health.DEGRADED,
    "disruption": Health.PARTIAL_OUTAGE,
    "outage": Health.MAJOR_OUTAGE,
}


def plans(url: str) -> tuple[Plan, ...]:
    """The feed; every other address of the page refuses programs."""
    return (Plan("feed", (Want("feed", f"{base(url)}/feed.xml"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the feed says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document, or not whole.
    """
    del plan
    whole = guard.guarded(body_of(bodies, "feed"))
    feed = entries.entries_of(whole) if not whole.damage else None
    if feed is None or feed.damage:
        raise Unreadable("The feed is not well-formed, so it may not be whole.")
    if not (any(map(_is_its_own, feed.entries)) if feed.entries else _OWN_NAME.search(feed.title)):
        raise Unreadable("The feed is not that of xAI's status page.")
    return _report(feed)


def _is_its_own(entry: Entry) -> bool:
    return bool(_STATUS.search(entry.content) and _BRACKETS.match(entry.title))


_OWN_NAME = re.compile(r"\bx\.?ai\b|SpaceXAI", re.IGNORECASE)
_BRACKETS = re.compile(r"\[([^\[\]]{1,100})\]\s*(.*)", re.DOTALL)
_STATUS = re.compile(r"<h3>\s{0,9}Status:\s{0,9}([^<>]{1,60})</h3>", re.IGNORECASE)
_SEVERITY = re.compile(r"<p>\s{0,9}Severity:\s{0,9}([^<>]{1,60})</p>", re.IGNORECASE)
_BLOCK = re.compile(
    r"<p>\s{0,9}<strong>([^<>]{1,80})</strong>\s{0,9}</p>\s{0,9}<h3>([^<>]{1,60})</h3>"
    r"((?:(?!<div|</div|<h3).){0,20000})",
    re.IGNORECASE | re.DOTALL,
)


def _report(feed: Feed) -> Report:
    """The page. Without an open item all is well as long as the feed has been made of late."""
    every = tuple(map(_incident, feed.entries))
    told = tuple(one for one in every if not (one.open and _long_ago(one, feed)))
    still = [one for one in told if one.open]
    return Report(
        engine="xai",
        name="xAI",
        home=HOME,
        indicator=Health.OPERATIONAL if feed.built is not None else Health.UNKNOWN,
        parts=_parts(told, feed),
        incidents=told,
        as_of=newest(feed.built, *(one.updated_at for one in told)),
        fresh_until=later(feed.built, FRESH),
        notes=(*_notes(feed), *_left_out(len(every) - len(told)), *_strangers(still)),
    )


def _long_ago(one: Incident, feed: Feed) -> bool:
    """Whether it was forgotten to be ended: all of the past stays in this feed."""
    return bool(one.updated_at and feed.built and feed.built - one.updated_at > LONG_AGO)


def _left_out(count: int) -> tuple[str, ...]:
    return (f"{count} of long ago without an end, left out",) if count else ()


def _parts(told: Iterable[Incident], feed: Feed) -> tuple[Part, ...]:
    """Every part that is known, and what an open incident names beside them.

    Where that is none of the known, one of them may have a new name: then none is known to be
    well. Nor is any where the feed does not say when it was made.
    """
    said: dict[str, list[Health]] = defaultdict(list)
    for one in told:
        for part in one.parts if one.open else ():
            said[part.name].append(one.floor)
    strange = said.keys() - {*COMPONENTS}
    others = Health.UNKNOWN if strange or feed.built is None else Health.OPERATIONAL
    names = dict.fromkeys((*COMPONENTS, *said))
    return tuple(Part("", name, worst((others, *said.get(name, ())))) for name in names)


def _strangers(still: Iterable[Incident]) -> tuple[str, ...]:
    names = {part.name for one in still for part in one.parts}
    return unknown("component", names, dict.fromkeys(COMPONENTS))


def _notes(feed: Feed) -> tuple[str, ...]:
    words = [_words(entry) for entry in feed.entries]
    still = [severity for status, severity in words if incident.phase(status) not in _ENDS]
    return (
        *feed.notes,
        *((f"{feed.left_out} more entries are left out",) if feed.left_out else ()),
        *unknown("incident status", {status for status, _ in words}, incident.PHASES),
        *unknown("severity", still, SEVERITIES),
    )


_ENDS = (Phase.RESOLVED, Phase.POSTMORTEM)


def _words(entry: Entry) -> tuple[str, str]:
    """The status and the severity of an entry, in lower case."""
    return _said(_STATUS, entry.content), _said(_SEVERITY, entry.content)


def _said(where: re.Pattern[str], content: str) -> str:
    found = where.search(content)
    return plain(found[1], LINE).lower() if found else ""


def _incident(entry: Entry) -> Incident:
    """One item. What an open one does to its part is its severity."""
    status, severity = _words(entry)
    declared = SEVERITIES.get(severity, Health.UNKNOWN)
    component, title = _named(entry.title)
    updates = incident.newest_first(reversed(list(_updates(entry))))
    phase = incident.phase(status)
    at = newest(entry.at, *(update.at for update in updates))
    return Incident(
        id=plain(entry.guid, ID) or plain(entry.link or entry.title, ID),
        title=title,
        phase=phase,
        impact=declared,
        floor=incident.floor(declared, status),
        parts=(PartName("", component),),
        started_at=min((one.at for one in updates if one.at is not None), default=entry.began),
        updated_at=at,
        resolved_at=at if phase is Phase.RESOLVED else None,
        url=entry.link,
        updates=updates,
    )


def _named(title: str) -> tuple[str, str]:
    """The part and the text of a title: `[Grok (Web)] Elevated errors`."""
    found = _BRACKETS.match(title)
    if found is None:
        return "", title
    return found[1].strip(), found[2].strip() or title


def _updates(entry: Entry) -> Iterable[Update]:
    for at, word, text in _BLOCK.findall(entry.content):
        yield Update(stamp(at), incident.PHASES.get(word.strip().lower()), plain(text, TEXT))
