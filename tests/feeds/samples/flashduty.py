"""Flashduty's two documents, written by hand as feeds.md 1.6 and the vendor describe them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

HOST = "https://status.example.com"


def event(**more: Any) -> dict[str, Any]:
    """An incident of the widget that goes on, and touches two parts."""
    return {
        "id": "inc-1",
        "title": "Elevated errors",
        "phase": "identified",
        "impact": "degraded",
        "started_at": "2026-08-01T11:00:00Z",
        "updated_at": "2026-08-01T11:10:00Z",
        "url": f"{HOST}/incidents/inc-1",
        "last_update": {"at": "2026-08-01T11:20:00Z", "message": "<p>Found.</p>"},
        "affected_components": [
            {"id": "c2", "name": "Chat", "group_name": "Web", "status": "degraded"},
            {"id": "c1", "name": "API", "status": "partial_outage"},
        ],
    } | more


def summary(status: str = "operational", **more: Any) -> dict[str, Any]:
    return {
        "schema_version": "1.0",
        "generated_at": "2026-08-01T12:00:00Z",
        "poll_after_seconds": 30,
        "max_stale_seconds": 120,
        "page": {"name": "Example AI", "url": HOST},
        "overall": {"status": status},
        "ongoing_incidents": [],
        "in_progress_maintenances": [],
        "scheduled_maintenances": [],
    } | more


def change(**more: Any) -> dict[str, Any]:
    """An incident of the page itself that goes on."""
    return {
        "change_id": 7020391134287,
        "page_id": 1234567890,
        "type": "incident",
        "title": "API 性能下降（API Degraded Performance）",
        "status": "investigating",
        "start_at_seconds": 1785582000,
        "affected_components": [
            {"component_id": "c1", "name": "API服务(API Service)", "status": "partial_outage"}
        ],
        "updates": [
            {"at_seconds": 1785582000, "status": "investigating", "description": "We look."},
            {"at_seconds": 1785582600, "status": "identified", "description": "Found."},
        ],
    } | more


def active(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A page of one section of two parts, and one part that stands alone."""
    page = {
        "page_id": 1234567890,
        "name": "Example AI",
        "url_name": "example",
        "custom_domain": "status.example.com",
        "components": [
            {
                "component_id": "c3",
                "name": "专家模式(Expert Mode)",
                "section_id": "s1",
                "order_id": 2,
            },
            {
                "component_id": "c2",
                "name": "快速模式(Instant Mode)",
                "section_id": "s1",
                "order_id": 1,
            },
            {"component_id": "c1", "name": "API服务(API Service)", "order_id": 3},
        ],
        "sections": [{"section_id": "s1", "name": "对话服务(Chat Service)", "order_id": 5}],
    } | more
    return {"request_id": "r1", "data": {"page": page, "active_changes": [*changes]}}


IDENTIFIES = "/api/widget/v1/summary.json"

SITE: Mapping[str, bytes] = {"/api/widget/v1/summary.json": body(summary())}
