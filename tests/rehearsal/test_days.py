"""What the shipped days prove beyond their own expectations: threads, starts, ages and counts."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.rehearsal.test_shipped import shipped_play

MINUTE = 60.0


def at(*when):
    return datetime(*when, tzinfo=UTC)


def test_an_incident_that_is_opened_again_goes_on_in_the_same_thread():
    watched = shipped_play("openai-signin-2026-03-17")
    assert watched.reasons == ["outage", "recovered", "reopened", "recovered"]
    assert len({notice.threads for notice in watched.notices}) == 1
    assert "02:42" in watched.notices[0].body, "the start the page states, not our first sight"
    first = watched.notices[1].duration
    assert first == pytest.approx(88 * MINUTE, abs=2 * MINUTE)


def test_fifteen_hours_of_an_incident_are_six_notices_each_for_a_change():
    watched = shipped_play("chatgpt-2025-06-10")
    heard = [(notice.services, notice.reason.value) for notice in watched.notices]
    assert heard == [
        (("chatgpt",), "outage"),
        (("openai-api",), "outage"),
        (("chatgpt",), "worse"),
        (("openai-api",), "recovered"),
        (("chatgpt",), "better"),
        (("chatgpt",), "recovered"),
    ]
    api, chatgpt = watched.told[3][0], watched.told[5][0]
    assert chatgpt - api > 2.5 * 3600


def test_an_outage_that_began_in_our_sleep_is_told_with_its_own_start():
    watched = shipped_play("commuting-day")
    outage, over = [notice for notice in watched.notices if notice.services == ("claude",)]
    assert "08:20" in outage.body
    assert over.duration == pytest.approx(105 * MINUTE, abs=2 * MINUTE)


def test_a_page_that_has_moved_keeps_what_was_known_with_its_age():
    watched = shipped_play("page-moves")
    for minutes in (9, 15, 34, 59):
        row = watched.picture_at(minutes * MINUTE).rows[0]
        assert row.key == "campus-llm"
        assert row.last_known.value == "operational"
        age = row.last_known_at - at(2026, 7, 14, 8)
        assert timedelta(minutes=3) < age < timedelta(minutes=5, seconds=1)


def test_while_the_page_is_away_the_lamp_is_never_clear():
    watched = shipped_play("page-moves")
    shown = {picture.lamp.value for t, picture in watched.pictures if 9 * MINUTE < t < 60 * MINUTE}
    assert shown == {"blind"}


def test_on_a_bad_day_only_what_truly_failed_is_ever_named():
    watched = shipped_play("everything-at-once")
    by_page = {"chatgpt", "claude", "kapok", "github", "cursor", "perplexity", "linden", "codex"}
    by_door = {"atlas", "birch", "cedar", "dogwood", "elm", "fir"}
    named = {key for notice in watched.notices if notice.whose == "them" for key in notice.services}
    assert named == by_page | by_door
    for key in sorted(named):
        theirs = [one for one in watched.notices if one.whose == "them" or one.duration]
        last = [notice for notice in theirs if key in notice.services][-1]
        assert last.reason.value == "recovered", key
