"""One run of the program as the owner of its profile: engine, socket, settings followed live."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from notifier import __version__
from notifier.app.broadcast import Broadcast
from notifier.app.desk import Desk, TryNotice
from notifier.app.followed import Followed
from notifier.app.keys import key_ring, service_keys, signed_with
from notifier.app.network import Network, own_hosts
from notifier.app.profile import Profile
from notifier.app.relaying import relaying
from notifier.app.status_file import StatusFile
from notifier.model.record import LogLine
from notifier.model.relay import Relayed
from notifier.model.service import ServiceKey
from notifier.model.settings import Choices
from notifier.owner.socket import Server
from notifier.owner.transport import OwnerError
from notifier.storage.asked_pages import AskedPages
from notifier.storage.history import History
from notifier.view.exposure import exposure
from notifier.watch.clock import SystemClock
from notifier.watch.engine import Engine
from notifier.watch.roles import Face
from notifier.wording.say import Say
from notifier.wording.trial_notice import notice as test_notice

if TYPE_CHECKING:
    from notifier.app.catalogue_update import Updates
    from notifier.model.drill import Drill
    from notifier.watch.drill import Drills

log = logging.getLogger(__name__)

SENSE_AFTER = 1.0
"""Seconds until this computer is asked for its circumstances: the icon and the first looks come
before."""

UPDATES_AFTER = 60.0
"""Seconds between two looks at whether the settings name an address for updates."""


class Session:
    """Runs until stopped. Build it in any thread; `run` it in the engine's loop."""

    def __init__(
        self,
        profile: Profile,
        face: Face,
        *,
        say: Say,
        summon: Callable[[], None] | None = None,
        try_notice: TryNotice | None = None,
        yields: bool = False,
        grievance: str | None = None,
    ) -> None:
        """`summon` shows the window and `try_notice` a test notification, where there is a desktop;
        with `yields` a tray may take over.

        `grievance` is what is wrong with the profile from the start, such as a lock it has not.
        """
        self._profile = profile
        self._say = say
        self._summon = summon
        self._try_notice = try_notice
        self._clock = SystemClock()
        self._history = History(profile.places.history, _now)
        self._status_file = StatusFile(self._clock)
        self._followed = Followed(profile, say, self._clock.sleep)
        meant = self._followed.meant
        self._choices = meant.choices
        self._relaying = relaying(profile, meant.choices, self._clock, say, self._relayed)
        self._broadcast = Broadcast(face, _now, self._status_file.shown, self._relaying)
        self._leaving: asyncio.Task[None] | None = None
        self._status_file.keep_at(meant.choices.status_file)
        self._grievance = grievance
        self._keys = key_ring(profile, meant.choices, self._clock, say, came=self._keys_came)
        self._asked_pages = AskedPages(profile.places.cache)
        self._drills: Drills | None = None
        self._updates: Updates | None = None
        self.yielded = False
        self._may_yield = yields
        self.engine = Engine(
            looker=self._looker(meant.choices),
            clock=self._clock,
            diary=lambda: self._history,
            settings=meant.settings,
            face=self._broadcast,
            say=say,
            before_check=lambda: self._keys.try_again(quiet=False),
            hints=exposure,
        )

    @property
    def profile(self) -> Profile:
        """The profile, with the catalogue the settings were last read against; for any thread."""
        return self._followed.profile

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong with the settings file, in sentences."""
        return self._followed.complaints

    async def run(self) -> None:
        """Watch, answer commands and follow the settings, until `stop`."""
        watched = self.engine.settings.services
        log.info("AI Notifier %s watches %s", __version__, [service.key for service in watched])
        if self._grievance is not None:
            log.warning("%s", self._grievance)
        self._followed.keep_copies()
        self.engine.complain(self._grievances())
        server = await self._listen()
        loop = asyncio.get_running_loop()
        besides = (
            self._follow_settings(),
            self._sense(),
            self._status_file.run(self.engine),
            self._follow_catalogue(),
        )
        beside = [loop.create_task(one) for one in besides]
        try:
            await self.engine.run()
        finally:
            for task in beside:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            if self._drills is not None:
                await self._drills.close()
            await self._relaying.close()
            await self._status_file.close()
            await self._keys.close()
            self._broadcast.end()
            log.info("the end")
            if server is not None:
                await server.close()

    def stop(self) -> None:
        """End `run` soon; call it in the loop.

        What became of pushes and hooks is written down before the history is closed.
        """
        if self._relaying.busy and self._leaving is None:
            self._leaving = asyncio.get_running_loop().create_task(self._end_relaying())
        elif self._leaving is None:
            self.engine.stop()

    async def _end_relaying(self) -> None:
        try:
            await self._relaying.close()
        finally:
            self.engine.stop()

    def _relayed(self, told: Relayed) -> None:
        """What became of a notice beside the ladder."""
        self.engine.relayed(told)

    async def try_relays(self) -> tuple[Relayed, ...]:
        """Send a test notification through every push and hook; call it in the loop."""
        return await self._relaying.trial(test_notice(self.now(), self._say))

    def log(self, service: ServiceKey | None, limit: int) -> tuple[LogLine, ...]:
        """The newest notices and silences; call it in the loop."""
        return self._history.log(service, limit)

    def now(self) -> datetime:
        """The time by the session's own clock."""
        return self._clock.moment().utc

    def key_changed(self, entry: str) -> None:
        """A key was set or forgotten here; call it in the loop. One replaced is tried at once."""
        self._keys.changed(entry)
        self.engine.look_again(signed_with((entry,), self.engine.settings))

    async def test_fallbacks(self, show: Callable[[Drill], None] = lambda _: None) -> Drill:
        """Try what could be used instead of each tool; `show` hears of every step.

        Call it in the loop. Nothing that costs anything is called.
        """
        if self._drills is None:
            from notifier.watch.drill import Drills  # few ask: not loaded before

            self._drills = Drills(self.engine, self._clock, self._say)
        # Who asks for it is there to answer a prompt of the key store.
        self._keys.try_again(quiet=False)
        return await self._drills.test(show)

    async def _listen(self) -> Server | None:
        desk = Desk(
            self.engine,
            self._broadcast,
            self.log,
            self._history.past,
            summon=self._summon,
            leave=self._leave if self._may_yield else None,
            try_notice=self._try_notice,
            test_fallbacks=self.test_fallbacks,
            try_relays=self.try_relays,
        )
        server = Server(self._profile.places.socket, desk)
        try:
            await server.open()
        except OwnerError as error:
            # Commands then look for themselves; watching goes on.
            log.warning("no local socket: %s", error)
            return None
        return server

    def _grievances(self) -> tuple[str, ...]:
        """What is wrong with the settings file, the lock, and the disk the history lies on."""
        update = self._updates.problem if self._updates is not None else None
        beside = (self._grievance, self._history.problem, self._status_file.problem, update)
        return (*self.complaints, *(one for one in beside if one is not None))

    def _leave(self) -> None:
        self.yielded = True
        self.stop()

    def _keys_came(self, entries: frozenset[str]) -> None:
        """The key store has answered: what was waiting for it is looked at at once."""
        self.engine.look_again(signed_with(entries, self.engine.settings))

    async def _follow_settings(self) -> None:
        # The first looks have begun. In turn an account would wait half a minute for the front
        # door at the same host, and its key with it.
        self._keys_came(frozenset(service_keys(self._choices)))
        while True:
            if await self._followed.changed():
                await self._use_new_settings()
            self.engine.complain(self._grievances())

    async def _sense(self) -> None:
        """Follow this computer's circumstances; the first picture goes first."""
        await self._clock.sleep(SENSE_AFTER)
        from notifier import circumstances

        await circumstances.current().follow(self.engine)

    async def _follow_catalogue(self) -> None:
        """Ask for updates of the catalogue, as soon as the settings say where."""
        while not self._choices.catalogue_url:
            await self._clock.sleep(UPDATES_AFTER)
        from notifier.app.catalogue_update import Updates  # few ask: not loaded before

        self._updates = Updates(self._profile.places, self._clock, lambda: self._choices)
        await self._updates.run()

    def _looker(self, choices: Choices) -> Network:
        """What looks as `choices` say; what pages were found to be outlasts a change of them."""
        return Network(choices, self._clock, asked_pages=self._asked_pages, keys=self._keys)

    async def _use_new_settings(self) -> None:
        meant = self._followed.meant
        if _network(meant.choices) != _network(self._choices):
            await self.engine.use(self._looker(meant.choices))
        new_keys = frozenset(service_keys(meant.choices)) - frozenset(self._choices.keys)
        self._choices = meant.choices
        self._status_file.keep_at(meant.choices.status_file)
        self._relaying.use(meant.choices)
        self._keys.expect(service_keys(meant.choices))
        self.engine.reconfigure(meant.settings)
        # Who has just entered a key wants to know: its host was mostly asked a moment ago.
        self._keys_came(new_keys)


def _network(choices: Choices) -> tuple[str, str | None, frozenset[str]]:
    return (choices.proxy, choices.ca, own_hosts(choices))


def _now() -> datetime:
    return datetime.now(UTC)
