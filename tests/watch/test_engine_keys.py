"""The engine and the person's keys: looked at again at once, and called for real on their word."""

import asyncio
from dataclasses import replace

import pytest

from notifier.model.event import Wish
from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.service import Deep, KeySource, ServiceKey, SourceId
from notifier.model.settings import Settings
from notifier.rehearsal.virtual import StagedClock
from notifier.watch.engine import Engine
from notifier.watch.looker import Looked
from notifier.wording.say import English
from tests.stories.story import tool
from tests.watch.engine_room import NOON, Network, Shown, play

WAITING = Failure(FailureKind.KEY_STORE, "Waiting for your key store.")
FINE = Reading(Says.ALIVE, Stage.ACCOUNT, "HTTP 200 in 90 ms", status=200)
CALLED = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200 in 900 ms", status=200)
DEEP = Deep("https://api.tool.test/v1/chat", "small", "a cent")
ACCOUNT = KeySource(
    SourceId("key:mine"), "https://tool.test/v1/models", "openai", "bearer", "mine", deep=DEEP
)
KEY = ServiceKey("tool")


class Keyed(Network):
    """A network where the account waits for the key store until `opened`."""

    opened = False

    async def look(self, source, *, fresh=False):
        if not isinstance(source, KeySource):
            return await super().look(source, fresh=fresh)
        self.asked.append((self.clock.t, "account"))
        return Looked(FINE, 0.1) if self.opened else Looked(WAITING, requests=0)


class Calling(Keyed):
    calls = 0

    async def deep(self, source):
        assert source is ACCOUNT
        self.calls += 1
        return Looked(CALLED, 0.9)


class Room:
    def __init__(self, network=Keyed, account=ACCOUNT):
        self.clock = StagedClock(NOON)
        self.network, self.shown, self.checks = network(self.clock), Shown(self.clock), 0
        self.engine = Engine(
            looker=self.network,
            clock=self.clock,
            diary=lambda: self.shown,
            settings=Settings(services=(replace(tool("tool"), account=account),)),
            face=self.shown,
            say=English(),
            before_check=self._noted,
        )

    def _noted(self):
        self.checks += 1

    def account_asked(self):
        return [at for at, host in self.network.asked if host == "account"]

    def seen(self):
        return self.engine.board.sights[ACCOUNT.id].last.outcome

    async def live(self, story):
        self.clock.begin()
        running = asyncio.get_running_loop().create_task(self.engine.run())
        await story()
        self.engine.stop()
        await running


def test_once_the_store_has_answered_the_account_is_looked_at_at_once():
    room = Room()

    async def story():
        # The front door at the same host has its turn first.
        await room.clock.sleep(40)
        assert room.seen() == WAITING
        asked = len(room.account_asked())
        room.network.opened = True
        room.engine.look_again((ACCOUNT.id,))
        await room.clock.sleep(1)
        assert room.seen() == FINE
        assert len(room.account_asked()) == asked + 1

    play(lambda: room.live(story))


def test_who_looks_once_looks_at_the_account_too_though_the_door_is_at_the_same_host():
    room = Room()
    room.network.opened = True

    async def story():
        room.clock.begin()
        await room.engine.run_once()
        assert room.clock.t < 5

    play(story)
    assert len(room.account_asked()) == 1


def test_a_real_call_is_made_on_a_persons_word_and_stands_as_a_look_at_the_account():
    room = Room(Calling)

    async def story():
        await room.clock.sleep(600)
        assert room.network.calls == 0, "nobody has asked for it"
        assert await room.engine.deep_check(KEY) == CALLED
        assert room.network.calls == 1
        assert room.seen() == CALLED

    play(lambda: room.live(story))


@pytest.mark.parametrize(
    ("network", "account"),
    [(Keyed, ACCOUNT), (Calling, None), (Calling, replace(ACCOUNT, deep=None))],
    ids=["a rehearsal", "no key", "no call known"],
)
def test_where_no_real_call_is_possible_none_is_made(network, account):
    room = Room(network, account)

    async def story():
        assert (await room.engine.deep_check(KEY)).kind is FailureKind.KEY_STORE

    play(story)


def test_before_a_check_what_was_put_off_is_due():
    room = Room()

    async def story():
        room.engine.ask(Wish.CHECK_NOW)
        room.engine.ask(Wish.PAUSE)
        assert room.checks == 1

    play(lambda: room.live(story))
