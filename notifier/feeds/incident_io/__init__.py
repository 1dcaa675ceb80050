"""incident.io: the page's own document first, the Statuspage-compatible ones as second choice."""

from collections.abc import Mapping

from notifier.feeds.incident_io import compatible, document, native
from notifier.feeds.plan import Plan, Want, base
from notifier.feeds.shape import Unreadable, body_of
from notifier.model.observation import Report
from notifier.model.service import host_of


def plans(url: str) -> tuple[Plan, ...]:
    """The own document; where a page has none, the list of all components and the incidents.

    The compatible summary.json is never asked for: it names 25 parts at most, not always the same.
    """
    page = base(url)
    return (
        Plan("native", (Want("summary", f"{page}/proxy/{host_of(page)}"),)),
        Plan(
            "compatible",
            (
                Want("components", f"{page}/api/v2/components.json"),
                Want("incidents", f"{page}/api/v2/incidents.json"),
            ),
        ),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says; the plan `summary` reads a compatible summary.json somebody kept.

    Raises:
        Unreadable: it is not this vendor's document.
    """
    match plan:
        case "native":
            return native.report(document.summary(body_of(bodies, "summary")))
        case "compatible":
            return compatible.both(body_of(bodies, "components"), body_of(bodies, "incidents"))
        case "summary":
            return compatible.bare(body_of(bodies, "summary"))
        case _:
            raise Unreadable(f"incident.io has no documents called “{plan}”.")
