"""What carries most of a person's tools is said before it fails, and nothing where nothing does."""

from dataclasses import replace

import pytest

from notifier.exposure import exposures, stands_on
from notifier.model.settings import Instead, Settings
from notifier.view.exposure import exposure
from notifier.wording.say import English
from tests.stories.story import tool

CHATGPT = tool("chatgpt", runs_on=("openai-models", "edge"), family="openai-models", vendor="Op")
CLAUDE = tool("claude", runs_on=("claude-models", "edge"), family="claude-models")
GROK = tool("grok", runs_on=("edge",))
NOTES = tool("notes", runs_on=("host",))
GEMINI = tool("gemini", runs_on=("google-models",), family="google-models")
LLAMA = tool("llama")
HOST = tool("host", can=("hosting",), runs_on=("cloud",))
CLOUD = tool("cloud", can=("infra",), runs_on=("edge",))
EDGE = tool("edge", can=("infra",))
COPILOT = tool("copilot", runs_on=("openai-models", "github"))
GITHUB = tool("github", can=("hosting", "coding"))

GROUND = (HOST, CLOUD, EDGE)


def chosen(*services, others=(), **more) -> Settings:
    return Settings(services=services, others=(*others, *GROUND), **more)


def said(settings: Settings) -> tuple[str, ...]:
    return exposure(settings, English())


def test_four_of_five_stand_on_one_thing_however_deep_it_lies():
    assert said(chosen(CHATGPT, CLAUDE, GROK, NOTES, GEMINI)) == (
        "Four of your five tools may stand on Edge; Gemini would not fall with it.",
    )


def test_all_that_lies_below_is_found_and_a_circle_ends():
    assert {"host", "cloud", "edge"} <= stands_on(NOTES, chosen(NOTES))
    one, other = tool("one", runs_on=("other",)), tool("other", runs_on=("one",))
    assert stands_on(one, Settings(services=(one, other))) == {"one", "other"}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(chosen(), id="nothing is chosen"),
        pytest.param(chosen(CHATGPT), id="one tool stands on one thing"),
        pytest.param(chosen(CHATGPT, CLAUDE, GEMINI, LLAMA), id="half of them is not most"),
        pytest.param(chosen(EDGE, CLOUD, HOST), id="what carries others is nobody's tool"),
        pytest.param(
            chosen(GROK, replace(GROK, key="grok#2"), GEMINI), id="one tool, chosen twice"
        ),
    ],
)
def test_nothing_is_said_where_tools_stand_apart(settings):
    assert said(settings) == ()


def test_where_all_stand_on_one_thing_what_would_not_fall_is_named():
    found = said(chosen(CHATGPT, CLAUDE, others=(GROK, GEMINI)))
    assert found == ("Both of your tools may stand on Edge; Gemini would not fall with it.",)


def test_only_what_the_person_may_use_is_named():
    nothing = said(chosen(CHATGPT, CLAUDE, others=(GEMINI,), instead=Instead(frozenset({"grok"}))))
    assert nothing == (
        "Both of your tools may stand on Edge, and so may all you could use instead.",
    )


def test_the_person_s_own_order_of_alternatives_comes_first():
    mine = replace(CHATGPT, fallbacks=("llama",))
    found = said(chosen(mine, CLAUDE, others=(GEMINI, LLAMA)))
    assert found[0].endswith("; Llama and Gemini would not fall with it.")


def test_models_count_as_ground_and_are_called_by_whose_they_are():
    named = {"openai-models": "OpenAI's models"}
    assert said(chosen(CHATGPT, COPILOT, GEMINI, grounds=named)) == (
        "Two of your three tools may stand on OpenAI's models; Gemini would not fall with it.",
    )


def test_who_is_a_tool_and_carries_another_falls_with_it():
    (found,) = exposures(chosen(COPILOT, GITHUB, GEMINI))
    assert (found.grounds, found.carried) == (("github",), (COPILOT, GITHUB))


def test_the_worst_comes_first_and_what_carries_the_same_is_one_sentence():
    also = replace(GEMINI, runs_on=("other", "edge"))
    grounds = chosen(
        replace(CLAUDE, runs_on=("edge", "other")),
        replace(GROK, runs_on=("edge", "other")),
        also,
        replace(LLAMA, runs_on=("edge",)),
        grounds={"other": "the other cloud"},
    )
    assert said(grounds) == (
        "All four of your tools may stand on Edge, and so may all you could use instead.",
        "Three of your four tools may stand on the other cloud; Llama would not fall with it.",
    )
