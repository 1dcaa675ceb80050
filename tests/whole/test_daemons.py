"""The real engine in front of real daemons: after an hour, undisturbed, and with hostile names."""

import html

import pytest

from tests.whole.daemons import HOSTILE
from tests.whole.sessions import played

pytestmark = pytest.mark.desktop


def test_a_button_still_acts_after_an_hour_of_the_programs_clock():
    assert played("an_hour_later") == {
        "told": [["Rehearsal: ChatGPT is down", ["default"]]],
        "hanging": 1,
        "windows": 1,
    }


@pytest.mark.parametrize(("daemon", "name"), [("dunst", "dunst"), ("xfce", "Xfce Notify Daemon")])
def test_do_not_disturb_is_obeyed_and_what_was_kept_back_is_in_menu_and_log(daemon, name):
    seen = played("undisturbed", "--notify", daemon)
    assert seen["hanging"] == seen["hanging after its end"] == 0
    assert seen["menu"] == "Alpha is down: theirs. Your network is fine."
    assert seen["hint"] == ["Kept back by do not disturb: 1 notice"]
    assert seen["hint after a look"] == []
    for title in ("Alpha is down", "Alpha works again"):
        assert f"kept back by do not disturb: {title}" in seen["log"]
        assert f"told: {title}" not in seen["log"]
    assert seen["log"].count(f"({name} says so)") == 2
    assert seen["log in the end"].count("kept back by do not disturb") == 2
    assert "told: Alpha is down again (desktop notification)" in seen["log in the end"]
    assert seen["hanging at last"] == 1, "nothing of before piles up"
    assert seen["told"][0] == "Alpha is down"


def test_a_name_that_looks_like_markup_is_seen_and_heard_as_it_is_written():
    seen = played("hostile_names", "--notify", "none", "--a11y")
    assert seen["summary"] == f"{HOSTILE} is down"
    assert seen["body"].startswith(html.escape(HOSTILE, quote=False))
    spoken = seen["spoken"].splitlines()
    labels = [line.strip() for line in spoken if line.strip().startswith("label: ")]
    assert labels[0] == f"label: {HOSTILE} is down"
    assert labels[1].startswith(f"label: {HOSTILE} reports a major outage since ")
    assert seen["opened"] == []
