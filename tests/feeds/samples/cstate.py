"""cState's document, written by hand as feeds.md 1.16 and its template describe it."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def issue(severity: str = "disrupted", **more: Any) -> dict:
    return {
        "is": "issue",
        "title": "Errors",
        "createdAt": "2026-08-01 11:00:00 +0000 UTC",
        "lastMod": "2026-08-01 13:30:00 +0200 CEST",
        "permalink": "https://status.example.com/issues/errors/",
        "severity": severity,
        "resolved": False,
        "informational": False,
        "resolvedAt": "<no value>",
        "affected": ["API", "Login"],
        "filename": "errors.md",
    } | more


def system(name: str, status: str = "ok", *issues: dict, **more: Any) -> dict:
    said = {"name": name, "category": "Platform", "status": status}
    return said | {"unresolvedIssues": list(issues)} | more


def index(*systems: dict, summary: str = "ok", **more: Any) -> dict:
    """A page of two systems."""
    return {
        "is": "index",
        "cStateVersion": "5.2",
        "apiVersion": "2.0",
        "title": "Example",
        "baseURL": "https://status.example.com/",
        "summaryStatus": summary,
        "categories": [{"name": "Platform", "hideTitle": False, "closedByDefault": False}],
        "systems": list(systems) or [system("API"), system("Login")],
        "buildDate": "2026-08-01",
        "buildTime": "12:00",
        "buildTimezone": "UTC",
    } | more


IDENTIFIES = "/index.json"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(index())}
