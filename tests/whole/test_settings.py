"""Settings that cannot be read: said in plain words, nothing lost, and followed once corrected."""

import pytest

from notifier.model.picture import Lamp
from tests.whole.desk import settings_of, until

pytestmark = pytest.mark.desktop

NOT_TOML = 'version = 1\n# mine, and dear to me\n[[service]\nid = "alpha"\n'


def test_a_start_with_settings_that_are_no_toml_says_so_and_follows_the_correction(person, vendors):
    person.settings.write_text(NOT_TOML)
    process = person.starts()
    words = until(person.tooltip, lambda tip: "settings.toml" in tip)
    assert words.startswith("Nothing is watched: settings.toml, line 3, column ")
    assert "this is not TOML" in words
    assert "correct it" in words
    until(person.first_line, lambda line: line[:60] == words[:60])
    person.shows(Lamp.EMPTY)
    assert person.windows("Choose your tools – AI Notifier") == [], "there is a choice already"

    code, text = person.notifier("check")
    assert code == 2
    assert "line 3" in text
    assert person.settings.read_text() == NOT_TOML

    person.settings.write_text(settings_of(*vendors))
    person.shows(Lamp.CLEAR)
    assert person.knows()["complaints"] == []
    assert process.poll() is None


def test_a_slip_while_it_runs_changes_nothing_but_is_shown(person, vendors):
    alpha, beta = vendors
    person.chooses(alpha, beta)
    person.starts()
    person.shows(Lamp.CLEAR)
    person.settings.write_text(NOT_TOML)
    (complaint,) = until(lambda: person.knows()["complaints"])
    assert complaint.startswith("settings.toml, line 3")
    (bad,) = person.folder.glob("settings.toml.bad-*")
    assert complaint.endswith(f" holds; as it is now it is kept as {bad.name}.")
    assert bad.read_text() == NOT_TOML
    alpha.fails()
    person.checks()
    person.shows(Lamp.TROUBLE)
    assert person.settings.read_text() == NOT_TOML

    person.settings.write_text(settings_of(beta))
    person.shows(Lamp.CLEAR)
    assert [row["key"] for row in person.knows()["rows"]] == ["beta"]
    until(person.on_screen, lambda count: count == 0)


def test_one_wrong_value_leaves_the_rest_at_work(person, vendors):
    wrong = settings_of(*vendors).replace('interval = "30s"', 'interval = "5s"')
    person.settings.write_text(wrong)
    person.starts()
    person.shows(Lamp.CLEAR)
    (complaint,) = person.knows()["complaints"]
    assert complaint.startswith("settings.toml, line 6: ")
    assert "30s" in complaint


def test_after_a_crash_that_emptied_the_file_everything_is_watched_as_before(person, vendors):
    person.chooses(*vendors)
    process = person.starts()
    person.shows(Lamp.CLEAR)
    person.kills(process)
    person.settings.write_bytes(b"")

    code, text = person.notifier("check")
    assert code == 0
    assert "settings.toml is empty, as after a crash" in text
    person.starts()
    person.shows(Lamp.CLEAR)
    assert [row["key"] for row in person.knows()["rows"]] == ["alpha", "beta"]
    (complaint,) = person.knows()["complaints"]
    assert "Until then what it said before (" in complaint
    assert person.windows("Choose your tools – AI Notifier") == [], "there is a choice already"
