"""Salesforce Trust's documents, written by hand as feeds.md 1.14 describes them."""

from collections.abc import Mapping
from typing import Any

from tests.feeds.bodies import body


def incident(**more: Any) -> dict:
    """One that goes on."""
    impact = {"id": 1, "startTime": "2026-08-01T11:00:00.000Z", "endTime": None}
    impact |= {"type": "performanceDegradation", "severity": "minor"}
    said = {"id": 5968, "additionalInformation": "", "updatedAt": "2026-08-01T11:30:00.000Z"}
    return said | {"IncidentImpacts": [impact], "instanceKeys": ["NA1"]} | more


def instance(key: str, status: str = "OK", *incidents: dict, **more: Any) -> dict:
    said = {"key": key, "location": "NA", "environment": "production", "status": status}
    return said | {"isActive": True, "Incidents": list(incidents)} | more


def product(*instances: dict) -> dict:
    listed = list(instances) or [instance("NA1"), instance("EU2", location="EMEA")]
    return {"key": "Tableau", "name": "Tableau", "isActive": True, "Instances": listed}


IDENTIFIES = "/v1/products/Tableau"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(product())}
PAGE = "/products/Tableau"
"""Where a person finds it: the address says which product."""
