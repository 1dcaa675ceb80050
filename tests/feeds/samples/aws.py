"""Amazon's current events as feeds.md 1.10 describes them, written by hand."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body

IDENTIFIES = "/public/currentevents"

BEGUN = 1785576000
"""Sat, 01 Aug 2026 09:20:00 GMT"""


def event(service: str = "bedrock-us-east-1", status: str = "2", **more: Any) -> dict[str, Any]:
    """An event of one service in one region that goes on."""
    return {
        "date": str(BEGUN),
        "arn": f"arn:aws:health:us-east-1::event/X/AWS_X_OPERATIONAL_ISSUE/{service}_{BEGUN}",
        "region_name": "N. Virginia",
        "status": status,
        "service": service,
        "service_name": "Amazon Bedrock",
        "summary": "Increased Error Rates",
        "event_log": [
            {
                "summary": "Increased Error Rates",
                "message": "We look.",
                "status": 1,
                "timestamp": BEGUN,
            },
            {
                "summary": "Increased Error Rates",
                "message": "We found it.",
                "status": 2,
                "timestamp": BEGUN + 600,
            },
        ],
        "end_time": None,
    } | more


def impacted(**services: tuple[str, str]) -> dict[str, Any]:
    """By their keys, with `_` for `-`: how services are, and their worst."""
    return {
        key.replace("_", "-"): {
            "service_name": f"AWS {key.partition('_')[0]}",
            "current": current,
            "max": most,
        }
        for key, (current, most) in services.items()
    }


def of_many(**more: Any) -> dict[str, Any]:
    """An event of a whole region, as it is before it says which services it touches."""
    return event("multipleservices-us-east-1", "3", service_name="Multiple services") | more


def over(**more: Any) -> dict[str, Any]:
    """One that has ended and is still listed."""
    ended = {"status": "0", "summary": "[RESOLVED] Increased Error Rates"}
    return event(**ended, end_time=str(BEGUN + 3600)) | more


def in_utf_16(document: Any) -> bytes:
    """As Amazon sends it."""
    return b"\xfe\xff" + body(document).decode().encode("utf-16-be")


SITE: Mapping[str, bytes] = {IDENTIFIES: in_utf_16([over()])}
