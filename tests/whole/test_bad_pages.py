"""A page that answers anything but its document: no outage, no crash, and the reason in words."""

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import until
from tests.whole.feed_server import Instead

pytestmark = pytest.mark.desktop

REASONS = {
    Instead.HTML: "web page",
    Instead.ERROR: "503",
    Instead.HALF: "",
    Instead.EMPTY: "",
    Instead.HANG_UP: "",
}


def test_a_page_that_turns_bad_leaves_the_state_as_it_was(person, vendors):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    for instead, reason in REASONS.items():
        alpha.instead = instead
        before = alpha.asked
        person.checks()
        assert alpha.asked > before
        (row,) = (row for row in person.knows()["rows"] if row["key"] == "alpha")
        assert row["verdict"]["health"] == "operational", f"{instead.value} is no news of Alpha"
        code, why = person.notifier("why", "alpha")
        assert code == 0
        assert "could not be read" in why, instead.value
        assert reason in why, instead.value
    person.shows(Lamp.CLEAR)
    assert person.notes() == []
    assert process.poll() is None


@pytest.mark.parametrize("instead", REASONS, ids=lambda instead: instead.name.lower())
def test_a_page_that_was_never_good_is_unknown_and_not_red(person, vendors, instead):
    alpha, beta = vendors
    alpha.instead = instead
    person.chooses(alpha, beta)
    person.starts()
    person.shows(Lamp.BLIND)
    sentence = "1 tool could not be checked: Alpha. No problem reported for the other one."
    until(person.tooltip, lambda tip: tip == sentence)
    code, why = person.notifier("why", "alpha")
    assert code == 3
    assert "Alpha's page could not be read." in why
    assert person.notes() == []
