"""Everything looked at in order, as one list of findings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from notifier import circumstances
from notifier.doctor import (
    autostart,
    computer,
    desktop,
    exposure,
    kept,
    network,
    places,
    program,
    relays,
    running,
)
from notifier.doctor.finding import Finding, Level, Notes, Subject
from notifier.doctor.kept import Written
from notifier.doctor.redaction import Secrets
from notifier.doctor.relays import Ways
from notifier.model.settings import Settings
from notifier.storage.checkup import Checkup
from notifier.storage.places import Places
from notifier.wording.say import Say


@dataclass(frozen=True, slots=True)
class Patient:
    """One profile on this computer; `references` is None where the network is not looked at.

    `settings` are those in force, None where nothing is known of them.
    """

    places: Places
    written: Written
    checkup: Checkup | None
    references: Sequence[str] | None
    proxy: str = "system"
    ca: str | None = None
    ways: Ways = field(default_factory=Ways)
    settings: Settings | None = None


def examine(patient: Patient, secrets: Secrets, say: Say) -> list[Finding]:
    """All findings; no secret of the settings or the environment is in any of their sentences."""
    owner = running.look(Notes(Subject.OWNER, say), patient.places)
    found = [
        *program.look(Notes(Subject.PROGRAM, say)),
        *places.look(Notes(Subject.PLACES, say), patient.places),
        *kept.settings(Notes(Subject.SETTINGS, say), patient.written),
        *kept.history(Notes(Subject.HISTORY, say), patient.checkup),
        *exposure.look(Notes(Subject.EXPOSURE, say), patient.settings),
        owner.finding,
        *desktop.look(Notes(Subject.DESKTOP, say), owner.tray),
        *computer.look(Notes(Subject.COMPUTER, say), circumstances.current()),
        *autostart.look(Notes(Subject.AUTOSTART, say), patient.places),
        *relays.look(Notes(Subject.RELAYS, say), patient.ways),
        *network.look(Notes(Subject.NETWORK, say), patient.references, patient.proxy, patient.ca),
    ]
    return [_clean(one, secrets) for one in found]


def attention(findings: Sequence[Finding]) -> int:
    """How many of them need somebody to do something."""
    return sum(one.level is Level.ATTENTION for one in findings)


def _clean(one: Finding, secrets: Secrets) -> Finding:
    return replace(one, says=secrets.without(one.says), advice=secrets.without(one.advice))
