"""Three days of watching leave nothing behind that grows."""

import pytest

from tests.rehearsal.seventy_two_hours import watch

MB = 1024 * 1024


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_three_days_of_watching_thirty_tools_hold_no_more_than_two_hours_did():
    usage = watch(hours=72, services=30, interval="5m")
    assert usage.notices > 40
    assert (usage.descriptors, usage.threads) == (0, 0)
    assert usage.memory <= 2 * MB


@pytest.mark.slow  # `dev.py bench` holds eight such hours, in the same way
def test_a_day_of_three_tools_holds_no_more_than_two_hours_did():
    usage = watch(hours=24, services=3, interval="10m")
    assert usage.notices > 10
    assert (usage.descriptors, usage.threads) == (0, 0)
    assert usage.memory <= MB
