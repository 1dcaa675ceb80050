"""What of an address may be passed on: the place, and nothing that may be secret or one's own."""

import pytest

from notifier.model.address import told_to_others


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("https://status.openai.com/", "https://status.openai.com"),
        ("https://Status.OpenAI.com:443/a/b", "https://status.openai.com/a/b"),
        ("http://status.example.org:8080/x", "http://status.example.org:8080/x"),
        ("https://status.example.org/feed?key=s3cret#top", "https://status.example.org/feed"),
        ("https://8.8.8.8/", "https://8.8.8.8"),
        ("https://[2001:4860:4860::8888]/a", "https://[2001:4860:4860::8888]/a"),
    ],
)
def test_a_public_place_is_named(link, told):
    assert told_to_others(link) == told


@pytest.mark.parametrize(
    "link",
    [
        "",
        "nonsense",
        "https://user:password@status.example.org/",
        "https://status.example.org/{key}/feed",
        "http://127.0.0.1:11434/",
        "http://[::1]/",
        "http://192.168.1.7/",
        "http://[fe80::1]/",
        "http://localhost/",
        "http://my-laptop:3000/status",
        "http://nas.local/",
        "https://llm.corp.internal/",
        "http://router.lan/",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_what_is_secret_or_ones_own_is_not(link):
    assert told_to_others(link) == ""
