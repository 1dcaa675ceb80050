"""What is said around a rehearsal: its time and act, each notice and silence, how it ended."""

from collections.abc import Iterator
from typing import Protocol

from notifier.model.announcement import Notice, Silence, Withheld
from notifier.model.effect import Withdraw
from notifier.wording.say import Say


class Ended(Protocol):
    """What came of a rehearsal."""

    @property
    def expectations(self) -> int:
        """How many were checked."""
        ...

    @property
    def failures(self) -> list[str]:
        """Each that was not met, in a sentence."""
        ...


def time_of(t: float) -> str:
    """The time of a scenario, `7:05` or `1:07:05`."""
    minutes, seconds = divmod(int(t), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}"


def caption(t: float, act: str, say: Say) -> str:
    """What stands over the window of a rehearsal."""
    if not act:
        return say("Rehearsal · {time}", time=time_of(t))
    return say("Rehearsal · {time} · {act}", time=time_of(t), act=act)


def act(t: float, title: str, say: Say) -> str:
    """A new act, as a line."""
    return say("{time}  {act}", time=time_of(t), act=title)


def shown(t: float, notice: Notice, say: Say) -> str:
    """A notice, as a line."""
    return say(
        "{time}  notice ({reason}): {title}. {body}",
        time=time_of(t),
        reason=notice.reason.value,
        title=notice.title,
        body=notice.body,
    )


def withheld(t: float, silence: Withheld, say: Say) -> str:
    """A silence, as a line; of what is kept back the notice stands before it."""
    if silence.reason is Silence.DO_NOT_DISTURB:
        return say("{time}  kept back: {why}", time=time_of(t), why=silence.reason.value)
    return say("{time}  no notice: {why}", time=time_of(t), why=silence.reason.value)


def closed(t: float, gone: Withdraw, say: Say) -> str:
    """A withdrawn notice, as a line."""
    return say("{time}  notice withdrawn ({thread})", time=time_of(t), thread=gone.thread)


def ending(name: str, ended: Ended | None, say: Say, *, check: bool) -> Iterator[str]:
    """How it ended, and what to try next."""
    if ended is None:
        yield say("The rehearsal was ended early.")
        return
    if check:
        yield from _checked(name, ended, say)
    yield say("That was a rehearsal. For your own tools: notifier tray   (or: notifier watch)")


def _checked(name: str, ended: Ended, say: Say) -> Iterator[str]:
    yield from ended.failures
    met = ended.expectations
    if ended.failures:
        yield say.plural(
            "{name}: {count} difference.",
            "{name}: {count} differences.",
            len(ended.failures),
            name=name,
        )
    else:
        yield say.plural(
            "{name}: {count} expectation met.",
            "{name}: all {count} expectations met.",
            met,
            name=name,
        )
