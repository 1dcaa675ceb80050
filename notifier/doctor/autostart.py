"""Whether it starts by itself at login, and still can: a session passes over a vanished program."""

from notifier.autostart import Barred, Off, On, Stale, current, sentence
from notifier.doctor.finding import Finding, Level, Notes
from notifier.storage.places import Places
from notifier.wording import doctor as said


def look(notes: Notes, places: Places) -> list[Finding]:
    """What the next login would do. It concerns the default profile alone."""
    if places.profile is not None:
        return [notes.ok(said.AUTOSTART_NOT_OF_A_PROFILE)]
    found = current().status()
    match found:
        case On() | Off():
            level = Level.OK
        case Stale() | Barred():
            level = Level.ATTENTION
    return [Finding(notes.subject, level, sentence(found, notes.say).rstrip("."))]
