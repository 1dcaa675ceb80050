"""What a person's choices mean: presets, own words, own services, slips of the pen."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from notifier.catalogue import load, resolve
from notifier.fallbacks import candidates
from notifier.model.health import Health
from notifier.model.service import KeyPlace, KeySource, Legend, PartRef, SourceId
from notifier.model.settings import Choices, Watched, WatchedProbe
from notifier.model.settings_words import Level

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load((ROOT / "resources" / "catalogue.toml").read_bytes())
CAMPUS = Watched(
    id="campus-llm",
    name="Campus LLM",
    home="https://llm.example.edu/",
    can=("chat", "coding"),
    status="https://status.example.edu/",
    runs_on=("azure",),
    probe=WatchedProbe("https://llm.example.edu/v1/models", "bearer", "campus-llm"),
)


def settled(*watched, **others):
    settings, complaints = resolve(Choices(tuple(watched), **others), CATALOGUE, UTC)
    return settings, [str(complaint) for complaint in complaints]


def only(watched):
    settings, complaints = settled(watched)
    assert complaints == []
    return settings.services[0]


def test_an_id_is_enough():
    settings, complaints = settled(Watched("chatgpt"))
    assert complaints == []
    assert settings.services == (CATALOGUE.by_id["chatgpt"],)
    assert "chatgpt" not in {service.id for service in settings.others}
    assert len(settings.others) == len(CATALOGUE.services) - 1


def test_choosing_nothing_leaves_everything_an_alternative():
    settings, complaints = settled()
    assert (settings.services, complaints) == ((), [])
    assert settings.others == CATALOGUE.services


def test_what_a_person_says_counts_and_the_rest_is_known():
    claude = only(
        Watched("claude", label="For writing", fallbacks=("chatgpt", "ollama"), notify=Level.NONE)
    )
    assert (claude.name, claude.level) == ("For writing", Level.NONE)
    assert claude.fallbacks == ("chatgpt", "ollama")
    assert claude.parts == CATALOGUE.by_id["claude"].parts
    assert claude.kin == CATALOGUE.by_id["claude"].kin


def test_the_same_id_twice_has_two_keys():
    settings, complaints = settled(Watched("claude"), Watched("chatgpt"), Watched("claude"))
    assert complaints == []
    assert [service.key for service in settings.services] == ["claude", "chatgpt", "claude#2"]
    assert set(settings.by_key) == {"claude", "chatgpt", "claude#2"}


@pytest.mark.parametrize(
    ("service", "written", "meant"),
    [
        pytest.param(
            "claude-api",
            "Claude Console",
            PartRef("0qbwn08sd68x", "Claude Console (platform.claude.com)"),
            id="without the brackets of its name",
        ),
        pytest.param(
            "claude", "claude code", PartRef("yyzkbfz2thpt", "Claude Code"), id="of a sibling"
        ),
        pytest.param(
            "chatgpt",
            "Login",
            PartRef("01JMXBNJXG1S2D9V65P1ZZTD94", "Login", "ChatGPT"),
            id="a name that repeats: its own first",
        ),
        pytest.param(
            "openai-api",
            "Login",
            PartRef("01JSM5RTJWHRWDTS6Q604VEW3B", "Login", "APIs"),
            id="and its own again",
        ),
        pytest.param("codex", "Login", PartRef(name="Login"), id="none of its own: all of them"),
        pytest.param(
            "chatgpt",
            "01JMXBNJXGV1T5GT2M9XA83XNG",
            PartRef("01JMXBNJXGV1T5GT2M9XA83XNG", "Conversations", "ChatGPT"),
            id="by its id",
        ),
        pytest.param("chatgpt", "APIs", PartRef(group="APIs"), id="a whole group"),
        pytest.param(
            "cloudflare",
            "Cloudflare Sites and Services",
            PartRef("1km35smx8p41", group="Cloudflare Sites and Services"),
            id="a whole group with an id",
        ),
        pytest.param("chatgpt", "Time machine", PartRef(name="Time machine"), id="not known here"),
    ],
)
def test_which_part_a_name_means(service, written, meant):
    assert only(Watched(service, parts=(written,))).parts == (meant,)


def test_whose_choice_the_parts_are_is_known():
    assert only(Watched("chatgpt", parts=("Image Generation",))).own_parts
    preset = only(Watched("chatgpt"))
    assert preset.parts
    assert not preset.own_parts


def test_a_service_of_ones_own():
    campus = only(CAMPUS)
    assert (campus.name, campus.home, campus.can) == (
        "Campus LLM",
        "https://llm.example.edu/",
        ("chat", "coding"),
    )
    assert campus.page is not None
    assert campus.page.engine is None, "to be found by looking"
    assert (campus.page.id, campus.page.name) == ("page:status.example.edu", "Campus LLM")
    assert campus.probe is not None
    assert campus.probe.id == "probe:llm.example.edu/v1/models"
    assert (campus.runs_on, campus.parts) == (("azure",), ())


def test_services_of_ones_own_on_one_page_share_it_and_its_engine():
    settings, _ = settled(
        CAMPUS,
        Watched(
            "campus-voice",
            name="Voice",
            home="https://v.example.edu/",
            status="http://status.example.edu",
            engine="statuspage",
        ),
    )
    first, second = settings.services
    assert first.page == second.page
    assert first.page.engine == "statuspage"


def test_a_known_page_is_known_under_any_name():
    console = only(
        Watched(
            "console",
            name="Console",
            home="https://platform.claude.com/",
            status="https://status.anthropic.com",
            parts=("Claude Console",),
        )
    )
    assert console.page == CATALOGUE.by_id["claude"].page
    assert console.parts[0].id == "0qbwn08sd68x"


def test_a_page_that_moved_is_followed_before_we_know():
    claude = only(Watched("claude", status="https://status.claude.example/"))
    assert claude.page is not None
    assert (claude.page.url, claude.page.engine) == ("https://status.claude.example/", None)
    assert claude.page.name == "Anthropic"
    assert claude.parts == CATALOGUE.by_id["claude"].parts


def test_an_engine_one_names_holds_for_the_whole_page():
    settings, _ = settled(
        Watched("chatgpt"),
        Watched("codex", status="https://status.openai.com/", engine="statuspage"),
    )
    pages = {service.page for service in (*settings.services, settings.by_key["chatgpt"])}
    assert {page.engine for page in pages} == {"statuspage"}
    api = next(service for service in settings.others if service.id == "openai-api")
    assert api.page in pages


def test_a_token_in_an_address_is_not_part_of_its_id():
    service = only(
        Watched(
            "mine", name="Mine", home="https://m.test/", status="https://me:pw@s.test/f?token=hush"
        )
    )
    assert service.page is not None
    assert "hush" not in service.page.id
    assert "pw" not in service.page.id
    other = only(
        Watched("mine", name="Mine", home="https://m.test/", status="https://s.test/f?token=other")
    )
    assert other.page is not None
    assert other.page.id != service.page.id


@pytest.mark.parametrize(
    ("watched", "says"),
    [
        (
            Watched("chatgtp", line=12),
            (
                'settings.toml, line 12: service "chatgtp": the catalogue does not know it, so it '
                'is not watched; a service of your own needs "name", "home", and "status" or '
                '"probe". Did you mean "chatgpt"?'
            ),
        ),
        (
            Watched("mine", name="Mine", status="https://status.mine.test/", line=3),
            (
                'settings.toml, line 3: service "mine": it has no "home"; the site of its status '
                "page or probe is opened instead."
            ),
        ),
        (
            Watched(
                "mine", home="https://m.test/", probe=WatchedProbe("https://m.test/v1"), line=3
            ),
            'settings.toml, line 3: service "mine": it has no "name"; its id is shown instead.',
        ),
        (
            Watched("claude", fallbacks=("chatgtp",), line=7),
            (
                'settings.toml, line 7: service "claude": "fallbacks" names "chatgtp", which is '
                'not known. Did you mean "chatgpt"?'
            ),
        ),
        (
            Watched("claude", runs_on=("openai-model",), line=7),
            (
                'settings.toml, line 7: service "claude": "runs_on" names "openai-model", which '
                'is not known. Did you mean "openai-models"?'
            ),
        ),
    ],
)
def test_what_is_missing_is_said_and_the_rest_works(watched, says):
    settings, complaints = settled(watched, Watched("codex"))
    assert complaints == [says]
    assert settings.services[-1].id == "codex"


def test_a_service_nothing_can_be_asked_about_is_not_watched():
    settings, _ = settled(Watched("mystery"))
    assert settings.services == ()


def test_ids_of_services_we_do_not_know_yet_are_no_slips():
    """`ollama` and `azure` of the documented example come with a later catalogue."""
    _, complaints = settled(
        CAMPUS, Watched("claude", fallbacks=("chatgpt", "ollama", "campus-llm"))
    )
    assert complaints == []


def test_home_of_last_resort_is_the_site_of_what_is_asked():
    settings, _ = settled(Watched("mine", status="http://127.0.0.1:8080/feed?token={key}"))
    assert settings.services[0].home == "http://127.0.0.1:8080/"


def test_references_are_the_shipped_ones_or_ones_own_or_none():
    assert settled()[0].references == CATALOGUE.references
    assert settled(references=())[0].references == ()
    own = settled(references=("http://ref.example.edu/",))[0].references
    assert [one.id for one in own] == ["reference:ref.example.edu"]


def test_what_has_no_page_of_its_own_has_a_name_all_the_same():
    grounds = settled()[0].grounds
    assert grounds["openai-models"] == "OpenAI's models"
    assert grounds["xai-models"] == "xAI's models"
    assert not {"cloudflare", "azure"} & set(grounds), "a service has its own"


def test_a_service_of_ones_own_stands_on_what_its_grounds_stand_on():
    assert only(replace(CAMPUS, runs_on=("openai-models",))).runs_on == ("openai-models", "azure")


def test_what_is_typed_goes_to_the_owner_of_the_address_that_is_opened():
    here = CATALOGUE.by_id["claude"].prompt
    assert here is not None
    assert only(Watched("claude", home="https://www.claude.ai/projects")).prompt == here
    assert only(Watched("claude", home="https://chat.example.edu/")).prompt is None


def test_a_model_server_elsewhere_has_no_page_to_chat_with_that_we_know():
    server = CATALOGUE.by_id["llamacpp"]
    assert server.chat
    assert only(Watched("llamacpp")).chat == server.chat
    moved = Watched("llamacpp", probe=WatchedProbe("http://127.0.0.1:9931/health"))
    assert only(moved).chat == ""


def test_the_general_settings_pass_through():
    zone = timezone(timedelta(hours=9))
    settings, _ = resolve(Choices(interval=300, level=Level.OUTAGES), CATALOGUE, zone)
    assert (settings.interval, settings.level, settings.zone) == (300, Level.OUTAGES, zone)


# -- keys ---------------------------------------------------------------------------------------


def test_an_account_is_asked_only_where_its_key_is_kept():
    assert settled(CAMPUS)[0].services[0].account is None
    (campus,) = settled(CAMPUS, keys=("campus-llm",))[0].services
    account = campus.account
    assert account is not None
    assert (account.url, account.auth, account.entry) == (
        "https://llm.example.edu/v1/models",
        "bearer",
        "campus-llm",
    )
    assert account.dialect == "openai"
    assert campus.probe is not None, "the front door is still asked without it"


def test_where_a_key_belongs_is_known_before_there_is_one():
    place = KeyPlace("campus-llm", "https://llm.example.edu/v1/models")
    assert settled(CAMPUS)[0].services[0].key_place == place
    kept = settled(CAMPUS, keys=("campus-llm",))[0].services[0].key_place
    assert kept == replace(place, kept=True)
    page = Watched("mine", status="https://status.example.edu/", status_auth="bearer")
    assert settled(page)[0].services[0].key_place == KeyPlace(
        "mine", "https://status.example.edu/", page=True
    )
    assert (
        settled(Watched("mine", status="https://status.example.edu/"))[0].services[0].key_place
        is None
    )


def test_two_keys_at_one_address_are_two_accounts():
    other = replace(CAMPUS, id="other", probe=replace(CAMPUS.probe, key="spare"))
    services = settled(CAMPUS, other, keys=("campus-llm", "spare"))[0].services
    assert len({one.account.id for one in services}) == 2


@pytest.mark.parametrize(
    ("probe", "dialect"),
    [
        (WatchedProbe("https://llm.example.edu/health", "api-key", "k"), "plain"),
        (WatchedProbe("https://llm.example.edu/v1/models?key={key}", "none", "k"), "openai"),
    ],
)
def test_what_answers_there_is_read_by_its_address(probe, dialect):
    (service,) = settled(replace(CAMPUS, probe=probe), keys=("k",))[0].services
    assert service.account.dialect == dialect
    assert (service.probe is None) is ("{key}" in probe.url)


def test_without_a_name_of_its_own_a_key_has_that_of_the_service():
    probe = WatchedProbe("https://llm.example.edu/v1/models", "bearer")
    (service,) = settled(replace(CAMPUS, probe=probe), keys=("campus-llm",))[0].services
    assert service.account.entry == "campus-llm"


def test_without_a_way_to_send_it_no_key_is_sent():
    probe = WatchedProbe("https://llm.example.edu/v1/models", "none", "k")
    (service,) = settled(replace(CAMPUS, probe=probe), keys=("k",))[0].services
    assert service.account is None


def test_a_page_that_wants_a_key_has_one_of_its_own_name():
    keyed = replace(CAMPUS, status_auth="bearer")
    (service,) = settled(keyed, keys=("campus-llm",))[0].services
    assert (service.page.auth, service.page.entry) == ("bearer", "campus-llm")
    in_address = Watched("mine", status="https://status.example.edu/feed?token={key}")
    (service,) = settled(in_address)[0].services
    assert (service.page.auth, service.page.entry) == ("none", "mine")
    assert "{key}" in service.page.url
    assert "{key}" not in service.page.id
    (service,) = settled(CAMPUS)[0].services
    assert service.page.entry is None


def test_the_catalogues_own_call_is_made_where_a_key_is_kept_under_its_id():
    account = KeySource(SourceId("key:x"), "https://x.test/", "openai", "bearer", "claude-api")
    catalogue = replace(CATALOGUE, accounts={"claude-api": account})
    choices = Choices((Watched("claude-api"), Watched("claude")), keys=("claude-api", "claude"))
    settings, complaints = resolve(choices, catalogue, UTC)
    assert [one.account for one in settings.services] == [account, None]
    assert complaints == ()
    assert all(one.account is None for one in settings.others)


# -- documents of a person's own ----------------------------------------------------------------

LAB = Watched(
    "lab",
    name="Lab",
    status="https://lab.example.edu/health.json",
    engine="json",
    legend=Legend("login.state"),
)


def test_how_a_document_is_read_goes_with_its_page():
    (service,) = settled(LAB)[0].services
    assert (service.page.engine, service.page.legend) == ("json", Legend("login.state"))


def test_one_document_read_in_two_ways_is_two_sources():
    other = replace(LAB, id="batch", legend=Legend("batch.state"))
    again = replace(LAB, id="again")
    lab, batch, same = (one.page for one in settled(LAB, other, again)[0].services)
    assert lab.id != batch.id
    assert lab.id == same.id, "what is read in one way is looked at once"
    assert (lab.url, batch.url) == (LAB.status, LAB.status)


def test_a_word_that_means_something_else_makes_another_source():
    words = (("ok", Health.OPERATIONAL),)
    strict = replace(LAB, legend=Legend("login.state", words=words))
    (lab,), (other,) = (settled(one)[0].services for one in (LAB, strict))
    assert lab.page.id != other.page.id


def test_a_page_of_the_catalogue_may_be_read_in_a_person_s_own_way_beside_the_usual_one():
    known = CATALOGUE.pages[0].source
    own = replace(LAB, status=known.url)
    settings, _ = settled(own)
    assert settings.services[0].page.legend == Legend("login.state")
    usual = [one.page for one in settings.others if one.page and one.page.url == known.url]
    assert usual
    assert all(page.legend is None and page.engine == known.engine for page in usual)


class TestWhatItIsUsedFor:
    """Whoever watches only some parts of a service wants another that can do what these do."""

    def test_is_what_the_chosen_parts_can(self):
        assert only(Watched("chatgpt", parts=("Image Generation",))).can == ("image",)
        both = only(Watched("chatgpt", parts=("Image Generation", "Search")))
        assert both.can == ("image", "search")

    def test_is_everything_where_one_of_them_serves_everything(self):
        whole = CATALOGUE.by_id["chatgpt"]
        login = only(Watched("chatgpt", parts=("Image Generation", "Login")))
        assert (login.can, login.kin) == (whole.can, whole.kin)

    def test_is_what_the_person_says_above_all(self):
        said = only(Watched("chatgpt", parts=("Image Generation",), can=("chat",)))
        assert said.can == ("chat",)

    def test_decides_who_can_stand_in(self):
        settings, _ = settled(Watched("chatgpt", parts=("Image Generation",)))
        others = candidates(settings.services[0], settings)
        assert others
        assert all("image" in one.can for one in others)
        assert "claude" not in {one.id for one in others}


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:12345/api/version", True),
        ("http://localhost:12345/api/version", True),
        ("http://models.example.edu:11434/api/version", False),
    ],
)
def test_a_model_server_that_listens_elsewhere_on_this_computer_remains_one(url, local):
    known = CATALOGUE.by_id["ollama"].probe
    found = only(Watched("ollama", probe=WatchedProbe(url))).probe
    assert (found.url, found.local) == (url, local)
    assert (found.dialect == known.dialect) is local
