"""The picture is painted anew only where it may have changed; nobody sees the difference."""

import random

from notifier import documents, view
from notifier.model.effect import LookAt
from notifier.model.health import Health
from notifier.model.observation import Observation
from notifier.watch.painter import Painter
from notifier.watch.schedule import Schedule
from notifier.wording.say import English
from tests.stories.story import ALIVE, report, story, tool

SAY = English()
NAMES = ("chatty", "claudia", "gemma")


def watched(**pages):
    told = story(*(tool(name) for name in NAMES), others=(tool("other", door=False),))
    for name in NAMES:
        told.page(name, pages.get(name, report())).door(name, ALIVE)
    return told


def paint(painter, told, *touched):
    schedule = Schedule(random.Random(1))
    return painter.paint(told.board, told.settings, schedule, told.at, frozenset(touched))


def whole(told):
    return view.picture(told.board, told.settings, told.at, SAY, {})


def test_rows_stand_in_the_persons_own_order_whichever_were_touched_last():
    told, painter = watched(), Painter(SAY)
    paint(painter, told)
    told.wait(60).page("claudia", report())
    assert paint(painter, told, "claudia") == whole(told)


def test_what_fails_stands_first_and_goes_back_to_its_place():
    told, painter = watched(), Painter(SAY)
    paint(painter, told)
    told.wait(60).page("gemma", report(Health.MAJOR_OUTAGE))
    fails = paint(painter, told, "gemma")
    assert [row.key for row in fails.rows] == ["gemma", "chatty", "claudia"]
    assert fails == whole(told)
    told.wait(60).page("gemma", report())
    assert [row.key for row in paint(painter, told, "gemma").rows] == list(NAMES)


def test_advice_is_painted_again_when_an_alternative_has_changed():
    told, painter = watched(chatty=report(Health.MAJOR_OUTAGE)), Painter(SAY)
    paint(painter, told)
    told.wait(30).page("claudia", report(Health.PARTIAL_OUTAGE))
    shown = paint(painter, told, "claudia")
    assert shown == whole(told)
    assert [one.id for one in shown.rows[0].fallbacks] == ["gemma"]


def test_with_other_settings_every_row_is_painted_anew():
    told, painter = watched(), Painter(SAY)
    paint(painter, told)
    told.choose(type(told.settings)(services=told.settings.services[1:]))
    painter.forget()
    assert [row.key for row in paint(painter, told).rows] == ["claudia", "gemma"]


class TestWhoeverFollows:
    def test_hears_nothing_of_a_look_that_changed_nothing(self):
        told, painter = watched(), Painter(SAY)
        before = paint(painter, told)
        told.wait(60).page("claudia", report())
        assert documents.same_picture(before, paint(painter, told, "claudia"))

    def test_hears_of_a_state_that_changed(self):
        told, painter = watched(claudia=report(Health.MAJOR_OUTAGE)), Painter(SAY)
        before = paint(painter, told)
        told.wait(60).page("claudia", report(Health.PARTIAL_OUTAGE))
        assert not documents.same_picture(before, paint(painter, told, "claudia"))

    def test_hears_of_a_service_that_came_or_went(self):
        told, painter = watched(), Painter(SAY)
        before = paint(painter, told)
        told.choose(type(told.settings)(services=told.settings.services[1:]))
        painter.forget()
        assert not documents.same_picture(before, paint(painter, told))

    def test_hears_nothing_where_only_the_order_is_another(self):
        told = watched()
        before = whole(told)
        told.choose(type(told.settings)(services=told.settings.services[::-1]))
        assert documents.same_picture(before, whole(told))


def test_a_source_nobody_chose_is_looked_at_once_and_not_in_turn():
    told = watched()
    schedule, other = Schedule(random.Random(1)), tool("other").page
    schedule.order(LookAt(other.id), told.at.steady)
    first = list(schedule.turns(told.board, told.settings, told.at.steady))
    assert other.id in [turn.source.id for turn in first]
    for turn in first:
        seen = Observation(turn.source.id, told.at, told.at, report())
        schedule.home(turn.source, seen, told.board, told.settings)
    later = schedule.turns(told.board, told.settings, told.at.steady + 200)
    assert [turn.source.id for turn in later] == [
        source.id for name in NAMES for source in tool(name).sources
    ]
