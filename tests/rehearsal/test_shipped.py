"""Every scenario that comes with the program is played, and all it expects comes true."""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre, open_script, play_fast, shipped
from notifier.rehearsal.daemon import NAME
from notifier.rehearsal.scenario import parse
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

HEAD = """title = "A day"
about = "made up for a test"
start = "2026-03-17T02:30:00Z"
length = "{length}"

[[service]]
id = "chatgpt"

[[service]]
id = "claude"

"""


def play(folder: Path, script: Script) -> Watched:
    watched = Watched()
    with Theatre(open_profile(folder), script) as theatre:
        watched.outcome = play_fast(theatre, watched, English())
    return watched


@cache
def shipped_play(name: str) -> Watched:
    """A shipped scenario, played once however many ask."""
    with tempfile.TemporaryDirectory() as folder:
        return play(Path(folder), open_script(name))


def story(folder: Path, steps: str, length: str = "1h") -> Watched:
    scenario = parse("story.toml", (HEAD.format(length=length) + steps).encode())
    return play(folder, Script(scenario, {}))


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_a_shipped_scenario_ends_as_it_expects(name):
    watched = shipped_play(name)
    assert watched.outcome.expectations > 0
    assert watched.outcome.failures == []


def test_an_expectation_that_is_wrong_is_found_with_its_line(tmp_path):
    watched = story(tmp_path, '[[expect]]\nt = "5m"\nlamp = "trouble"\nnotices = ["outage"]\n')
    assert watched.outcome.failures == [
        "story.toml, line 12 (t = 300 s): lamp should be trouble; it is clear",
        "story.toml, line 12 (t = 300 s): notices should be [outage]; it is []",
    ]


def test_two_plays_of_one_scenario_are_the_same(tmp_path):
    plays = [play(tmp_path / str(n), open_script("demo")).told for n in range(2)]
    assert plays[0] == plays[1]


def test_a_killed_program_tells_an_outage_once_and_its_end_once(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        '[[at]]\nt = "10m"\nprogram = "killed"\n'
        '[[at]]\nt = "12m"\nprogram = "started"\n'
        '[[at]]\nt = "20m"\nprogram = "killed"\n'
        '[[at]]\nt = "25m"\npage.chatgpt = { state = "operational" }\n'
        '[[at]]\nt = "30m"\nprogram = "started"\n',
    )
    assert watched.reasons == ["outage", "recovered"]


def test_killed_between_answer_and_disk_it_may_tell_twice_and_never_forgets(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        'program = "killed_after_send"\n'
        '[[at]]\nt = "12m"\nprogram = "started"\n'
        '[[at]]\nt = "25m"\npage.chatgpt = { state = "operational" }\n',
    )
    assert watched.reasons == ["outage", "outage", "recovered"]


def test_a_recovery_is_not_repeated_after_a_crash(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        '[[at]]\nt = "10m"\npage.chatgpt = { state = "operational" }\n'
        'program = "killed_after_send"\n'
        '[[at]]\nt = "15m"\nprogram = "started"\n',
    )
    assert watched.reasons == ["outage", "recovered"]


def test_without_a_daemon_nothing_is_told_until_one_appears(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "1m"\ndesktop = { daemon = "absent" }\n'
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        '[[at]]\nt = "20m"\ndesktop = { daemon = "there" }\n',
    )
    assert watched.reasons == ["outage"]
    assert watched.told[0][0] >= 1200


@pytest.mark.parametrize("back", ["5m40s", "20m"])
def test_a_daemon_that_hangs_tells_once_whenever_it_goes_on(tmp_path, back):
    watched = story(
        tmp_path,
        '[[at]]\nt = "1m"\ndesktop = { daemon = "hung" }\n'
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        f'[[at]]\nt = "{back}"\ndesktop = {{ daemon = "there" }}\n'
        '[[at]]\nt = "30m"\npage.chatgpt = { state = "operational" }\n',
    )
    assert watched.reasons == ["outage", "recovered"]


def test_a_front_door_that_fails_twice_is_a_suspicion_within_45_seconds_of_the_first_failure(
    tmp_path,
):
    watched = story(
        tmp_path,
        '[[at]]\nt = "10m"\nprobe.chatgpt = { answer = "503" }\n'
        '[[expect]]\nt = "13m"\nlamp = "watch"\nconnection = "online"\n'
        'chatgpt = { state = "major_outage", whose = "them", cause = "page_silent", '
        'confidence = "suspected" }\nnotices = ["suspected"]\n'
        'withheld = ["baseline", "unconfirmed"]\n'
        '[[at]]\nt = "20m"\nprobe.chatgpt = { answer = "200" }\n'
        '[[expect]]\nt = "23m"\nlamp = "clear"\nnotices = ["recovered"]\n',
    )
    assert watched.outcome.failures == []
    silence = watched.silences["unconfirmed"]
    assert watched.told[0][0] - silence <= 45


@pytest.mark.parametrize(
    "answer",
    ["503", "html", "timeout", "reset", "refused", "drip", "truncated", "bomb", "garbage", "404"],
)
def test_a_page_that_cannot_be_read_is_no_outage(tmp_path, answer):
    watched = story(
        tmp_path,
        f'[[at]]\nt = "5m"\npage.chatgpt = {{ answer = "{answer}" }}\n'
        '[[expect]]\nt = "6m30s"\nchatgpt = { state = "operational" }\nnotices = []\n'
        '[[expect]]\nt = "15m"\nchatgpt = { state = "unknown", whose = "unclear", '
        'cause = "page_unreadable" }\nclaude = { state = "operational" }\nlamp = "blind"\n'
        "notices = []\n",
    )
    assert watched.outcome.failures == []


def test_a_night_asleep_raises_nothing_and_the_morning_knows_again(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "10m"\nmachine = "asleep"\n'
        '[[at]]\nt = "8h"\nmachine = "awake"\n'
        '[[expect]]\nt = "8h2m"\nchatgpt = { state = "operational" }\nlamp = "clear"\n'
        "notices = []\n",
        length="9h",
    )
    assert watched.outcome.failures == []


def test_a_wall_clock_that_jumps_changes_no_cadence_and_tells_nothing(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "10m"\nclock = "+90m"\n[[at]]\nt = "20m"\nclock = "-20h"\n'
        '[[expect]]\nt = "30m"\nchatgpt = { state = "operational" }\nlamp = "clear"\n'
        "notices = []\n",
    )
    assert watched.outcome.failures == []


def test_settings_changed_meanwhile_are_followed(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "5m"\nsettings.notify.level = "none"\n'
        '[[at]]\nt = "10m"\npage.chatgpt = { state = "major_outage" }\n'
        '[[expect]]\nt = "15m"\nlamp = "trouble"\nnotices = []\nwithheld = ["baseline", "level"]\n',
    )
    assert watched.outcome.failures == []


def test_what_do_not_disturb_keeps_back_is_told_and_the_log_says_who_keeps_it(tmp_path):
    watched = story(
        tmp_path,
        '[[at]]\nt = "1m"\ndesktop = { dnd = true }\n'
        '[[at]]\nt = "5m"\npage.chatgpt = { state = "major_outage" }\n'
        '[[at]]\nt = "10m"\nprogram = "killed"\n'
        '[[at]]\nt = "11m"\nprogram = "started"\n'
        '[[at]]\nt = "20m"\ndesktop = { dnd = false }\n'
        '[[at]]\nt = "25m"\npage.chatgpt = { state = "operational" }\n',
    )
    assert watched.reasons == ["outage", "recovered"]
    assert watched.silences["do_not_disturb"] == watched.told[0][0]
    for t in (500, 1000):  # before the program was killed, and after
        row = next(row for row in watched.picture_at(t).rows if row.key == "chatgpt")
        assert row.told.kept_back
        assert [one.kept_back_by for one in row.log if one.kind == "told"] == [NAME]
    last = next(row for row in watched.pictures[-1][1].rows if row.key == "chatgpt")
    assert [one.kept_back_by for one in last.log if one.kind == "told"] == ["", NAME]
