"""No secret survives in a text, however it is written there; what helps to find a fault does."""

import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.doctor.redaction import GONE, Secrets, address

CANARY = "c4nary"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://status.example.edu/page", "https://status.example.edu/page"),
        ("https://me:pw@example.edu/", "https://…@example.edu/"),
        ("http://me:p/w?x#y@proxy:3128", "http://…@proxy:3128"),
        ("https://example.edu/a?token=abc#frag", "https://example.edu/a?…"),
        ("https://example.edu/hook/T0ABCDEF12345678xyz/end", "https://example.edu/hook/…/end"),
        ("https://example.edu/api/v2/summary.json", "https://example.edu/api/v2/summary.json"),
    ],
)
def test_an_address_keeps_what_says_where_it_leads(url, shown):
    assert address(url) == shown
    assert Secrets().without(f"asked {url} twice") == f"asked {shown} twice"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}xyz1",
        f"authorization='Basic {CANARY}xyz1'",
        f"x-api-key: {CANARY}xyz1",
        f"password={CANARY}",
        f'access_token="{CANARY}"',
        f"Bearer {CANARY}xyz1",
        f"proxy me:{CANARY}@proxy.example:8080",
        f"key sk-{CANARY}aaaaaaaaaaaaaaaa",
        f"GET /w?code={CANARY} HTTP/1.1",
    ],
)
def test_what_is_named_or_shaped_as_a_secret_goes(text):
    assert CANARY not in Secrets().without(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T18:00:00Z INFO notifier.app.session: AI Notifier 0.1.0 watches ['chatgpt']",
        "settings.toml, line 14: the interval must be from 30s to 1h, found 5s",
        "~/.local/state/ai-notifier/notifier.log",
        "Tray icons are shown by xfce4-panel; 2 icons, ours among them",
        "org.kde.StatusNotifierWatcher and org.freedesktop.Notifications",
        "PySide6-Essentials 6.11.3 · SQLite 3.40.1 · Linux 6.8.0-1021-aws (x86_64)",
        "The history cannot be used: its tables are not those it should have.",
        "The key store is there and open",
    ],
)
def test_what_helps_to_find_a_fault_stays(text):
    assert Secrets().without(text) == text


SETTINGS = {
    "version": 1,
    "network": {"proxy": f"http://me:{CANARY}-proxy@proxy.example:8080"},
    "service": [
        {
            "id": "campus",
            "status": f"https://{CANARY}-user:x@status.example.edu/?token={CANARY}-query",
            "probe": {"url": "https://example.edu/{key}", "key": f"{CANARY}-pasted"},
            "note": f"{CANARY}-unknown",
        }
    ],
}
HELD = [f"{CANARY}-{name}" for name in ("proxy", "user", "query", "pasted")]


def test_the_settings_keep_their_form_and_lose_their_secrets():
    cleaned = Secrets.held_by(SETTINGS, {}).settings(SETTINGS)
    assert CANARY not in json.dumps(cleaned)
    assert cleaned["network"]["proxy"] == "http://…@proxy.example:8080"
    (campus,) = cleaned["service"]
    assert campus["id"] == "campus"
    assert campus["status"] == "https://…@status.example.edu/?…"
    assert campus["probe"]["key"] == GONE
    assert campus["note"] == GONE


@pytest.mark.parametrize("secret", HELD)
def test_a_secret_of_the_settings_goes_wherever_it_stands(secret):
    secrets = Secrets.held_by(SETTINGS, {})
    for written in (secret, quote(secret + "/", safe=""), f"({secret})", f"x{secret}y"):
        assert CANARY not in secrets.without(f"it said {written} to us")


def test_a_secret_of_the_environment_goes_wherever_it_stands():
    environment = {
        "CAMPUS_API_KEY": "green parrot",
        "HTTPS_PROXY": "http://me:blue-parrot@proxy:1",
        "LANG": "en_GB.UTF-8",
    }
    secrets = Secrets.held_by(None, environment)
    said = secrets.without("a green parrot and a blue-parrot speak en_GB.UTF-8")
    assert said == "a … and a … speak en_GB.UTF-8"


def test_as_in_an_address_in_json_and_in_hexadecimal_too():
    secrets = Secrets([secret := "gr\u00fcn/er p&pagei"])
    addresses = ("gr%C3%BCn/er%20p%26pagei", "gr%C3%BCn%2Fer+p%26pagei")
    for written in (*addresses, json.dumps(secret)[1:-1], secret.encode().hex()):
        assert secrets.without(f"[{written}]") == f"[{GONE}]"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=6, max_size=40),
    st.binary(max_size=4),
    st.binary(max_size=4),
)
def test_in_base64_too_wherever_it_begins(secret, before, after):
    secrets = Secrets([secret])
    for encode in (b64encode, urlsafe_b64encode):
        written = encode(before + secret.encode() + after).decode()
        left = secrets.without(f"<{written}>")
        inside = [left[at : at + 8] for at in range(len(left) - 7)]
        stable = encode(bytes(len(before) % 3) + secret.encode()).decode()[4:-4]
        for piece in (stable[at : at + 8] for at in range(len(stable) - 7)):
            assert piece not in inside


@given(st.text())
def test_any_text_can_be_cleaned_and_is_clean_then(text):
    secrets = Secrets(["parrot"])
    once = secrets.without(text)
    assert "parrot" not in once
    assert secrets.without(once).count("parrot") == 0


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_settings_of_any_form_can_be_cleaned(tree):
    Secrets.held_by(tree, {}).settings(tree)


def test_how_a_document_is_read_is_shown_with_its_words():
    legend = {"state": "nodes[*].state", "words": {"all is lost": "major_outage"}}
    service = {"engine": "json", "json": legend | {"tokn": "c4naryc4nary"}}
    shown = Secrets().settings(service)
    assert shown == {"engine": "json", "json": legend | {"tokn": GONE}}
