"""A key of the person's own, from the window into the system's real key store and out of it."""

import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import pytest
import secretstorage

from tests.whole.desk import HEAD, until

pytestmark = pytest.mark.desktop

BAD, GOOD = "sk-canary-wrong-1234", "sk-canary-right-5678"
REFUSED = b'{"error": {"message": "Incorrect API key provided", "type": "invalid_request_error"}}'


class Api:
    """An API on loopback that takes one key; it notes which it was asked with."""

    def __init__(self) -> None:
        self.heard: list[str | None] = []
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                given = self.headers.get("Authorization")
                api.heard.append(given)
                good = given == f"Bearer {GOOD}"
                body = b'{"object": "list", "data": [{"id": "m"}]}' if good else REFUSED
                self.send_response(200 if good else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1/models"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Hands:
    """What is done at the windows of a program begun by `hands.py`."""

    def __init__(self, person) -> None:
        self._do, self._done = person.folder / "do", person.folder / "done"

    def _act(self, **order: str):
        fresh = self._do.with_suffix(".new")
        fresh.write_text(json.dumps(order))
        fresh.rename(self._do)
        until(lambda: not self._do.exists())
        return json.loads(self._done.read_text())

    def presses(self, name: str) -> None:
        until(lambda: self._act(press=name))

    def types(self, text: str) -> None:
        assert self._act(type=text)

    def writes(self, text: str) -> None:
        assert self._act(write=text)

    def sees(self, text: str) -> None:
        until(self.everything, lambda told: any(text in one for one in told))

    def everything(self) -> list[str]:
        return self._act(tell="")


@pytest.fixture
def api():
    with Api() as api:
        yield api


@pytest.fixture
def hands(person, api):
    person.settings.write_text(
        f'{HEAD}[[service]]\nid = "lab"\nname = "Lab"\nhome = "http://127.0.0.1/"\n'
        f'can = ["video"]\nprobe = {{ url = "{api.url}", auth = "bearer", key = "lab-key" }}\n'
    )
    person.starts(module="tests.whole.hands")
    assert person.run("tray").wait(10) == 0, "it shows the window of the first"
    return Hands(person)


def kept() -> list[str]:
    """Everything in the person's key store, as it lies there."""
    with closing(secretstorage.dbus_init()) as bus:
        store = secretstorage.get_default_collection(bus)
        return [one.get_secret().decode() for one in store.get_all_items()]


def fate(person) -> str:
    (row,) = person.knows()["rows"]
    return row["account"]["fate"]


def test_a_key_is_set_tried_refused_replaced_accepted_and_forgotten(person, api, hands):
    hands.sees("not checked: no key")
    hands.presses("Set a key…")
    hands.sees("It will be kept in the Secret Service of this desktop.")
    hands.types(BAD)
    told = hands.everything()
    hands.presses("Keep the key")
    hands.sees("and is being tried.")
    hands.presses("Close")

    hands.sees("your key is refused: renew it")
    assert f"Bearer {BAD}" in api.heard
    (notice,) = person.notes.wait(1)
    assert notice["summary"] == "Lab refuses your key"
    assert len(kept()) == 1

    hands.presses("Replace…")
    hands.sees("It will be kept in")
    hands.types(GOOD)
    told += hands.everything()
    hands.presses("Keep the key")
    hands.presses("Close")
    hands.sees("Lab accepts your key.")
    assert api.heard[-1] == f"Bearer {GOOD}"

    told += hands.everything()
    shown = json.dumps([told, person.knows(), person.notes()])
    written = "".join(one.read_text(errors="replace") for one in person.folder.rglob("*.toml"))
    written += person.log.read_text()
    for key in (BAD, GOOD):
        assert key not in shown + written

    hands.presses("Forget…")
    hands.presses("Forget the key")
    hands.sees("The key is forgotten.")
    assert kept() == []
    until(lambda: fate(person), lambda now: now == "not_kept")
    hands.presses("Close")
    hands.sees("not checked: no key")
