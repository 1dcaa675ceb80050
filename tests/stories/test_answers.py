"""What a person answers or asks, and what is told ahead of its time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.model.announcement import Reason, Silence
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.observation import Maintenance, MaintenancePhase, PartName
from notifier.model.settings_words import Level
from tests.stories.story import NO_ROUTE, NOON, Story, report, story, tool

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
SLOW = report(Health.DEGRADED)


def watching(**more: object) -> Story:
    return story(tool("chatty", door=False), **more).page("chatty", UP).tick(60)


class TestTellMeWhenItIsBack:
    def test_of_an_outage_that_was_not_told(self):
        tale = watching(level=Level.NONE).page("chatty", DOWN).tick(60)
        assert tale.reasons == []
        tale.ask(Wish.TELL_ME, "chatty").tick(600).page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.RECOVERED]
        assert tale.heard[0].subjects[0].duration == pytest.approx(660)
        tale.page("chatty", DOWN).tick(60).page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.RECOVERED], "that was asked once"

    def test_of_what_nobody_could_look_at(self):
        tale = watching()
        for _ in range(5):
            tale.page("chatty", NO_ROUTE).references(NO_ROUTE).tick(60)
        tale.ask(Wish.TELL_ME, "chatty").tick(60)
        tale.page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.RECOVERED]

    def test_of_what_was_told_nothing_is_told_but_the_end(self):
        tale = watching().page("chatty", SLOW).ask(Wish.TELL_ME, "chatty")
        tale.page("chatty", DOWN).tick(60)
        assert tale.silences[-1].reason is Silence.ACKNOWLEDGED
        tale.page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]

    def test_of_what_works_is_nothing(self):
        tale = watching().ask(Wish.TELL_ME, "chatty").page("chatty", UP).tick(60)
        assert tale.reasons == []

    def test_asked_twice_is_told_once(self):
        tale = watching(level=Level.NONE).page("chatty", DOWN)
        tale.ask(Wish.TELL_ME, "chatty").ask(Wish.TELL_ME, "chatty").page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.RECOVERED]

    def test_of_a_service_nobody_watches_any_more_is_let_go(self):
        tale = story(tool("chatty", door=False), tool("other", door=False), level=Level.NONE)
        tale.page("chatty", DOWN).page("other", UP).ask(Wish.TELL_ME, "chatty")
        tale.choose(story(tool("other", door=False)).settings).tick(60)
        assert tale.reasons == []
        assert not tale.board.threads


class TestGotIt:
    def test_silences_updates_and_never_the_end(self):
        tale = watching().page("chatty", SLOW).ask(Wish.GOT_IT, "chatty")
        tale.page("chatty", DOWN).tick(60)
        assert tale.silences[-1].reason is Silence.ACKNOWLEDGED
        tale.page("chatty", UP).tick(60)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]


class TestMaintenanceAhead:
    def page(self, *parts: str, hours: float = 5, phase=MaintenancePhase.SCHEDULED, id_="m1"):
        names = tuple(PartName(f"id-{part}", part) for part in parts)
        begins = NOON + timedelta(hours=hours)
        one = Maintenance(id_, "Database move", phase, names, begins, begins + timedelta(hours=2))
        return report(Chat=Health.OPERATIONAL, API=Health.OPERATIONAL, maintenance=(one,))

    def of_chat(self) -> Story:
        tale = story(tool("chatty", parts=("Chat",), door=False))
        return tale.page("chatty", report(Chat=Health.OPERATIONAL)).tick(60)

    def test_is_told_once_where_it_touches_what_was_chosen(self):
        tale = self.of_chat()
        for _ in range(5):
            tale.page("chatty", self.page("Chat")).tick(60)
        assert tale.reasons == [Reason.MAINTENANCE]
        begins, ends = tale.heard[0].span
        assert (begins, ends) == (NOON + timedelta(hours=5), NOON + timedelta(hours=7))

    def test_is_not_told_where_it_does_not(self):
        tale = self.of_chat().page("chatty", self.page("API")).tick(60)
        assert tale.reasons == []

    def test_is_not_told_more_than_a_day_ahead(self):
        tale = self.of_chat().page("chatty", self.page("Chat", hours=25)).tick(60)
        assert tale.reasons == []
        tale.tick(3600).page("chatty", self.page("Chat", hours=25)).tick(10)
        assert tale.reasons == [Reason.MAINTENANCE]

    def test_that_has_begun_is_no_news(self):
        begun = self.page("Chat", hours=-1, phase=MaintenancePhase.IN_PROGRESS)
        assert self.of_chat().page("chatty", begun).tick(60).reasons == []

    def test_is_withdrawn_when_it_is_called_off(self):
        tale = self.of_chat().page("chatty", self.page("Chat")).tick(60)
        tale.page("chatty", report(Chat=Health.OPERATIONAL)).tick(60)
        assert tale.withdrawn == [tale.heard[0].id]

    def test_of_two_services_of_one_vendor_is_one_notice(self):
        first = tool("web", parts=("Chat",), door=False)
        both = tool("both", door=False, page=False)
        tale = story(first, replace(both, page=first.page))
        tale.page("web", self.page("Chat")).tick(60)
        assert tale.reasons == [Reason.MAINTENANCE]
        assert len(tale.heard[0].subjects) == 2

    def test_is_not_told_to_who_wants_outages_only(self):
        tale = story(tool("chatty", door=False), level=Level.OUTAGES)
        tale.page("chatty", self.page("Chat")).tick(60)
        assert tale.reasons == []
        assert tale.silences[-1].reason is Silence.LEVEL
