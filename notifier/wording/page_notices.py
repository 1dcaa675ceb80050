"""Notices of status pages: they cannot be read, have moved, or list other parts."""

from notifier.model.announcement import Announcement, Subject
from notifier.model.verdict import Cause
from notifier.wording import verdicts
from notifier.wording.say import Say

_MOST_NAMED = 4

_UNREAD = frozenset({Cause.PAGE_UNREADABLE, Cause.PAGE_MOVED, Cause.PARTS_GONE})


def title(announcement: Announcement, say: Say) -> str:
    """Its title, where the reason alone does not say it; else empty."""
    vendors = _vendors(announcement)
    if len(vendors) > 1 and _cause(announcement) in _UNREAD:
        return say("{count} status pages cannot be read", count=len(vendors))
    if _cause(announcement) is Cause.PARTS_GONE:
        return say("{vendor}'s status page has other parts now", vendor=vendors[0])
    return ""


def body(announcement: Announcement, say: Say) -> list[str]:
    """Which pages, where they are several, and what that means."""
    vendors = _vendors(announcement)
    if _cause(announcement) not in _UNREAD:
        return [say("It was found again by itself and is read as before: there is nothing to do.")]
    if len(vendors) < 2:
        return _of_one(announcement.subjects[0], say)
    named = ", ".join(vendors[:_MOST_NAMED])
    if more := len(vendors[_MOST_NAMED:]):
        named = say("{named} and {count} more", named=named, count=more)
    return [
        say("{named}.", named=named),
        say("Something they share may have failed; whether the tools work, nobody can tell here."),
    ]


def _of_one(subject: Subject, say: Say) -> list[str]:
    """Why it is not read, as far as that asks for something to be done."""
    verdict = subject.verdict
    if verdict.cause is Cause.PARTS_GONE:
        words = verdicts.put(say, subject.service, verdict)
        return [words.summary, words.next_step]
    if verdict.cause is Cause.PAGE_MOVED:
        found = next((one.detail for one in verdict.evidence if one.says == "unreadable"), "")
        step = say("That is no outage. With its new address in the settings it is read again.")
        return [found, step] if found else [step]
    return [say("That is no outage: until it can be read, nobody can tell from here.")]


def _cause(announcement: Announcement) -> Cause | None:
    """Why the first of them is not read; that of one that is read is another, or none."""
    return announcement.subjects[0].verdict.cause


def _vendors(announcement: Announcement) -> tuple[str, ...]:
    """Whose pages a notice is about, each once."""
    named = (verdicts.speaker(subject.service) for subject in announcement.subjects)
    return tuple(dict.fromkeys(named))
