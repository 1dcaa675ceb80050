"""Pushes and hooks where there is no desktop: configured, used under `watch`, asked for after."""

import json
import os
from pathlib import Path

from tests.cli.person import BARE, ROOT, service, soon
from tests.watch.fault_server import FaultServer, reply

STORES = Path(__file__).parents[1] / "storage"


def test_under_watch_an_outage_goes_to_the_phone_and_to_a_program(person, page, tmp_path):
    """From the words in settings.toml to what `why` says of it, without Qt."""
    lamp = tmp_path / "lamp"
    lamp.write_text(f"#!/bin/sh\ncat > {tmp_path}/got\necho no bulb >&2\nexit 3\n")
    lamp.chmod(0o755)
    (tmp_path / "store").mkdir()
    path = os.pathsep.join((str(BARE), str(ROOT), str(STORES)))
    person.around = {
        "PYTHONPATH": path,
        "PYTHON_KEYRING_BACKEND": "stand_in_stores.Kept",
        "STAND_IN_STORE": str(tmp_path / "store"),
        "NO_PROXY": "127.0.0.1",
    }
    person.chooses(
        service("campus", page.url),
        more=f'[[push]]\nname = "phone"\n[[hook]]\nrun = ["{lamp}"]\nreasons = ["outage"]\n',
    )
    with FaultServer() as phone:
        phone.say("/canary-topic", reply(b"ok"))
        address = f"json://{phone.place}/canary-topic"
        assert person.runs("key", "set", "push:phone", given=address).code == 0
        assert phone.requests == [], "nobody is asked when it is entered"
        with person.running("watch") as watch:
            page.says("major_outage", title="Chat is down")
            watch.says("Notice: Campus is down.")
            soon(lambda: phone.requests, "the phone")
            said = soon(lambda: both_told_of(person), "what became of both")
            assert watch.interrupted() == 0
            assert "canary" not in "".join(watch.err)
    (pushed,) = [json.loads(request.body) for request in phone.requests]
    document = json.loads((tmp_path / "got").read_text())
    assert pushed["title"] == document["title"] == "Campus is down"
    assert {"at", "kind", "thread", "reason", "services"} <= set(document)
    assert any("push phone: handed over: Campus is down" in line for line in said)
    assert any(
        "hook lamp: failed: Campus is down (It ended with 3: no bulb)" in line for line in said
    )
    past = person.runs("history", "--json").json["notices"]
    ways = {one["channel"]: one["kind"] for one in past}
    assert ways["push:phone"] == "handed_over"
    assert ways["hook:lamp"] == "failed"


def both_told_of(person):
    """What `why` says, once it speaks of the push and of the hook."""
    lines = person.runs("why", "campus").lines
    about = [line for line in lines if "push phone" in line or "hook lamp" in line]
    return about if len(about) == 2 else None
