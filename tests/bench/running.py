"""Programs under measure: started, looked at from outside through /proc and D-Bus, and ended."""

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, MessageType, Properties, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

WATCHER = DBusAddress(
    "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)
TICKS = os.sysconf("SC_CLK_TCK")


class Unmeasurable(Exception):
    """A program did not do what was to be measured; says which and what it last said."""


@dataclass
class Program:
    """A started program and where its words go."""

    process: subprocess.Popen
    log: Path

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def check(self) -> None:
        """Raise Unmeasurable if it has ended."""
        if self.process.poll() is not None:
            said = self.log.read_text("utf-8", "replace")[-2000:]
            command = " ".join(map(str, self.process.args))[:200]
            raise Unmeasurable(f"{command}\nended with {self.process.returncode}; it said:\n{said}")


@contextlib.contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[Program]:
    """Start a program, and end it by its pid when the measure is taken."""
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        yield Program(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            found += family(int(child))
    return found


def pss(program: Program) -> float:
    """Its share of memory in MiB, with that of its children: the median of five looks."""

    def look() -> int:
        rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family(program.pid))
        lines = (line.split() for text in rollups for line in text.splitlines())
        return sum(int(words[1]) for words in lines if words[0] == "Pss:")

    program.check()
    looks = []
    for _ in range(5):
        looks.append(look())
        time.sleep(0.5)
    return statistics.median(looks) / 1024


def processor_seconds(program: Program) -> float:
    """Seconds of processor time it has used so far, with its children, in and out of the kernel."""
    program.check()
    total = 0
    for pid in family(program.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


class Tray:
    """The session's tray, asked over D-Bus which icons it has."""

    def __init__(self) -> None:
        self._bus: DBusConnection = open_dbus_connection("SESSION")
        self._pids: dict[str, int] = {}

    def pids(self) -> set[int]:
        """Process ids of the programs that have an icon in it now."""
        items = self._ask(Properties(WATCHER).get("RegisteredStatusNotifierItems"))
        if items is None:
            raise Unmeasurable("There is no tray here: run this with `python3 dev.py bench`.")
        owners = [item.partition("/")[0] for item in items[0][1]]
        return {self._pid(owner) for owner in owners}

    def wait_for(self, program: Program, seconds: float = 30.0) -> None:
        """Return as soon as the program's icon is there; raises Unmeasurable."""
        end = time.monotonic() + seconds
        while program.pid not in self.pids():
            program.check()
            if time.monotonic() > end:
                raise Unmeasurable(f"No icon after {seconds:.0f} s: {program.process.args}")
            time.sleep(0.002)

    def _pid(self, owner: str) -> int:
        if owner not in self._pids:
            answer = self._ask(message_bus.GetConnectionUnixProcessID(owner))
            if answer is None:
                return 0  # it has just gone
            self._pids[owner] = answer[0]
        return self._pids[owner]

    def _ask(self, message) -> tuple | None:
        reply = self._bus.send_and_get_reply(message, timeout=5)
        return None if reply.header.message_type is MessageType.error else reply.body


class Pages:
    """The server of status pages, running beside."""

    def __init__(self, folder: Path, *told: str) -> None:
        """Start it for `folder`; `told` are further words to it (see server.py)."""
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "tests.bench.server", str(folder), *told]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        where = json.loads(self._process.stdout.readline())
        self.ca: str = where["ca"]
        self.ports: list[int] = where["ports"]
        self._counts: int = where["counts"]

    def asked(self) -> list[int]:
        """How often each page was asked for since the start."""
        with socket.create_connection(("127.0.0.1", self._counts), timeout=5) as connection:
            return json.loads(connection.makefile().read())

    def wait_for_sweeps(self, sweeps: int, program: Program, seconds: float) -> None:
        """Return when each page was asked for this many times more; raises Unmeasurable."""
        before = self.asked()
        end = time.monotonic() + seconds
        while min(map(int.__sub__, self.asked(), before)) < sweeps:
            program.check()
            if time.monotonic() > end:
                done = min(map(int.__sub__, self.asked(), before))
                raise Unmeasurable(f"{done} of {sweeps} sweeps after {seconds:.0f} s")
            time.sleep(0.5)

    def close(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()
