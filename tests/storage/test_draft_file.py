"""A draft that is kept: for its writer alone, whole, and gone without a trace when it is to go."""

import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifier.model.way_in import MOST_WRITTEN
from notifier.storage.draft_file import Kept, NotKept, forget, keep, read


@pytest.fixture
def file(tmp_path):
    return tmp_path / "me" / "data" / "draft.txt"


def test_nobody_else_can_read_it_and_nothing_lies_beside_it(file):
    before = os.umask(0)
    try:
        keep(file, "secret", private=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.booleans())
def test_it_comes_back_as_it_was(file, text, private):
    keep(file, text, private=private)
    assert read(file) == Kept(text, private)


def test_the_largest_comes_back_too(file):
    keep(file, "x" * MOST_WRITTEN, private=True)
    assert read(file) == Kept("x" * MOST_WRITTEN, private=True)


def test_forgotten_nothing_of_it_is_left_not_even_what_a_killed_process_had_begun(file):
    keep(file, "secret", private=False)
    (file.parent / ".draft.txt.new-abc").write_text("secret")
    (file.parent / "history.db").write_text("")
    forget(file)
    assert [one.name for one in file.parent.iterdir()] == ["history.db"]
    forget(file)
    assert read(file) is None


@pytest.mark.parametrize("theirs", [b"", b"a letter\n", b"\xff\xfe", b"AI Notifier: dra"], ids=repr)
def test_what_is_no_draft_of_ours_is_not_taken_for_one(file, theirs):
    file.parent.mkdir(parents=True)
    file.write_bytes(theirs)
    assert read(file) is None


def test_where_it_cannot_be_kept_there_is_a_sentence(tmp_path):
    (tmp_path / "me").write_text("a file where a folder should be")
    with pytest.raises(NotKept, match="cannot be"):
        keep(tmp_path / "me" / "data" / "draft.txt", "secret", private=False)


def test_a_log_that_quotes_it_quotes_no_word_of_it(file):
    keep(file, "secret", private=False)
    assert "secret" not in repr(read(file))
