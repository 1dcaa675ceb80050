"""incident.io: the page's own document first, the Statuspage-compatible ones as second choice."""

from collections.abc import Mapping

from notifier.feeds.incident_io import compatible, document, native, page
from notifier.feeds.plan import Origin, Plan, Want, base
from notifier.feeds.shape import Unreadable, body_of
from notifier.model.observation import Report
from notifier.model.service import host_of

TITLE = "incident.io"
ORIGIN = Origin.SEEN


def plans(url: str) -> tuple[Plan, ...]:
    """The own document; where a page has none, the list of all components and the incidents.

    The compatible summary.json is never asked for: it names 25 parts at most, not always the same.
    """
    home = base(url)
    return (
        Plan("native", (Want("summary", f"{home}/proxy/{host_of(home)}"),)),
        Plan(
            "compatible",
            (
                Want("components", f"{home}/api/v2/components.json"),
                Want("incidents", f"{home}/api/v2/incidents.json"),
            ),
        ),
    )


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """What a page says.

    The plan `summary` reads a compatible summary.json somebody kept, the plan `page` a page for
    people: never over the network, where a web page in place of data is a login page or a move.

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
        case "page":
            return native.report(page.summary(body_of(bodies, "summary")))
        case _:
            raise Unreadable(f"incident.io has no documents called “{plan}”.")
