"""No secret comes out anywhere: forty keys and more, every sink, every writing (faults.md G9)."""

import asyncio
import json
import logging
import os
import re
import threading
import warnings
from pathlib import Path

import msgspec
import pytest

from notifier import documents
from notifier.app import logs
from notifier.app.examining import bundle, examined
from notifier.app.profile import open_profile
from notifier.app.session import Session
from notifier.documents import Origin
from notifier.model.service import KeySource
from notifier.owner import client
from notifier.storage import redaction
from notifier.storage.key_store import service_of
from notifier.watch.thread import new_loop
from notifier.wording.say import English
from tests.app.canaries import Found, Parrot, secrets, writings
from tests.watch.fault_server import FaultServer, reply

STORES = Path(__file__).parents[1] / "storage"
KEYS = secrets(40)
PASSWORDS = ["canary-Proxy-Password-41", "canary-Proxy-Password-42", "canary/of=the&settings-43"]
TOKEN = "canary-Push-Token-44"
PUSHED = f"http://push.example.test/{TOKEN}"
RETRIED = re.compile(r"push phone: n-\d+ retried: The service of phone answered with HTTP 503\.")
ENDED = re.compile(r"hook sh: n-\d+ failed: It ended with 1")
AUTHS = ("bearer", "x-api-key", "x-goog-api-key", "api-key")


class Ear:
    """A face that notes all it is shown and told."""

    def __init__(self, found):
        self.found, self.engine, self.notices, self.picture = found, None, 0, None

    def show(self, picture):
        """The newest; `looked_at` puts it into words."""
        self.picture = picture

    def looked_at(self):
        self.found.note("picture", documents.dumps(documents.check(self.picture, Origin.OWNER)))
        self.found.note("picture", msgspec.json.encode(self.picture))

    def tell(self, notice):
        self.notices += 1
        self.found.note("notice", json.dumps(documents.notice(notice, notice.at), default=str))
        self.engine.heard(notice.id, "ear")

    def withdraw(self, gone):
        self.found.note("withdrawn", repr(gone))

    def hush(self, withheld):
        self.found.note("withheld", repr(withheld))


@pytest.fixture
def profile(tmp_path, monkeypatch):
    """A profile whose key store works, and a proxy with a password in the environment."""
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.syspath_prepend(STORES)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "stand_in_stores.Kept")
    monkeypatch.setenv("STAND_IN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("ALL_PROXY", f"http://me:{PASSWORDS[0]}@127.0.0.1:9")
    (tmp_path / "store").mkdir()
    return open_profile(tmp_path / "me")


def kept(profile, entry, key, origin):
    """Put a key where the key store has it."""
    name = f"{service_of(profile.places)} {entry}".encode().hex()
    value = json.dumps({"key": key, "origins": [origin]})
    Path(os.environ["STAND_IN_STORE"], name).write_text(value)


def table(number, port):
    """A service that is asked with its key in one of the ways there are."""
    home = f"http://127.0.0.1:{port}"
    name = f'[[service]]\nid = "s{number}"\nname = "S{number}"\nhome = "{home}/"\n'
    auth = AUTHS[number % 4]
    match number % 5:
        case 0:
            return f'{name}status = "{home}/"\nengine = "statuspage"\nstatus_auth = "{auth}"\n'
        case 1:
            return f'{name}status = "{home}/{{key}}"\nengine = "statuspage"\n'
        case 2:
            return f'{name}status = "{home}/feed?token={{key}}"\nengine = "syndication"\n'
        case 3:
            return f'{name}probe = {{ url = "{home}/v1?key={{key}}", key = "s{number}" }}\n'
        case _:
            probe = f'url = "{home}/v1/models", auth = "{auth}", key = "s{number}"'
            return f"{name}probe = {{ {probe} }}\n"


def settings(profile, ports, proxy):
    """Forty services with a key each, one that is reached through a proxy with a password, a push
    that goes the same way, and a hook.
    """
    names = ", ".join(f'"s{number}"' for number in range(len(ports)))
    user = f"me:{PASSWORDS[1]}"
    text = f'version = 1\n[network]\nproxy = "http://{user}@{proxy}"\nreferences = []\n'
    text += f'[keys]\nkept = ["push:phone", {names}]\n[[push]]\nname = "phone"\n'
    text += '[[hook]]\nrun = ["/bin/sh", "-c", "env >&2; exit 1"]\n'
    text += '[[service]]\nid = "far"\nname = "Far"\n'
    text += 'home = "https://far.example.test/"\nstatus = "https://far.example.test/"\n'
    text += "".join(table(number, port) for number, port in enumerate(ports))
    profile.places.settings.parent.mkdir(parents=True)
    profile.places.settings.write_text(text)


def everything_is_logged():
    for name in ("", "httpx", "httpcore", "asyncio", "keyring", "notifier"):
        logging.getLogger(name).setLevel(logging.DEBUG)


def defect(secret):
    raise ValueError(f"Illegal header value b'{secret}'")


def errors_quote(secret):
    """What a defect would do: an exception with a secret in it, in a log, and at the very end."""
    try:
        defect(secret)
    except ValueError as error:
        logging.getLogger("notifier.defect").exception("asked %r with %s", {"k": secret}, secret)
        for writing in writings(secret):
            logging.getLogger("httpx").debug("%s", writing.decode())
        warnings.warn_explicit(secret, UserWarning, "x.py", 1)
        return error


async def lived(profile, parrot, found, ports, passed):
    """Watch until each host was asked with its key, and push and hook have failed, and on a bit."""
    asyncio.get_running_loop().set_debug(True)
    ear = Ear(found)
    session = Session(profile, ear, say=English())
    ear.engine = session.engine
    running = asyncio.get_running_loop().create_task(session.run())
    accounts = [s for s in session.engine.settings.sources.values() if isinstance(s, KeySource)]
    assert len(accounts) == 16

    def failed():
        """Whichever notice that was: the first may be over before anybody is told."""
        log = profile.places.log  # which is begun anew when it is long
        said = "".join(one.read_text() for one in log.parent.glob(f"{log.name}*"))
        return RETRIED.search(said) and ENDED.search(said)

    async with asyncio.timeout(120):
        while len(parrot.heard) < len(ports) or not (passed() and ear.notices and failed()):
            await asyncio.sleep(0.2)
            ear.looked_at()
    for key in (*KEYS[::5], PUSHED.replace("http", "json")):
        errors_quote(key)
    await asyncio.sleep(0.3)
    socket = profile.places.socket
    for request in ({"ask": "document"}, {"ask": "log", "limit": 500}):
        said = await asyncio.to_thread(client.ask, socket, request)
        found.note("owner's socket", json.dumps(said))
    ear.looked_at()
    found.note("board", repr(session.engine.board))
    found.note("settings in force", repr(session.engine.settings))
    found.folder(profile.places.profile)  # while the database has its write-ahead log
    session.stop()
    await running


def test_no_secret_comes_out_anywhere(profile, tmp_path, capfd):
    found = Found()
    with (
        FaultServer(host="127.0.0.2") as stranger,
        FaultServer(host="127.0.0.3") as proxy,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        logging.captureWarnings(capture=True)
        proxy.say("far.example.test:443", reply(PASSWORDS[1].encode(), 407))
        proxy.say(PUSHED, reply(f"no, {TOKEN}".encode(), 503))

        def passed():
            """Whether the page beyond the proxy was asked for, and the push sent that way."""
            return {"far.example.test:443", PUSHED} <= set(proxy.paths())

        async def story():
            parrot = Parrot(stranger.place)
            ports = [await parrot.listen() for _ in KEYS]
            for number, (key, port) in enumerate(zip(KEYS, ports, strict=True)):
                kept(profile, f"s{number}", key, f"http://127.0.0.1:{port}")
            kept(profile, "push:phone", PUSHED.replace("http", "json"), "json://")
            settings(profile, ports, proxy.place)
            with logs.kept(profile.places.log):
                everything_is_logged()
                try:
                    await lived(profile, parrot, found, ports, passed)
                finally:
                    await parrot.close()
                threading.excepthook(
                    threading.ExceptHookArgs((ValueError, errors_quote(KEYS[0]), None, None))
                )
            return parrot.heard, ports

        with asyncio.Runner(loop_factory=new_loop) as runner:
            heard, ports = runner.run(story())
        logging.captureWarnings(capture=False)
        found.note("the stranger", repr(stranger.requests))
    for number, (key, port) in enumerate(zip(KEYS, ports, strict=True)):
        there = Found()
        there.note("its own host", heard[port])
        assert there.of([key]), f"host {number} was not asked with its key"
        others = [one for one in KEYS if one != key]
        assert there.of(others + PASSWORDS) == [], "a host was asked with the key of another"
    assert all("Basic" in one.headers["proxy-authorization"] for one in proxy.requests)
    seen = examined(profile, English(), offline=True)
    target = tmp_path / "me" / "report.zip"
    bundle(seen, repr(seen.findings), profile.places.log, target, English())
    found.note("the doctor", repr((seen.findings, seen.document)))
    found.folder(tmp_path / "me")
    out, err = capfd.readouterr()
    found.note("terminal", out + err)
    found.note("arguments", Path("/proc/self/cmdline").read_bytes())
    by_hand = {(where, PASSWORDS[1]) for where in ("settings.toml", "settings.toml.good")}
    assert set(found.of([*KEYS, *PASSWORDS, TOKEN])) - by_hand == set()
    assert profile.places.log.stat().st_size > 10_000, "the log says much, and no secret"


def test_what_looks_for_secrets_finds_them_in_every_writing(tmp_path):
    """A scan that finds nothing anywhere would be no proof."""
    for number, writing in enumerate(writings(KEYS[0])):
        (tmp_path / f"{number}").write_bytes(b"before " + writing + b" after")
    found = Found()
    found.folder(tmp_path)
    files = {where for where, _ in found.of(KEYS[:1])}
    assert len(files) == len(list(writings(KEYS[0]))) >= 14
