"""What a person is told of a Statuspal page, which is read as it stands."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.samples.statuspal import incident, page, service


def read(body: bytes) -> Report:
    return feeds.read("statuspal", "page", {"page": body})


def test_the_page_itself_is_asked_for():
    (plan,) = feeds.plans("statuspal", "https://status.example.com/incidents/12")
    assert [(want.url, want.web_page) for want in plan.wants] == [
        ("https://status.example.com/", True)
    ]


def test_every_service_is_a_part():
    report = read(page())
    assert [(part.id, part.name) for part in report.parts] == [("1", "App"), ("2", "API & hooks")]
    assert feeds.stated(report) is Health.OPERATIONAL


WORDS = [
    ("none", Health.OPERATIONAL),
    ("scheduled", Health.MAINTENANCE),
    ("minor", Health.DEGRADED),
    ("major", Health.MAJOR_OUTAGE),
    ("fine", Health.UNKNOWN),
    ("none-at-all", Health.UNKNOWN),
]


@pytest.mark.parametrize(("word", "health"), WORDS)
def test_a_class_is_the_state_of_a_service_or_of_the_page(word, health):
    for body in (
        page(service(1, "App"), service(2, "API", word)),
        page(overall=word),
        page(service(1, "App", word), overall=None),
    ):
        report = read(body)
        assert feeds.stated(report) is health
        assert report.notes == (() if health is not Health.UNKNOWN else (f"unknown type “{word}”",))


def test_a_service_without_a_class_or_a_name_is_not_taken_for_well():
    body = page(service(1, "App"), '<div id="service-2" class="service-status">Hello</div>')
    report = read(body)
    assert [(part.name, part.health) for part in report.parts] == [
        ("App", Health.OPERATIONAL),
        ("2", Health.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("more", "still", "health"),
    [
        ({}, True, Health.DEGRADED),
        ({"i_type": {"key": "major"}}, True, Health.MAJOR_OUTAGE),
        ({"i_type": {"key": "odd"}}, True, Health.UNKNOWN),
        ({"i_type": {"key": "none"}}, True, Health.DEGRADED),
        ({"ends_at": "2026-08-01T18:00:00"}, False, Health.OPERATIONAL),
    ],
)
def test_an_incident_goes_on_until_it_has_an_end(more, still, health):
    report = read(page(incidents=[incident(**more)]))
    (one,) = report.incidents
    assert (one.id, one.title, one.open) == ("245923", "Reports are late", still)
    assert feeds.stated(report) is health


def test_what_is_planned_is_no_incident():
    report = read(page(incidents=[incident(i_type={"key": "scheduled"})]))
    assert [one.title for one in report.maintenance] == ["Reports are late"]
    assert report.incidents == ()


def test_a_page_in_a_file_is_known_by_its_shape():
    assert feeds.read_alone(page()) == read(page())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<!doctype html><html><body>Welcome</body></html>",
        b'<html><div class="system-status">Hm</div></html>',
        page("<p>Nothing</p>", overall=None),
        page().replace(b"</html>", b""),
        page(incidents=[incident()]).replace(b'"id": 245923', b'"id": 24 5923'),
        page(incidents=[{"id": 1, "title": "x", "ends_at": None}]),
        b"\xff" + page(),
    ],
)
def test_what_is_not_such_a_page_or_not_whole_is_refused(body):
    with pytest.raises(Unreadable):
        read(body)


def test_no_part_of_a_page_is_evidence():
    whole = page(service(1, "App"), service(2, "API", "major"), incidents=[incident()]).rstrip()
    for end in range(len(whole)):
        with pytest.raises(Unreadable):
            read(whole[:end])


@given(data=st.data())
def test_a_few_changed_bytes_are_a_report_or_a_sentence(data):
    said = bytearray(page(incidents=[incident()]))
    for _ in range(data.draw(st.integers(1, 4))):
        said[data.draw(st.integers(0, len(said) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unreadable):
        assert feeds.stated(read(bytes(said))) in Health
