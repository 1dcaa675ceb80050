"""The lines of evidence: who was asked, what was said, what that proves, what speaks against it."""

from dataclasses import replace

import pytest

from notifier.judgement.evidence import evidence, neutral, references
from notifier.model.health import Health
from notifier.model.observation import FailureKind, Stage, StageTime
from notifier.model.service import PartRef
from notifier.model.verdict import Cause, EvidenceKind, Verdict, Whose
from tests.judgement.boards import (
    ANSWERS,
    DOWN,
    NOW,
    REPORTED,
    UP,
    ago,
    board,
    confirmed,
    failed,
    fails,
    good,
    keyed,
    local,
    look,
    stands,
    world,
)
from tests.stories.story import ALIVE, DEAD, GARBAGE, ONLINE, REFERENCES, report, tool

CLOUD = tool("cloud")
CHATTY = keyed("chatty", runs_on=("cloud", "chatty", "own-models"), family="own-models")
SIBLING = tool("sibling", family="own-models")
LLAMA = local()
SETTINGS = world(CHATTY, LLAMA, others=(CLOUD, SIBLING))
PAGE, DOOR, KEY = CHATTY.page, CHATTY.probe, CHATTY.account


def lines(*sights, service=CHATTY, cause=None, **more):
    return evidence(service, board(*sights, **more), SETTINGS, NOW, cause)


def test_page_front_door_account_and_neutral_hosts_in_that_order():
    seen = lines(
        good(REFERENCES[0], ONLINE), good(KEY), good(DOOR), good(PAGE, UP), good(CLOUD.page, UP)
    )
    assert [(one.kind, one.id, one.says) for one in seen] == [
        (EvidenceKind.PAGE, "status.chatty.test", "operational"),
        (EvidenceKind.PROBE, "chatty.test", "reachable"),
        (EvidenceKind.KEY, "chatty.test", "reachable"),
        (EvidenceKind.REFERENCE, "neutral0.test", "reachable"),
    ]


def test_other_parts_of_a_page_say_something_else_of_the_same_look():
    page = good(PAGE, report(Chat=Health.MAJOR_OUTAGE, Voice=Health.OPERATIONAL))
    first, second = PartRef(name="Chat"), PartRef(name="Voice")

    def says(*parts):
        return [one.says for one in lines(page, service=replace(CHATTY, parts=parts))]

    assert says(first) == says(first, second) == ["major_outage"]
    assert says(second) == ["operational"]


def test_a_line_says_when_how_long_how_far_and_what_it_proves():
    times = (StageTime(Stage.DNS, 0.1), StageTime(Stage.FRONT, 0.2))
    seen = look(
        DOOR, replace(ALIVE, proves="the front door is open"), fresh=True, latency=0.3, stages=times
    )
    (line,) = lines(replace(good(DOOR), last=seen, good=seen))
    assert (line.at, line.latency, line.stage, line.fresh) == (ago(20), 0.3, Stage.FRONT, True)
    assert (line.detail, line.proves) == ("HTTP 200", "the front door is open")
    assert (line.stages, line.stopped) == (times, None)


def test_where_a_look_broke_is_said():
    broken = look(PAGE, failed(FailureKind.TLS), stopped=Stage.TLS)
    (line,) = lines(replace(fails(PAGE, GARBAGE), last=broken))
    assert (line.says, line.detail, line.stopped) == ("unreadable", "tls.", Stage.TLS)
    assert (line.stage, line.proves) == (None, "")


def test_both_what_failed_last_and_what_was_last_read_stand_there():
    seen = lines(fails(PAGE, GARBAGE, 10, good_ago=70))
    assert [(one.at, one.says) for one in seen] == [
        (ago(10), "unreadable"),
        (ago(70), "operational"),
    ]


def test_what_a_page_says_is_of_the_chosen_parts_and_its_oddities_are_told():
    page = replace(report(Chat=Health.MAJOR_OUTAGE, API=Health.DEGRADED), notes=("odd", "odder"))
    chosen = tool("chatty", parts=("API",))
    (line,) = evidence(chosen, board(good(PAGE, page)), world(chosen), NOW)
    assert (line.says, line.detail) == ("degraded", "odd; odder")


def test_a_server_on_this_computer_is_called_that():
    (line,) = lines(good(LLAMA.probe), service=LLAMA)
    assert line.kind is EvidenceKind.LOCAL


def test_a_neutral_host_counts_while_it_was_asked_of_late():
    (line,) = lines(good(REFERENCES[0], ONLINE, 180))
    assert (line.detail, line.stage, line.says) == ("HTTP 204", None, "reachable")
    assert lines(good(REFERENCES[0], ONLINE, 181)) == ()
    old_answer = fails(REFERENCES[0], failed(FailureKind.DNS), 20, good_ago=900)
    assert [one.says for one in lines(old_answer)] == ["unreadable", "reachable"]


class TestAgainst:
    def marked(self, *sights, cause):
        return [one.kind for one in lines(*sights, cause=cause) if one.contradicts]

    def test_a_page_that_reports_speak_front_door_and_account_that_work(self):
        seen = (good(PAGE, DOWN), good(DOOR), good(KEY, ANSWERS))
        found = self.marked(*seen, cause=Cause.PAGE_REPORTS)
        assert found == [EvidenceKind.PROBE, EvidenceKind.KEY]

    def test_a_door_that_fails_speaks_the_page_that_says_fine(self):
        seen = (good(PAGE, UP), confirmed(DOOR, DEAD, good=look(DOOR, ALIVE, 60)))
        assert self.marked(*seen, cause=Cause.PAGE_SILENT) == [EvidenceKind.PAGE]

    @pytest.mark.parametrize("cause", [None, Cause.NO_PAGE, Cause.MIXED, Cause.SHARED_UPSTREAM])
    def test_anything_else_nobody_speaks(self, cause):
        seen = (good(PAGE, UP), good(DOOR), good(REFERENCES[0], ONLINE))
        assert self.marked(*seen, cause=cause) == []

    def test_a_failing_word_speaks_for_it(self):
        assert self.marked(good(PAGE, DOWN), cause=Cause.PAGE_SILENT) == []

    def test_what_failed_to_be_looked_at_speaks_neither_way(self):
        unread = fails(PAGE, GARBAGE, 10, good_ago=60)
        found = lines(unread, cause=Cause.PAGE_SILENT)
        assert [one.contradicts for one in found] == [False, True]

    def test_neutral_hosts_take_no_side(self):
        answered = lines(good(REFERENCES[0], ONLINE), cause=Cause.PAGE_REPORTS)
        assert [one.contradicts for one in answered] == [False]


class TestWhatItRunsOn:
    def found(self, **verdicts):
        found = lines(standings=stands(**verdicts))
        return [(one.kind, one.id, one.says, one.detail, one.at) for one in found]

    def test_is_a_line_where_it_fails(self):
        assert self.found(cloud=REPORTED) == [
            (EvidenceKind.UPSTREAM, "cloud", "major_outage", "Cloud", ago(60))
        ]

    def test_is_none_where_it_does_not_or_that_is_not_theirs(self):
        assert self.found() == []
        assert self.found(cloud=Verdict(Health.OPERATIONAL, Whose.THEM)) == []
        assert self.found(cloud=replace(REPORTED, whose=Whose.UNCLEAR)) == []

    def test_is_none_of_itself_or_of_the_models_it_runs(self):
        assert self.found(chatty=REPORTED, sibling=REPORTED) == []
        assert len(self.found(chatty=REPORTED, sibling=REPORTED, cloud=REPORTED)) == 1

    def test_is_a_line_for_each_of_those_that_run_the_models_it_resells(self):
        makers = tuple(tool(f"maker{n}", family="models") for n in range(2))
        reseller = tool("reseller", runs_on=("models",))
        settings = world(reseller, others=makers)
        failing = board(standings=stands(maker1=REPORTED))
        assert [one.id for one in evidence(reseller, failing, settings, NOW)] == ["maker1"]

    def test_is_none_nobody_has_judged_yet(self):
        unjudged = {key: replace(one, since=None) for key, one in stands(cloud=REPORTED).items()}
        assert lines(standings=unjudged) == ()


class TestTheTimesOfNeutralHosts:
    def test_are_those_of_their_lines_now_as_then(self):
        known = board(
            good(REFERENCES[0], ONLINE, 20),
            fails(REFERENCES[1], failed(FailureKind.DNS), 10, good_ago=300),
            fails(REFERENCES[2], failed(FailureKind.DNS), 5),
            good(PAGE, UP, 1),
        )
        verdict = Verdict(evidence=evidence(CHATTY, known, SETTINGS, NOW))
        times = (ago(20), ago(10), ago(300), ago(5))
        assert neutral(verdict) == references(known, SETTINGS, NOW) == times

    def test_end_with_them(self):
        known = board(good(REFERENCES[0], ONLINE, 180))
        assert references(known, SETTINGS, NOW) == (ago(180),)
        assert references(known, SETTINGS, NOW.later(1)) == ()
