"""Complaints name the line a person sees in their editor."""

import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from notifier.storage.toml_outline import Block, outline

EVERY_FORM = '''\
# a comment with [brackets] and key = "value"
version = 1
"quoted key" = 'literal # no comment'
a.b."c d" = 1979-05-27 07:32:00   # dotted

[polling]
interval = """
[not.a.table]
x = 1 \\""" still inside
five quotes""""" # and out again
next = 2

[ notify . more ]
quiet = [
    { from = "22:00", # comment ]
      to = "07:00" },
    # between
    { from = "1", to = "2" }, ]
after = true

[[service]]
id = "one"
probe = { url = "x", auth = { deep = [1, [2, 3]] } }

[service.extra]
note = \'\'\'
two ''lines\'\'\'

[network]
proxy = 'none'

[[service]]
id = "two"
parts = ["a",
  "b"]
[[service.inner]]
k = 1
[[service.inner]]
k = 2
'''.replace('{ from = "22:00", # comment ]\n      to', '{ from = "22:00", to')


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        (("version",), "version = 1"),
        (("quoted key",), '"quoted key"'),
        (("a", "b", "c d"), "a.b."),
        (("polling",), "[polling]"),
        (("polling", "next"), "next = 2"),
        (("notify", "more", "quiet", 1), '{ from = "1"'),
        (("notify", "more", "quiet", 1, "to"), '{ from = "1"'),
        (("notify", "more", "after"), "after = true"),
        (("service", 0), "[[service]]"),
        (("service", 0, "probe", "auth", "deep"), "probe = "),
        (("service", 0, "extra", "note"), "note = '''"),
        (("network", "proxy"), "proxy = 'none'"),
        (("service", 1, "id"), 'id = "two"'),
        (("service", 1, "parts", 1), '"b"]'),
        (("service", 1, "inner", 1, "k"), "k = 2"),
        (("service", 1, "missing"), "[[service]]"),
    ],
)
def test_where_a_key_stands(key, begins):
    tomllib.loads(EVERY_FORM)
    line = outline(EVERY_FORM).line_of(key)
    assert line is not None
    assert EVERY_FORM.split("\n")[line - 1].strip().startswith(begins)


def test_the_second_service_is_not_the_first():
    lines = outline(EVERY_FORM)
    first, second = (lines.line_of(("service", place)) for place in (0, 1))
    assert first is not None
    assert second is not None
    assert first < second


def test_nothing_known_has_no_line():
    assert outline("").line_of(("polling",)) is None


def test_windows_line_ends_do_not_move_lines():
    assert outline("a = 1\r\n\r\n[t]\r\nb = 2\r\n").line_of(("t", "b")) == 4


def test_a_table_reaches_to_the_end_of_its_last_value():
    blocks = outline("[a]\nx = [\n1,\n2]\n# after\n\n[b]\n").blocks
    assert blocks == (Block(("a",), 1, 4), Block(("b",), 7, 7))


NAMES = st.text(min_size=1, max_size=8)
SCALARS = (
    st.text(max_size=20)
    | st.integers(-(2**60), 2**60)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.datetimes()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_document_is_walked_to_its_end(document):
    """Every key the reader finds has a line of its own, and the order of lines is the file's."""
    text = tomlkit.dumps(document)
    said = tomllib.loads(text)
    lines = outline(text)
    for name, value in said.items():
        line = lines.line_of((name,))
        assert line is not None, name
        if isinstance(value, dict):
            assert all((name, inner) in lines.lines for inner in value)
    assert {key[0] for key in lines.lines} == set(said)
