"""The log keeps what happened, is private and of bounded size, and is never in the way."""

import io
import logging
import re
import stat
import sys
import threading

import pytest

from notifier.app import logs
from notifier.storage import redaction

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


# -- what is in it ---------------------------------------------------------------------------

CANARY = "canary-7f3e/9b+c1"


@pytest.fixture
def hidden(monkeypatch):
    """A key of no shape that anybody could know by its looks, taken from the key store."""
    monkeypatch.setattr(redaction, "_known", {})
    redaction.hide(CANARY)


def fails(text):
    """Whatever quotes a key in the reason of a reason of its failure."""
    try:
        try:
            {}[text]
        except KeyError as error:
            raise ConnectionError(f"refused with {text}") from error
    except ConnectionError as error:
        raise RuntimeError(
            f"it failed: {text}\n2026-11-23T12:00:00Z INFO forged: {text}"
        ) from error


@pytest.mark.parametrize("name", ["notifier.watch", "httpx", "asyncio", "any.library"])
def test_no_key_gets_into_it_by_whatever_road(path, hidden, name):
    with logs.kept(path):
        log = logging.getLogger(name)
        log.error(CANARY)
        log.error("with %s in %r", CANARY, {"key": CANARY.encode()})
        log.error("%(key)s", {"key": CANARY})
        log.error("here", stack_info=True)
        try:
            fails(CANARY)
        except RuntimeError:
            log.exception("failed with %s", CANARY)
    told = path.read_text()
    assert "    KeyError: '…'\n" in told
    assert "    ConnectionError: refused with …\n" in told
    assert "    RuntimeError: it failed: …\n" in told
    assert "canary" not in told


def test_what_nobody_named_goes_too_where_it_looks_like_a_key(path):
    with logs.kept(path):
        logging.getLogger("httpcore").warning(
            "send %r", [(b"Authorization", b"Bearer " + b"k" * 30)]
        )
        logging.getLogger("httpx").warning("GET https://a.test/v1?key=%s", "k" * 30)
    assert "kkkk" not in path.read_text()


def test_a_text_from_outside_cannot_forge_a_line_nor_act_on_a_terminal(path):
    title = "Down\r\n2026-11-23T12:00:00Z INFO notifier: all is well\x1b[2J\x07 \u202e\ud83d"
    with logs.kept(path):
        log = logging.getLogger("notifier")
        log.info("titled %s", title)
        try:
            fails(title)
        except RuntimeError:
            log.exception("failed")
    first, second, *below = path.read_text("utf-8").splitlines()
    assert first.endswith(r"\x1b[2J\x07 \u202e\ud83d")
    assert second.endswith("Z ERROR notifier: failed")
    assert all(line.startswith("    ") for line in below)
    assert all(line.isprintable() for line in below)
    assert sum(re.match("20[0-9]{2}-", line) is not None for line in (first, second, *below)) == 2


def test_what_another_log_made_of_a_failure_is_not_taken_over(path, hidden):
    """`logging` keeps the text of a traceback in the record, for the next handler to write."""
    other = logging.StreamHandler(io.StringIO())
    log = logging.getLogger("notifier")
    log.addHandler(other)
    try:
        with logs.kept(path):
            try:
                fails(CANARY)
            except RuntimeError:
                log.exception("failed")
    finally:
        log.removeHandler(other)
    assert CANARY in other.stream.getvalue()
    assert "RuntimeError" in path.read_text()
    assert "canary" not in path.read_text()


def test_a_defect_in_a_thread_is_in_the_log_too(path, hidden, capsys):
    with logs.kept(path):
        thread = threading.Thread(target=fails, args=(CANARY,))
        thread.start()
        thread.join()
    assert "RuntimeError: it failed: …" in path.read_text()
    printed = capsys.readouterr().err
    assert "RuntimeError: it failed: …" in printed
    assert "canary" not in printed


def test_one_endless_line_does_not_break_the_bound(path):
    with logs.kept(path):
        logging.getLogger("notifier").info("x" * 5_000_000)
    assert path.stat().st_size < 10_000
