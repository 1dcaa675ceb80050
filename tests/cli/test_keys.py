"""`notifier key`: into the key store and out of it, never by way of an argument or a screen."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.person import BARE, ROOT, service, soon, surroundings
from tests.watch.fault_server import FaultServer, reply

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

CANARY = "sk-canary-12345678"
OTHER = "sk-canary-87654321"
STORES = Path(__file__).parents[1] / "storage"
LISTING = "/v1/models"


@pytest.fixture
def server():
    with FaultServer() as server:
        server.say(LISTING, reply(b'{"data": []}'))
        yield server


@pytest.fixture
def person(person, tmp_path):
    """With a key store of their own, which works."""
    path = os.pathsep.join((str(BARE), str(ROOT), str(STORES)))
    person.around = {
        "PYTHONPATH": path,
        "PYTHON_KEYRING_BACKEND": "stand_in_stores.Kept",
        "STAND_IN_STORE": str(tmp_path),
    }
    return person


@pytest.fixture
def campus(person, server):
    """Watching a service that takes a key, on loopback."""
    person.chooses(service("campus", more=probe(server.url(LISTING))))
    return person


def probe(url, auth="bearer", key="campus-key"):
    return f'probe = {{ url = "{url}", auth = "{auth}", key = "{key}" }}'


def keys_seen(server):
    found = [request.headers.get("authorization") for request in server.requests]
    return [one.removeprefix("Bearer ") for one in found if one]


def test_a_key_is_kept_listed_used_and_forgotten(campus, server):
    said = campus.runs("key", "set", "campus-key", given=f"{CANARY}\n")
    assert said.code == 0
    assert f"It is sent to http://{server.place} and nowhere else." in said.out
    assert '[keys]\nkept = ["campus-key"]' in campus.settings.read_text()
    assert server.requests == [], "nothing is called to try it"

    listed = campus.runs("key", "list", "--json").json
    assert listed["state"] == "read"
    assert listed["keys"] == [
        {"id": "campus-key", "origins": [f"http://{server.place}"], "there": True}
    ]
    assert campus.runs("key", "list").out.startswith(f"campus-key\thttp://{server.place}\t")

    checked = campus.runs("check", "--json")
    assert "key" in {one["kind"] for one in checked.json["services"][0]["evidence"]}
    assert keys_seen(server) == [CANARY]

    assert campus.runs("key", "forget", "campus").code == 0, "the service's id will do"
    assert campus.runs("key", "list").out == "No key is kept. `notifier key set ID` keeps one.\n"
    again = campus.runs("key", "forget", "campus-key")
    assert (again.code, again.err) == (1, "There was no key under campus-key.\n")
    campus.runs("check", "--now")
    assert keys_seen(server) == [CANARY]
    assert all(CANARY not in one.out + one.err for one in (said, checked, again))


def test_a_key_typed_at_the_prompt_is_not_seen(campus, tmp_path):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        campus.words("key", "set", "campus-key"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=surroundings(**campus.around),
    )
    os.close(theirs)
    shown = b""
    while b"Key campus-key for http://127.0.0.1" not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, f"{CANARY}\n".encode())
    try:
        while more := os.read(ours, 4096):
            shown += more
    except OSError:
        pass  # Linux says so when the other side has been closed
    os.close(ours)
    assert process.wait(30) == 0
    assert b"canary" not in shown
    assert any(CANARY in file.read_text() for file in tmp_path.iterdir() if file.is_file())


def test_a_key_given_as_an_argument_is_refused_and_not_repeated(campus, tmp_path):
    said = campus.runs("key", "set", "campus-key", CANARY)
    assert said.code == 2
    assert "not given as an argument" in said.err
    assert CANARY not in said.out + said.err
    assert not [file for file in tmp_path.iterdir() if CANARY in file.name]


def test_what_cannot_be_a_key_is_not_kept(campus):
    said = campus.runs("key", "set", "campus-key", given="two words")
    assert said.code == 2
    assert "no key" in said.err
    assert "[keys]" not in campus.settings.read_text()


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        ("nobody", "neither in the catalogue"),
        ("chatgpt", "Nothing is known at chatgpt"),
        ("plain", "Nothing is known at plain"),
        ("open", "asked without encryption"),
    ],
)
def test_a_key_nobody_may_be_sent_is_not_even_asked_for(person, id_, says):
    person.chooses(
        service("plain", "http://127.0.0.1:9/"),
        service("open", more=probe("http://llm.example.test/v1/models", key="open")),
    )
    said = person.runs("key", "set", id_, given=CANARY)
    assert said.code == 2 if id_ != "open" else 1
    assert says in said.err
    assert "[keys]" not in person.settings.read_text()


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("stand_in_stores.Weak", "Keys would be kept where anybody could read them"),
        ("stand_in_stores.Locked", "Your key store is locked; unlock it"),
    ],
)
def test_a_store_that_cannot_keep_it_is_named_with_what_to_do(campus, store, says):
    campus.around["PYTHON_KEYRING_BACKEND"] = store
    said = campus.runs("key", "set", "campus-key", given=CANARY)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert "[keys]" not in campus.settings.read_text()


def test_where_the_store_is_locked_the_check_says_so_and_the_rest_is_still_looked_at(
    campus, server
):
    campus.runs("key", "set", "campus-key", given=CANARY)
    campus.around["PYTHON_KEYRING_BACKEND"] = "stand_in_stores.Locked"
    said = campus.runs("why", "campus")
    assert "Your key store is locked" in said.out
    assert server.paths() == [LISTING]
    assert keys_seen(server) == []
    listed = campus.runs("key", "list", "--json")
    assert (listed.code, listed.json["state"]) == (1, "locked")
    assert listed.json["keys"][0]["there"] is None


def test_the_program_that_runs_uses_a_new_key_at_once_and_one_that_replaces_it(campus, server):
    with campus.running("watch") as watching:
        watching.says("Campus")
        soon(lambda: server.requests, "a first look")
        campus.runs("key", "set", "campus-key", given=CANARY)
        soon(lambda: CANARY in keys_seen(server), "the key is used")
        campus.runs("key", "set", "campus-key", given=OTHER)
        soon(lambda: OTHER in keys_seen(server), "the one that replaces it")
        assert campus.runs("key", "forget", "campus-key").code == 0
        assert watching.interrupted() == 0
    assert "canary" not in "".join(watching.everything)


def test_without_a_call_that_costs_something_none_is_made(campus, server):
    campus.runs("key", "set", "campus-key", given=CANARY)
    said = campus.runs("why", "campus", "--deep", "--yes")
    assert said.code == 1
    assert "No real call to Campus is known" in said.err
    assert {one.method for one in server.requests} <= {"GET"}


# -- the address of a push ---------------------------------------------------------------------

ADDRESS = "ntfy://canary-token@ntfy.example.test/topic"
PHONE = '[[push]]\nname = "phone"\n'


def test_the_address_of_a_push_is_kept_listed_and_forgotten(person):
    person.chooses(service("campus"), more=PHONE)
    said = person.runs("key", "set", "push:phone", given=f"{ADDRESS}\n")
    assert said.code == 0, said.err
    assert "The address of the push phone is kept in" in said.out
    assert 'kept = ["push:phone"]' in person.settings.read_text()

    listed = person.runs("key", "list", "--json").json
    assert listed["keys"] == [{"id": "push:phone", "origins": ["ntfy://"], "there": True}]
    forgotten = person.runs("key", "forget", "push:phone")
    assert forgotten.code == 0
    assert "kept = []" in person.settings.read_text()
    assert all("canary" not in one.out + one.err for one in (said, forgotten))


@pytest.mark.parametrize("given", ["nonsense://canary", "discord://canary", "canary", "two words"])
def test_what_apprise_makes_nothing_of_is_not_kept(person, given, tmp_path):
    person.chooses(service("campus"), more=PHONE)
    said = person.runs("key", "set", "push:phone", given=given)
    assert said.code == 2
    assert "Nothing was kept." in said.err
    assert "canary" not in said.out + said.err
    assert "[keys]" not in person.settings.read_text()
    assert not [file for file in tmp_path.iterdir() if file.is_file()]


def test_a_push_the_settings_do_not_name_is_refused_before_it_is_typed(person):
    person.chooses(service("campus"), more=PHONE)
    said = person.runs("key", "set", "push:mail", given=ADDRESS)
    assert said.code == 2
    assert 'write [[push]] and name = "mail" into settings.toml first' in said.err
