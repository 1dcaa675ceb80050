"""When to disturb a person: one rule from the truth and what was told to a reason or a silence.

A thread is judged against what the person was *told*, never against what was last seen. The
order of the checks is the order of the code: first what there would be to say, then whether
anything forbids it now. What is forbidden now is judged again at the next tick, so a silence
delays and never loses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notifier.model.announcement import Reason, Silence
from notifier.model.board import Mute, Told
from notifier.model.health import Health, failing, gravity
from notifier.model.settings import Quiet, Settings
from notifier.model.settings_words import Level

_UPDATES = frozenset({Reason.WORSE, Reason.BETTER, Reason.UPDATE})


@dataclass(frozen=True, slots=True)
class Truth:
    """A thread as it stands now."""

    health: Health
    suspected: bool
    over: bool


def news(truth: Truth, told: Told | None) -> Reason | Silence:
    """What there would be to say, were nothing in the way."""
    if truth.over:
        return _news_of_an_end(told)
    if not failing(truth.health):
        return Silence.NOTHING_NEW  # not seen to fail now, nor seen to be over
    if told is None:
        return Reason.SUSPECTED if truth.suspected else Reason.OUTAGE
    if told.over:
        return Reason.REOPENED
    if told.suspected and not truth.suspected:
        return Reason.OUTAGE
    return _news_of_a_change(truth, told)


def _news_of_an_end(told: Told | None) -> Reason | Silence:
    if told is None:
        return Silence.NEVER_TOLD
    return Silence.NOTHING_NEW if told.over else Reason.RECOVERED


def _news_of_a_change(truth: Truth, told: Told) -> Reason | Silence:
    """A suspicion never makes a confirmed outage better or worse: it knows less."""
    if truth.suspected and not told.suspected:
        return Silence.NOTHING_NEW
    if gravity(truth.health) > gravity(told.health):
        return Reason.WORSE
    if gravity(truth.health) < gravity(told.health):
        return Reason.BETTER
    return Silence.NOTHING_NEW


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
    reason = news(truth, told)
    if isinstance(reason, Silence):
        return reason
    if not _allowed(reason, truth, level):
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
    *, level: Level, paused: bool, away: bool, settings: Settings, at: datetime
) -> Silence | None:
    """What forbids to speak now of something that is no outage; None where nothing does."""
    if level is not Level.ALL:
        return Silence.LEVEL
    if paused:
        return Silence.PAUSED
    if away:
        return Silence.AWAY
    aside = Truth(Health.UNKNOWN, suspected=False, over=False)
    if _hushed(aside, settings.quiet, at.astimezone(settings.zone)):
        return Silence.QUIET_HOURS
    return None


def _allowed(reason: Reason, truth: Truth, level: Level) -> bool:
    match level:
        case Level.ALL:
            return True
        case Level.NONE:
            return False
        case Level.OUTAGES:
            grave = gravity(truth.health) >= gravity(Health.PARTIAL_OUTAGE)
            return reason is Reason.RECOVERED or (grave and reason is not Reason.BETTER)


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
