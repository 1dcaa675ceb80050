"""What the owner tells whoever follows it, passed on to a follower in this terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from notifier.model.announcement import (
    Action,
    Notice,
    NoticeId,
    Reason,
    Silence,
    ThreadId,
    Withheld,
)
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.model.service import ServiceKey

if TYPE_CHECKING:
    from notifier.terminal.live import Follower

Overheard = Mapping[str, Any]


class NotUnderstood(Exception):
    """The owner speaks another dialect than this command; the sentence says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "The running AI Notifier answered in a way this command does not understand. "
            "It is probably of another version: quit it and start it again."
        )


def picture_in(answer: Overheard) -> Picture:
    """The picture an owner answered with. Raises NotUnderstood."""
    try:
        return msgspec.convert(answer["document"], Picture)
    except (KeyError, msgspec.ValidationError) as error:
        raise NotUnderstood from error


def pass_on(overheard: Overheard, follower: Follower, look: Callable[[], Picture | None]) -> None:
    """Let `follower` show one object of `watch --json`. Raises NotUnderstood.

    The object of a picture says too little to draw one, so `look` asks the owner for all of it.
    Kinds of a newer owner are passed over.
    """
    try:
        _pass_on(overheard, follower, look)
    except (KeyError, TypeError, ValueError) as error:
        raise NotUnderstood from error


def _pass_on(overheard: Overheard, follower: Follower, look: Callable[[], Picture | None]) -> None:
    at = datetime.fromisoformat(overheard["at"])
    match overheard["kind"]:
        case "notice":
            follower.notice(at, _notice(overheard, at))
        case "withheld":
            follower.withheld(at, _withheld(overheard, at))
        case "closed":
            follower.closed(at, _withdraw(overheard))
        case "picture":
            if (picture := look()) is not None:
                follower.picture(at, picture)
        case _:
            pass


def _notice(told: Overheard, at: datetime) -> Notice:
    """The notice, without its buttons: they are pressed where the owner shows them."""
    return Notice(
        id=NoticeId(""),
        at=at,
        threads=_threads(told),
        reason=Reason(told["reason"]),
        services=_keys(told),
        title=told["title"],
        body=told["body"],
        actions=tuple(Action(action) for action in told["actions"]),
        labels=(),
        whose=told["whose"],
        cause=told["cause"],
        confidence=told["confidence"],
        duration=told["duration_s"],
    )


def _withheld(told: Overheard, at: datetime) -> Withheld:
    would_be = Reason(told["would_be"]) if told.get("would_be") else None
    thread = next(iter(_threads(told)), None)
    return Withheld(at, thread, _keys(told), Silence(told["reason"]), would_be)


def _withdraw(told: Overheard) -> Withdraw:
    return Withdraw(NoticeId(""), ThreadId(told["thread"] or ""), _keys(told))


def _threads(told: Overheard) -> tuple[ThreadId, ...]:
    return (ThreadId(told["thread"]),) if told["thread"] else ()


def _keys(told: Overheard) -> tuple[ServiceKey, ...]:
    return tuple(ServiceKey(key) for key in told.get("services", ()))
