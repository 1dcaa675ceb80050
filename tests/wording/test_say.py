"""The translator takes every value as it stands."""

import pytest

from notifier.wording.say import English

SAY = English()


@pytest.mark.parametrize(
    "name",
    [
        "{x}",
        "{0}",
        "{name.upper}",
        "%s",
        "%(name)s",
        "Fish & Chips",
        "<b>bold</b>",
        "a\\n",
        "100 %",
    ],
)
def test_a_name_is_never_read_as_a_format(name):
    assert SAY("{name} is down.", name=name) == f"{name} is down."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Chat\x1b[31mGPT", "Chat [31mGPT"),
        ("Chat\u202eGPT", "ChatGPT"),
        ("Chat\nGPT", "Chat GPT"),
        ("Chat\x00GPT", "Chat GPT"),
        ("Le Chat à côté", "Le Chat à côté"),
        ("通义千问", "通义千问"),
    ],
)
def test_a_name_cannot_act_upon_the_text_around_it(name, said):
    assert SAY("{name}", name=name) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 tools"), (1, "1 tool"), (2, "2 tools"), (21, "21 tools")]
)
def test_plurals(count, said):
    assert SAY.plural("{count} tool", "{count} tools", count) == said
