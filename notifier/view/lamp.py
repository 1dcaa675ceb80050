"""Which lamp a service has, and which the whole: the rules of `interfaces.md`."""

from collections.abc import Iterable

from notifier.model.health import Health
from notifier.model.picture import Lamp
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose

URGENCY = (Lamp.TROUBLE, Lamp.WATCH, Lamp.BLIND, Lamp.MAINTENANCE, Lamp.CLEAR, Lamp.EMPTY)
"""The whole has the first of these that any service has; the list stands in the same order."""

BY_STATE = {
    Health.OPERATIONAL: Lamp.CLEAR,
    Health.MAINTENANCE: Lamp.MAINTENANCE,
    Health.UNKNOWN: Lamp.BLIND,
    Health.DEGRADED: Lamp.WATCH,
    Health.PARTIAL_OUTAGE: Lamp.TROUBLE,
    Health.MAJOR_OUTAGE: Lamp.TROUBLE,
}
"""The lamp of a state that nothing casts doubt on."""


def lamp_of(verdict: Verdict, override: Override | None) -> Lamp:
    """The lamp of one service: by its state, but never above watch on a mere suspicion.

    The person's own *it works for me* caps it in the same way. A local model nobody started is no
    matter at all; an account that is refused is one, whatever else there is.
    """
    if verdict.cause is Cause.NOT_RUNNING:
        return Lamp.EMPTY
    lamp = BY_STATE[verdict.health]
    if verdict.refused is not None and verdict.whose is not Whose.YOU:
        lamp = min(lamp, Lamp.WATCH, key=URGENCY.index)
    doubtful = verdict.confidence is Confidence.SUSPECTED or override is Override.WORKS
    return Lamp.WATCH if doubtful and lamp is Lamp.TROUBLE else lamp


def lamp_of_all(lamps: Iterable[Lamp], *, paused: bool) -> Lamp:
    """The one indicator. With nothing chosen it is neutral, paused or not."""
    most_urgent = min(lamps, key=URGENCY.index, default=None)
    if most_urgent is None:
        return Lamp.EMPTY
    return Lamp.PAUSED if paused else most_urgent
