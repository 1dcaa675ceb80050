"""The system's key store, asked through a short-lived child process: nobody here waits for it.

The store's libraries cost memory and may hang for ever (desktop.md 4), and an unlock prompt stays
open as long as a person thinks. So a process is started for each question, given the question on
its standard input, and ended when it has answered, when it is too slow, or when we end.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey, KeyAnswer, KeyListing
from notifier.storage import key_child, redaction
from notifier.storage.places import APPLICATION, Places

PROMPT_OPEN = 120.0
"""Seconds a store may take to answer: an unlock prompt may stay open so long."""

FROZEN_WORD = "ask-key-store"
"""What a frozen program is started with to be that process: it has no Python to run a file."""

_ENDS_WITHIN = 1.0
"""Seconds a process that has answered may take to end."""

_MOST = 1024 * 1024
"""Bytes of one answer."""

_NO_WINDOW = 0x08000000
"""CREATE_NO_WINDOW: on Windows no console flashes up."""


class _Said(msgspec.Struct, frozen=True):
    """The child's answer."""

    state: KeyState
    store: str = ""
    kept: dict[str, str] = {}


class _Stored(msgspec.Struct, frozen=True):
    """What is written into the store for one entry."""

    key: str
    origins: tuple[str, ...]


class KeyStore:
    """The entries of one profile. Every method is for the loop's thread, and raises nothing.

    Args:
        service: the name the entries are kept under, see `service_of`.
        limit: seconds until a store that does not answer is given up as `HANGING`.
        command: what starts the child, for those who test it.
    """

    def __init__(
        self, service: str, *, limit: float = PROMPT_OPEN, command: Sequence[str] | None = None
    ) -> None:
        self._service = service
        self._limit = limit
        self._command = tuple(command or _child())
        self._running: set[Process] = set()

    async def read(self, entries: Iterable[str], *, quiet: bool = False) -> KeyAnswer:
        """The keys under `entries`, as far as they are there.

        A `quiet` question opens no prompt: a store that is locked answers so.
        """
        said = await self._ask("read", entries, quiet=quiet)
        keys = {entry: _key(value) for entry, value in said.kept.items()}
        good = {entry: key for entry, key in keys.items() if key is not None}
        strange = tuple(entry for entry, key in keys.items() if key is None)
        return KeyAnswer(said.state, said.store, good, strange)

    async def list(self, entries: Iterable[str]) -> KeyListing:
        """Which of `entries` there are, and where each may go; no key comes into this process."""
        said = await self._ask("list", entries)
        found = {entry: _origins(value) for entry, value in said.kept.items()}
        return KeyListing(said.state, said.store, found)

    async def set(self, entry: str, secret: Secret, origins: Sequence[str]) -> KeyAnswer:
        """Keep a key for `origins` alone; `READ` once the store has given it back."""
        _hold(secret.reveal())
        stored = msgspec.json.encode(_Stored(secret.reveal(), tuple(origins))).decode()
        said = await self._ask("set", (entry,), stored)
        return KeyAnswer(said.state, said.store)

    async def forget(self, entry: str) -> KeyAnswer:
        """Take a key out; `READ` when it is gone, `ABSENT` where there was none."""
        said = await self._ask("forget", (entry,))
        return KeyAnswer(said.state, said.store)

    def cut(self, secret: Secret, text: bytes) -> bytes:
        """`text` without a key read here, in whatever writing: hosts repeat what they hear."""
        # Keys are ASCII: as Latin-1 every byte beside them comes back as it was.
        return redaction.without(secret.reveal(), text.decode("latin-1")).encode("latin-1")

    async def close(self) -> None:
        """End every child, prompts and all."""
        for process in tuple(self._running):
            await _end(process, answered=False)

    async def _ask(
        self, do: str, entries: Iterable[str], value: str = "", *, quiet: bool = False
    ) -> _Said:
        request = {
            "path": [] if _frozen() else [place for place in sys.path if place],
            "service": self._service,
            "do": do,
            "entries": list(entries),
            "value": value,
            "quiet": quiet,
        }
        try:
            async with asyncio.timeout(self._limit):
                return await self._answer(msgspec.json.encode(request) + b"\n")
        except TimeoutError:
            return _Said(KeyState.HANGING)
        except (OSError, ValueError, msgspec.MsgspecError):
            # No word of what came goes on: it may hold a key.
            return _Said(KeyState.BROKEN)

    async def _answer(self, request: bytes) -> _Said:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_MOST,
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._running.add(process)
        answered = False
        try:
            if process.stdin is None or process.stdout is None:
                raise ValueError("a process without pipes")
            process.stdin.write(request)
            await process.stdin.drain()
            # Left open: its end tells the child that we have ended.
            said = await process.stdout.read(_MOST)
            while piece := await process.stdout.read(_MOST - len(said)):
                said += piece
            answered = True
        finally:
            self._running.discard(process)
            await _end(process, answered=answered)
        return msgspec.json.decode(said, type=_Said)


def service_of(places: Places) -> str:
    """The name a profile's entries are kept under: no profile sees those of another."""
    if places.profile is None:
        return APPLICATION
    mark = sha256(str(places.profile).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return f"{APPLICATION}/{mark}"


def _key(stored: str) -> KeptKey | None:
    """What an entry holds; None where somebody else has written it."""
    try:
        found = msgspec.json.decode(stored, type=_Stored)
    except msgspec.MsgspecError:
        _hold(stored)  # whatever it is, it was kept where keys are kept
        return None
    _hold(found.key)
    return KeptKey(Secret(found.key), found.origins)


def _origins(stored: str) -> tuple[str, ...]:
    """The origins of an entry, without its key."""
    return tuple(msgspec.json.decode(stored, type=list[str]))


def _hold(secret: str) -> None:
    """From now on this process holds `secret`: no log and no core file of it may."""
    redaction.hide(secret)
    key_child.leave_no_core()


async def _end(process: Process, *, answered: bool) -> None:
    """End a child at once, whatever it waits for, and wait for that.

    One that has `answered` ends by itself: to kill what ends just then would take its end from
    whoever waits for it, and asyncio would complain of that to the person.
    """
    if process.stdin is not None:
        process.stdin.close()
    if answered:
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDS_WITHIN):
                await process.wait()
            return
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def _child() -> tuple[str, ...]:
    """What starts the child: without the paths of this process, which it is told of instead."""
    if _frozen():
        return (sys.executable, FROZEN_WORD)
    return (sys.executable, "-I", "-S", str(Path(key_child.__file__).absolute()))


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
