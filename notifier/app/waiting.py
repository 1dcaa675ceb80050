"""Waiting until a service is as good as wanted: beside an owner, or looking where there is none.

Either may begin or end meanwhile. Writes nothing but the cache.
"""

import asyncio
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from notifier.app.keys import key_ring
from notifier.app.lookout import Awaited, look_until, row_of
from notifier.app.network import Network
from notifier.app.once import KEYS_WITHIN, NoDiary, narrowed
from notifier.app.profile import Meant, Profile
from notifier.documents import Origin
from notifier.model.health import Health, at_least
from notifier.model.picture import Picture, Row
from notifier.model.service import Service
from notifier.owner import client
from notifier.owner.transport import NotAvailable, OwnerError
from notifier.terminal.overheard import NotUnderstood, picture_in
from notifier.watch.clock import SystemClock
from notifier.watch.engine import Engine
from notifier.watch.thread import new_loop
from notifier.wording import waiting as words
from notifier.wording.say import Say

ANSWER_WITHIN = 5.0
PULSE = 1.0
"""Seconds of an owner's silence until the time is looked at."""

SILENCE = 60.0
"""Seconds of it until the owner is asked whether it is still there."""

PAUSE = 1.0
"""Seconds in which another owner may take the place of one that has ended."""

LOOK_FOR_OWNER = 5.0
"""Seconds between two looks for an owner while there is none."""

YOUNG = timedelta(seconds=25)
"""A reading as young as this is as good as a look: many commands may wait side by side.

It is less than the 30 s between two looks of one command, which would be content with its own.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """How the service stands, in whose picture."""

    picture: Picture
    row: Row
    origin: Origin

    @property
    def since(self) -> datetime | None:
        """Since when: whoever has just begun to look has only the vendor's word for it."""
        return self.row.since if self.origin is Origin.OWNER else self.row.verdict.since


class Teller(Protocol):
    """Who tells the person about the waiting."""

    def stands(self, seen: Seen) -> None:
        """How it stands now."""
        ...

    def remarks(self, text: str) -> None:
        """Something about the way it is waited for."""
        ...

    def warns(self, text: str) -> None:
        """Something that is not as it should be."""
        ...


@dataclass(frozen=True, slots=True)
class Waited:
    """What came of it, after so many seconds."""

    seen: Seen
    reached: bool
    seconds: float


class Waiting:
    """One wait for one service; `until_good` may be called once."""

    def __init__(
        self,
        place: Profile,
        meant: Meant,
        service: Service,
        wanted: Health,
        *,
        timeout: float | None,
        say: Say,
        teller: Teller,
    ) -> None:
        """Wait for `service`, chosen or not, to be as good as `wanted`; at most `timeout` s."""
        self._place = place
        self._meant = meant
        self._service = service
        self._key = service.key
        self._wanted = wanted
        self._say = say
        self._teller = teller
        self._clock = SystemClock()
        self._began = self._clock.moment()
        self._timeout = float("inf") if timeout is None else timeout
        self._seen: Seen | None = None
        self._reached = False
        self._said: set[str] = set()

    def until_good(self) -> Waited:
        """Wait, whoever looks meanwhile."""
        while True:
            if not self._follow():
                self._look()
            elif not self._over:
                time.sleep(min(PAUSE, self._left))
            if self._over and self._seen is not None:
                return Waited(self._seen, self._reached, self._waited)

    @property
    def _chosen(self) -> bool:
        return self._key in self._meant.settings.by_key

    @property
    def _waited(self) -> float:
        return self._clock.moment().since(self._began)

    @property
    def _left(self) -> float:
        return self._timeout - self._waited

    @property
    def _over(self) -> bool:
        return self._reached or self._left <= 0

    # -- beside an owner -------------------------------------------------------------------

    def _follow(self) -> bool:
        """Wait beside the owner until it ends; False where none can be followed."""
        if not self._chosen:
            return False
        if not self._ask():
            return False
        self._remark(words.FOLLOWING)
        try:
            self._hear_out()
        except OwnerError as error:
            self._warn(str(error))
        return True

    def _hear_out(self) -> None:
        """Follow until it is over, the owner has ended, or it knows the service no more."""
        objects = client.listen(self._place.places.socket, PULSE)
        if objects is None:
            return
        before: object = None
        asked = self._waited
        with closing(objects):
            while not self._over:
                try:
                    one = next(objects)
                except StopIteration:
                    return
                now = _state_in(one, self._key) or before
                if now == before and self._waited - asked < SILENCE:
                    continue
                before, asked = now, self._waited
                if not self._ask():
                    return

    def _ask(self) -> bool:
        """Ask the owner how it stands; False where nobody can say."""
        try:
            picture = self._owners()
        except (OwnerError, NotUnderstood) as error:
            self._warn(words.instead_of_it(str(error), self._say))
            return False
        row = None if picture is None else row_of(picture, self._key)
        if picture is None or row is None:
            return False
        self._see(picture, row, Origin.OWNER)
        self._reached = at_least(row.verdict.health, self._wanted)
        return True

    def _owners(self) -> Picture | None:
        """The owner's picture; None where there is no owner, or it does not say."""
        within = max(0.1, min(ANSWER_WITHIN, self._left))
        try:
            answer = client.ask(self._place.places.socket, {"ask": "document"}, within)
        except NotAvailable:
            return None
        return None if answer is None or "error" in answer else picture_in(answer)

    def _is_there(self) -> bool:
        """Whether there is an owner by now that knows the service."""
        try:
            picture = self._owners()
        except (OwnerError, NotUnderstood):
            return False
        return picture is not None and row_of(picture, self._key) is not None

    # -- without one -----------------------------------------------------------------------

    def _look(self) -> None:
        """Look until it is good, the time is over, or an owner is there to be followed."""
        if self._said == {words.FOLLOWING}:
            self._remark(words.BY_ITSELF)
        clock, choices = self._clock, self._meant.choices
        keys = key_ring(self._place, choices, clock, self._say, patience=KEYS_WITHIN)
        folder = self._place.places.cache
        looker = Network.of_command(choices, clock, folder, accept=True, young=YOUNG, keys=keys)

        def origin() -> Origin:
            return Origin.LOOKED if looker.asked else Origin.CACHE

        awaited = Awaited(
            self._key, self._wanted, lambda picture, row: self._see(picture, row, origin())
        )
        engine = Engine(
            looker=looker,
            clock=clock,
            diary=NoDiary,
            settings=narrowed(self._meant.settings, frozenset({self._key})),
            face=awaited,
            say=self._say,
        )

        async def look() -> bool:
            try:
                return await look_until(engine, awaited, self._ends())
            finally:
                await keys.close()

        with asyncio.Runner(loop_factory=new_loop) as runner:
            self._reached = runner.run(look())
        awaited.show(engine.picture_now())

    async def _ends(self) -> None:
        """End with the time, or once there is an owner."""
        loop = asyncio.get_running_loop()
        while self._left > 0:
            await self._clock.sleep(min(LOOK_FOR_OWNER, self._left))
            if self._chosen and await loop.run_in_executor(None, self._is_there):
                return

    # -- telling ---------------------------------------------------------------------------

    def _see(self, picture: Picture, row: Row, origin: Origin) -> None:
        self._seen = Seen(picture, row, origin)
        self._teller.stands(self._seen)

    def _remark(self, text: str) -> None:
        """Say once, of the way it is waited for, what only somebody at a terminal cares about."""
        if text not in self._said:
            self._said.add(text)
            self._teller.remarks(self._say(text))

    def _warn(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._teller.warns(text)


def _state_in(one: dict[str, Any] | None, key: str) -> object:
    """What an object of `watch --json` says of the service; None where it says nothing."""
    services = one.get("services") if one is not None and one.get("kind") == "picture" else None
    return services.get(key) if isinstance(services, dict) else None
