"""Wherever a page sends us: accepted is secure, of the same owner, and in the public network."""

from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.address import opened_host
from notifier.watch.failures import NoAnswer
from notifier.watch.outside import is_public
from notifier.watch.redirects import next_hop

HERE = "https://status.example.com/api"

LONG = pytest.param(5000, marks=[pytest.mark.slow, pytest.mark.timeout(600)])

every_place = pytest.mark.parametrize("examples", [300, LONG])

HOSTS = (
    "status.example.com", "www.example.com", "example.com", "STATUS.Example.COM",
    "example.com.evil.net", "evil.net", "notexample.com", "example.com.", "example.co",
    "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "localhost", "localhost.",
    "169.254.169.254", "10.0.0.1", "exampl\u0435.com", "example\uff0ecom", "xn--e1awd7f.com", "",
)  # fmt: skip

schemes = st.sampled_from(
    ["https://", "http://", "//", "", "file://", "HTTPS://", "https:", "ftp://"]
)
before = st.sampled_from(["", "", "me@", "status.example.com@", "a:b@", "x\\@", "%40"])
ports = st.sampled_from(["", "", ":443", ":80", ":8443", ":0", ":99999", ":x"])
after = st.sampled_from(
    [
        "",
        "/",
        "/v3",
        "#@status.example.com/",
        "?u=https://evil.net",
        "\\evil.net",
        "/../..",
        "@evil.net",
    ]
)
odd = st.sampled_from(["", "", "", "\t", "\n", "\x00", " ", "\\", "\u202e"])


plain = st.builds("https://{}{}/".format, st.sampled_from(HOSTS), ports)


@st.composite
def locations(draw):
    """What honest and dishonest servers write into `Location`."""
    parts = [draw(part) for part in (odd, schemes, before, st.sampled_from(HOSTS), ports, after)]
    parts.insert(draw(st.integers(0, len(parts))), draw(odd))
    return "".join(parts)


@every_place
def test_whoever_is_followed_is_secure_and_of_the_same_owner_however_it_is_read(examples):
    """Property 17 of faults.md; the address a name leads to is asked of `is_public`, below."""

    def holds(location, status):
        try:
            there = next_hop(HERE, location, status)
        except NoAnswer:
            return
        read = urlsplit(there)
        assert read.scheme == "https"
        for host in (read.hostname or "", opened_host(there) or "example.com"):
            name = host.partition(":")[0]
            assert name == "example.com" or name.endswith(".example.com")

    given(
        location=st.one_of(plain, locations(), locations(), st.text(max_size=40)),
        status=st.sampled_from([301, 302, 303, 307, 308]),
    )(settings(max_examples=examples, deadline=None)(holds))()


INSIDE = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
INSIDE_6 = tuple(map(ip_network, ("::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8")))

inner = st.sampled_from(INSIDE).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(lambda n: network[n])
)
inner_6 = st.sampled_from(INSIDE_6).flatmap(
    lambda network: st.integers(0, network.num_addresses - 1).map(lambda n: network[n])
)

DISGUISES = {
    "none": str,
    "mapped": lambda one: str(IPv6Address((0xFFFF << 32) | int(one))),
    "translated": lambda one: str(IPv6Address((0x64FF9B << 96) | int(one))),
    "6to4": lambda one: str(IPv6Address((0x2002 << 112) | (int(one) << 80))),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_address_of_this_network_or_computer_is_public_in_any_disguise(disguise):
    def holds(one):
        assert not is_public(DISGUISES[disguise](one))

    given(one=inner)(settings(max_examples=100, deadline=None)(holds))()


@given(one=inner_6)
def test_nor_is_one_of_the_newer_kind(one):
    assert not is_public(str(one))


@given(said=st.text(max_size=40))
def test_what_is_no_address_is_not_public(said):
    try:
        IPv4Address(said)
    except ValueError:
        try:
            IPv6Address(said)
        except ValueError:
            assert not is_public(said)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_an_address_outside_is_public_in_each_of_them(disguise):
    assert is_public(DISGUISES[disguise](IPv4Address("93.184.215.14")))
