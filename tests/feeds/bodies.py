"""Documents written by hand, small but whole, as the vendors' references describe them."""

import html
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"

ULID = "01K0000000000000000000000"
"""All but the last character of an incident.io id."""


def body(document: Any) -> bytes:
    return json.dumps(document).encode()


def changed(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy of `document` with one place replaced."""
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


def without(document: Any, path: tuple[str | int, ...]) -> Any:
    """A copy of `document` with one place taken out."""
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return copy


# -- Atlassian Statuspage --------------------------------------------------------------------


def component(
    id_: str, name: str, status: str = "operational", group: str | None = None, position: int = 0
) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "status": status,
        "position": position,
        "description": None,
        "group_id": group,
        "group": False,
        "page_id": "exampleexam1",
    }


def group(id_: str, name: str, children: list[str], position: int = 0) -> dict[str, Any]:
    return component(id_, name, position=position) | {"group": True, "components": children}


def update(status: str, text: str, at: str, **more: Any) -> dict[str, Any]:
    return {"id": f"u{at}", "status": status, "body": text, "display_at": at} | more


def event(**more: Any) -> dict[str, Any]:
    """An open incident that names the API."""
    return {
        "id": "incident0001",
        "name": "Elevated errors",
        "status": "identified",
        "impact": "major",
        "created_at": "2026-07-29T12:50:00.000-07:00",
        "started_at": "2026-07-29T12:49:45.388-07:00",
        "updated_at": "2026-07-29T13:33:45.000-07:00",
        "resolved_at": None,
        "shortlink": "https://stspg.example/abc",
        "components": [component("api000000001", "API", "partial_outage")],
        "incident_updates": [
            update("identified", "We found it.", "2026-07-29T13:33:45-07:00"),
            update("investigating", "We look.", "2026-07-29T12:50:00-07:00"),
        ],
    } | more


def summary(**more: Any) -> dict[str, Any]:
    """A page of two groups and one part that stands alone, all well."""
    return {
        "page": {
            "id": "exampleexam1",
            "name": "Example AI",
            "url": "https://status.example.com",
            "time_zone": "America/Los_Angeles",
            "updated_at": "2026-07-29T13:40:00.000-07:00",
        },
        "status": {"indicator": "none", "description": "All Systems Operational"},
        "components": [
            component("login0000002", "Login", group="groupapi0001", position=2),
            component("login0000001", "Login", group="groupchat001", position=1),
            component("api000000001", "API", group="groupapi0001", position=1),
            group("groupapi0001", "Platform", ["api000000001", "login0000002"], 2),
            group("groupchat001", "Chat", ["login0000001"], 1),
            component("docs00000001", "Docs", position=3),
        ],
        "incidents": [],
        "scheduled_maintenances": [],
    } | more


def planned(**more: Any) -> dict[str, Any]:
    """A maintenance that is still to come."""
    return {
        "id": "maintenance1",
        "name": "Moving databases",
        "status": "scheduled",
        "impact": "maintenance",
        "scheduled_for": "2026-08-01T00:00:00Z",
        "scheduled_until": "2026-08-01T02:00:00Z",
        "shortlink": None,
        "components": [component("api000000001", "API")],
        "incident_updates": [],
    } | more


# -- incident.io -----------------------------------------------------------------------------


def native(**more: Any) -> dict[str, Any]:
    """A page of a group of two and one part that stands alone, all well."""
    inner = {
        "id": f"{ULID}0",
        "name": "Example AI",
        "public_url": "https://status.example.com/",
        "components": [
            {"id": f"{ULID}1", "name": "Conversations", "status_page_id": f"{ULID}0"},
            {"id": f"{ULID}2", "name": "Login", "status_page_id": f"{ULID}0"},
            {"id": f"{ULID}3", "name": "Docs", "status_page_id": f"{ULID}0"},
        ],
        "structure": {
            "items": [
                {"component": {"component_id": f"{ULID}3", "name": "Docs", "hidden": False}},
                {
                    "group": {
                        "id": f"{ULID}9",
                        "name": "Chat",
                        "hidden": False,
                        "components": [
                            {"component_id": f"{ULID}1", "name": "Conversations"},
                            {"component_id": f"{ULID}2", "name": "Login"},
                        ],
                    }
                },
            ]
        },
        "affected_components": [],
        "ongoing_incidents": [],
        "scheduled_maintenances": [],
    }
    return {"summary": inner | more}


def ongoing(**more: Any) -> dict[str, Any]:
    """An incident that made Login bad and has let go of it, though it is not over."""
    return {
        "id": f"{ULID}A",
        "name": "Sign-in fails",
        "status": "monitoring",
        "type": "incident",
        "published_at": "2026-03-17T03:06:13.955Z",
        "affected_components": [
            {
                "component_id": f"{ULID}2",
                "status": "full_outage",
                "current_status": "operational",
            }
        ],
        "component_impacts": [
            {
                "component_id": f"{ULID}2",
                "status": "full_outage",
                "start_at": "2026-03-17T03:06:13.955Z",
                "end_at": "2026-03-17T04:09:53Z",
            }
        ],
        "status_summaries": [
            {"start_at": "2026-03-17T02:42:00Z", "end_at": "2026-03-17T03:06:13.955Z"},
            {"start_at": "2026-03-17T03:06:13.955Z"},
        ],
        "updates": [
            {
                "published_at": "2026-03-17T02:42:00Z",
                "to_status": "identified",
                "message_string": "We have found it.\n\n\nMore soon.",
            },
            {
                "published_at": "2026-03-17T03:17:00Z",
                "to_status": "monitoring",
                "message_string": "Fixed, and watched.",
            },
        ],
    } | more


def compatible_page() -> dict[str, Any]:
    return {
        "id": f"{ULID}0",
        "name": "Example AI",
        "url": "https://status.example.com/",
        "updated_at": "2026-07-09T19:25:56Z",
    }


def compatible_component(number: int, status: str = "operational") -> dict[str, Any]:
    return {
        "id": f"01K{number:023d}",
        "name": f"Part {number}",
        "status": status,
        "position": number,
        "page_id": f"{ULID}0",
    }


def compatible_event(**more: Any) -> dict[str, Any]:
    """An incident of the imitation: it names no part and has no start of its own."""
    return {
        "id": f"{ULID}B",
        "name": "Elevated errors",
        "status": "investigating",
        "impact": "minor",
        "created_at": "2026-09-29T17:52:52Z",
        "updated_at": "2026-09-29T18:24:17Z",
        "incident_updates": [
            {
                "status": "investigating",
                "body": "",
                "display_at": "2026-09-29T17:52:52Z",
            }
        ],
    } | more


# -- RSS and Atom ----------------------------------------------------------------------------

BUILT = "Sat, 01 Aug 2026 12:00:00 GMT"


def rss(*items: str, title: str = "Example AI status", built: str | None = BUILT) -> bytes:
    """An RSS feed, made at noon of 2026-08-01 as it says."""
    made = f"<lastBuildDate>{built}</lastBuildDate>" if built else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://status.example.com/</link>"
        f"<description>x</description>{made}{''.join(items)}</channel></rss>"
    ).encode()


def item(
    guid: str | None = "incident-1",
    title: str = "Elevated errors",
    content: str = "<p><strong>Investigating</strong> - We look.</p>",
    at: str | None = "Sat, 01 Aug 2026 11:00:00 GMT",
    link: str | None = "https://status.example.com/incidents/1",
    more: str = "",
) -> str:
    """One item; what is None is left out."""
    said = {"guid": guid, "title": title, "link": link, "pubDate": at, "description": content}
    tags = (f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in said.items() if text is not None)
    return f"<item>{''.join(tags)}{more}</item>"


def atom(*entries: str, updated: str = "2026-08-01T12:00:00Z") -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example AI status</title>'
        f"<updated>{updated}</updated>{''.join(entries)}</feed>"
    ).encode()


def entry(content: str, *, id_: str = "tag:status.example.com,2005:Incident/1", **said: str) -> str:
    """One Atom entry."""
    said = {
        "title": "Elevated errors",
        "published": "2026-08-01T09:00:00Z",
        "updated": "2026-08-01T11:00:00Z",
    } | said
    tags = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in said.items())
    return (
        f"<entry><id>{html.escape(id_)}</id>{tags}"
        '<link rel="alternate" href="https://status.example.com/incidents/1"/>'
        f'<content type="html">{html.escape(content)}</content></entry>'
    )


# -- Google ----------------------------------------------------------------------------------


def google_event(**more: Any) -> dict[str, Any]:
    """An incident of the Gemini app that goes on."""
    return {
        "id": "Incident0000000001",
        "number": "1",
        "begin": "2026-06-10T10:20:00+00:00",
        "created": "2026-06-10T10:40:00+00:00",
        "modified": "2026-06-10T11:00:00+00:00",
        "external_desc": "**Title**\nGemini answers with errors\n**Description**\nWe look.",
        "updates": [
            {
                "when": "2026-06-10T11:00:00+00:00",
                "text": "**Still** looking, see [the guide](https://example.com/x).",
                "status": "SERVICE_DISRUPTION",
            },
            {"when": "2026-06-10T10:40:00+00:00", "text": "We look.", "status": "SERVICE_OUTAGE"},
        ],
        "most_recent_update": {
            "when": "2026-06-10T11:00:00+00:00",
            "text": "",
            "status": "SERVICE_DISRUPTION",
        },
        "status_impact": "SERVICE_OUTAGE",
        "severity": "medium",
        "affected_products": [{"id": "gemini01", "title": "Gemini"}],
        "uri": "incidents/Incident0000000001",
    } | more


def google_products() -> dict[str, Any]:
    names = {"gmail001": "Gmail", "gemini01": "Gemini"}
    return {"products": [{"id": id_, "title": name} for id_, name in names.items()]}


# -- Microsoft -------------------------------------------------------------------------------


def post(workload: str, name: str, status: str = "Operational", **more: Any) -> dict[str, Any]:
    return {
        "ServiceDisplayName": name,
        "ServiceWorkloadName": workload,
        "Id": None,
        "AuthoredDateTime": "0001-01-01T00:00:00+00:00",
        "InternalDateTime": "0001-01-01T00:00:00+00:00",
        "LastUpdatedTime": "2026-08-01T12:00:00.4890434+00:00",
        "Title": "",
        "Message": "",
        "Status": status,
    } | more


def posts(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [post("CopilotConsumer", "Microsoft Copilot"), post("Outlook.com", "Outlook.com"), *rows]


# -- xAI -------------------------------------------------------------------------------------


def xai_item(
    component: str = "Grok (Web)",
    status: str = "RESOLVED",
    severity: str = "available",
    at: str = "Sat, 01 Aug 2026 11:00:00 GMT",
    guid: str = "INC0001",
) -> str:
    """An incident with two blocks, oldest first."""
    blocks = "".join(
        f"<div><p><strong>{when}</strong></p><h3>{word}</h3><p>{text}</p></div>"
        for when, word, text in (
            ("Sat, 01 Aug 2026 09:30:00 GMT", "Investigating", "We look."),
            (at, status.capitalize(), "Latest."),
        )
    )
    content = f"<h3>Status: {status}</h3><p>Severity: {severity}</p>{blocks}"
    return item(
        guid,
        f"[{component}] Elevated errors",
        content,
        at,
        f"https://status.x.ai/grok/{guid}",
        f"<category>{severity}</category><category>{status}</category>",
    )
