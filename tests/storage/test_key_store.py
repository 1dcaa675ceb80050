"""The key store is asked by a process of its own: honest about what is wrong, never in the way."""

import asyncio
import json
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey, KeyAnswer, KeyListing
from notifier.storage import key_child, redaction
from notifier.storage.key_store import KeyStore, service_of
from notifier.storage.places import places
from tests.watch.looking import in_loop

HERE = Path(__file__).parent
CANARY = 'sk-canary-"\\&%<>+/=1234'
HOME = ("https://api.example.test",)
SHORT = 0.8
"""Seconds: more than a child takes to begin, less than anybody would wait."""


@pytest.fixture(autouse=True)
def _nothing_hidden(monkeypatch):
    monkeypatch.setattr(redaction, "_known", {})


@pytest.fixture
def stores(monkeypatch, tmp_path):
    """Where the child finds the stand-in stores, and which one it is to use."""
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.setenv("STAND_IN_STORE", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    def use(name):
        back_end = name if "." in name else f"stand_in_stores.{name}"
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", back_end)
        return tmp_path

    use("Kept")
    return use


def a_store(**more):
    return KeyStore("ai-notifier/test", **more)


async def until(happened):
    async with asyncio.timeout(15):
        while not happened():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def of_process(pid, what):
    return Path(f"/proc/{pid}/{what}").read_bytes()


@pytest.fixture
def cores():
    """As on a system that writes a core file of every crash."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    assert "Max core file size        0 " not in Path("/proc/self/limits").read_text()
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


# -- keeping -----------------------------------------------------------------------------------


@in_loop
async def test_what_is_kept_comes_back_with_where_it_may_go(stores):
    store = a_store()
    assert (await store.set("mine", Secret(CANARY), HOME)).state is KeyState.READ
    answer = await store.read(["mine", "other"])
    assert answer == KeyAnswer(
        KeyState.READ, "stand in stores Kept", {"mine": KeptKey(Secret(CANARY), HOME)}
    )
    assert (await store.forget("mine")).state is KeyState.READ
    assert (await store.forget("mine")).state is KeyState.ABSENT
    assert (await store.read(["mine"])).keys == {}


@in_loop
async def test_a_listing_says_what_is_there_and_brings_no_key(stores):
    folder, store = stores("Kept"), a_store()
    await store.set("mine", Secret(CANARY), HOME)
    (folder / b"ai-notifier/test strange".hex()).write_text("sk-by-hand")
    redaction._known.clear()
    listing = await store.list(["mine", "strange", "other"])
    assert listing.origins == {"mine": HOME, "strange": ()}
    assert redaction._known == {}
    stores("Locked")
    assert await store.list(["mine"]) == KeyListing(KeyState.LOCKED, "stand in stores Locked")


@in_loop
async def test_a_profile_does_not_see_the_keys_of_another(stores, tmp_path):
    one, other = (service_of(places(tmp_path / name)) for name in ("one", "other"))
    await KeyStore(one).set("mine", Secret(CANARY), HOME)
    assert (await KeyStore(other).read(["mine"])).keys == {}
    assert service_of(places(None)) == "ai-notifier"
    assert len({one, other, service_of(places(None))}) == 3


@in_loop
async def test_what_another_program_keeps_there_is_not_taken_for_a_key(stores):
    folder = stores("Kept")
    (folder / b"ai-notifier/test mine".hex()).write_text("sk-by-hand-1234567")
    answer = await a_store().read(["mine"])
    assert (answer.keys, answer.strange) == ({}, ("mine",))
    assert redaction.redacted("sk-by-hand-1234567 !") == "… !"


@in_loop
async def test_what_a_store_prints_is_no_answer(stores):
    await a_store().set("mine", Secret(CANARY), HOME)
    stores("Noisy")
    assert (await a_store().read(["mine"])).keys["mine"].secret.reveal() == CANARY


# -- what is refused, and what is wrong -----------------------------------------------------------


@pytest.mark.parametrize(
    ("back_end", "state"),
    [
        ("keyring.backends.null.Keyring", KeyState.PLAIN_TEXT),
        ("keyring.backends.fail.Keyring", KeyState.NO_STORE),
        ("Weak", KeyState.PLAIN_TEXT),
        ("Forgetful", KeyState.BROKEN),
        ("Foreign", KeyState.NO_STORE),
        ("Locked", KeyState.LOCKED),
        ("Nobody", KeyState.BROKEN),
        ("no_such_module.Keyring", KeyState.BROKEN),
    ],
)
@in_loop
async def test_a_store_unfit_to_keep_a_key_gets_none(stores, back_end, state):
    folder = stores(back_end)
    answer = await a_store().set("mine", Secret(CANARY), HOME)
    assert answer.state is state
    assert [
        file for file in folder.iterdir() if file.is_file() and CANARY in file.read_text()
    ] == []


@in_loop
async def test_plain_text_is_refused_by_its_name_whatever_it_says_of_itself(stores, tmp_path):
    alt = tmp_path / "alt" / "keyrings" / "alt"
    alt.mkdir(parents=True)
    (alt / "file.py").write_text(
        "from stand_in_stores import Kept\nclass PlaintextKeyring(Kept):\n    priority = 9\n"
    )
    sys.path.insert(0, str(tmp_path / "alt"))
    try:
        stores("keyrings.alt.file.PlaintextKeyring")
        answer = await a_store().set("mine", Secret(CANARY), HOME)
    finally:
        sys.path.remove(str(tmp_path / "alt"))
    assert answer == KeyAnswer(KeyState.PLAIN_TEXT, "keyrings.alt.file.PlaintextKeyring")


@pytest.mark.parametrize(
    ("chained", "state"),
    [("Weak", KeyState.PLAIN_TEXT), ("Kept, Weak", KeyState.READ), ("", KeyState.NO_STORE)],
)
@in_loop
async def test_of_a_chain_only_what_is_safe_is_used(stores, tmp_path, chained, state):
    (tmp_path / "chained.py").write_text(
        "import stand_in_stores\n"
        "from keyring.backends.chainer import ChainerBackend\n"
        f"offered = [getattr(stand_in_stores, name) for name in {chained.split(', ')!r} if name]\n"
        "class Chain(ChainerBackend):\n"
        "    __module__ = ChainerBackend.__module__\n"
        "    priority = 10\n"
        "    backends = [one() for one in offered]\n"
    )
    sys.path.insert(0, str(tmp_path))
    try:
        stores("chained.Chain")
        assert (await a_store().set("mine", Secret(CANARY), HOME)).state is state
    finally:
        sys.path.remove(str(tmp_path))


@in_loop
async def test_without_a_bus_there_is_no_store(stores, monkeypatch):
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    assert await a_store().read(["mine"]) == KeyAnswer(KeyState.NO_STORE)


@in_loop
async def test_what_a_store_says_when_it_fails_goes_no_further(stores, caplog):
    await a_store().set("mine", Secret(CANARY), HOME)
    stores("Chatty")
    answer = await a_store().read(["mine"])
    assert answer.state is KeyState.BROKEN
    assert "canary" not in f"{answer}{caplog.text}"


@in_loop
async def test_a_child_that_says_nonsense_is_a_broken_store(caplog):
    for says in ("", "canary", '{"state":"fine"}', '{"state":"read","kept":{"a":1}}', "[" * 10000):
        command = (sys.executable, "-c", f"print({says!r})")
        assert (await a_store(command=command).read(["mine"])).state is KeyState.BROKEN
    missing = a_store(command=("/nonexistent/python",))
    assert (await missing.read(["mine"])).state is KeyState.BROKEN
    assert "canary" not in caplog.text


def test_the_bus_of_another_user_is_not_asked(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind(str(tmp_path / "bus"))
        ours.listen()
        address = f"unix:abstract=nobody-here,guid=1;unix:path={tmp_path}/b%75s"
        assert not key_child._is_foreign(address)
        monkeypatch.setattr(os, "getuid", lambda: 4711)
        assert key_child._is_foreign(address)
        assert key_child._answered({}) != {"state": "foreign"}
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert key_child._answered({}) == {"state": "foreign"}


def test_without_a_word_from_the_session_the_bus_is_where_systemd_puts_it(tmp_path, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert key_child._bus() == ""
    (tmp_path / "bus").touch()
    assert key_child._bus() == f"unix:path={tmp_path}/bus"


# -- one that does not answer ------------------------------------------------------------------


@in_loop
async def test_a_store_that_hangs_is_given_up_and_its_child_ended(stores):
    folder = stores("Hanging")
    assert (await a_store(limit=SHORT).read(["mine"])).state is KeyState.HANGING
    assert not lives((folder / "pid").read_text())


@in_loop
async def test_a_child_that_heeds_nothing_is_ended_all_the_same(tmp_path):
    pid = tmp_path / "pid"
    stubborn = (
        "import os, pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\ntime.sleep(60)"
    )
    store = a_store(limit=SHORT, command=(sys.executable, "-c", stubborn))
    assert (await store.read(["mine"])).state is KeyState.HANGING
    assert not lives(pid.read_text())


@in_loop
async def test_at_the_end_no_child_is_left(stores):
    folder = stores("Hanging")
    store = a_store()
    asking = asyncio.get_running_loop().create_task(store.read(["mine"]))
    await until((folder / "pid").exists)
    await store.close()
    assert not lives((folder / "pid").read_text())
    assert (await asking).state is KeyState.BROKEN


@in_loop
async def test_who_gives_up_asking_leaves_no_child_and_that_left_no_core(stores, cores):
    folder = stores("Hanging")
    asking = asyncio.get_running_loop().create_task(a_store().read(["mine"]))
    await until((folder / "pid").exists)
    assert b"Max core file size        0 " in of_process((folder / "pid").read_text(), "limits")
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert not lives((folder / "pid").read_text())


def test_a_child_does_not_outlive_a_program_that_was_killed(stores):
    folder = stores("Hanging")
    script = (
        "import asyncio\nfrom notifier.storage.key_store import KeyStore\n"
        "asyncio.run(KeyStore('x').read(['mine']))"
    )
    path = os.pathsep.join((str(HERE.parents[1]), str(HERE)))
    parent = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}
    )
    pid, deadline = folder / "pid", time.monotonic() + 20
    while not pid.exists() or not pid.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while lives(pid.read_text()):
        assert time.monotonic() < deadline, "the child goes on"
        time.sleep(0.02)


@in_loop
async def test_no_argument_no_variable_and_no_core_of_either_process_holds_the_key(stores, cores):
    folder = stores("Hanging")
    asking = asyncio.get_running_loop().create_task(a_store().set("mine", Secret(CANARY), HOME))
    await until((folder / "pid").exists)
    for pid in ((folder / "pid").read_text(), "self"):
        for what in ("cmdline", "environ"):
            assert b"canary" not in of_process(pid, what)
        assert b"Max core file size        0 " in of_process(pid, "limits")
    asking.cancel()
    await asyncio.wait({asking})


def test_the_program_carries_nothing_of_the_store():
    loaded = "import sys, notifier.storage.key_store; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded],
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE.parents[1],
    )
    assert {"keyring", "secretstorage", "cryptography", "jeepney"} & set(
        said.stdout.split()
    ) == set()


# -- a key as a value ----------------------------------------------------------------------------


def test_a_key_shows_itself_to_nobody():
    secret = Secret(CANARY)
    shown = [
        f"{secret}",
        f"{secret!r}",
        f"{secret:>40}",
        str([secret]),
        repr(KeptKey(secret, HOME)),
    ]
    shown += ["{}".format(secret)]  # noqa: UP032 - as logging does it
    assert "canary" not in "".join(shown)
    for written in (pickle.dumps, json.dumps, msgspec.json.encode, msgspec.to_builtins, hash):
        with pytest.raises(TypeError):
            written(secret)
    assert secret == Secret(CANARY)
    assert secret != Secret("another")
    assert secret != CANARY
