"""A page of Status.io as feeds.md 1.15 describes it, written by hand."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

PAGE = "0123456789abcdef01234567"
IDENTIFIES = f"/1.0/status/{PAGE}"


def component(id_: str, name: str, code: int = 100, **containers: int) -> dict[str, Any]:
    """A component; its containers by their names, which are the ends of their ids too."""
    return {
        "id": id_,
        "name": name,
        "status": "Operational",
        "status_code": code,
        "containers": [
            {"id": f"at-{where}", "name": where, "status": "x", "status_code": now}
            for where, now in (containers or {"Dublin": code}).items()
        ],
    }


def page(code: int = 100, **more: Any) -> dict[str, Any]:
    """The whole document: a component in two places and one in one, all well."""
    return {
        "result": {
            "status_overall": {
                "updated": "2026-08-01T12:00:00.000Z",
                "status": "Operational",
                "status_code": code,
            },
            "status": [
                component("api", "API", Dublin=100, Oregon=100),
                component("web", "Web"),
            ],
            "incidents": [],
            "maintenance": {"active": [], "upcoming": []},
        }
        | more
    }


def event(**more: Any) -> dict[str, Any]:
    """An incident of the API in Oregon that goes on."""
    return {
        "_id": "incident-1",
        "name": "The API fails",
        "datetime_open": "2026-08-01T11:00:00.000Z",
        "messages": [
            {
                "details": "We look.",
                "state": 100,
                "status": 500,
                "datetime": "2026-08-01T11:00:00.000Z",
            },
            {
                "details": "We found it.",
                "state": 200,
                "status": 400,
                "datetime": "2026-08-01T11:30:00.000Z",
            },
        ],
        "containers_affected": [{"name": "Oregon", "_id": "at-Oregon"}],
        "components_affected": [{"name": "API", "_id": "api"}],
    } | more


def planned(**more: Any) -> dict[str, Any]:
    """A maintenance of the web."""
    return {
        "_id": "maintenance-1",
        "name": "Moving databases",
        "datetime_open": "2026-08-01T10:00:00.000Z",
        "datetime_planned_start": "2026-08-02T00:00:00.000Z",
        "datetime_planned_end": "2026-08-02T02:00:00.000Z",
        "messages": [],
        "containers_affected": [{"name": "Dublin", "_id": "at-Dublin"}],
        "components_affected": [{"name": "Web", "_id": "web"}],
    } | more


# The second is what is asked for where an address names no page: the vendor has nothing there.
SITE: Mapping[str, bytes] = {IDENTIFIES: body(page()), "/1.0/status": body(page())}
