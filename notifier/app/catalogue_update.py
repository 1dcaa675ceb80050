"""An update of the catalogue: looked through before it is used, and fetched where one is wanted.

Whatever is wrong with it, the built-in catalogue is used, and one sentence says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from notifier.catalogue import Catalogue, CatalogueError, keys, seal
from notifier.catalogue.update import Head, Seen, digest, laid_over, read, refusal
from notifier.model.settings import Choices
from notifier.storage import settings_file
from notifier.storage.places import Places, resource
from notifier.storage.settings_file import SettingsUnreadable
from notifier.storage.update_file import NotStored, UpdateFile
from notifier.storage.whole_file import MOST_BYTES
from notifier.wording import updates as words
from notifier.wording.say import English

if TYPE_CHECKING:
    from notifier.watch.clock import Clock

log = logging.getLogger(__name__)

SAY = English()

EVERY = timedelta(days=1)
"""The address in the settings is asked no more often, however often the program starts."""

LOOKED_AT = 3600.0
"""Seconds between two looks at whether a day is over: a computer may have slept."""

AFTER = 60.0
"""Seconds from the start of the program: whatever is watched is looked at before."""

WITHIN = 20.0
"""Seconds an answer may take, with all redirects."""


class Refused(Exception):
    """The update is not used; one sentence says why."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds: a catalogue, and the head of the update in it; or why none is.

    `problem` is empty where nothing is wrong.
    """

    catalogue: Catalogue
    head: Head | None = None
    problem: str = ""

    def is_over(self, at: datetime) -> bool:
        """Whether the update was good until now."""
        return self.head is not None and at >= self.head.expires


def in_force(places: Places, at: datetime) -> InForce | None:
    """The catalogue with the update on the disk; None where there is no update."""
    file = UpdateFile(places.catalogue_update)
    body = file.body()
    if body is None:
        return None
    built_in = resource("catalogue.toml")
    try:
        head, _, catalogue = looked_through(body, trusted(_choices(places)), file, at, built_in)
    except Refused as error:
        from notifier.catalogue import load

        return InForce(load(built_in), problem=words.built_in_instead(str(error), SAY))
    return InForce(catalogue, head)


def take_in(places: Places, body: bytes, choices: Choices, at: datetime) -> InForce:
    """Use an update from now on.

    Raises:
        Refused: it is not used, and what was used before still is.
    """
    file = UpdateFile(places.catalogue_update)
    head, signed, catalogue = looked_through(
        body, trusted(choices), file, at, resource("catalogue.toml")
    )
    try:
        file.keep(body, signed.key, signed.seen)
    except NotStored as error:
        raise Refused(str(error)) from error
    return InForce(catalogue, head)


def trusted(choices: Choices) -> tuple[str, ...]:
    """The keys that may sign: those of the program, and the person's own."""
    return (*keys.RELEASE, *choices.catalogue_keys)


@dataclass(frozen=True, slots=True)
class _Signed:
    key: str
    seen: Seen


def looked_through(
    body: bytes, trusted: Collection[str], file: UpdateFile, at: datetime, built_in: bytes
) -> tuple[Head, _Signed, Catalogue]:
    """An update that may be used: signed, in its time, no older than one before it, and sound.

    Raises:
        Refused: it may not.
    """
    try:
        payload, key = seal.opened(body, trusted)
        head, tables = read(payload)
        signed = _Signed(key, Seen(head.number, digest(payload)))
        why = refusal(head, signed.seen.digest, file.seen().get(key), keys.MADE, at)
        if not why:
            catalogue = laid_over(built_in, tables)
            why = _beyond(catalogue)
    except (seal.Unsealed, CatalogueError) as error:
        raise Refused(_sentence(str(error))) from error
    if why:
        raise Refused(why)
    return head, signed, catalogue


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _beyond(catalogue: Catalogue) -> str:
    """What the catalogue wants that only a newer program can do, or that nobody may ask for."""
    from notifier.feeds import ENGINES
    from notifier.probes import DIALECTS
    from notifier.probes.local import SERVERS

    for page in catalogue.pages:
        if page.source.engine is not None and page.source.engine not in ENGINES:
            return f"It reads pages of the kind “{page.source.engine}”; a newer program can."
        if not page.source.url.startswith("https://"):
            return f"Its page {page.source.url} is not at https://."
    for service in catalogue.services:
        door = service.probe
        if door is not None and door.dialect not in (SERVERS if door.local else DIALECTS):
            return f"It asks front doors in the dialect “{door.dialect}”; a newer program can."
        if door is not None and not door.local and not door.url.startswith("https://"):
            return f"Its front door {door.url} is not at https://."
    return ""


def _choices(places: Places) -> Choices:
    """The settings, or where they say nothing the last ones that did."""
    try:
        return settings_file.read(places.settings)[0]
    except SettingsUnreadable:
        good = settings_file.read_last_good(places.settings)
        return Choices() if good is None else good[0]


# ---------------------------------------------------------------------------------- fetching


class NotFetched(Exception):
    """Nothing came that could be an update; one sentence."""


async def fetched(url: str, choices: Choices) -> bytes:
    """What stands at `url`, an address of https, at the end of a few redirects within it.

    Raises:
        NotFetched: nothing came.
    """
    from notifier.app.network import wire_of
    from notifier.watch.failures import NoAnswer
    from notifier.watch.visit import Visit
    from notifier.watch.wire import Ask

    if not url.startswith("https://"):
        raise NotFetched("An update of the catalogue is fetched from addresses of https:// only.")
    wire = wire_of(choices)
    try:
        async with asyncio.timeout(WITHIN):
            reply = await Visit(wire, url).follow(Ask(url, {"Accept": "*/*"}))
    except NoAnswer as error:
        raise NotFetched(error.failure.detail) from error
    except TimeoutError as error:
        raise NotFetched(f"No update came within {WITHIN:.0f} s.") from error
    finally:
        await wire.close()
    if reply.status != 200:
        raise NotFetched(f"Where the update should be, the answer is HTTP {reply.status}.")
    if len(reply.body) > MOST_BYTES:
        raise NotFetched("The update is larger than 1 MiB.")
    return reply.body


class Updates:
    """Asks the address in the settings once a day; without one, nobody."""

    def __init__(self, places: Places, clock: Clock, choices: Callable[[], Choices]) -> None:
        self._places = places
        self._clock = clock
        self._choices = choices
        self.problem: str | None = None
        """Why what came last is not used."""

    async def run(self) -> None:
        """Go on until cancelled."""
        await self._clock.sleep(AFTER)
        while True:
            await self.ask_if_due()
            await self._clock.sleep(LOOKED_AT)

    async def ask_if_due(self) -> None:
        """Ask, if a day has passed since the last time."""
        choices, now = self._choices(), self._clock.moment().utc
        file = UpdateFile(self._places.catalogue_update)
        asked = file.asked()
        if not choices.catalogue_url or (asked and timedelta() <= now - asked < EVERY):
            return
        try:
            file.note_asked(now)
            body = await fetched(choices.catalogue_url, choices)
            if body != file.body():
                taken = take_in(self._places, body, choices, now)
                log.info("the catalogue was updated: %s", taken.head)
            self.problem = None
        except (NotFetched, NotStored) as error:
            log.info("no update of the catalogue: %s", error)
        except Refused as error:
            log.warning("%s", error)
            self.problem = words.not_used(str(error), SAY)
