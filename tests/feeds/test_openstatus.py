"""What a person is told by the one word of openstatus."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from tests.feeds.bodies import body
from tests.feeds.samples.openstatus import status

API = "https://api.openstatus.dev/public/status"


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("https://api.openstatus.dev/public/status/example", f"{API}/example"),
        ("example.openstatus.dev", f"{API}/example"),
        ("https://Example.openstatus.dev/events/report/1", f"{API}/example"),
        ("http://127.0.0.1:80/public/status/x", "http://127.0.0.1/public/status/x"),
        ("https://status.example.com", "https://status.example.com"),
    ],
)
def test_the_word_is_asked_for_by_the_name_in_the_address(pasted, asked):
    (plan,) = feeds.plans("openstatus", pasted)
    assert plan.wants[0].url == asked


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("operational", Health.OPERATIONAL),
        ("degraded_performance", Health.DEGRADED),
        ("partial_outage", Health.PARTIAL_OUTAGE),
        ("major_outage", Health.MAJOR_OUTAGE),
        ("under_maintenance", Health.MAINTENANCE),
        ("incident", Health.DEGRADED),
        ("unknown", Health.UNKNOWN),
    ],
)
def test_one_word_is_the_whole_page(word, health):
    report = feeds.read_alone(body(status(word)))
    assert (report.engine, report.indicator, report.parts) == ("openstatus", health, ())
    assert feeds.stated(report) is health


@pytest.mark.parametrize(
    "document", [status("ok"), status("up"), status(""), {}, [], {"status": {}}]
)
def test_any_other_word_may_be_anybody_s_and_is_refused(document):
    with pytest.raises(Unreadable):
        feeds.read("openstatus", "status", {"status": body(document)})
    with pytest.raises(Unreadable, match="“ok” is no status of openstatus"):
        feeds.read("openstatus", "status", {"status": body(status("ok"))})
