"""What of settings goes along to another computer, each value by its own rule."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.storage.settings_export import exported


def status_of(address):
    out = exported({"service": [{"id": "own", "status": address}]})
    return out.data["service"][0].get("status"), out.left_out


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/feed.atom?page=2&format=rss", "https://a.example/feed.atom?page=2&format=rss"),
        ("https://a.example/{key}/feed", "https://a.example/{key}/feed"),
        ("https://a.example:8443/x?k={key}", "https://a.example:8443/x?k={key}"),
        ("https://bob:pw@a.example/x", "https://a.example/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/?t=hunter", "https://a.example/?t={key}"),
        ("https://a.example/?hunter", "https://a.example/?{key}"),
        ("https://a.example/?hunter=", "https://a.example/?{key}="),
        ("https://a.example/?t=aGk=&format=rss", "https://a.example/?t={key}&format=rss"),
        ("https://a.example/?pin=1234", "https://a.example/?pin=1234"),
        ("https://a.example/?token=1234", "https://a.example/?token={key}"),
        ("https://a.example/token/hunter/x", "https://a.example/token/{key}/x"),
        ("https://a.example/x;v=hunter", "https://a.example/{key}"),
        ("https://a.example/0a1b2c3d4e5f6a7b8c9d/x", "https://a.example/{key}/x"),
        ("https://a.example/?a=one&b=two", None),
        ("https://a.example/{key}?b=two", None),
    ],
)  # fmt: skip
def test_what_of_the_address_of_a_page_goes_along(address, goes):
    said, left_out = status_of(address)
    assert said == goes
    assert bool(left_out) is (goes != address)


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("https://a.example/x?k=hunter", "https://a.example/x"),
        ("https://a.example/x?page=2&k=hunter&z=1", "https://a.example/x?page=2"),
        ("https://a.example/token/hunter/x", "https://a.example/token/"),
        ("https://bob@a.example/", "https://a.example/"),
    ],
)
def test_an_address_that_is_opened_ends_where_a_secret_may_begin(address, goes):
    out = exported({"service": [{"id": "own", "home": address}]})
    assert out.data["service"][0]["home"] == goes
    assert out.left_out


def test_a_key_in_the_place_of_its_name_stays_here():
    out = exported(
        {"service": [{"id": "own", "probe": {"url": "https://a.example/", "key": "sk-x"}}]}
    )
    assert "key" not in out.data["service"][0]["probe"]


def test_keys_are_named_at_the_head_and_not_said_to_be_kept_there():
    out = exported({"keys": {"kept": ["own", "push:phone", "sk-12"]}})
    assert "keys" not in out.data
    assert tomllib.loads(out.text)["export"]["keys"] == ["own", "push:phone"]


def test_what_makes_a_table_of_no_use_takes_it_along():
    out = exported(
        {
            "service": [
                {"id": "own", "status": "https://a.example/?a=b1&c=d1", "engine": "statuspage"}
            ]
        }
    )
    assert out.data["service"] == [{"id": "own"}]
    assert exported({"push": [{"name": "sk-123"}]}).data == {"version": 1}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_TABLES = st.sampled_from(
    ["service", "push", "hook", "notify", "network", "keys", "status_file", "x"]
)


@settings(deadline=None)
@given(st.dictionaries(_TABLES, _VALUES, max_size=4))
def test_settings_of_any_shape_are_given_away_without_a_crash(said):
    out = exported(said)
    assert tomllib.loads(out.text)["version"] == 1
