"""What went wrong on the wire, as one of our kinds and a sentence for people: one table.

The sentences name the host, never a query, and a proxy without its password.
"""

import errno
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import anyio

from notifier.model.observation import (
    CERTIFICATE_KINDS,
    CONNECTION_KINDS,
    Failure,
    FailureKind,
    Stage,
)
from notifier.watch.lean_httpx import httpx
from notifier.watch.progress import Progress

EXPECTED = (
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,
    UnicodeError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
)
"""All that httpx, what stands below it and the system raise for what a network can do."""


class NoAnswer(Exception):
    """An exchange that brought nothing that can be used, and the stage it ended at."""

    def __init__(self, failure: Failure, stage: Stage = Stage.FRONT) -> None:
        super().__init__(failure.detail)
        self.failure = failure
        self.stage = stage


def taken_for_granted() -> bool:
    """That there is a way to the network, for whoever does not ask the system."""
    return True


def explain(
    error: BaseException, progress: Progress, has_route: Callable[[], bool] = taken_for_granted
) -> NoAnswer:
    """What `error`, one of EXPECTED, means for the exchange it ended.

    The reason may lie deep: httpx wraps httpcore, which wraps anyio, which wraps the system's.
    `has_route` is asked only where the exchange did not get out of this computer.
    """
    chain = tuple(_chain(error))
    found, row = next((one, row) for row in _TABLE for one in chain if row.fits(one))
    kind, says = row.kind, row.says(found) if callable(row.says) else row.says
    if kind in _NOT_OUT and not has_route():
        kind, says = FailureKind.OFFLINE, "This computer has no network connection."
    elif progress.before_proxy and kind in _BEFORE_PROXY:
        kind, says = FailureKind.PROXY, "The proxy {proxy} cannot be reached."
    elif progress.heard and kind is FailureKind.RESET:
        kind, says = FailureKind.TRUNCATED, _BROKEN_OFF
    detail = says.format(host=progress.host, proxy=progress.proxy or "on the way")
    return NoAnswer(Failure(kind, detail), _STAGES.get(kind, progress.stage))


def timed_out(progress: Progress, seconds: float) -> NoAnswer:
    """What it means that nothing more came within `seconds`.

    A name that could not be looked up in time is a failure of the look-up, not of the host: it
    says nothing about anybody's front door.
    """
    kind, says = _TIMEOUTS[progress.stage]
    if progress.heard:
        says = "The answer of {host} did not end"
    if progress.before_proxy:
        kind, says = FailureKind.PROXY, "The proxy {proxy} did not answer"
    detail = says.format(host=progress.host, proxy=progress.proxy) + f" within {seconds:g} s."
    return NoAnswer(Failure(kind, detail), progress.stage)


_BEFORE_PROXY = CONNECTION_KINDS - {FailureKind.PROXY}
"""What is the proxy's trouble, where it comes before the proxy has let us through."""

_NOT_OUT = frozenset({FailureKind.DNS, FailureKind.OFFLINE})
"""What happens without any network, too: a name is not found then, whosever it is."""

_STAGES = {
    FailureKind.DNS: Stage.DNS,
    FailureKind.OFFLINE: Stage.CONNECT,
    FailureKind.REFUSED: Stage.CONNECT,
    FailureKind.PROXY: Stage.CONNECT,
    **dict.fromkeys((FailureKind.TLS, *CERTIFICATE_KINDS), Stage.TLS),
}
"""Where a failure of a kind belongs, whatever step it was noticed at."""

_NOT_ANSWERED = (FailureKind.TIMEOUT, "{host} did not answer")
_TIMEOUTS = {
    Stage.DNS: (FailureKind.DNS, "The name {host} could not be looked up"),
    Stage.CONNECT: (FailureKind.TIMEOUT, "No connection to {host} came about"),
    Stage.TLS: (FailureKind.TIMEOUT, "{host} did not complete the secure connection"),
    Stage.FRONT: _NOT_ANSWERED,
    Stage.PRODUCT: _NOT_ANSWERED,
    Stage.ACCOUNT: _NOT_ANSWERED,
}


@dataclass(frozen=True, slots=True)
class _Row:
    """Errors of these types, with one of these numbers and these words in them, are of `kind`.

    `number` is where an error of these types keeps its number.
    """

    kind: FailureKind
    types: tuple[type[BaseException], ...]
    says: str | Callable[[BaseException], str]
    numbers: frozenset[int] = frozenset()
    words: str = ""
    number: str = "errno"

    def fits(self, error: BaseException) -> bool:
        return (
            isinstance(error, self.types)
            and (not self.numbers or getattr(error, self.number, None) in self.numbers)
            and self.words in str(error)
        )


_NO_ERRORS = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""How OpenSSL says that it waits for more; what comes while it waits has it as its context."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and all that led to it, outermost first; `raise … from None` hides nothing here."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen or isinstance(one, _NO_ERRORS):
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def _proxy_says(error: BaseException) -> str:
    """What a proxy's refusal means; httpcore's text begins with the status."""
    status = str(error)[:3]
    if status == "407":
        return "The proxy {proxy} asks for a name and password."
    return f"The proxy {{proxy}} did not connect us to {{host}} (HTTP {_digits(status)})."


def _digits(status: str) -> str:
    return status if status.isascii() and status.isdigit() else "without a status"


def _certificate(kind: FailureKind, reason: str, *codes: int) -> _Row:
    """Certificates refused for one of these reasons; without any, for whatever other reason."""
    says = f"The certificate of {{host}} {reason}."
    return _Row(kind, (ssl.SSLCertVerificationError,), says, frozenset(codes), number="verify_code")


_DATE, _ISSUER, _NAME = (
    FailureKind.CERTIFICATE_DATE,
    FailureKind.CERTIFICATE_ISSUER,
    FailureKind.CERTIFICATE_NAME,
)

# The numbers are OpenSSL's (x509_vfy.h, X509_V_ERR_…); those of Windows (winerror.h, CERT_E_…) and
# macOS (SecBase.h, errSec…) are what truststore hands on where the system itself judges.
_CERTIFICATES = (
    _certificate(_DATE, "is not valid yet, by this computer's clock", 9, -67819),
    _certificate(_DATE, "has expired, by this computer's clock", 10, -67818),
    _certificate(_DATE, "is not valid now, by this computer's clock", 0x800B0101),
    _certificate(_ISSUER, "was signed by nobody but itself", 18),
    _certificate(
        _ISSUER,
        "was issued by an authority this computer does not know",
        *(19, 20, 21, 0x800B0109, 0x800B010A, -67843),
    ),
    _certificate(FailureKind.TLS, "has been withdrawn by its authority", 23),
    _certificate(_NAME, "is made out to another name", 62, 64, 0x800B010F, -67602),
    _certificate(FailureKind.TLS, "is not accepted"),
)


def _tls_says(error: BaseException) -> str:
    """OpenSSL's own reason (`WRONG_VERSION_NUMBER`) in words: no text of the host's."""
    reason = str(getattr(error, "reason", None) or "it failed").replace("_", " ").lower()
    return f"No secure connection to {{host}}: {reason}."


def _numbers(*names: str) -> frozenset[int]:
    """The system's numbers of these errors, as far as it knows them."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_CUT = "{host} cut the connection."
_BROKEN_OFF = "The answer of {host} broke off."
_NOT_HTTP = "The answer of {host} is not proper HTTP."

# From top to bottom: a row stands above those that would fit the same error less exactly. Where
# several addresses of a host were tried, one that was refused shows that there is a route.
_TABLE = (
    _Row(FailureKind.PROXY, (httpx.ProxyError,), _proxy_says),
    _Row(
        FailureKind.INTERNAL,
        (OSError,),
        "This computer has no room for another connection.",
        _numbers("EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"),
    ),
    _Row(
        FailureKind.DNS,
        (socket.gaierror,),
        "There is no host named {host}.",
        frozenset({socket.EAI_NONAME}),
    ),
    _Row(FailureKind.DNS, (socket.gaierror,), "The name {host} could not be looked up."),
    *_CERTIFICATES,
    _Row(FailureKind.RESET, (ssl.SSLEOFError, ssl.SSLZeroReturnError), _CUT),
    _Row(FailureKind.TLS, (ssl.SSLError,), _tls_says),
    _Row(FailureKind.REFUSED, (ConnectionRefusedError,), "{host} refused the connection."),
    _Row(FailureKind.RESET, (ConnectionError,), _CUT, _numbers("ECONNRESET", "ECONNABORTED")),
    _Row(FailureKind.RESET, (BrokenPipeError,), _CUT),
    _Row(
        FailureKind.REFUSED,
        (PermissionError,),
        "This computer itself does not allow a connection to {host}.",
    ),
    _Row(
        FailureKind.TIMEOUT,
        (TimeoutError, httpx.TimeoutException),
        "{host} did not answer.",
    ),
    _Row(
        FailureKind.OFFLINE,
        (OSError,),
        "This computer has no way to {host}.",
        _numbers("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL"),
    ),
    _Row(FailureKind.TRUNCATED, (httpx.RemoteProtocolError,), _BROKEN_OFF, words="peer closed"),
    _Row(
        FailureKind.RESET,
        (httpx.RemoteProtocolError,),
        "{host} closed the connection without an answer.",
        words="Server disconnected",
    ),
    _Row(FailureKind.UNREADABLE, (httpx.RemoteProtocolError,), _NOT_HTTP),
    _Row(
        FailureKind.UNREADABLE,
        (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError),
        "The address at {host} cannot be asked.",
    ),
    _Row(FailureKind.RESET, EXPECTED, _CUT),
)
