"""The program carries httpx, and nothing that httpx would bring along for its command line."""

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notifier.watch.lean_httpx import httpx
from tests.watch.fault_server import reply
from tests.watch.looking import SUMMARY, fetching, in_loop, page, statuspage

NOTIFIER = Path(__file__).parents[2] / "notifier"


@pytest.mark.parametrize("module", ["rich", "click", "pygments"])
def test_looking_does_not_load(module):
    pytest.importorskip(module)
    program = f"import sys, notifier.watch.fetch; sys.exit({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == 0


def test_httpx_is_imported_in_one_place_only():
    elsewhere = [
        file.name
        for file in NOTIFIER.rglob("*.py")
        if re.search(r"^\s*(import httpx|from httpx)", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert elsewhere == ["lean_httpx.py"]


class Noted:
    """Notes every module that Python has to search for."""

    def __init__(self) -> None:
        self.sought: list[str] = []

    def find_spec(self, name, path=None, target=None):
        self.sought.append(name)


@in_loop
async def test_a_look_does_not_search_the_disk_for_modules(server, monkeypatch):
    server.say(SUMMARY, reply(statuspage()))
    async with fetching() as fetch:
        await fetch.look(page(server.url()))
        noted = Noted()
        monkeypatch.setattr(sys, "meta_path", [noted, *sys.meta_path])
        await fetch.look(page(server.url()))
    assert noted.sought == []


def test_addresses_are_not_logged_whatever_else_is(caplog):
    caplog.set_level(logging.DEBUG)
    assert httpx.__name__ == "httpx"
    for name in ("httpx", "httpcore", "httpcore.connection"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
