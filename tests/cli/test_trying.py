"""`notifier test-notification`: under a watch, and where nobody is there to show anything."""

import json
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.person import BARE, ROOT
from tests.watch.fault_server import FaultServer, reply

STORES = Path(__file__).parents[1] / "storage"

WATCHES = "`notifier watch` shows it to who reads its standard output, a line for each notice."


def test_under_a_watch_it_names_the_standard_output_and_tells_nothing(chosen):
    with chosen.running("watch") as watch:
        watch.says("clear:")
        said = chosen.runs("test-notification")
        assert (said.code, said.lines) == (0, [WATCHES])
        assert watch.interrupted() == 0
    assert not any("Test notification" in line for line in watch.everything)


def test_without_an_owner_it_says_how_to_start_one(chosen):
    said = chosen.runs("test-notification")
    assert said.code == 1
    assert "not running" in said.err


def with_pushes_and_hooks(person, tmp_path, tables):
    """Add tables to the settings; there is a key store that keeps what it is given."""
    (tmp_path / "store").mkdir()
    person.around = {
        "PYTHONPATH": os.pathsep.join((str(BARE), str(ROOT), str(STORES))),
        "PYTHON_KEYRING_BACKEND": "stand_in_stores.Kept",
        "STAND_IN_STORE": str(tmp_path / "store"),
        "NO_PROXY": "127.0.0.1",
    }
    person.writes(person.settings.read_text() + tables)


def program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def kept(person):
    """All that the history knows of notices."""
    with closing(sqlite3.connect(person.folder / "data" / "history.db")) as history:
        (notices,) = history.execute("SELECT COUNT(*) FROM notices").fetchone()
        (relayed,) = history.execute("SELECT COUNT(*) FROM relayed").fetchone()
    return notices, relayed


def test_it_goes_to_the_phone_and_the_program_too_whatever_they_are_meant_for(chosen, tmp_path):
    lamp = program(tmp_path / "lamp.sh", f"cat >> {tmp_path}/got")
    with_pushes_and_hooks(
        chosen,
        tmp_path,
        f'[[push]]\nname = "phone"\nreasons = ["outage"]\n'
        f'[[hook]]\nrun = ["{lamp}"]\nreasons = ["outage"]\n',
    )
    with FaultServer() as phone:
        phone.say("/topic", reply(b"ok"))
        chosen.runs("key", "set", "push:phone", given=f"json://{phone.place}/topic")
        with chosen.running("watch") as watch:
            watch.says("clear:")
            said = chosen.runs("test-notification")
            assert watch.interrupted() == 0
    assert (said.code, said.lines) == (
        0,
        [WATCHES, "Push phone: handed over.", "Hook lamp.sh: handed over."],
    )
    (pushed,) = [json.loads(request.body) for request in phone.requests]
    (line,) = (tmp_path / "got").read_text().splitlines()
    document = json.loads(line)
    assert pushed["title"] == document["title"] == "Test notification"
    assert (document["kind"], document["reason"], document["services"]) == ("notice", "online", [])
    assert document["at"]
    assert kept(chosen) == (0, 0)


def test_who_does_not_take_it_is_named_with_the_reason_and_tried_once(chosen, tmp_path):
    lamp = program(tmp_path / "lamp.sh", f"echo >> {tmp_path}/ran; echo no lamp >&2; exit 3")
    with_pushes_and_hooks(
        chosen,
        tmp_path,
        '[[push]]\nname = "phone"\n[[push]]\nname = "mail"\n[[push]]\nname = "chat"\n'
        f'[[hook]]\nrun = ["{lamp}"]\n[[hook]]\nrun = ["{tmp_path}/gone"]\n',
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    with FaultServer() as phone:
        phone.say("/topic", reply(b"later", 503))
        chosen.runs("key", "set", "push:phone", given=f"json://{phone.place}/topic")
        chosen.runs("key", "set", "push:mail", given=f"json://127.0.0.1:{nobody}/topic")
        with chosen.running("watch") as watch:
            watch.says("clear:")
            said = chosen.runs("test-notification")
            assert watch.interrupted() == 0
    assert said.code == 1
    first, mail, chat, lamp_said, gone = said.lines[1:]
    assert first == "Push phone: The service of phone answered with HTTP 503."
    assert mail == "Push mail: The service of mail could not be reached."
    assert chat.startswith("Push chat: There is no key under push:chat; `notifier key set push:ch")
    assert lamp_said == "Hook lamp.sh: It ended with 3: no lamp"
    assert gone == f"Hook gone: There is no program {tmp_path}/gone."
    assert len(phone.requests) == 1
    assert (tmp_path / "ran").read_text() == "\n"
    assert kept(chosen) == (0, 0)
