"""What is kept: the settings as they are understood, and the history's file."""

from dataclasses import dataclass
from datetime import UTC, datetime

from notifier.doctor.finding import Finding, Notes
from notifier.storage.checkup import FORM, Checkup
from notifier.wording import doctor as said
from notifier.wording.times import ago


@dataclass(frozen=True, slots=True)
class Written:
    """What the settings say: how many services, what is wrong, or why none of it can be read."""

    services: int = 0
    complaints: tuple[str, ...] = ()
    unreadable: str | None = None
    there: bool = True


def settings(notes: Notes, written: Written) -> list[Finding]:
    """What is wrong with the settings, a line each; else that nothing is."""
    if written.unreadable is not None:
        return [notes.attention(said.SETTINGS_UNREADABLE, why=written.unreadable)]
    if written.complaints:
        return [notes.attention(said.SETTINGS_WRONG, complaint=one) for one in written.complaints]
    if not written.there:
        return [notes.ok(said.SETTINGS_NONE)]
    services = said.services(written.services, notes.say)
    return [notes.ok(said.SETTINGS_FINE, services=services)]


def history(notes: Notes, checkup: Checkup | None) -> list[Finding]:
    """Whether the history is whole, and when it was last written."""
    if checkup is None:
        return [notes.ok(said.HISTORY_NONE)]
    if checkup.trouble:
        newer = checkup.form is not None and checkup.form > FORM
        message = said.HISTORY_NEWER if newer else said.HISTORY_TROUBLE
        return [notes.attention(message, why=checkup.trouble)]
    size = said.size(checkup.size, notes.say)
    notices = said.notices(checkup.rows.get("notices", 0), notes.say)
    when = _when(checkup.alive_at, notes)
    return [notes.ok(said.HISTORY_FINE, size=size, notices=notices, when=when)]


def _when(at: datetime | None, notes: Notes) -> str:
    if at is None:
        return notes.say("never")
    return ago(max(0.0, (datetime.now(UTC) - at).total_seconds()), notes.say)
