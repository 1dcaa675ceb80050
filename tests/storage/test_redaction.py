"""No secret reaches a log: neither one that was named, in any writing, nor what looks like one."""

import base64
import html
import json
import urllib.parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.storage import redaction
from notifier.storage.redaction import hide, line, redacted

WRITINGS = {
    "as it is": lambda secret: secret,
    "in an address": lambda secret: urllib.parse.quote(secret, safe=""),
    "in a form": urllib.parse.quote_plus,
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in HTML": html.escape,
    "in Python": lambda secret: repr(secret)[1:-1],
    "in base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "in base64 for addresses": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    "with a name before it in base64": lambda secret: base64.b64encode(
        f"user:{secret}".encode()
    ).decode(),
    "in hexadecimal digits": lambda secret: secret.encode().hex(),
}


@pytest.fixture(autouse=True)
def _nothing_hidden(monkeypatch):
    monkeypatch.setattr(redaction, "_known", {})


KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=60)
PASSWORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=8, max_size=20)


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.one_of(KEYS, PASSWORDS))
def test_what_was_named_secret_is_in_no_line_in_any_writing(before, after, secret):
    """Property 18 of faults.md."""
    hide(secret)
    for writing in WRITINGS.values():
        said = line(f"{before}{writing(secret)}{after}")
        for other in WRITINGS.values():
            assert other(secret) not in said
        assert secret not in urllib.parse.unquote_plus(said)


@settings(deadline=None)
@given(st.lists(KEYS, min_size=2, max_size=5))
def test_of_several_secrets_none_is_left_though_one_is_the_beginning_of_another(secrets):
    for secret in (*secrets, secrets[0] + secrets[1], secrets[0][:6]):
        hide(secret)
    said = line(" and ".join([*secrets, secrets[0] + secrets[1]]))
    assert not any(secret in said for secret in secrets)
    assert secrets[0][:6] not in said


def test_of_a_secret_that_begins_with_another_nothing_is_left_over():
    hide("canary")
    hide("canary-and-its-song")
    assert line("canary-and-its-song, canary") == "…, …"


@pytest.mark.parametrize("how", WRITINGS, ids=str)
def test_only_the_secret_is_cut_out(how):
    hide(secret := 'p%s"w/ 1 &+ü')
    said = line(f"it said [{WRITINGS[how](secret)}] to us")
    assert said in ("it said […] to us", "it said [dXNl…] to us"), "`dXNl` is base64 of `use`"


def test_what_is_too_short_to_be_a_secret_does_not_blot_out_everything():
    hide("a")
    hide("")
    assert line("all is well") == "all is well"


S = "canary-" + "0123456789abcdef"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"GET https://a.test/v1?key={S}&x=1 failed", "GET https://a.test/v1?… failed"),
        (f"GET https://a.test/v1#{S}", "GET https://a.test/v1?…"),
        (f"URL('https://a.test/v1?{S}')", "URL('https://a.test/v1?…')"),
        (f'"GET /v1/models?key={S} HTTP/1.1" 200', '"GET /v1/models?… HTTP/1.1" 200'),
        (f"to https://b.test/?to=https%3A%2F%2Fa.test%3Fkey%3D{S}", "to https://b.test/?…"),
        (f"to=https%3A%2F%2Fa.test%3Fkey%3D{S} now", "to=https%3A%2F%2Fa.test?… now"),
        (f"proxy http://me:{S}@proxy.test:3128/", "proxy http://…@proxy.test:3128/"),
        (f"socks5://{S}@proxy.test", "socks5://…@proxy.test"),
        (f"Authorization: Bearer {S}", "Authorization: …"),
        (f"Proxy-Authorization: Basic {S}", "Proxy-Authorization: …"),
        (f"{{'x-api-key': '{S}', 'accept': '*/*'}}", "{'x-api-key': '…', 'accept': '*/*'}"),
        (f"[(b'X-Goog-Api-Key', b'{S}')]", "[(b'X-Goog-Api-Key', b'…')]"),
        (rf"{{\"api-key\": \"{S}\"}}", r"{\"api-key\": \"…\"}"),
        (f'{{"access_token": "{S}"}}', '{"access_token": "…"}'),
        (f"Set-Cookie: session={S}; Path=/", "Set-Cookie: …"),
        (f"password={S}", "password=…"),
        (f"sent bearer {S}", "sent bearer …"),
        (
            "Incorrect API key provided: sk-proj-abcdefghijklmnop1234",
            "Incorrect API key provided: …",
        ),
        ("key AIzaSyA-1234567890abcdefghijklmnopqrstuv!", "key …!"),
        ("ghp_1234567890abcdefghijABCDEFGHIJ123456", "…"),
        ("gsk_1234567890abcdefghij", "…"),
        ("xai-1234567890abcdefghij", "…"),
        ("pplx-1234567890abcdefghij", "…"),
        ("hf_1234567890abcdefghij", "…"),
        (f"got {JWT} back", "got … back"),
        ("key%3Dsk-abcdefghijklmnop1234", "key%3D…"),
        (f"({base64.b64encode(b'sk-abcdefghijklmnop1234').decode()})", "(…)"),
    ],
)
def test_what_looks_like_a_secret_is_cut_out_though_nobody_named_it(text, left):
    assert redacted(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "AI Notifier 0.1 watches ['chatgpt', 'claude-api']",
        "GET https://status.openai.com/api/v2/summary.json: HTTP 503",
        "the history cannot be used: database is locked (/home/me/.local/share/x/history.db)",
        "trouble: ChatGPT is down: theirs. Is it me? No.",
        "risk-averse-people-who-wait-a-long-time, ask-me-anything-you-ever-wanted",
        "2026-11-23T12:00:00Z INFO notifier.app: looked in 95 ms, 3 of 4 = 75 %",
        "the key store is locked; the token is kept there",
        "mail to me@example.test",
    ],
)
def test_what_is_no_secret_is_left_alone(text):
    assert line(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("one\nINFO forged: two", r"one\nINFO forged: two"),
        ("\x1b[2J\x1b]0;title\x07bell\r", r"\x1b[2J\x1b]0;title\x07bell\r"),
        ("turned \u202e round, hidden \u200b, next\u2028line", None),
        ("half a pair \ud83d", r"half a pair \ud83d"),
        ("naïve 日本 😀", "naïve 日本 😀"),
    ],
)
def test_nothing_in_a_line_acts_or_ends_it(text, left):
    said = line(text)
    assert said.isprintable()
    said.encode()
    assert left in (None, said)


def test_what_is_escaped_does_not_join_the_halves_of_a_secret():
    hide("correcthorse")
    hide("correct horse")
    assert "correcthorse" not in line("correct\u200bhorse, correct\x00horse")
    assert line("correct\x00 horse; correct horse") == r"correct\x00 horse; …"


def test_a_line_has_an_end():
    said = line("x" * 1_000_000)
    assert len(said) == redaction.MOST_CHARACTERS
    assert said.endswith("…")
