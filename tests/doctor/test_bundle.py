"""The bundle as a file: made anew, for this person alone, and gone again where it fails."""

import os
import stat
import zipfile

import pytest

from notifier.doctor import bundle as bundles
from notifier.doctor.bundle import Bundle, NotWritten, pack, write
from notifier.doctor.redaction import Secrets
from notifier.storage.checkup import Checkup
from notifier.wording.say import English

SAY = English()
BUNDLE = Bundle({"README.txt": "what this is"}, ("README.txt: what this is.",))


def test_it_is_private_from_the_first_byte_under_any_umask(tmp_path, monkeypatch):
    target = tmp_path / "b.zip"
    seen = []

    class Watching(zipfile.ZipFile):
        def __init__(self, *arguments):
            seen.append(stat.S_IMODE(target.stat().st_mode))
            super().__init__(*arguments)

    monkeypatch.setattr(bundles.zipfile, "ZipFile", Watching)
    monkeypatch.setattr(bundles.os, "fchmod", lambda *_: None)
    before = os.umask(0)
    try:
        write(BUNDLE, target, SAY)
    finally:
        os.umask(before)
    assert seen == [0o600]


def test_what_is_there_is_never_written_over_not_even_through_a_link(tmp_path):
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / "link.zip").symlink_to(mine)
    (tmp_path / "dangling.zip").symlink_to(tmp_path / "elsewhere")
    for name in ("mine", "link.zip", "dangling.zip"):
        with pytest.raises(NotWritten, match="is not overwritten"):
            write(BUNDLE, tmp_path / name, SAY)
    assert mine.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()


def test_half_of_it_is_not_left_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundles.zipfile.ZipFile, "writestr", full)
    with pytest.raises(NotWritten, match="No space left on device"):
        write(BUNDLE, tmp_path / "b.zip", SAY)
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_a_long_log_goes_along_in_whole_lines(tmp_path):
    log = tmp_path / "notifier.log"
    log.write_text("".join(f"line {number}\n" for number in range(40_000)))
    packed = pack("report", {}, settings=None, log=log, checkup=None, secrets=Secrets(), say=SAY)
    lines = packed.files["log.txt"].splitlines()
    assert lines[-1] == "line 39999"
    assert all(line.startswith("line ") for line in lines)
    assert len(packed.files["log.txt"]) < 200_001


def test_of_the_history_only_numbers_go_along(tmp_path):
    checkup = Checkup(90_000, "", 2, None, {"notices": 3})
    packed = pack(
        "report",
        {},
        settings={"version": 1},
        log=tmp_path / "none",
        checkup=checkup,
        secrets=Secrets(),
        say=SAY,
    )
    assert '"notices": 3' in packed.files["history.json"]
    assert "log.txt: left out, because there is none." in packed.about
    assert all(name in packed.files["README.txt"] for name in packed.files)
