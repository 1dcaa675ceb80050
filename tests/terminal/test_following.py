"""Following the engine in a terminal, in a pipe, as JSON, and beside another owner."""

import json
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from notifier import documents, view
from notifier.model.announcement import NoticeId, Reason, Silence, Withheld
from notifier.model.effect import Withdraw
from notifier.model.health import Health
from notifier.model.settings import Settings
from notifier.terminal.drawing import Drawing
from notifier.terminal.lines import Lines
from notifier.terminal.live import CHANNEL, Watching, follower
from notifier.terminal.objects import Objects
from notifier.terminal.overheard import NotUnderstood, pass_on
from tests.terminal.terminals import ESC, Pipe, Terminal
from tests.view.scene import (
    CHATGPT,
    CLAUDE,
    CUT_OFF,
    DOWN,
    EVERYONE,
    GREEN,
    NOW,
    OFFLINE,
    SAY,
    THREAD,
    Scene,
    announce,
    outage,
    subject,
)

WELL = Scene().picture()
DROPPED = Scene(verdicts={one.id: OFFLINE for one in EVERYONE}, connection=CUT_OFF).picture()
GONE = Withdraw(NoticeId("n-1"), THREAD, (CHATGPT.key,))
SILENCE = Withheld(NOW.utc, None, tuple(one.key for one in EVERYONE), Silence.OFFLINE)


def notice(reason=Reason.OUTAGE, **more):
    return view.notice(announce(reason, subject(**more)), SAY, Settings(), online=True)


OUTAGE = notice()
OVER = notice(Reason.RECOVERED, verdict=GREEN, duration=690.0)


def play(shown):
    """The demonstration in short."""
    with shown:
        shown.caption(0.0, "Act 1 · All well")
        shown.picture(0.0, WELL)
        shown.notice(60.0, OUTAGE)
        shown.picture(60.0, outage().picture())
        shown.withheld(360.0, SILENCE)
        shown.picture(360.0, DROPPED)
        shown.notice(750.0, OVER)
        shown.picture(750.0, WELL)


class TestWhoFollows:
    def now(self):
        return NOW

    @pytest.mark.parametrize(
        ("stream", "as_json", "kind"),
        [
            (Terminal, False, Drawing),
            (Terminal, True, Objects),
            (Pipe, False, Lines),
            (Pipe, True, Objects),
        ],
    )
    def test_depends_on_where_it_is_shown(self, stream, as_json, kind, monkeypatch):
        monkeypatch.setenv("TERM", "xterm")
        shown = follower(SAY, UTC, self.now, as_json=as_json, stream=stream())
        assert isinstance(shown, kind)

    def test_a_dumb_terminal_gets_lines(self, monkeypatch):
        monkeypatch.setenv("TERM", "dumb")
        assert isinstance(follower(SAY, UTC, self.now, stream=Terminal()), Lines)


class TestLines:
    def test_tell_the_demonstration(self):
        pipe = Pipe()
        play(Lines(SAY, UTC, pipe))
        assert pipe.lines == [
            "00:00 Act 1 · All well",
            "00:00 ChatGPT: no problem reported",
            "00:00 Claude: no problem reported",
            "00:00 Perplexity: no problem reported",
            "00:00 GitHub Copilot: no problem reported",
            "00:00 clear: No problem reported for your 4 tools.",
            (
                "01:00 Notice: ChatGPT is down. OpenAI reports a major outage since 17:41. "
                "It is them; your network is fine. Claude is ready. "
                "[Open Claude] [Got it] [Snooze 1 h]"
            ),
            "01:00 ChatGPT: down",
            (
                "01:00 Instead of ChatGPT: Claude and Perplexity. "
                "Not GitHub Copilot: runs partly on the same models."
            ),
            "01:00 trouble: ChatGPT is down: theirs. Your network is fine.",
            (
                "06:00 Not told: ChatGPT, Claude, Perplexity and 1 more: "
                "you are offline, so nobody can tell."
            ),
            "06:00 ChatGPT: not checked: offline",
            "06:00 Claude: not checked: offline",
            "06:00 Perplexity: not checked: offline",
            "06:00 GitHub Copilot: not checked: offline",
            "06:00 not known: You are offline: nothing can be checked.",
            (
                "12:30 Notice: ChatGPT works again after 11 minutes. "
                "OpenAI reports no problem any more. It began at 17:41."
            ),
            "12:30 ChatGPT: no problem reported",
            "12:30 Claude: no problem reported",
            "12:30 Perplexity: no problem reported",
            "12:30 GitHub Copilot: no problem reported",
            "12:30 clear: No problem reported for your 4 tools.",
        ]
        assert ESC not in pipe.getvalue()

    def test_say_nothing_while_only_ages_change(self):
        pipe = Pipe()
        shown = Lines(SAY, UTC, pipe)
        shown.picture(0.0, outage().picture(NOW))
        before = pipe.getvalue()
        shown.picture(30.0, outage().picture(NOW.later(30)))
        assert pipe.getvalue() == before

    def test_say_which_notice_was_withdrawn(self):
        pipe = Pipe()
        shown = Lines(SAY, UTC, pipe)
        shown.notice(0.0, OUTAGE)
        shown.closed(5.0, GONE)
        assert pipe.lines[-1] == "00:05 Withdrawn: ChatGPT is down"

    def test_of_a_real_program_bear_the_time_of_day(self):
        pipe = Pipe()
        Lines(SAY, UTC, pipe).closed(NOW.utc, GONE)
        assert pipe.lines == ["17:52:00 Withdrawn: t-20261123-1"]

    def test_are_never_broken_by_a_name(self):
        pipe = Pipe()
        service = replace(CHATGPT, name="Chat\nGPT\x1b[2J {x} [red]")
        Lines(SAY, UTC, pipe).picture(0.0, Scene(services=(service,)).picture())
        assert pipe.lines[0] == "00:00 Chat GPT [2J {x} [red]: no problem reported"


class TestObjects:
    def test_are_one_per_line_in_order_of_time(self):
        pipe = Pipe()
        play(Objects(pipe))
        objects = [json.loads(line) for line in pipe.lines]
        assert [(one["t"], one["kind"]) for one in objects] == [
            (0.0, "picture"),
            (60.0, "notice"),
            (60.0, "picture"),
            (360.0, "withheld"),
            (360.0, "picture"),
            (750.0, "notice"),
            (750.0, "picture"),
        ]

    def test_print_a_picture_only_when_it_says_something_else(self):
        pipe = Pipe()
        shown = Objects(pipe)
        shown.picture(0.0, outage().picture(NOW))
        shown.picture(30.0, outage().picture(NOW.later(30)))
        shown.picture(60.0, WELL)
        assert [json.loads(line)["t"] for line in pipe.lines] == [0.0, 60.0]

    def test_can_be_read_in_any_locale(self):
        pipe = Pipe()
        shown = Objects(pipe)
        named = replace(OUTAGE, title="通义千问 ne répond pas")
        shown.notice(0.0, named)
        assert pipe.getvalue().isascii()
        assert json.loads(pipe.lines[0])["title"] == named.title


class TestDrawing:
    @pytest.fixture
    def drawn(self, monkeypatch):
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "80")
        terminal = Terminal()
        # Nothing redraws by itself within the test: what stands there was drawn by an event.
        play(Drawing(SAY, UTC, lambda: NOW, terminal, redraw=3600.0))
        return terminal

    def test_lets_each_notice_pass_as_a_card_with_its_buttons(self, drawn):
        assert "│  ✖ ChatGPT is down " in drawn.text
        assert "[ Open Claude ]   [ Got it ]   [ Snooze 1 h ]" in drawn.text
        assert "│  ● ChatGPT works again after 11 minutes " in drawn.text

    def test_lets_each_silence_pass_with_its_reason(self, drawn):
        text = " ".join(drawn.text.split())
        assert "Not told: ChatGPT, Claude, Perplexity and 1 more: you are offline" in text

    def test_ends_with_how_it_stands_under_its_caption(self, drawn):
        end = [line.strip() for line in drawn.text.splitlines()][-8:]
        assert end[0].endswith("Act 1 · All well")
        assert end[1] == "● No problem reported for your 4 tools."
        assert end[-1] == "●  GitHub Copilot  no problem reported  20 s ago"

    def test_is_never_wider_than_the_terminal(self, drawn):
        assert max(len(line.rstrip("\r")) for line in drawn.text.splitlines()) <= 80

    def test_lets_ages_and_the_time_of_the_scenario_run_on(self, monkeypatch):
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "80")
        moment = NOW
        terminal = Terminal()
        shown = Drawing(SAY, UTC, lambda: moment, terminal, redraw=3600.0)
        with shown:
            shown.caption(60.0, "Act 2")
            shown.picture(60.0, WELL)
            moment = NOW.later(25)
        assert "01:25 Act 2" in terminal.text
        assert "45 s ago" in terminal.text


class TestWatching:
    def watching(self, heard):
        pipe = Pipe()
        face = Watching(Lines(SAY, UTC, pipe), lambda: NOW, lambda *what: heard.append(what))
        return face, pipe

    def test_counts_a_printed_notice_as_told(self):
        heard = []
        face, pipe = self.watching(heard)
        face.tell(OUTAGE)
        assert heard == [(NoticeId("n-1"), CHANNEL)]
        assert "ChatGPT is down" in pipe.getvalue()

    def test_does_not_call_told_what_could_not_be_printed(self):
        heard = []
        face, pipe = self.watching(heard)
        pipe.close()
        with pytest.raises(ValueError, match="closed"):
            face.tell(OUTAGE)
        assert heard == []

    def test_shows_everything_else_at_its_own_time(self):
        face, pipe = self.watching([])
        face.show(WELL)
        face.hush(SILENCE)
        face.withdraw(GONE)
        assert pipe.lines[-1].startswith("17:52:00 Withdrawn")
        assert "17:52:00 Not told" in pipe.lines[-2]


class TestBesideAnOwner:
    def overheard(self, *objects):
        pipe = Pipe()
        shown = Lines(SAY, UTC, pipe)
        for one in objects:
            pass_on(json.loads(documents.dumps(one)), shown, lambda: WELL)
        return pipe.lines

    def test_everything_is_said_again(self):
        at = NOW.utc
        assert self.overheard(
            documents.picture(WELL, at),
            documents.notice(OUTAGE, at + timedelta(seconds=1)),
            documents.withheld(SILENCE, at + timedelta(seconds=2)),
            documents.closed(THREAD, (CHATGPT.key,), at + timedelta(seconds=3)),
        )[-4:] == [
            "17:52:00 clear: No problem reported for your 4 tools.",
            (
                "17:52:01 Notice: ChatGPT is down. OpenAI reports a major outage since 17:41. "
                "It is them; your network is fine. Claude is ready."
            ),
            (
                "17:52:02 Not told: ChatGPT, Claude, Perplexity and 1 more: "
                "you are offline, so nobody can tell."
            ),
            "17:52:03 Withdrawn: ChatGPT is down",
        ]

    def test_what_a_newer_owner_says_is_passed_over(self):
        assert self.overheard({"at": "2026-11-23T17:52:00Z", "kind": "weather"}) == []

    @pytest.mark.parametrize(
        "strange",
        [
            {},
            {"at": "noon", "kind": "notice"},
            {"at": "2026-11-23T17:52:00Z", "kind": "notice", "reason": "full_moon"},
            {"at": 5, "kind": "closed"},
        ],
    )
    def test_what_makes_no_sense_is_said_to_make_none(self, strange):
        with pytest.raises(NotUnderstood, match="another version"):
            self.overheard(strange)

    def test_an_owner_that_has_gone_shows_no_picture(self):
        pipe = Pipe()
        pass_on(documents.picture(WELL, NOW.utc), Lines(SAY, UTC, pipe), lambda: None)
        assert pipe.lines == []


def test_a_change_of_alternatives_is_news():
    pipe = Pipe()
    shown = Lines(SAY, UTC, pipe)
    shown.picture(0.0, Scene(verdicts={"chatgpt": DOWN}).picture())
    slow = replace(DOWN, health=Health.DEGRADED)
    shown.picture(30.0, Scene(verdicts={"chatgpt": DOWN, CLAUDE.id: slow}).picture())
    assert any(line.startswith("00:30 Instead of ChatGPT: Perplexity. Not") for line in pipe.lines)
