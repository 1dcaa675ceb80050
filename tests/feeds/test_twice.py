"""A name that stands twice in one object: found whatever stands around it, and nowhere else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.feeds.shape import Unreadable, document

# Colons, quotes, backslashes, and what vendors write as escapes: all that could mislead a count.
LETTERS = st.sampled_from(["a", "b", ":", '"', "\\", "&", "<", "\n", "é", "😀", "\u2028"])
WORDS = st.text(LETTERS, max_size=4)
SPACE = st.sampled_from(["", "", "", " ", "\n  "])


@st.composite
def written(draw, word):
    """A text as somebody may write it: each letter itself or, longer, as an escape."""
    letters = []
    for letter in word:
        plain = json.dumps(letter, ensure_ascii=False)[1:-1]
        escape = json.dumps(letter)[1:-1]
        hexed = f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else escape
        letters.append(draw(st.sampled_from([plain, plain, escape, hexed])))
    return f'"{"".join(letters)}"'


SCALARS = st.one_of(
    WORDS.flatmap(written),
    st.sampled_from(["true", "null", "0", "-1.5", "1e5", "123456789012345678901234567890"]),
)


@st.composite
def objects(draw, inner):
    pairs = draw(st.lists(st.tuples(WORDS, inner), max_size=4))
    space = draw(SPACE)
    said = [f"{draw(written(name))}{space}:{space}{value}" for name, value in pairs]
    return "{" + f"{space},".join(said) + "}"


DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        objects(inner), st.lists(inner, max_size=4).map(lambda them: f"[{','.join(them)}]")
    ),
    max_leaves=12,
)


def says_twice(text):
    """The slow way that cannot be wrong: look at every object."""
    found = []

    def look(pairs):
        found.append(len({name for name, _ in pairs}) < len(pairs))

    json.loads(text, object_pairs_hook=look)
    return any(found)


@given(DOCUMENTS)
def test_it_is_found_exactly_where_it_stands(text):
    if says_twice(text):
        with pytest.raises(Unreadable, match="twice"):
            document(text.encode())
    else:
        document(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        r'{"status": "down", "status": "\u003a"}',
        r'{"status": "down", "status": "\u003A"}',
        r'{"a": "\u003a", "b": {"c": 1, "c": 2}}',
        r'{"st\u0061tus": "down", "status": "up"}',
        r'{"a&b":1,"a\u0026b":2}',
        r'{"a":{"b":1,"b":[]},"c":"\\u003a"}',
        r'{"a":1,"a":1e6,"b":"\n"}',  # written again it is exactly as long
    ],
)
def test_no_escape_hides_it(text):
    with pytest.raises(Unreadable, match="twice"):
        document(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        r'{"a":"R\u0026D","b":"\u003cp\u003e: said","c":"x\n\"y\":\\"}',
        r'{"a":"\\u0026","b":"\\\u0026"}',
        r'{"a": ":", "b": "\u003a", "c": ["::", {"a": 1}]}',
        '{"a":"' + r"\u0026" * 5000 + '"}',
        '{"a":"' + r"\n:" * 5000 + r'\u003a"}',
    ],
)
def test_nothing_else_is_taken_for_it(text):
    assert document(text.encode()) == json.loads(text)
