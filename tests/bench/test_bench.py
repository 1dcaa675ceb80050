"""The bench: its pages are real ones, and tried on itself it finds no cost."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from notifier import feeds
from notifier.storage import settings_file
from tests.bench.__main__ import line, notifier
from tests.bench.costs import of_every_engine, one_reading, peak, sweep
from tests.bench.pages import large, summary
from tests.bench.rows import compared, grown, lived_through
from tests.bench.server import PATH, Page
from tests.bench.settings import settings
from tests.feeds.bodies import CORPUS
from tests.laptop.judge import Finding, Judged

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


def test_a_document_of_every_engine_of_json_is_read_to_be_measured():
    measured = of_every_engine()
    others = {"onlineornot", "statuspal", "syndication", "xai", "json"}  # feeds, a script, a legend
    captured = {"aws", "google", "incident_io", "microsoft", "statuspage"}
    left_out = others if CORPUS.is_dir() else others | captured
    assert set(feeds.ENGINES) - measured.keys() == left_out
    took = one_reading(*measured["gatus"], rounds=3)
    assert min(took.values()) > 0


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


def test_the_tray_under_measure_has_a_push_and_a_hook(tmp_path):
    pages = SimpleNamespace(ports=[4001], ca="/some/ca.pem")
    *_, place = notifier(pages, tmp_path, 30)
    choices, complaints = settings_file.read(Path(place) / "settings.toml")
    assert complaints == ()
    assert [push.entry for push in choices.pushes] == ["push:phone"] == list(choices.keys)
    assert [hook.run for hook in choices.hooks] == [("/bin/true",)]


@pytest.mark.parametrize(("ours", "ok"), [(119.0, True), (121.0, False)])
def test_past_its_bound_a_row_fails(ours, ok):
    assert compared("memory", "MiB", bare=100.0, ours=ours, bound=1.2).ok is ok


def test_without_a_bound_a_row_is_only_printed():
    row = compared("  in its turn", "ms", bare=1.0, ours=50.0)
    assert row.ok
    assert line(row).split() == ["in", "its", "turn", "1.0", "ms", "50.0", "ms", "50.00"]


def test_what_grew_past_its_bound_fails():
    assert not grown("peak", 30.0, 63.0, 33.0, 32.0).ok
    assert line(grown("peak", 30.0, 63.0, 33.0, 32.0)).endswith("FAIL")


def test_one_thing_told_falsely_in_many_lives_fails_and_is_named():
    lives = [Judged(seed, incidents=20, notices=38, looks=400_000) for seed in range(10)]
    assert all(row.ok for row in lived_through(lives))
    assert "(95 %: <= 0.30 a life)" in next(row.what for row in lived_through(lives) if row.bound)
    lives[3].findings.append(Finding("false", 3, 93_780.0, "tool4", "nothing failed"))
    (failed,) = (row for row in lived_through(lives) if not row.ok)
    assert "false outage notices" in failed.what
    assert failed.notes == ("seed 3 1d02h03m false tool4: nothing failed",)


def test_a_life_that_takes_too_long_to_live_fails():
    (failed,) = (row for row in lived_through([Judged(1, seconds=130.0)]) if not row.ok)
    assert "processor time" in failed.what


def test_a_large_page_is_made_up_as_the_real_one_is():
    body = large(NOW)
    document = json.loads(body)
    assert len(document["components"]) == 470
    assert len(document["scheduled_maintenances"]) == 11
    assert 150_000 < len(body) < 250_000
    read = feeds.read("statuspage", "summary", {"summary": body})
    assert len(read.parts) == 462
    assert read.parts[3].name == "Lyon, France 24 - (P024)"


def test_a_restless_page_is_another_each_time():
    page = Page(summary(3, NOW), restless=True)
    etag = page.answer(PATH, {}).partition(b"\r\n\r\n")[0].decode().rpartition("ETag: ")[2]
    assert page.answer(PATH, {"if-none-match": etag}).startswith(b"HTTP/1.1 200 ")


def test_every_way_to_sweep_looks_at_every_page(tmp_path):
    costs = sweep(tmp_path, 3, rounds=1, sweeps=2)
    assert set(costs) == {"plain", "together", "in-turn", "changed"}
    assert min(costs.values()) > 0


@pytest.mark.slow
def test_hostile_pages_are_looked_at():
    memory = peak()
    assert memory["after"] >= memory["before"] > 0


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
