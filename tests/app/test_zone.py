"""Local time is the machine's at every moment, also after its zone has changed."""

import os
import time
from datetime import UTC, datetime

import pytest

from notifier.app import zone as zones
from notifier.app.zone import local_zone, zone_name

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def zone_of():
    """Moves the machine, and back again at the end; the C library is told by nobody."""
    before = os.environ.get("TZ")
    yield lambda name: os.environ.update(TZ=name)
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_who_flies_to_tokyo_reads_tokyo_time_at_once(zone_of):
    zone = local_zone()
    zone_of("Europe/Berlin")
    assert NOON.astimezone(zone).isoformat() == "2026-01-15T13:00:00+01:00"
    zone_of("Asia/Tokyo")
    assert NOON.astimezone(zone).isoformat() == "2026-01-15T21:00:00+09:00"
    zone_of("Europe/Berlin")
    assert NOON.astimezone(zone).utcoffset() == NOON.astimezone(zone).tzinfo.utcoffset(None)


def test_a_zone_file_that_is_missing_means_utc_and_breaks_nothing(zone_of):
    zone_of(":/nonexistent/zone")
    assert NOON.astimezone(local_zone()).isoformat() == "2026-01-15T12:00:00+00:00"
    assert NOON.astimezone(local_zone()).astimezone(UTC) == NOON


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_summer_time_comes_and_goes_without_a_gap_or_an_hour_lost(zone_of, name):
    zone_of(name)
    zone = local_zone()
    for hour in range(0, 365 * 24, 1):
        moment = datetime.fromtimestamp(1767225600 + hour * 3600, UTC)
        assert moment.astimezone(zone).astimezone(UTC) == moment


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        (":/home/somebody/zone", None),
        ("somebody/zone", None),
        ("", None),
    ],
)
def test_a_zone_is_named_as_the_tz_database_names_it_and_no_path_ever_is(zone_of, told, name):
    zone_of(told)
    assert zone_name() == name


def test_without_the_variable_the_machines_own_link_names_it(tmp_path, monkeypatch):
    monkeypatch.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    monkeypatch.setattr(zones, "_NAMED_IN", link)
    assert zone_name() is None
    link.symlink_to("../usr/share/zoneinfo/Europe/Lisbon")
    assert zone_name() == "Europe/Lisbon"
    link.unlink()
    link.write_bytes(b"TZif")
    assert zone_name() is None
