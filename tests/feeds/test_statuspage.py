"""What a person is told of an Atlassian Statuspage."""

import json
import tracemalloc
from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.shape import whole
from notifier.feeds.statuspage.document import Summary
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, PartName, Phase, Report
from tests.feeds import bodies
from tests.feeds.bodies import body, changed, component, event, planned, summary, update


def read(document: object) -> Report:
    return feeds.read("statuspage", "summary", {"summary": body(document)})


def state(document: object) -> Health:
    return feeds.stated(read(document))


def test_one_document_is_asked_for_wherever_on_the_page_the_address_was_copied():
    for pasted in (
        "https://status.example.com",
        "status.example.com/",
        "https://STATUS.example.com/incidents/abc?x=1#y",
        "https://status.example.com/api/v2/components.json",
    ):
        (plan,) = feeds.plans("statuspage", pasted)
        (want,) = plan.wants
        assert want.url == "https://status.example.com/api/v2/summary.json"
        assert (plan.name, want.name, want.required) == ("summary", "summary", True)
    (plan,) = feeds.plans("statuspage", "http://127.0.0.1:8123/campus/")
    assert plan.wants[0].url == "http://127.0.0.1:8123/campus/api/v2/summary.json"


def test_parts_stand_as_on_the_page_and_group_rows_are_none():
    assert [(part.group, part.name) for part in read(summary()).parts] == [
        ("Chat", "Login"),
        ("Platform", "API"),
        ("Platform", "Login"),
        (None, "Docs"),
    ]
    assert {part.group_id for part in read(summary()).parts} == {
        "groupchat001",
        "groupapi0001",
        None,
    }


def test_parts_with_endless_names_are_cut_and_not_remembered():
    def endless(number: int) -> Report:
        return read(summary(components=[component(f"c{number}", "x" * 100_000)]))

    endless(0)
    tracemalloc.start()
    try:
        assert len(endless(1).parts[0].name) == 300
        for number in range(2, 30):
            endless(number)
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_part_whose_group_is_not_listed_keeps_the_id_of_it():
    (part,) = read(summary(components=[component("a", "A", group="gone00000001")])).parts
    assert (part.group, part.group_id) == (None, "gone00000001")


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("under_maintenance", Health.MAINTENANCE),
        ("degraded_performance", Health.DEGRADED),
        ("partial_outage", Health.PARTIAL_OUTAGE),
        ("major_outage", Health.MAJOR_OUTAGE),
    ],
)
def test_the_worst_part_is_what_a_page_states(word, health):
    assert state(changed(summary(), ("components", 0, "status"), word)) is health


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("none", Health.OPERATIONAL),
        ("maintenance", Health.MAINTENANCE),
        ("minor", Health.DEGRADED),
        ("major", Health.PARTIAL_OUTAGE),
        ("critical", Health.MAJOR_OUTAGE),
    ],
)
def test_the_page_s_own_word_counts_although_every_part_is_green(word, health):
    assert state(changed(summary(), ("status", "indicator"), word)) is health


@pytest.mark.parametrize(
    ("status", "impact", "floor"),
    [
        pytest.param("identified", "minor", Health.DEGRADED, id="minor is degraded"),
        pytest.param("investigating", "major", Health.PARTIAL_OUTAGE, id="major is partial"),
        pytest.param("identified", "critical", Health.MAJOR_OUTAGE, id="critical is major"),
        pytest.param("identified", "none", Health.OPERATIONAL, id="none changes nothing"),
        pytest.param("monitoring", "major", Health.DEGRADED, id="a fix being watched: degraded"),
        pytest.param("monitoring", "none", Health.OPERATIONAL, id="nothing being watched"),
        pytest.param("resolved", "critical", Health.OPERATIONAL, id="resolved implies nothing"),
        pytest.param("postmortem", "critical", Health.OPERATIONAL, id="nor does a post-mortem"),
        pytest.param("identified", "gigantic", Health.UNKNOWN, id="an impact nobody knows"),
        pytest.param("identified", None, Health.UNKNOWN, id="an impact nobody declared"),
        pytest.param("escalated", "none", Health.UNKNOWN, id="a phase nobody knows"),
    ],
)
def test_a_green_page_with_an_open_incident_is_not_plain_green(status, impact, floor):
    report = read(summary(incidents=[event(status=status, impact=impact)]))
    assert report.incidents[0].floor is floor
    assert feeds.stated(report) is floor


def test_the_declared_impact_stays_visible_while_the_fix_is_watched():
    (told,) = read(summary(incidents=[event(status="monitoring", impact="critical")])).incidents
    assert (told.impact, told.floor) == (Health.MAJOR_OUTAGE, Health.DEGRADED)


def test_an_incident_is_told_whole():
    (told,) = read(summary(incidents=[event()])).incidents
    assert (told.id, told.title, told.phase) == (
        "incident0001",
        "Elevated errors",
        Phase.IDENTIFIED,
    )
    assert told.started_at == datetime(2026, 7, 29, 19, 49, 45, 388000, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 7, 29, 20, 33, 45, tzinfo=UTC)
    assert told.parts == (PartName("api000000001", "API"),)
    assert told.url == "https://stspg.example/abc"
    assert [(entry.phase, entry.text) for entry in told.updates] == [
        (Phase.IDENTIFIED, "We found it."),
        (Phase.INVESTIGATING, "We look."),
    ]
    assert told.open


def test_updates_are_newest_first_by_the_time_they_are_dated():
    late, early = "2026-07-29T13:00:00Z", "2026-07-29T12:00:00Z"
    told = [update("investigating", "first", early), update("identified", "second", late)]
    (seen,) = read(summary(incidents=[event(incident_updates=told)])).incidents
    assert [entry.text for entry in seen.updates] == ["second", "first"]


def test_without_a_short_link_an_incident_has_the_page_s_own_address():
    for bad in (None, "javascript:alert(1)", "https://user@evil.example/", "http://a b/"):
        (told,) = read(summary(incidents=[event(shortlink=bad)])).incidents
        assert told.url == "https://status.example.com/incidents/incident0001"
    page = summary(incidents=[event(shortlink=None)])
    (told,) = read(changed(page, ("page", "url"), "file:///etc/passwd")).incidents
    assert told.url is None


def test_the_parts_of_the_latest_update_stand_in_for_a_missing_list():
    affected = [{"code": "api000000001", "name": "Platform - API"}, {"code": "elsewhere"}]
    updates = [
        update("identified", "", "2026-07-29T13:00:00Z", affected_components=affected),
        update("investigating", "", "2026-07-29T12:00:00Z", affected_components=None),
    ]
    (told,) = read(summary(incidents=[event(components=None, incident_updates=updates)])).incidents
    assert told.parts == (PartName("api000000001", "API"), PartName("elsewhere", ""))


def test_notes_that_pages_keep_as_pseudo_incidents_are_dropped():
    page = summary(incidents=[event(name="_meta")], scheduled_maintenances=[planned(name="_x")])
    assert read(page).incidents == ()
    assert read(page).maintenance == ()
    assert state(page) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("status", "health"),
    [
        pytest.param("scheduled", Health.OPERATIONAL, id="not begun counts for nothing"),
        pytest.param("in_progress", Health.MAINTENANCE, id="under way"),
        pytest.param("verifying", Health.MAINTENANCE, id="still being checked"),
        pytest.param("completed", Health.OPERATIONAL, id="over"),
        pytest.param("delayed_v2", Health.MAINTENANCE, id="an unknown word is not all well"),
    ],
)
def test_maintenance_counts_while_it_is_under_way(status, health):
    page = summary(scheduled_maintenances=[planned(status=status)])
    assert state(page) is health


def test_a_maintenance_is_told_with_its_window():
    (told,) = read(summary(scheduled_maintenances=[planned()])).maintenance
    assert (told.phase, told.title) == (MaintenancePhase.SCHEDULED, "Moving databases")
    assert told.starts_at == datetime(2026, 8, 1, tzinfo=UTC)
    assert told.ends_at == datetime(2026, 8, 1, 2, tzinfo=UTC)
    assert told.parts == (PartName("api000000001", "API"),)


def test_maintenance_listed_as_an_incident_is_maintenance():
    report = read(summary(incidents=[planned(status="in_progress")]))
    assert report.incidents == ()
    assert feeds.stated(report) is Health.MAINTENANCE


def test_a_word_nobody_knows_is_unknown_and_kept():
    page = changed(summary(), ("components", 2, "status"), "degraded_v2")
    assert state(page) is Health.UNKNOWN
    assert read(page).notes == ("unknown component status “degraded_v2”",)
    page = changed(summary(), ("status", "indicator"), "<b>purple</b>")
    assert state(page) is Health.UNKNOWN
    assert read(page).notes == ("unknown page indicator “purple”",)


def test_a_page_without_parts_is_still_a_page():
    bare = {"page": {"id": "exampleexam1"}, "status": {"indicator": "minor"}}
    report = read(bare)
    assert (report.parts, report.incidents, report.maintenance) == ((), (), ())
    assert (report.name, report.home, report.as_of) == ("", "", None)
    assert feeds.stated(report) is Health.DEGRADED


def test_a_document_is_as_new_as_the_newest_thing_in_it():
    page = changed(summary(), ("page", "updated_at"), "2026-07-01T00:00:00Z")
    assert read(page).as_of == datetime(2026, 7, 1, tzinfo=UTC)
    with_incident = {**page, "incidents": [event()]}
    assert read(with_incident).as_of == datetime(2026, 7, 29, 20, 33, 45, tzinfo=UTC)


def test_strange_extra_keys_and_a_byte_order_mark_are_nothing():
    page = summary() | {"api_v3": {"status": 7}}
    page["components"][0]["owners"] = [1, 2, 3]
    marked = b"\xef\xbb\xbf" + body(page)
    assert feeds.read("statuspage", "summary", {"summary": marked}) == read(summary())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        pytest.param(b"", "The answer is empty.", id="nothing"),
        pytest.param(b" \n", "The answer is empty.", id="next to nothing"),
        pytest.param(
            b"<!DOCTYPE html><title>Hi</title>", "A web page came instead of data.", id="HTML"
        ),
        pytest.param(b'{"page": {"id"', "not a whole JSON document", id="half a document"),
        pytest.param(b"\xff\xfe{\x00}\x00", "not of the expected shape", id="UTF-16"),
        pytest.param(b"\xff\xfe{\x00}", "not valid UTF-16", id="UTF-16 cut in a letter"),
        pytest.param(b"{\x00}\x00", "not a whole JSON document", id="UTF-16 without its mark"),
        pytest.param(b'{"page": "\xe9"}', "not valid UTF-8", id="Latin-1"),
        pytest.param(b"{}", "not of the expected shape", id="an empty object"),
        pytest.param(b"[]", "not of the expected shape", id="a list"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="a hundred thousand brackets"),
        pytest.param(body(bodies.native()), "not of the expected shape", id="another vendor's"),
    ],
)
def test_what_is_not_the_document_is_said_in_one_sentence(said, why):
    with pytest.raises(Unreadable) as caught:
        feeds.read("statuspage", "summary", {"summary": said})
    assert why in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_look_without_its_document_is_unreadable():
    with pytest.raises(Unreadable, match="summary"):
        feeds.read("statuspage", "summary", {})


@pytest.mark.parametrize(
    "twice",
    [
        b'"status": "operational", "status": "major_outage"',
        b'"status": "major_outage", "status" : "operational"',
        b'"status": "operational", "st\\u0061tus": "major_outage"',
    ],
)
def test_a_part_that_has_two_states_has_none(twice):
    document = body(summary()).replace(b'"status": "operational"', twice, 1)
    with pytest.raises(Unreadable, match="twice"):
        feeds.read("statuspage", "summary", {"summary": document})


def test_colons_and_quotes_within_texts_are_not_taken_for_names():
    text = 'he said: "status": "operational", \\"status\\": twice\\'
    told = event(incident_updates=[update("identified", text, "2026-07-29T13:00:00Z")])
    (seen,) = read(summary(incidents=[told])).incidents
    assert seen.updates[0].text == text


class TestADocumentOfTheUsualForm:
    """Its components are read at once; whatever is unusual is read the long way, and alike."""

    USUAL = json.dumps(summary(), separators=(",", ":"))

    def test_says_the_same_either_way(self):
        unusual = self.USUAL.replace('"position":', '"mood":{"very":"good"},"position":', 1)
        assert whole(self.USUAL.encode(), Summary) is not None
        assert whole(unusual.encode(), Summary) is None
        assert read(json.loads(unusual)) == read(json.loads(self.USUAL))

    @pytest.mark.parametrize(
        ("was", "becomes"),
        [
            ('"status":"operational"', '"status":"operational","status":"major_outage"'),
            ('"indicator":"none"', '"indicator":"none","indicator":"critical"'),
            ('"incidents":[]', '"incidents":[],"incidents":[]'),
            ('"group_id":null', '"status":"major_outage"'),
        ],
    )
    def test_that_says_something_twice_is_refused(self, was, becomes):
        said = self.USUAL.replace(was, becomes, 1)
        assert said != self.USUAL
        with pytest.raises(Unreadable, match="twice"):
            feeds.read("statuspage", "summary", {"summary": said.encode()})

    def test_nothing_it_leaves_out_stands_for_what_another_says_twice(self):
        bare = {name: summary()[name] for name in ("page", "components")}
        said = body(bare).decode().removesuffix("}")
        for words in ("none", "critical"):
            said += f',"status":{{"indicator":"{words}"}}'
        with pytest.raises(Unreadable, match="twice"):
            feeds.read("statuspage", "summary", {"summary": f"{said}}}".encode()})
