"""What a person copies as the proof of an outage: whole texts, by the real engine and history.

The texts lie in `proofs/`, one per day, as a person would paste them.
"""

from pathlib import Path

import pytest

from notifier import __version__
from tests.rehearsal.proving import RESOLVED, at, door, proved, stated

PROOFS = Path(__file__).parent / "proofs"

ALONE = '[[service]]\nid = "chatgpt"\n'
NOBODY = "[settings.network]\nreferences = []\n"

KAPOK = """[[service]]
id = "kapok"
name = "Kapok"
home = "https://kapok.example/"
probe = { url = "https://api.kapok.example/v1?token=s3cret" }

[[service]]
id = "claude"
"""

ASLEEP, AWAKE = 'machine = "asleep"', 'machine = "awake"'
KILLED, QUIT, STARTED = (f'program = "{how}"' for how in ("killed", "quit", "started"))

DAYS = {
    "page-only": ((at("30m", stated("28m")), at("80m", RESOLVED)), {}),
    "door-only": ((at("30m", door("503")), at("80m", door("401"))), {}),
    "both": (
        (at("31m", door("timeout")), at("48m", stated("46m")), at("80m", RESOLVED, door("401"))),
        {},
    ),
    "goes-on": ((at("30m", stated("30m"), door("503")),), {"length": "50m"}),
    "over-restarts": (
        (
            at("10m", door("503")),
            at("30m", KILLED),
            at("40m", STARTED),
            at("50m", door("reset")),
            at("60m", door("401")),
            at("70m", QUIT),
            at("80m", STARTED),
        ),
        {},
    ),
    "ended-while-asleep": (
        (
            at("31m", door("503")),
            at("48m", stated("46m")),
            at("60m", ASLEEP),
            at("100m", RESOLVED, door("401")),
            at("420m", AWAKE),
        ),
        {"length": "8h"},
    ),
    "went-on-over-a-sleep": (
        (at("31m", door("503")), at("60m", ASLEEP), at("420m", AWAKE), at("440m", door("401"))),
        {"length": "8h"},
    ),
    "clocks-set-back": (
        (at("10m", door("503")), at("100m", door("401"))),
        {"start": "2026-10-24T23:40:00Z", "length": "3h"},
    ),
    "nobody-to-vouch": (
        (at("30m", stated("30m")), at("60m", RESOLVED)),
        {"services": ALONE, "settings": NOBODY},
    ),
    "offline-in-between": (
        (
            at("10m", door("503")),
            at("20m", 'network = "offline"'),
            at("30m", 'network = "online"'),
            at("50m", door("401")),
        ),
        {"length": "1h"},
    ),
    "slow": (
        (at("20m", 'probe.chatgpt = { answer = "401", latency = "9s" }'), at("50m", door("401"))),
        {"length": "1h"},
    ),
    "page-unread": (
        (at("30m", stated("30m")), at("40m", 'page.chatgpt = { answer = "503" }')),
        {"length": "1h"},
    ),
    "no-page": (
        (at("10m", door("reset", "kapok")), at("30m", door("401", "kapok"))),
        {"length": "1h", "key": "kapok", "services": KAPOK},
    ),
}


@pytest.mark.parametrize("day", DAYS)
def test_the_proof_keeps_apart_what_was_seen_and_what_was_stated(tmp_path, day):
    steps, more = DAYS[day]
    text = (PROOFS / f"{day}.txt").read_text("utf-8")
    assert proved(tmp_path, *steps, **more) == text.replace("VERSION", __version__)


def test_every_text_belongs_to_a_day():
    assert {path.stem for path in PROOFS.iterdir()} == set(DAYS)
