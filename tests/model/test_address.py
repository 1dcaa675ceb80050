"""Where an address leads."""

from hypothesis import given
from hypothesis import strategies as st

from notifier.model.address import place


@given(st.text("abz019.-/_~A:", max_size=12))
def test_what_needs_no_reading_is_read_as_everything_else_is(rest):
    """A fragment changes nothing but the way by which it is found out."""
    assert place(f"https://a{rest}") == place(f"https://a{rest}#there")
