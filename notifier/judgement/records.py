"""What of a look is worth keeping: how long it took, a source's change of state, incidents."""

from notifier.judgement.draft import Draft
from notifier.judgement.weigh import fold
from notifier.model.board import Sight
from notifier.model.health import Health
from notifier.model.observation import (
    Answered,
    Failure,
    Observation,
    Reading,
    Report,
    Says,
)
from notifier.model.record import IncidentSeen, LookTimed, RunBegan

_DOOR = {
    Says.FAILING: Health.MAJOR_OUTAGE,
    Says.OVERLOADED: Health.DEGRADED,
}


def keep_look(draft: Draft, before: Sight | None, seen: Observation) -> None:
    """Ask for the entries of one look."""
    if seen.latency is not None:
        draft.record(LookTimed(seen.source, seen.at.utc, seen.latency))
    last = before.last if before is not None else None
    if last is not None and last.outcome is seen.outcome:
        return  # the very same document: nothing in it can have changed
    state = state_of(seen)
    if last is None or state_of(last) is not state:
        draft.record(RunBegan(seen.source, state.value, seen.at.utc))
    if isinstance(seen.outcome, Report):
        good = before.good if before is not None else None
        _keep_incidents(draft, good, seen, seen.outcome)


def state_of(seen: Observation) -> Health:
    """The state a single look stands for in the history of its source."""
    match seen.outcome:
        case Report() as report:
            return fold(report, ()).health
        case Reading() as reading:
            return _DOOR.get(reading.says, Health.OPERATIONAL)
        case Answered():
            return Health.OPERATIONAL
        case Failure():
            return Health.UNKNOWN


def _keep_incidents(
    draft: Draft, good: Observation | None, seen: Observation, report: Report
) -> None:
    known = good.outcome.incidents if good and isinstance(good.outcome, Report) else ()
    before = {incident.id: incident for incident in known}
    for incident in report.incidents:
        if before.get(incident.id) != incident:
            draft.record(IncidentSeen(seen.source, incident, seen.at.utc))
