"""Scenario files: what is written is played, and a slip of the pen is found with its line."""

import pytest

from notifier.rehearsal.scenario import ScenarioError, parse, seconds

HEAD = """title = "A day"
about = "made up"
start = "2026-03-17T02:30:00Z"
length = "4h"

[[service]]
id = "chatgpt"
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [("36m", 2160), ("2h", 7200), ("1h30m", 5400), ("800ms", 0.8), ("+90m", 5400), ("-5s", -5)],
)
def test_times_are_read(text, meant):
    assert seconds(text) == pytest.approx(meant)


@pytest.mark.parametrize("text", ["", "5", "5 parsecs", "m5", "1h x", None, 5])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=str(text) or "^$"):
        seconds(text)


def test_a_scenario_is_read_in_order_of_time():
    scenario = parse(
        "day.toml",
        (
            HEAD + '[[at]]\nt = "2h"\nnetwork = "offline"\n[[at]]\nt = "1h"\n'
            'page.chatgpt = { state = "degraded" }\n'
        ).encode(),
    )
    assert [step.t for step in scenario.steps] == [3600, 7200]
    assert scenario.steps[0].changes[0].who == "chatgpt"


@pytest.mark.parametrize(
    ("written", "line", "found"),
    [
        ('[[at]]\nt = "1m"\nnetwork = "flaky"\n', 10, "flaky"),
        ('[[at]]\nt = "1m"\n\nnetwrok = "offline"\n', 11, "netwrok"),
        ('[[at]]\nt = "soon"\nnetwork = "offline"\n', 9, "soon"),
        ('[[at]]\nt = "1m"\npage.claude = { state = "degraded" }\n', 10, "claude"),
        ('[[at]]\nt = "1m"\npage.chatgpt = { state = "sad" }\n', 10, "sad"),
        ('[[at]]\nt = "1m"\npage.chatgpt = { stat = "degraded" }\n', 10, "stat"),
        (
            '[[at]]\nt = "1m"\npage.chatgpt = { incident = { id = "i", started = "soon" } }\n',
            10,
            "soon",
        ),
        ('[[at]]\nt = "1m"\nprobe.chatgpt = { answer = "maybe" }\n', 10, "maybe"),
        ('[[at]]\nt = "1m"\nmachine = ["awake", "dozing"]\n', 10, "dozing"),
        ('[[at]]\nt = "1m"\nperson = { press = "hope" }\n', 10, "hope"),
        ('[[at]]\nt = "1m"\ndesktop = { dnd = 1 }\n', 10, "1"),
        ('[[at]]\nt = "1m"\nclock = "tomorrow"\n', 10, "tomorrow"),
        ('[[expect]]\nt = "1m"\nchatgpt = { mood = "good" }\n', 10, "mood"),
        ('[[expect]]\nt = "1m"\nclaude = { state = "degraded" }\n', 10, "claude"),
    ],
)
def test_an_unknown_word_is_named_with_its_line(written, line, found):
    with pytest.raises(ScenarioError) as error:
        parse("day.toml", (HEAD + written).encode())
    assert str(error.value).startswith(f"day.toml, line {line}: ")
    assert found in str(error.value)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"title = ", b"title = 'x'\nlenght = '1h'\n"])
def test_a_file_that_is_no_scenario_is_refused_with_a_sentence(body):
    with pytest.raises(ScenarioError, match=r"day\.toml"):
        parse("day.toml", body)
