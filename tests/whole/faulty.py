"""The program with a switch for each fault that cannot be had from outside: a file in its profile.

dns      names are looked up for ever
hang     the engine's thread stands still while the file is there
slip     no event can be taken in
die      the engine ends by a defect, once
"""

import asyncio
import socket
import sys
import time
from pathlib import Path
from typing import Any

import notifier.watch.engine as watching
from notifier.__main__ import main
from notifier.watch import nap
from notifier.watch.engine import Engine

PROFILE = Path(sys.argv[sys.argv.index("--profile") + 1])


def on(fault: str) -> bool:
    return (PROFILE / fault).exists()


def faulty_tick(self: Engine, *when: Any) -> None:
    while on("hang"):
        time.sleep(0.02)
    if on("die"):
        (PROFILE / "die").unlink()
        raise RuntimeError("the test has it die")
    sound_tick(self, *when)


def faulty_update(*arguments: Any) -> Any:
    if on("slip"):
        raise RuntimeError("the test has it fail")
    return sound_update(*arguments)


def endless(*_: object, **__: object) -> Any:
    while on("dns"):
        time.sleep(0.1)
    raise socket.gaierror(socket.EAI_AGAIN, "the test has no names")


def patient_host(loop: Any, host: str, *rest: Any, **more: Any) -> Any:
    return loop.run_in_executor(None, lambda: endless(host))


sound_tick, sound_update = Engine._tick, watching.update
Engine._tick = faulty_tick  # type: ignore[method-assign]
watching.update = faulty_update
nap.LONGEST_NAP, watching.TICK_EVERY = 0.3, 0.2
if on("dns"):
    socket.getaddrinfo = endless
    asyncio.BaseEventLoop.getaddrinfo = patient_host  # type: ignore[assignment,method-assign]

if __name__ == "__main__":
    import notifier.tray.watchdog as watchdog

    watchdog.EVERY = 1000
    sys.exit(main())
