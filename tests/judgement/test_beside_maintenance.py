"""Maintenance a vendor announces: told a day ahead, once, and withdrawn when it begins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.beside import maintenance, tell_ahead
from notifier.judgement.beside.maintenance import AHEAD
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Machine, Topic
from notifier.model.effect import Hush
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Maintenance, MaintenancePhase, PartName
from notifier.model.service import PartRef
from notifier.model.settings_words import Level
from notifier.model.verdict import NOT_JUDGED
from tests.judgement.boards import (
    UP,
    announced,
    board,
    drafted,
    failed,
    fails,
    good,
    of,
    on_board,
    outage,
    told,
    withdrawn,
    world,
)
from tests.stories.story import NOON, report, tool

WEB = tool("web", parts=("Chat",))
CODE = replace(tool("code", parts=("Code",)), page=WEB.page)
CLAUDIA = tool("claudia")
SETTINGS = world(WEB, CODE, CLAUDIA)

BEGINS, ENDS = NOON + timedelta(hours=5), NOON + timedelta(hours=7)


def planned(*parts, id_="m1", phase=MaintenancePhase.SCHEDULED, **more):
    """One of the parts that are named, five hours from now."""
    names = tuple(PartName(f"id-{part}", part) for part in parts)
    return replace(Maintenance(id_, "Database move", phase, names, BEGINS, ENDS), **more)


def page(*ones):
    parts = dict.fromkeys(("Chat", "Code", "Login"), Health.OPERATIONAL)
    return report(Health.OPERATIONAL, maintenance=ones, **parts)


def announcing(*ones, of=WEB, threads=(), told_of=(), sights=(), settings=SETTINGS, **more):
    """A draft after a page that announces these was read, and the rule asked."""
    every = (good(of.page, page(*ones)), *sights)
    known = {**on_board(*threads, told_of=told_of), "thread_count": 4, "notice_count": 4, **more}
    draft = drafted(board(*every, **known), settings)
    maintenance.tell(draft)
    return draft


def names(draft):
    """Of whom each notice speaks."""
    return [[subject.service.key for subject in one.subjects] for one in announced(draft)]


def open_ones(draft):
    return [one for one in draft.board.threads.values() if one.is_open(Topic.MAINTENANCE)]


def known(id_="m1", *keys, page_id=WEB.page.id, **more):
    """The thread of one that was begun to be told of."""
    thread = outage("web", "t-m", topic=Topic.MAINTENANCE, incidents=(f"{page_id} {id_}",))
    return replace(thread, services=keys or ("web",), **more)


class TestANotice:
    def test_says_of_what_and_from_when_to_when(self):
        draft = announcing(planned("Chat"))
        (said,) = announced(draft)
        assert (said.reason, said.span, said.connection) == (
            Reason.MAINTENANCE, (BEGINS, ENDS), None,
        )  # fmt: skip
        (subject,) = said.subjects
        assert (subject.service, subject.verdict, subject.since) == (WEB, NOT_JUDGED, NOON)
        assert subject.duration is None

    def test_begins_a_thread_that_is_known_by_its_page_and_id(self):
        (thread,) = open_ones(announcing(planned("Chat")))
        assert (thread.services, thread.opened) == (("web",), NOON)
        assert thread.incidents == (f"{WEB.page.id} m1",)

    def test_may_not_know_its_end(self):
        (said,) = announced(announcing(planned("Chat", ends_at=None)))
        assert said.span == (BEGINS, None)

    def test_is_one_of_all_it_touches(self):
        assert names(announcing(planned("Code", "Chat"))) == [["web", "code"]]

    def test_is_one_for_each_maintenance(self):
        draft = announcing(planned("Chat"), planned("Code", id_="m2"))
        assert names(draft) == [["web"], ["code"]]

    def test_is_another_for_the_same_id_of_another_vendor(self):
        other = good(CLAUDIA.page, page(planned("Chat")))
        draft = announcing(planned("Chat"), sights=(other,))
        assert names(draft) == [["web"], ["claudia"]]
        assert len(open_ones(draft)) == 2

    def test_comes_once(self):
        thread = known()
        draft = announcing(planned("Chat"), threads=(thread,), told_of=(told(thread),))
        assert draft.effects == []
        draft = announcing(planned("Chat"), threads=(thread,))
        assert names(draft) == [["web"]], "it was not told yet"
        assert open_ones(draft) == [thread]

    def test_comes_at_a_tick(self):
        draft = drafted(board(good(WEB.page, page(planned("Chat")))), SETTINGS)
        tell_ahead(draft)
        assert names(draft) == [["web"]]


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("begins", "is_told"),
        [
            pytest.param(AHEAD, True, id="a day ahead"),
            pytest.param(AHEAD + timedelta(seconds=1), False, id="no second before"),
            pytest.param(timedelta(seconds=1), True, id="a second ahead"),
            pytest.param(timedelta(0), False, id="not when it begins"),
            pytest.param(timedelta(seconds=-1), False, id="not after"),
        ],
    )
    def test_begins_within_a_day(self, begins, is_told):
        draft = announcing(planned("Chat", starts_at=NOON + begins))
        assert names(draft) == ([["web"]] if is_told else [])
        assert timedelta(hours=24) == AHEAD

    def test_begins_somewhen(self):
        assert announcing(planned("Chat", starts_at=None)).effects == []

    @pytest.mark.parametrize("phase", list(MaintenancePhase))
    def test_has_not_begun(self, phase):
        draft = announcing(planned("Chat", phase=phase))
        assert bool(announced(draft)) is (phase is MaintenancePhase.SCHEDULED)

    def test_touches_what_was_chosen(self):
        assert names(announcing(planned("Login"))) == []
        assert names(announcing(planned())) == []
        by_id = replace(WEB, parts=(PartRef(id="id-Login"),))
        assert names(announcing(planned("Login"), settings=world(by_id))) == [["web"]]

    def test_touches_anything_where_nothing_was_chosen(self):
        for one in (planned("Login"), planned()):
            assert names(announcing(one, of=CLAUDIA)) == [["claudia"]]

    @pytest.mark.parametrize(
        ("settings", "more", "silence"),
        [
            (replace(SETTINGS, level=Level.OUTAGES), {}, Silence.LEVEL),
            (SETTINGS, {"paused_until": BEGINS}, Silence.PAUSED),
            (SETTINGS, {"machine": Machine(in_front=False)}, Silence.AWAY),
        ],
    )
    def test_is_held_back_as_everything_else(self, settings, more, silence):
        draft = announcing(planned("Chat"), settings=settings, **more)
        assert announced(draft) == []
        assert [(one.reason, one.would_be) for one in of(Hush, draft)] == [
            (silence, Reason.MAINTENANCE)
        ]


class TestItsEnd:
    def ends(self, *ones, thread=None, **more):
        thread = thread or known()
        draft = announcing(*ones, threads=(thread,), told_of=(told(thread),), **more)
        assert announced(draft) == []
        return withdrawn(draft) == ["n-t-m"] and open_ones(draft) == []

    def test_is_when_it_begins_or_is_called_off_or_put_off(self):
        assert self.ends()
        assert self.ends(planned("Chat", phase=MaintenancePhase.IN_PROGRESS))
        assert self.ends(planned("Chat", starts_at=NOON))
        assert self.ends(planned("Chat", starts_at=NOON + timedelta(days=3)))
        assert not self.ends(planned("Chat"))

    def test_is_when_it_touches_no_more_what_was_chosen(self):
        assert self.ends(planned("Login"))

    def test_is_that_of_one_alone(self):
        thread, other = known(), replace(known("m2", "code"), id="t-other")
        draft = announcing(
            planned("Code", id_="m2"), threads=(thread, other),
            told_of=(told(thread), told(other)),
        )  # fmt: skip
        assert withdrawn(draft) == ["n-t-m"]
        assert open_ones(draft) == [other]

    def test_is_none_before_its_page_was_read_in_this_run(self):
        """The board of the last run is back, and no page yet."""
        thread = known(page_id=CLAUDIA.page.id, id_="m1")
        thread = replace(thread, services=("claudia",))
        assert not self.ends(thread=thread)
        unread = fails(CLAUDIA.page, failed(FailureKind.TIMEOUT))
        assert not self.ends(thread=thread, sights=(unread,))
        assert self.ends(thread=thread, sights=(good(CLAUDIA.page, UP),))

    def test_waits_for_the_pages_of_all_it_touches(self):
        thread = known("m1", "web", "claudia")
        assert not self.ends(thread=thread)
        assert self.ends(thread=thread, sights=(good(CLAUDIA.page, UP),))

    def test_is_when_none_it_touches_is_watched_any_more(self):
        assert self.ends(thread=known("m1", "gone"))

    def test_of_an_outage_is_none_of_its_business(self):
        fallen = outage("web", incidents=("i1",))
        draft = announcing(threads=(fallen,), told_of=(told(fallen),))
        assert draft.effects == []
