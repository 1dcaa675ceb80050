"""Gatus' endpoints: a gateway in a group and a wiki in none, both well."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def gatus_result(*unmet: str, success: bool | None = None, **more: Any) -> dict[str, Any]:
    """A result that meets all demands but the `unmet`."""
    met = {"condition": "[STATUS] == 200", "success": True}
    return {
        "status": 200,
        "hostname": "llm.example.edu",
        "duration": 43_210_000,
        "conditionResults": [met, *({"condition": one, "success": False} for one in unmet)],
        "success": not unmet if success is None else success,
        "timestamp": "2026-08-01T12:00:00.123456789Z",
    } | more


def gatus_endpoint(name: str = "LLM gateway", *results: dict[str, Any], **more: Any) -> Any:
    return {
        "name": name,
        "group": "models",
        "key": f"models_{name.lower().replace(' ', '-')}",
        "results": [*(results or (gatus_result(),))],
    } | more


def gatus_wiki() -> dict[str, Any]:
    wiki = gatus_endpoint("Wiki", key="_wiki")
    del wiki["group"]
    return wiki


IDENTIFIES = "/api/v1/endpoints/statuses?page=1&pageSize=1"
SITE: Mapping[str, bytes] = {IDENTIFIES: body([gatus_endpoint(), gatus_wiki()])}
