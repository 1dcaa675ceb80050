"""What Flashduty's two documents share: their words, and how an error comes as an answer."""

from collections.abc import Iterable, Mapping

from notifier.feeds.incident import PHASES
from notifier.feeds.shape import Unreadable, document, plain, unknown
from notifier.model.health import Health, worst

STATES: Mapping[str, Health] = {
    "operational": Health.OPERATIONAL,
    "maintenance": Health.MAINTENANCE,
    "under_maintenance": Health.MAINTENANCE,  # so it is said of parts
    "degraded": Health.DEGRADED,
    "partial_outage": Health.PARTIAL_OUTAGE,
    "full_outage": Health.MAJOR_OUTAGE,
}
"""Of the page, of a part and of what an incident does."""

_ERRORS: Mapping[str, str] = {
    "status_page_not_found": "Flashduty knows no such page, or does not show it to programs.",
    "widget_summary_unavailable": "Flashduty has no summary of this page just now.",
}


def answer(body: bytes) -> object:
    """The document that came, which may say 200 and be none.

    Raises:
        Unreadable: it is broken, or says that there is none.
    """
    tree = document(body)
    error = tree.get("error") if isinstance(tree, dict) else None
    if error:
        word = error.get("code") or error.get("message") if isinstance(error, dict) else error
        said = f"Flashduty answered with an error: “{plain(str(word), 80)}”."
        raise Unreadable(_ERRORS.get(str(word), said))
    return tree


def health(word: str | None) -> Health:
    """What a word means."""
    return STATES.get(word or "", Health.UNKNOWN)


def declared(impact: str | None, of_parts: Iterable[Health]) -> Health:
    """What an incident does: as it says, else what it does to parts; degraded where neither is."""
    return health(impact) if impact is not None else worst(tuple(of_parts) or (Health.DEGRADED,))


def notes(states: Iterable[str | None], phases: Iterable[str]) -> tuple[str, ...]:
    """A note for each word that is none of the vendor's."""
    return (
        *unknown("status", {word or "" for word in states}, STATES),
        *unknown("incident status", phases, PHASES),
    )
