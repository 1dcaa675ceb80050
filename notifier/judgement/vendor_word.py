"""What a vendor has said last of its own incidents, and whether it has explained them since."""

from datetime import UTC, datetime

from msgspec import Struct

from notifier.judgement.draft import Draft
from notifier.judgement.weigh import last_report
from notifier.model.board import Thread
from notifier.model.observation import Incident, Phase
from notifier.model.service import Service

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_MARKED_BY = 120


class VendorWord(Struct, frozen=True):
    """The newest word on an outage. `mark` tells it from the one before: its time where it has
    one, so that an edited text is no news.
    """

    mark: str = ""
    text: str = ""


def newest(draft: Draft, service: Service, thread: Thread) -> VendorWord:
    """The newest word on the incidents of a thread; an empty one where there is none."""
    updates = [
        (update.at or _LONG_AGO, incident.id, update)
        for incident in _incidents(draft, service, thread)
        for update in incident.updates
    ]
    if not updates:
        return VendorWord()
    at, id_, update = max(updates, key=lambda one: one[0])
    named = update.text[:_MARKED_BY] if at is _LONG_AGO else at.isoformat()
    return VendorWord(f"{id_} {named}", update.text)


def explained(draft: Draft, service: Service, thread: Thread) -> bool:
    """Whether the vendor has published what the cause of an outage was."""
    return any(
        incident.phase is Phase.POSTMORTEM for incident in _incidents(draft, service, thread)
    )


def _incidents(draft: Draft, service: Service, thread: Thread) -> tuple[Incident, ...]:
    report = last_report(service, draft.board) if thread.incidents else None
    if report is None:
        return ()
    return tuple(one for one in report.incidents if one.id in thread.incidents)
