"""The bench: its pages are real ones, and tried on itself it finds no cost."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from tests.bench.__main__ import settings
from tests.bench.pages import summary
from tests.bench.rows import compared
from tests.bench.server import PATH, Page

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_a_page_has_20_quiet_components():
    document = json.loads(summary(3, NOW))
    assert len(document["components"]) == 20
    assert {row["status"] for row in document["components"]} == {"operational"}
    assert document["page"]["updated_at"] == "2026-11-23T16:00:00.000Z"


def test_children_name_their_group_and_groups_their_children():
    rows = json.loads(summary(3, NOW))["components"]
    groups = {row["id"]: row["components"] for row in rows if row["group"]}
    for ident, children in groups.items():
        assert [row["id"] for row in rows if row["group_id"] == ident] == children


def test_an_unchanged_page_is_answered_with_304():
    page = Page(summary(3, NOW))
    head = page.answer(PATH, {}).partition(b"\r\n\r\n")[0].decode()
    etag = head.rpartition("ETag: ")[2]
    assert page.answer(PATH, {"if-none-match": etag}).startswith(b"HTTP/1.1 304 ")
    assert page.asked == 2


def test_another_path_is_not_counted():
    page = Page(summary(3, NOW))
    assert page.answer("/favicon.ico", {}).startswith(b"HTTP/1.1 404 ")
    assert page.asked == 0


def test_the_settings_watch_every_page():
    pages = SimpleNamespace(ports=[4001, 4002], ca="/some/ca.pem")
    read = tomllib.loads(settings(pages, 60))
    assert read["polling"]["interval"] == "60s"
    assert read["network"]["references"] == []
    assert [one["status"] for one in read["service"]] == [
        "https://127.0.0.1:4001/",
        "https://127.0.0.1:4002/",
    ]


@pytest.mark.parametrize(("ours", "ok"), [(119.0, True), (121.0, False)])
def test_past_its_bound_a_row_fails(ours, ok):
    assert compared("memory", "MiB", bare=100.0, ours=ours, bound=1.2).ok is ok


@pytest.mark.desktop
@pytest.mark.slow
def test_against_itself_the_bare_tray_costs_nothing_more():
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--harness"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" ok\n") == 4
