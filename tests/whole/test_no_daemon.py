"""Nobody there to show a notice: it is owed, that is seen, and it comes when somebody is."""

import pytest

from tests.whole.desk import until
from tests.whole.sessions import played

pytestmark = pytest.mark.desktop


def test_a_notice_no_daemon_took_is_owed_shown_as_such_and_delivered_later():
    seen = played("late_daemon", "--notify", "none")
    assert seen["told before"] is None, "who has not heard has not been told"
    assert "1 notice could not be shown" in seen["menu"]
    assert seen["titles"] == ["Alpha is down"]


def test_without_a_session_bus_it_still_tells(person, vendors):
    # No bus, so no SNI: the icon is drawn the old way, and the balloon is ours.
    alpha, _ = vendors
    person.chooses(*vendors)
    process = person.run("tray", env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"})
    until(person.knows, lambda picture: picture["lamp"] == "clear")
    alpha.fails()
    person.checks()
    until(lambda: person.knows()["rows"][0]["told"])
    assert process.poll() is None
