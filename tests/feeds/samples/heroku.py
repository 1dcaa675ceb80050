"""Heroku's document, written by hand as feeds.md 1.14 describes it."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def incident(**more: Any) -> dict:
    """One that goes on."""
    update = {"update_type": "issue", "contents": "We look.", "status_dev": "green"}
    update |= {"created_at": "2026-08-01T11:10:00.000Z", "status_prod": "yellow"}
    older = update | {"update_type": "investigating", "created_at": "2026-08-01T11:00:00.000Z"}
    return {
        "id": 1918,
        "title": "Connections time out",
        "state": "open",
        "resolved": False,
        "resolved_at": None,
        "created_at": "2026-08-01T11:00:00.000Z",
        "updated_at": "2026-08-01T11:10:00.000Z",
        "full_url": "https://status.heroku.com/incidents/1918",
        "updates": [update, older | {"status_prod": "red"}],
    } | more


def planned(**more: Any) -> dict:
    """A maintenance that is still to come."""
    said = {"id": 2120, "title": "Data service update", "resolved": False, "upcoming": True}
    said |= {"updated_at": "2026-08-01T10:00:00.000Z", "updates": []}
    return said | {"full_url": "https://status.heroku.com/incidents/2120"} | more


def current(apps: str = "green", **more: Any) -> dict:
    systems = {"Apps": apps, "Data": "green", "Tools": "green"}
    status = [{"system": name, "status": colour} for name, colour in systems.items()]
    return {"status": status, "incidents": [], "scheduled": []} | more


IDENTIFIES = "/api/v4/current-status"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(current())}
