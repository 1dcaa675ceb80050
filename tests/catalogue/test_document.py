"""A catalogue that is wrong is refused by name, not half believed."""

import pytest

from notifier.catalogue import Catalogue, CatalogueError, load
from notifier.model.service import Deep, KeySource, PartRef, ProbeSource

SOUND = """
version = 1
families = ["big-models"]

[[page]]
id = "acme"
name = "Acme"
url = "https://status.acme.test/"
engine = "statuspage"
parts = [{ name = "Billing" }]

[[service]]
id = "chatty"
name = "Chatty"
vendor = "Acme"
home = "https://chatty.test/"
can = ["chat"]
page = "acme"
parts = [{ id = "a1", name = "Talk", group = "Chatty" }, { id = "g1", group = "Voices" }]
family = "big-models"
runs_on = ["big-models", "wires"]
probe = { url = "https://api.chatty.test/v1", dialect = "plain", least_wait = "5m" }
fallbacks = ["wires"]

[[service]]
id = "wires"
name = "Wires"
vendor = "Wires"
home = "https://wires.test/"
can = ["infra"]
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
        ('fallbacks = ["wires"]', 'fallbacks = ["w"]', 'service "chatty": fallbacks names "w"'),
        ('family = "big-models"', 'family = "models"', 'service "chatty": there is no family'),
        ('least_wait = "5m"', 'least_wait = "5min"', 'service "chatty": least_wait .*5min'),
        ('{ name = "Billing" }', '{ id = "b" }', 'page "acme": a part has neither'),
        ('{ name = "Billing" }', "{ nick = 1 }", 'page "acme": .*nick'),
        ('url = "http://neutral', 'uri = "http://neutral', 'reference "number 1": .*uri'),
        ("version = 1", "version = 2", "version must be 1"),
        ("version = 1", "version = ", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(old, new, says):
    with pytest.raises(CatalogueError, match=says):
        load(changed(old, new))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(CatalogueError, match="cannot be read"):
        load(b"\xff\xfe")


def test_the_longer_path_wins_where_pages_share_a_host():
    nested = SOUND.replace(
        "[[reference]]",
        '[[page]]\nid = "inner"\nname = "I"\nurl = "https://status.acme.test/inner"\n'
        'engine = "statuspage"\n\n[[reference]]',
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
