"""What carries most of the person's tools, before it fails: by the settings alone."""

from notifier.doctor.finding import Finding, Notes
from notifier.model.settings import Settings
from notifier.view.exposure import exposure
from notifier.wording import doctor as said


def look(notes: Notes, settings: Settings | None) -> list[Finding]:
    """A line on each such thing, or that there is none; nothing where nothing is chosen.

    It is a hint: whose tools share something has nothing to repair today.
    """
    if settings is None or not settings.services:
        return []
    found = exposure(settings, notes.say)
    if not found:
        return [notes.ok(said.NOT_EXPOSED)]
    return [notes.ok(said.EXPOSED, sentence=sentence.removesuffix(".")) for sentence in found]
