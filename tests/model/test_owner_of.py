"""Whose a host is, near enough: held against the list the browsers go by."""

import re
from functools import cache
from pathlib import Path

import pytest

from notifier.model.service import _LET_OUT, host_of, owner_of

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "robust" / "public-suffix"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside this checkout")

REGIONAL = ("jp", "us", "ck", "mm", "cn", "uk.com")
"""Where names are sold under regions and words this rule does not know: too much is one owner."""


VENDORS = {
    "betteruptime.com", "freshstatus.io", "hund.io", "instatus.com", "sorryapp.com",
    "statuscast.com", "status.io", "statuspage.io",
}  # fmt: skip
"""Vendors of status pages, which the list does not name."""


CLOUDS = {"amazonaws.com", "googleapis.com"}
"""Where the list tells customers apart. What the catalogue asks there is the vendor's own."""


@cache
def suffixes() -> frozenset[str]:
    lines = (CORPUS / "public_suffix_list.dat").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("//"))


def registrable(host: str) -> str:
    """The registrable domain by the list's own algorithm, for names it knows."""
    labels = host.split(".")
    for start in range(len(labels)):
        rest = ".".join(labels[start:])
        wild = ".".join(["*", *labels[start + 1 :]])
        if rest in suffixes() or wild in suffixes():
            return ".".join(labels[max(start - 1, 0) :])
    return ".".join(labels[-2:])


def catalogue_hosts() -> set[str]:
    """All but this computer, which no list knows."""
    text = (ROOT / "resources" / "catalogue.toml").read_text("utf-8")
    hosts = {host_of(url) for url in re.findall(r'"(https?://[^"]+)"', text)}
    return {host for host in hosts if not host.startswith("127.")}


@needs_corpus
def test_every_host_of_the_catalogue_is_whose_the_browsers_say():
    hosts = catalogue_hosts()
    assert len(hosts) > 100
    for host in hosts:
        if registrable(host) in VENDORS:  # a page of one of their customers, or their own
            assert owner_of(host) == host
        elif (owner := owner_of(host)) not in CLOUDS:
            assert owner == registrable(host), host


@needs_corpus
def test_the_list_s_own_examples_are_grouped_alike_or_too_wide_in_known_places():
    lines = (CORPUS / "test_psl.txt").read_text("utf-8")
    told = re.findall(r"^checkPublicSuffix\('([^'A-Z]+)', '([^']+)'\);", lines, re.MULTILINE)
    assert len(told) > 40
    for host, owner in told:
        wide = owner.endswith(REGIONAL)
        assert owner_of(host) == owner or (wide and owner.endswith(owner_of(host))), host


@needs_corpus
@pytest.mark.parametrize("roof", sorted(_LET_OUT))
def test_tenants_of_one_roof_are_not_one_owner(roof):
    assert owner_of(f"a.{roof}") != owner_of(f"b.{roof}")
    assert owner_of(f"x.a.{roof}") == owner_of(f"a.{roof}")
    assert owner_of(roof) == roof
    assert (roof in suffixes()) is (roof not in VENDORS)


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("status.example.co.uk", "example.co.uk"),
        ("www.a.ac.jp", "a.ac.jp"),
        ("status.x.ai", "x.ai"),
        ("status.example.com.au:8443", "example.com.au"),
        ("co.uk", "co.uk"),
    ],
)
def test_names_that_are_sold_under_a_shared_word_are_their_buyers(host, owner):
    assert owner_of(host) == owner


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:80", "nas"])
def test_an_address_or_a_bare_name_is_its_own_owner(host):
    assert owner_of(host) == host
