"""Outages that are one are told as one, under one thread, whatever the vendor does to its words."""

from dataclasses import replace

import pytest

from notifier.model.announcement import Reason, Silence
from notifier.model.health import Health
from notifier.model.observation import Phase, Update
from notifier.model.service import PartRef
from notifier.model.settings import Calm
from tests.stories.story import NOON, Story, incident, report, story, tool

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
SHARED = {"Chat": Health.OPERATIONAL, "Login": Health.OPERATIONAL, "Code": Health.OPERATIONAL}


def sharing(**parts: tuple[str, ...]) -> Story:
    """Several tools on one page, each with the parts chosen of it."""
    first = tool("chatty")
    services = (
        replace(tool(key, parts=chosen, door=False), page=first.page)
        for key, chosen in parts.items()
    )
    return story(*services).look(first.page.id, report(**SHARED)).tick(60)


def seen(tale: Story, *incidents, **parts: Health) -> Story:
    page = "page:status.chatty.test"
    return tale.look(page, report(Health.OPERATIONAL, *incidents, **{**SHARED, **parts}))


class TestJoining:
    def test_one_incident_at_two_tools_of_one_vendor_is_one_notice(self):
        tale = sharing(web=("Chat",), code=("Code",))
        seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat", "Code"))
        assert tale.reasons == [Reason.OUTAGE]
        assert [one.service.key for one in tale.heard[0].subjects] == ["web", "code"]
        assert len({thread.root for thread in tale.board.threads.values()}) == 1
        seen(tale.tick(120))
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]
        assert len(tale.heard[1].subjects) == 2

    def test_parts_in_common_are_one_outage(self):
        tale = sharing(mine=("Chat", "Login"), work=("Login", "Code"))
        seen(tale, Login=Health.MAJOR_OUTAGE)
        assert tale.reasons == [Reason.OUTAGE]
        assert len(tale.heard[0].subjects) == 2

    def test_other_parts_of_one_page_are_not(self):
        tale = sharing(web=("Chat",), code=("Code",))
        seen(tale, Chat=Health.MAJOR_OUTAGE, Code=Health.DEGRADED)
        assert tale.reasons == [Reason.OUTAGE, Reason.OUTAGE]
        assert len({thread.root for thread in tale.board.threads.values()}) == 2

    def test_what_joins_later_is_told_with_what_was_told_before(self):
        tale = sharing(web=("Chat",), code=("Code",))
        seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat"))
        tale.tick(120)
        seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat", "Code"))
        assert tale.reasons == [Reason.OUTAGE, Reason.OUTAGE]
        assert [one.service.key for one in tale.heard[1].subjects] == ["web", "code"]
        assert tale.heard[1].replaces == tale.heard[0].id
        assert tale.heard[1].root == tale.heard[0].root

    def test_what_is_over_first_names_what_goes_on(self):
        tale = sharing(web=("Chat",), code=("Code",))
        seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat", "Code"))
        tale.tick(120)
        seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat"))
        assert tale.heard[-1].reason is not Reason.RECOVERED, "more of it may follow"
        over = tale.tick(60).heard[-1]
        assert (over.reason, [one.service.key for one in over.subjects]) == (
            Reason.RECOVERED,
            ["code"],
        )
        assert over.remaining == ("Web",)

    def test_two_that_were_told_are_never_merged_silently(self):
        """An upstream admits ten minutes later what two tools have failed of."""
        cloud = tool("cloud", can=("infra",))
        fallen = [tool(name, door=False, runs_on=("cloud",)) for name in ("atlas", "birch")]
        tale = story(*fallen, others=(cloud,))
        for name in ("atlas", "birch"):
            tale.page(name, UP)
        tale.page("atlas", DOWN).tick(90).page("birch", DOWN).tick(90)
        assert tale.reasons == [Reason.OUTAGE, Reason.OUTAGE]
        tale.page("cloud", DOWN).tick(30)
        assert tale.reasons[2:] == [Reason.UPDATE]
        younger = tale.heard[-1]
        assert [one.service.key for one in younger.subjects] == ["birch"]
        assert younger.elder == "Atlas"
        assert younger.root == tale.heard[0].root
        tale.tick(300)
        assert len(tale.heard) == 3, "that is said once"


class TestIdentity:
    def tale(self, **calm) -> Story:
        return story(tool("chatty", door=False), calm=Calm(**calm)).page("chatty", UP).tick(60)

    def open(self, *more, phase=Phase.INVESTIGATING, id_="i1", floor=Health.PARTIAL_OUTAGE, **kw):
        return report(Health.OPERATIONAL, incident(id_, floor, "Chat", phase=phase, **kw), *more)

    def test_an_edited_incident_is_no_news(self):
        tale = self.tale().page("chatty", self.open(title="Errors"))
        tale.tick(60).page("chatty", self.open(title="Elevated errors in Chat"))
        tale.tick(60).page("chatty", self.open(phase=Phase.MONITORING))
        assert tale.reasons == [Reason.OUTAGE]

    def test_reordered_and_backdated_ones_are_no_news(self):
        other = incident("i2", Health.DEGRADED, "Chat")
        tale = self.tale().page("chatty", self.open(other)).tick(60)
        tale.page("chatty", report(Health.OPERATIONAL, other, *self.open().incidents)).tick(60)
        tale.page("chatty", self.open(other, started_at=NOON.replace(hour=3)))
        assert tale.reasons == [Reason.OUTAGE]
        assert len(tale.board.threads) == 1

    def test_a_deleted_incident_is_its_end(self):
        tale = self.tale().page("chatty", self.open()).tick(60).page("chatty", UP)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]

    def test_one_merged_into_another_goes_on(self):
        tale = self.tale().page("chatty", self.open()).tick(60)
        tale.page("chatty", self.open(id_="i9"))
        assert tale.reasons == [Reason.OUTAGE]
        assert len(tale.board.threads) == 1

    def test_a_moved_page_is_the_same_outage(self):
        tale = self.tale().page("chatty", self.open()).tick(60)
        moved = tool("chatty", door=False, page=False)
        moved = replace(moved, page=tool("chatty-new").page)
        tale.choose(replace(tale.settings, services=(moved,)))
        tale.look(moved.page.id, self.open()).tick(60)
        assert tale.reasons == [Reason.OUTAGE]
        tale.look(moved.page.id, UP)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]

    def test_a_renamed_part_is_no_end_and_no_beginning(self):
        service = tool("chatty", door=False)
        service = replace(service, parts=(PartRef(id="id-Chat", name="Chat"),))
        tale = story(service).page("chatty", report(Chat=Health.MAJOR_OUTAGE)).tick(60)
        renamed = report(Chat=Health.MAJOR_OUTAGE)
        renamed = replace(renamed, parts=(replace(renamed.parts[0], id="other"),))
        tale.page("chatty", renamed)
        assert tale.reasons == [Reason.OUTAGE]

    def test_an_incident_opened_again_after_hours_goes_on_with_its_thread(self):
        tale = self.tale().page("chatty", self.open()).tick(60)
        tale.page("chatty", UP).tick(3 * 3600).page("chatty", self.open())
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED, Reason.REOPENED]
        assert len(tale.board.threads) == 1

    def test_after_ten_minutes_a_relapse_without_any_incident_is_another_outage(self):
        tale = self.tale().page("chatty", DOWN).tick(60).page("chatty", UP).tick(601)
        tale.page("chatty", DOWN)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED, Reason.OUTAGE]
        assert len(tale.board.threads) == 2


class TestTheVendorsOwnWord:
    def page(self, *words: str, phase=Phase.IDENTIFIED):
        updates = tuple(
            Update(NOON.replace(minute=n), Phase.IDENTIFIED, word) for n, word in enumerate(words)
        )
        one = incident("i1", Health.PARTIAL_OUTAGE, "Chat", phase=phase, updates=updates[::-1])
        return report(Health.OPERATIONAL, one)

    def tale(self, **calm) -> Story:
        tale = story(tool("chatty", door=False), calm=Calm(**calm)).page("chatty", UP).tick(60)
        return tale.page("chatty", self.page("We look into it.")).tick(60)

    def test_is_told_by_choice(self):
        tale = self.tale(updates=True).page("chatty", self.page("We look into it.", "A fix runs."))
        assert tale.reasons == [Reason.OUTAGE, Reason.UPDATE]
        assert tale.heard[1].subjects[0].word == "A fix runs."
        tale.tick(60)
        assert len(tale.heard) == 2

    def test_is_not_told_else(self):
        tale = self.tale().page("chatty", self.page("We look into it.", "A fix runs."))
        assert tale.reasons == [Reason.OUTAGE]

    def test_edited_is_no_news(self):
        tale = self.tale(updates=True).page("chatty", self.page("We are looking into it."))
        assert tale.reasons == [Reason.OUTAGE]

    def test_on_the_cause_is_told_once_after_the_end(self):
        tale = self.tale().page("chatty", UP).tick(3600)
        for _ in range(3):
            tale.page("chatty", self.page("A bad deploy.", phase=Phase.POSTMORTEM)).tick(60)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED, Reason.CAUSE_PUBLISHED]

    def test_on_a_cause_nobody_heard_the_outage_of_is_not_told(self):
        tale = story(tool("chatty", door=False)).page("chatty", UP)
        tale.page("chatty", self.page("A bad deploy.", phase=Phase.POSTMORTEM)).tick(60)
        assert tale.reasons == []


@pytest.mark.parametrize(
    ("repeat", "heard"),
    [
        pytest.param(None, [], id="never, where nobody asked for it"),
        pytest.param(3600.0, [Reason.UPDATE] * 3, id="every hour"),
        pytest.param(4 * 3600.0, [], id="not before four hours"),
    ],
)
def test_a_long_outage_is_repeated_by_choice(repeat, heard):
    tale = story(tool("chatty", door=False), calm=Calm(repeat=repeat)).page("chatty", DOWN)
    for _ in range(3 * 60 + 30):
        tale.page("chatty", DOWN).tick(60)
    assert tale.reasons[1:] == heard
    assert all(one.subjects[0].word == "" for one in tale.heard)


def test_a_merely_joined_silence_is_named():
    tale = sharing(web=("Chat",), code=("Code",))
    seen(tale, incident("i1", Health.MAJOR_OUTAGE, "Chat"))
    seen(tale.wait(5), incident("i1", Health.MAJOR_OUTAGE, "Chat", "Code"))
    assert tale.reasons == [Reason.OUTAGE]
    assert (tale.silences[-1].reason, tale.silences[-1].services) == (
        Silence.UNSETTLED,
        ("code",),
    )
