"""A session knows its computer's circumstances, without a desktop too, and ends whatever hangs."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from notifier.app import session as sessions
from notifier.app.profile import open_profile
from notifier.app.session import Session
from notifier.circumstances import burst
from notifier.model.board import Machine
from notifier.watch.thread import new_loop
from notifier.wording.say import English
from tests.circumstances.conftest import bus
from tests.circumstances.services import (
    MANAGER,
    MANAGER_INTERFACE,
    NETWORK,
    NETWORK_INTERFACE,
    Service,
    logind,
    network_manager,
    upower,
)
from tests.cli.conftest import page
from tests.cli.loopback import StatusPage
from tests.cli.person import service

__all__ = ["bus", "page"]


class Face:
    """Nobody looks."""

    def show(self, picture: object) -> None: ...
    def tell(self, notice: object) -> None: ...
    def withdraw(self, gone: object) -> None: ...
    def hush(self, withheld: object) -> None: ...


@pytest.fixture
def begun(tmp_path, page, monkeypatch):
    """A session that watches one page, once it has been looked at."""
    monkeypatch.setattr(sessions, "SENSE_AFTER", 0.0)
    monkeypatch.setattr(burst, "SETTLED", 0.1)
    chosen = service("campus", page.url)
    head = 'version = 1\n[network]\nproxy = "none"\nreferences = []\n[[service]]\n'
    (tmp_path / "settings.toml").write_text(head + chosen)

    @asynccontextmanager
    async def begin() -> AsyncIterator[Session]:
        session = Session(open_profile(tmp_path), Face(), say=English())
        running = asyncio.get_running_loop().create_task(session.run())
        await until(lambda: session.engine.board.sights)
        try:
            yield session
        finally:
            session.stop()
            async with asyncio.timeout(10):
                await running
            assert asyncio.all_tasks() == {asyncio.current_task()}, "something goes on"

    return begin


async def until(come: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110 - the other side is a thread
            await asyncio.sleep(0.01)


def play(story: Callable[[], object]) -> None:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(story())


def test_the_rules_know_of_the_battery(bus, begun):
    async def story() -> None:
        with upower(bus.address, on_battery=True):
            async with begun() as session:
                await until(lambda: session.engine.board.machine == Machine(on_battery=True))

    play(story)


def seat_of(address: str) -> tuple[Service, Callable[[Service], None]]:
    def wakes(seat: Service) -> None:
        seat.calls(MANAGER, MANAGER_INTERFACE, "PrepareForSleep", "b", False)

    return logind(address, by_pid=True), wakes


def network_of(address: str) -> tuple[Service, Callable[[Service], None]]:
    def moves(network: Service) -> None:
        way = f"{NETWORK}/ActiveConnection/7"
        network.says(NETWORK, NETWORK_INTERFACE, PrimaryConnection=way)

    return network_manager(address), moves


@pytest.mark.parametrize("part", [seat_of, network_of], ids=["after waking", "on another network"])
def test_everything_is_looked_at_at_once(bus, begun, page: StatusPage, part):
    async def story() -> None:
        one, happens = part(bus.address)
        with one:
            async with begun():
                await until(lambda: "GetAll" in one.asked)
                before = len(page.asked)
                happens(one)
                await until(lambda: len(page.asked) > before)

    play(story)


def test_a_session_ends_while_the_system_bus_hangs(bus, begun, page):
    async def story() -> None:
        with upower(bus.address, on_battery=True):
            async with begun() as session:
                await until(lambda: session.engine.board.machine.on_battery)
                bus._process.send_signal(signal.SIGSTOP)
            async with begun():
                await asyncio.sleep(0.1)  # it is being asked to let us in
            bus._process.send_signal(signal.SIGCONT)

    play(story)
