"""Every row of the table of verdicts, and every way in which page, front door, network, account
and computer contradict each other, played as a scene: each ends as it says beforehand.
"""

import tempfile
import tomllib
from pathlib import Path

import pytest

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Theatre, open_script, play_fast
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

SCENES = sorted(Path(__file__).parent.glob("*.toml"))

FEWEST = 40

ROWS = {
    "none": {None},
    "them": {"page_reports", "page_silent", "shared_upstream", "no_page"},
    "you": {
        "offline",
        "captive_portal",
        "dns",
        "proxy",
        "tls_interception",
        "clock",
        "route",
        "not_running",
    },
    "account": {"key_rejected", "quota_exhausted", "payment", "region", "rate_limited"},
    "unclear": {
        "page_unreadable",
        "page_moved",
        "page_stale",
        "parts_gone",
        "not_looked_yet",
        "mixed",
        "no_page",
    },
}
"""The table of verdicts: whose turn it is, and every cause that may stand under it."""

SHADES = (
    {"cause": "page_reports", "state": "degraded"},
    {"cause": "page_reports", "state": "partial_outage"},
    {"cause": "page_reports", "state": "major_outage"},
    {"cause": "page_silent", "state": "degraded", "confidence": "suspected"},
    {"cause": "page_silent", "state": "major_outage", "confidence": "suspected"},
    {"cause": "page_silent", "state": "major_outage", "confidence": "confirmed"},
    {"whose": "them", "cause": "no_page", "state": "degraded"},
    {"whose": "them", "cause": "no_page", "state": "major_outage"},
    {"whose": "unclear", "cause": "page_unreadable", "state": "unknown"},
    {"whose": "unclear", "cause": "page_unreadable", "state": "operational"},
    {"whose": "unclear", "cause": "mixed", "state": "unknown"},
    {"whose": "unclear", "cause": "mixed", "state": "operational", "confidence": "suspected"},
    {"whose": "unclear", "cause": "no_page", "state": "operational", "confidence": "suspected"},
    {"whose": "none", "state": "maintenance"},
    {"whose": "none", "state": "operational", "confidence": "confirmed"},
    {"whose": "you", "cause": "offline", "state": "unknown"},
    {"whose": "you", "cause": "not_running", "state": "unknown"},
    {"override": "broken", "state": "degraded", "whose": "unclear", "cause": "mixed"},
    {"override": "works", "state": "major_outage"},
)
"""What the table distinguishes within a row: each is expected somewhere, field by field."""


IN_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def profile():
    """A profile in memory where there is such a place: a hundred histories are a lot for a disk."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield open_profile(Path(folder))


@pytest.mark.parametrize("path", SCENES, ids=[path.stem for path in SCENES])
def test_a_scene_ends_as_it_says_beforehand(profile, path):
    watched = Watched()
    with Theatre(profile, open_script(str(path))) as theatre:
        outcome = play_fast(theatre, watched, English())
    assert outcome.expectations > 0
    assert not outcome.failures, "\n".join(outcome.failures)


def expected_verdicts():
    """What any scene expects of any service, as fields of its verdict."""
    for path in SCENES:
        for expect in tomllib.loads(path.read_text("utf-8")).get("expect", ()):
            for value in expect.values():
                if isinstance(value, dict) and value.keys() & {"state", "whose", "cause"}:
                    yield value


def test_every_row_of_the_table_is_played():
    wanted = {(whose, cause) for whose, causes in ROWS.items() for cause in causes}
    played = {(one["whose"], one.get("cause")) for one in expected_verdicts() if "whose" in one}
    named = {(whose, cause) for whose, cause in played if cause is not None or whose == "none"}
    assert named == wanted
    assert len(SCENES) >= FEWEST


@pytest.mark.parametrize("shade", SHADES, ids=lambda shade: "-".join(shade.values()))
def test_every_shade_of_a_row_is_played(shade):
    assert any(shade.items() <= one.items() for one in expected_verdicts())


def test_every_scene_tells_its_story():
    for path in SCENES:
        scene = tomllib.loads(path.read_text("utf-8"))
        assert scene["title"].strip()
        assert len(scene["about"].split()) >= 10, path.name
