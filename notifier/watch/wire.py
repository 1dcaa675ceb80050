"""One request, one answer, over connections that are kept; no redirects, no retries, no cookies.

The transports of httpx are used without its client: for one conditional request over a kept
connection the client costs 120 µs more, and what it adds (cookies, sign-in, redirects, proxies of
its own choice) must not happen here. One transport per host, because the pool of a common one
walks all its connections at every request; one TLS context for all.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notifier import __version__
from notifier.model.address import place
from notifier.model.observation import Failure, FailureKind, Stage
from notifier.watch import body, outside
from notifier.watch.failures import EXPECTED, NoAnswer, explain, taken_for_granted
from notifier.watch.lean_httpx import httpx
from notifier.watch.progress import UNDER_WAY, Progress
from notifier.watch.proxies import Proxies, ProxyUnusable, name_of
from notifier.watch.trust import Trust, nobody

if TYPE_CHECKING:  # loaded where a key is used
    from notifier.watch.keys import Signature

USER_AGENT = f"AI-Notifier/{__version__} (+https://github.com/ai-notifier/ai-notifier)"

MOST = 4 * 1024 * 1024
"""Bytes of one document, unpacked."""

GLANCE = 64 * 1024
"""Bytes taken in of an answer whose body is no document."""

KEPT_FOR = 600.0
"""Seconds an idle connection is kept: longer than the usual interval, or none were ever reused."""

PATIENCE = 6.0
"""Seconds a kept connection may be silent before it is taken for dead; a new one may be longer."""

Route = Callable[[str], str]
"""Where on this computer an address is played; raises OSError to play that nothing is reached."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `headers` come beside our own.

    With `glance` any answer counts, whatever its body. With `public_only` nothing is sent to an
    address that is this computer's or network's own; with `local` nothing but to a program of the
    person's own on this computer. What is `signed` has its key put into address or headers only
    when it is sent. A `body` of JSON makes it a POST.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    glance: bool = False
    public_only: bool = False
    local: bool = False
    signed: Signature | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, its body unpacked. `seconds` is to the last byte.

    `peer` is the address that sent a redirect; None where a proxy stands between.
    """

    status: int
    headers: httpx.Headers
    body: bytes
    seconds: float
    peer: str | None = None


@dataclass(slots=True)
class _Line:
    """The connections to one host."""

    transport: httpx.AsyncHTTPTransport
    proxy: str | None
    used: float
    dropped: bool = False
    """Whether it was given up; a connection that was being made then is closed after its use."""


class Wire:
    """All connections of one run.

    Args:
        proxy: `system`, `none` or the address of a proxy, as the settings say.
        ca: a file with further authorities to believe.
        route: for rehearsals, see `Route`; the Host header and the certificate's name stay.
        patience: see PATIENCE.
        has_route: whether this computer has any way out (`routes.py`); nobody asks where it is
            not handed in, so that a rehearsal depends on no machine.
    """

    def __init__(
        self,
        *,
        proxy: str = "system",
        ca: str | None = None,
        route: Route | None = None,
        patience: float = PATIENCE,
        has_route: Callable[[], bool] = taken_for_granted,
    ) -> None:
        self._proxies = Proxies(proxy)
        self._trust = Trust(ca)
        self._route = route
        self._patience = patience
        self._new_patience: float | None = None
        self.has_route = has_route
        self._lines: dict[tuple[str, bytes, bool, bool], _Line] = {}

    @property
    def complaint(self) -> str | None:
        """What is wrong with the extra authorities, once they have been needed."""
        return self._trust.complaint

    def apart(self, patience: float | None = None) -> Wire:
        """The same, with no connection open and sharing none; to be closed by the caller.

        `patience` is how many seconds a new connection may be silent; None: as long as it likes.
        """
        other = copy.copy(self)
        other._new_patience = patience  # noqa: SLF001 - it is one of us
        other._lines = {}  # noqa: SLF001 - it is one of us
        return other

    async def exchange(self, ask: Ask, progress: Progress) -> Reply:
        """Ask once; raises NoAnswer where nothing comes that can be used."""
        mark = UNDER_WAY.set(progress)
        try:
            return await self._exchange(ask, progress)
        except ProxyUnusable as error:
            raise NoAnswer(error.failure, Stage.CONNECT) from error
        except EXPECTED as error:
            raise explain(error, progress, self.has_route) from error
        except body.TooLarge:
            kind, says = FailureKind.TOO_LARGE, f"is larger than {MOST // 1024**2} MiB."
        except body.TooScattered:
            kind, says = FailureKind.UNREADABLE, "comes in too many small pieces."
        except body.Undecodable:
            kind, says = FailureKind.UNREADABLE, "is packed in a way we did not ask for."
        except body.BrokenOff:
            kind, says = FailureKind.TRUNCATED, "broke off."
        finally:
            UNDER_WAY.reset(mark)
        raise NoAnswer(Failure(kind, f"The answer of {progress.host} {says}"))

    async def forget(self) -> None:
        """Drop every connection, those in use too: the network is another one now."""
        lines, self._lines = self._lines, {}
        for line in lines.values():
            line.dropped = True
            await line.transport.aclose()

    async def close(self) -> None:
        """Close every connection."""
        await self.forget()

    async def _exchange(self, ask: Ask, progress: Progress) -> Reply:
        loop = asyncio.get_running_loop()
        began = loop.time()
        line, request = await self._prepared(ask, progress)
        async with self._answered(line, request, progress) as response:
            status = response.status_code
            got = await _taken_in(response, whole=status == 200 and not ask.glance)
            peer = _peer(response, line) if 300 <= status < 400 else None
        return Reply(status, response.headers, got, loop.time() - began, peer)

    async def _prepared(self, ask: Ask, progress: Progress) -> tuple[_Line, httpx.Request]:
        """The line to ask over, and what to send."""
        url = ask.url if ask.signed is None else ask.signed.address(ask.url)
        asked = httpx.URL(url)
        played = asked if self._route is None else httpx.URL(self._route(url))
        line = await self._line(asked, played, ask)
        progress.proxy = line.proxy
        progress.tunnel = line.proxy is not None and played.scheme == "https"
        if ask.local:
            from notifier.watch import listeners  # few looks need it: not loaded before

            progress.admit, progress.allow = listeners.admit, listeners.allow
        elif ask.public_only and line.proxy is None:
            progress.admit, progress.allow = outside.admit, outside.allow
        headers = {"Host": asked.netloc.decode("ascii"), **_OURS, **ask.headers}
        if ask.signed is not None:
            ask.signed.check(asked, by_proxy=line.proxy is not None)
            headers |= ask.signed.headers()
        if ask.body is not None:
            headers["Content-Type"] = "application/json"
        request = httpx.Request(
            "GET" if ask.body is None else "POST",
            played,
            headers=headers,
            content=ask.body,
            extensions={"trace": progress.trace, "sni_hostname": asked.raw_host.decode("ascii")},
        )
        return line, request

    @asynccontextmanager
    async def _answered(
        self, line: _Line, request: httpx.Request, progress: Progress
    ) -> AsyncIterator[httpx.Response]:
        """The head of the answer, its body still to come; the connection is free again after it."""
        try:
            async with asyncio.timeout(self._patience) as patience:
                progress.opened = lambda: patience.reschedule(self._gives_up_at())
                response = await line.transport.handle_async_request(request)
        except BaseException:
            if progress.stream is not None:
                await progress.stream.aclose()
            raise
        progress.heard = True
        try:
            yield response
        finally:
            await response.aclose()
            if line.dropped and progress.stream is not None:
                await progress.stream.aclose()

    def _gives_up_at(self) -> float | None:
        """When a new connection that stays silent is given up; None: not before its look."""
        if self._new_patience is None:
            return None
        return asyncio.get_running_loop().time() + self._new_patience

    async def _line(self, asked: httpx.URL, played: httpx.URL, ask: Ask) -> _Line:
        """The connections to the host of `asked`: those there are, or a new line."""
        if asked.scheme not in ("http", "https") or place(str(asked)) is None:
            raise httpx.UnsupportedProtocol("no address of the web")
        now = asyncio.get_running_loop().time()
        key = (asked.scheme, asked.netloc, ask.public_only, ask.local)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._new_line(played, now)
            await self._drop_unused(now)
        line.used = now
        return line

    async def _drop_unused(self, now: float) -> None:
        """Close lines to hosts nobody asks any more."""
        for key, line in tuple(self._lines.items()):
            if now - line.used > 2 * KEPT_FOR:
                del self._lines[key]
                await line.transport.aclose()

    def _new_line(self, played: httpx.URL, now: float) -> _Line:
        proxy = self._proxies.of(played.scheme, played.host)
        by_tls = proxy is not None and proxy.lower().startswith("https:")
        context = self._trust.context if by_tls or played.scheme == "https" else nobody()
        via = None
        if proxy is not None:
            via = httpx.Proxy(proxy, ssl_context=context if by_tls else None)
        transport = httpx.AsyncHTTPTransport(
            verify=context,
            trust_env=False,
            http2=False,
            limits=httpx.Limits(max_connections=2, keepalive_expiry=KEPT_FOR),
            proxy=via,
        )
        return _Line(transport, name_of(proxy) if proxy else None, now)


_OURS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}


async def _taken_in(response: httpx.Response, *, whole: bool) -> bytes:
    """The body, unpacked: the whole of a document, the beginning of anything else."""
    packed = ",".join(response.headers.get_list("content-encoding"))
    if whole:
        return await body.read(_chunks(response), packed, MOST)
    return await body.beginning(_chunks(response), packed, GLANCE)


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    """The body as it comes over the wire, still packed."""
    stream = response.stream
    if not isinstance(stream, httpx.AsyncByteStream):
        raise TypeError("an asynchronous transport answers with an asynchronous body")
    async for chunk in stream:
        yield chunk


def _peer(response: httpx.Response, line: _Line) -> str | None:
    """Whose address the answer came from."""
    stream = response.extensions.get("network_stream")
    if stream is None or line.proxy is not None:
        return None
    address = stream.get_extra_info("server_addr")
    return str(address[0]) if address else None
