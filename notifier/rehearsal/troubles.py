"""What no answer looks like to whoever has the sockets: the errors of the system and of HTTP.

Over loopback most of them cannot be had, so they are raised where the system would raise them;
in memory all of them are. Either way `watch/failures.py` says what they mean, as in earnest.
"""

import errno
import socket
import ssl
from collections.abc import Callable, Mapping

HANG = 120.0
"""Seconds a hanging answer hangs, longer than any deadline of ours."""


def _http(name: str, says: str) -> Exception:
    """An error of httpx, which is loaded only where a rehearsal is played."""
    from notifier.watch.lean_httpx import httpx

    error: Exception = getattr(httpx, name)(says)
    return error


def _certificate(code: int) -> Exception:
    """A certificate refused for OpenSSL's reason of that number (x509_vfy.h, X509_V_ERR_…)."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


_BEFORE: Mapping[str, Callable[[], Exception]] = {
    "offline": lambda: OSError(errno.ENETUNREACH, "Network is unreachable"),
    "dns": lambda: socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
    "refused": lambda: ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
    "proxy": lambda: _http("ProxyError", "407 Proxy Authentication Required"),
    "unreachable": lambda: OSError(errno.EHOSTUNREACH, "No route to host"),
    "tls": lambda: _certificate(62),
    "interception": lambda: _certificate(20),
    "clock": lambda: _certificate(10),
}
_AFTER: Mapping[str, Callable[[], Exception]] = {
    "reset": lambda: ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
    "gone": lambda: _http("RemoteProtocolError", "Server disconnected without an answer"),
    "truncated": lambda: _http("RemoteProtocolError", "peer closed connection in the body"),
    "timeout": TimeoutError,
    "drip": TimeoutError,
}


def before(kind: str) -> Exception | None:
    """The error of a trouble that comes before a word is said; None where it comes later.

    Those are not to be had on loopback.
    """
    make = _BEFORE.get(kind)
    return None if make is None else make()


def after(kind: str) -> Exception:
    """The error of a trouble of a connection that came about."""
    return _AFTER[kind]()
