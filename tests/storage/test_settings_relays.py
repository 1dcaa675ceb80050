"""`[[push]]` and `[[hook]]` of settings.toml: what they mean, and what is complained of."""

from pathlib import Path

import pytest

from notifier.model.announcement import Reason
from notifier.model.relay import Hook, Push
from notifier.storage import settings_file

SECRET = "ntfy://canary-token@ntfy.example.test/topic"


@pytest.fixture
def settings(tmp_path):
    """Write settings.toml and read it: what was chosen, and what was complained of."""

    def written(text):
        path = tmp_path / "settings.toml"
        path.write_text(text)
        choices, complaints = settings_file.read(path)
        return choices, [str(complaint) for complaint in complaints]

    return written


def test_the_documented_example_is_understood_whole(settings):
    choices, complaints = settings("""
[[push]]
name = "phone"
reasons = ["outage", "worse", "recovered"]

[[push]]
name = "team"

[[hook]]
run = ["~/bin/lamp", "--room", "study"]
timeout = "5s"
reasons = ["outage", "recovered"]

[[hook]]
run = ["/usr/bin/logger"]

[keys]
kept = ["openai-api", "push:phone", "push:team"]
""")
    assert complaints == []
    some = frozenset({Reason.OUTAGE, Reason.WORSE, Reason.RECOVERED})
    assert choices.pushes == (Push("phone", some), Push("team"))
    assert choices.hooks == (
        Hook((f"{Path.home()}/bin/lamp", "--room", "study"), 5.0, some - {Reason.WORSE}),
        Hook(("/usr/bin/logger",), 10.0),
    )
    assert choices.keys == ("openai-api", "push:phone", "push:team")
    assert [push.entry for push in choices.pushes] == ["push:phone", "push:team"]
    assert [hook.name for hook in choices.hooks] == ["lamp", "logger"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[[push]]\n", 1, '"name" is missing; this push is left out.'),
        ('[[push]]\nname = "a b"', 2, '"name" must be the name of an entry in the key store'),
        (
            '[[push]]\nname = "phone"\nreasons = ["outages"]',
            3,
            'each of "reasons" must be "suspected", "outage"',
        ),
        (
            '[[push]]\nname = "phone"\n[[push]]\nname = "phone"',
            4,
            '"name" is taken by another [[push]]; this one is left out.',
        ),
        ('push = "phone"', 1, '"push" must be written as [[push]], one for each.'),
        ("[[hook]]\n", 1, '"run" is missing; this hook is left out.'),
        ('[[hook]]\nrun = "lamp on"', 2, '"run" must be a list that begins with the whole path'),
        ("[[hook]]\nrun = []", 2, '"run" must be a list that begins with the whole path'),
        ('[[hook]]\nrun = ["lamp"]', 2, '"run" must be a list that begins with the whole path'),
        ('[[hook]]\nrun = ["./lamp"]', 2, '"run" must be a list that begins with the whole path'),
        ('[[hook]]\nrun = ["~nobody-here/x"]', 2, '"run" must be a list that begins'),
        ('[[hook]]\nrun = ["/bin/x", 1]', 2, '"run" must be a list that begins'),
        ('[[hook]]\nrun = ["/bin/x", "a\\u0000b"]', 2, '"run" must be a list that begins'),
        (
            '[[hook]]\nrun = ["/bin/x"]\ntimeout = "10m"',
            3,
            '"timeout" must be a time such as "10s", between 1s and 1m; it says "10m".',
        ),
        ('[[hook]]\nrun = ["/bin/x"]\nshell = true', 3, '"shell" is not a setting this version'),
        ('[keys]\nkept = ["push:a b"]', 2, 'each of "kept" must be the name of an entry'),
    ],
)
def test_a_wrong_value_is_named_with_its_line(settings, text, line, says):
    _, complaints = settings(text)
    assert len(complaints) == 1, complaints
    assert complaints[0].startswith(f"settings.toml, line {line}: {says}")


@pytest.mark.parametrize(
    "text",
    [
        f'[[push]]\nname = "{SECRET}"',
        f'[[push]]\nname = "phone"\naddress = "{SECRET}"',
        f'[[push]]\nname = "phone"\nurl = ["{SECRET}"]',
        f'[[hook]]\nrun = "lamp {SECRET}"',
        f'[[hook]]\nrun = ["lamp", "{SECRET}"]',
        f'[keys]\nkept = ["{SECRET}"]',
    ],
)
def test_what_may_be_an_address_is_not_repeated(settings, text):
    _, complaints = settings(text)
    assert len(complaints) == 1, complaints
    assert "canary" not in complaints[0]


def test_an_address_in_the_file_is_sent_where_it_belongs(settings):
    choices, complaints = settings(f'[[push]]\nname = "phone"\nurl = "{SECRET}"')
    (complaint,) = complaints
    assert complaint == (
        'settings.toml, line 3: the address of a push is a secret: take "url" out of this file, '
        "and hand it to `notifier key set push:phone`."
    )
    assert choices.pushes == (Push("phone"),)


def test_no_key_of_a_service_is_the_address_of_a_push(settings):
    """Or a line of the settings would send it to anybody."""
    probe = 'probe = { url = "https://x.example.test/", auth = "bearer", key = "push:phone" }'
    choices, complaints = settings(f'[[service]]\nid = "x"\n{probe}')
    assert choices.watched[0].probe.key is None
    assert '"key" must be the name of an entry' in complaints[0]


def test_a_key_kept_beside_it_stays_when_an_address_is_noted(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\nkept = ["openai-api"]\n\n[[push]]\nname = "phone"\n')
    assert settings_file.keep_key(path, "push:phone", kept=True)
    choices, complaints = settings_file.read(path)
    assert (choices.keys, complaints) == (("openai-api", "push:phone"), ())
    assert settings_file.keep_key(path, "push:phone", kept=False)
    assert settings_file.read(path)[0].keys == ("openai-api",)
    assert settings_file.read(path)[0].pushes == (Push("phone"),)
