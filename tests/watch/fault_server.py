"""A server of raw sockets that does what a script says: bytes, pauses, resets, silence, TLS.

A script is a sequence of steps, played for one request:

    b"…"            these bytes
    Drip(b"…")      these bytes one at a time, with a pause after each
    Endless(b"…")   these bytes again and again, until the other side has gone
    HANG            nothing, until the other side has gone or the server is closed
    CLOSE           the connection is closed in order
    RESET           the connection is reset
    Tunnel(port)    bytes are passed on to that port of 127.0.0.1, as a proxy does

After a script without an end the connection waits for the next request. No test waits for a pause:
closing the server ends them all.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from enum import Enum


class End(Enum):
    """Steps that take no value."""

    HANG = "hang"
    CLOSE = "close"
    RESET = "reset"


HANG, CLOSE, RESET = End.HANG, End.CLOSE, End.RESET


@dataclass(frozen=True)
class Drip:
    """Bytes one at a time, `every` so many seconds."""

    data: bytes
    every: float = 0.02


@dataclass(frozen=True)
class Endless:
    """Bytes without an end."""

    data: bytes


@dataclass(frozen=True)
class Tunnel:
    """What a proxy does after CONNECT."""

    port: int


Step = bytes | Drip | Endless | End | Tunnel
Script = tuple[Step, ...]


@dataclass(frozen=True)
class Request:
    """One request as it came; `connection` counts the connections from 1."""

    method: str
    target: str
    headers: dict[str, str]
    connection: int
    body: bytes = b""


def reply(body: bytes = b"", status: int = 200, /, **headers: str) -> bytes:
    """A whole answer with its length; `etag="x"` becomes a header."""
    named = {"content_length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body


@dataclass
class FaultServer:
    """Listens on `host`, in threads of its own; a context manager."""

    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    greeting: Script = ()
    """Played for each connection before TLS and before any request."""
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    received: int = 0
    """Bytes of requests so far."""
    port: int = 0
    listener: socket.socket | None = None
    """A socket that listens already, in place of one at `host`."""

    def __enter__(self):
        self._scripts: dict[str, deque[Script]] = {}
        self._otherwise = reply(b"nothing here", 404)
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self._listener = self.listener or socket.create_server((self.host, self.port))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_):
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self.cut()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive(), "a thread of the fault server hangs"
        self._listener.close()

    @property
    def place(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of `path` here."""
        return f"{'https' if self.tls else 'http'}://{self.place}{path}"

    def say(self, path: str, *scripts: Script | bytes) -> None:
        """From now on answer requests for `path` with these, one after another; the last stays."""
        self._scripts[path] = deque((s,) if isinstance(s, bytes) else s for s in scripts)

    def say_to_all(self, answer: bytes) -> None:
        """From now on answer so whatever nothing else is said for."""
        self._otherwise = answer

    def paths(self) -> list[str]:
        """What was asked for so far."""
        return [request.target for request in self.requests]

    def cut(self) -> None:
        """Close every connection from here, without a word."""
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _start(self, work, *args) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._start(self._serve, connection, self.connections)

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            with contextlib.suppress(OSError, _Ended):
                self._play(connection, self.greeting)
                if self.tls is not None:
                    connection = self.tls.wrap_socket(connection, server_side=True)
                    self._open.append(connection)
                while head := self._head(connection):
                    self._answer(connection, head, number)
        finally:
            connection.close()

    def _head(self, connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65536)
            if not data:
                return b""
            self.received += len(data)
            head += data
        return head

    def _answer(self, connection: socket.socket, head: bytes, number: int) -> None:
        head, _, body = head.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        while len(body) < int(headers.get("content-length", "0")):
            body += connection.recv(65536)
        self.requests.append(Request(method, target, headers, number, body))
        scripts = self._scripts.get(target)
        if not scripts:
            connection.sendall(self._otherwise)
            return
        self._play(connection, scripts.popleft() if len(scripts) > 1 else scripts[0])

    def _play(self, connection: socket.socket, script: Script) -> None:
        for step in script:
            match step:
                case bytes():
                    connection.sendall(step)
                case Drip(data, every):
                    for place in range(len(data)):
                        connection.sendall(data[place : place + 1])
                        self._closing.wait(every)
                case Endless(data):
                    while not self._closing.is_set():
                        connection.sendall(data)
                case Tunnel(port):
                    self._pass_on(connection, port)
                case End():
                    self._end(connection, step)

    def _end(self, connection: socket.socket, step: End) -> None:
        if step is HANG:
            while connection.recv(65536):
                pass
        elif step is RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _Ended

    def _pass_on(self, connection: socket.socket, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as beyond:
            self._open.append(beyond)
            self._start(_pump, beyond, connection)
            _pump(connection, beyond)
        raise _Ended


class _Ended(Exception):
    """The script ended the connection."""


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
