"""What holds for any damage to a document: it is unreadable, or it is no better than it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health, gravity
from notifier.model.observation import Report
from tests.feeds.bodies import (
    body,
    changed,
    compatible_component,
    compatible_event,
    compatible_page,
    component,
    event,
    native,
    ongoing,
    planned,
    summary,
)

STATUSPAGE = summary(
    components=[component("a", "A", "partial_outage"), component("b", "B")],
    incidents=[event()],
    scheduled_maintenances=[planned(status="in_progress")],
    status={"indicator": "minor"},
)
NATIVE = native(
    affected_components=[{"component_id": "01K00000000000000000000001", "status": "full_outage"}],
    ongoing_incidents=[
        ongoing(
            status="identified",
            affected_components=[
                {"component_id": "01K00000000000000000000002", "current_status": "full_outage"}
            ],
        )
    ],
)
COMPATIBLE = {
    "page": compatible_page(),
    "status": {"indicator": "minor"},
    "components": [compatible_component(1, "major_outage")],
    "incidents": [compatible_event()],
}
DOCUMENTS = [
    pytest.param("statuspage", "summary", STATUSPAGE, id="statuspage"),
    pytest.param("incident_io", "native", NATIVE, id="incident.io"),
    pytest.param("incident_io", "summary", COMPATIBLE, id="incident.io's imitation"),
]

# Each has one single thing in it that is not green.
LONELY = [
    pytest.param(
        "statuspage",
        "summary",
        changed(summary(), ("components", 0, "status"), "partial_outage"),
        ("components", 0, "status"),
        id="a part",
    ),
    pytest.param(
        "statuspage",
        "summary",
        changed(summary(), ("status", "indicator"), "minor"),
        ("status", "indicator"),
        id="the page's word",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents",),
        id="the incidents",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents", 0, "impact"),
        id="an impact",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents", 0, "status"),
        id="a phase",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(
            affected_components=[
                {"component_id": "x", "status": "full_outage"},
                {"component_id": f"01K{'0' * 22}1", "status": "full_outage"},
            ]
        ),
        ("summary", "affected_components"),
        id="what is affected",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(affected_components=[{"component_id": f"01K{'0' * 22}1", "status": "full_outage"}]),
        ("summary", "affected_components", 0, "status"),
        id="how it is affected",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(
            ongoing_incidents=[
                ongoing(
                    affected_components=[
                        {"component_id": f"01K{'0' * 22}1", "current_status": "full_outage"}
                    ]
                )
            ]
        ),
        ("summary", "ongoing_incidents"),
        id="what goes on",
    ),
]


def read(engine: str, plan: str, said: bytes) -> Report:
    return feeds.read(engine, plan, {"summary": said})


def read_or_refused(engine: str, plan: str, said: bytes) -> Report | None:
    """None where it is refused; any other exception is a failure of the test."""
    try:
        return read(engine, plan, said)
    except Unreadable:
        return None


def places(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document."""
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    for step, value in steps:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from places(value, (*path, step))


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
def test_no_part_of_a_document_is_evidence(engine, plan, document):
    whole = body(document)
    read(engine, plan, whole)
    for end in range(len(whole)):
        with pytest.raises(Unreadable):
            read(engine, plan, whole[:end])


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
@pytest.mark.parametrize("value", [None, 7, -1.5, True, [], {}, "", "surprise", 2**70])
def test_whatever_stands_in_one_place_there_is_a_report_or_a_sentence(
    engine, plan, document, value
):
    for path in places(document):
        report = read_or_refused(engine, plan, body(changed(document, path, value)))
        assert report is None or feeds.stated(report) is not Health.OPERATIONAL


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [None], ["x"], {"a": 1}])
@pytest.mark.parametrize(("engine", "plan", "document", "path"), LONELY)
def test_what_decides_cannot_be_spoilt_into_all_well(engine, plan, document, path, value):
    assert feeds.stated(read(engine, plan, body(document))) is not Health.OPERATIONAL
    report = read_or_refused(engine, plan, body(changed(document, path, value)))
    assert report is None or feeds.stated(report) is not Health.OPERATIONAL


@pytest.mark.parametrize(("engine", "plan", "document", "path"), LONELY)
@given(word=st.text(max_size=20))
def test_no_word_nobody_knows_is_ever_green(engine, plan, document, path, word):
    known = {"operational", "none", "resolved", "postmortem", "completed"}
    if word in known:
        return
    report = read_or_refused(engine, plan, body(changed(document, path, word)))
    assert report is None or feeds.stated(report) is not Health.OPERATIONAL


@given(st.binary(max_size=200))
def test_any_bytes_are_a_report_or_a_sentence(said):
    for engine, plan in (("statuspage", "summary"), ("incident_io", "native")):
        with pytest.raises(Unreadable):
            read(engine, plan, said)


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
@given(data=st.data())
def test_a_few_changed_bytes_are_a_report_or_a_sentence(engine, plan, document, data):
    said = bytearray(body(document))
    for _ in range(data.draw(st.integers(1, 4))):
        said[data.draw(st.integers(0, len(said) - 1))] = data.draw(st.integers(0, 255))
    report = read_or_refused(engine, plan, bytes(said))
    assert report is None or feeds.stated(report) in Health


WORDS = st.sampled_from(
    [
        "operational",
        "under_maintenance",
        "degraded_performance",
        "partial_outage",
        "major_outage",
        "strange",
    ]
)


@given(words=st.lists(WORDS, min_size=1, max_size=8), data=st.data())
def test_the_order_of_a_list_says_nothing(words, data):
    parts = [component(f"c{n}", f"C{n}", word) for n, word in enumerate(words)]
    page = summary(components=parts, incidents=[event(), event(id="other", impact="minor")])
    shuffled = {
        **page,
        "components": data.draw(st.permutations(parts)),
        "incidents": data.draw(st.permutations(page["incidents"])),
    }
    one, other = (read("statuspage", "summary", body(each)) for each in (page, shuffled))
    assert feeds.stated(one) is feeds.stated(other)
    assert set(one.parts) == set(other.parts)
    assert set(one.incidents) == set(other.incidents)


@given(words=st.lists(WORDS, min_size=1, max_size=8), data=st.data())
def test_a_worse_part_never_makes_a_better_page(words, data):
    parts = [component(f"c{n}", f"C{n}", word) for n, word in enumerate(words)]
    worse = changed(parts, (data.draw(st.integers(0, len(parts) - 1)), "status"), "major_outage")
    before, after = (
        feeds.stated(read("statuspage", "summary", body(summary(components=each))))
        for each in (parts, worse)
    )
    assert gravity(after) >= gravity(before)


@given(at=st.integers(0, 5))
def test_the_order_of_a_timeline_is_its_times(at):
    updates = ongoing()["updates"]
    turned = updates[at % 2 :] + updates[: at % 2]
    one, other = (
        read("incident_io", "native", body(native(ongoing_incidents=[ongoing(updates=each)])))
        for each in (updates, turned)
    )
    assert one.incidents == other.incidents
