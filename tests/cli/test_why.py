"""`notifier why` and `notifier fallback`: the verdict in full, and what works instead."""

import os
import re
from pathlib import Path

import pytest

from notifier import __version__
from tests.cli.documents import assert_is_service

RED = "major_outage"


@pytest.fixture
def outage(chosen, page):
    page.says(RED, title="Chat is down")
    return chosen


class TestWhy:
    def test_begins_with_the_answer(self, outage):
        said = outage.runs("why", "campus")
        assert said.code == 1
        verdict, whose, instead, step = said.lines[:4]
        assert verdict == "Campus is down: Campus reports a major outage."
        assert whose.startswith("It is them; your network is fine (")
        assert instead.startswith("Open instead: Spare (operational, checked ")
        assert step == "Next: Nothing to do here: it is theirs."

    def test_then_shows_every_piece_of_evidence_with_its_age(self, outage):
        lines = outage.runs("why", "campus").lines
        (evidence,) = [line for line in lines if line.startswith("Evidence: ")]
        assert evidence.startswith("Evidence: Status page: major outage: 127.0.0.1:")
        assert evidence.endswith(" · just now")
        assert "Incident: Chat is down: Investigating · since 23 Nov 17:41 · Chat, Login" in lines

    def test_shows_the_way_there_stage_by_stage(self, outage):
        (way,) = [
            line for line in outage.runs("why", "campus").lines if "Way there: Status" in line
        ]
        assert re.fullmatch(
            r"Way there: Status page 127\.0\.0\.1:\d+: connection \d+ ms · answer \d+ ms", way
        )

    def test_marks_where_the_way_breaks(self, chosen, page):
        page.close()
        said = chosen.runs("why", "campus")
        (way,) = [line for line in said.lines if "Way there: Status" in line]
        assert way.endswith(": breaks at the connection")
        document = chosen.runs("why", "campus", "--json").json
        assert document["evidence"][0]["stopped"] == "connect"

    def test_prints_the_service_of_check_as_json(self, outage):
        said = outage.runs("why", "campus", "--json")
        assert said.code == 1
        assert_is_service(said.json)
        checked = outage.runs("check", "campus", "--json").json["services"][0]
        moving = ("checked_at", "next_look_at", "summary", "evidence", "fallbacks")
        for document in (said.json, checked):
            for key in moving:
                document.pop(key)
        assert {**said.json, **dict.fromkeys(moving)} == {**checked, **dict.fromkeys(moving)}

    def test_is_0_and_offers_nothing_where_all_is_well(self, chosen):
        said = chosen.runs("why", "campus")
        assert said.code == 0
        assert said.lines[0] == "Campus reports no problem (read just now)."
        assert "Instead" not in said.out

    def test_ends_with_what_was_told_and_what_not_as_the_owner_knows(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("Not told:")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.says("Notice: Campus is down.")
            said = chosen.runs("why", "campus")
            assert said.err == "From the AI Notifier that is running.\n"
            told, withheld = [line for line in said.lines if line.startswith("Notice: ")]
            assert told.endswith(" told: Campus is down (in the terminal)")
            assert withheld.endswith(" not told: all is well at the start, which is no news")


class TestWithoutAnOwner:
    def test_what_was_told_when_something_ran_is_still_told(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("Not told:")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.says("Notice: Campus is down.")
        said = chosen.runs("why", "campus")
        assert said.err == ""
        notices = [line for line in said.lines if line.startswith("Notice: ")]
        assert notices[0].endswith(" told: Campus is down (in the terminal)")


COPIED = """\
Campus reports Campus as unavailable from {begins}, going on at {time} (UTC).
Nothing of it was observed from this computer.

Observed here
- Nothing: it has no front door that is looked at.
- This computer's connection was working: 2 of 2 unrelated hosts at {seen}.

Stated by Campus
- Status page: major outage, as read here from {seen} to {seen}.
- “Chat is down” (https://stspg.example/abc): begun {begun}; when last read: Investigating.
  {begun} Investigating: We are looking into it.

Copied from AI Notifier {version} on {copied} (UTC).
"""

PRINTED_ONLY = "Printed only: nothing that fills a clipboard was found.\n"


def fits(text, shape):
    """Whether a text is `shape` with any time for each of its fields."""
    times = {"version": re.escape(__version__)}
    wanted = re.sub(
        r"\\\{(\w+)\\\}", lambda found: times.get(found[1], r"[0-9A-Za-z :]+"), re.escape(shape)
    )
    return re.fullmatch(wanted, text)


class TestCopy:
    def test_prints_the_proof_of_what_goes_on_as_the_owner_wrote_it_down(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("Not told:")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.says("Notice: Campus is down.")
            said = chosen.runs("why", "campus", "--copy")
        assert (said.code, said.err) == (0, PRINTED_ONLY)
        assert fits(said.out, COPIED), said.out

    def test_is_complete_when_nothing_runs_any_more_and_does_not_say_that_it_goes_on(
        self, chosen, page
    ):
        with chosen.running("watch") as watch:
            watch.says("Not told:")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.says("Notice: Campus is down.")
        asked = len(page.asked)
        said = chosen.runs("why", "campus", "--copy")
        assert (said.code, said.err) == (0, PRINTED_ONLY)
        assert " at least (UTC)." in said.lines[0]
        assert "Not looked since " in said.out
        assert "“Chat is down”" in said.out
        assert len(page.asked) == asked, "a proof looks at nothing"

    def test_goes_onto_the_clipboard_where_a_program_fills_one(self, chosen, page, tmp_path):
        with chosen.running("watch") as watch:
            watch.says("Not told:")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.says("Notice: Campus is down.")
        board = tmp_path / "board"
        program = tmp_path / "xclip"
        program.write_text(f'#!/bin/sh\necho "$@" > {board}.asked\nexec cat > {board}\n')
        program.chmod(0o755)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        said = chosen.runs("why", "campus", "--copy", PATH=path, DISPLAY=":7")
        assert said.err == "Also on the clipboard, by xclip.\n"
        assert board.read_text("utf-8") == said.out
        assert Path(f"{board}.asked").read_text() == "-selection clipboard -in\n"
        program.write_text("#!/bin/sh\nexit 1\n")
        said = chosen.runs("why", "campus", "--copy", PATH=path, DISPLAY=":7")
        assert (said.code, said.err) == (0, PRINTED_ONLY)

    def test_where_nothing_ever_failed_there_is_nothing_to_copy(self, chosen):
        said = chosen.runs("why", "campus", "--copy")
        nothing = "No outage of Campus was ever written down here.\n"
        assert (said.code, said.out, said.err) == (1, "", nothing)

    @pytest.mark.parametrize("other", ["--json", "--deep"])
    def test_goes_with_nothing_that_looks_or_counts(self, chosen, other):
        said = chosen.runs("why", "campus", "--copy", other)
        assert said.code == 2
        assert said.err.startswith("--copy prints a text and looks at nothing")


class TestFallback:
    def test_ranks_with_reasons_and_says_what_is_excluded(self, outage):
        said = outage.runs("fallback", "campus")
        assert said.code == 0
        name, reasons, address = said.lines[0].split("\t")
        assert (name, address) == ("Spare", "http://127.0.0.1/")
        assert reasons.startswith("your own choice · can: chat · checked ")
        assert "needs no account" not in reasons, "they watch it: they know"
        refused = dict(line.split("\t") for line in said.lines[2:])
        assert refused["ChatGPT"] == "your settings do not allow it"

    def test_looks_at_alternatives_though_nothing_fails(self, chosen):
        said = chosen.runs("fallback", "campus", "--json")
        assert said.code == 0
        assert_is_service(said.json)
        assert [one["id"] for one in said.json["fallbacks"]] == ["spare"]

    def test_refuses_one_that_fails_itself(self, outage, spare):
        spare.says("degraded")
        said = outage.runs("fallback", "campus", "--json")
        refused = {one["id"]: one["why"] for one in said.json["excluded"]}
        assert refused["spare"] == "has problems itself"
        assert said.json["fallbacks"] == []

    def test_is_the_owners_advice_where_there_is_one(self, outage, page):
        with outage.running("watch") as watch:
            watch.says("Instead of Campus: Spare.")
            asked = len(page.asked)
            said = outage.runs("fallback", "campus")
            assert said.err == "From the AI Notifier that is running.\n"
            assert said.lines[0].startswith("Spare\tyour own choice")
            assert len(page.asked) == asked

    def test_is_the_owners_advice_though_nothing_fails(self, chosen):
        with chosen.running("watch") as watch:
            watch.says("clear:")
            said = chosen.runs("fallback", "campus")
            assert said.err == "From the AI Notifier that is running.\n"
            assert said.lines[0].startswith("Spare\tyour own choice")
