"""What the clock of whoever answers says about this computer's."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from notifier import probes
from notifier.model.observation import Answered, Reading
from notifier.probes import Answer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = 3600.0


def dated(**off: float) -> dict[str, str]:
    return {"date": format_datetime(NOW + timedelta(**off), usegmt=True)}


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        pytest.param(dated(hours=2), 2 * HOUR, id="ours is slow"),
        pytest.param(dated(days=-400), -400 * 24 * HOUR, id="ours is fast"),
        pytest.param(dated(hours=-3) | {"age": "10800"}, 0.0, id="out of a cache on the way"),
        pytest.param(dated(hours=2) | {"age": "soon"}, 2 * HOUR, id="an age nobody can read"),
        pytest.param({}, None, id="no date"),
        pytest.param({"date": "99 Foo 2026"}, None, id="no date anybody can read"),
    ],
)
def test_the_date_of_an_answer_is_compared(headers, ahead):
    assert probes.ahead(headers, NOW) == ahead


def door(**off: float) -> Reading:
    found = probes.read("plain", Answer(401, dated(**off), b"", 0.1, NOW))
    assert isinstance(found, Reading)
    return found


def neutral(url: str, **off: float) -> Answered:
    found = probes.reference(Answer(204, dated(**off), b"", 0.1, NOW), url)
    assert isinstance(found, Answered)
    return found


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_far_off_is_told_by_whoever_answers(hours):
    assert door(hours=hours).ahead == hours * HOUR
    for url in ("https://neutral.test/204", "http://neutral.test/204"):
        assert neutral(url, hours=hours).ahead == hours * HOUR


def test_clocks_that_nearly_agree_leave_answers_equal():
    assert door(minutes=59) == door(minutes=-59)
    assert neutral("http://neutral.test/", minutes=59) == Answered("HTTP 204 in 100 ms")


def test_where_nobody_noted_when_it_came_nothing_is_compared():
    found = probes.read("plain", Answer(401, dated(hours=5), b"", 0.1))
    assert isinstance(found, Reading)
    assert found.ahead is None
