"""Whether it starts by itself at login. The seam for `notifier.autostart`: see `look`."""

from notifier.doctor.finding import Finding, Notes
from notifier.wording import doctor as said


def look(notes: Notes) -> list[Finding]:
    """What `autostart.current().status()` says is to stand here, once that room is there."""
    return [notes.unknown(said.AUTOSTART_UNKNOWN)]
