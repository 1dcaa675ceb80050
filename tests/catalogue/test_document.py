"""A catalogue that is wrong is refused by name, not half believed."""

import pytest

from notifier.catalogue import Basis, Catalogue, CatalogueError, load
from notifier.model.service import Apps, Deep, KeySource, Needs, PartRef, ProbeSource, PromptAddress

SOUND = """
version = 1

[[ground]]
id = "big-models"
name = "Acme's models"
kind = "family"
runs_on = ["sky"]

[ground.basis]
sky = { source = "https://acme.test/where-we-are", date = "2026-01-31" }

[[ground]]
id = "sky"
name = "Sky"
kind = "cloud"

[[page]]
id = "acme"
name = "Acme"
url = "https://status.acme.test/"
engine = "statuspage"
seen = "capture"
date = "2026-09"
parts = [{ name = "Billing" }]

[[service]]
id = "chatty"
name = "Chatty"
vendor = "Acme"
home = "https://chatty.test/"
can = ["chat"]
needs = "account"
page = "acme"
parts = [{ id = "a1", name = "Talk", group = "Chatty" }, { id = "g1", group = "Voices" }]
family = "big-models"
runs_on = ["big-models", "wires"]
probe = { url = "https://api.chatty.test/v1", dialect = "plain", least_wait = "5m" }
fallbacks = ["wires"]

[service.basis]
big-models = { source = "a report of Acme's", date = "2026-01" }
wires = { source = "https://wires.test/customers", date = "2025-11-18" }

[[service]]
id = "wires"
name = "Wires"
vendor = "Wires"
home = "https://wires.test/"
can = ["infra"]
needs = "nothing"
seen = "source"
date = "2026-08-31"
runs_on = []

[[reference]]
url = "http://neutral.test/generate_204"
"""


def changed(old: str, new: str) -> bytes:
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new).encode()


def test_a_sound_catalogue_is_read_to_the_field():
    catalogue = load(SOUND.encode())
    chatty = catalogue.by_id["chatty"]
    assert chatty.key == "chatty"
    assert chatty.parts == (PartRef("a1", "Talk", "Chatty"), PartRef("g1", None, "Voices"))
    assert chatty.probe == ProbeSource(
        "probe:api.chatty.test/v1", "https://api.chatty.test/v1", "plain", 300
    )
    assert (chatty.kin, chatty.fallbacks) == (("wires",), ())
    assert catalogue.by_id["wires"].page is None
    assert catalogue.references[0].id == "reference:neutral.test/generate_204"
    assert catalogue.families == {"big-models"}
    assert catalogue.grounds == {"big-models": "Acme's models", "sky": "Sky"}
    assert catalogue.bases["chatty", "wires"] == Basis("https://wires.test/customers", "2025-11-18")
    assert (chatty.needs, catalogue.by_id["wires"].needs) == (Needs.ACCOUNT, Needs.NOTHING)
    assert (chatty.prompt, chatty.chat, chatty.apps) == (None, "", Apps())


def test_a_service_stands_on_what_the_grounds_under_it_stand_on():
    catalogue = load(SOUND.encode())
    assert catalogue.by_id["chatty"].runs_on == ("big-models", "wires", "sky")
    assert set(catalogue.bases) == {
        ("big-models", "sky"),
        ("chatty", "big-models"),
        ("chatty", "wires"),
    }


def test_a_ground_that_comes_to_be_watched_is_a_service_and_nothing_else_changes():
    ground = '[[ground]]\nid = "sky"\nname = "Sky"\nkind = "cloud"\n'
    service = (
        '[[service]]\nid = "sky"\nname = "Sky"\nvendor = "Sky"\nhome = "https://sky.test/"\n'
        'can = ["infra"]\nneeds = "nothing"\nseen = "recalled"\ndate = "2026-10"\nruns_on = []'
        "\n\n[[reference]]"
    )
    watched = load(changed(ground, "").replace(b"[[reference]]", service.encode()))
    assert watched.by_id["chatty"].runs_on == load(SOUND.encode()).by_id["chatty"].runs_on
    assert watched.grounds == {"big-models": "Acme's models"}
    with pytest.raises(CatalogueError, match='ground "sky": a service has the same id'):
        load(SOUND.replace("[[reference]]", service).encode())


def test_a_server_on_this_computer_is_marked():
    local = changed('least_wait = "5m"', "local = true")
    (door,) = (s.probe for s in load(local).services if s.probe is not None)
    assert door.local


def test_a_page_knows_the_parts_of_its_services_and_the_rest():
    page = load(SOUND.encode()).known_page("https://status.acme.test/")
    assert page is not None
    assert [part.name or part.group for part in page.parts] == ["Talk", "Voices", "Billing"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "Chatty"', 'nome = "Chatty"', 'service "chatty": .*nome'),
        ('home = "https://wires.test/"\n', "", 'service "wires": .*home'),
        ('can = ["chat"]', 'can = ["chatting"]', 'service "chatty": .*chatting'),
        ('id = "wires"', 'id = "chatty"', 'service "chatty": it stands twice'),
        ('page = "acme"', 'page = "acne"', 'service "chatty": there is no page "acne"'),
        ('"big-models", "wires"', '"big-models", "wire"', 'service "chatty": runs_on names "wire"'),
        ('"big-models", "wires"', '"chatty"', 'service "chatty": runs_on names "chatty"'),
        (
            '"a report of Acme\'s"',
            '" "',
            'service "chatty": the basis of "big-models" names no source',
        ),
        (
            'date = "2026-01" }',
            'date = "2026-13" }',
            'service "chatty": .*"big-models" has no date',
        ),
        ('date = "2026-01" }', 'date = "lately" }', 'service "chatty": .*"big-models" has no date'),
        ("wires = {", "cables = {", 'service "chatty": runs_on names "wires", but no basis'),
        (
            "runs_on = []",
            'runs_on = []\nbasis.sky = { source = "s", date = "2026-01" }',
            "does not",
        ),
        (
            'sky = { source = "https://acme.test/where-we-are", date = "2026-01-31" }\n',
            "",
            "no basis",
        ),
        ('kind = "cloud"', 'kind = "weather"', 'ground "sky": .*weather'),
        ('kind = "cloud"', "", 'ground "sky": .*kind'),
        ('runs_on = ["sky"]', 'runs_on = ["sea"]', 'ground "big-models": runs_on names "sea"'),
        ('id = "sky"', 'id = "big-models"', 'ground "big-models": it stands twice'),
        ('family = "big-models"', 'family = "sky"', 'service "chatty": there is no family "sky"'),
        ('needs = "account"\n', "", 'service "chatty": .*needs'),
        ('needs = "account"', 'needs = "luck"', 'service "chatty": .*luck'),
        ('fallbacks = ["wires"]', 'fallbacks = ["w"]', 'service "chatty": fallbacks names "w"'),
        ('family = "big-models"', 'family = "models"', 'service "chatty": there is no family'),
        ('least_wait = "5m"', 'least_wait = "5min"', 'service "chatty": least_wait .*5min'),
        ('{ name = "Billing" }', '{ id = "b" }', 'page "acme": a part has neither'),
        ('seen = "capture"\n', "", 'page "acme": .*seen'),
        ('seen = "capture"', 'seen = "heard"', 'page "acme": .*heard'),
        ('date = "2026-09"\n', "", 'page "acme": .*date'),
        ('date = "2026-09"', 'date = "of late"', 'page "acme": it was seen at no date: "of late"'),
        ('seen = "source"\ndate = "2026-08-31"\n', "", 'service "wires": .*how it was seen'),
        ('date = "2026-08-31"\n', "", 'service "wires": it was seen at no date'),
        ('page = "acme"', 'page = "acme"\ndate = "2026-10"', 'service "chatty": it says a date'),
        ('{ name = "Billing" }', "{ nick = 1 }", 'page "acme": .*nick'),
        ('url = "http://neutral', 'uri = "http://neutral', 'reference "number 1": .*uri'),
        ("version = 1", "version = 2", "version must be 1"),
        ("version = 1", "version = ", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(old, new, says):
    with pytest.raises(CatalogueError, match=says):
        load(changed(old, new))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            "runs_on = []",
            'runs_on = ["chatty"]\nbasis.chatty = { source = "s", date = "2026-01" }',
            'service "(chatty": it runs on itself: chatty on wires on chatty'
            '|wires": it runs on itself: wires on chatty on wires)$',
            id="two services on each other",
        ),
        pytest.param(
            'kind = "cloud"',
            'kind = "cloud"\nruns_on = ["chatty"]\n'
            'basis.chatty = { source = "s", date = "2026-01" }',
            "it runs on itself: .*sky on chatty",
            id="a cloud on a service that stands on it, two levels up",
        ),
    ],
)
def test_what_runs_on_itself_however_far_round_is_refused(old, new, says):
    with pytest.raises(CatalogueError, match=says):
        load(changed(old, new))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(CatalogueError, match="cannot be read"):
        load(b"\xff\xfe")


def test_the_longer_path_wins_where_pages_share_a_host():
    nested = SOUND.replace(
        "[[reference]]",
        '[[page]]\nid = "inner"\nname = "I"\nurl = "https://status.acme.test/inner"\n'
        'seen = "source"\ndate = "2026-01"\n\n[[reference]]',
    )
    catalogue: Catalogue = load(nested.encode())
    inner = catalogue.known_page("https://status.acme.test/inner/x")
    outer = catalogue.known_page("https://status.acme.test/innermost")
    assert inner is not None
    assert inner.source.name == "I"
    assert outer is not None
    assert outer.source.name == "Acme"


KEY = """
[service.key]
url = "https://api.chatty.test/v1/models"
auth = "x-api-key"
dialect = "openai"
[service.key.deep]
url = "https://api.chatty.test/v1/chat"
model = "small"
cost = "a cent"
"""


def keyed(old: str = "", new: str = "") -> bytes:
    assert KEY.count(old)
    return changed('fallbacks = ["wires"]\n', f'fallbacks = ["wires"]\n{KEY.replace(old, new)}')


def test_the_call_that_tries_a_key_is_known_but_made_for_nobody_who_has_none():
    catalogue = load(keyed())
    assert catalogue.accounts == {
        "chatty": KeySource(
            id="key:api.chatty.test/v1/models@chatty",
            url="https://api.chatty.test/v1/models",
            dialect="openai",
            auth="x-api-key",
            entry="chatty",
            least_wait=30.0,
            deep=Deep("https://api.chatty.test/v1/chat", "small", "a cent"),
        )
    }
    assert catalogue.by_id["chatty"].account is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('url = "https://api.chatty.test/v1/m', 'url = "http://api.chatty.test/v1/m', "https://"),
        ('url = "https://api.chatty.test/v1/c', 'url = "https://bill.chatty.test/v1/c', "one host"),
        ('"x-api-key"', '"none"', "none"),
        ('cost = "a cent"\n', "", 'service "chatty": .*cost'),
        ('"x-api-key"', '"x-api-key"\nleast_wait = "soon"', "soon"),
    ],
)
def test_a_call_that_would_give_a_key_away_is_refused(old, new, says):
    with pytest.raises(CatalogueError, match=says):
        load(keyed(old, new))


WAYS_IN = """
prompt = { url = "https://www.chatty.test/new?q={prompt}", source = "help page", date = "2026-02" }
probe = { url = "http://127.0.0.1:4000/health", dialect = "plain", local = true }
chat = "http://localhost:4000/talk"
apps = { linux = ["org.chatty.Chatty"], macos = "test.chatty", windows = "chatty" }
"""


def opened(old: str = "", new: str = "") -> bytes:
    assert not old or WAYS_IN.count(old) == 1
    probe = 'probe = { url = "https://api.chatty.test/v1", dialect = "plain", least_wait = "5m" }\n'
    return changed(probe, WAYS_IN.replace(old, new) if old else WAYS_IN)


def test_the_ways_into_a_service_are_known():
    chatty = load(opened()).by_id["chatty"]
    assert chatty.prompt == PromptAddress("https://www.chatty.test/new?q={prompt}", 2000)
    assert chatty.chat == "http://localhost:4000/talk"
    assert chatty.apps == Apps(("org.chatty.Chatty",), "test.chatty", "chatty")
    longer = opened('date = "2026-02"', 'date = "2026-02", most = 8000')
    assert load(longer).by_id["chatty"].prompt.most == 8000


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("https://www.chatty.test/new", "http://www.chatty.test/new", "https:// only"),
        ("https://www.chatty.test/new", "https://chatty.test.evil.test/new", "owner"),
        ("https://www.chatty.test/new", "https://chatty.test@evil.test/new", "owner"),
        ("q={prompt}", "q=prompt", "once"),
        ("q={prompt}", "q={prompt}&again={prompt}", "once"),
        ("www.chatty.test/new?q={prompt}", "{prompt}.chatty.test/?q=", "question mark"),
        ('source = "help page", ', "", "source"),
        ('"help page"', '""', "source"),
        ('"2026-02"', '"some day"', "date"),
        ('date = "2026-02"', 'date = "2026-02", most = 20', "leave room"),
        ('"http://localhost:4000/talk"', '"https://localhost:4000/talk"', "chat must"),
        ('"http://localhost:4000/talk"', '"http://localhost:4001/talk"', "chat must"),
        ('"http://localhost:4000/talk"', '"http://chatty.test:4000/talk"', "chat must"),
        (", local = true", "", "chat must"),
        ('"chatty" }', '"https" }', "scheme"),
        ('"chatty" }', '"chatty://open" }', "scheme"),
        ('"org.chatty.Chatty"', '"../Chatty"', "desktop entries"),
        ('"org.chatty.Chatty"', '"Chatty.desktop"', "desktop entries"),
        ('linux = ["org.chatty.Chatty"], macos = "test.chatty", windows = "chatty"', "", "no app"),
    ],
)
def test_a_way_in_that_leads_elsewhere_is_refused(old, new, says):
    with pytest.raises(CatalogueError, match=f'service "chatty": .*{says}'):
        load(opened(old, new))
