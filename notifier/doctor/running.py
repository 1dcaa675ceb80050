"""Who owns the profile just now, and whether they answer."""

import os
import sys
from dataclasses import dataclass

from notifier.doctor.finding import Finding, Notes
from notifier.owner import client
from notifier.owner.lock import Holder, Kind, holder
from notifier.owner.transport import NotAvailable, OwnerError
from notifier.storage.places import Places
from notifier.wording import doctor as said

_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Owner:
    """What was found; `tray` is its process where it is one that has an icon."""

    finding: Finding
    tray: int | None = None


def look(notes: Notes, places: Places) -> Owner:
    """Ask the owner for what it knows; what it says does not matter here."""
    signed = holder(places.run)
    try:
        answer = client.ask(places.socket, {"ask": "document"}, _PATIENCE)
    except NotAvailable as error:
        return Owner(notes.unknown(said.NOT_ASKED, why=str(error).rstrip(".")))
    except OwnerError as error:
        pid = str(signed.pid) if signed is not None else "?"
        return Owner(notes.attention(said.SILENT, why=str(error).rstrip("."), pid=pid))
    if answer is None:
        return Owner(notes.ok(said.NOT_RUNNING))
    return _answered(notes, signed)


def _answered(notes: Notes, signed: Holder | None) -> Owner:
    if signed is None or not _lives(signed.pid):
        return Owner(notes.ok(said.RUNNING_SOMEBODY))
    tray = signed.kind is Kind.TRAY
    who = notes.say(said.TRAY if tray else said.WATCH)
    finding = notes.ok(said.RUNNING, who=who, pid=str(signed.pid))
    return Owner(finding, signed.pid if tray else None)


def _lives(pid: int) -> bool:
    """Whether there is such a process; nothing is done to it."""
    if sys.platform == "win32":
        return True  # there a signal of any number ends it
    try:
        os.kill(pid, 0)
    except (OSError, OverflowError):
        return False
    return True
