"""The log keeps what happened, is private and of bounded size, and is never in the way."""

import logging
import stat
import sys

import pytest

from notifier.app import logs

LINE = "x" * 1000


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "notifier.log"


def files(path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_what_happened_is_kept_with_its_time(path):
    with logs.kept(path):
        logging.getLogger("notifier.anything").info("looked")
        logging.getLogger("httpx").info("GET https://example.test/?key=secret")
    (line,) = path.read_text().splitlines()
    assert line.endswith("Z INFO notifier.anything: looked")


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_nobody_else_can_read_it_even_where_it_lay_open(path):
    path.parent.mkdir()
    path.touch(0o644)
    with logs.kept(path):
        logging.getLogger("notifier").info("looked")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_never_grows_beyond_three_files_of_a_megabyte(path):
    with logs.kept(path):
        log = logging.getLogger("notifier")
        for number in range(4500):
            log.info("%d %s", number, LINE)
    assert files(path) == ["notifier.log", "notifier.log.1", "notifier.log.2"]
    for file in path.parent.iterdir():
        assert file.stat().st_size < logs.MOST_BYTES + 2000
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "4499 x" in path.read_text(), "the newest stands in the log itself"
    oldest = path.with_name("notifier.log.2").read_text()
    assert "INFO notifier: 0 x" not in oldest, "the oldest is given up"


def test_a_log_that_cannot_be_written_is_no_trouble(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.touch()
    with logs.kept(blocked / "state" / "notifier.log"):
        logging.getLogger("notifier").warning("looked")
    assert capsys.readouterr().err == ""


def test_a_defect_nobody_caught_is_in_the_log(path, capsys):
    with logs.kept(path):
        sys.excepthook(ValueError, ValueError("a click that failed"), None)
    assert "ValueError: a click that failed" in path.read_text()
    assert "a click that failed" in capsys.readouterr().err


def test_nothing_is_kept_once_it_is_over(path):
    with logs.kept(path):
        logging.getLogger("notifier").info("looked")
    logging.getLogger("notifier").error("later")
    assert "later" not in path.read_text()
