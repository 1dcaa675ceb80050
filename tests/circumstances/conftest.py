"""A system bus of our own, with nobody on it, and an ear for what is sensed."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from notifier.circumstances import burst, conversation, system_bus
from notifier.circumstances.linux import Linux
from notifier.model.board import Machine
from tests.channels.conftest import PrivateBus


@pytest.fixture
def bus(tmp_path_factory, monkeypatch) -> Iterator[PrivateBus]:
    """The system bus."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    private = PrivateBus(tmp_path_factory.mktemp("bus"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private.address)
    yield private
    private.end()


@pytest.fixture(autouse=True)
def impatient(monkeypatch) -> None:
    """Nobody is waited for as long as in life."""
    monkeypatch.setattr(system_bus, "PATIENCE", 0.3)
    monkeypatch.setattr(conversation, "AGAIN", 0.1)
    monkeypatch.setattr(conversation, "PAUSES", (0.1,))
    monkeypatch.setattr(burst, "SETTLED", 0.1)


@dataclass
class Ear:
    """What was heard."""

    machines: list[Machine] = field(default_factory=list)
    changes: int = 0
    wakes: int = 0

    @property
    def machine(self) -> Machine:
        return self.machines[-1] if self.machines else Machine()

    def moved(self, machine: Machine) -> None:
        self.machines.append(machine)

    async def network_changed(self) -> None:
        self.changes += 1

    async def woke(self) -> None:
        self.wakes += 1

    async def until(self, come: Callable[["Ear"], object]) -> None:
        """Wait until that has come true."""
        async with asyncio.timeout(20):
            while not come(self):  # noqa: ASYNC110 - the other side is a thread, or another process
                await asyncio.sleep(0.005)


@asynccontextmanager
async def sensing(
    folder: Path = Path("/nowhere"),
    netlink: socket.socket | None = None,
    session: str = "2",
) -> AsyncIterator[Ear]:
    """A computer whose circumstances are followed while the block lasts."""
    ear = Ear()
    system = Linux({"XDG_SESSION_ID": session} if session else {}, folder, lambda: netlink)
    following = asyncio.get_running_loop().create_task(system.follow(ear))
    try:
        yield ear
    finally:
        assert not following.done(), "nothing ends it but us"
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


def play(story: Callable[[], Awaitable[None]]) -> None:
    """Live through it."""

    async def whole() -> None:
        await story()

    asyncio.run(whole())
