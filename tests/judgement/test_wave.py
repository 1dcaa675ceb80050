"""When the wave after a start or a waking is over, and what is noted then.

What it holds and what is told at its end is in test_waves.py.
"""

import pytest

from notifier.judgement import wave
from notifier.model.announcement import Silence, Withheld
from notifier.model.board import CUT_OFF, Link
from notifier.model.effect import Hush
from notifier.model.health import Health
from notifier.model.observation import FailureKind
from notifier.model.verdict import Cause, Verdict, Whose
from tests.judgement.boards import (
    FINE,
    NOW,
    REPORTED,
    UP,
    ago,
    board,
    drafted,
    failed,
    fails,
    good,
    local,
    of,
    stands,
    world,
)
from tests.stories.story import NOON, ONLINE, REFERENCES, tool

CHATTY, CLAUDIA = tool("chatty"), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
BOTH = frozenset({CHATTY.key, CLAUDIA.key})
SEEN = (good(CHATTY.page, UP), good(CLAUDIA.page, UP))

PLANNED = Verdict(Health.MAINTENANCE, Whose.NONE, None)
NOT_YET = Verdict(Health.UNKNOWN, Whose.UNCLEAR, Cause.NOT_LOOKED_YET)


def over(*sights, settings=SETTINGS, **more):
    known = board(*sights, **{"wave": BOTH, "wave_ends": NOW.later(4), **more})
    return wave.ends(drafted(known, settings))


class TestItsEnd:
    def test_is_with_the_first_look_at_the_last_of_them(self):
        assert not over(SEEN[0])
        assert over(*SEEN)

    def test_needs_no_look_at_who_is_not_of_it(self):
        assert over(SEEN[0], wave=frozenset({CHATTY.key}))

    def test_needs_a_look_and_not_a_good_one(self):
        assert over(SEEN[0], fails(CLAUDIA.page, failed(FailureKind.TIMEOUT)))

    def test_is_a_matter_of_the_page_and_of_the_front_door_where_there_is_none(self):
        assert not over(SEEN[0], good(CLAUDIA.probe))
        bare = tool("claudia", page=False)
        assert over(SEEN[0], good(bare.probe), settings=world(CHATTY, bare))

    @pytest.mark.parametrize("seconds", [0, -1])
    def test_is_when_it_has_waited_enough(self, seconds):
        assert not over(SEEN[0], wave_ends=NOW.later(0.1))
        assert over(SEEN[0], wave_ends=NOW.later(seconds))

    def test_counts_no_look_from_before_it_began(self):
        earlier = (good(CHATTY.page, UP, 25), good(CLAUDIA.page, UP))
        assert over(*earlier, wave_ends=NOW.later(0))
        assert not over(*earlier, wave_ends=NOW.later(0.1))

    def test_is_not_before_anybody_has_answered(self):
        """All may have been looked at in vain, and we not know yet that it is us."""
        silent = [fails(one.page, failed(FailureKind.TIMEOUT), 5) for one in (CHATTY, CLAUDIA)]
        assert not over(*silent)
        assert not over(*silent, wave_ends=ago(1))
        assert over(*silent, good(REFERENCES[0], ONLINE, 5))

    def test_needs_nobody_to_answer_where_all_runs_on_this_computer(self):
        llama = local()
        assert over(settings=world(llama), wave=frozenset({llama.key}), wave_ends=ago(1))

    def test_is_not_a_matter_of_time_where_none_was_set(self):
        assert not over(SEEN[0], wave_ends=None)
        assert over(*SEEN, wave_ends=None)

    def test_is_none_where_there_is_no_wave(self):
        assert not over(*SEEN, wave=frozenset())
        assert not over(wave=frozenset(), wave_ends=ago(1))

    @pytest.mark.parametrize("link", list(Link))
    def test_waits_while_nothing_can_be_seen_from_here(self, link):
        assert over(*SEEN, link=link, wave_ends=ago(1)) is (link not in CUT_OFF)


class TestWhatIsNoted:
    def ended(self, wave_of=BOTH, waking=False, settings=SETTINGS, **verdicts):
        known = board(wave=wave_of, wave_ends=ago(0), waking=waking, standings=stands(**verdicts))
        draft = drafted(known, settings)
        wave.end(draft)
        assert (draft.board.wave, draft.board.wave_ends) == (frozenset(), None)
        assert draft.board.waking is False
        return of(Hush, draft)

    BASELINE = Withheld(NOON, None, (CHATTY.key, CLAUDIA.key), Silence.BASELINE)

    def test_is_that_all_is_well_at_a_start(self):
        assert self.ended(chatty=FINE, claudia=FINE) == [self.BASELINE]
        assert self.ended(chatty=FINE, claudia=PLANNED) == [self.BASELINE]

    def test_names_them_in_the_order_of_the_settings(self):
        turned = world(CLAUDIA, tool("third"), CHATTY)
        (noted,) = self.ended(chatty=FINE, claudia=FINE, third=REPORTED, settings=turned)
        assert noted.services == (CLAUDIA.key, CHATTY.key)

    @pytest.mark.parametrize("other", [REPORTED, NOT_YET])
    def test_is_nothing_where_one_of_them_is_not(self, other):
        assert self.ended(chatty=FINE, claudia=other) == []
        assert self.ended(chatty=FINE) == [], "or was never judged"

    def test_is_nothing_at_a_waking(self):
        assert self.ended(chatty=FINE, claudia=FINE, waking=True) == []
