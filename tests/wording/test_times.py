"""Ages, durations, clock times and lists as a person reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from notifier.wording.say import English
from notifier.wording.times import ago, clock, duration, latency, listed

SAY = English()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (0.9, "just now"),
        (1, "1 s ago"),
        (20, "20 s ago"),
        (59.9, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 day ago"),
        (200_000, "2 days ago"),
    ],
)
def test_an_age_is_never_rounded_up(seconds, words):
    assert ago(seconds, SAY) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 seconds"),
        (1, "1 second"),
        (35, "35 seconds"),
        (59.6, "59 seconds"),
        (60, "1 minute"),
        (119, "1 minute"),
        (660, "11 minutes"),
        (690, "11 minutes"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (3900, "1 hour 5 minutes"),
        (7260, "2 hours 1 minute"),
        (86_390, "23 hours 59 minutes"),
        (86_400, "1 day"),
        (97_200, "1 day 3 hours"),
        (3 * 86_400, "3 days"),
    ],
)
def test_a_duration_has_at_most_two_units_and_is_never_rounded_up(seconds, words):
    assert duration(seconds, SAY) == words


class TestClockTimes:
    NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)

    def test_are_the_persons_own(self):
        assert clock(self.NOW.replace(hour=14, minute=2), self.NOW, UTC, SAY) == "14:02"
        berlin = ZoneInfo("Europe/Berlin")
        assert clock(self.NOW.replace(hour=14, minute=2), self.NOW, berlin, SAY) == "15:02"

    def test_name_the_day_where_it_is_another(self):
        yesterday = self.NOW.replace(day=22, hour=14, minute=2)
        assert clock(yesterday, self.NOW, UTC, SAY) == "22 Nov 14:02"

    def test_know_that_the_day_turns_elsewhere_at_another_hour(self):
        late = self.NOW.replace(hour=2)
        honolulu = ZoneInfo("Pacific/Honolulu")
        assert clock(late, self.NOW, honolulu, SAY) == "22 Nov 16:00"


@pytest.mark.parametrize(("seconds", "words"), [(0.1434, "143 ms"), (2.44, "2.4 s")])
def test_latencies(seconds, words):
    assert latency(seconds, SAY) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_lists(items, words):
    assert listed(items, SAY) == words
