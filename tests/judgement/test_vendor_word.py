"""What a vendor has said last of its own incidents, and whether it has explained them."""

from datetime import timedelta

import pytest

from notifier.judgement.vendor_word import VendorWord, explained, newest
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Phase, Update
from tests.judgement.boards import board, drafted, failed, fails, good, outage, world
from tests.stories.story import NOON, incident, report, tool

CHATTY = tool("chatty")


def said(text, minute=0):
    return Update(NOON + timedelta(minutes=minute), Phase.IDENTIFIED, text)


def undated(text):
    return Update(None, Phase.IDENTIFIED, text)


def one(id_, *updates, phase=Phase.IDENTIFIED):
    return incident(id_, Health.MAJOR_OUTAGE, "Chat", phase=phase, updates=updates)


def heard(*incidents, of=("i1",), ask=newest, sight=None):
    """What `ask` finds on a page with these incidents, for an outage of those in `of`."""
    seen = sight or good(CHATTY.page, report(Health.OPERATIONAL, *incidents))
    draft = drafted(board(seen), world(CHATTY))
    return ask(draft, CHATTY, outage("chatty", incidents=of))


class TestTheNewestWord:
    def test_is_the_last_by_its_time_wherever_it_stands(self):
        page = one("i1", said("First.", 1), said("Last.", 3), said("Between.", 2))
        assert heard(page) == VendorWord(f"i1 {said('', 3).at.isoformat()}", "Last.")

    def test_is_that_of_any_incident_of_the_outage(self):
        page = one("i1", said("Chat.", 1)), one("i2", said("Code.", 2))
        assert heard(*page, of=("i1", "i2")).text == "Code."
        assert heard(*page, of=("i1",)).text == "Chat.", "and of no other one"

    def test_edited_is_marked_as_before(self):
        before, after = heard(one("i1", said("A fix."))), heard(one("i1", said("A fix runs.")))
        assert before.mark == after.mark
        assert after.text == "A fix runs."

    def test_of_another_incident_at_the_same_minute_is_another(self):
        first = heard(one("i1", said("A fix.")))
        assert first.mark != heard(one("i2", said("A fix.")), of=("i2",)).mark

    def test_without_a_time_is_known_by_how_it_begins(self):
        begins = "x" * 120
        mark = heard(one("i1", undated(begins))).mark
        assert mark == f"i1 {begins}"
        assert heard(one("i1", undated(begins + " and so on"))).mark == mark
        assert heard(one("i1", undated("x" * 119 + "y"))).mark != mark

    def test_without_a_time_is_older_than_any_with_one(self):
        assert heard(one("i1", undated("Whenever."), said("Today."))).text == "Today."

    def test_of_two_at_one_time_is_the_first_on_the_page_where_they_are_newest_first(self):
        assert heard(one("i1", said("Last."), said("First."))).text == "Last."
        assert heard(one("i1", undated("Last."), undated("First."))).text == "Last."

    @pytest.mark.parametrize(
        "incidents",
        [(), (one("i1"),), (one("i9", said("Of another matter.")),)],
        ids=["no incident", "no word", "another incident"],
    )
    def test_may_be_none(self, incidents):
        assert heard(*incidents) == VendorWord("", "")

    def test_of_an_outage_without_an_incident_is_none(self):
        assert heard(one("i1", said("A fix.")), of=()) == VendorWord()

    def test_on_a_page_that_was_never_read_is_none(self):
        unread = fails(CHATTY.page, failed(FailureKind.TIMEOUT))
        assert heard(sight=unread) == VendorWord()
        assert heard(sight=unread, ask=explained) is False


class TestExplained:
    @pytest.mark.parametrize("phase", list(Phase))
    def test_is_what_has_a_postmortem(self, phase):
        assert heard(one("i1", phase=phase), ask=explained) is (phase is Phase.POSTMORTEM)

    def test_is_not_what_another_incident_was(self):
        other = one("i9", phase=Phase.POSTMORTEM)
        assert not heard(one("i1", phase=Phase.RESOLVED), other, ask=explained)

    def test_is_one_of_several(self):
        both = one("i1", phase=Phase.RESOLVED), one("i2", phase=Phase.POSTMORTEM)
        assert heard(*both, of=("i1", "i2"), ask=explained)
