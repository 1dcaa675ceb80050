"""A real Secret Service (gnome-keyring) and its real unlock prompt, on a bus of their own."""

import asyncio
import os
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
import secretstorage

from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey
from notifier.storage import redaction
from notifier.storage.key_store import KeyStore
from tests.watch.looking import in_loop

pytestmark = pytest.mark.desktop

KEY = Secret("sk-canary-1234")
HOME = ("https://api.example.test",)
SHORT = 0.8
PROMPTERS = ("/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter")

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


class Desk:
    """The bus, the daemon, and what a person does at the screen."""

    def __init__(self, folder):
        self.folder = folder
        self.started = []

    def start(self, *words, said=None):
        """Start a part; with `said` it reads that and goes on by itself."""
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        if said is not None:
            process.stdin.write(said)
        process.stdin.close()
        return process

    def until(self, happened):
        deadline = time.monotonic() + 20
        while not happened():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def on_bus(self, name):
        asked = ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus"]
        asked += ["--object-path", "/org/freedesktop/DBus"]
        asked += ["--method", "org.freedesktop.DBus.NameHasOwner", name]
        said = subprocess.run(asked, capture_output=True, check=False, timeout=20)
        return b"true" in said.stdout

    def lock(self):
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def types(self, *keys):
        """What a person does at the prompt: the first window that comes up."""
        self.until(self.prompts)
        window = self.prompts()[0]
        for key in keys:
            subprocess.run(["xdotool", "windowfocus", "--sync", window, *key], check=True)

    def prompts(self):
        """The windows that ask for a password."""
        words = ["xdotool", "search", "--onlyvisible", "--class", "prompter"]
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()

    def end(self):
        for process in reversed(self.started):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    made = Desk(tmp_path)
    try:
        made.start("dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--nofork", "--nopidfile")
        made.until((tmp_path / "bus").exists)
        yield made
    finally:
        made.end()


@pytest.fixture
def keyring(desk):
    """A daemon whose store is open."""
    words = ("gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
    daemon = desk.start(*words, said=b"pass")
    desk.until(lambda: desk.on_bus("org.freedesktop.secrets"))
    return daemon


@pytest.fixture
def prompter(desk, keyring):
    """Who shows the window in which a password is typed."""
    program = next(one for one in PROMPTERS if Path(one).exists())
    desk.start(program)
    desk.until(lambda: desk.on_bus("org.gnome.keyring.SystemPrompter"))


@in_loop
async def test_a_key_is_kept_read_and_forgotten(keyring):
    store = KeyStore("ai-notifier")
    assert (await store.read(["mine"])).state is KeyState.READ
    assert (await store.set("mine", KEY, HOME)).state is KeyState.READ
    answer = await store.read(["mine", "other"])
    assert answer.keys == {"mine": KeptKey(KEY, HOME)}
    assert answer.store == "SecretService Keyring"
    assert (await KeyStore("ai-notifier/another").read(["mine"])).keys == {}
    assert (await store.forget("mine")).state is KeyState.READ
    assert (await store.forget("mine")).state is KeyState.ABSENT


@in_loop
async def test_a_locked_store_nobody_can_open_says_so_at_once(desk, keyring):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    desk.lock()
    assert (await store.read(["mine"])).state is KeyState.LOCKED
    assert (await store.set("mine", KEY, HOME)).state is KeyState.LOCKED


@pytest.mark.slow
@in_loop
async def test_without_a_store_on_the_bus_there_is_none(desk):
    assert (await KeyStore("ai-notifier").read(["mine"])).state is KeyState.NO_STORE


@in_loop
async def test_a_daemon_that_hangs_is_given_up(keyring):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    os.kill(keyring.pid, signal.SIGSTOP)
    hasty = KeyStore("ai-notifier", limit=SHORT)
    assert (await hasty.read(["mine"])).state is KeyState.HANGING
    os.kill(keyring.pid, signal.SIGCONT)
    assert (await store.read(["mine"])).keys == {"mine": KeptKey(KEY, HOME)}


@pytest.mark.slow
@in_loop
async def test_a_quiet_question_opens_no_prompt(desk, prompter):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    assert (await store.read(["mine"], quiet=True)).keys
    desk.lock()
    assert (await store.read(["mine"], quiet=True)).state is KeyState.LOCKED


@in_loop
async def test_it_waits_for_the_person_at_the_prompt_and_reads_on(desk, prompter):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    desk.lock()
    asking = asyncio.get_running_loop().create_task(store.read(["mine"]))
    await asyncio.to_thread(desk.types, ("type", "pass"), ("key", "Return"))
    assert (await asking).keys == {"mine": KeptKey(KEY, HOME)}


@in_loop
async def test_a_prompt_that_is_dismissed_is_a_locked_store(desk, prompter):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    desk.lock()
    asking = asyncio.get_running_loop().create_task(store.read(["mine"]))
    await asyncio.to_thread(desk.types, ("key", "Escape"))
    assert (await asking).state is KeyState.LOCKED


@pytest.mark.slow
@in_loop
async def test_at_the_end_an_open_prompt_is_left_to_the_desktop(desk, prompter):
    store = KeyStore("ai-notifier")
    await store.set("mine", KEY, HOME)
    desk.lock()
    asking = asyncio.get_running_loop().create_task(store.read(["mine"]))
    await asyncio.to_thread(desk.types)
    await store.close()
    assert (await asking).state is KeyState.BROKEN
