"""`notifier rehearse`: an outage played in this terminal, and nothing of it left behind."""

import pytest

from notifier.app.rehearsing import shipped
from tests.cli.documents import assert_is_object
from tests.cli.person import service

T = {"t": float}

LONG = ("chatgpt-2025-06-10", "everything-at-once")
"""Scenarios that take longer than a moment; tests/rehearsal plays them every time."""

HEAD = """title = "A day"
about = "made up for a test"
start = "2026-03-17T02:30:00Z"
length = "5m"
[[service]]
id = "chatgpt"
"""


def told(objects):
    """Every notice without its time, which jitter moves."""
    notices = [one for one in objects if one["kind"] == "notice"]
    return [(one["reason"], one["services"], one["title"], one["actions"]) for one in notices]


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_shipped_ones_are_listed(person):
    names = [line.split("\t")[0] for line in person.runs("rehearse", "--list").lines]
    assert names == [name for name, _ in shipped()]
    assert "demo" in names


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name, _ in shipped()],
)
def test_every_shipped_one_meets_its_expectations(person, name):
    said = person.runs("rehearse", name, "--fast", "--check")
    assert said.code == 0, said.out
    assert f"{name}.toml: all " in said.out


def test_a_wrong_expectation_is_named_with_its_line(person, tmp_path):
    file = tmp_path / "day.toml"
    file.write_text(HEAD + '[[expect]]\nt = "2m"\nlamp = "trouble"\n')
    said = person.runs("rehearse", str(file), "--fast", "--check")
    assert said.code == 1
    assert "day.toml, line 7 (t = 120 s): lamp should be trouble; it is clear" in said.lines
    assert person.runs("rehearse", str(file), "--fast").code == 0


def test_an_unknown_word_is_named_with_its_line(person, tmp_path):
    file = tmp_path / "day.toml"
    file.write_text(HEAD + '[[at]]\nt = "2m"\nnetwork = "flaky"\n')
    said = person.runs("rehearse", str(file), "--fast")
    assert said.code == 1
    assert said.err.startswith("day.toml, line 9: unknown word 'flaky'; known are: online")


def test_an_unknown_scenario_names_the_known_ones(person):
    said = person.runs("rehearse", "armageddon")
    assert said.code == 1
    assert said.err.startswith("armageddon is no scenario")
    assert "demo" in said.err


class TestDemo:
    def test_in_plain_lines_tells_the_story(self, person):
        said = person.runs("rehearse", "--fast", "--check")
        assert said.code == 0
        story = "\n".join(line.partition(" ")[2] for line in said.lines)
        beats = [
            "Act 1",
            "clear: No problem reported for your 4 tools.",
            "Act 2",
            # What it runs on is looked at before anybody is told: that takes a moment.
            "Instead of ChatGPT: Claude.",
            "Notice: ChatGPT is down. OpenAI reports a major outage. It is them; your network is",
            "Act 3",
            "you are offline, so nobody can tell.",
            "Act 4",
            "Notice: ChatGPT works again after 11 minutes.",
        ]
        places = [story.index(beat) for beat in beats]
        assert places == sorted(places)
        assert story.count("Notice: ") == 2
        assert "not looked at yet" not in story
        assert "\x1b" not in said.out

    def test_as_json_says_the_same_in_order_of_time(self, person):
        said = person.runs("rehearse", "demo", "--fast", "--json")
        assert said.code == 0
        for one in said.objects:
            assert_is_object(one, T)
        stamps = [one["t"] for one in said.objects]
        assert stamps == sorted(stamps)
        outage, over = [one for one in said.objects if one["kind"] == "notice"]
        assert outage["actions"] == ["fallback", "got_it", "snooze"]
        assert (over["reason"], over["duration_s"]) == ("recovered", 665)

    def test_over_loopback_tells_the_same_as_in_virtual_time(self, person):
        fast = person.runs("rehearse", "demo", "--fast", "--json").objects
        live = person.runs("rehearse", "demo", "--speed", "100", "--json").objects
        assert told(live) == told(fast)
        assert {one["lamp"] for one in live if one["kind"] == "picture"} == (
            {"blind", "clear", "trouble"}
        )

    def test_says_nothing_of_alternatives_before_they_have_been_looked_at(self, person, tmp_path):
        file = tmp_path / "day.toml"
        alone = HEAD + '[[also]]\nid = "claude"\n[[at]]\nt = "2m"\n'
        file.write_text(alone + 'page.chatgpt = { state = "major_outage" }\n')
        said = person.runs("rehearse", str(file), "--fast")
        assert "Instead of ChatGPT: Claude." in said.out
        assert "nothing known to be well" not in said.out
        assert "not looked at yet" not in said.out


class TestMine:
    def test_plays_it_with_the_persons_own_choice(self, person):
        person.runs("add", "claude")
        said = person.runs("rehearse", "demo", "--fast", "--json", "--mine")
        assert said.code == 0
        pictures = [one for one in said.objects if one["kind"] == "picture"]
        assert {tuple(one["services"]) for one in pictures} == {("claude",)}

    def test_refuses_one_that_touches_none_of_it(self, person, tmp_path):
        file = tmp_path / "day.toml"
        file.write_text(HEAD + '[[at]]\nt = "2m"\npage.chatgpt = { state = "degraded" }\n')
        person.runs("add", "claude")
        said = person.runs("rehearse", str(file), "--fast", "--mine")
        assert (said.code, said.err) == (1, "day.toml touches none of the services you chose\n")

    def test_says_so_where_nothing_is_chosen(self, person):
        said = person.runs("rehearse", "demo", "--fast", "--mine")
        assert said.code == 1
        assert said.err.startswith("you have chosen nothing yet")


def test_the_persons_profile_is_as_it_was(person, page):
    person.chooses(service("campus", page.url))
    with person.running("watch") as watch:
        watch.says("clear:")
        assert watch.interrupted() == 0
    before = everything(person.folder)
    asked = len(page.asked)
    person.runs("rehearse", "demo", "--fast")
    person.runs("rehearse", "demo", "--fast", "--mine")
    assert everything(person.folder) == before
    assert len(page.asked) == asked


def test_one_that_is_cut_short_has_proved_nothing(person):
    with person.running("rehearse", "demo", "--check") as playing:
        playing.says("clear: No problem reported")
        assert playing.interrupted() == 1
        assert playing.out[-1] == "The rehearsal was ended early."
