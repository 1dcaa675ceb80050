"""Notices for pushes and hooks."""

from datetime import UTC, datetime

from notifier.model.announcement import Notice, NoticeId, Reason, ThreadId
from notifier.model.service import ServiceKey

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROBLEM, OVER, WORSE = Reason.OUTAGE, Reason.RECOVERED, Reason.WORSE


def notice(number=1, reason=PROBLEM, threads=("t-1",), *, at=NOON, **more):
    """One notice; of which threads is what matters."""
    said = {"title": "ChatGPT is down", "body": "OpenAI reports a major outage.", "actions": ()}
    return Notice(
        id=NoticeId(f"n-{number}"),
        at=at,
        threads=tuple(ThreadId(thread) for thread in threads),
        reason=reason,
        services=(ServiceKey("chatgpt"),),
        labels=(),
        whose="them",
        cause="page_reports",
        confidence="confirmed",
        root=ThreadId(threads[0]),
        **said | more,
    )
