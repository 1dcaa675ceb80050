"""Vendors with a status page each, on loopback: real sockets, and a state that can be changed."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATH = "/api/v2/summary.json"

INDICATORS = {
    "operational": "none",
    "degraded_performance": "minor",
    "partial_outage": "major",
    "major_outage": "critical",
}
"""Statuspage's word for the whole, by its word for the one part there is."""


class Instead(Enum):
    """What comes in place of the document."""

    HTML = "a web page"
    ERROR = "503"
    HALF = "half a document"
    EMPTY = "an answer with nothing in it"
    HANG_UP = "no answer: the line is cut"
    SILENCE = "no answer at all, and the line stays open"


@dataclass
class Vendor:
    """One vendor: a name, a server on a port of its own, and what its page says just now."""

    name: str
    part: str = "operational"
    since: datetime | None = None
    instead: Instead | None = None
    asked: int = 0
    late: bool = False
    """Its port is taken, and refuses everybody until it `opens`."""
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        vendor = self

        class Handler(_Handler):
            of = vendor

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self._server.server_bind()
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        if not self.late:
            self.opens()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def opens(self) -> None:
        """Listen from now on."""
        self._server.server_activate()
        self._thread.start()

    @property
    def id(self) -> str:
        return self.name.lower()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    @property
    def home(self) -> str:
        return f"{self.url}app"

    def fails(self, state: str = "major_outage", minutes: int = 10) -> None:
        """The page reports trouble, which began so many minutes ago by its own word."""
        self.since = datetime.now(UTC) - timedelta(minutes=minutes)
        self.part, self.instead = state, None

    def recovers(self) -> None:
        self.part, self.since, self.instead = "operational", None, None

    def entry(self, *fallbacks: str) -> str:
        """The vendor as `[[service]]` of settings.toml.

        Nothing in the catalogue can do videos, so nobody outside is asked for an alternative.
        """
        return (
            f'[[service]]\nid = "{self.id}"\nname = "{self.name}"\nhome = "{self.home}"\n'
            f'can = ["video"]\nstatus = "{self.url}"\nengine = "statuspage"\n'
            f"fallbacks = {json.dumps(list(fallbacks))}\n"
        )

    def document(self) -> bytes:
        """Its summary.json."""
        whole: dict[str, Any] = {
            "page": {"id": self.id, "name": self.name, "url": self.url},
            "status": {"indicator": INDICATORS[self.part], "description": ""},
            "components": [{"id": "c1", "name": "Videos", "status": self.part}],
            "incidents": [],
            "scheduled_maintenances": [],
        }
        if self.since is not None:
            whole["incidents"] = [self._incident(self.since.isoformat())]
        return json.dumps(whole).encode()

    def _incident(self, since: str) -> dict[str, Any]:
        return {
            "id": f"incident-{self.id}",
            "name": "Videos fail",
            "status": "investigating",
            "impact": INDICATORS[self.part],
            "created_at": since,
            "started_at": since,
            "updated_at": since,
            "components": [{"id": "c1", "name": "Videos"}],
            "incident_updates": [
                {"status": "investigating", "body": "We are looking into it.", "created_at": since}
            ],
        }

    def wait(self) -> None:
        """Until the test is over."""
        self._over.wait(60)


class _Handler(BaseHTTPRequestHandler):
    """Answers for one vendor."""

    protocol_version = "HTTP/1.1"
    of: Vendor

    def do_GET(self) -> None:
        self.of.asked += 1
        whole = self.of.document()
        match self.of.instead:
            case None if self.path == PATH:
                self._answer(200, "application/json", whole)
            case None:
                self._answer(404, "text/plain", b"not here")
            case Instead.HTML:
                self._answer(200, "text/html", b"<!DOCTYPE html><title>Moved</title><p>Hello")
            case Instead.ERROR:
                self._answer(503, "text/plain", b"later")
            case Instead.HALF:
                self._answer(200, "application/json", whole[: len(whole) // 2])
            case Instead.EMPTY:
                self._answer(200, "application/json", b"")
            case Instead.HANG_UP:
                self.close_connection = True
            case Instead.SILENCE:
                self.of.wait()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""
