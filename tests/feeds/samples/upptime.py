"""An Upptime summary of two sites that are up."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def upptime_site(name: str = "LLM gateway", status: str = "up", **more: Any) -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    return {
        "name": name,
        "url": f"https://{slug}.example.edu",
        "icon": f"https://icons.example.com/{slug}.ico",
        "slug": slug,
        "status": status,
        "uptime": "99.93%",
        "uptimeDay": "100.00%",
        "time": 219,
        "timeDay": 172,
        "dailyMinutesDown": {"2026-07-12": 21},
    } | more


IDENTIFIES = "/history/summary.json"
SITE: Mapping[str, bytes] = {IDENTIFIES: body([upptime_site(), upptime_site("Wiki")])}
