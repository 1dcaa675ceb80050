"""A hook: a program of the person's own, run directly with one JSON document on standard input."""

import os
import signal
from pathlib import Path

from notifier import documents
from notifier.model.announcement import Notice
from notifier.model.relay import Hook, RelayKind
from notifier.relays import process
from notifier.relays.line import Carried
from notifier.relays.process import Ended
from notifier.wording import relays as words
from notifier.wording.say import Say


class HookCarrier:
    """One `[[hook]]`. It is tried once for each notice and gets all of them, in order."""

    kind = RelayKind.HOOK
    waits: tuple[float, ...] = ()

    def __init__(self, hook: Hook, name: str, say: Say) -> None:
        """`name` tells it from another hook with the same program."""
        self._hook = hook
        self._say = say
        self.name = name

    def wants(self, notice: Notice) -> bool:
        """Whether it is to have this one."""
        return self._hook.reasons is None or notice.reason in self._hook.reasons

    async def carry(self, notice: Notice) -> Carried:
        """Run it."""
        document = documents.dumps(documents.notice(notice, notice.at), one_line=True)
        given = f"{document}\n".encode()
        try:
            ended = await process.run(self._hook.run, given, within=self._hook.timeout)
        except (OSError, ValueError) as error:
            return Carried(missing(self._hook, self._say) or words.not_run(error, self._say))
        return Carried(_complaint(ended, self._hook.timeout, self._say))


def missing(hook: Hook, say: Say) -> str:
    """What is wrong with the program of a hook as it lies there; empty where nothing is."""
    program = Path(hook.run[0])
    try:
        if not program.is_file():
            return words.no_program(hook.run[0], say)
        if not os.access(program, os.X_OK):
            return words.not_executable(hook.run[0], say)
    except OSError as error:
        return words.not_run(error, say)
    return ""


def _complaint(ended: Ended, timeout: float, say: Say) -> str:
    """Why it does not count as done; empty where it does."""
    if ended.code is None:
        return words.too_slow(timeout, say)
    if ended.code == 0:
        return ""
    said = ended.err.decode("utf-8", "replace")
    if ended.code < 0:
        return words.ended_by(_signal(-ended.code), said, say)
    return words.ended_with(ended.code, said, say)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
