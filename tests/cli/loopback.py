"""Status pages and front doors on 127.0.0.1 that answer what a test tells them to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.feeds.bodies import component, event, summary, update

INDICATORS = {
    "maintenance": "maintenance",
    "operational": "none",
    "degraded": "minor",
    "partial_outage": "major",
    "major_outage": "critical",
}

WORDS = {"degraded": "degraded_performance", "maintenance": "under_maintenance"}
"""What Statuspage calls a state of ours, where it has a word of its own."""


class Loopback:
    """A web server of one host; `asked` are the paths it was asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        raise NotImplementedError

    def hang(self) -> None:
        """Say nothing until the test is over."""
        self._over.wait()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """From now on nobody listens here."""
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_GET(self) -> None:
                served.asked.append(self.path)
                status, kind, body = served.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        return Handler


class StatusPage(Loopback):
    """An Atlassian Statuspage; `says` changes what it says from the next look on."""

    def __init__(self, name: str = "Campus LLM") -> None:
        super().__init__()
        self._name = name
        self.says("operational")

    def says(self, state: str, *, title: str = "", phase: str = "investigating") -> None:
        """Its two parts are in `state`; with a `title` because of an incident that is open."""
        parts = [
            component("partchat0001", "Chat", WORDS.get(state, state)),
            component("partlogin001", "Login", WORDS.get(state, state), position=1),
        ]
        incident = event(
            name=title,
            status=phase,
            impact=INDICATORS[state],
            components=parts,
            started_at="2026-11-23T17:41:00Z",
            incident_updates=[update(phase, "We are looking into it.", "2026-11-23T17:42:00Z")],
        )
        document = summary(
            page={"id": "loopback0001", "name": self._name, "url": self.url},
            status={"indicator": INDICATORS[state], "description": state},
            components=parts,
            incidents=[incident] if title else [],
        )
        self._body = json.dumps(document).encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/api/v2/summary.json":
            return 200, "application/json", self._body
        return 404, "text/plain", b"nothing here"


class Service(StatusPage):
    """A service whose home links to its status pages, which are at `paths`."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__()
        self._paths = paths

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/":
            links = "".join(f'<a href="/{page}">How it is</a>' for page in self._paths)
            return 200, "text/html", f"<!doctype html><title>LLM</title>{links}".encode()
        page, _, below = path.strip("/").partition("/api/")
        return super().answer(f"/api/{below}" if page in self._paths else path)


class FrontDoor(Loopback):
    """An address of a product: `answers` is a status, or `hang`."""

    def __init__(self, answers: str = "200") -> None:
        super().__init__()
        self.answers = answers

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if self.answers == "hang":
            self.hang()
            return 200, "text/plain", b"too late"
        return int(self.answers), "text/plain", b"ok"


class WebPage(Loopback):
    """A web site that says the same whatever it is asked: no status page at all."""

    def answer(self, path: str) -> tuple[int, str, bytes]:
        return 200, "text/html", b"<!doctype html><title>Shop</title><p>Welcome"
