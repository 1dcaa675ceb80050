"""How long an outage that is over stays on the board."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.threads import REMEMBERED, forget_old
from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.board import Mute, Standing, Thread, Told
from notifier.model.health import Health
from notifier.model.service import ServiceKey
from tests.judgement.boards import board, drafted, on_board, told, world
from tests.stories.story import NOON, tool

CHATTY, CLAUDIA = tool("chatty"), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
OURS = ThreadId("t-20261123-7")


def thread(**more):
    known = Thread(OURS, (CHATTY.key,), NOON - timedelta(hours=1))
    return replace(known, **more)


class TestForgetting:
    def left(self, closed, told_over=True):
        told = (
            None
            if told_over is None
            else Told(
                OURS,
                Health.MAJOR_OUTAGE,
                suspected=False,
                reason=Reason.OUTAGE,
                at=NOON,
                notice=NoticeId("n-1"),
                over=told_over,
            )
        )
        known = board(
            threads={OURS: thread(closed=closed)},
            told={OURS: told} if told else {},
            mutes={OURS: Mute()},
            standings={ServiceKey("chatty"): Standing()},
        )
        draft = drafted(known, SETTINGS)
        forget_old(draft)
        if not draft.board.threads:
            assert (draft.board.told, draft.board.mutes) == ({}, {})
        return bool(draft.board.threads)

    def test_comes_a_day_after_the_end(self):
        assert not self.left(NOON - REMEMBERED)
        assert self.left(NOON - REMEMBERED + timedelta(seconds=1))
        assert self.left(None)

    def test_waits_until_the_end_was_told_where_anything_was(self):
        assert not self.left(NOON - REMEMBERED, told_over=None)
        assert self.left(NOON - REMEMBERED, told_over=False)

    @pytest.mark.parametrize(
        ("incidents", "told_of", "days"),
        [
            pytest.param(("i1",), True, 14, id="a vendor may explain it within two weeks"),
            pytest.param((), True, 1, id="where it had an incident"),
            pytest.param(("i1",), False, 1, id="and anybody was told of it"),
        ],
    )
    def test_waits_for_what_its_vendor_may_publish_yet(self, incidents, told_of, days):
        for seconds, kept in ((-1, 1), (0, 0)):
            closed = NOON - timedelta(days=days, seconds=seconds)
            old = thread(closed=closed, incidents=incidents)
            heard = (told(old, over=True),) if told_of else ()
            draft = drafted(board(**on_board(old, told_of=heard)), SETTINGS)
            forget_old(draft)
            assert len(draft.board.threads) == kept

    def test_of_one_holds_up_no_other(self):
        fresh = thread(id=ThreadId("t-1"), closed=NOON)
        old = thread(closed=NOON - REMEMBERED)
        draft = drafted(board(threads={fresh.id: fresh, OURS: old}), SETTINGS)
        forget_old(draft)
        assert set(draft.board.threads) == {fresh.id}
