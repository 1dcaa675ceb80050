"""Rootly's document, written by hand as feeds.md 1.5 and the vendor describe it."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

HOST = "https://status.example.com"


def incident(**more: Any) -> dict[str, Any]:
    """One that goes on."""
    return {
        "name": "Elevated errors",
        "status": "started",
        "impact": "major",
        "started_at": "2026-08-01T11:00:00Z",
        "resolved_at": None,
        "url": f"{HOST}/incidents/abc123",
        "incident_updates": [
            {
                "body": "<p>We look.</p>",
                "status": "investigating",
                "created_at": "2026-08-01T11:05:00Z",
            },
            {"body": "Found.", "status": "identified", "created_at": "2026-08-01T11:20:00Z"},
        ],
    } | more


def status(*incidents: dict[str, Any], indicator: str = "none") -> dict[str, Any]:
    return {
        "page": {
            "name": "Example AI",
            "url": HOST,
            "time_zone": "Europe/Paris",
            "updated_at": "2026-08-01T11:10:00Z",
        },
        "status": {"indicator": indicator, "description": "Words"},
        "incidents": [*incidents],
    }


IDENTIFIES = "/api/v1/status.json"

SITE: Mapping[str, bytes] = {"/api/v1/status.json": body(status())}
