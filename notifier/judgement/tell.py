"""When to disturb a person: one rule from the truth and what was told to a reason or a silence.

A thread is judged against what the person was *told*, never against what was last seen. The
order of the checks is the order of the code: first what there would be to say, then whether
anything forbids it now. What is forbidden now is judged again at the next tick, so a silence
delays and never loses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notifier.model.announcement import Reason, Silence, ThreadId
from notifier.model.board import Mute, Told
from notifier.model.health import Health, failing, gravity
from notifier.model.settings import Calm, Quiet, Settings
from notifier.model.settings_words import Level

_CALM = Calm()

_UPDATES = frozenset({Reason.WORSE, Reason.BETTER, Reason.UPDATE})
_SMALL = frozenset({Reason.BETTER, Reason.UPDATE, Reason.CAUSE_PUBLISHED})
"""What nobody is told who asked for outages only."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A thread as it stands now.

    `unstable` while it comes and goes, `said` what marks the vendor's newest word, `root` the
    thread it is part of, `shared` whether others that go on are one outage with it; `explained`
    once the vendor has published what the cause was.
    """

    health: Health
    suspected: bool
    over: bool
    unstable: bool = False
    said: str = ""
    root: ThreadId | None = None
    explained: bool = False
    shared: bool = False
    gravest: Health = Health.OPERATIONAL


def news(
    truth: Truth, told: Told | None, calm: Calm = _CALM, at: datetime | None = None
) -> Reason | Silence:
    """What there would be to say at `at`, were nothing in the way."""
    if truth.over and (told is None or told.over):
        return _news_after_the_end(truth, told)
    if truth.unstable:
        known = told is not None and told.reason is Reason.UNSTABLE and not told.over
        return Silence.UNSETTLED if known else Reason.UNSTABLE
    if truth.over:
        return Reason.RECOVERED
    if not failing(truth.health):
        return Silence.NOTHING_NEW  # not seen to fail now, nor seen to be over
    if told is None or told.reason is Reason.UNSTABLE:
        return Reason.SUSPECTED if truth.suspected else Reason.OUTAGE
    if told.over:
        return Reason.REOPENED
    if told.suspected and not truth.suspected:
        return Reason.OUTAGE
    return _news_of_a_change(truth, told) or _news_of_an_old_one(truth, told, calm, at)


def _news_after_the_end(truth: Truth, told: Told | None) -> Reason | Silence:
    if told is None:
        return Silence.NEVER_TOLD
    known = told.reason is Reason.CAUSE_PUBLISHED
    return Reason.CAUSE_PUBLISHED if truth.explained and not known else Silence.NOTHING_NEW


def _news_of_a_change(truth: Truth, told: Told) -> Reason | None:
    """A suspicion never makes a confirmed outage better or worse: it knows less. Of several tools
    that fall with one thing each has its ups and downs: until one works, or it gets graver than
    anything that was told of it, that is no news.
    """
    if truth.suspected and not told.suspected:
        return None
    if gravity(truth.health) > max(gravity(told.health), gravity(truth.gravest)):
        return Reason.WORSE
    if gravity(truth.health) < gravity(told.health) and not truth.shared:
        return Reason.BETTER
    return None


def _news_of_an_old_one(
    truth: Truth, told: Told, calm: Calm, at: datetime | None
) -> Reason | Silence:
    """What may be said of an outage that is as it was told: that it is part of another one; the
    vendor's own news, or that it still goes on, by choice only.
    """
    if truth.root != told.root and told.root is not None:
        return Reason.UPDATE
    if calm.updates and truth.said not in ("", told.said):
        return Reason.UPDATE
    since = (at - told.at).total_seconds() if at is not None else 0.0
    repeated = calm.repeat is not None and since >= calm.repeat
    return Reason.UPDATE if repeated else Silence.NOTHING_NEW


def rule(
    truth: Truth,
    told: Told | None,
    *,
    level: Level,
    mute: Mute | None,
    paused: bool,
    away: bool = False,
    settings: Settings,
    at: datetime,
) -> Reason | Silence:
    """Whether to tell, and why or why not."""
    reason = news(truth, told, settings.calm, at)
    if isinstance(reason, Silence):
        return reason
    if not allowed(reason, truth, level):
        return Silence.LEVEL
    if paused:
        return Silence.PAUSED
    if away:
        return Silence.AWAY
    # The end of what was told passes every answer of the person: they asked for quiet, not to
    # be left believing in an outage that is over.
    if mute is not None and reason is not Reason.RECOVERED:
        if mute.until is not None and at < mute.until:
            return Silence.SNOOZED
        if mute.acknowledged and reason in _UPDATES:
            return Silence.ACKNOWLEDGED
    if _hushed(truth, settings.quiet, at.astimezone(settings.zone)):
        return Silence.QUIET_HOURS
    return reason


def against_an_aside(
    *, level: Level, paused: bool, away: bool, settings: Settings, at: datetime, asked: bool
) -> Silence | None:
    """What forbids to speak now of something that is no outage; None where nothing does.

    What the person has `asked` to be told may come whatever their level and their quiet hours.
    """
    if level is not Level.ALL and not asked:
        return Silence.LEVEL
    if paused:
        return Silence.PAUSED
    if away:
        return Silence.AWAY
    aside = Truth(Health.UNKNOWN, suspected=False, over=False)
    if not asked and _hushed(aside, settings.quiet, at.astimezone(settings.zone)):
        return Silence.QUIET_HOURS
    return None


def allowed(reason: Reason, truth: Truth, level: Level) -> bool:
    """Whether a person who asked for that much is told of it."""
    match level:
        case Level.ALL:
            return True
        case Level.NONE:
            return False
        case Level.OUTAGES:
            grave = gravity(truth.health) >= gravity(Health.PARTIAL_OUTAGE)
            return reason is Reason.RECOVERED or (grave and reason not in _SMALL)


def in_quiet_hours(settings: Settings, at: datetime) -> bool:
    """Whether it is one of the person's quiet hours."""
    local = at.astimezone(settings.zone)
    return any(_within(hours, local) for hours in settings.quiet)


def _hushed(truth: Truth, quiet: tuple[Quiet, ...], local: datetime) -> bool:
    """Whether quiet hours hold this back; one entry that does is enough."""
    return any(_within(hours, local) and not _passes(truth, hours) for hours in quiet)


def _passes(truth: Truth, hours: Quiet) -> bool:
    return (
        hours.allow is not None and not truth.over and gravity(truth.health) >= gravity(hours.allow)
    )


def _within(hours: Quiet, local: datetime) -> bool:
    """Whether `local` lies in the hours; past midnight they belong to the day they began."""
    now = local.time()
    if hours.begins <= hours.ends:
        return local.weekday() in hours.days and hours.begins <= now < hours.ends
    if now >= hours.begins:
        return local.weekday() in hours.days
    yesterday = (local - timedelta(days=1)).weekday()
    return now < hours.ends and yesterday in hours.days
