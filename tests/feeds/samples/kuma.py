"""A page of Uptime Kuma: two groups, three monitors, all up."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def kuma_page(**more: Any) -> dict[str, Any]:
    return {
        "config": {"slug": "campus", "title": "Campus", "published": True, "theme": "auto"},
        "incident": None,
        "publicGroupList": [
            {
                "id": 1,
                "name": "Models",
                "weight": 1,
                "monitorList": [
                    {"id": 11, "name": "LLM gateway", "sendUrl": 0, "type": "http"},
                    {"id": 12, "name": "Ollama", "sendUrl": 0, "type": "port"},
                ],
            },
            {"id": 2, "name": "Sites", "weight": 2, "monitorList": [{"id": 21, "name": "Wiki"}]},
        ],
        "maintenanceList": [],
    } | more


def beat(status: int, time: str = "2026-08-01 12:00:00.123") -> dict[str, Any]:
    return {"status": status, "time": time, "msg": "", "ping": 20}


def kuma_beats(**last: Any) -> dict[str, Any]:
    """What each monitor said last, by `m11`, `m12` and `m21`: up, where nothing else is said."""
    said = {"m11": beat(1), "m12": beat(1), "m21": beat(1)} | last
    before = beat(1, "2026-08-01 11:59:00.123")
    return {
        "heartbeatList": {id_[1:]: [before, one] for id_, one in said.items()},
        "uptimeList": {f"{id_[1:]}_24": 1 for id_ in said},
    }


def kuma_incident(**more: Any) -> dict[str, Any]:
    """A pinned warning, as version 1 writes it."""
    return {
        "id": 3,
        "style": "warning",
        "title": "The gateway is slow",
        "content": "We <b>look</b>.",
        "pin": 1,
        "createdDate": "2026-08-01 10:00:00",
        "lastUpdatedDate": "2026-08-01 11:00:00",
    } | more


def kuma_maintenance(**more: Any) -> dict[str, Any]:
    """One that goes on, in the summer of Berlin."""
    return {
        "id": 5,
        "title": "New disks",
        "description": "",
        "strategy": "single",
        "active": True,
        "timeslotList": [{"startDate": "2026-08-01 13:00:00", "endDate": "2026-08-01 15:30:00"}],
        "timezone": "Europe/Berlin",
        "timezoneOffset": "+02:00",
        "status": "under-maintenance",
    } | more


IDENTIFIES = "/api/status-page/default"
SITE: Mapping[str, bytes] = {
    IDENTIFIES: body(kuma_page()),
    "/api/status-page/heartbeat/default": body(kuma_beats()),
}
