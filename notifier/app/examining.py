"""The doctor at work on one profile: what is found, and the bundle of it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notifier import __version__, documents
from notifier.app.profile import Meant, Profile, read_settings
from notifier.app.relaying import named
from notifier.doctor import bundle as bundles
from notifier.doctor.examination import Patient, attention, examine
from notifier.doctor.finding import Finding
from notifier.doctor.kept import Written
from notifier.doctor.redaction import Secrets
from notifier.doctor.relays import Ways
from notifier.documents import Document
from notifier.model.settings import Choices, Settings
from notifier.storage.checkup import Checkup, check_up
from notifier.storage.review import last_relayed
from notifier.storage.settings_file import SettingsUnreadable
from notifier.watch.clock import SystemClock
from notifier.wording.say import Say


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, and what of it may go out."""

    findings: tuple[Finding, ...]
    document: Document
    checkup: Checkup | None
    settings: Any
    secrets: Secrets

    @property
    def attention(self) -> int:
        """How many findings need somebody to do something."""
        return attention(self.findings)


def examined(place: Profile, say: Say, *, offline: bool) -> Examined:
    """Look at everything; with `offline` at all but the network."""
    settings = bundles.settings_in(place.places.settings)
    secrets = Secrets.held_by(settings, os.environ)
    patient = _patient(place, offline=offline)
    findings = examine(patient, secrets, say)
    at = documents.time(SystemClock().moment().utc) or ""
    document = bundles.document(findings, __version__, at)
    return Examined(tuple(findings), document, patient.checkup, settings, secrets)


def bundle(seen: Examined, report: str, log: Path, target: Path, say: Say) -> tuple[str, ...]:
    """Write the bundle to `target`; a line about each file in it. Raises bundle.NotWritten."""
    packed = bundles.pack(
        report,
        seen.document,
        settings=seen.settings,
        log=log,
        checkup=seen.checkup,
        secrets=seen.secrets,
        say=say,
    )
    bundles.write(packed, target, say)
    return packed.about


def _patient(place: Profile, *, offline: bool) -> Patient:
    meant, written = _meant(place)
    references = None if offline else [source.url for source in meant.settings.references]
    return Patient(
        places=place.places,
        written=written,
        checkup=check_up(place.places.history),
        references=references,
        proxy=meant.choices.proxy,
        ca=meant.choices.ca,
        ways=_ways(place, meant.choices),
        settings=meant.settings,
    )


def _ways(place: Profile, choices: Choices) -> Ways:
    """The pushes and hooks, and how the last of each went."""
    if not choices.pushes and not choices.hooks:
        return Ways()
    hooks = tuple(named(choices.hooks))
    return Ways(choices.pushes, hooks, choices.keys, last_relayed(place.places.history))


def _meant(place: Profile) -> tuple[Meant, Written]:
    """The settings, and what is to be said of them; where they cannot be read, the shipped ones."""
    try:
        meant = read_settings(place)
    except SettingsUnreadable as error:
        shipped = Settings(references=place.catalogue.references)
        return Meant(Choices(), shipped, ()), Written(unreadable=str(error))
    complaints = tuple(str(complaint) for complaint in meant.complaints)
    there = place.places.settings.exists()
    return meant, Written(len(meant.settings.services), complaints, there=there)
