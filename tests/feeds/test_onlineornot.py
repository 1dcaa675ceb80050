"""What a person is told by OnlineOrNot's feed: what any feed tells, under its own name."""

from dataclasses import replace

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from tests.feeds.bodies import item, rss
from tests.feeds.samples.onlineornot import SITE


@pytest.mark.parametrize(
    "pasted",
    [
        "status.example.com",
        "https://status.example.com/incidents/abc",
        "https://status.example.com/incidents.rss",
    ],
)
def test_the_feed_of_incidents_is_asked_for(pasted):
    (plan,) = feeds.plans("onlineornot", pasted)
    assert [want.url for want in plan.wants] == ["https://status.example.com/incidents.rss"]


@pytest.mark.parametrize(
    ("feed", "health"),
    [(rss(item()), Health.DEGRADED), (SITE["/incidents.rss"], Health.OPERATIONAL)],
)
def test_it_says_what_any_feed_says(feed, health):
    report = feeds.read("onlineornot", "feed", {"feed": feed})
    assert feeds.stated(report) is health
    same = feeds.read("syndication", "feed", {"feed": feed})
    assert report == replace(same, engine="onlineornot")


def test_what_is_no_feed_is_refused_and_a_file_is_any_feed():
    with pytest.raises(Unreadable):
        feeds.read("onlineornot", "feed", {"feed": b"{}"})
    assert feeds.read_alone(rss(item())).engine == "syndication"
