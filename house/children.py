"""Other programs, started from here: followed line by line, or taking this process's place."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO, NoReturn

TICK = 1.0
"""Seconds between two calls of `on_tick` while the child says nothing."""


def follow(
    command: Sequence[str],
    *,
    on_line: Callable[[str], None],
    on_tick: Callable[[], None],
    env: Mapping[str, str] | None = None,
) -> tuple[int, list[str]]:
    """Run a command; hand over its lines as they come; return its exit status and all lines.

    It is ended with us: an interrupt reaches both, as they share the terminal.
    """
    said: list[str] = []
    lines: queue.Queue[str | None] = queue.Queue()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        env=env,
    ) as child:
        threading.Thread(target=_carry, args=(child.stdout, lines), daemon=True).start()
        while (line := _next(lines, on_tick)) is not None:
            said.append(line)
            on_line(line)
    return child.returncode, said


def _carry(stream: IO[str] | None, lines: "queue.Queue[str | None]") -> None:
    for line in stream or ():
        lines.put(line.rstrip())
    lines.put(None)


def _next(lines: "queue.Queue[str | None]", on_tick: Callable[[], None]) -> str | None:
    while True:
        on_tick()
        try:
            return lines.get(timeout=TICK)
        except queue.Empty:
            continue


def become(command: Sequence[str], env: Mapping[str, str] | None = None) -> NoReturn:
    """Let a command take this process's place: its exit status, its Ctrl-C, its signals."""
    sys.stdout.flush()
    environment = dict(os.environ if env is None else env)
    if os.name == "posix":
        os.execvpe(command[0], list(command), environment)  # noqa: S606 - no shell is wanted
    with subprocess.Popen(command, env=environment) as child:
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue  # the child got it too and decides when to end
