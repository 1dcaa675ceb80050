"""A push: a message to a phone, by mail or into a chat, sent by a short-lived child process.

Apprise is large, knows two hundred services and may hang in any of them; so it is loaded only
there. The address goes over on the child's standard input, and comes back in nothing.
"""

import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import msgspec

from notifier.model.announcement import Notice, Reason
from notifier.model.key import Secret
from notifier.model.relay import Push, RelayKind
from notifier.relays import process, push_child
from notifier.relays.line import Carried
from notifier.wording import relays as words
from notifier.wording.say import Say

WITHIN = 20.0
"""Seconds a service may take to accept a message."""

WAITS = (30.0, 120.0)
"""Seconds before the second and the third try."""

FROZEN_WORD = "send-push"
"""What a frozen program is started with to be that process: it has no Python to run a file."""

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

_AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Where somebody may have told OpenSSL to look for the system's authorities."""

_PASSING = frozenset({408, 425, 429})
"""Refusals that may be none a minute later; so may whatever the service itself is to blame for."""

_TYPES: Mapping[Reason, str] = {
    Reason.SUSPECTED: "warning",
    Reason.OUTAGE: "failure",
    Reason.WORSE: "failure",
    Reason.REOPENED: "failure",
    Reason.UNSTABLE: "warning",
    Reason.BETTER: "warning",
    Reason.RECOVERED: "success",
    Reason.ONLINE: "success",
}
"""What Apprise colours a message by; all else is `info`."""


class PushState(Enum):
    """What came of handing a message to Apprise."""

    SENT = "sent"
    UNDERSTOOD = "understood"
    STRANGE = "strange"
    REFUSED = "refused"
    UNREACHED = "unreached"
    FAILED = "failed"
    LATE = "late"
    BROKEN = "broken"


class Answer(msgspec.Struct, frozen=True):
    """The child's answer; `status` is that of HTTP, where there was one."""

    state: PushState
    status: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent: a title, a body, and what Apprise is to colour it by."""

    title: str
    body: str
    type: str = "info"


@dataclass(frozen=True, slots=True)
class Way:
    """How a service is reached: as `[network]` of the settings says."""

    proxy: str = "system"
    ca: str | None = None

    def environment(self, outer: Mapping[str, str]) -> dict[str, str]:
        """The variables by which the child's HTTP library is told of it."""
        found = _out_of(outer, _AUTHORITIES)
        match self.proxy:
            case "system":
                found |= _out_of(outer, (*_PROXIES, *(name.lower() for name in _PROXIES)))
            case "none":
                found |= {"NO_PROXY": "*"}
            case _:
                found |= {"HTTP_PROXY": self.proxy, "HTTPS_PROXY": self.proxy}
        return found if self.ca is None else {**found, "REQUESTS_CA_BUNDLE": self.ca}


def _out_of(outer: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: outer[name] for name in names if name in outer}


@dataclass(frozen=True, slots=True)
class Sender:
    """Starts the child; `command` is for those who test it."""

    way: Way = field(default_factory=Way)
    within: float = WITHIN
    command: Sequence[str] | None = None

    async def send(self, address: Secret, message: Message) -> Answer:
        """Send one message, or say why not; nothing is raised."""
        text = {"title": message.title, "body": message.body, "type": message.type}
        return await self._ask({"do": "send", "address": address.reveal(), **text})

    async def understands(self, address: Secret) -> Answer:
        """Whether Apprise makes anything of an address; nobody is asked."""
        return await self._ask({"do": "check", "address": address.reveal()})

    async def _ask(self, asked: Mapping[str, object]) -> Answer:
        request = {
            "path": [] if _frozen() else [place for place in sys.path if place],
            "environment": self.way.environment(os.environ),
            **asked,
        }
        given = msgspec.json.encode(request) + b"\n"
        try:
            command = self.command or _child()
            ended = await process.run(command, given, within=self.within, keep_open=True)
            if ended.code is None:
                return Answer(PushState.LATE)
            return msgspec.json.decode(ended.out, type=Answer)
        except (OSError, ValueError, msgspec.MsgspecError):
            # No word of what came goes on: it may hold the address.
            return Answer(PushState.BROKEN)


class PushCarrier:
    """One `[[push]]`."""

    kind = RelayKind.PUSH

    def __init__(
        self,
        push: Push,
        address: Callable[[], Awaitable[Secret | Carried]],
        sender: Callable[[], Sender],
        say: Say,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        """`address` fetches it from the key store, or says why it is not to be had.

        `sender` is asked for each time: the way to the network may have changed.
        """
        self._push = push
        self._address = address
        self._sender = sender
        self._say = say
        self.waits = waits

    @property
    def name(self) -> str:
        """What the person calls it."""
        return self._push.name

    def wants(self, notice: Notice) -> bool:
        """Whether it is to have this one."""
        return self._push.reasons is None or notice.reason in self._push.reasons

    async def carry(self, notice: Notice) -> Carried:
        """Fetch the address, and send."""
        address = await self._address()
        if isinstance(address, Carried):
            return address
        answer = await self._sender().send(address, _message(notice))
        if answer.state is PushState.SENT:
            return Carried()
        why = words.push_failed(answer.state.value, answer.status, self._push.name, self._say)
        return Carried(why, again=_may_pass(answer))


def _message(notice: Notice) -> Message:
    kind = _TYPES.get(notice.reason, "info")
    return Message(words.for_a_chat(notice.title), words.for_a_chat(notice.body), kind)


def _may_pass(answer: Answer) -> bool:
    """Whether it may go better in a minute."""
    if answer.state is PushState.STRANGE:
        return False
    if answer.status is None:
        return True
    return answer.status >= 500 or answer.status in _PASSING


def _child() -> tuple[str, ...]:
    """What starts the child: without the paths of this process, which it is told of instead."""
    if _frozen():
        return (sys.executable, FROZEN_WORD)
    return (sys.executable, "-I", "-S", str(Path(push_child.__file__).absolute()))


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
