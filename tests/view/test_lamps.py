"""Which lamp: the table of interfaces.md."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.model.health import Health
from notifier.model.picture import Lamp
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose
from notifier.view.lamp import lamp_of, lamp_of_all
from tests.view.scene import DOWN, GREEN, NOW, OFFLINE, SILENT, UNREAD, Scene

SURE, UNSURE = Confidence.CONFIRMED, Confidence.SUSPECTED
WELL, PLANNED, UNKNOWN = Health.OPERATIONAL, Health.MAINTENANCE, Health.UNKNOWN
SLOW, PARTLY, BROKEN = Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE
THEM, YOU, ACCOUNT, UNCLEAR = Whose.THEM, Whose.YOU, Whose.ACCOUNT, Whose.UNCLEAR


@pytest.mark.parametrize(
    ("health", "whose", "cause", "confidence", "lamp"),
    [
        (WELL, Whose.NONE, None, None, Lamp.CLEAR),
        (PLANNED, Whose.NONE, None, None, Lamp.MAINTENANCE),
        (SLOW, THEM, Cause.PAGE_REPORTS, SURE, Lamp.WATCH),
        (PARTLY, THEM, Cause.PAGE_REPORTS, SURE, Lamp.TROUBLE),
        (BROKEN, THEM, Cause.PAGE_REPORTS, SURE, Lamp.TROUBLE),
        (SLOW, THEM, Cause.PAGE_SILENT, UNSURE, Lamp.WATCH),
        (BROKEN, THEM, Cause.PAGE_SILENT, UNSURE, Lamp.WATCH),
        (BROKEN, THEM, Cause.PAGE_SILENT, SURE, Lamp.TROUBLE),
        (BROKEN, THEM, Cause.SHARED_UPSTREAM, SURE, Lamp.TROUBLE),
        (BROKEN, THEM, Cause.NO_PAGE, UNSURE, Lamp.WATCH),
        *[
            (UNKNOWN, YOU, cause, SURE, Lamp.BLIND)
            for cause in (
                Cause.OFFLINE,
                Cause.CAPTIVE_PORTAL,
                Cause.DNS,
                Cause.PROXY,
                Cause.TLS_INTERCEPTION,
                Cause.CLOCK,
                Cause.ROUTE,
            )
        ],
        (UNKNOWN, YOU, Cause.NOT_RUNNING, SURE, Lamp.EMPTY),
        *[
            (WELL, ACCOUNT, cause, SURE, Lamp.WATCH)
            for cause in (
                Cause.KEY_REJECTED,
                Cause.QUOTA_EXHAUSTED,
                Cause.PAYMENT,
                Cause.REGION,
            )
        ],
        (WELL, ACCOUNT, Cause.RATE_LIMITED, SURE, Lamp.CLEAR),
        (UNKNOWN, UNCLEAR, Cause.PAGE_UNREADABLE, None, Lamp.BLIND),
        (WELL, UNCLEAR, Cause.PAGE_UNREADABLE, UNSURE, Lamp.CLEAR),
        (UNKNOWN, UNCLEAR, Cause.PAGE_MOVED, None, Lamp.BLIND),
        (UNKNOWN, UNCLEAR, Cause.PAGE_STALE, None, Lamp.BLIND),
        (UNKNOWN, UNCLEAR, Cause.PARTS_GONE, None, Lamp.BLIND),
        (UNKNOWN, UNCLEAR, Cause.NOT_LOOKED_YET, None, Lamp.BLIND),
        (UNKNOWN, UNCLEAR, Cause.MIXED, None, Lamp.BLIND),
        (WELL, UNCLEAR, Cause.NO_PAGE, UNSURE, Lamp.CLEAR),
    ],
)
def test_the_lamp_of_one_tool(health, whose, cause, confidence, lamp):
    assert lamp_of(Verdict(health, whose, cause, confidence), None) is lamp


@pytest.mark.parametrize(
    ("verdict", "override", "lamp"),
    [
        pytest.param(DOWN, Override.WORKS, Lamp.WATCH, id="works for me: at most watch"),
        pytest.param(GREEN, Override.WORKS, Lamp.CLEAR, id="works for me: adds no worry"),
        pytest.param(
            Verdict(SLOW, UNCLEAR, Cause.MIXED, UNSURE),
            Override.BROKEN,
            Lamp.WATCH,
            id="broken for me: watch",
        ),
        pytest.param(DOWN, Override.BROKEN, Lamp.TROUBLE, id="broken for me: takes nothing away"),
    ],
)
def test_the_persons_own_word(verdict, override, lamp):
    assert lamp_of(verdict, override) is lamp


ORDER = [Lamp.TROUBLE, Lamp.WATCH, Lamp.BLIND, Lamp.MAINTENANCE, Lamp.CLEAR]


@pytest.mark.parametrize("lamp", ORDER)
def test_the_most_urgent_lamp_is_that_of_the_whole(lamp):
    lesser = ORDER[ORDER.index(lamp) :]
    assert lamp_of_all(reversed(lesser), paused=False) is lamp


def test_nobody_running_a_local_model_changes_nothing():
    assert lamp_of_all([Lamp.EMPTY, Lamp.CLEAR], paused=False) is Lamp.CLEAR


def test_a_pause_covers_everything():
    assert lamp_of_all([Lamp.TROUBLE, Lamp.CLEAR], paused=True) is Lamp.PAUSED


def test_with_nothing_chosen_it_is_neutral():
    assert lamp_of_all([], paused=False) is Lamp.EMPTY
    assert lamp_of_all([], paused=True) is Lamp.EMPTY


class TestThePicture:
    def test_is_empty_and_unknown_with_nothing_chosen(self):
        shown = Scene(services=()).picture()
        assert (shown.lamp, shown.overall, shown.rows) == (Lamp.EMPTY, UNKNOWN, ())

    def test_shows_the_most_urgent_first_and_else_the_persons_own_order(self):
        shown = Scene(verdicts={"perplexity": DOWN, "github-copilot": SILENT}).picture()
        assert [row.key for row in shown.rows] == [
            "perplexity",
            "github-copilot",
            "chatgpt",
            "claude",
        ]

    def test_puts_the_graver_state_first_under_one_lamp(self):
        partly = replace(DOWN, health=PARTLY)
        shown = Scene(verdicts={"chatgpt": partly, "claude": DOWN}).picture()
        assert [row.key for row in shown.rows[:2]] == ["claude", "chatgpt"]

    def test_of_one_unknown_among_greens_is_unknown_never_green(self):
        shown = Scene(verdicts={"claude": UNREAD}).picture()
        assert (shown.lamp, shown.overall) == (Lamp.BLIND, UNKNOWN)

    def test_of_trouble_beside_blindness_is_trouble(self):
        shown = Scene(verdicts={"claude": OFFLINE, "chatgpt": DOWN}).picture()
        assert (shown.lamp, shown.overall) == (Lamp.TROUBLE, BROKEN)

    def test_of_a_pause_keeps_the_truth_in_its_rows(self):
        scene = Scene(verdicts={"chatgpt": DOWN})
        scene.more = {"paused_until": NOW.utc + timedelta(hours=1)}
        shown = scene.picture()
        assert (shown.lamp, shown.overall) == (Lamp.PAUSED, BROKEN)
        assert shown.rows[0].lamp is Lamp.TROUBLE
