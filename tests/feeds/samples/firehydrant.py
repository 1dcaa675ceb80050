"""FireHydrant's document, written by hand; feeds.md 1.16 says no more than its name."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

CONDITIONS = {"c1": "Operational", "c2": "Degraded performance", "c3": "Major outage"}


def component(name: str, condition: object = "c1", **more: Any) -> dict:
    return {"id": f"id-{name}", "name": name, "condition": condition} | more


def incident(**more: Any) -> dict:
    """One that goes on."""
    said = {"id": "i1", "name": "Errors", "current_milestone": "identified"}
    said |= {"started_at": "2026-08-01T11:00:00Z", "updated_at": "2026-08-01T11:30:00Z"}
    return said | more


def payload(*components: dict, **more: Any) -> dict:
    listed = list(components) or [component("API"), component("Login")]
    conditions = [{"id": id_, "name": name} for id_, name in CONDITIONS.items()]
    said = {"title": "Example", "components": listed, "conditions": conditions}
    return said | {"incidents": []} | more


IDENTIFIES = "/data/payload.json"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(payload())}
