"""One exchange step by step, for whoever examines the network: how far it got, how long each took.

It goes the way every look goes: the same proxy, the same authorities, the same time limits.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from notifier import probes
from notifier.model.observation import Answered, Stage
from notifier.model.service import host_of
from notifier.model.walk import Walk
from notifier.probes import Answer
from notifier.watch.failures import NoAnswer, timed_out
from notifier.watch.progress import Progress
from notifier.watch.wire import Ask, Reply, Wire

WITHIN = 8.0
"""Seconds all of it may take."""


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
    if not isinstance(said, Answered):
        return noted.walked(failure=said, stopped=Stage.FRONT)
    ahead = probes.ahead(headers, datetime.now(UTC))
    by = None if ahead is None else timedelta(seconds=ahead)
    return noted.walked(detail=said.detail, ahead=by)


class _Noted(Progress):
    """An exchange under way that notes who vouches for the host, too."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self._issuer: str | None = None

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note who vouches for the host once the connection is secure."""
        await super().trace(event, info)
        if event.endswith("start_tls.complete"):
            self._issuer = _issuer(info.get("return_value"))

    def walked(self, **more: Any) -> Walk:
        """All that was noted."""
        return Walk(self.host, self.proxy, self.stages, self._issuer, **more)


def _issuer(stream: Any) -> str | None:
    """The organisation that signed the host's certificate, as the certificate names it."""
    sealed = stream.get_extra_info("ssl_object") if stream is not None else None
    found = (sealed.getpeercert() or {}) if sealed is not None else {}
    names = {key: value for part in found.get("issuer", ()) for key, value in part}
    name = names.get("organizationName") or names.get("commonName")
    return None if name is None else str(name)
