"""The judge of simulated lives finds what is wrong, and nothing where nothing is."""

from dataclasses import replace

import pytest

from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.board import Machine
from notifier.model.service import ServiceKey
from tests.laptop.elsewhere import Elsewhere
from tests.laptop.judge import judge
from tests.laptop.life import Life, Local, Session, Spell, Turn
from tests.laptop.run import Lived, Told
from tests.laptop.spans import Span, both, without
from tests.laptop.tools import tools, vendor
from tests.laptop.troubles import HOUR, MINUTE, Kind, Trouble

BEGINS, ENDS = HOUR, 2 * HOUR
PAGE_FAILS = Trouble(BEGINS, ENDS, Kind.PAGE, (4,), 0.5)
DOOR_FAILS = Trouble(BEGINS, ENDS, Kind.DOOR, (4,), 0.0)
TOOL = "tool4"

A_LIFE = Life(
    seed=1,
    days=0.2,
    settings=tools(6),
    sessions=(Session(0.0, 5 * HOUR),),
    spells=(),
    leaps=(),
    turns=(),
    troubles=(PAGE_FAILS,),
    key_expires=9 * HOUR,
)


def told(t, reason, tool=TOOL, **more):
    key = ServiceKey(tool)
    over = (key,) if reason is Reason.RECOVERED else ()
    told = Told(t, NoticeId(f"n-{t}"), reason, "…", (key,), over, (ThreadId("t-1"),), {}, {})
    return replace(told, **more)


def found(*notices, life=A_LIFE):
    lived = Lived(life, Elsewhere(life), list(notices), [], [], [], {}, 1, 0.0)
    return [finding.what for finding in judge(lived).findings]


OUTAGE = told(BEGINS + 40, Reason.OUTAGE)
RECOVERED = told(ENDS + 40, Reason.RECOVERED)


def test_an_outage_told_in_time_and_its_end_are_in_order():
    assert found(OUTAGE, RECOVERED) == []


@pytest.mark.parametrize("reason", [Reason.OUTAGE, Reason.SUSPECTED, Reason.SUMMARY])
def test_a_notice_of_what_does_not_fail_is_false(reason):
    other = told(BEGINS, reason, "tool3"), told(BEGINS + 60, Reason.RECOVERED, "tool3")
    assert found(OUTAGE, RECOVERED, *other) == ["false"]


def test_a_notice_that_comes_well_after_the_end_is_false():
    late = told(ENDS + 90, Reason.OUTAGE)
    assert "false" in found(late, told(ENDS + 99, Reason.RECOVERED))


def test_what_is_blocked_from_here_alone_is_no_outage():
    life = replace(A_LIFE, troubles=(), spells=(Spell(BEGINS, ENDS, Local.BLOCKED, vendor(4)),))
    assert found(life=life) == []
    told_all_the_same = told(BEGINS + 60, Reason.SUSPECTED), told(ENDS, Reason.RECOVERED)
    assert found(*told_all_the_same, life=life) == ["false"]


def test_silence_about_an_outage_in_sight_is_a_miss():
    assert found() == ["missed"]
    assert found(told(BEGINS + 400, Reason.OUTAGE), RECOVERED)[0] == "missed"


def test_a_grouped_notice_covers_each_it_names():
    keys = (ServiceKey("tool3"), ServiceKey(TOOL))
    two = replace(A_LIFE, troubles=(PAGE_FAILS, replace(PAGE_FAILS, tools=(3,))))
    grouped = told(BEGINS + 40, Reason.SUMMARY, services=keys)
    ended = told(ENDS + 40, Reason.RECOVERED, services=keys, over=keys)
    assert found(grouped, ended, life=two) == []


ASLEEP = (Session(0.0, BEGINS - MINUTE), Session(ENDS + MINUTE, 5 * HOUR))
NO_ROUTE = (Spell(BEGINS - MINUTE, ENDS, Local.NO_ROUTE),)
IN_THE_BACK = (Turn(BEGINS - MINUTE, Machine(in_front=False)), Turn(ENDS, Machine()))


@pytest.mark.parametrize(
    "how", [{"sessions": ASLEEP}, {"spells": NO_ROUTE}, {"turns": IN_THE_BACK}]
)
def test_what_cannot_be_seen_cannot_be_missed(how):
    assert found(life=replace(A_LIFE, **how)) == []


def test_what_an_announced_maintenance_explains_cannot_be_missed():
    life = replace(A_LIFE, troubles=(Trouble(BEGINS, ENDS, Kind.MAINTENANCE, (4,), 0.2),))
    assert found(life=life) == []


def test_an_outage_that_goes_on_after_a_sleep_is_to_be_told_then():
    life = replace(A_LIFE, sessions=(Session(0.0, HOUR / 2), Session(1.5 * HOUR, 5 * HOUR)))
    assert found(life=life) == ["missed"]
    assert found(told(1.5 * HOUR + 20, Reason.OUTAGE), RECOVERED, life=life) == []


def test_an_outage_whose_end_is_never_told_is_unpaired():
    assert found(OUTAGE) == ["unpaired"]


def test_an_outage_that_still_goes_on_at_the_end_needs_no_end():
    life = replace(A_LIFE, troubles=(replace(PAGE_FAILS, ends=9 * HOUR),))
    assert found(OUTAGE, life=life) == []


def test_an_end_told_in_the_midst_of_it_is_early():
    assert "early" in found(OUTAGE, told(BEGINS + 600, Reason.RECOVERED))


def test_a_maintenance_that_explains_it_may_end_what_was_told():
    life = replace(A_LIFE, troubles=(Trouble(BEGINS, ENDS, Kind.MAINTENANCE, (4,), 0.2),))
    told_first = told(BEGINS + 100, Reason.SUSPECTED), told(BEGINS + 300, Reason.RECOVERED)
    assert found(*told_first, life=life) == []


def test_a_service_that_is_spoken_of_all_the_time_is_chatter():
    turns = [told(BEGINS + 40 + 60 * n, Reason.BETTER if n % 2 else Reason.WORSE) for n in range(6)]
    assert found(*turns, RECOVERED) == []
    assert found(*turns, told(BEGINS + 500, Reason.WORSE), RECOVERED) == ["chatter"]


def test_a_page_told_later_than_the_interval_and_five_seconds_is_slow():
    assert found(told(BEGINS + 64, Reason.OUTAGE), RECOVERED) == []
    assert found(told(BEGINS + 66, Reason.OUTAGE), RECOVERED) == ["slow page"]


def test_on_battery_a_page_may_take_twice_as_long():
    life = replace(A_LIFE, turns=(Turn(0.0, Machine(on_battery=True)),))
    assert found(told(BEGINS + 120, Reason.OUTAGE), RECOVERED, life=life) == []


def test_a_look_that_failed_by_chance_excuses_a_page():
    unread = told(BEGINS + 110, Reason.OUTAGE, page_unread={ServiceKey(TOOL): BEGINS + 50})
    assert found(unread, RECOVERED) == []


def test_a_suspicion_after_more_than_45_seconds_is_slow():
    life = replace(A_LIFE, troubles=(DOOR_FAILS,))

    def suspected(after):
        first = {ServiceKey(TOOL): BEGINS + 20}
        return told(BEGINS + 20 + after, Reason.SUSPECTED, door_failed=first)

    assert found(suspected(44), RECOVERED, life=life) == []
    assert found(suspected(46), RECOVERED, life=life) == ["slow suspicion"]


def test_spans():
    day = [Span(0, 10), Span(20, 30)]
    assert without(day, [Span(5, 22)]) == [Span(0, 5), Span(22, 30)]
    assert without(day, [Span(0, 40)]) == []
    assert both(day, [Span(5, 22)]) == [Span(5, 10), Span(20, 22)]


def test_a_summary_that_says_what_is_over_is_its_end():
    down = told(BEGINS + 40, Reason.OUTAGE)
    over = told(ENDS + 40, Reason.WHILE_AWAY, over=(ServiceKey(TOOL),))
    assert found(down, over) == []
    assert found(down, replace(over, over=())) != []
