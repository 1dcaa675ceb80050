"""While nobody looks nothing is green, nothing is red, and it says since when."""

from datetime import UTC, datetime

from notifier.model.health import Health
from notifier.model.picture import Lamp
from notifier.view import stalled
from notifier.wording.glance import Glance
from notifier.wording.is_it_me import lines
from notifier.wording.say import English
from notifier.wording.window import row_line, whose
from tests.desktop.scenes import ACCOUNTS, SERVERS
from tests.desktop.tray_pictures import NOON, down, picture, well

SINCE = datetime(2026, 11, 23, 11, 57, tzinfo=UTC)


def test_every_service_is_unknown_and_the_whole_is_blind():
    seen = stalled(picture(down("ChatGPT"), well("Claude")), SINCE, NOON, English(), UTC)
    assert seen.lamp is Lamp.BLIND
    assert seen.overall is Health.UNKNOWN
    assert seen.headline == "Not checking since 11:57: AI Notifier itself has a problem."
    assert [row.lamp for row in seen.rows] == [Lamp.BLIND, Lamp.BLIND]
    assert [row.verdict.health for row in seen.rows] == [Health.UNKNOWN, Health.UNKNOWN]
    assert [row.fallbacks for row in seen.rows] == [(), ()], "advice nobody has looked into"


def test_a_service_says_how_old_its_last_reading_is_and_claims_nothing():
    seen = stalled(picture(well("Claude")), SINCE, NOON, English(), UTC)
    (row,) = seen.rows
    glance = Glance(NOON.later(180), UTC, English())
    assert row_line(row, glance) == "not checked · last read 3 min ago"
    assert row.summary == "Claude has not been checked since 11:57."
    assert "nobody looks" in whose(seen, row, English())


def test_neither_a_key_nor_a_server_of_ones_own_is_said_to_be_well():
    seen = stalled(picture(ACCOUNTS["tried"], SERVERS["running"]), SINCE, NOON, English(), UTC)
    assert [(row.account, row.server) for row in seen.rows] == [(None, None), (None, None)]
    account = lines(seen, seen.rows[0], English(), None)[3]
    assert (account.says, account.lamp) == ("not looked yet", Lamp.BLIND)


def test_a_pause_does_not_hide_it_and_what_is_owed_is_kept():
    paused = picture(well("Claude"), lamp=Lamp.PAUSED, paused_until=NOON.utc, owed=2)
    seen = stalled(paused, SINCE, NOON, English(), UTC)
    assert seen.lamp is Lamp.BLIND
    assert (seen.paused_until, seen.owed) == (NOON.utc, 2)


def test_before_the_first_picture_it_says_the_same():
    seen = stalled(None, SINCE, NOON, English(), UTC)
    assert (seen.lamp, seen.rows) == (Lamp.BLIND, ())
    assert seen.headline.startswith("Not checking since 11:57")
