"""What is good enough for whoever waits."""

import pytest

from notifier.model.health import Health, at_least

GOOD_ENOUGH = {
    Health.OPERATIONAL: {Health.OPERATIONAL},
    Health.MAINTENANCE: {Health.OPERATIONAL, Health.MAINTENANCE},
    Health.DEGRADED: {Health.OPERATIONAL, Health.MAINTENANCE, Health.DEGRADED},
    Health.MAJOR_OUTAGE: set(Health) - {Health.UNKNOWN},
}


@pytest.mark.parametrize("wanted", GOOD_ENOUGH)
def test_a_better_state_will_do_and_what_is_unknown_never_will(wanted):
    assert {health for health in Health if at_least(health, wanted)} == GOOD_ENOUGH[wanted]
