"""A project of Healthchecks with two checks that call in, as a read-only key is shown it."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def check(name: str = "Nightly backup", status: str = "up", **more: Any) -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    return {
        "name": name,
        "slug": slug,
        "tags": "backup nightly",
        "desc": "",
        "grace": 3600,
        "n_pings": 41,
        "status": status,
        "started": False,
        "last_ping": "2026-08-01T03:00:07+00:00",
        "next_ping": "2026-08-02T03:00:07+00:00",
        "unique_key": f"key-of-{slug}",
        "timeout": 86400,
    } | more


def checks(*listed: dict[str, Any]) -> dict[str, Any]:
    return {"checks": [*listed]}


def badge(status: str = "up", total: int = 3, grace: int = 0, down: int = 0) -> dict[str, Any]:
    return {"status": status, "total": total, "grace": grace, "down": down}


IDENTIFIES = "/api/v3/checks/"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(checks(check(), check("Index of the wiki")))}
