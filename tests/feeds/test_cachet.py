"""What a person is told of a Cachet page, of version 2 and of version 3."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from tests.feeds.bodies import body, changed, without
from tests.feeds.samples import cachet

WORDS = [
    (1, Health.OPERATIONAL),
    ("1", Health.OPERATIONAL),
    (2, Health.DEGRADED),
    (3, Health.PARTIAL_OUTAGE),
    (4, Health.MAJOR_OUTAGE),
    (5, Health.UNKNOWN),
    (6, Health.MAINTENANCE),
    (7, Health.UNKNOWN),
    ("fine", Health.UNKNOWN),
]


def two(components: object = None, *events: dict, groups: object = None) -> Report:
    bodies = {
        "components": body(components or cachet.components()),
        "incidents": body(cachet.incidents(*events)),
    }
    if groups is not None:
        bodies["groups"] = body(groups)
    return feeds.read("cachet", "v2", bodies)


def three(components: object = None, *events: dict) -> Report:
    bodies = {
        "components": body(components or cachet.components3()),
        "incidents": body(cachet.incidents3(*events)),
    }
    return feeds.read("cachet", "v3", bodies)


@pytest.mark.parametrize(
    "pasted",
    [
        "status.example.com",
        "https://status.example.com/incidents/7",
        "https://status.example.com/api/v1/components",
        "https://status.example.com/api/components?per_page=5",
    ],
)
def test_the_newer_form_is_asked_for_where_there_is_not_the_older(pasted):
    old, new = feeds.plans("cachet", pasted)
    assert old.wants[0].url == "https://status.example.com/api/v1/components?per_page=1000"
    assert new.wants[0].url.startswith("https://status.example.com/api/components?")


def test_every_part_has_its_group():
    report = two(groups=cachet.groups())
    assert [(part.id, part.name, part.group) for part in report.parts] == [
        ("1", "API", "Platform"),
        ("2", "Login", "Platform"),
        ("3", "W", None),
    ]
    assert [part.group_id for part in two().parts] == ["1", "1", None]
    assert [(part.name, part.group) for part in three().parts] == [
        ("API", "Platform"),
        ("Login", "Platform"),
    ]


@pytest.mark.parametrize(("word", "health"), WORDS)
def test_a_number_is_a_state_in_either_version(word, health):
    assert feeds.stated(two(cachet.components(cachet.component(1, "A", word)))) is health
    for said in (word, {"human": "x", "value": word}):
        report = three(cachet.components3(cachet.component3("1", "A", said)))
        assert feeds.stated(report) is health


def test_a_number_nobody_knows_is_kept():
    report = two(cachet.components(cachet.component(1, "A", 9)), cachet.incident(status=8))
    assert report.notes == ("unknown status “9”", "unknown incident status “8”")
    assert feeds.stated(report) is Health.UNKNOWN


def test_a_part_that_is_shown_to_nobody_is_left_out():
    hidden = cachet.component(9, "Old", 4, enabled=False)
    report = two(cachet.components(cachet.component(1, "A"), hidden))
    assert [part.name for part in report.parts] == ["A"]
    hidden3 = cachet.component3("9", "Old", 4, enabled=False)
    report = three(cachet.components3(cachet.component3("1", "A"), hidden3))
    assert feeds.stated(report) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("status", "phase", "floor"),
    [
        (1, Phase.INVESTIGATING, Health.DEGRADED),
        (2, Phase.IDENTIFIED, Health.DEGRADED),
        (3, Phase.MONITORING, Health.DEGRADED),
        (4, Phase.RESOLVED, Health.OPERATIONAL),
        (9, Phase.INVESTIGATING, Health.UNKNOWN),
    ],
)
def test_an_incident_stands_where_its_number_says(status, phase, floor):
    (old,), (new,) = (
        two(None, cachet.incident(status=status)).incidents,
        three(None, cachet.incident3("7", status, "1")).incidents,
    )
    for one in (old, new):
        assert (one.id, one.title, one.phase, one.floor) == ("7", "Errors", phase, floor)
        assert one.parts == (PartName("1", "API"),)
    assert old.updates[0].text == "We *found* it."


def test_the_latest_status_counts_where_there_is_one():
    (one,) = two(None, cachet.incident(status=1, latest_status=4)).incidents
    assert not one.open
    (one,) = two(None, cachet.incident(status=4, latest_status=1)).incidents
    assert one.open


def test_what_is_planned_is_no_incident():
    report = two(None, cachet.incident(status=0, name="New disks"))
    assert report.incidents == ()
    assert [(one.title, one.under_way) for one in report.maintenance] == [("New disks", False)]
    assert feeds.stated(report) is Health.OPERATIONAL


def test_of_parts_on_other_pages_nobody_says_that_they_are_well():
    for report in (
        two(cachet.components(cachet.component(1, "A"), total=40)),
        three(cachet.components3(following="https://status.example.com/api/components?page=2")),
    ):
        assert feeds.stated(report) is Health.UNKNOWN
        assert not report.complete
        assert report.notes == ("more parts stand on other pages",)


def test_parts_in_a_file_are_read_without_their_incidents():
    for document in (cachet.components(), cachet.components3()):
        assert len(feeds.read_alone(body(document)).parts) >= 2


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"data": []},
        cachet.components() | {"data": []},
        without(cachet.components(), ("meta",)),
        without(cachet.components(), ("data", 0, "status")),
        changed(cachet.components(), ("data", 0, "status"), None),
        {"data": {"type": "status_page"}, "meta": {"pagination": {"total": 1}}},
        without(cachet.components3(), ("links",)),
        without(cachet.components3(), ("data", 0, "attributes", "status")),
        cachet.incidents(cachet.incident()) | {"meta": {}},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    for read in (two, three, lambda said: feeds.read_alone(body(said), "cachet")):
        with pytest.raises(Unreadable):
            read(document or [0])
