"""Instatus's documents, written by hand as feeds.md 1.3 describes them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

HOST = "https://status.example.com"


def incident(**more: Any) -> dict[str, Any]:
    """One that goes on."""
    return {
        "id": "cincident1",
        "name": "Elevated errors",
        "started": "2026-08-01T11:00:00.000Z",
        "status": "IDENTIFIED",
        "impact": "PARTIALOUTAGE",
        "url": f"{HOST}/incident/cincident1",
        "updatedAt": "2026-08-01T11:30:00.000Z",
    } | more


def maintenance(**more: Any) -> dict[str, Any]:
    """One that is still to come."""
    return {
        "id": "cmaintenance1",
        "name": "Moving databases",
        "start": "2026-08-03T02:00:00.000Z",
        "status": "NOTSTARTEDYET",
        "duration": "90",
        "url": f"{HOST}/maintenance/cmaintenance1",
        "updatedAt": "2026-08-01T09:00:00.000Z",
    } | more


def summary(status: str = "UP", **more: Any) -> dict[str, Any]:
    return {"page": {"name": "Example AI", "url": f"{HOST}/", "status": status}} | more


def row(id_: str, name: str, status: str = "OPERATIONAL", **more: Any) -> dict[str, Any]:
    said = {"id": id_, "name": name, "description": "", "status": status, "order": 1}
    return said | {"isParent": False, "children": []} | more


def components(*rows: dict[str, Any]) -> dict[str, Any]:
    """A group of two, and one part that stands alone."""
    listed = [
        row("cgroup", "Chat", isParent=True, order=2),
        row("clogin", "Login", group={"id": "cgroup", "name": "Chat"}, order=2),
        row("cweb", "Web", group={"id": "cgroup", "name": "Chat"}, order=1),
        row("capi", "API", group=None, order=1),
    ]
    return {"components": [*listed, *rows]}


IDENTIFIES = "/v3/summary.json"

SITE: Mapping[str, bytes] = {
    "/v3/summary.json": body(summary()),
    "/v2/components.json": body(components()),
}
