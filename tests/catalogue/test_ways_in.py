"""How a person gets into what we ship: with what account, by what address, with which app."""

import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest

from notifier.catalogue import load
from notifier.model.service import Apps, Needs, host_of, owner_of

ROOT = Path(__file__).resolve().parents[2]
BODY = (ROOT / "resources" / "catalogue.toml").read_bytes()
WRITTEN = {one["id"]: one for one in tomllib.loads(BODY.decode())["service"]}
CATALOGUE = load(BODY)


def having(needs):
    return {service.id for service in CATALOGUE.services if service.needs is needs}


def test_who_can_be_used_without_an_account():
    local = {service.id for service in CATALOGUE.services if service.local}
    free = {"chatgpt", "gemini", "ms-copilot", "perplexity", "deepl", "docker"}
    assert having(Needs.NOTHING) == free | local


def test_an_api_needs_a_key_and_every_key_we_can_try_is_of_one_that_does():
    assert {"openai-api", "claude-api", "xai-api", "gemini-api"} <= having(Needs.KEY)
    assert set(CATALOGUE.accounts) - having(Needs.KEY) == {"huggingface"}, "an account has keys"
    assert all("api" in CATALOGUE.by_id[id_].can for id_ in CATALOGUE.accounts)


WITH_PROMPT = {service.id: service.prompt for service in CATALOGUE.services if service.prompt}


def test_which_addresses_take_a_prompt():
    assert set(WITH_PROMPT) == {
        "chatgpt", "claude", "ms-copilot", "grok", "github-copilot", "cursor", "perplexity",
    }  # fmt: skip


@pytest.mark.parametrize("id_", WITH_PROMPT)
def test_an_address_that_takes_a_prompt_is_documented_and_the_vendors_own(id_):
    prompt, written = WITH_PROMPT[id_], WRITTEN[id_]["prompt"]
    assert written["source"].startswith("https://")
    assert "2026-01" <= written["date"] <= "2026-11"
    assert owner_of(host_of(prompt.url)) == owner_of(host_of(CATALOGUE.by_id[id_].home))
    filled = prompt.url.replace("{prompt}", quote("Why? A & B\n\N{SNOWMAN}", safe=""))
    assert filled.startswith("https://")
    assert len(filled) < prompt.most == {"cursor": 8000}.get(id_, 2000)


def test_one_chats_with_a_model_server_where_it_answers():
    pages = {service.id: service.chat for service in CATALOGUE.services if service.chat}
    assert pages == {
        "llamacpp": "http://127.0.0.1:8080/",
        "localai": "http://127.0.0.1:8080/",
        "open-webui": "http://127.0.0.1:3000/",
    }


def test_apps_are_named_as_their_systems_know_them():
    apps = {service.id: service.apps for service in CATALOGUE.services if service.apps != Apps()}
    assert apps["jan"].linux == ("ai.jan.Jan", "Jan")
    assert apps["claude"] == Apps(macos="com.anthropic.claudefordesktop", windows="claude")
    assert {"lmstudio", "chatgpt", "cursor", "ollama"} <= set(apps)
