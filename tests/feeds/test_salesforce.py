"""What a person is told of Salesforce Trust."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import PartName, Report
from tests.feeds.bodies import CORPUS, body, changed, without
from tests.feeds.samples.salesforce import incident, instance, product

PAGES = CORPUS / "status-pages" / "salesforce"


def read(document: object) -> Report:
    return feeds.read("salesforce", "instances", {"instances": body(document)})


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("status.salesforce.com/products/Tableau", "/v1/products/Tableau"),
        ("https://status.salesforce.com/products/Tableau/incidents", "/v1/products/Tableau"),
        ("https://status.salesforce.com", "/v1/incidents/active"),
        (
            "https://api.status.salesforce.com/v1/instances/status/preview?products=Tableau",
            "/v1/instances/status/preview?products=Tableau",
        ),
    ],
)
def test_one_product_is_asked_for_where_the_address_names_it(pasted, asked):
    (plan,) = feeds.plans("salesforce", pasted)
    assert plan.wants[0].url == f"https://api.status.salesforce.com{asked}"


def test_active_instances_in_production_are_the_parts():
    report = read(
        product(
            instance("NA1"),
            instance("NA2", "MAJOR_INCIDENT_CORE", isActive=False),
            instance("CS3", "MAJOR_INCIDENT_CORE", environment="sandbox"),
        )
    )
    assert [(part.id, part.group, part.health) for part in report.parts] == [
        ("NA1", "NA", Health.OPERATIONAL)
    ]
    assert report.name == "Tableau"


def test_an_environment_nobody_knows_counts():
    report = read([instance("NA1"), instance("X", "MAJOR_INCIDENT_CORE", environment="moon")])
    assert feeds.stated(report) is Health.MAJOR_OUTAGE


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("OK", Health.OPERATIONAL),
        ("MAINTENANCE_CORE", Health.MAINTENANCE),
        ("MAINTENANCE_NONCORE", Health.MAINTENANCE),
        ("MINOR_INCIDENT_NONCORE", Health.DEGRADED),
        ("MINOR_INCIDENT_CORE", Health.DEGRADED),
        ("MAJOR_INCIDENT_NONCORE", Health.PARTIAL_OUTAGE),
        ("MAJOR_INCIDENT_CORE", Health.MAJOR_OUTAGE),
        ("INFORMATIONAL", Health.UNKNOWN),
    ],
)
def test_the_word_of_an_instance_is_its_state(word, health):
    report = read([instance("NA1", word)])
    assert feeds.stated(report) is health
    assert (report.notes == ()) is (health is not Health.UNKNOWN)


def test_an_incident_of_two_instances_is_told_once():
    minor = "MINOR_INCIDENT_CORE"
    report = read([instance("NA1", minor, incident()), instance("NA2", minor, incident())])
    (one,) = report.incidents
    assert one.parts == (PartName("NA1", "NA1"), PartName("NA2", "NA2"))
    assert one.title == "Performance degradation: NA1, NA2"
    assert one.started_at == datetime(2026, 8, 1, 11, tzinfo=UTC)
    assert one.url == "https://status.salesforce.com/incidents/5968"
    assert one.open


def test_an_incident_all_of_whose_impacts_have_ended_is_over():
    ended = changed(incident(), ("IncidentImpacts", 0, "endTime"), "2026-08-01T12:00:00.000Z")
    (one,) = read([instance("NA1", "OK", ended)]).incidents
    assert not one.open
    assert one.resolved_at == datetime(2026, 8, 1, 12, tzinfo=UTC)
    (one,) = read([instance("NA1", "OK", incident(IncidentImpacts=[]))]).incidents
    assert (one.open, one.floor) == (True, Health.DEGRADED)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        product() | {"Instances": []},
        [instance("NA1", isActive=False)],
        *([without(instance("NA1"), (key,))] for key in ("status", "environment", "isActive")),
        [{"name": "A", "status": "up", "url": "https://example.com"}],
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


@pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize(
    ("name", "health", "parts"),
    [
        ("salesforce--incidents-active", Health.DEGRADED, 1331),
        ("tableau--product-instances-2026-07-30", Health.OPERATIONAL, 21),
    ],
)
def test_real_documents_state_what_they_were_judged_to_state(name, health, parts):
    report = feeds.read_alone((PAGES / f"{name}.json").read_bytes())
    assert (report.engine, feeds.stated(report), report.notes) == ("salesforce", health, ())
    assert len(report.parts) == parts
