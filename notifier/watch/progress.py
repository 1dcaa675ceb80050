"""How far one exchange has got and how long each stage took, as httpcore tells it while it goes."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from notifier.model.observation import Stage, StageTime

_BEGINS = {
    "connection.connect_tcp.started": Stage.CONNECT,
    "connection.start_tls.started": Stage.TLS,
    "proxy.start_tls.started": Stage.TLS,
    "http11.send_request_headers.started": Stage.FRONT,
}
"""httpcore's trace events, and the stage each begins (httpcore docs, *Extensions*, `trace`)."""

_HEAD = "http11.receive_response_headers.complete"


def _nobody_waits() -> None:
    """What happens at a new connection while nobody waits for one."""


@dataclass(slots=True)
class Progress:
    """One exchange under way. `proxy` names the proxy in between, never with its password.

    `tunnel` says that a secure connection goes through that proxy: until it stands, every trouble
    is the proxy's. `opened` is called when a new connection is begun. `admit` is asked about host
    and port before a connection is made, `allow` about the new one before anything is sent over
    it; both raise where it must not be.
    """

    host: str
    proxy: str | None = None
    tunnel: bool = False
    stage: Stage = Stage.FRONT
    reused: bool = True
    heard: bool = False
    """Whether the head of an answer has come."""
    opened: Callable[[], None] = _nobody_waits
    admit: Callable[[str, int], Awaitable[None]] | None = None
    allow: Callable[[Any], None] | None = None
    stream: Any = None
    """The new connection, for whoever has to close it: httpcore forgets it where it is cancelled
    while it secures it (httpcore 1.0, `AnyIOStream.start_tls`)."""
    _passing: bool = field(default=False, init=False)
    _since: float = field(default=0.0, init=False)
    _spent: dict[Stage, float] = field(default_factory=dict, init=False)

    @property
    def before_proxy(self) -> bool:
        """Whether it has not got beyond the proxy yet."""
        return self.proxy is not None and self.stage in (Stage.DNS, Stage.CONNECT)

    @property
    def stages(self) -> tuple[StageTime, ...]:
        """The stages passed so far; over a kept connection only the last is to be passed."""
        return tuple(StageTime(stage, seconds) for stage, seconds in self._spent.items())

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """What httpcore calls at every step."""
        if event == "connection.connect_tcp.complete":
            self.stream = info["return_value"]
            if self.allow is not None:
                self.allow(self.stream)
        elif event == _HEAD and not self._passing:
            self._pass()
        stage = _BEGINS.get(event)
        if stage is None:
            return
        if stage is Stage.CONNECT:
            self._begin_anew()
        elif event == "proxy.start_tls.started":
            self._passing = False
        if not self._passing and stage is not Stage.CONNECT:
            self._enter(stage)
        if stage is Stage.CONNECT and self.admit is not None:
            await self.admit(info["host"], info["port"])

    def looking_up(self) -> None:
        """The name of the host is being looked up: connecting has to wait for that."""
        if self.stage is Stage.CONNECT:
            self.stage, self._since = Stage.DNS, perf_counter()

    def looked_up(self, *, found: bool = True) -> None:
        """The name has been looked up; a look-up that `found` nothing is no stage passed."""
        if self.stage is Stage.DNS:
            if found:
                self._pass()
            self.stage = Stage.CONNECT

    def _begin_anew(self) -> None:
        """A new connection is begun: nothing before it counts."""
        self.reused, self._passing = False, self.tunnel
        self._spent.clear()
        self.stage, self._since = Stage.CONNECT, perf_counter()
        self.opened()

    def _enter(self, stage: Stage) -> None:
        """A stage begins. Of a new connection the one before has ended with that."""
        if stage is not self.stage:
            self._pass()
        self.stage, self._since = stage, perf_counter()

    def _pass(self) -> None:
        """The present stage has ended well. Where a name is looked up twice both times count."""
        now = perf_counter()
        self._spent[self.stage] = self._spent.get(self.stage, 0.0) + now - self._since
        self._since = now


UNDER_WAY: ContextVar[Progress | None] = ContextVar("exchange under way", default=None)
"""The exchange of the running task. httpcore says nothing about the look-up of a name; the
executor it runs in (`thread.py`) does, to the exchange that waits for it."""
