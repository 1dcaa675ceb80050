"""A person at a terminal with a profile of their own: runs commands, edits the settings."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BARE = Path(__file__).parent / "bare"

ASKED = "BARE MACHINE: somebody asked for"
"""What bare/sitecustomize.py says of whoever looks for Qt."""

REFUSING = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
"""Proxies that refuse: whatever a profile names, no command reaches beyond this machine."""

PATIENCE = 30.0
"""Seconds until a command that says nothing is given up; nothing here takes that long."""


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a command: a bare machine, in no particular language or terminal."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join((str(BARE), str(ROOT)))
    plain = {"PYTHONPATH": path, "PYTHONUTF8": "1", "TZ": "UTC", "TERM": "dumb"}
    plain["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nowhere/system-bus"
    return kept | plain | REFUSING | more


def no_qt(err: str) -> None:
    """A command that so much as asks for Qt would not start where there is none."""
    assert ASKED not in err, err


class Person:
    """Somebody with a profile in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.around: dict[str, str] = {}
        """What their environment has beside the usual."""

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    def words(self, *command: str) -> list[str]:
        return [sys.executable, "-m", "notifier", *command, "--profile", str(self.folder)]

    def runs(self, *command: str, within: float = PATIENCE, given: str = "", **more: str) -> Said:
        """Run a command to its end, with what is `given` on its standard input."""
        done = subprocess.run(
            self.words(*command),
            capture_output=True,
            text=True,
            env=surroundings(**self.around, **more),
            input=given,
            timeout=within,
            check=False,
        )
        no_qt(done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def running(self, *command: str) -> Iterator["Running"]:
        """A command that goes on until the block ends."""
        running = Running(self.words(*command), self.around)
        try:
            yield running
        finally:
            running.kill()

    def writes(self, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings.write_text(text, "utf-8")

    def chooses(self, *services: str, more: str = "") -> None:
        """Settings with these `[[service]]` tables; nobody but them is asked, nor offered."""
        ids = [tomllib.loads(one)["id"] for one in services]
        if "[fallbacks]" not in more:
            more = f"{more}\n[fallbacks]\nallow = {json.dumps(ids)}\n"
        tables = "\n".join(f"[[service]]\n{service}" for service in services)
        head = 'version = 1\n[polling]\ninterval = "30s"\n[network]\nreferences = []\n'
        self.writes(f"{head}{more}\n{tables}")


def service(id_: str, page: str = "", probe: str = "", more: str = "") -> str:
    """A `[[service]]` table of a service on loopback; without abilities it has no alternatives."""
    lines = [f'id = "{id_}"', f'name = "{id_.title()}"', 'home = "http://127.0.0.1/"']
    if page:
        lines += [f'status = "{page}"', 'engine = "statuspage"']
    if probe:
        lines.append(f'probe = {{ url = "{probe}" }}')
    return "\n".join([*lines, more, ""])


class Running:
    """A command that is running, and what it has said so far."""

    def __init__(self, words: list[str], around: Mapping[str, str] | None = None) -> None:
        self.out: list[str] = []
        self.err: list[str] = []
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=surroundings(**(around or {})),
        )
        streams = ((self._process.stdout, self.out), (self._process.stderr, self.err))
        self._heard = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=stream, daemon=True) for stream in streams
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: Any, into: list[str]) -> None:
        for line in stream:
            with self._heard:
                into.append(line.rstrip("\n"))
                self._heard.notify_all()

    def says(self, text: str) -> str:
        """Wait for the first line with `text` in it, on either stream."""
        return self.until(lambda: next((one for one in self.everything if text in one), None), text)

    def tells(self, **wanted: Any) -> dict[str, Any]:
        """Wait for the first JSON object that has all of `wanted`."""
        found = self.until(lambda: next(self._objects(wanted), None), str(wanted))
        return dict(found)

    def _objects(self, wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for line in self.out:
            if wanted.items() <= (one := json.loads(line)).items():
                yield one

    def until(self, seen: Callable[[], Any], what: str) -> Any:
        with self._heard:
            self._heard.wait_for(seen, PATIENCE)
            found = seen()
        assert found, f"never said: {what}\n" + "\n".join(self.everything)
        return found

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out]

    @property
    def everything(self) -> list[str]:
        return [*self.err, *self.out]

    def interrupted(self, number: int = signal.SIGINT) -> int:
        """Interrupt it; its exit code."""
        self._process.send_signal(number)
        return self.ends()

    def ends(self) -> int:
        """Wait for its end; its exit code."""
        code = self._process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        no_qt("\n".join(self.err))
        assert "Traceback" not in "\n".join(self.err), self.err
        return code

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


def soon(seen: Callable[[], Any], what: str) -> Any:
    """Wait until `seen` gives something, asking now and again."""
    deadline = time.monotonic() + PATIENCE
    while not (found := seen()):
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
    return found
