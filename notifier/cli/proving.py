"""`notifier why ID --copy`: the proof of an outage, printed and put onto the clipboard."""

import sys

import click
import msgspec

from notifier.app.profile import Profile
from notifier.app.zone import local_zone, zone_name
from notifier.cli import SAY, fail
from notifier.cli.clipboard import put_on
from notifier.cli.owner import ask
from notifier.model.dossier import Dossier
from notifier.model.service import Service
from notifier.storage.dossier import last_outage_in_file
from notifier.terminal.overheard import NotUnderstood
from notifier.watch.clock import SystemClock
from notifier.wording import history
from notifier.wording import terminal as words
from notifier.wording.proof import Copied, nothing, proof


def prove(place: Profile, service: Service) -> None:
    """Print the proof of the outage of `service` that goes on, else of its last; copy it."""
    found = _found(place, service)
    if found is None:
        fail(nothing(service.name, SAY))
        return
    copied = Copied(SystemClock().moment().utc, local_zone(), zone_name())
    text = proof(found, service, copied, SAY)
    sys.stdout.write(text)
    sys.stdout.flush()
    click.echo(words.copied(put_on(text), SAY), err=True)


def _found(place: Profile, service: Service) -> Dossier | None:
    """From the owner, else from the file."""
    answer = ask(place, {"ask": "outage", "service": service.key})
    if answer is not None:
        try:
            return msgspec.convert(answer["outage"], Dossier | None)
        except (KeyError, msgspec.ValidationError):
            fail(str(NotUnderstood()))
    path = place.places.history
    if not path.exists():
        return None
    try:
        return last_outage_in_file(path, service.key, [source.id for source in service.sources])
    except OSError:
        fail(history.unreadable(str(path), SAY))
        return None
