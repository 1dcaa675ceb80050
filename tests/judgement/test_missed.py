"""What began and ended while nobody looked, by the vendors' own word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement import away
from notifier.model.announcement import ThreadId
from notifier.model.board import Thread, Topic
from notifier.model.effect import Record
from notifier.model.health import Health
from notifier.model.observation import Phase
from notifier.model.record import ThreadKept
from tests.judgement.boards import ago, board, drafted, good, of, on_board, outage, world
from tests.stories.story import NOON, incident, report, tool

CHATTY, CLAUDIA = tool("chatty", parts=("Chat",)), tool("claudia")
SETTINGS = world(CHATTY, CLAUDIA)
LEFT = NOON - timedelta(hours=1)


def resolved(id_="i1", began=3600, ended=60, *parts, phase=Phase.RESOLVED, **more):
    """An incident that began and ended so many seconds ago."""
    kept = replace(
        incident(id_, Health.OPERATIONAL, *(parts or ("Chat",)), phase=phase),
        impact=Health.PARTIAL_OUTAGE,
        started_at=ago(began).utc,
        resolved_at=ago(ended).utc,
    )
    return replace(kept, **more)


class TestWhatWasMissed:
    """Outages that began and ended, by the vendors' own word, while nobody looked."""

    def missed(self, *incidents, known=(), settings=SETTINGS, page=None, **more):
        parts = dict.fromkeys(("Chat", "Login"), Health.OPERATIONAL)
        sight = good((page or CHATTY).page, report(Health.OPERATIONAL, *incidents, **parts))
        draft = drafted(board(sight, **on_board(*known), thread_count=4, **more), settings)
        away.missed(draft, LEFT)
        return draft

    def found(self, *incidents, **more):
        draft = self.missed(*incidents, **more)
        return [entry.thread.incidents for entry in of(Record, draft)]

    def test_opens_and_closes_a_thread_of_its_own(self):
        draft = self.missed(resolved())
        thread = Thread(
            id=ThreadId("t-20261123-5"),
            services=(CHATTY.key,),
            opened=ago(3600).utc,
            incidents=("i1",),
            worst=Health.PARTIAL_OUTAGE,
            closed=ago(60).utc,
        )
        assert of(Record, draft) == [ThreadKept(thread)]
        assert draft.board.threads == {thread.id: thread}

    NOTHING = resolved(impact=Health.OPERATIONAL)

    def test_was_degraded_where_the_vendor_calls_it_nothing_and_nobody_looked(self):
        draft = self.missed(self.NOTHING, woke=ago(30))
        assert [one.worst for one in draft.board.threads.values()] == [Health.DEGRADED]
        assert self.found(self.NOTHING, woke=ago(3599)) == [("i1",)]

    def test_was_nothing_where_the_vendor_calls_it_that_and_it_was_looked_at(self):
        assert self.found(self.NOTHING, woke=ago(3600)) == []
        assert self.found(self.NOTHING) == []
        assert self.found(resolved(impact=Health.DEGRADED)) == [("i1",)], "between two looks"

    @pytest.mark.parametrize(
        ("incident", "was"),
        [
            pytest.param(resolved(), True, id="begun with it"),
            pytest.param(resolved(began=3601), False, id="begun before"),
            pytest.param(resolved(ended=0), True, id="ended just now"),
            pytest.param(resolved(ended=-1), False, id="to end a second from now"),
            pytest.param(resolved(began=60, ended=60), False, id="of no time at all"),
            pytest.param(resolved(began=60, ended=90), False, id="ended before it began"),
            pytest.param(resolved(started_at=None), False, id="begun nobody knows when"),
            pytest.param(resolved(resolved_at=None), False, id="ended nobody knows when"),
            pytest.param(resolved(phase=Phase.POSTMORTEM), True, id="explained since"),
            pytest.param(resolved(phase=Phase.MONITORING), False, id="still going on"),
        ],
    )
    def test_lay_within_that_time(self, incident, was):
        assert self.found(incident) == ([("i1",)] if was else [])

    def test_touched_what_was_chosen(self):
        assert self.found(resolved("i1", 3600, 60, "Login")) == []
        assert self.found(resolved("i1", 3600, 60, "Login", "Chat")) == [("i1",)]

    def test_touched_anything_where_nothing_was_chosen(self):
        assert self.found(resolved("i1", 3600, 60, "Login"), page=CLAUDIA) == [("i1",)]
        assert self.found(resolved(parts=()), page=CLAUDIA) == [("i1",)]
        assert self.found(resolved(parts=())) == []

    def test_is_none_of_the_outages_that_are_known(self):
        assert self.found(resolved(), known=[outage("chatty", incidents=("i0", "i1"))]) == []
        assert self.found(resolved(), known=[outage("chatty", incidents=("i0",))]) == [("i1",)]
        aside = outage("chatty", incidents=("i1",), topic=Topic.MAINTENANCE)
        assert self.found(resolved(), known=[aside]) == [("i1",)]

    def test_may_be_several(self):
        both = resolved("i1"), resolved("i0", phase=Phase.MONITORING), resolved("i2", 120, 90)
        assert self.found(*both) == [("i1",), ("i2",)]

    def test_is_unknown_where_no_page_was_read(self):
        draft = drafted(board(), SETTINGS)
        away.missed(draft, LEFT)
        assert draft.effects == []
