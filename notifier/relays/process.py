"""One program, started directly and never by a shell: given a text, heard out, ended in time.

Whatever it starts lies in its process group and ends with it. Of what it prints the first few
thousand bytes are kept, the rest is thrown away.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOST_KEPT = 4096
"""Bytes kept of each thing it prints."""

MOST_READ = 1024 * 1024
"""Bytes read of it; whoever prints more has to wait, and is late."""

END_WITHIN = 0.5
"""Seconds a process that was killed may take to be gone; then it is left to the system."""

_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW: on Windows no console flashes up."""

_NEEDED = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ"),
    *("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"),
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"),
    *("SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "PATHEXT"),
)
"""What a program needs to find others, its own files, the desktop. Keys and proxies with passwords
stand in other variables."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: `code` is None where it had to be ended. What it said, and complained of."""

    code: int | None
    out: bytes = b""
    err: bytes = b""


def environment(outer: Mapping[str, str]) -> dict[str, str]:
    """The small environment of a program we start, out of our own."""
    return {name: outer[name] for name in _NEEDED if name in outer}


async def run(
    command: Sequence[str], given: bytes, *, within: float, keep_open: bool = False
) -> Ended:
    """Run `command` in the person's own folder with `given` on its standard input.

    It is over when it has ended and nobody holds its outputs any more; what is still running in
    its group then, or after `within` seconds, is ended. With `keep_open` its standard input ends
    only when we do.

    Raises:
        OSError: it could not be started.
    """
    loop = asyncio.get_running_loop()
    transport, said = await loop.subprocess_exec(
        _Said,
        *command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        cwd=_home(),
        env=environment(os.environ),
        start_new_session=True,
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
    )
    code = None
    try:
        _give(transport, given, keep_open=keep_open)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await said.over.wait()
        code = transport.get_returncode()
    finally:
        _end_group(transport)
        with suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await said.exited.wait()
        transport.close()
    return Ended(code, bytes(said.kept[1]), bytes(said.kept[2]))


class _Said(asyncio.SubprocessProtocol):
    """What a program prints, and whether it is over."""

    def __init__(self) -> None:
        self.kept = {1: bytearray(), 2: bytearray()}
        self.over = asyncio.Event()
        self.exited = asyncio.Event()
        self._read = 0
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It runs."""
        if isinstance(transport, asyncio.SubprocessTransport):
            self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It has printed something."""
        kept = self.kept[fd]
        kept += data[: MOST_KEPT - len(kept)]
        self._read += len(data)
        if self._read > MOST_READ and self._transport is not None:
            pipe = self._transport.get_pipe_transport(fd)
            if isinstance(pipe, asyncio.ReadTransport):
                pipe.pause_reading()

    def process_exited(self) -> None:
        """It has ended; what it started may hold its outputs still."""
        self.exited.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended, and nobody holds its outputs."""
        del exc
        self.over.set()


def _give(transport: asyncio.SubprocessTransport, given: bytes, *, keep_open: bool) -> None:
    """Write to its standard input; whoever does not read it need not."""
    pipe = transport.get_pipe_transport(0)
    if isinstance(pipe, asyncio.WriteTransport):
        pipe.write(given)
        if not keep_open:
            pipe.close()


def _end_group(transport: asyncio.SubprocessTransport) -> None:
    """End it and all it has started. Its number is nobody else's while one of them lives."""
    if sys.platform == "win32":
        with suppress(ProcessLookupError):
            transport.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(transport.get_pid(), signal.SIGKILL)


def _home() -> str:
    """The person's own folder; the root, where they have none."""
    try:
        home = Path.home()
    except RuntimeError:
        return os.sep
    return str(home) if home.is_dir() else os.sep
