"""Killed at any line of a change of the settings: the old or the new, and nothing stays behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from notifier.model.settings import Watched
from notifier.storage.settings_file import add, read_last_good

ROOT = Path(__file__).parents[2]

CHOSEN = 'version = 1\n\n[[service]]\nid = "claude"\n'
ADDED = CHOSEN + '\n[[service]]\nid = "chatgpt"\n'
AGAIN = ADDED + '\n[[service]]\nid = "codex"\n'

KILLED_AT_LINE = """
import os, signal, sys
from pathlib import Path
from notifier.model.settings import Watched
from notifier.storage.settings_file import add

COUNTED = ("notifier/storage", "tempfile", "pathlib")
base = Path(sys.argv[1])
add(base / "warm" / "settings.toml", Watched("chatgpt"))  # loads whatever is loaded late


def lives(folder, line):
    path = folder / "settings.toml"
    folder.mkdir()
    path.write_text(sys.argv[2])
    os.chmod(path, 0o600)
    child = os.fork()
    if child == 0:
        left = [line]

        def trace(frame, event, _):
            if not any(one in frame.f_code.co_filename for one in COUNTED):
                return None
            left[0] -= event == "line"
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        add(path, Watched("chatgpt"))
        sys.settrace(None)
        os._exit(0)
    return os.waitpid(child, 0)[1]


line = int(sys.argv[3])
while True:
    status = lives(base / str(line), line)
    print(line, status, flush=True)
    if status == 0:
        break
    line += int(sys.argv[4])
"""


def killed(folder, step):
    """Where lives ended that were killed at every so many lines, the last of them not at all."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_LINE, folder, CHOSEN, "1", str(step)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    assert {int(status) for _, status in rows} == {0, signal.SIGKILL}
    return [folder / line for line, _ in rows]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_it_says_the_old_or_the_new_and_the_next_change_sweeps_up(tmp_path, step):
    folders = killed(tmp_path, step)
    texts = [(folder / "settings.toml").read_text() for folder in folders]
    assert set(texts) == {CHOSEN, ADDED}
    assert texts == sorted(texts, key=len), "once it is changed it stays so"
    for folder, text in zip(folders, texts, strict=True):
        path = folder / "settings.toml"
        good = read_last_good(path)
        assert good is None or len(good[0].watched) == 2
        add(path, Watched("codex"))
        assert path.read_text() in (AGAIN, text + '\n[[service]]\nid = "codex"\n')
        assert {found.name for found in folder.iterdir()} == {
            "settings.toml",
            "settings.toml.good",
            ".settings.toml.lock",
        }
