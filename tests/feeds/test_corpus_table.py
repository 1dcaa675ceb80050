"""All captures at once: each is read as SOURCES.md judges it, or refused; the table is printed."""

import re

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from tests.feeds.bodies import CORPUS
from tests.feeds.test_refused import REFUSED

PAGES = CORPUS / "status-pages"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")

IN_OTHER_WORDS = {
    "cloudflare--summary-2026-07-30-pop-partial-outages.json": Health.PARTIAL_OUTAGE,
    "knowbe4--summary-2026-07-30-green-with-open-major-incident.json": Health.DEGRADED,
    "docs-example--summary-critical-database-outage.json": Health.MAJOR_OUTAGE,
    "aiven--embedded-summary-2026-03.derived.json": Health.PARTIAL_OUTAGE,
    "openai--embedded-summary-2026-03-17.derived.json": Health.OPERATIONAL,
    "karma-mock--alerts-groups-0.31.0.json": Health.DEGRADED,
}
"""What SOURCES.md says in a sentence: of the whole page, by its worst part or its open incident."""

NO_STATE = {path.rpartition("/")[2] for path in REFUSED} | {"karma-mock--silences-0.31.0.json"}

_ROW = re.compile(r"\| `([^`]+)` \|.*\| ([^|]*) \|")


def judged() -> dict[str, str]:
    """How SOURCES.md reads each file, in its words."""
    lines = (PAGES / "SOURCES.md").read_text("utf-8").splitlines()
    return {row[1]: row[2] for line in lines if (row := _ROW.match(line))}


def expected(name: str, reading: str) -> Health | None:
    """The state a file is judged to state; None where it is to be refused."""
    if name in NO_STATE:
        return None
    if name in IN_OTHER_WORDS:
        return IN_OTHER_WORDS[name]
    return Health(re.split(r"\W", reading, maxsplit=1)[0])


def read(path) -> tuple[str, Health | None]:
    """The engine and what the document states, else why it is refused."""
    try:
        report = feeds.read_alone(path.read_bytes())
    except Unreadable as why:
        return str(why), None
    return report.engine, feeds.stated(report)


def test_every_capture_is_read_as_it_was_judged_or_refused_and_none_is_green_by_mistake(capsys):
    files = {path.name: path for path in PAGES.rglob("*.*") if path.name != "SOURCES.md"}
    readings = judged()
    assert files.keys() == readings.keys()
    wrong = []
    with capsys.disabled():
        print()
        for name, path in sorted(files.items(), key=lambda one: str(one[1])):
            said, state = read(path)
            shown = "refused" if state is None else state.value
            print(f"{path.parent.name:<20} {name[:58]:<58} {shown:<15} {said[:60]}")
            if state is not expected(name, readings[name]):
                wrong.append(name)
    assert wrong == []
