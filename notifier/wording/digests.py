"""What a notice of several outages says: each with its state, or with its start and its end."""

from notifier.model.announcement import Announcement, Reason, Subject
from notifier.model.verdict import Confidence
from notifier.wording import sink, verdicts
from notifier.wording.say import Say
from notifier.wording.setting import Setting
from notifier.wording.times import clock, duration

_MOST_NAMED = 4


def title(announcement: Announcement, say: Say, ground: str) -> str:
    """How many are concerned, and with what; `ground` is the name of what all of them stand on."""
    subjects = announcement.subjects
    if announcement.span is not None and announcement.reason is Reason.SUMMARY:
        return say("During your quiet hours")
    if announcement.reason is Reason.WHILE_AWAY:
        return say("While you were away")
    if announcement.reason is Reason.RECOVERED:
        return say("{count} of your tools work again", count=len(subjects))
    if announcement.elder:
        return say("{count} of your tools: part of the outage of {elder}",
            count=len(subjects), elder=sink.line(announcement.elder, 30))  # fmt: skip
    if any(_is_over(one) for one in subjects):
        return say("News of {count} of your tools", count=len(subjects))
    return _counted(subjects, say, ground)


def lines(announcement: Announcement, say: Say, setting: Setting) -> str:
    """Each tool with what is to be said of it; beyond a few, the rest is counted."""
    each = [_line(announcement, subject, say, setting) for subject in announcement.subjects]
    named = "; ".join(each[:_MOST_NAMED])
    if more := len(each[_MOST_NAMED:]):
        return say("{named}; and {count} more.", named=named, count=more)
    return say("{named}.", named=named)


def _counted(subjects: tuple[Subject, ...], say: Say, ground: str) -> str:
    """How many fail. What was only suspected is not called a problem."""
    if ground:
        return say("{ground} fails, and {count} of your tools with it", ground=ground,
            count=len(subjects))  # fmt: skip
    if all(one.verdict.confidence is Confidence.SUSPECTED for one in subjects):
        return say.plural(
            "{count} of your tools does not answer here",
            "{count} of your tools do not answer here",
            len(subjects),
        )
    return say.plural(
        "{count} of your tools has problems", "{count} of your tools have problems", len(subjects)
    )


def _line(announcement: Announcement, subject: Subject, say: Say, setting: Setting) -> str:
    name = subject.service.name
    state = verdicts.put(say, subject.service, subject.verdict).state
    if announcement.span is None:
        if not _is_over(subject):
            return say("{name}: {state}", name=name, state=state)
        lasted = duration(subject.duration or 0.0, say)
        return say("{name}: works again after {duration}", name=name, duration=lasted)
    began = clock(subject.since, setting.at, setting.zone, say)
    if not _is_over(subject):
        return say("{name}: {state} since {began}", name=name, state=state, began=began)
    ended = clock(subject.ended or setting.at, setting.at, setting.zone, say)
    return say("{name}: from {began} to {ended}", name=name, began=began, ended=ended)


def _is_over(subject: Subject) -> bool:
    return subject.duration is not None
