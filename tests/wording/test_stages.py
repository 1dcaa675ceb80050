"""The way to a host in a line: what was passed in what time, and where it breaks."""

from dataclasses import replace

import pytest

from notifier.model.moment import Moment
from notifier.model.observation import Stage, StageTime
from notifier.model.verdict import Evidence, EvidenceKind
from notifier.wording.say import English
from notifier.wording.stages import breaks_at, way, way_of, ways
from tests.view.scene import NOW, SEEN, Scene

SAY = English()
NEW = (
    StageTime(Stage.DNS, 0.012),
    StageTime(Stage.CONNECT, 0.0204),
    StageTime(Stage.TLS, 0.031),
    StageTime(Stage.FRONT, 0.095),
)


@pytest.mark.parametrize(
    ("stages", "stopped", "line"),
    [
        pytest.param(
            NEW,
            None,
            "name 12 ms · connection 20 ms · secure connection 31 ms · answer 95 ms",
            id="all of it",
        ),
        pytest.param(NEW[3:], None, "kept connection · answer 95 ms", id="a kept connection"),
        pytest.param((), Stage.DNS, "breaks at the name", id="no name"),
        pytest.param(
            NEW[:2],
            Stage.TLS,
            "name 12 ms · connection 20 ms · breaks at the secure connection",
            id="a certificate",
        ),
        pytest.param((), Stage.FRONT, "breaks at the answer", id="silence on a kept connection"),
        pytest.param((), None, "", id="nothing known"),
        pytest.param(
            (*NEW[3:], StageTime(Stage.PRODUCT, 1.25)),
            None,
            "kept connection · answer 95 ms · product 1.2 s",
            id="the product itself",
        ),
    ],
)
def test_the_way_is_told_stage_by_stage(stages, stopped, line):
    assert way(stages, stopped, SAY) == line


def seen(kind: EvidenceKind, says: str, at: Moment = SEEN, **more) -> Evidence:
    return Evidence(kind, "api.openai.test", at, says, "", stages=NEW[3:], **more)


@pytest.mark.parametrize(
    ("kind", "says", "stage"),
    [
        (EvidenceKind.PROBE, "alive", None),
        (EvidenceKind.PROBE, "limited", None),
        (EvidenceKind.PROBE, "failing", Stage.FRONT),
        (EvidenceKind.PROBE, "slow", Stage.FRONT),
        (EvidenceKind.PROBE, "account", Stage.ACCOUNT),
        (EvidenceKind.KEY, "failing", Stage.PRODUCT),
        (EvidenceKind.KEY, "account", Stage.ACCOUNT),
        (EvidenceKind.PAGE, "major_outage", None),
    ],
)
def test_an_answer_that_is_no_good_is_where_it_breaks(kind, says, stage):
    assert breaks_at(seen(kind, says)) is stage


def test_where_the_look_itself_broke_counts_more_than_what_was_said():
    assert breaks_at(seen(EvidenceKind.KEY, "failing", stopped=Stage.TLS)) is Stage.TLS


def test_of_a_look_nobody_noted_nothing_is_claimed():
    assert way_of(replace(seen(EvidenceKind.PROBE, "failing"), stages=()), SAY) == ""


def test_every_source_is_told_of_once_in_order_as_last_gone():
    row = Scene().picture().rows[0]
    evidence = (
        seen(EvidenceKind.PROBE, "alive"),
        replace(seen(EvidenceKind.PAGE, "unreadable", NOW, stopped=Stage.DNS), stages=()),
        seen(EvidenceKind.PAGE, "operational"),
        seen(EvidenceKind.REFERENCE, "reachable"),
    )
    row = replace(row, verdict=replace(row.verdict, evidence=evidence))
    assert ways(row, SAY) == (
        ("Status page api.openai.test", "breaks at the name"),
        ("Front door api.openai.test", "kept connection · answer 95 ms"),
        ("Your account", "not asked: no key"),
    )


def test_with_a_key_the_account_is_a_source_like_the_others():
    row = Scene().picture().rows[0]
    key = seen(EvidenceKind.KEY, "account")
    row = replace(row, verdict=replace(row.verdict, evidence=(key,)))
    way_there = "kept connection · answer 95 ms · breaks at the account"
    assert ways(row, SAY) == (("Your key api.openai.test", way_there),)


def test_before_the_first_look_there_is_no_way():
    row = Scene().picture().rows[0]
    assert ways(replace(row, verdict=replace(row.verdict, evidence=())), SAY) == ()
