"""Which addresses are opened, and the host that is shown before: a browser's, or none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.feeds.shape import link
from notifier.model.address import opened_host

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "robust" / "url-whatwg"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside this checkout")


def cases():
    """What browsers must do with an address: the cases of url.spec.whatwg.org."""
    rows = json.loads((CORPUS / "urltestdata.json").read_text("utf-8"))
    return [row for row in rows if isinstance(row, dict)]


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://claude.ai/new", "claude.ai"),
        ("HTTPS://Status.Example.COM", "status.example.com"),
        ("http://status.example.com:80/", "status.example.com"),
        ("https://status.example.com:80/", "status.example.com:80"),
        ("https://status.example.com./", "status.example.com"),
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
        ("http://[0:0::1]:8080/", "[::1]:8080"),
        ("https://a.example/x?y=1&z=@#part", "a.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://сlaude.ai/", "xn--laude-0ye.ai"),
        ("https://openаi.com/", "xn--openi-7ve.com"),
    ],
)
def test_where_a_link_leads_is_named_as_it_is_and_not_as_it_looks(link, host):
    assert opened_host(link) == host


@pytest.mark.parametrize(
    "link",
    [
        "//claude.ai/",
        "claude.ai",
        "mailto:a@b.example",
        "smb://host/share",
        "https://a@b.example/",
        "https://a.example:65536/",
        "https://a.example:/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://[::ffff:127.0.0.1%25eth0]/",
        "http://a..example/",
        "http://-a.example/",
        "https://faß.example/",
        "https://claude。ai/",
        "https://cla\u200bude.ai/",
        "https://xn--a/",
        "https://xn--claude-.ai/",
        "https://a.example/%zz",
        "https://a.example/a b",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 127 + "example/",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_what_needs_mending_is_not_opened(link):
    assert opened_host(link) is None


@needs_corpus
def test_nothing_is_opened_that_a_browser_would_not_open_or_take_elsewhere():
    opened = 0
    for case in cases():
        host = opened_host(case["input"])
        if host is not None:
            opened += 1
            assert not case.get("failure"), case["input"]
            assert case["protocol"] in ("http:", "https:"), case["input"]
            assert host == case["host"].removesuffix("."), case["input"]
    assert opened > 50, "the rule must still let plain links through"


@needs_corpus
def test_vendors_links_go_by_the_same_rule():
    for case in cases():
        text = case["input"]
        assert link(text) == (text if opened_host(text) else None)


@needs_corpus
def test_a_name_is_the_same_host_packed_or_not():
    for case in json.loads((CORPUS / "punycode_tests.json").read_text("utf-8")):
        host = opened_host(f"https://{case['decoded']}.example/")
        if host is not None and not case["decoded"].isascii():
            assert host == opened_host(f"https://xn--{case['encoded']}.example/")


HOSTILE = st.text(st.sampled_from("htps:/@\\.[]%#?0x7f1-éа١ßa\u200d\u202e\t xn"), max_size=40)


@given(st.one_of(st.text(max_size=40), HOSTILE), st.sampled_from(["", "https://", "http://a."]))
def test_whatever_is_written_the_host_is_plain_ascii_or_none(text, before):
    host = opened_host(before + text)
    assert host is None or (host.isascii() and host.isprintable() and " " not in host)
