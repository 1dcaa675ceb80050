"""What an Alertmanager says: of itself, and of what fires, which is nothing in `SITE`."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def alert(*, state: str = "active", summary: str = "It is slow", **labels: str) -> dict[str, Any]:
    """A critical alert of the gateway."""
    return {
        "annotations": {"summary": summary, "description": "p99 is over 5 s."},
        "endsAt": "2026-08-01T12:04:00.000Z",
        "fingerprint": "48bfc50273332e65",
        "receivers": [{"name": "team"}],
        "startsAt": "2026-08-01T11:50:00.000Z",
        "status": {"inhibitedBy": [], "silencedBy": [], "mutedBy": [], "state": state},
        "updatedAt": "2026-08-01T12:00:00.000Z",
        "generatorURL": "https://prometheus.example.edu/graph?g0.expr=up",
        "labels": {"alertname": "Latency", "service": "gateway", "severity": "critical"} | labels,
    }


def alertmanager_status(cluster: str = "ready") -> dict[str, Any]:
    return {
        "cluster": {"name": "01J", "peers": [], "status": cluster},
        "config": {"original": "route:\n  receiver: team\n"},
        "uptime": "2026-07-01T00:00:00.000Z",
        "versionInfo": {"version": "0.27.0", "branch": "HEAD", "goVersion": "go1.22"},
    }


IDENTIFIES = "/api/v2/status"
SITE: Mapping[str, bytes] = {
    IDENTIFIES: body(alertmanager_status()),
    "/api/v2/alerts?active=true&silenced=false&inhibited=false": b"[]",
}
