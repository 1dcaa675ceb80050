"""The status file as another program meets it, and the prompt of the README in a real bash."""

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.cli.person import ROOT, service, soon

README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def status(person, page):
    """Where the status file of a person lies who watches one service."""
    home = person.folder.parent
    person.around["HOME"] = str(home)
    table = '[status_file]\npath = "~/.cache/ai-notifier/status.json"'
    person.chooses(service("campus", page.url), more=table)
    return home / ".cache" / "ai-notifier" / "status.json"


def lamp(status):
    return json.loads(status.read_text())["lamp"] if status.exists() else None


def test_it_follows_what_the_owner_shows_and_is_gone_at_the_end(person, page, status):
    with person.running("watch") as watch:
        soon(lambda: lamp(status) == "clear", "clear")
        page.says("major_outage", title="Chat is down")
        person.runs("check", "--now")
        soon(lambda: lamp(status) == "trouble", "trouble")
        checked, written = person.runs("check", "--json").json, json.loads(status.read_text())
        assert list(written) == list(checked)
        assert list(written["services"][0]) == list(checked["services"][0])
        assert written["source"] == "owner"
        assert watch.interrupted() == 0
    assert not status.exists()


def test_commands_and_followers_write_none(person, status):
    person.runs("check")
    person.runs("wait", "campus")
    assert not status.exists()
    with person.running("watch") as watch:
        soon(lambda: lamp(status) == "clear", "clear")
        with person.running("watch") as second:
            second.says("Following")
            assert second.interrupted() == 0
        assert status.exists(), "it is the owner's, who goes on"
        watch.kill()
    assert status.exists(), "what was killed could not take it away; it grows old"
    with person.running("watch") as watch:
        watch.says("clear:")
        assert watch.interrupted() == 0
    assert not status.exists()


def test_a_place_that_cannot_be_is_said_once_and_the_watch_goes_on(person, page, status):
    person.writes(person.settings.read_text().replace("~/.cache", "/proc/nowhere"))
    with person.running("watch") as watch:
        watch.says("clear:")
        said = soon(
            lambda: "cannot be written" in (said := person.runs("check")).err and said,
            "a complaint",
        )
        assert said.code == 0
        assert "The status file /proc/nowhere/ai-notifier/status.json cannot be written" in said.err
        assert watch.interrupted() == 0
    log = (person.folder / "state" / "notifier.log").read_text()
    assert log.count("cannot be written") == 1
    assert not status.exists()


# -- the prompt ---------------------------------------------------------------------------------

BASH = shutil.which("bash")


def prompt(home, tools):
    """What bash shows before a command, by the lines of the README."""
    (lines,) = re.findall(r"```sh\n(ai\(\).*?)```", README, re.DOTALL)
    script = f"PS1='$ '\n{lines}\nprintf '%s' \"${{PS1@P}}\""
    done = subprocess.run(
        [BASH, "--norc", "-c", script],
        capture_output=True,
        text=True,
        env={"HOME": str(home), "PATH": str(tools)},
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def tools(tmp_path):
    """All the prompt may start: no Python, and nothing that does not lie on every computer."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("find", "sed", "grep"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


@pytest.mark.skipif(BASH is None, reason="there is no bash here")
def test_the_prompt_shows_the_lamp_and_a_question_mark_where_nobody_watches(
    person, page, status, tools
):
    home = person.folder.parent
    assert prompt(home, tools) == "[?] $ "
    with person.running("watch") as watch:
        soon(lambda: prompt(home, tools) == "[clear] $ ", "clear")
        page.says("major_outage", title='"lamp": "clear",')
        person.runs("check", "--now")
        soon(lambda: prompt(home, tools) == "[trouble] $ ", "trouble")
        watch.kill()
    assert prompt(home, tools) == "[trouble] $ "
    long_ago = status.stat().st_mtime - 600
    os.utime(status, (long_ago, long_ago))
    assert prompt(home, tools) == "[?] $ ", "what was left behind is not believed"


def test_the_readme_names_the_place_the_prompt_reads():
    example, *_ = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = "~/.cache/ai-notifier/status.json"
    assert f'path = "{path}"' in example
    assert f"find {path} " in README


def test_the_command_to_copy_waits_for_something_that_exists(person):
    (id_,) = set(re.findall(r"^notifier wait ([a-z-]+) && ", README, re.MULTILINE))
    known = person.runs("catalogue", "--json").json
    assert id_ in {service["id"] for service in known}
