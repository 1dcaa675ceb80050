"""Announcement to notice: put into words, with its buttons, ready for any channel."""

from notifier.model.announcement import Announcement, Notice, Offer, Reason, Suggestion
from notifier.model.health import Health, gravity
from notifier.model.service import ServiceKey
from notifier.model.settings import Settings
from notifier.model.verdict import Cause, Confidence, Verdict, Whose
from notifier.view.alternatives import ground_name
from notifier.wording import notices
from notifier.wording.say import Say
from notifier.wording.setting import Setting

_PASSING = frozenset(
    {
        Reason.BETTER,
        Reason.RECOVERED,
        Reason.CAUSE_PUBLISHED,
        Reason.MAINTENANCE,
        Reason.ONLINE,
        Reason.WHILE_AWAY,
        Reason.SOURCE_MOVED,
        Reason.SOURCE_UNREADABLE,
    }
)
"""Reasons nobody needs to have seen: their notices may expire by themselves."""


def notice(announcement: Announcement, say: Say, settings: Settings, *, online: bool) -> Notice:
    """The notice for an announcement.

    `online` is whether our connection was seen to work, for only then may it be called fine.
    """
    grounds = {one.verdict.upstream for one in announcement.subjects} - {None}
    ground = ground_name(next(iter(grounds)) or "", settings) if len(grounds) == 1 else ""
    setting = Setting(announcement.at.utc, settings.zone, online, ground)
    actions = notices.actions(announcement)
    verdict = _gravest(announcement)
    offers = tuple(map(_offer, announcement.suggestions)) if actions else ()
    return Notice(
        id=announcement.id,
        at=announcement.at.utc,
        threads=announcement.threads,
        over=_over(announcement),
        root=announcement.root,
        reason=announcement.reason,
        services=tuple(subject.service.key for subject in announcement.subjects),
        title=notices.title(announcement, say, ground),
        body=notices.body(announcement, say, setting),
        actions=actions,
        labels=tuple(notices.label(action, announcement, say) for action in actions),
        whose=verdict.whose.value,
        cause=verdict.cause.value if verdict.cause else None,
        confidence=verdict.confidence.value if verdict.confidence else None,
        replaces=announcement.replaces,
        duration=announcement.subjects[0].duration if announcement.subjects else None,
        open_url=offers[0].url if offers else None,
        offers=offers,
        transient=announcement.reason in _PASSING or not _is_grave(announcement),
    )


def _offer(suggestion: Suggestion) -> Offer:
    service = suggestion.service
    return Offer(service.id, service.name, service.home)


def _over(announcement: Announcement) -> tuple[ServiceKey, ...]:
    """The services whose outage is over by it; of one that comes and goes nobody can say that."""
    if announcement.reason is Reason.UNSTABLE:
        return ()
    return tuple(one.service.key for one in announcement.subjects if one.duration is not None)


def _is_grave(announcement: Announcement) -> bool:
    """Whether it tells of a confirmed major outage that goes on: that is to be seen."""
    return any(
        subject.duration is None
        and subject.verdict.health is Health.MAJOR_OUTAGE
        and subject.verdict.confidence is Confidence.CONFIRMED
        for subject in announcement.subjects
    )


def _gravest(announcement: Announcement) -> Verdict:
    """The verdict that stands for the whole notice; one about no service is about our side."""
    verdicts = [subject.verdict for subject in announcement.subjects]
    ours = Verdict(
        whose=Whose.YOU,
        cause=announcement.cause or Cause.OFFLINE,
        confidence=Confidence.CONFIRMED,
    )
    return max(verdicts, key=lambda verdict: gravity(verdict.health), default=ours)
