"""What a person sees on a real terminal of 80 columns, and what whoever reads a pipe gets."""

import os
import re
import subprocess

import pytest

from tests.cli.person import no_qt, surroundings

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
termios = pytest.importorskip("termios", reason="this system has no pseudo-terminals")

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def seen(person, *command, **more):
    """Everything a terminal was sent, colours and movements included."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, 80))
    terminal = surroundings(TERM="xterm-256color", COLUMNS="80", LINES="40", **more)
    process = subprocess.Popen(
        person.words(*command), stdin=theirs, stdout=theirs, stderr=theirs, env=terminal
    )
    os.close(theirs)
    sent = b""
    try:
        while chunk := _read(ours):
            sent += chunk
    finally:
        os.close(ours)
        process.wait(30)
    text = sent.decode()
    no_qt(text)
    return text


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has been closed
        return b""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    from tests.cli.person import Person

    return seen(Person(tmp_path_factory.mktemp("demo")), "rehearse", "demo", "--speed", "60")


@pytest.fixture
def plain(demo):
    return MOVES.sub("", demo)


class TestTheDemonstration:
    def test_shows_lamp_and_table_with_a_shape_per_state(self, plain):
        assert "● No problem reported for your 4 tools." in plain
        assert "✖ ChatGPT is down: theirs. Your network is fine." in plain
        assert "○ You are offline: nothing can be checked." in plain
        assert re.search(r"✖  ChatGPT +down +.* +Claude", plain)

    def test_shows_each_notice_as_a_card(self, plain):
        assert re.search(r"│  ✖ ChatGPT is down +│", plain)
        assert "[ Open Claude ]   [ Got it ]   [ Snooze 1 h ]" in plain
        assert re.search(r"│  ● ChatGPT works again after \d+ minutes +│", plain)

    def test_shows_each_silence_with_its_reason(self, plain):
        text = " ".join(plain.split())
        assert "and 1 more: all is well at the start, which is no news." in text
        assert "and 1 more: you are offline, so nobody can tell." in text

    def test_captions_time_and_act(self, plain):
        acts = re.findall(r"\d\d:\d\d Act (\d) · ", plain)
        assert sorted(set(acts)) == ["1", "2", "3", "4"]
        assert acts == sorted(acts)

    def test_is_never_wider_than_the_terminal(self, plain):
        assert (
            max(len(line.split("\r")[-1]) for line in plain.replace("\r\n", "\n").split("\n")) <= 80
        )

    def test_ends_with_what_to_try_next_and_a_cursor(self, demo):
        assert demo.rstrip().endswith("notifier tray   (or: notifier watch)")
        assert demo.count("\x1b[?25h") >= 1
        assert demo.rindex("\x1b[?25h") > demo.rindex("\x1b[?25l")


def test_colours_are_left_out_where_nobody_wants_them(chosen):
    assert COLOURS.search(seen(chosen, "check"))
    bare = seen(chosen, "check", NO_COLOR="1")
    assert not re.search(r"\x1b\[(?:3[0-7]|9[0-7]|[34]8;)", bare)
    assert "● No problem reported for your 2 tools." in MOVES.sub("", bare)


def test_a_look_shows_that_it_takes_its_time_and_only_where_somebody_watches(chosen):
    assert "Looking…" in seen(chosen, "check")
    piped = chosen.runs("check", "--now")
    assert "Looking…" not in piped.out + piped.err


def test_a_wait_says_on_one_line_how_it_stands_and_leaves_nothing_of_it_behind(chosen, page):
    page.says("major_outage", title="Chat is down")
    sent = seen(chosen, "wait", "campus", "--timeout", "2s")
    assert re.search(r"Campus: major outage since [^\n]*17:41 – waiting", MOVES.sub("", sent))
    assert sent.count("\n") <= 3, "one line, drawn over itself"
    assert "given up after 2 seconds." in MOVES.sub("", sent).splitlines()[-1]
    assert sent.rindex("\x1b[?25h") > sent.rindex("\x1b[?25l"), "the cursor is back"
    page.says("operational")
    with chosen.running("watch") as watch:
        watch.says("clear:")
        lines = MOVES.sub("", seen(chosen, "wait", "campus")).split("\n")
    assert [line.strip() for line in lines if line.strip()][-1].endswith("Campus: operational.")


def test_why_begins_with_the_answer(chosen, page):
    page.says("major_outage", title="Chat is down")
    lines = [line.strip() for line in MOVES.sub("", seen(chosen, "why", "campus")).splitlines()]
    start = lines.index("✖ Campus is down: Campus reports a major outage.")
    assert lines[start + 1].startswith("It is them; your network is fine")
    assert lines[start + 2].startswith("Open instead: Spare")


@pytest.mark.parametrize("command", ["rehearse demo --fast", "rehearse demo --json", "watch"])
def test_it_ends_quietly_once_nobody_reads_it(chosen, command):
    process = subprocess.Popen(
        chosen.words(*command.split()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(),
    )
    assert process.stdout.readline()
    process.stdout.close()
    if command == "watch":
        chosen.runs("pause")
    assert process.wait(30) == 0
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
