"""The catalogue we ship: what a person finds in it, and that it holds together."""

from datetime import UTC
from pathlib import Path

import pytest

from notifier.catalogue import ABILITIES, Catalogue, load, resolve
from notifier.fallbacks import candidates, worth_checking
from notifier.feeds import ENGINES
from notifier.model.board import Board
from notifier.model.kind import Kind, kind_of
from notifier.model.service import PartRef, host_of, owner_of
from notifier.model.settings import Choices, Watched
from notifier.probes import DIALECTS, deep_body
from notifier.probes.local import SERVERS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load((ROOT / "resources" / "catalogue.toml").read_bytes())


LOCAL = [
    *("ollama", "lmstudio", "llamacpp", "vllm", "jan", "localai"),
    *("gpt4all", "textgen", "open-webui"),
]


def ids(services):
    return [service.id for service in services]


def test_what_is_used_most_comes_first_and_what_others_stand_on_last(catalogue):
    first = ["chatgpt", "claude", "gemini", "ms-copilot", "grok", "notebooklm", "github-copilot"]
    first += ["cursor", "perplexity", "claude-code", "codex"]
    assert ids(catalogue.services)[: len(first)] == first
    kinds = [kind_of(service) for service in catalogue.services]
    begins = kinds.index(Kind.GROUND, ids(catalogue.services).index("open-webui"))
    assert set(kinds[begins:]) == {Kind.GROUND}


def test_there_is_what_people_use(catalogue):
    assert len(catalogue.services) >= 90
    assert {*Kind} == {kind_of(service) for service in catalogue.services}
    assert len({service.vendor for service in catalogue.services}) > 60


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("copilot", ["ms-copilot", "github-copilot", "m365-copilot"]),
        ("google", ["gemini", "notebooklm", "gemini-api", "vertex-ai", "google-cloud"]),
        ("xai", ["grok", "xai-api"]),
        ("openai", ["chatgpt", "codex", "openai-api", "azure-openai"]),
        ("translation", ["chatgpt", "claude", "gemini", "deepl"]),
        ("transcription api", ["elevenlabs", "deepgram", "assemblyai"]),
        ("local", LOCAL),
        ("Claude API", ["claude-api"]),
        ("ANTHROPIC code", ["claude-code"]),
        ("  ", None),
        ("fax", []),
    ],
)
def test_what_a_search_finds(catalogue, words, found):
    assert ids(catalogue.search(words)) == (ids(catalogue.services) if found is None else found)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("https://status.openai.com/", ["chatgpt", "codex", "openai-api"]),
        ("https://status.openai.com", ["chatgpt", "codex", "openai-api"]),
        ("http://STATUS.OpenAI.com:80/history?page=2#top", ["chatgpt", "codex", "openai-api"]),
        ("  status.openai.com/incidents/01J\n", ["chatgpt", "codex", "openai-api"]),
        ("https://status.anthropic.com/", ["claude", "claude-code", "claude-gov", "claude-api"]),
        ("https:\\\\www.githubstatus.com\\", ["github-copilot", "github"]),
        ("https://githubstatus.com", ["github-copilot", "github"]),
        ("https://www.google.com/appsstatus/dashboard/summary", ["gemini", "notebooklm"]),
        ("https://www.google.com/search", []),
        ("https://status.cloud.microsoft", ["ms-copilot"]),
        ("https://status.x.ai/feed.xml", ["grok", "xai-api"]),
        ("https://status.openai.com.evil.example/", []),
        ("https://status.openai.com:8443/", []),
        ("https://chatgpt.com/", []),
        ("ftp://status.openai.com/", []),
        ("https://[status.openai.com/", []),
        ("openai", []),
        ("", []),
    ],
)
def test_whose_page_a_pasted_address_is(catalogue, pasted, found):
    assert ids(catalogue.page_at(pasted)) == found


def test_services_of_one_page_share_one_source(catalogue):
    pages = {catalogue.by_id[id_].page for id_ in ("chatgpt", "codex", "openai-api")}
    assert len(pages) == 1
    assert next(iter(pages)).id == "page:status.openai.com"


def test_everything_is_reached_over_tls_but_what_runs_on_this_computer(catalogue):
    for service in catalogue.services:
        asked = () if service.local else service.sources
        for address in (service.home, *(source.url for source in asked)):
            assert address.startswith("https://"), address
    for page in catalogue.pages:
        assert all(address.startswith("https://") for address in page.also)


def test_three_references_of_three_owners_and_one_that_shows_a_login_page(catalogue):
    hosts = [host_of(reference.url) for reference in catalogue.references]
    assert len({owner_of(host) for host in hosts}) == len(hosts) == 3
    assert any(reference.url.startswith("http://") for reference in catalogue.references)
    watched = {host_of(source.url) for service in catalogue.services for source in service.sources}
    assert watched.isdisjoint(hosts), "a watched host cannot vouch for itself"


def test_engines_dialects_and_abilities_are_ones_the_program_has(catalogue):
    for page in catalogue.pages:
        assert page.source.engine is None or page.source.engine in ENGINES
    for service in catalogue.services:
        dialects = SERVERS if service.local else DIALECTS
        assert service.probe is None or service.probe.dialect in dialects
        assert service.can
        assert set(service.can) <= set(ABILITIES)


def test_of_every_service_something_can_be_looked_at(catalogue):
    for service in catalogue.services:
        assert service.page or service.probe, service.id


UNREAD = {
    *("m365-copilot", "meta-ai", "character-ai", "qwen", "zhipu", "firefly", "gemini-api"),
    "fastly",
}


def test_what_has_no_page_we_read_says_why_and_where_a_person_may_look(catalogue):
    unread = {service.id for service in catalogue.services if service.no_page}
    assert unread == UNREAD
    for id_ in UNREAD:
        service = catalogue.by_id[id_]
        assert service.look_at.startswith("https://")
        assert len(service.no_page) < 90
    pageless = {s.id for s in catalogue.services if s.page is None and not s.local}
    assert pageless == UNREAD


def test_every_entry_says_how_it_is_known_and_of_which_month(catalogue):
    assert set(catalogue.sightings) == set(catalogue.by_id)
    assert {one.how for one in catalogue.sightings.values()} == {"capture", "source", "recalled"}
    assert all("2020-01" <= one.date <= "2026-12" for one in catalogue.sightings.values())
    unsure = {id_ for id_, seen in catalogue.sightings.items() if seen.how == "recalled"}
    assert unsure == {"midjourney", "suno", "deepl", "open-webui"}


def test_documents_that_lie_elsewhere_are_asked_for_there(catalogue):
    feeds_of = {page.source.name: page.source for page in catalogue.pages if page.source.feed}
    assert set(feeds_of) == {"OpenRouter", "Docker", "GitLab", "Neon"}
    for page in feeds_of.values():
        assert page.feed.startswith("https://")
        assert host_of(page.feed) != host_of(page.url)


def test_who_shares_the_models_of_chatgpt(catalogue):
    resellers = [s.id for s in catalogue.services if "openai-models" in s.runs_on and not s.family]
    assert resellers == [
        *("ms-copilot", "github-copilot", "cursor", "perplexity"),
        *("poe", "windsurf", "junie", "zed", "notion-ai"),
    ]
    assert {s.vendor for s in catalogue.services if s.family == "openai-models"} == {"OpenAI"}


def test_the_first_alternative_to_anything_is_another_vendor(catalogue):
    for service in catalogue.services:
        for other in service.kin:
            assert catalogue.by_id[other].vendor != service.vendor


def test_github_is_asked_once_in_five_minutes(catalogue):
    door = catalogue.by_id["github"].probe
    assert door is not None
    assert (host_of(door.url), door.least_wait) == ("api.github.com", 300)


def test_servers_on_this_computer_stand_on_nothing_and_each_is_a_source_of_its_own(catalogue):
    servers = [service for service in catalogue.services if service.local]
    assert ids(servers) == LOCAL
    assert all(s.page is None and not s.runs_on and s.family is None for s in servers)
    assert all(s.probe.url.startswith("http://127.0.0.1:") for s in servers)
    assert len({s.probe.id for s in servers}) == len(servers), "two share the port 8080"
    assert {s.probe.dialect for s in servers} == set(SERVERS)


def test_what_runs_here_is_the_last_resort_of_those_it_can_do_the_job_of(catalogue):
    settings, _ = resolve(Choices(), catalogue, UTC)
    for service in catalogue.services:
        here = [catalogue.by_id[id_].local for id_ in service.kin]
        assert here == sorted(here), service.id
        found = set(ids(candidates(service, settings))) & set(LOCAL)
        can = service.can[0] in ("chat", "coding", "api", "embeddings") and not service.local
        assert found <= ({"ollama"} if can else set()), service.id
    assert "ollama" in ids(worth_checking(catalogue.by_id["chatgpt"], Board(), settings))


def test_a_server_somebody_has_chosen_is_a_candidate_too(catalogue):
    chosen = Choices(watched=(Watched(id="chatgpt"), Watched(id="jan")))
    settings, _ = resolve(chosen, catalogue, UTC)
    found = ids(candidates(catalogue.by_id["chatgpt"], settings))
    assert {"ollama", "jan"} == set(found) & set(LOCAL)


def test_a_key_goes_where_its_service_is_asked_without_one(catalogue):
    assert set(catalogue.accounts) == {
        *("openai-api", "claude-api", "gemini-api", "xai-api", "mistral-api", "deepseek-api"),
        *("groq", "cerebras", "fireworks", "cohere", "huggingface"),
    }
    for id_, key in catalogue.accounts.items():
        door = catalogue.by_id[id_].probe.url
        assert key.entry == id_
        # What it lists is public; only this tells whose key it is.
        assert key.url == ("https://huggingface.co/api/whoami-v2" if id_ == "huggingface" else door)
        assert host_of(key.url) == host_of(door)
        assert DIALECTS[key.dialect].listing is not None
        if key.deep is not None:
            assert host_of(key.deep.url) == host_of(key.url)
            assert DIALECTS[key.dialect].deep is not None
            assert deep_body(key.dialect, key.deep.model)
            assert key.deep.model in key.deep.cost


def test_the_claude_api_is_the_api_alone(catalogue):
    assert catalogue.by_id["claude-api"].parts == (
        PartRef("k8w3r06qmzrp", "Claude API (api.anthropic.com)"),
    )
