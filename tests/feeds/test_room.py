"""The room itself: one engine at a time, and words for what is not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from notifier import feeds
from notifier.feeds import Unreadable, is_web_page

ROOT = Path(__file__).resolve().parents[2]


def test_reading_a_statuspage_loads_no_other_engine():
    code = (
        "import sys\nfrom notifier import feeds\n"
        "feeds.plans('statuspage', 'https://status.example.com')\n"
        "print(*sorted(name for name in sys.modules if name.startswith('notifier.feeds.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "notifier.feeds.statuspage" in done.stdout
    assert "incident_io" not in done.stdout


@pytest.mark.parametrize("engine", sorted(feeds.ENGINES))
def test_every_engine_can_be_asked(engine):
    assert feeds.plans(engine, "https://status.example.com")
    with pytest.raises(Unreadable):
        feeds.read(engine, feeds.plans(engine, "status.example.com")[0].name, {})


def test_an_engine_nobody_has_is_named():
    with pytest.raises(Unreadable, match="crystal_ball"):
        feeds.read("crystal_ball", "summary", {})
    with pytest.raises(Unreadable, match="no address"):
        feeds.plans("statuspage", "not an address")


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (b"<!DOCTYPE html>\n<html lang=en>", True),
        (b"\xef\xbb\xbf \n<HTML><head>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC>", True),
        (b"<script>location='/login'</script>", True),
        (b"<?xml version='1.0'?><rss><channel><title>x</title>", False),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>", False),
        (b'{"body": "<html>"}', False),
        (b"fl=1\nh=example.com\n", False),
        (b"", False),
    ],
)
def test_a_web_page_is_known_by_its_beginning(body, page):
    assert is_web_page(body) is page
