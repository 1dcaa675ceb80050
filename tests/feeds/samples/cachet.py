"""Cachet's documents, written by hand as feeds.md 1.16 and its source describe them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def component(id_: int, name: str, status: object = 1, group: int = 0, **more: Any) -> dict:
    said = {"id": id_, "name": name, "description": "", "link": "", "status": status, "order": id_}
    said |= {"group_id": group, "enabled": True, "status_name": "", "tags": []}
    return said | {"created_at": "2026-07-01 10:00:00"} | more


def components(*rows: dict, total: int | None = None) -> dict:
    """A page of version 2."""
    rows = rows or (component(1, "API", group=1), component(2, "Login", group=1), component(3, "W"))
    count = len(rows)
    pages = {"total": count if total is None else total, "count": count, "per_page": 1000}
    pages |= {"current_page": 1, "total_pages": 1, "links": {"next_page": None}}
    return {"meta": {"pagination": pages}, "data": list(rows)}


def incident(id_: int = 7, status: object = 2, **more: Any) -> dict:
    """One that goes on, of the API."""
    said = {"id": id_, "component_id": 1, "name": "Errors", "status": status, "visible": 1}
    said |= {"message": "We *found* it.", "scheduled_at": None}
    return said | {"created_at": "2026-08-01 11:00:00", "human_status": "Identified"} | more


def incidents(*rows: dict) -> dict:
    return components(*rows) | {"data": list(rows)}


def groups() -> dict:
    return {"meta": {}, "data": [{"id": 1, "name": "Platform", "enabled_components": []}]}


def component3(id_: str, name: str, status: object = 1, **more: Any) -> dict:
    said = {"name": name, "status": status, "enabled": True, "order": 0}
    group = {"group": {"data": {"id": "1", "type": "componentGroups"}}}
    return {"id": id_, "type": "components", "attributes": said | more, "relationships": group}


def components3(*rows: dict, following: str | None = None) -> dict:
    """A page of version 3."""
    rows = rows or (component3("1", "API"), component3("2", "Login"))
    platform = {"id": "1", "type": "componentGroups", "attributes": {"name": "Platform"}}
    links = {"first": "https://status.example.com/api/components?page=1", "next": following}
    return {"data": list(rows), "included": [platform], "links": links, "meta": {"per_page": 15}}


def incident3(id_: str = "7", status: int = 2, *parts: str) -> dict:
    said = {"name": "Errors", "message": "We found it.", "component_id": None}
    said |= {"status": {"human": "Identified", "value": status}}
    of = {"components": {"data": [{"id": part, "type": "components"} for part in parts]}}
    return {"id": id_, "type": "incidents", "attributes": said, "relationships": of}


def incidents3(*rows: dict) -> dict:
    return components3(*rows) | {"data": list(rows)}


IDENTIFIES = "/api/v1/components?per_page=1000"
SITE: Mapping[str, bytes] = {
    IDENTIFIES: body(components()),
    "/api/v1/incidents?sort=id&order=desc&per_page=50": body(incidents(incident(6, 4))),
    "/api/v1/components/groups?per_page=1000": body(groups()),
}
