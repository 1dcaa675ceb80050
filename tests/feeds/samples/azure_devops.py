"""The document of Azure DevOps, written by hand as feeds.md 1.11 describes it."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def service(name: str, *healths: str) -> dict:
    """A service in the United States and in Europe."""
    places = (("US", "United States"), ("EU", "Europe"))
    healths = healths or ("healthy", "healthy")
    return {
        "id": name,
        "geographies": [
            {"id": id_, "name": where, "health": health}
            for (id_, where), health in zip(places, healths, strict=True)
        ],
    }


def page(*services: dict, health: str = "healthy", message: str = "All is good", **more: Any):
    listed = list(services) or [service("Boards"), service("Repos")]
    said = {"lastUpdated": "2026-07-24T17:05:34.397Z", "services": listed}
    return said | {"status": {"health": health, "message": message}} | more


IDENTIFIES = "/_apis/status/health"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(page())}
