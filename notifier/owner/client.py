"""How a command asks the owner of a profile: blocking, without an event loop."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any

from notifier.owner import transport
from notifier.owner.transport import OwnerError

if TYPE_CHECKING:  # what may be asked is read by the owner alone
    from notifier.owner.protocol import Object

ANSWER_WITHIN = 5.0
CONNECT_WITHIN = 2.0

MOST_ANSWER = 16 * 1024 * 1024
"""Bytes of one answer: hundreds of services with all their parts are far below."""

_CHUNK = 65536

Peer = Callable[[transport.Connection], int]


class Silent(OwnerError):
    """The owner does not answer: it is stuck, or so busy that it is as good as stuck."""


def ask(
    place: Path,
    request: Object,
    timeout: float = ANSWER_WITHIN,
    *,
    peer: Peer = transport.peer_uid,
) -> dict[str, Any] | None:
    """The owner's answer to `request` within `timeout` seconds; None where there is no owner.

    `place` is the socket of the profile. An answer with `error` is one, too: see `protocol`.

    Raises:
        OwnerError: somebody listens there who does not answer, or is not us.
        NotAvailable: not on this system.
    """
    deadline = time.monotonic() + timeout
    connection = _connected(place, min(timeout, CONNECT_WITHIN), peer)
    if connection is None:
        return None
    with connection:
        _send(connection, request)
        return _object(_line(connection, deadline))


def follow(place: Path, *, peer: Peer = transport.peer_uid) -> Iterator[dict[str, Any]] | None:
    """Everything the owner says from now on, until it ends; None where there is no owner.

    Raises:
        OwnerError: as for `ask`; also while iterating, when the owner says nonsense.
        NotAvailable: not on this system.
    """
    connection = _following(place, peer)
    return None if connection is None else (_object(line) for line in _lines(connection) if line)


def listen(
    place: Path, pulse: float, *, peer: Peer = transport.peer_uid
) -> Generator[dict[str, Any] | None, None, None] | None:
    """As `follow`, for whoever has a clock to look at: None after every `pulse` seconds of silence.

    Raises as `follow` does.
    """
    connection = _following(place, peer)
    if connection is None:
        return None
    return (None if line is None else _object(line) for line in _lines(connection, pulse))


def _following(place: Path, peer: Peer) -> socket | None:
    connection = _connected(place, CONNECT_WITHIN, peer)
    if connection is not None:
        _send(connection, {"ask": "follow"})
    return connection


def _connected(place: Path, timeout: float, peer: Peer) -> socket | None:
    connection = transport.connect(place, timeout)
    if connection is not None and peer(connection) != transport.own_uid():
        connection.close()
        raise OwnerError(f"What listens at {place} belongs to another user; it is not asked.")
    return connection


def _send(connection: socket, request: Object) -> None:
    try:
        connection.sendall(json.dumps(request).encode() + b"\n")
    except OSError as error:
        connection.close()
        raise OwnerError(f"The running AI Notifier does not listen: {error}.") from error


def _line(connection: socket, deadline: float) -> bytes:
    """One line, whole, before `deadline` however slowly it drips."""
    heard = bytearray()
    while not heard.endswith(b"\n"):
        try:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            chunk = connection.recv(_CHUNK)
        except TimeoutError as error:
            raise Silent("The running AI Notifier does not answer.") from error
        except OSError as error:
            raise OwnerError(f"The running AI Notifier hung up: {error}.") from error
        if not chunk:
            raise OwnerError("The running AI Notifier ended before it answered.")
        heard += chunk
        if len(heard) > MOST_ANSWER or time.monotonic() > deadline:
            raise OwnerError("The running AI Notifier does not come to an end.")
    return bytes(heard)


def _lines(connection: socket, pulse: float | None = None) -> Iterator[bytes | None]:
    """Lines as they come, until the end; one that is cut off by it is none. Silence is None."""
    connection.settimeout(pulse)
    heard = b""
    with connection:
        while True:
            try:
                chunk = connection.recv(_CHUNK)
            except TimeoutError:
                yield None
                continue
            except ConnectionError:
                return
            if not chunk:
                return
            *lines, heard = (heard + chunk).split(b"\n")
            yield from lines
            if len(heard) > MOST_ANSWER:
                raise OwnerError("The running AI Notifier does not come to an end.")


def _object(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise OwnerError("The running AI Notifier said what is not JSON.") from error
    if not isinstance(answer, dict):
        raise OwnerError("The running AI Notifier said what is no answer.")
    return answer
