"""Slack's current status as feeds.md 1.13 describes it, written by hand."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

IDENTIFIES = "/api/v2.0.0/current"


def page(*events: dict[str, Any], status: str | None = None, **more: Any) -> dict[str, Any]:
    """The whole document; without events all is well."""
    return {
        "status": status or ("active" if events else "ok"),
        "date_created": "2026-08-01T04:00:00-07:00",
        "date_updated": "2026-08-01T05:00:00-07:00",
        "active_incidents": [*events],
    } | more


def event(**more: Any) -> dict[str, Any]:
    """An incident of messaging that goes on."""
    return {
        "id": 1234,
        "date_created": "2026-08-01T04:00:00-07:00",
        "date_updated": "2026-08-01T05:00:00-07:00",
        "title": "Messages arrive late",
        "type": "incident",
        "status": "active",
        "url": "https://slack-status.com/2026-08/0123456789abcdef",
        "services": ["Messaging"],
        "notes": [
            {"date_created": "2026-08-01T04:00:00-07:00", "body": "We look."},
            {"date_created": "2026-08-01T05:00:00-07:00", "body": "Still <b>looking</b>."},
        ],
    } | more


SITE: Mapping[str, bytes] = {IDENTIFIES: body(page())}
