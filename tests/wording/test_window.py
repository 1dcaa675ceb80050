"""What stands under an incident in the window."""

from datetime import UTC, datetime

import pytest

from notifier.model.moment import Moment
from notifier.model.observation import Incident, PartName, Phase
from notifier.wording.glance import Glance
from notifier.wording.say import English
from notifier.wording.window import incident_facts

NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
GLANCE = Glance(Moment(NOW, 0.0), UTC, English())


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("AB", "Cause found · A, B"),
        ("ABCDEFGH", "Cause found · A, B, C, D, E, F, G, H"),
        ("ABCDEFGHIJ", "Cause found · A, B, C, D, E, F, G, H and 2 more"),
        ("ABABAB", "Cause found · A, B"),
        ("", "Cause found"),
    ],
)
def test_what_an_incident_touches_is_named_once_and_no_longer_than_a_line(names, told):
    parts = tuple(PartName(str(number), name) for number, name in enumerate(names))
    assert incident_facts(Incident("1", "Errors", Phase.IDENTIFIED, parts=parts), GLANCE) == told
