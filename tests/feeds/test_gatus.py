"""What a person is told of Gatus' endpoints."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.gatus import gatus_endpoint, gatus_result, gatus_wiki


def read(*endpoints: object) -> Report:
    return feeds.read("gatus", "statuses", {"statuses": body([*endpoints])})


@pytest.mark.parametrize(
    "pasted",
    [
        "https://up.example.edu/",
        "up.example.edu/endpoints/models_llm-gateway",
        "https://up.example.edu/suites/models_chat",
        "https://up.example.edu/api/v1/endpoints/statuses?page=1&pageSize=20",
        "https://up.example.edu/api/v1/endpoints/models_llm-gateway/statuses",
    ],
)
def test_the_newest_result_of_every_endpoint_is_asked_for(pasted):
    (plan,) = feeds.plans("gatus", pasted)
    (want,) = plan.wants
    assert want.url == "https://up.example.edu/api/v1/endpoints/statuses?page=1&pageSize=1"


def test_a_host_called_endpoints_is_a_host():
    (plan,) = feeds.plans("gatus", "http://endpoints/campus")
    assert plan.wants[0].url.startswith("http://endpoints/campus/api/v1/endpoints/statuses?")


def test_endpoints_are_parts_in_their_groups():
    report = read(gatus_endpoint(), gatus_wiki())
    assert [(part.id, part.name, part.group) for part in report.parts] == [
        ("models_llm-gateway", "LLM gateway", "models"),
        ("_wiki", "Wiki", None),
    ]
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.as_of == datetime(2026, 8, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_the_last_result_decides():
    bad, good = gatus_result("[STATUS] (503) == 200"), gatus_result()
    assert feeds.stated(read(gatus_endpoint("A", good, good, bad))) is Health.MAJOR_OUTAGE
    assert feeds.stated(read(gatus_endpoint("A", bad, bad, good))) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("result", "health"),
    [
        (gatus_result("[STATUS] (503) == 200"), Health.MAJOR_OUTAGE),
        (gatus_result("[RESPONSE_TIME] (912) < 300"), Health.DEGRADED),
        (gatus_result("[CERTIFICATE_EXPIRATION] (40h0m0s) > 48h"), Health.DEGRADED),
        (gatus_result("[RESPONSE_TIME] (912) < 300", "[STATUS] (0) == 200"), Health.MAJOR_OUTAGE),
        (gatus_result("[RESPONSE_TIME] (9) < 3", errors=["timed out"]), Health.MAJOR_OUTAGE),
        (gatus_result(success=False), Health.MAJOR_OUTAGE),
        (gatus_result("[STATUS] (503) == 200", success=True), Health.UNKNOWN),
        (gatus_result(success=False, conditionResults=None), Health.MAJOR_OUTAGE),
    ],
)
def test_what_answers_as_it_should_and_late_is_degraded_and_all_else_down(result, health):
    assert feeds.stated(read(gatus_endpoint("A", result))) is health


@pytest.mark.parametrize("results", [[], None])
def test_an_endpoint_that_was_never_asked_is_unknown(results):
    assert feeds.stated(read(gatus_endpoint(results=results), gatus_wiki())) is Health.UNKNOWN


@pytest.mark.parametrize(
    "endpoint",
    [
        {},
        without(gatus_endpoint(), ("key",)),
        without(gatus_endpoint(), ("results",)),
        without(gatus_endpoint(), ("results", 0, "success")),
        gatus_endpoint("A", gatus_result(success="true")),
    ],
)
def test_what_is_not_this_document_is_refused(endpoint):
    with pytest.raises(Unreadable):
        read(gatus_wiki(), endpoint)


def test_a_list_of_nothing_says_nothing():
    with pytest.raises(Unreadable, match="no endpoint"):
        read()
