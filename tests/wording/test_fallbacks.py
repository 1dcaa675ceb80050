"""Why an alternative is offered, and why another is not."""

from dataclasses import replace

import pytest

from notifier.model.announcement import Against, Exclusion
from notifier.wording.fallbacks import against, why
from tests.view.scene import CHATGPT, CLAUDE, COPILOT, INSTEAD, NOW, SAY


def test_an_alternative_says_what_it_can_do_and_how_fresh_the_look_is():
    assert why(INSTEAD, NOW, SAY) == ("can: chat", "checked 20 s ago")


def test_the_persons_own_choice_is_called_so():
    chosen = replace(INSTEAD, preferred=True, can=())
    assert why(chosen, NOW, SAY) == ("your own choice", "checked 20 s ago")


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        (replace(CLAUDE, runs_on=("openai-models",)), "runs on the same models"),
        (COPILOT, "runs partly on the same models"),
    ],
)
def test_who_can_run_on_other_models_too_is_refused_in_other_words(service, reason):
    refused = Exclusion(service, Against.SAME_MODELS, "openai-models")
    assert against(refused, CHATGPT, "OpenAI", SAY) == reason


def test_models_in_doubt_beside_those_of_the_failed_tool_are_not_called_the_same():
    refused = Exclusion(COPILOT, Against.SAME_MODELS, "anthropic-models")
    assert against(refused, CHATGPT, "Anthropic", SAY) == (
        "runs on models of Anthropic, which are in doubt"
    )


def test_infrastructure_is_named():
    refused = Exclusion(CLAUDE, Against.SAME_INFRASTRUCTURE, "cloudflare")
    assert against(refused, CHATGPT, "Cloudflare", SAY) == "runs on Cloudflare, which is in doubt"


def test_every_reason_against_has_its_own_words():
    said = {against(Exclusion(CLAUDE, reason), CHATGPT, "X", SAY) for reason in Against}
    assert len(said) == len(Against)
