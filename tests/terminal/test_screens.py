"""The list and the verdict, drawn on a terminal and written into a pipe."""

import io
from dataclasses import replace
from datetime import UTC

import pytest
from rich.console import Console

from notifier.catalogue import Sighting
from notifier.model.announcement import Reason
from notifier.model.health import Health
from notifier.model.picture import Lamp
from notifier.model.record import LogLine
from notifier.model.service import PartRef, ServiceKey
from notifier.terminal import drawn as sheet
from notifier.terminal import lists, screen, table, why
from notifier.wording.glance import Glance
from tests.terminal.terminals import ESC, AsciiPipe, Pipe, Terminal
from tests.view.scene import (
    BEGAN,
    CHATGPT,
    CLAUDE,
    DOWN,
    INCIDENT,
    NOW,
    SAY,
    THREAD,
    Scene,
    outage,
    report,
    seen,
)

GLANCE = Glance(NOW, UTC, SAY)
LOG = (
    LogLine(BEGAN, "told", "outage", "ChatGPT is down", THREAD, (CHATGPT.key,)),
    LogLine(BEGAN, "withheld", "unconfirmed", "", None, (CHATGPT.key,)),
    LogLine(BEGAN, "owed", "outage", "ChatGPT is down", THREAD, (CHATGPT.key,)),
)
WORST = replace(
    CHATGPT,
    name="An exceedingly long name of a tool that nobody would ever give 通义千问通义千问",
)


def crowded():
    """Many tools, some with names nobody would give, most of them failing."""
    services = tuple(
        replace(WORST if n % 2 else CLAUDE, key=ServiceKey(f"s{n}"), id=f"s{n}") for n in range(9)
    )
    wild = replace(
        INCIDENT,
        title="Elevated \x1b[2J[bold]errors[/bold] " * 8,
        parts=(),
        updates=(replace(INCIDENT.updates[0], text="word" * 90),),
    )
    scene = Scene(services=services, verdicts={f"s{n}": DOWN for n in range(0, 9, 2)})
    page = report(Health.MAJOR_OUTAGE, wild)
    scene.more = {"sights": {id_: seen(id_, page) for id_ in scene.board.sights}}
    return scene


def drawn(renderable, width):
    console = Console(
        width=width, record=True, file=io.StringIO(), markup=False, emoji=False, highlight=False
    )
    console.print(renderable(console))
    return console.export_text().splitlines()


class TestOnAScreen:
    @pytest.mark.parametrize("width", [40, 80, 120])
    @pytest.mark.parametrize("make", [outage, Scene, crowded, lambda: Scene(services=())])
    def test_the_list_is_never_wider_than_the_screen(self, make, width):
        picture = make().picture()
        lines = drawn(lambda console: sheet.table(picture, GLANCE, console), width)
        assert lines
        assert max(len(line.rstrip()) for line in lines) <= width

    @pytest.mark.parametrize("width", [40, 80, 120])
    @pytest.mark.parametrize("make", [outage, crowded])
    def test_the_verdict_is_never_wider_than_the_screen(self, make, width):
        picture = make().picture()
        lines = drawn(
            lambda console: why.why(picture, picture.rows[0], LOG, GLANCE, console), width
        )
        assert max(len(line.rstrip()) for line in lines) <= width

    def test_the_list_reads_like_this(self):
        picture = outage().picture()
        lines = drawn(lambda console: sheet.table(picture, GLANCE, console), 80)
        assert [line.rstrip() for line in lines] == [
            "✖ ChatGPT is down: theirs. Your network is fine.",
            "",
            "   Tool            State                Checked   Instead",
            "✖  ChatGPT         down                 20 s ago  Claude",
            "●  Claude          no problem reported  20 s ago",
            "●  Perplexity      no problem reported  20 s ago",
            "●  GitHub Copilot  no problem reported  20 s ago",
            "",
            "Instead of ChatGPT: Claude and Perplexity. Not GitHub Copilot: runs partly on",
            "the same models.",
        ]

    def test_every_lamp_has_a_shape_of_its_own(self):
        for encoding in ("utf-8", "ascii"):
            console = Console(file=io.TextIOWrapper(io.BytesIO(), encoding=encoding))
            shapes = {screen.shape(lamp, console).plain for lamp in Lamp}
            assert len(shapes) == len(Lamp)
            for shape in shapes:
                shape.encode(encoding)

    def test_a_name_is_never_read_as_markup(self):
        service = replace(CHATGPT, name="[bold red]{x} %s & :boom:[/]")
        picture = Scene(services=(service,)).picture()
        text = "\n".join(drawn(lambda console: sheet.table(picture, GLANCE, console), 120))
        assert "[bold red]{x} %s" in text

    def test_a_vendor_cannot_move_the_cursor(self):
        stream = Terminal()
        picture = crowded().picture()
        why.show(picture, picture.rows[0], LOG, GLANCE, stream)
        assert "\x1b[2J" not in stream.getvalue()

    def test_colours_are_left_out_where_nobody_wants_them(self, monkeypatch):
        monkeypatch.setenv("TERM", "xterm-256color")
        with_colours, without = Terminal(), Terminal()
        table.show(outage().picture(), GLANCE, with_colours)
        monkeypatch.setenv("NO_COLOR", "1")
        table.show(outage().picture(), GLANCE, without)
        assert "\x1b[31m" in with_colours.getvalue()
        assert "\x1b[31m" not in without.getvalue()
        assert "✖" in without.text

    def test_a_dumb_terminal_gets_plain_lines(self, monkeypatch):
        monkeypatch.setenv("TERM", "dumb")
        stream = Terminal()
        table.show(outage().picture(), GLANCE, stream)
        assert ESC not in stream.getvalue()


class TestInAPipe:
    def test_the_list_is_one_fact_per_line(self):
        pipe = Pipe()
        table.show(outage().picture(), GLANCE, pipe)
        assert pipe.lines == [
            "trouble: ChatGPT is down: theirs. Your network is fine.",
            "ChatGPT: down, checked 20 s ago",
            "  ChatGPT is down: OpenAI reports a major outage.",
            (
                "  Instead of ChatGPT: Claude and Perplexity. "
                "Not GitHub Copilot: runs partly on the same models."
            ),
            "Claude: no problem reported, checked 20 s ago",
            "Perplexity: no problem reported, checked 20 s ago",
            "GitHub Copilot: no problem reported, checked 20 s ago",
        ]

    def test_what_is_not_on_the_page_any_more_is_named_with_the_parts(self):
        pipe = Pipe()
        picture = outage().picture()
        lost = replace(picture.rows[0], gone=(PartRef(name="Voice"),))
        why.show(picture, lost, LOG, GLANCE, pipe)
        (line,) = [line for line in pipe.lines if "Voice" in line]
        assert line.startswith("Parts: OpenAI does not list Voice any more. Choose its parts anew")

    def test_the_verdict_is_one_fact_per_line(self):
        pipe = Pipe()
        picture = outage().picture()
        why.show(picture, picture.rows[0], LOG, GLANCE, pipe)
        assert pipe.lines == [
            "ChatGPT is down: OpenAI reports a major outage.",
            "It is them; your network is fine (3 of 3 unrelated hosts answered).",
            "Open instead: Claude (operational, checked 20 s ago).",
            "Next: Nothing to do here: it is theirs.",
            "Since 17:41; before that operational, last seen 17:40.",
            "Evidence: Status page: major outage: status.openai.test · 143 ms · 20 s ago",
            (
                "Evidence: Front door: answers: api.openai.test · HTTP 401 in 95 ms · 20 s ago"
                " · proves: the front door is open"
            ),
            "Way there: Status page status.openai.test: not timed",
            "Way there: Front door api.openai.test: not timed",
            "Way there: Your account: not asked: no key",
            "Incident: Elevated errors: Cause found · since 17:41 · Conversations",
            "Incident: 17:47 · Cause found: We have found the cause.",
            "Parts: ChatGPT: Conversations: major outage",
            "Parts: and 1 more part, well or not chosen",
            "Instead: Claude: can: chat · checked 20 s ago · https://claude.test/",
            "Instead: Perplexity: can: chat · checked 20 s ago · https://perplexity.test/",
            "Not offered: GitHub Copilot: runs partly on the same models",
            "Notice: 17:41: told: ChatGPT is down",
            "Notice: 17:41: not told: seen once only; a second look decides",
            "Notice: 17:41: could not be shown: ChatGPT is down",
        ]

    @pytest.mark.parametrize("make", [outage, crowded, Scene])
    def test_nothing_colours_or_boxes_it(self, make):
        pipe = Pipe()
        picture = make().picture()
        table.show(picture, GLANCE, pipe)
        why.show(picture, picture.rows[0], LOG, GLANCE, pipe)
        assert ESC not in pipe.getvalue()
        assert not set("─│╭╮╰╯┃━┌┐└┘") & set(pipe.getvalue())

    def test_of_ascii_loses_nothing_but_letters_it_does_not_have(self):
        pipe = AsciiPipe()
        service = replace(CHATGPT, name="Le Chat à côté")
        table.show(Scene(services=(service,)).picture(), GLANCE, pipe)
        assert "Le Chat ? c?t?: no problem reported" in pipe.text

    def test_nothing_chosen_says_how_to_begin(self):
        pipe = Pipe()
        table.show(Scene(services=()).picture(), GLANCE, pipe)
        assert pipe.lines[0] == "Nothing chosen yet."
        assert "notifier add" in pipe.lines[1]


class TestAGreenVerdict:
    def test_says_how_old_it_is_and_what_to_do_if_it_fails_all_the_same(self):
        picture = Scene().picture()
        answer = why.answer(picture, picture.rows[0], GLANCE)
        assert answer == (
            "OpenAI reports no problem (read 20 s ago).",
            (
                "Nothing is wrong that can be seen from here; your network is fine"
                " (3 of 3 unrelated hosts answered)."
            ),
            'Next: Nothing to do. If it fails for you all the same, say "It is broken for me".',
        )

    def test_grows_older_on_a_picture_that_does_not_change(self):
        picture = Scene().picture()
        later = Glance(NOW.later(100), UTC, SAY)
        assert "(read 2 min ago)" in why.answer(picture, picture.rows[0], later)[0]


def test_an_outage_with_nothing_left_to_use_says_so():
    picture = Scene(services=(CHATGPT,), verdicts={"chatgpt": DOWN}).picture()
    answer = why.answer(picture, picture.rows[0], GLANCE)
    assert "Nothing else is known to work instead of ChatGPT right now." in answer


def test_what_was_handed_over_and_never_confirmed_is_not_called_told():
    line = LogLine(
        BEGAN, "told", Reason.OUTAGE.value, "ChatGPT is down", None, (), channel="portal"
    )
    picture = Scene().picture()
    lines = why.lines(
        picture, picture.rows[0], (line, replace(line, kind="withdrawn", channel="")), GLANCE
    )
    assert lines[-2:] == [
        "Notice: 17:41: handed over, not confirmed: ChatGPT is down (portal of the desktop)",
        "Notice: 17:41: withdrawn: ChatGPT is down",
    ]


def test_a_log_of_a_newer_version_is_still_printed():
    line = LogLine(BEGAN, "postponed", Reason.OUTAGE.value, "", None, ())
    strange = replace(line, kind="withheld", reason="full_moon")
    picture = Scene().picture()
    lines = why.lines(picture, picture.rows[0], (line, strange), GLANCE)
    assert lines[-2:] == ["Notice: 17:41: outage", "Notice: 17:41: not told: full_moon"]


class TestLists:
    def test_of_the_catalogue_are_separated_by_tabs_in_a_pipe(self):
        pipe = Pipe()
        seen = {"chatgpt": Sighting("capture", "2026-09"), "claude": Sighting("source", "2026-10")}
        lists.catalogue((CHATGPT, CLAUDE), seen, SAY, pipe)
        assert pipe.lines == [
            "chatgpt\tChatGPT\tOpenAI\tchat\tstatuspage\tseen 2026-09",
            "claude\tClaude\tAnthropic\tchat\tstatuspage\ttold 2026-10",
        ]

    def test_of_the_catalogue_have_headings_on_a_screen(self, monkeypatch):
        monkeypatch.setenv("TERM", "xterm")
        stream = Terminal()
        coder = replace(CLAUDE, name="Coder", can=("coding",), page=None, no_page="It is shut.")
        lists.catalogue((coder, CHATGPT), {}, SAY, stream)
        heads, *rows = stream.text.splitlines()
        assert heads.split() == ["Id", "Tool", "Can", "Read", "by", "Known"]
        assert [row.split()[0] for row in rows] == [
            *("Chat", "chatgpt", "Coding", "claude"),
            "Coder:",
        ], "kind by kind"
        assert "its door alone" in stream.text
        assert rows[-1] == "Coder: It is shut."

    def test_of_alternatives_give_every_reason(self):
        pipe = Pipe()
        lists.fallbacks(outage().row(), SAY, pipe)
        assert pipe.lines == [
            "Claude\tcan: chat · checked 20 s ago\thttps://claude.test/",
            "Perplexity\tcan: chat · checked 20 s ago\thttps://perplexity.test/",
            "",
            "GitHub Copilot\truns partly on the same models",
        ]

    def test_of_no_alternatives_say_so(self):
        pipe = Pipe()
        lists.fallbacks(Scene(services=(CHATGPT,)).row(), SAY, pipe)
        assert pipe.lines == ["Nothing else is known to work instead of ChatGPT right now."]
