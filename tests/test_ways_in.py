"""The prompt survives: what is opened has the very text in it, or a reason why not."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notifier.model.address import LONGEST, opened_host
from notifier.model.health import Health
from notifier.model.picture import ShownFallback
from notifier.model.service import Apps, PromptAddress, Service, ServiceId, ServiceKey
from notifier.model.way_in import KeptOut
from notifier.ways_in import way_in
from notifier.wording import ways_in as words
from notifier.wording.say import English

HOME, CHAT = "https://claude.ai/", "http://127.0.0.1:8080/"
APPS = Apps(linux=("com.example.Claude",), macos="com.example.claude", windows="claude")
PROMPT = PromptAddress("https://claude.ai/new?from=x&q={prompt}#chat", 4000)
CLAUDE = Service(
    ServiceKey("claude"), ServiceId("claude"), "Claude", HOME, prompt=PROMPT, apps=APPS
)
SHOWN = ShownFallback(
    ServiceId("claude"), "Claude", Health.OPERATIONAL, (), HOME, prompt=PROMPT, apps=APPS
)
PLAIN = replace(CLAUDE, prompt=None)

HARD = [
    "two lines\nand a third\n\n",
    "🧑‍🚀 fixes a ⛵ in 東京",
    "a & b = \"c\" + 'd' ? # % %20 %2520 {prompt} \\ / ; , <tag>",
    "שלום, what does «مرحبا» mean?\u202e turned\u202c",
    "\ttabs, blanks at the end   ",
    "no break: 10\u00a0000 €",
]
"""What has been lost on the way in other programs."""


def read_back(address: str) -> str:
    """What a service finds in the address it is opened at."""
    (text,) = parse_qs(urlsplit(address).query, keep_blank_values=True)["q"]
    return text


@given(st.text(min_size=1, max_size=300).filter(str.strip))
@example(HARD[0])
@example(HARD[1])
@example(HARD[2])
@example(HARD[3])
@example(HARD[4])
@example(HARD[5])
def test_the_service_reads_the_very_text_that_was_written(text):
    way = way_in(CLAUDE, text, private=False)
    if way.kept_out is None:
        assert read_back(way.address) == text
        assert parse_qs(urlsplit(way.address).query)["from"] == ["x"]
        assert urlsplit(way.address).fragment == "chat"
        assert opened_host(way.address, LONGEST) == "claude.ai", "and it is opened as it stands"
    else:
        assert way.kept_out is KeptOut.TOO_LONG


@given(st.text(min_size=1).filter(str.strip), st.integers(0, 900))
def test_no_address_is_longer_than_the_service_takes(text, most):
    way = way_in(replace(CLAUDE, prompt=PromptAddress(PROMPT.url, most)), text, private=False)
    if way.kept_out is None:
        assert len(way.address) <= most
    else:
        assert (way.kept_out, way.address) == (KeptOut.TOO_LONG, HOME)


def test_one_character_less_fits():
    most = len(PROMPT.url) - len("{prompt}") + 10
    tight = replace(CLAUDE, prompt=PromptAddress(PROMPT.url, most))
    assert way_in(tight, "x" * 10, private=False).kept_out is None
    assert way_in(tight, "x" * 11, private=False).kept_out is KeptOut.TOO_LONG
    assert way_in(tight, "é" * 2, private=False).kept_out is KeptOut.TOO_LONG, "as it is written"


def test_no_system_takes_an_address_of_any_length_whatever_a_service_takes():
    wide = replace(CLAUDE, prompt=PromptAddress(PROMPT.url, 10**9))
    assert way_in(wide, "x" * 29_000, private=False).kept_out is None
    assert way_in(wide, "x" * 100_000, private=False).kept_out is KeptOut.TOO_LONG


@given(st.text())
@example("secret")
def test_what_is_private_is_in_no_address(text):
    without = way_in(CLAUDE, "", private=True)
    way = way_in(CLAUDE, text, private=True)
    assert (way.address, way.apps) == (without.address, without.apps) == (HOME, APPS)
    assert way.kept_out is (KeptOut.PRIVATE if text.strip() else KeptOut.NOTHING_WRITTEN)


def test_half_a_character_is_a_question_mark_and_harms_nothing():
    assert read_back(way_in(CLAUDE, "a\ud83d b", private=False).address) == "a? b"


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_with_nothing_written_the_page_is_opened_as_ever(text):
    way = way_in(CLAUDE, text, private=False)
    assert (way.kept_out, way.address, way.left_behind) == (KeptOut.NOTHING_WRITTEN, HOME, False)


def test_a_text_in_the_address_goes_before_the_app_which_cannot_be_handed_it():
    assert way_in(CLAUDE, "hello", private=False).apps == Apps()
    assert way_in(CLAUDE, "hello", private=True).apps == APPS
    assert way_in(PLAIN, "hello", private=False).apps == APPS


def test_a_model_server_is_opened_where_one_can_chat_with_it():
    local = replace(PLAIN, chat=CHAT)
    assert way_in(local, "hello", private=False).address == CHAT
    assert way_in(local, "", private=False).address == CHAT


def test_an_alternative_of_the_picture_is_opened_as_its_service_is():
    for text in ("", *HARD):
        for private in (True, False):
            one, other = (way_in(place, text, private=private) for place in (SHOWN, CLAUDE))
            assert one == other


def test_neither_text_nor_address_is_in_what_a_log_would_print():
    assert "secret" not in repr(way_in(CLAUDE, "secret", private=False))


@pytest.mark.parametrize(
    ("place", "text", "private", "said"),
    [
        (CLAUDE, "hello", False, "Opens Claude with your text in it, which may begin at once."),
        (CLAUDE, "", False, "Opens its page."),
        (
            PLAIN,
            "hello",
            False,
            "Claude takes no text in its address: copy it here and paste it there.",
        ),
        (
            CLAUDE,
            "x" * 100_000,
            False,
            (
                "It is too long for an address (100\u00a0000 characters): copy it here and paste "
                "it there."
            ),
        ),
        (
            CLAUDE,
            "hello",
            True,
            "It is marked private, so it is put into no address: copy it here and paste it there.",
        ),
    ],
    ids=["goes along", "nothing", "takes none", "too long", "private"],
)
def test_one_sentence_says_what_becomes_of_the_text(place, text, private, said):
    assert words.sentence(way_in(place, text, private=private), English()) == said


def test_with_an_app_it_says_what_opens():
    way = way_in(CLAUDE, "", private=False)
    assert words.sentence(way, English(), app=True) == "Opens its app."
