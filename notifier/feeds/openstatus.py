"""openstatus: one word for a whole page, from its public interface. Knows no parts.

Written from a description (feeds.md 1.16). A document that says nothing but one word is taken for
this only where the word is one of openstatus: of a new one nobody could say whose it is.
"""

import re
from collections.abc import Mapping

import msgspec

from notifier.feeds.plan import Origin, Plan, Want, address, base
from notifier.feeds.shape import LINE, Unreadable, body_of, decode, plain
from notifier.model.health import Health
from notifier.model.observation import Report

TITLE = "openstatus"
ORIGIN = Origin.DESCRIBED

API = "https://api.openstatus.dev/public/status"

_HOSTED = re.compile(r"https?://([a-z0-9-]+)\.openstatus\.dev(?:/.*)?$", re.IGNORECASE)
_DOCUMENT = re.compile(r"/public/status/[A-Za-z0-9_-]+/?$")


def plans(url: str) -> tuple[Plan, ...]:
    """The word for the page whose name is in the address, which may be that of its document.

    A page under a name of its owner's does not tell it: there `url` itself is asked.
    """
    page = base(url)
    hosted = _HOSTED.match(page)
    if hosted is None or _DOCUMENT.search(page) or hosted[1].lower() in ("api", "www"):
        return (Plan("status", (Want("status", address(url)),)),)
    return (Plan("status", (Want("status", f"{API}/{hosted[1].lower()}"),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What the page says. There is only one plan, so its name does not matter.

    Raises:
        Unreadable: it is not this vendor's document, or its word is none of theirs.
    """
    del plan
    word = decode(body_of(bodies, "status"), _Status).status
    if word not in STATUSES:
        raise Unreadable(f"“{plain(word, LINE)}” is no status of openstatus.")
    return Report("openstatus", "", "", STATUSES[word])


class _Status(msgspec.Struct, frozen=True):
    status: str


STATUSES: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "under_maintenance": Health.MAINTENANCE,
    "unknown": Health.UNKNOWN,
    "degraded_performance": Health.DEGRADED,
    "incident": Health.DEGRADED,
    "partial_outage": Health.PARTIAL_OUTAGE,
    "major_outage": Health.MAJOR_OUTAGE,
}
"""`incident` is one that goes on and says nothing of how bad it is."""
