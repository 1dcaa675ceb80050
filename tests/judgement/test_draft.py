"""A board in the making: what is put on it, what is asked for, what is touched."""

from dataclasses import replace

from notifier.judgement.draft import without
from notifier.model.announcement import NoticeId, Reason, Silence, ThreadId, Withheld
from notifier.model.board import Mute
from notifier.model.effect import Hush, LookAt, Record, Withdraw
from notifier.model.record import PauseKept, SilenceKept, ThreadKept
from notifier.model.service import SourceId
from tests.judgement.boards import FINE, board, drafted, on_board, outage, stands, told, world
from tests.stories.story import NOON, tool

ONE, TWO = outage("chatty"), outage("claudia")
SETTINGS = world(tool("chatty"), tool("claudia"))


def test_without_leaves_the_rest_and_the_original_alone():
    all_three = {"a": 1, "b": 2, "c": 3}
    assert without(all_three, "a", "c", "d") == {"b": 2}
    assert without(all_three) == all_three
    assert len(all_three) == 3


def test_a_look_is_wanted_now_and_in_its_turn_if_not_said_otherwise():
    draft = drafted(board(), SETTINGS)
    draft.look_at(SourceId("a"))
    draft.look_at(SourceId("b"), after=5.0, early=True)
    assert draft.effects == [
        LookAt(SourceId("a"), 0.0, early=False, confirming=False),
        LookAt(SourceId("b"), 5.0, early=True, confirming=False),
    ]


def test_effects_come_in_the_order_they_were_wanted_in():
    draft = drafted(board(), SETTINGS)
    withdraw = Withdraw(NoticeId("n-1"), ThreadId("t-1"), ())
    draft.want(withdraw)
    draft.record(PauseKept(None))
    assert draft.effects == [withdraw, Record(PauseKept(None))]


def test_a_standing_is_put_beside_the_others_and_its_service_touched():
    draft = drafted(board(standings=stands(claudia=FINE)), SETTINGS)
    (key, standing), *_ = stands(chatty=FINE).items()
    draft.stand(key, standing)
    assert set(draft.board.standings) == {"chatty", "claudia"}
    assert draft.board.standings[key] is standing
    assert draft.touched == {"chatty"}


def test_what_a_draft_puts_on_its_board_is_on_no_other():
    before = board(standings=stands(claudia=FINE))
    draft = drafted(before, SETTINGS)
    for key, standing in stands(chatty=FINE, third=FINE).items():
        draft.stand(key, standing)
    assert (set(before.standings), len(draft.board.standings)) == ({"claudia"}, 3)
    draft.board = before
    draft.stand(key, standing)
    assert (set(before.standings), set(draft.board.standings)) == ({"claudia"}, {"claudia", key})


def test_a_standing_just_as_it_was_is_no_news_and_ends_none():
    draft = drafted(board(), SETTINGS)
    (key, standing), *_ = stands(chatty=FINE).items()
    draft.stand(key, standing, news=False)
    assert (draft.touched, draft.news) == ({"chatty"}, False)
    draft.stand(key, standing)
    draft.stand(key, standing, news=False)
    assert draft.news


def test_a_thread_is_put_beside_the_others_and_written_down():
    draft = drafted(board(**on_board(TWO)), SETTINGS)
    draft.keep(ONE)
    assert draft.board.threads == {TWO.id: TWO, ONE.id: ONE}
    assert draft.effects == [Record(ThreadKept(ONE))]
    assert (draft.touched, draft.news) == ({"chatty"}, True)


def test_a_thread_is_forgotten_with_all_that_is_known_of_it_and_no_other():
    silence = (Silence.PAUSED, Reason.OUTAGE)
    draft = drafted(
        board(
            **on_board(ONE, TWO, told_of=(told(ONE), told(TWO))),
            silences={ONE.id: silence, TWO.id: silence},
            mutes={ONE.id: Mute(), TWO.id: Mute()},
        ),
        SETTINGS,
    )
    draft.drop_thread(ONE.id)
    left = draft.board
    assert set(left.threads) == set(left.told) == set(left.silences) == set(left.mutes) == {TWO.id}


def test_a_silence_is_seen_and_written_down():
    draft = drafted(board(), SETTINGS)
    draft.hush_all(Silence.OFFLINE)
    withheld = Withheld(NOON, None, ("chatty", "claudia"), Silence.OFFLINE)
    assert draft.effects == [Hush(withheld), Record(SilenceKept(withheld))]


def test_a_board_with_other_sights_or_standings_is_the_same_in_all_else():
    known = board(standings=stands(claudia=FINE), **on_board(ONE, TWO))
    assert known.with_sights({}) == replace(known, sights={})
    assert known.with_standings({}) == replace(known, standings={}) != known
