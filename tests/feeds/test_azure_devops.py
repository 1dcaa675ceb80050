"""What a person is told of Azure DevOps."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Report
from tests.feeds.bodies import CORPUS, body, changed, without
from tests.feeds.samples.azure_devops import page, service

PAGES = CORPUS / "status-pages" / "azure-devops"


def read(document: object) -> Report:
    return feeds.read("azure_devops", "health", {"health": body(document)})


@pytest.mark.parametrize(
    "pasted",
    [
        "status.dev.azure.com",
        "https://status.dev.azure.com/_history",
        "https://status.dev.azure.com/_event/12345",
        "https://status.dev.azure.com/_apis/status/health",
    ],
)
def test_the_document_of_the_page_is_asked_for(pasted):
    (plan,) = feeds.plans("azure_devops", pasted)
    assert plan.wants[0].url == "https://status.dev.azure.com/_apis/status/health"


def test_a_part_is_a_service_somewhere():
    report = read(page())
    assert [(part.id, part.name, part.group) for part in report.parts] == [
        ("Boards/US", "United States", "Boards"),
        ("Boards/EU", "Europe", "Boards"),
        ("Repos/US", "United States", "Repos"),
        ("Repos/EU", "Europe", "Repos"),
    ]
    assert report.as_of == datetime(2026, 7, 24, 17, 5, 34, 397000, tzinfo=UTC)
    assert report.fresh_until is None, "an old date is the usual thing while all is well"
    assert report.incidents == ()


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("healthy", Health.OPERATIONAL),
        ("advisory", Health.DEGRADED),
        ("degraded", Health.PARTIAL_OUTAGE),
        ("unhealthy", Health.MAJOR_OUTAGE),
        ("Healthy", Health.UNKNOWN),
        ("poorly", Health.UNKNOWN),
    ],
)
def test_a_word_is_the_state_of_a_place_or_of_the_page(word, health):
    for document in (page(service("Boards", "healthy", word)), page(health=word, message="")):
        report = read(document)
        assert feeds.stated(report) is health
        assert (report.notes == ()) is (health is not Health.UNKNOWN)


def test_what_the_page_says_in_a_sentence_is_what_is_wrong():
    (one,) = read(page(health="degraded", message="Pipelines wait in Europe")).incidents
    assert (one.title, one.floor) == ("Pipelines wait in Europe", Health.PARTIAL_OUTAGE)
    assert one.parts == (), "nothing is said of where"
    assert read(page(health="degraded", message="")).incidents == ()


def test_it_is_told_of_the_places_that_are_worst():
    places = service("Boards", "advisory", "healthy"), service("Repos", "unhealthy", "healthy")
    (one,) = read(page(*places, health="unhealthy", message="Repos fail")).incidents
    assert one.parts == (PartName("Repos/US", "United States"),)
    assert (one.impact, one.floor) == (Health.MAJOR_OUTAGE, Health.MAJOR_OUTAGE)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        page() | {"services": []},
        without(page(), ("status", "health")),
        without(page(), ("services", 0, "geographies", 0, "health")),
        changed(page(), ("services", 0, "geographies", 0, "health"), None),
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


@pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")
def test_the_real_document_states_that_all_is_well():
    report = feeds.read_alone((PAGES / "azure-devops--health-2026-08-01.json").read_bytes())
    assert (report.engine, feeds.stated(report)) == ("azure_devops", Health.OPERATIONAL)
    assert (report.notes, report.incidents) == ((), ())
