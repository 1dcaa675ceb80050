"""A person's own programs, real ones: run directly, told everything on standard input, in time."""

import asyncio
import json
import os
import shlex
from pathlib import Path

import pytest

from notifier.model.announcement import Action, Reason
from notifier.model.relay import Hook
from notifier.relays import process
from notifier.relays.hooks import HookCarrier
from notifier.relays.line import Carried
from notifier.wording.say import English
from tests.relays.notices import OVER, notice
from tests.watch.looking import in_loop, until
from tests.wording.hostile import acting, naughty, needs_corpus

SHORT, AMPLE = 0.7, 20.0
"""Seconds of a limit that is meant to pass, and of one that is not."""


@pytest.fixture
def program(tmp_path):
    """Write a shell script that is run as a hook."""

    def written(text, name="hook", mode=0o755):
        path = tmp_path / name
        path.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
        path.chmod(mode)
        return str(path)

    return written


def carrier(*run, timeout=AMPLE, reasons=None):
    return HookCarrier(Hook(run, timeout, reasons), "hook", English())


async def carried(*run, limit=AMPLE, told=None):
    return await carrier(*run, timeout=limit).carry(told or notice())


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def gone(pid):
    await until(lambda: not lives(pid))
    return True


@in_loop
async def test_it_gets_the_notice_as_one_document_with_its_time(program, tmp_path):
    told = notice(7, OVER, duration=540.0, actions=(Action.GOT_IT,))
    done = await carried(program(f"cat > {tmp_path}/got"), told=told)
    assert done == Carried()
    (line,) = (tmp_path / "got").read_text().splitlines()
    assert json.loads(line) == {
        "at": "2026-11-23T12:00:00Z",
        "kind": "notice",
        "thread": "t-1",
        "reason": "recovered",
        "services": ["chatgpt"],
        "whose": "them",
        "cause": "page_reports",
        "confidence": "confirmed",
        "title": "ChatGPT is down",
        "body": "OpenAI reports a major outage.",
        "actions": ["got_it"],
        "replaces": None,
        "duration_s": 540,
        "fallbacks": [],
    }


@in_loop
async def test_no_shell_reads_its_arguments(program, tmp_path):
    odd = ["$(touch pwned)", "; touch pwned", "a b", "`id`", "*"]
    await carried(program(f'cd {tmp_path}; printf "%s\\n" "$@" > got'), *odd)
    assert (tmp_path / "got").read_text().splitlines() == odd
    assert not (tmp_path / "pwned").exists()


@in_loop
async def test_its_environment_is_small_and_holds_no_key(program, tmp_path, monkeypatch):
    for name in ("OPENAI_API_KEY", "HTTPS_PROXY", "LD_PRELOAD", "PYTHONPATH", "SSH_AUTH_SOCK"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("HOME", str(tmp_path))
    await carried(program(f"env > {tmp_path}/got; pwd > {tmp_path}/where"))
    got = dict(line.partition("=")[::2] for line in (tmp_path / "got").read_text().splitlines())
    assert "canary" not in got.values()
    assert (got["PATH"], got["DISPLAY"]) == (os.environ["PATH"], ":7")
    assert set(got) <= {*process._NEEDED, "PWD", "OLDPWD", "SHLVL", "_"}
    assert (tmp_path / "where").read_text().strip() == str(tmp_path), "it begins at home"


@in_loop
async def test_it_need_not_read_what_it_gets(program):
    assert await carried(program("exec <&-; exit 0")) == Carried()
    big = notice(body="x" * 300_000)
    assert await carried(program("exit 0"), told=big) == Carried()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exit 3", "It ended with 3."),
        ("echo lamp not found >&2; echo more >&2; exit 1", "It ended with 1: lamp not found"),
        (
            r"printf '\n\033[2J\033[31mred\033[0m \n' >&2; exit 1",
            "It ended with 1: [2J [31mred [0m",
        ),
        (
            r"printf '\377\376\000 half \303' >&2; exit 1",
            "It ended with 1: \ufffd\ufffd half \ufffd",
        ),
        ("kill -9 $$", "It was ended by SIGKILL."),
    ],
)
@in_loop
async def test_what_it_complains_of_is_said_in_one_harmless_line(program, script, says):
    done = await carried(program(script))
    assert done == Carried(says)
    assert not done.again, "a hook is tried once"


@in_loop
async def test_binary_and_endless_output_is_thrown_away(program):
    assert await carried(program("head -c 300000 /dev/urandom; head -c 9000 /dev/zero >&2")) == (
        Carried()
    )


@in_loop
async def test_whoever_prints_without_end_is_not_listened_to_for_ever(program, tmp_path):
    """Or it would keep the thread busy that watches."""
    script = f"head -c 60000000 /dev/zero; echo heard out > {tmp_path}/done"
    done = await carried(program(script), limit=SHORT)
    assert done.why.startswith("It had not ended after")
    assert not (tmp_path / "done").exists()


@in_loop
async def test_of_what_it_prints_little_is_kept(program):
    ended = await process.run([program("head -c 900000 /dev/zero")], b"", within=AMPLE)
    assert ended.code == 0
    assert len(ended.out) == process.MOST_KEPT


@in_loop
async def test_one_that_hangs_is_ended_with_all_it_started(program, tmp_path):
    script = f"sleep 600 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/own; trap '' TERM; wait"
    done = await carried(program(script), limit=SHORT)
    assert done.why.startswith("It had not ended after")
    for name in ("child", "own"):
        assert await gone(int((tmp_path / name).read_text()))


@in_loop
async def test_what_it_leaves_behind_in_its_group_is_ended_with_it(program, tmp_path):
    """A grandchild that lets go of the outputs does not outlive the hook, either."""
    script = f"sleep 600 >/dev/null 2>&1 </dev/null & echo $! > {tmp_path}/child; exit 0"
    assert await carried(program(script)) == Carried()
    assert await gone(int((tmp_path / "child").read_text()))


@in_loop
async def test_a_grandchild_that_holds_its_outputs_has_until_the_limit(program, tmp_path):
    script = (
        f"(sleep 0.3; echo done > {tmp_path}/late; exec sleep 600) & echo $! > {tmp_path}/child"
    )
    assert await carried(program(script), limit=1.5) == Carried(), "its own end was good"
    assert (tmp_path / "late").exists()
    assert await gone(int((tmp_path / "child").read_text()))


@in_loop
async def test_who_forks_without_end_is_ended_whole(program, tmp_path):
    script = f"for i in 1 2 3 4 5; do (sleep 600 & echo $! >> {tmp_path}/all; wait) & done; wait"
    await carried(program(script), limit=SHORT)
    for pid in (tmp_path / "all").read_text().split():
        assert await gone(int(pid))


@pytest.mark.parametrize(
    ("name", "mode", "says"),
    [
        ("nowhere/at-all", None, "There is no program {path}."),
        ("plain", 0o644, "{path} may not be run; `chmod +x` makes a program of it."),
        ("no-shebang", 0o755, "The system would not start it: Exec format error."),
    ],
)
@in_loop
async def test_what_is_no_program_is_called_that(tmp_path, name, mode, says):
    path = tmp_path / name
    if mode is not None:
        path.write_bytes(b"\x00\x01\x02 not a program")
        path.chmod(mode)
    assert await carried(str(path)) == Carried(says.format(path=path))


@in_loop
async def test_a_folder_is_no_program(tmp_path):
    assert await carried(str(tmp_path)) == Carried(f"There is no program {tmp_path}.")


@in_loop
async def test_whoever_gives_up_waiting_ends_it(program, tmp_path):
    running = asyncio.get_running_loop().create_task(
        carried(program(f"echo $$ > {tmp_path}/own; exec sleep 600"))
    )
    await until(lambda: (tmp_path / "own").exists() and (tmp_path / "own").read_text())
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()
    assert await gone(int((tmp_path / "own").read_text()))


def test_it_gets_the_notices_it_wants():
    some = carrier("/x", reasons=frozenset({Reason.OUTAGE}))
    assert some.wants(notice())
    assert not some.wants(notice(2, OVER))
    assert carrier("/x").wants(notice(2, OVER))


@needs_corpus
@in_loop
async def test_nothing_a_feed_says_acts_in_what_it_gets(program, tmp_path):
    """All of the naughty strings, as title and body: one line of ASCII each, and no more."""
    collect = program(f"exec /bin/cat >> {shlex.quote(str(tmp_path / 'got'))}")
    texts = naughty()
    for text in texts[::25]:
        assert await carried(collect, told=notice(title=text, body=f"{text}\n{text}")) == Carried()
    got = (tmp_path / "got").read_bytes()
    assert got.isascii()
    lines = got.decode().splitlines()
    assert len(lines) == len(texts[::25])
    for line in lines:
        document = json.loads(line)
        assert acting(document["title"] + document["body"]) == []
