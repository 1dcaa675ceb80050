"""A report to send with a bug: one zip, readable by this person alone, without secrets."""

import json
import os
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from notifier.doctor.finding import Finding
from notifier.doctor.redaction import Secrets
from notifier.storage.checkup import FORM, Checkup
from notifier.wording import doctor as said
from notifier.wording.say import Say

_MOST_SETTINGS = 1_000_000
_LOG_TAIL = 200_000
"""Bytes of the end of the log that go along."""


class NotWritten(Exception):
    """The bundle could not be written; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is to be written: texts by the name of their file, and a line about each."""

    files: Mapping[str, str]
    about: tuple[str, ...]


def settings_in(path: Path) -> Any:
    """The settings as TOML has them; None where they cannot be read, or there are none."""
    try:
        with path.open("rb") as file:
            return tomllib.loads(file.read(_MOST_SETTINGS).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def pack(
    report: str,
    document: Mapping[str, Any],
    *,
    settings: Any,
    log: Path,
    checkup: Checkup | None,
    secrets: Secrets,
    say: Say,
) -> Bundle:
    """Everything that goes in, cleaned."""
    files = {
        "report.txt": secrets.without(report),
        "report.json": json.dumps(document, indent=2),
    }
    left_out = {}
    if settings is None:
        left_out["settings.json"] = say("there are none, or they are no TOML")
    else:
        files["settings.json"] = json.dumps(secrets.settings(settings), indent=2)
    if (tail := _tail(log)) is None:
        left_out["log.txt"] = say("there is none")
    else:
        files["log.txt"] = secrets.without(tail)
    if checkup is None:
        left_out["history.json"] = say("there is none")
    else:
        files["history.json"] = _census(checkup, secrets)
    about = (
        *(said.content(name, say) for name in ("README.txt", *files)),
        *(said.not_included(name, why, say) for name, why in left_out.items()),
    )
    readme = "\n".join([say(said.README_HEAD), *about, ""])
    return Bundle({"README.txt": readme, **files}, about)


def write(bundle: Bundle, path: Path, say: Say) -> None:
    """Write it to a new file, 0600 from the first byte. Raises NotWritten."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError as error:
        raise NotWritten(say(said.BUNDLE_EXISTS, path=str(path))) from error
    except (OSError, ValueError) as error:
        raise _failed(path, error, say) from error
    try:
        if sys.platform != "win32":
            os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w") as packed:
            for name, text in bundle.files.items():
                packed.writestr(_entry(name), text.encode("utf-8", "replace"))
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise _failed(path, error, say) from error


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of no particular time, readable by its owner; stored, so that anybody can search
    it for what must not be in it.
    """
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o100600 << 16
    return entry


def _failed(path: Path, error: Exception, say: Say) -> NotWritten:
    why = getattr(error, "strerror", None) or str(error)
    return NotWritten(say(said.BUNDLE_FAILED, path=str(path), why=why))


def _tail(log: Path) -> str | None:
    """The last lines of a log, the first of them whole."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LOG_TAIL))
            tail = file.read(_LOG_TAIL).decode("utf-8", "replace")
    except OSError:
        return None
    return tail if size <= _LOG_TAIL else tail.partition("\n")[2]


def _census(checkup: Checkup, secrets: Secrets) -> str:
    """How much there is, and of what form; nothing of what is in it."""
    counted = {
        "bytes": checkup.size,
        "form": checkup.form,
        "newest_form_known": FORM,
        "trouble": secrets.without(checkup.trouble) or None,
        "rows": dict(checkup.rows),
    }
    return json.dumps(counted, indent=2)


def document(findings: list[Finding], version: str, at: str) -> dict[str, Any]:
    """The document of `notifier doctor --json`."""
    told = []
    for one in findings:
        plain = asdict(one)
        plain |= {"subject": one.subject.value, "level": one.level.value}
        told.append(plain | {"advice": one.advice or None})
    return {"schema": 1, "at": at, "version": version, "findings": told}
