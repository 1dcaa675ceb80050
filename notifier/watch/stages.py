"""One exchange step by step, for whoever examines the network: how far it got, how long each took.

It goes the way every look goes: the same proxy, the same authorities, the same time limits.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from notifier import probes
from notifier.model.observation import Answered, Failure, Stage
from notifier.model.service import host_of
from notifier.probes import Answer
from notifier.watch.failures import NoAnswer, timed_out
from notifier.watch.progress import Progress
from notifier.watch.wire import Ask, Reply, Wire

WITHIN = 8.0
"""Seconds all of it may take."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that was passed, and how many seconds it took."""

    stage: Stage
    seconds: float


@dataclass(frozen=True, slots=True)
class Walk:
    """How an exchange with a neutral host went; `failure` where it ended, at `stopped`.

    `issuer` is who vouched for the host's name; `ahead` how far the host's clock is before ours.
    """

    host: str
    proxy: str | None
    steps: tuple[Step, ...]
    issuer: str | None = None
    detail: str = ""
    ahead: timedelta | None = None
    failure: Failure | None = None
    stopped: Stage | None = None


async def walk(wire: Wire, url: str, within: float = WITHIN) -> Walk:
    """Ask `url` once, and note every step; raises nothing."""
    noted = _Noted(host_of(url))
    try:
        async with asyncio.timeout(within):
            reply = await wire.exchange(Ask(url, glance=True), noted)
    except NoAnswer as error:
        return noted.walked(failure=error.failure, stopped=error.stage)
    except TimeoutError:
        late = timed_out(noted, within)
        return noted.walked(failure=late.failure, stopped=late.stage)
    return _answered(noted, url, reply)


def _answered(noted: "_Noted", url: str, reply: Reply) -> Walk:
    headers = {name.lower(): value for name, value in reply.headers.items()}
    said = probes.reference(Answer(reply.status, headers, reply.body, reply.seconds), url)
    ahead = _ahead(headers.get("date"))
    if isinstance(said, Answered):
        return noted.walked(detail=said.detail, ahead=ahead)
    return noted.walked(failure=said, stopped=Stage.FRONT)


def _ahead(date: str | None) -> timedelta | None:
    """How far a `Date` header is before this computer's clock; None where there is none."""
    try:
        said = parsedate_to_datetime(date or "")
        return said.replace(tzinfo=said.tzinfo or UTC) - datetime.now(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


class _Noted(Progress):
    """An exchange under way that notes when each of its steps began and ended."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self._marks: dict[str, float] = {}
        self._issuer: str | None = None

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note a step, and who vouches for the host once the connection is secure."""
        await super().trace(event, info)
        self._marks[event.partition(".")[2]] = time.monotonic()
        if event.endswith("start_tls.complete"):
            self._issuer = _issuer(info.get("return_value"))

    def looking_up(self) -> None:
        """Note it: httpcore says nothing of it."""
        super().looking_up()
        self._marks.setdefault("dns.started", time.monotonic())

    def looked_up(self) -> None:
        """Note it; every address of the host has been found by then."""
        super().looked_up()
        self._marks.setdefault("dns.complete", time.monotonic())

    def walked(self, **more: Any) -> Walk:
        """All that was noted."""
        spans = ((stage, self._span(*names)) for stage, names in _STEPS.items())
        steps = tuple(Step(stage, span) for stage, span in spans if span is not None)
        return Walk(self.host, self.proxy, steps, self._issuer, **more)

    def _span(self, began: tuple[str, ...], ended: str) -> float | None:
        starts = [self._marks[name] for name in began if name in self._marks]
        if ended not in self._marks or not starts:
            return None
        return max(0.0, self._marks[ended] - max(starts))


_STEPS = {
    Stage.DNS: (("dns.started",), "dns.complete"),
    Stage.CONNECT: (("connect_tcp.started", "dns.complete"), "connect_tcp.complete"),
    Stage.TLS: (("start_tls.started",), "start_tls.complete"),
    Stage.FRONT: (("send_request_headers.started",), "receive_response_headers.complete"),
}
"""What begins a step (the last of these), and what ends it: httpcore's own events, without the
name of who sends them."""


def _issuer(stream: Any) -> str | None:
    """The organisation that signed the host's certificate, as the certificate names it."""
    sealed = stream.get_extra_info("ssl_object") if stream is not None else None
    found = (sealed.getpeercert() or {}) if sealed is not None else {}
    names = {key: value for part in found.get("issuer", ()) for key, value in part}
    name = names.get("organizationName") or names.get("commonName")
    return None if name is None else str(name)
