"""Notices on their way: only what a channel delivered is told; what none took is owed."""

from dataclasses import replace

import pytest

from notifier.judgement import delivery
from notifier.model.announcement import Announcement, NoticeId, Reason, Silence
from notifier.model.effect import Announce, Record
from notifier.model.health import Health
from notifier.model.record import NoticeHeard, NoticeOwed, NoticeWithdrawn
from notifier.model.verdict import Cause
from tests.judgement.boards import (
    NOW,
    SUSPECTED,
    board,
    drafted,
    notice,
    of,
    on_board,
    outage,
    told,
    world,
)
from tests.stories.story import NOON, tool

ONE, TWO = outage("chatty"), outage("claudia")
SETTINGS = world(tool("chatty"), tool("claudia"))


def draft_with(**more):
    return drafted(board(**{"notice_count": 4, **on_board(ONE, TWO), **more}), SETTINGS)


class TestHandedOver:
    def test_has_the_next_number_and_waits_for_an_answer(self):
        draft = draft_with()
        assert delivery.next_notice(draft) == "n-5"
        handed = notice(ONE, id_="n-5")
        delivery.announce(draft, handed)
        assert draft.effects == [Announce(handed)]
        assert draft.board.on_offer == {"n-5": handed}
        assert draft.board.notice_count == 5
        assert draft.board.told == {}

    def test_stands_beside_others_on_their_way(self):
        other = notice(TWO, id_="n-4")
        draft = draft_with(on_offer={other.id: other})
        delivery.announce(draft, notice(ONE, id_="n-5"))
        assert set(draft.board.on_offer) == {"n-4", "n-5"}

    def test_ends_the_silence_about_its_threads_and_no_other(self):
        silences = {
            ONE.id: (Silence.PAUSED, Reason.OUTAGE),
            TWO.id: (Silence.LEVEL, Reason.OUTAGE),
        }
        draft = draft_with(silences=silences)
        delivery.announce(draft, notice(ONE, id_="n-5"))
        assert set(draft.board.silences) == {TWO.id}

    def test_takes_the_place_of_what_was_owed_of_its_threads(self):
        first, second = notice(ONE, id_="n-1"), notice(TWO, id_="n-2")
        draft = draft_with(owed={first.id: first, second.id: second})
        delivery.announce(draft, notice(ONE, id_="n-5"))
        assert set(draft.board.owed) == {"n-2"}
        assert of(Record, draft) == [NoticeWithdrawn(NoticeId("n-1"), NOON)]


def ended(announcement):
    """The same of what is over."""
    subjects = tuple(replace(one, duration=600.0) for one in announcement.subjects)
    return replace(announcement, subjects=subjects)


class TestHeard:
    def heard(self, announcement, **more):
        draft = draft_with(**{"on_offer": {announcement.id: announcement}, **more})
        delivery.heard(draft, announcement.id, "desktop", "17")
        return draft

    def test_is_told_and_written_down(self):
        draft = self.heard(notice(ONE))
        (known,) = draft.board.told.values()
        assert (known.thread, known.health, known.suspected) == (
            ONE.id, Health.MAJOR_OUTAGE, False,
        )  # fmt: skip
        assert (known.reason, known.at, known.notice) == (Reason.OUTAGE, NOON, "n-1")
        assert not known.over
        assert of(Record, draft) == [NoticeHeard(NoticeId("n-1"), NOON, "desktop", "17", (known,))]
        assert draft.touched == {"chatty"}
        assert draft.board.on_offer == {}

    def test_of_several_all_are_told_and_nobody_else_is_forgotten(self):
        third = outage("third")
        before = {third.id: told(third)}
        draft = self.heard(notice(ONE, TWO), told=before)
        assert set(draft.board.told) == {ONE.id, TWO.id, third.id}

    def test_of_an_end_it_is_over_and_well(self):
        draft = self.heard(ended(notice(ONE, reason=Reason.RECOVERED)))
        known = draft.board.told[ONE.id]
        assert (known.over, known.health, known.suspected) == (True, Health.OPERATIONAL, False)

    @pytest.mark.parametrize("reason", list(Reason))
    def test_of_what_is_over_it_is_over_where_the_notice_tells_of_ends(self, reason):
        known = self.heard(ended(notice(ONE, reason=reason))).board.told[ONE.id]
        assert known.over is (reason in {
            Reason.RECOVERED, Reason.SUMMARY, Reason.WHILE_AWAY, Reason.CAUSE_PUBLISHED,
        })  # fmt: skip
        assert not self.heard(notice(ONE, reason=reason)).board.told[ONE.id].over

    def test_of_a_suspicion_it_is_one_until_its_end(self):
        one = notice(ONE)
        guess = replace(one, subjects=(replace(one.subjects[0], verdict=SUSPECTED),))
        assert self.heard(guess).board.told[ONE.id].suspected
        recovered = ended(replace(guess, reason=Reason.RECOVERED))
        assert not self.heard(recovered).board.told[ONE.id].suspected

    def test_it_is_known_as_part_of_what_and_up_to_which_word(self):
        (subject,) = notice(ONE).subjects
        part = replace(subject, root=TWO.id, said="i1 noon")
        known = self.heard(replace(notice(ONE), subjects=(part,))).board.told[ONE.id]
        assert (known.root, known.said) == (TWO.id, "i1 noon")
        aside = Announcement(NoticeId("n-1"), NOW, Reason.OFFLINE, (), connection=ONE.id)
        known = self.heard(aside).board.told[ONE.id]
        assert (known.root, known.said) == (None, "")

    def test_counts_as_shown_for_an_hour(self):
        before = tuple(NOW.steady - ago for ago in (7200, 3600, 3599, 60))
        draft = self.heard(notice(ONE), shown_at=before)
        assert draft.board.shown_at == (*before[2:], NOW.steady)

    def test_of_our_own_connection_the_thread_is_told(self):
        aside = Announcement(
            NoticeId("n-1"), NOW, Reason.OFFLINE, (), connection=ONE.id, cause=Cause.DNS
        )
        draft = self.heard(aside)
        assert draft.board.told[ONE.id].health is Health.UNKNOWN
        assert draft.touched == set()

    def test_late_it_is_owed_no_more(self):
        owed = notice(ONE)
        draft = self.heard(owed, on_offer={}, owed={owed.id: owed})
        assert draft.board.owed == {}
        assert ONE.id in draft.board.told

    def test_of_what_was_taken_back_meanwhile_is_nothing(self):
        draft = draft_with()
        delivery.heard(draft, NoticeId("n-9"), "desktop", "")
        assert (draft.board.told, draft.effects) == ({}, [])

    def test_leaves_others_on_their_way(self):
        other = notice(TWO, id_="n-2")
        one = notice(ONE)
        draft = self.heard(one, on_offer={one.id: one, other.id: other})
        assert set(draft.board.on_offer) == {"n-2"}


class TestUnheard:
    def test_is_owed_and_written_down_with_the_reason(self):
        one, other = notice(ONE), notice(TWO, id_="n-2")
        draft = draft_with(on_offer={one.id: one}, owed={other.id: other})
        delivery.unheard(draft, one.id, "no daemon")
        assert draft.board.owed == {one.id: one, other.id: other}
        assert draft.board.on_offer == {}
        assert of(Record, draft) == [NoticeOwed(one.id, NOON, "no daemon")]

    def test_of_what_was_taken_back_meanwhile_is_nothing(self):
        draft = draft_with()
        delivery.unheard(draft, NoticeId("n-9"), "no daemon")
        assert (draft.board.owed, draft.effects) == ({}, [])


def test_what_is_owed_of_a_thread_falls_away_with_it_and_nothing_else():
    one, both, other = notice(ONE), notice(ONE, TWO, id_="n-2"), notice(TWO, id_="n-3")
    draft = draft_with(owed={own.id: own for own in (other, one, both)})
    delivery.drop_owed(draft, ONE.id)
    assert set(draft.board.owed) == {"n-3"}
    assert of(Record, draft) == [
        NoticeWithdrawn(NoticeId("n-1"), NOON), NoticeWithdrawn(NoticeId("n-2"), NOON),
    ]  # fmt: skip
