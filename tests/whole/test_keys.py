"""A key store that hangs: the tray does not wait for it, carries none of it, and ends at once."""

import os
import time
from pathlib import Path

import pytest

from notifier.model.picture import Lamp
from tests.watch.fault_server import FaultServer, reply
from tests.whole.desk import settings_of, until

pytestmark = pytest.mark.desktop

STORES = Path(__file__).parents[1] / "storage"
OF_THE_STORE = ("_cffi_backend", "cryptography", "_rust.abi3")
"""What of the key store's libraries would lie in the memory of whoever loads them."""

ACCOUNT = """
[keys]
kept = ["mine"]
[[service]]
id = "campus"
name = "Campus"
home = "http://127.0.0.1/"
probe = {{ url = "{url}", auth = "bearer", key = "mine" }}
"""


@pytest.fixture
def account():
    with FaultServer() as server:
        server.say("/v1/models", reply(b'{"data": []}'))
        yield server


@pytest.mark.parametrize("store", ["Hanging", "Kept"])
def test_a_tray_with_a_key_is_as_quick_and_as_lean_as_one_without(
    person, vendors, account, tmp_path, store
):
    kept = tmp_path / "store"
    kept.mkdir()
    person.settings.write_text(
        settings_of(*vendors) + ACCOUNT.format(url=account.url("/v1/models"))
    )
    around = {
        "PYTHON_KEYRING_BACKEND": f"stand_in_stores.{store}",
        "STAND_IN_STORE": str(kept),
        "PYTHONPATH": os.pathsep.join((str(Path.cwd()), str(STORES))),
    }
    process = person.starts(env=around)
    person.shows(Lamp.CLEAR)
    if store == "Hanging":
        pid = until(lambda: (kept / "pid").exists() and (kept / "pid").read_text())
        until(lambda: "Waiting for your key store" in person.notifier("why", "campus")[1])
    else:
        until(lambda: "`notifier key set mine`" in person.notifier("why", "campus")[1])
    memory = Path(f"/proc/{process.pid}/maps").read_text()
    assert [name for name in OF_THE_STORE if name in memory] == []
    assert [one for one in account.requests if "authorization" in one.headers] == []
    began = time.monotonic()
    process.terminate()
    assert process.wait(10) == 0
    if store == "Hanging":
        assert time.monotonic() - began < 5, "it waited for the key store"
        assert not Path(f"/proc/{pid}").exists()
