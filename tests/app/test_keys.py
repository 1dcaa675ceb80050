"""Keys put together: what a key is bound to, and the one real call, from command to wire."""

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from notifier.app.desk import Desk
from notifier.app.keeping import Keeper, NotKept
from notifier.app.keys import entry_named, origins, signed_with
from notifier.app.once import look_once
from notifier.app.profile import Profile, open_profile, read_settings
from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.service import Deep, KeySource, SourceId
from notifier.owner.socket import Refused
from notifier.storage import redaction
from notifier.storage.key_store import service_of
from notifier.wording.say import English
from tests.view.scene import Scene
from tests.watch.fault_server import FaultServer, reply

STORES = Path(__file__).parents[1] / "storage"
KEY = "sk-canary-12345678"

SETTINGS = """version = 1
[network]
references = ["{home}/204"]
[keys]
kept = ["openai-api"]
[[service]]
id = "openai-api"
"""

OWN = """[[service]]
id = "campus"
status = "https://status.example.edu/feed?token={key}"
engine = "syndication"
probe = { url = "https://llm.example.edu:8443/v1/models", auth = "bearer", key = "shared" }
[[service]]
id = "other"
status = "https://status.example.edu/"
status_auth = "bearer"
[[service]]
id = "third"
probe = { url = "https://third.example.edu/", auth = "api-key", key = "shared" }
"""


@pytest.fixture
def server():
    with FaultServer() as server:
        server.say("/v1/models", reply(b'{"data": []}', content_type="application/json"))
        server.say("/v1/chat", reply(b'{"choices": []}', content_type="application/json"))
        yield server


@pytest.fixture
def profile(tmp_path, monkeypatch, server):
    """The catalogue with an API whose account is on loopback, and a key kept for it."""
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.syspath_prepend(STORES)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "stand_in_stores.Kept")
    monkeypatch.setenv("STAND_IN_STORE", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    shipped = open_profile(tmp_path / "me")
    home = server.url().rstrip("/")
    account = KeySource(
        SourceId("key:api@openai-api"),
        f"{home}/v1/models",
        "openai",
        "bearer",
        "openai-api",
        deep=Deep(f"{home}/v1/chat", "small", "a cent"),
    )
    # Without its front door, which is out of reach here: nobody waits to look at that again.
    services = tuple(replace(one, probe=None) for one in shipped.catalogue.services)
    catalogue = replace(shipped.catalogue, services=services, accounts={"openai-api": account})
    name = f"{service_of(shipped.places)} openai-api".encode().hex()
    value = json.dumps({"key": KEY, "origins": [home]})
    Path(os.environ["STAND_IN_STORE"], name).write_text(value)
    shipped.places.settings.parent.mkdir()
    shipped.places.settings.write_text(SETTINGS.format(home=home))
    return Profile(shipped.places, catalogue)


def test_without_an_owner_the_command_reads_the_key_and_calls_once_where_it_may(profile, server):
    meant = read_settings(profile)
    (service,) = meant.settings.services
    for deep, calls in ((None, []), (service.key, ["/v1/chat"])):
        server.requests.clear()
        _, engine, _ = look_once(profile, meant, English(), deep=deep)
        asked = [one for one in server.requests if "authorization" in one.headers]
        assert [one.target for one in asked] == ["/v1/models", *calls]
        assert {one.headers["authorization"] for one in asked} == {f"Bearer {KEY}"}
        seen = engine.board.sights[service.account.id].last.outcome
        assert isinstance(seen, Reading)
        assert (seen.status, KEY in repr(engine.board)) == (200, False)


def test_a_key_is_bound_to_every_place_the_settings_send_it_to_and_no_other(profile, tmp_path):
    profile.places.settings.write_text(OWN)
    choices = read_settings(profile).choices
    assert origins("shared", choices, profile) == (
        "https://status.example.edu",
        "https://llm.example.edu:8443",
        "https://third.example.edu",
    )
    assert origins("other", choices, profile) == ("https://status.example.edu",)
    assert origins("campus", choices, profile) == ()
    assert origins("claude", choices, profile) == ()
    assert entry_named("campus", choices) == "shared"
    assert entry_named("other", choices) == "other"
    home = profile.catalogue.accounts["openai-api"].url.removesuffix("/v1/models")
    assert origins("openai-api", choices, profile) == (home,)


def test_only_what_is_asked_with_a_key_is_looked_at_again_when_it_comes(profile):
    profile.places.settings.write_text(f'[keys]\nkept = ["shared"]\n{OWN}')
    settings = read_settings(profile).settings
    assert sorted(id_.partition("@")[2] for id_ in signed_with(["shared"], settings)) == [
        "shared",
        "shared",
        "shared",
    ]
    assert signed_with(["nobody"], settings) == ()


@pytest.mark.parametrize(
    "text",
    ["", "abc", "two words", "tab\tin", "one\ntwo", "schlüssel", "x" * 5000, "\x1b[0m", "é" * 9],
)
def test_what_cannot_be_a_key_is_not_kept(profile, text):
    keeper = Keeper(profile, English())
    with pytest.raises(NotKept, match="no key") as refused:
        asyncio.run(keeper.set(keeper.place("openai-api"), text))
    assert refused.value.usage
    assert text not in str(refused.value) or not text


def test_a_window_keeps_lists_and_forgets_as_the_command_does(profile):
    keeper = Keeper(profile, English())

    async def story():
        place = keeper.place("openai-api")
        kept = await keeper.set(place, "sk-canary-another")
        assert (kept.origins, kept.store) == (place.origins, "stand in stores Kept")
        assert (await keeper.list()).origins == {"openai-api": place.origins}
        assert await keeper.forget("openai-api") == "openai-api"
        assert (await keeper.list()).origins == {}
        with pytest.raises(NotKept, match="There was no key"):
            await keeper.forget("openai-api")
        with pytest.raises(NotKept, match="neither in the catalogue"):
            keeper.place("nobody")
        await keeper.close()

    asyncio.run(story())
    assert read_settings(profile).choices.keys == ()


class Calls:
    """An engine that makes its real call, or says why not."""

    def __init__(self, outcome, settings):
        self.outcome, self.settings, self.called = outcome, settings, []

    async def deep_check(self, service):
        self.called.append(service)
        return self.outcome

    def picture_now(self):
        return Scene(services=()).picture()


def test_the_owner_makes_the_call_for_a_watched_service_and_says_why_it_cannot(profile):
    settings = read_settings(profile).settings
    (service,) = settings.services

    def asked(outcome, key=service.key):
        engine = Calls(outcome, settings)
        desk = Desk(engine, None, None, None, summon=None, leave=None, try_relays=None)
        return asyncio.run(desk.deep(key)), engine.called

    fine = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200")
    shown, called = asked(fine)
    assert (shown["headline"], called) == ("Nothing chosen yet.", [service.key])
    assert asked(Failure(FailureKind.TIMEOUT, "no answer"))[0] == shown
    with pytest.raises(Refused, match="locked"):
        asked(Failure(FailureKind.KEY_STORE, "Your key store is locked."))
    with pytest.raises(Refused, match="not watched"):
        asked(fine, "claude")
