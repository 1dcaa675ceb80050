"""Notices as `wording` would put them, for the tests of the channels."""

from dataclasses import replace
from datetime import UTC, datetime

from notifier.model.announcement import Action, Notice, NoticeId, Reason, ThreadId
from notifier.model.service import ServiceKey

OUTAGE = Notice(
    id=NoticeId("n-1"),
    at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    threads=(ThreadId("t-1"),),
    reason=Reason.OUTAGE,
    services=(ServiceKey("chatgpt"),),
    title="ChatGPT is down",
    body="OpenAI reports a major outage. Your network is fine.",
    actions=(Action.FALLBACK, Action.GOT_IT, Action.SNOOZE),
    labels=("Open Claude", "Got it", "Snooze 1 h"),
    whose="them",
    cause="page_reports",
    confidence="confirmed",
    open_url="https://claude.ai/new",
)

RECOVERED = replace(
    OUTAGE,
    id=NoticeId("n-2"),
    reason=Reason.RECOVERED,
    title="ChatGPT works again",
    body="After 11 minutes.",
    actions=(),
    labels=(),
    whose="none",
    replaces=NoticeId("n-1"),
    transient=True,
)

ELSEWHERE = replace(
    OUTAGE,
    id=NoticeId("n-3"),
    threads=(ThreadId("t-2"),),
    services=(ServiceKey("claude"),),
    title="Claude is down",
)
