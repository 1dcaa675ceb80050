"""Better Stack's document and feed, written by hand as feeds.md 1.4 describes them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body, item, rss

HOST = "https://status.example.com"


def entry(id_: str, type_: str, **attributes: Any) -> dict[str, Any]:
    return {"id": id_, "type": type_, "attributes": attributes}


def section(id_: str, name: str | None, position: int = 0) -> dict[str, Any]:
    return entry(id_, "status_page_section", name=name, position=position)


def resource(id_: str, name: str, status: str = "operational", **more: Any) -> dict[str, Any]:
    """A part, in the first section."""
    said = {
        "status_page_section_id": 11,
        "resource_id": 900,
        "resource_type": "Monitor",
        "public_name": name,
        "explanation": "",
        "position": 0,
        "availability": 0.9991,
        "status": status,
        "status_history": [
            {
                "day": "2026-08-01",
                "status": "recovered",
                "downtime_duration": 61.5,
                "maintenance_duration": 0,
            }
        ],
    }
    return entry(id_, "status_page_resource", **(said | more))


def report(id_: str = "71", **more: Any) -> dict[str, Any]:
    """An incident that goes on and touches the API."""
    said = {
        "title": "Elevated errors",
        "report_type": "manual",
        "starts_at": "2026-08-01T11:00:00.000Z",
        "ends_at": None,
        "aggregate_state": "degraded",
        "affected_resources": [{"status_page_resource_id": "21", "status": "degraded"}],
    }
    return entry(id_, "status_report", **(said | more))


def maintenance(id_: str = "81", **more: Any) -> dict[str, Any]:
    """One that is planned for the API, and has its end already."""
    said = {
        "title": "Moving databases",
        "report_type": "maintenance",
        "starts_at": "2026-08-03T02:00:00.000Z",
        "ends_at": "2026-08-03T03:00:00.000Z",
        "aggregate_state": "maintenance",
        "affected_resources": [{"status_page_resource_id": "21", "status": "maintenance"}],
    }
    return report(id_, **(said | more))


def update(id_: str, text: str, at: str, of: str | int = 71) -> dict[str, Any]:
    return entry(id_, "status_update", message=text, published_at=at, status_report_id=of)


def index(*included: dict[str, Any], state: str = "operational") -> dict[str, Any]:
    """A page of one section of two parts, and one part of a section without a name."""
    return {
        "data": {
            "id": "165",
            "type": "status_page",
            "attributes": {
                "company_name": "Example AI",
                "timezone": "UTC",
                "subdomain": "example",
                "custom_domain": "status.example.com",
                "announcement": None,
                "aggregate_state": state,
                "created_at": "2025-01-15T10:30:00.000Z",
                "updated_at": "2026-07-16T14:20:00.000Z",
            },
            "relationships": {"sections": {"data": []}},
        },
        "included": [
            section("12", None, 2),
            section("11", "Inference", 1),
            resource("22", "Embeddings", position=1),
            resource("21", "Chat"),
            resource("23", "Website", status_page_section_id=12),
            *included,
        ],
    }


def automated(
    name: str, word: str, at: str, guid: str | None, link: str | None = f"{HOST}/"
) -> str:
    """What a monitor writes by itself."""
    content = f"{name} {word}"
    return item(guid, f"{name} {word}", content, f"Sat, 01 Aug 2026 {at} GMT", link)


IDENTIFIES = "/index.json"

SITE: Mapping[str, bytes] = {
    "/index.json": body(index()),
    "/feed": rss(title="Example AI status"),
}
