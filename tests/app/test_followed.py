"""The settings file followed live: whole or not at all, and never lost for a bad night."""

import asyncio
import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from notifier.app.followed import EVERY, Followed
from notifier.app.profile import open_profile, read_settings
from notifier.rehearsal.virtual import VirtualLoop
from notifier.storage import settings_file, whole_file
from notifier.storage.settings_file import SettingsUnreadable
from notifier.wording.say import English

CHOSEN = 'version = 1\n[[service]]\nid = "claude"\n[[service]]\nid = "chatgpt"\n'
LATER = CHOSEN + '[[service]]\nid = "perplexity"\n'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


class Follower:
    """Whoever follows the settings; time is virtual, the file real."""

    def __init__(self, path: Path, keeps: Callable[[], None] = lambda: None) -> None:
        self.followed = Followed(open_profile(path.parent), English(), asyncio.sleep)
        keeps()
        self.followed.keep_copies()
        self.heard: list[tuple[float, list[str], tuple[str, ...]]] = []
        """What changed: when, what is then watched, and what is complained of."""

    @property
    def watched(self):
        return [service.id for service in self.followed.meant.settings.services]

    async def follow(self):
        loop = asyncio.get_running_loop()
        before = (self.watched, self.followed.complaints)
        while True:
            await self.followed.changed()
            now = (self.watched, self.followed.complaints)
            if now != before:
                self.heard.append((loop.time(), *now))
                before = now

    def through(self, *acts, seconds=20.0):
        """Follow while each of `acts` (a time and what is then done) happens."""

        async def play():
            loop = asyncio.get_running_loop()
            following = loop.create_task(self.follow())
            for at, act in acts:
                loop.call_at(at, act)
            await asyncio.sleep(seconds)
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(play())
        return self.heard


def saved_by_rename(path, text):
    """As most editors save: a new file beside it, renamed over it."""
    new = path.with_name("settings.toml~new")
    new.write_text(text)
    new.replace(path)


def saved_by_backup(path, text):
    """As others do: the old file is moved away first, and for a moment there is none."""
    path.rename(path.with_name("settings.toml~"))
    path.write_text(text)


def saved_in_place(path, text):
    path.write_text(text)


SAVES = [saved_by_rename, saved_by_backup, saved_in_place]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_followed_within_seconds(path, save):
    path.write_text(CHOSEN)
    ((at, watched, complaints),) = Follower(path).through((3.0, lambda: save(path, LATER)))
    assert watched == ["claude", "chatgpt", "perplexity"]
    assert complaints == ()
    assert at <= 3.0 + 2 * EVERY


@pytest.mark.parametrize("text", [CHOSEN.replace("claude", "codex"), LATER], ids=["other", "more"])
def test_a_file_that_is_written_slowly_is_followed_once_it_is_whole(path, text):
    """A third of the file may be good TOML and choose too little; a half may be none."""
    path.write_text(CHOSEN)
    pieces = [text[:n] for n in range(0, len(text), 4)] + [text]
    acts = [
        (3.0 + number * 0.3, lambda piece=piece: path.write_text(piece))
        for number, piece in enumerate(pieces)
    ]
    ((_, watched, complaints),) = Follower(path).through(*acts, seconds=40)
    assert watched[-1] == text.split('"')[-2]
    assert complaints == ()


def test_a_moment_of_nonsense_is_not_worth_a_word(path):
    """An editor that is slow between two halves of a save, or a person quick to correct."""
    path.write_text(CHOSEN)
    heard = Follower(path).through(
        (3.0, lambda: path.write_text(LATER[:-3])), (4.8, lambda: path.write_text(LATER))
    )
    assert [complaints for _, _, complaints in heard] == [()]


def test_a_file_gone_for_a_moment_is_no_choice_of_nothing(path):
    path.write_text(CHOSEN)
    heard = Follower(path).through((3.0, path.unlink), (5.0, lambda: path.write_text(LATER)))
    assert [watched for _, watched, _ in heard] == [["claude", "chatgpt", "perplexity"]]


def test_a_file_that_stays_away_chooses_nothing(path):
    path.write_text(CHOSEN)
    ((_, watched, complaints),) = Follower(path).through((3.0, path.unlink))
    assert (watched, complaints) == ([], ())


def test_a_file_that_changes_for_ever_is_read_all_the_same(path):
    path.write_text(CHOSEN)
    acts = [(3.0 + n * 0.4, lambda n=n: path.write_text(f"{LATER}#{n}")) for n in range(200)]
    heard = Follower(path).through(*acts, seconds=60)
    assert heard[0][1] == ["claude", "chatgpt", "perplexity"]


def test_nonsense_changes_nothing_is_said_once_and_kept_beside(path):
    path.write_text(CHOSEN)
    follower = Follower(path)
    heard = follower.through((3.0, lambda: path.write_text("[[service")), seconds=60)
    ((_, watched, (complaint,)),) = heard
    assert watched == ["claude", "chatgpt"]
    assert complaint.startswith("settings.toml, line 1, its end: this is not TOML")
    (bad,) = path.parent.glob("settings.toml.bad-*")
    assert complaint.endswith(f" holds; as it is now it is kept as {bad.name}.")
    assert bad.read_text() == path.read_text() == "[[service"
    _, (_, watched, complaints) = follower.through((3.0, lambda: path.write_text(LATER)))
    assert (watched[-1], complaints) == ("perplexity", ())


# -- a bad night -----------------------------------------------------------------------------


def a_folder(path):
    path.unlink()
    path.mkdir()


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


def said(content):
    return lambda path: path.write_bytes(content)


NIGHTS = {
    "empty": said(b""),
    "zeroes": said(bytes(300)),
    "half written": said(CHOSEN[:30].encode()),
    "not text": said(b"version = 1\n\xff\xfe\x00"),
    "UTF-16": said(CHOSEN.encode("utf-16")),
    "binary": said(bytes(range(256)) * 40),
    "too large": said(b"#" * (1 << 20) + b"\n" + CHOSEN.encode()),
    "too deep": said(b"a = " + b"[" * 5000 + b"]" * 5000),
    "a folder": a_folder,
    "a pipe": a_pipe,
}


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name there")
def test_after_a_bad_night_what_was_chosen_holds_and_one_sentence_says_so(path, night):
    path.write_text(CHOSEN)
    Follower(path)
    NIGHTS[night](path)
    stood = path.read_bytes() if path.is_file() else None

    assert [one.id for one in read_settings(open_profile(path.parent)).settings.services] == [
        "claude",
        "chatgpt",
    ], "a command that finds no owner knows it too"
    assert list(path.parent.glob("*.bad-*")) == [], "and writes nothing"

    follower = Follower(path)
    assert follower.watched == ["claude", "chatgpt"]
    (complaint,) = follower.followed.complaints
    assert complaint.startswith("settings.toml")
    assert "Until then what it said before (" in complaint
    bad = list(path.parent.glob("settings.toml.bad-*"))
    if stood and len(stood) < 1 << 20:
        assert [one.read_bytes() for one in bad] == [stood]
        assert f"it is kept as {bad[0].name}." in complaint
    else:
        assert bad == [], "there is nothing to keep, or too much"
    assert stood is None or path.read_bytes() == stood, "the file is the person's own"
    assert settings_file.read_last_good(path) is not None


def test_without_a_copy_of_better_days_nothing_is_made_up(path):
    path.write_bytes(b"[[")
    with pytest.raises(SettingsUnreadable):
        read_settings(open_profile(path.parent))
    follower = Follower(path)
    assert follower.watched == []
    (complaint,) = follower.followed.complaints
    assert "holds" not in complaint
    assert len(list(path.parent.glob("settings.toml.bad-*"))) == 1


def test_what_is_known_in_memory_is_newer_than_a_copy_that_could_not_be_kept(path, monkeypatch):
    path.write_text(CHOSEN)
    follower = Follower(path)
    monkeypatch.setattr("notifier.storage.settings_good.keep", lambda *_: None)
    heard = follower.through(
        (3.0, lambda: path.write_text(LATER)), (10.0, lambda: path.write_text("[")), seconds=30
    )
    assert [watched[-1] for _, watched, _ in heard] == ["perplexity", "perplexity"]


@pytest.mark.parametrize("known", [True, False], ids=["known before", "first start"])
def test_a_disk_that_would_not_give_the_file_is_asked_again(path, monkeypatch, known):
    """Nothing is wrong with the file, so no bad copy of it is kept, and it need not change."""
    path.write_text(CHOSEN)
    if known:
        Follower(path)
    give, ill = whole_file.content, [True]  # ill: now and then, as dying disks are

    def gives(asked):
        if asked == path and ill:
            raise OSError(errno.EIO, "Input/output error")
        return give(asked)

    monkeypatch.setattr(whole_file, "content", gives)
    follower = Follower(path, keeps=ill.clear)
    ill.append(True)
    assert "cannot be read (Input/output error)" in follower.followed.complaints[0]
    assert follower.watched == (["claude", "chatgpt"] if known else [])
    heard = follower.through((7.0, ill.clear))
    assert [(watched, complaints) for _, watched, complaints in heard] == [
        (["claude", "chatgpt"], ())
    ]
    assert list(path.parent.glob("*.bad-*")) == []


def test_settings_of_a_newer_program_are_used_and_kept_as_they_are(path):
    newer = "version = 2\nbrain = true\n" + CHOSEN.partition("\n")[2]
    path.write_text(newer)
    follower = Follower(path)
    assert follower.watched == ["claude", "chatgpt"]
    assert "newer program" in follower.followed.complaints[0]
    path.write_bytes(b"")
    assert Follower(path).watched == ["claude", "chatgpt"]
