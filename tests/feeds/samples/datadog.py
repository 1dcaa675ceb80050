"""Datadog's config.json as feeds.md 1.7 describes it, written by hand."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

IDENTIFIES = "/config.json"


def component(id_: str, name: str, status: str = "operational", position: int = 0) -> dict:
    return {"id": id_, "name": name, "position": position, "type": "Component", "status": status}


def affected(id_: str, name: str, status: str | None = None) -> dict[str, Any]:
    said = {"id": id_, "name": name}
    return said if status is None else said | {"status": status}


def page(**more: Any) -> dict[str, Any]:
    """A group of two components and one that stands alone, all well."""
    return {
        "id": "0aa1c7c2-0000-4000-8000-000000000000",
        "name": "Example AI",
        "pageUrl": "https://status.example.com/",
        "domainPrefix": "example",
        "enabled": True,
        "pageType": "public",
        "components": [
            component("web00001", "Web", position=1),
            {
                "id": "group001",
                "name": "API - Gateway",
                "position": 0,
                "type": "ComponentGroup",
                "components": [
                    component("image001", "Image", position=1),
                    component("chat0001", "Chat", position=0),
                ],
            },
        ],
        "incidents": [],
        "maintenances": None,
    } | more


def event(**more: Any) -> dict[str, Any]:
    """An incident of the chat that was told late and goes on."""
    return {
        "id": "incident-1",
        "title": "Chat is slow",
        "currentStatus": "identified",
        "resolved": False,
        "publishedDate": "2026-08-01T11:10:00Z",
        "resolvedDate": None,
        "lastModifiedAt": "2026-08-01T11:40:00Z",
        "description": "Some answers take long.",
        "componentsAffected": [affected("chat0001", "Chat", "degraded")],
        "timeline": [
            {
                "id": "entry-2",
                "status": "identified",
                "description": "We found it.",
                "startedAt": "2026-08-01T11:30:00Z",
                "createdAt": "2026-08-01T11:40:00Z",
                "componentsAffected": [affected("chat0001", "Chat", "degraded")],
            },
            {
                "id": "entry-1",
                "status": "investigating",
                "description": "We look.",
                "startedAt": "2026-08-01T11:00:00Z",
                "createdAt": "2026-08-01T11:10:00Z",
                "componentsAffected": [affected("chat0001", "Chat", "partial_outage")],
            },
        ],
    } | more


def planned(**more: Any) -> dict[str, Any]:
    """A maintenance of the web that is still to come."""
    return {
        "id": "maintenance-1",
        "title": "Moving databases",
        "currentStatus": "scheduled",
        "startDate": "2026-08-02T00:00:00Z",
        "completedDate": "2026-08-02T02:00:00Z",
        "componentsAffected": [affected("web00001", "Web", "maintenance")],
    } | more


SITE: Mapping[str, bytes] = {IDENTIFIES: body(page())}
