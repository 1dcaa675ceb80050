"""One tool as every face shows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier import fallbacks, view
from notifier.model.board import Mute, Sight
from notifier.model.health import Health
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Observation,
    PartName,
    Phase,
    Reading,
    Says,
    Stage,
)
from notifier.model.service import Apps, PartRef, PromptAddress
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose
from notifier.wording.verdicts import gone
from tests.view.scene import (
    BEGAN,
    CHATGPT,
    CLAUDE,
    COPILOT,
    DOWN,
    GREEN,
    INCIDENT,
    NOW,
    OFFLINE,
    SAY,
    SEEN,
    SILENT,
    THREAD,
    UNREAD,
    Scene,
    outage,
    report,
    seen,
)


def reading(scene, *incidents, maintenance=()):
    """`scene` with these on the page of ChatGPT."""
    page = replace(report(Health.OPERATIONAL, *incidents), maintenance=maintenance)
    sights = {**scene.board.sights, CHATGPT.page.id: seen(CHATGPT.page.id, page)}
    scene.more = {**scene.more, "sights": sights}
    return scene


CHAT, VOICE = PartRef(name="Conversations"), PartRef(name="Voice")


class TestAChoiceOfParts:
    """Of which some are not on the page any more: the others are watched, these by nobody."""

    def row(self, *parts, own=True, complete=True):
        chosen = replace(CHATGPT, parts=parts, own_parts=own)
        page = seen(CHATGPT.page.id, replace(report(), complete=complete))
        return Scene(services=(chosen,), more={"sights": {CHATGPT.page.id: page}}).row()

    def test_says_which_and_what_to_do(self):
        row = self.row(CHAT, VOICE)
        assert row.gone == (VOICE,)
        assert gone(row, SAY) == (
            "OpenAI does not list Voice any more. Choose its parts anew in the settings: "
            "“notifier detect https://status.openai.test/” lists them."
        )

    def test_is_whole_where_all_are_there(self):
        row = self.row(CHAT, PartRef(name="Login"))
        assert (row.gone, gone(row, SAY)) == ((), "")

    def test_that_is_gone_altogether_is_the_verdict_itself(self):
        assert self.row(VOICE).gone == ()

    def test_that_the_catalogue_made_is_the_catalogues_matter(self):
        assert self.row(CHAT, VOICE, own=False).gone == ()

    def test_proves_nothing_by_a_document_that_lists_only_some(self):
        assert self.row(CHAT, VOICE, complete=False).gone == ()


class TestAnOutage:
    def test_is_told_whole(self):
        row = outage().row()
        assert row.summary == "ChatGPT is down: OpenAI reports a major outage."
        assert row.state_words == "down"
        assert row.next_step == "Nothing to do here: it is theirs."
        assert row.since == BEGAN
        assert (row.thread, row.thread_incidents) == (THREAD, ("01J0",))
        assert row.told is not None
        assert row.told.reason == "outage"
        assert row.last_known is Health.OPERATIONAL

    def test_offers_what_can_be_used_and_says_why_not_the_rest(self):
        row = outage().row()
        assert [(one.id, one.why) for one in row.fallbacks] == [
            ("claude", ("can: chat", "checked 20 s ago")),
            ("perplexity", ("can: chat", "checked 20 s ago")),
        ]
        assert row.fallbacks[0].url == CLAUDE.home
        assert [(one.id, one.why) for one in row.excluded] == [
            ("github-copilot", "runs partly on the same models")
        ]


class TestAlternatives:
    def test_are_not_ranked_while_all_is_well(self, monkeypatch):
        def forbidden(*_):
            raise AssertionError("ranking is costly")

        monkeypatch.setattr(fallbacks, "rank", forbidden)
        row = Scene().row()
        assert row.fallbacks == row.excluded == ()

    def test_are_ranked_for_whoever_asks(self):
        scene = Scene()
        offered, excluded = view.alternatives(scene.board, scene.settings, CHATGPT, NOW, SAY)
        assert [one.id for one in offered] == ["claude", "perplexity"]
        assert [one.id for one in excluded] == ["github-copilot"]

    def test_carry_every_way_in(self):
        prompt = PromptAddress("https://claude.test/new?q={prompt}", 4000)
        apps, chat = Apps(linux=("com.example.Claude",)), "http://127.0.0.1:8080/"
        scene = Scene()
        scene.services = (CHATGPT, replace(CLAUDE, prompt=prompt, apps=apps, chat=chat))
        (shown,), _ = view.alternatives(scene.board, scene.settings, CHATGPT, NOW, SAY)
        assert (shown.prompt, shown.apps, shown.chat) == (prompt, apps, chat)

    def test_on_other_models_in_doubt_are_refused_by_the_name_of_their_maker(self):
        scene = Scene(verdicts={"chatgpt": DOWN, "claude": DOWN})
        scene.services = (CHATGPT, CLAUDE, replace(COPILOT, runs_on=("anthropic-models",)))
        refused = {one.id: one.why for one in scene.row().excluded}
        assert refused["github-copilot"] == "runs on models of Anthropic, which are in doubt"

    def test_are_ranked_as_soon_as_the_person_says_it_is_broken(self):
        scene = Scene()
        standing = replace(scene.board.standings[CHATGPT.key], override=Override.BROKEN)
        scene.more = {"standings": {**scene.board.standings, CHATGPT.key: standing}}
        assert [one.id for one in scene.row().fallbacks] == ["claude", "perplexity"]


class TestParts:
    def test_are_all_shown_and_the_chosen_ones_marked(self):
        shown = {one.part.name: one.chosen for one in Scene().row().parts}
        assert shown == {"Conversations": True, "Login": False}

    def test_all_count_without_a_selection(self):
        assert all(one.chosen for one in Scene().row("claude").parts)

    @pytest.mark.parametrize("verdict", [OFFLINE, UNREAD])
    def test_are_unknown_once_the_page_counts_no_more(self, verdict):
        row = Scene(verdicts={"claude": verdict}).row("claude")
        assert {one.part.health for one in row.parts} == {Health.UNKNOWN}

    def test_keep_their_state_beside_a_silent_page(self):
        page = seen(CHATGPT.page.id, report())
        scene = Scene(verdicts={"chatgpt": SILENT})
        scene.more = {"sights": {**scene.board.sights, CHATGPT.page.id: page}}
        assert {one.part.health for one in scene.row().parts} == {Health.OPERATIONAL}


class TestIncidents:
    def test_of_other_parts_are_not_shown(self):
        other = replace(INCIDENT, id="2", parts=(PartName("p2", "Login"),))
        assert [one.id for one in reading(Scene(), INCIDENT, other).row().incidents] == ["01J0"]

    def test_that_name_no_part_are_shown(self):
        vague = replace(INCIDENT, id="3", parts=())
        assert [one.id for one in reading(Scene(), vague).row().incidents] == ["3"]

    def test_that_are_open_come_first_then_the_newest(self):
        over = replace(
            INCIDENT,
            id="over",
            phase=Phase.RESOLVED,
            started_at=BEGAN + timedelta(minutes=5),
            resolved_at=NOW.utc,
        )
        older = replace(INCIDENT, id="older", started_at=BEGAN - timedelta(hours=1))
        row = reading(Scene(), over, older, INCIDENT).row()
        assert [one.id for one in row.incidents] == ["01J0", "older", "over"]

    def test_are_forgotten_a_day_after_their_end(self):
        over = replace(INCIDENT, phase=Phase.RESOLVED, resolved_at=NOW.utc - timedelta(hours=25))
        assert reading(Scene(), over).row().incidents == ()

    def test_without_any_times_are_shown_while_open(self):
        bare = Incident("bare", "Something", Phase.INVESTIGATING)
        assert [one.id for one in reading(Scene(), bare).row().incidents] == ["bare"]


def test_maintenance_is_shown_until_it_is_over():
    planned = Maintenance("m1", "Move", MaintenancePhase.SCHEDULED)
    over = Maintenance("m2", "Moved", MaintenancePhase.COMPLETED)
    elsewhere = replace(planned, id="m3", parts=(PartName("p2", "Login"),))
    row = reading(Scene(), maintenance=(planned, over, elsewhere)).row()
    assert [one.id for one in row.maintenance] == ["m1"]


class TestChecked:
    def test_is_when_the_page_was_last_read_however_often_it_failed_since(self):
        failed = Observation(CHATGPT.page.id, NOW, NOW, report())
        sight = replace(seen(CHATGPT.page.id, report(), NOW.later(-100)), last=failed)
        scene = Scene()
        scene.more = {"sights": {**scene.board.sights, CHATGPT.page.id: sight}}
        assert scene.row().checked == NOW.later(-100)

    def test_is_when_the_front_door_failed_where_that_decides(self):
        dead = Reading(Says.FAILING, Stage.CONNECT, "no answer")
        look = Observation(CHATGPT.probe.id, SEEN, NOW.later(-5), dead)
        scene = Scene(verdicts={"chatgpt": SILENT})
        door = Sight(last=look, doubt=look, confirmed=look)
        scene.more = {"sights": {**scene.board.sights, CHATGPT.probe.id: door}}
        assert scene.row().checked == NOW.later(-5)

    def test_is_never_where_nothing_was_seen(self):
        scene = Scene(verdicts={"chatgpt": Verdict()})
        scene.more = {"sights": {}}
        assert scene.row().checked is None

    def test_dates_an_unreadable_page_by_the_persons_clock(self):
        assert Scene(verdicts={"claude": UNREAD}).row("claude").summary == (
            "Unknown: Anthropic's page could not be read since 17:51."
        )


def test_the_next_look_is_that_of_whichever_source_comes_first():
    looks = {CHATGPT.page.id: NOW.steady + 40, CHATGPT.probe.id: NOW.steady + 12}
    scene = Scene()
    row = view.row(scene.board, scene.settings, CHATGPT, NOW, SAY, looks)
    assert row.next_look == NOW.later(12)


def test_an_upstream_is_called_by_the_name_the_catalogue_gives_it():
    shared = Verdict(
        Health.MAJOR_OUTAGE,
        Whose.THEM,
        Cause.SHARED_UPSTREAM,
        Confidence.CONFIRMED,
        upstream="cloudflare",
    )
    upstream = replace(CLAUDE, id="cloudflare", key="cloudflare", name="Cloudflare")
    row = Scene(verdicts={"chatgpt": shared}, others=(upstream,)).row()
    assert row.summary == "ChatGPT is down: Cloudflare, which it runs on, fails."
    assert row.brief == "ChatGPT is down with Cloudflare: theirs."


class TestAnswersOfThePerson:
    def test_a_snooze_is_shown_until_it_ends(self):
        scene = outage()
        scene.more["mutes"] = {THREAD: Mute(until=NOW.utc + timedelta(minutes=5))}
        assert scene.row().snoozed_until == NOW.utc + timedelta(minutes=5)
        scene.more["mutes"] = {THREAD: Mute(until=NOW.utc)}
        assert scene.row().snoozed_until is None

    def test_got_it_is_shown(self):
        scene = outage()
        scene.more["mutes"] = {THREAD: Mute(acknowledged=True)}
        assert scene.row().acknowledged


def test_nothing_is_told_of_a_thread_that_is_over():
    scene = outage()
    closed = {THREAD: replace(scene.board.threads[THREAD], closed=NOW.utc)}
    scene.more["threads"] = closed
    row = scene.row()
    assert (row.thread, row.told, row.thread_incidents) == (None, None, ())


def test_rows_painted_one_by_one_make_the_same_picture():
    scene = outage()
    rows = tuple(
        view.row(scene.board, scene.settings, service, NOW, SAY, {})
        for service in scene.settings.services
    )
    assert view.compose(rows, scene.board, scene.settings, NOW, SAY) == scene.picture()


def test_a_word_of_the_picture_carries_no_age():
    """What a row says stays true until something changes, so it need not be painted again."""
    for scene in (Scene(), outage(), Scene(verdicts={"claude": UNREAD, "chatgpt": GREEN})):
        for row in scene.picture().rows:
            assert "ago" not in f"{row.summary}{row.state_words}{row.brief}{row.next_step}"


def test_how_many_notices_are_owed_is_counted():
    scene = Scene(verdicts={"chatgpt": DOWN})
    scene.more = {"owed": {"n-1": object(), "n-2": object()}}
    assert scene.picture().owed == 2
