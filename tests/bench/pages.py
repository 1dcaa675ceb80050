"""Status pages to watch: Atlassian Statuspage documents, all quiet, of an ordinary size."""

import json
from datetime import UTC, datetime, timedelta

GROUPS = {
    "Chat": ("Conversations", "Login", "Search", "Voice mode", "Image generation", "File uploads"),
    "API": ("Completions", "Embeddings", "Batch", "Fine-tuning", "Files", "Moderation"),
    "Account": ("Billing", "Console", "Usage reports", "Single sign-on", "Documentation"),
}

TOWNS = ("Aalborg, Denmark", "Bogotá, Colombia", "Cotonou, Benin", "Doha, Qatar", "Lyon,  France")
"""One of them with two blanks: some of the real names are so."""


def summary(number: int, now: datetime) -> bytes:
    """The summary.json of the page with this number: 20 components, an old and a coming event."""
    page = f"bench{number:07d}"
    document = {
        "page": {
            "id": page,
            "name": f"Bench {number}",
            "url": f"https://bench-{number}.example/",
            "time_zone": "Etc/UTC",
            "updated_at": stamp(now - timedelta(hours=2)),
        },
        "components": components(page, now),
        "incidents": [],
        "scheduled_maintenances": [maintenance(page, now)],
        "status": {"indicator": "none", "description": "All Systems Operational"},
    }
    return json.dumps(document).encode()


def large(now: datetime) -> bytes:
    """A page like Cloudflare's: 470 components in eight groups, eleven maintenances, 200 kB."""
    groups = [component("large", now, head, f"Region {head}") for head in range(8)]
    leaves = [
        component("large", now, 8 + n, f"{TOWNS[n % len(TOWNS)]} {n} - (P{n:03d})")
        | {"group_id": identifier(n % 8), "description": f"Point of presence {n}: routed & served."}
        for n in range(462)
    ]
    for head, row in enumerate(groups):
        inside = [identifier(8 + n) for n in range(462) if n % 8 == head]
        row |= {"group": True, "components": inside}
    document = json.loads(summary(0, now))
    document["components"] = [*groups, *leaves]
    document["scheduled_maintenances"] = [works(now, n, leaves[n * 40]) for n in range(11)]
    return json.dumps(document, separators=(",", ":")).replace("&", r"\u0026").encode()


def works(now: datetime, number: int, where: dict) -> dict:
    """A maintenance of one component, told at length."""
    planned = maintenance("large", now) | {"id": f"works{number:07d}", "components": [where]}
    text = "Traffic might be re-routed from this location.\n\nYou may see higher latency.\n" * 8
    planned["incident_updates"] = [planned["incident_updates"][0] | {"body": text}]
    return planned


def components(page: str, now: datetime) -> list[dict]:
    """Three groups, each followed by the components in it."""
    rows: list[dict] = []
    for group, names in GROUPS.items():
        head = len(rows)
        children = [identifier(head + place) for place in range(1, len(names) + 1)]
        rows.append(component(page, now, head, group) | {"group": True, "components": children})
        for place, name in enumerate(names, head + 1):
            rows.append(component(page, now, place, name) | {"group_id": identifier(head)})
    return rows


def component(page: str, now: datetime, position: int, name: str) -> dict:
    """One operational component that stands in no group."""
    return {
        "id": identifier(position),
        "name": name,
        "status": "operational",
        "created_at": stamp(now - timedelta(days=400)),
        "updated_at": stamp(now - timedelta(days=3)),
        "position": position,
        "description": None,
        "showcase": True,
        "start_date": "2025-10-01",
        "group_id": None,
        "page_id": page,
        "group": False,
        "only_show_if_degraded": False,
    }


def maintenance(page: str, now: datetime) -> dict:
    """Announced for the week after next, so that it changes no state."""
    begins = now + timedelta(days=10)
    update = {
        "id": "updatebench1",
        "incident_id": "maintbench01",
        "status": "scheduled",
        "body": "We will be moving databases. No interruption is expected.",
        "created_at": stamp(now - timedelta(days=1)),
        "updated_at": stamp(now - timedelta(days=1)),
        "display_at": stamp(now - timedelta(days=1)),
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }
    return {
        "id": "maintbench01",
        "name": "Database move",
        "status": "scheduled",
        "created_at": update["created_at"],
        "updated_at": update["updated_at"],
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "maintenance",
        "shortlink": "https://stspg.example/bench",
        "started_at": stamp(begins),
        "page_id": page,
        "incident_updates": [update],
        "components": [],
        "scheduled_for": stamp(begins),
        "scheduled_until": stamp(begins + timedelta(hours=2)),
    }


def identifier(position: int) -> str:
    """Twelve letters and digits, as Statuspage's."""
    return f"bench{position:07d}"


def stamp(at: datetime) -> str:
    """A time as Statuspage writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
