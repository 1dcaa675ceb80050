"""The documents of a Sorry™ page, written by hand as feeds.md 1.16 describes them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def status(state: str = "operational", **more: Any) -> dict:
    said = {
        "id": "12ab34cd",
        "name": "Example",
        "url": "https://status.example.com",
        "state": state,
    }
    return {"page": said | {"updated_at": "2026-08-01T12:00:00.000Z"} | more}


def component(id_: int, name: str, state: str = "operational", **more: Any) -> dict:
    return {"id": id_, "name": name, "state": state, "position": id_, "parent_id": None} | more


def components(*rows: dict) -> dict:
    """Two parts of one name, one of them within the third."""
    rows = rows or (component(1, "API"), component(2, "Europe"), component(3, "API", parent_id=2))
    return {"components": list(rows)}


IDENTIFIES = "/api/v1/status.json"
SITE: Mapping[str, bytes] = {
    IDENTIFIES: body(status()),
    "/api/v1/components": body(components()),
}
