"""A page of Statuspal's, written by hand as its clients describe it."""

import json
from collections.abc import Mapping


def service(id_: int, name: str, kind: str = "none") -> str:
    return (
        f'<div id="service-{id_}" class="service-status status-type-{kind} "><div>'
        f'<span class="service-status--name">{name}</span>'
        '<span class="service-status--status"> whatever </span></div></div>'
    )


def incident(**more: object) -> dict:
    """One that goes on."""
    said = {"id": 245923, "title": "Reports are late", "starts_at": "2026-08-01T14:37:07"}
    return said | {"ends_at": None, "i_type": {"key": "minor", "title": "Minor"}} | more


def page(*services: str, overall: str | None = "none", incidents: list | None = None) -> bytes:
    listed = services or (service(1, "App"), service(2, "API &amp; hooks"))
    head = f'<div class="system-status system-status--type-{overall}">All</div>' if overall else ""
    script = ""
    if incidents is not None:
        script = f"<script>window.incidents = {json.dumps(incidents)}; window.x = 1;</script>"
    return (
        "<!doctype html><html><head><title>Example Status</title></head><body>"
        f"{head}{''.join(listed)}{script}</body></html>\n"
    ).encode()


IDENTIFIES = "/"
SITE: Mapping[str, bytes] = {IDENTIFIES: page()}
