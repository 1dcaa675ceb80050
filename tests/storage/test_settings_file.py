"""settings.toml is changed by the window, by hand and by commands, and nothing is ever lost."""

import multiprocessing
import os
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.catalogue import ABILITIES
from notifier.feeds import ENGINES
from notifier.model.health import Health
from notifier.model.service import Legend
from notifier.model.settings import Instead, Watched, WatchedProbe
from notifier.model.settings_words import Level
from notifier.storage import whole_file
from notifier.storage.settings_file import (
    SettingsRefused,
    SettingsUnreadable,
    add,
    choose,
    have_account,
    keep_key,
    read,
    remove,
)

BY_HAND = """\
# My settings. Do not touch the order!
version = 1
colour = "teal"      # not a setting, but mine

[polling]
interval   =   "5m"

# ---- work ----
[[service]]
id = "chatgpt"       # the big one

[[service]]
id = "claude"
mood = "calm"
# parts = ["Claude Code"]

[service.probe]
url = "https://claude.test/"

# ---- network, by the admin ----
[network]
proxy = "none"

[[service]]
id = "claude"
label = "second"
# the end
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


@pytest.fixture
def by_hand(path):
    path.write_text(BY_HAND)
    return path


def ids(path):
    return [watched.id for watched in read(path)[0].watched]


# --------------------------------------------------------------------------------- adding


def test_the_first_service_makes_the_file(path):
    add(path, Watched("chatgpt"))
    assert path.read_text() == 'version = 1\n\n[[service]]\nid = "chatgpt"\n'


def test_the_first_service_makes_the_folder_too(tmp_path):
    add(tmp_path / "a" / "b" / "settings.toml", Watched("chatgpt"))
    assert ids(tmp_path / "a" / "b" / "settings.toml") == ["chatgpt"]


def test_adding_changes_nothing_that_was_there(by_hand):
    add(by_hand, Watched("codex"))
    assert by_hand.read_text() == BY_HAND + '\n[[service]]\nid = "codex"\n'


def test_a_service_of_ones_own_reads_as_one_would_write_it(path):
    add(
        path,
        Watched(
            "campus-llm",
            name='The "Campus" LLM',
            home="https://llm.example.edu/",
            can=("chat", "coding"),
            status="https://status.example.edu/",
            probe=WatchedProbe("https://llm.example.edu/v1", "bearer", "campus-llm"),
        ),
    )
    assert path.read_text().split("\n\n", 1)[1] == (
        "[[service]]\n"
        'id = "campus-llm"\n'
        'name = "The \\"Campus\\" LLM"\n'
        'home = "https://llm.example.edu/"\n'
        'can = ["chat", "coding"]\n'
        'status = "https://status.example.edu/"\n'
        'probe = {url = "https://llm.example.edu/v1", auth = "bearer", key = "campus-llm"}\n'
    )


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
LINES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30)
URLS = st.builds(
    "https://{}.test/{}".format,
    st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9/._~{}?=&%-]{0,20}", fullmatch=True),
)


def lists(items):
    return st.lists(items, max_size=3).map(tuple)


LEGENDS = st.builds(
    lambda state, title, time, words, fresh: Legend(state, title, time, words, time and fresh),
    st.sampled_from(["up", "nodes[*].{name: name, state: state}"]),
    st.none() | st.just("note || 'none'"),
    st.none() | st.just('"made at"'),
    lists(st.tuples(LINES, st.sampled_from(Health))).map(lambda words: tuple(dict(words).items())),
    st.none() | st.integers(60, 86400).map(float),
)


@st.composite
def services(draw):
    status = draw(st.none() | URLS)
    engine = status and draw(st.none() | st.sampled_from(sorted(ENGINES)))
    return Watched(
        id=draw(IDS),
        label=draw(st.none() | LINES),
        name=draw(st.none() | LINES),
        home=draw(st.none() | URLS),
        can=draw(lists(st.sampled_from(ABILITIES))),
        parts=draw(lists(LINES)),
        fallbacks=draw(lists(IDS)),
        notify=draw(st.none() | st.sampled_from(Level)),
        status=status,
        engine=engine,
        legend=draw(LEGENDS) if engine == "json" else None,
        status_auth=draw(st.sampled_from(["none", "bearer"])) if status else "none",
        runs_on=draw(lists(IDS)),
        probe=draw(st.none() | st.builds(WatchedProbe, URLS, st.just("x-api-key"), st.just("k"))),
    )


def unplaced(choices):
    return [
        Watched(**{name: getattr(one, name) for name in Watched.__slots__} | {"line": None})
        for one in choices.watched
    ]


@given(st.lists(services(), min_size=1, max_size=3))
def test_whatever_is_added_is_read_again(tmp_path_factory, wanted):
    path = tmp_path_factory.mktemp("round") / "settings.toml"
    for one in wanted:
        add(path, one)
    choices, complaints = read(path)
    assert complaints == ()
    assert unplaced(choices) == wanted


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Watched("a b"), '"id" must be a word'),
        (Watched("a", label="two\nlines"), '"label" must be one line'),
        (Watched("a", status="file:///etc/passwd"), '"status" must be an address'),
        (Watched("a", engine="statuspage"), '"engine" needs "status"'),
        (Watched("a", label=""), "cannot be written down"),
        (Watched("a", probe=WatchedProbe("https://a.test/", "bearer", "sk-123")), '"key" must'),
    ],
)
def test_what_could_not_be_read_again_is_not_written(by_hand, wrong, says):
    with pytest.raises(SettingsRefused, match=says):
        add(by_hand, wrong)
    assert by_hand.read_text() == BY_HAND


# ------------------------------------------------------------------------------- removing


def test_removing_takes_every_entry_of_the_id_and_no_more(by_hand):
    assert remove(by_hand, "claude")
    assert by_hand.read_text() == (
        BY_HAND[: BY_HAND.index('[[service]]\nid = "claude"')]
        + BY_HAND[
            BY_HAND.index("# ---- network") : BY_HAND.index('[[service]]\nid = "claude"\nlabel')
        ]
        + "# the end\n"
    )


def test_one_of_two_can_go(by_hand):
    assert remove(by_hand, "claude#2")
    choices, _ = read(by_hand)
    assert [(one.id, one.label) for one in choices.watched] == [("chatgpt", None), ("claude", None)]
    assert "mood" in by_hand.read_text()


@pytest.mark.parametrize("id_", ["codex", "claude#3", "claude#0", "claude#x", "", "#"])
def test_what_is_not_there_cannot_go(by_hand, id_):
    assert not remove(by_hand, id_)
    assert by_hand.read_text() == BY_HAND


def test_removing_from_nothing_is_no_change(path):
    assert not remove(path, "chatgpt")
    assert not path.exists()


def test_adding_and_removing_again_leaves_the_file_as_it_was(by_hand):
    for _ in range(3):
        add(by_hand, Watched("codex"))
        remove(by_hand, "codex")
    assert by_hand.read_text() == BY_HAND


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(path, end):
    path.write_bytes(BY_HAND.replace("\n", end).encode())
    add(path, Watched("codex"))
    remove(path, "chatgpt")
    rest = path.read_bytes().replace(end.encode(), b"")
    assert b"\r" not in rest
    assert b"\n" not in rest
    assert ids(path) == ["claude", "claude", "codex"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('service = [{ id = "a" }, { id = "b" }]\n', id="as one list"),
        pytest.param('[service]\nid = "a"\n', id="as one table"),
        pytest.param('service = "a"\n', id="as a word"),
    ],
)
def test_a_file_that_writes_services_another_way_is_left_alone(path, text):
    path.write_text(text)
    for change in (
        lambda: add(path, Watched("codex")),
        lambda: remove(path, "a"),
        lambda: choose(path, ["codex"], ["codex", "a"]),
    ):
        with pytest.raises(SettingsRefused, match=r"\[\[service\]\]"):
            change()
    assert path.read_text() == text


# ------------------------------------------------------------------------------- choosing


def test_the_chooser_adds_and_removes_and_keeps_what_is_ones_own(by_hand):
    add(by_hand, Watched("mine", name="Mine", home="https://m.test/", status="https://s.test/"))
    offered = ["chatgpt", "claude", "codex", "cursor"]
    assert choose(by_hand, ["codex", "claude", "cursor"], offered)
    choices, _ = read(by_hand)
    assert [one.id for one in choices.watched] == ["claude", "claude", "mine", "codex", "cursor"]
    assert choices.watched[1].label == "second"
    assert 'colour = "teal"      # not a setting, but mine' in by_hand.read_text()


def test_choosing_what_is_chosen_writes_nothing(by_hand):
    before = by_hand.stat().st_mtime_ns
    assert not choose(by_hand, ["claude", "chatgpt"], ["claude", "chatgpt", "codex"])
    assert by_hand.stat().st_mtime_ns == before


def test_choosing_nothing_empties_the_list(by_hand):
    assert choose(by_hand, [], ["claude", "chatgpt"])
    assert ids(by_hand) == []
    assert tomllib.loads(by_hand.read_text())["network"] == {"proxy": "none"}


# ------------------------------------------------------------------------------- refusing


def test_a_file_of_a_newer_version_is_not_changed(path):
    path.write_text("version = 2\n")
    with pytest.raises(SettingsRefused, match="newer version"):
        add(path, Watched("chatgpt"))
    assert path.read_text() == "version = 2\n"


@pytest.mark.parametrize("content", [b"version = \n", b"\xff", bytes(64)])
def test_a_file_that_cannot_be_understood_is_not_changed(path, content):
    path.write_bytes(content)
    with pytest.raises(SettingsUnreadable):
        add(path, Watched("chatgpt"))
    assert path.read_bytes() == content


def test_a_full_disk_leaves_the_old_file_and_nothing_else(by_hand, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("notifier.storage.whole_file.os.fsync", full)
    with pytest.raises(SettingsRefused, match="No space left on device"):
        add(by_hand, Watched("codex"))
    assert by_hand.read_text() == BY_HAND
    assert {one.name for one in by_hand.parent.iterdir()} == {
        "settings.toml",
        ".settings.toml.lock",
    }


def test_what_a_killed_writer_left_is_swept_away(by_hand):
    (by_hand.parent / ".settings.toml.new-x1").write_text("half")
    add(by_hand, Watched("codex"))
    assert not (by_hand.parent / ".settings.toml.new-x1").exists()


def test_somebody_who_never_lets_go_is_not_waited_for_for_ever(by_hand, monkeypatch):
    monkeypatch.setattr("notifier.storage.whole_file.PATIENCE", 0.0)
    with whole_file.locked(by_hand), pytest.raises(SettingsRefused, match="another program"):
        add(by_hand, Watched("codex"))
    add(by_hand, Watched("codex"))
    assert ids(by_hand)[-1] == "codex"


# ----------------------------------------------------------------------- others, at once


def _add_many(path: str, name: str, start) -> None:
    start.wait()
    for number in range(20):
        add(Path(path), Watched(f"{name}-{number}"))


def test_two_processes_that_add_at_once_lose_nothing(by_hand):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    writers = [
        context.Process(target=_add_many, args=(str(by_hand), name, start)) for name in ("a", "b")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    added = ids(by_hand)[3:]
    assert sorted(added) == sorted(f"{name}-{number}" for name in "ab" for number in range(20))
    assert by_hand.read_text().startswith(BY_HAND)


def _add_until_killed(path: str) -> None:
    number = 0
    while True:
        add(Path(path), Watched(f"n-{number}"))
        number += 1


def test_whoever_reads_meanwhile_sees_the_old_or_the_new(by_hand):
    context = multiprocessing.get_context("spawn")
    writer = context.Process(target=_add_until_killed, args=(str(by_hand),))
    writer.start()
    try:
        seen = 3
        while seen < 20:
            assert writer.is_alive()
            now = len(ids(by_hand))
            assert now >= seen
            seen = now
    finally:
        writer.kill()
        writer.join(60)
    whole = ids(by_hand)
    assert whole[3:] == [f"n-{number}" for number in range(len(whole) - 3)]
    add(by_hand, Watched("after"))
    assert ids(by_hand) == [*whole, "after"], "the lock died with its owner"


# -------------------------------------------------------------------------------- privacy


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_settings_are_private_under_any_umask(tmp_path, umask):
    path = tmp_path / "new" / "settings.toml"
    before = os.umask(umask)
    try:
        add(path, Watched("chatgpt"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_kept_with_ones_dotfiles_is_followed(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "notifier.toml"
    real.write_text(BY_HAND)
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    add(link, Watched("codex"))
    assert link.is_symlink()
    assert real.read_text().startswith(BY_HAND)
    assert ids(link)[-1] == "codex"


# -- keys ---------------------------------------------------------------------------------------


def test_an_account_is_noted_beside_what_the_person_wrote_of_fallbacks(path):
    written = BY_HAND + '\n[fallbacks]\nallow = ["claude", "gemini"]  # ours\n'
    path.write_text(written)
    assert have_account(path, "gemini")
    assert not have_account(path, "gemini")
    assert have_account(path, "claude")
    choices, complaints = read(path)
    both = frozenset({"claude", "gemini"})
    assert choices.instead == Instead(allow=both, accounts=both)
    assert complaints == read_text(path, BY_HAND)
    assert path.read_text() == written.replace(
        "[fallbacks]\n", '[fallbacks]\naccounts = ["gemini", "claude"]\n'
    )


def test_a_key_is_noted_by_its_name_and_the_note_taken_back(path):
    path.write_text(BY_HAND)
    assert keep_key(path, "openai-api", kept=True)
    assert path.read_text() == BY_HAND + '\n[keys]\nkept = ["openai-api"]\n'
    assert not keep_key(path, "openai-api", kept=True)
    assert keep_key(path, "campus-llm", kept=True)
    assert read(path)[0].keys == ("openai-api", "campus-llm")
    assert keep_key(path, "openai-api", kept=False)
    assert not keep_key(path, "openai-api", kept=False)
    assert path.read_text() == BY_HAND + '\n[keys]\nkept = ["campus-llm"]\n'
    assert read(path)[1] == read_text(path, BY_HAND)


def read_text(path, text):
    """The complaints about a text on its own."""
    other = path.with_name("other") / path.name
    other.parent.mkdir()
    other.write_text(text)
    return read(other)[1]


def test_what_stands_around_the_names_stays(path):
    text = '[keys]   # mine\nkept = ["a"]  # see [1]\n\n[network]\nproxy = "none"\n'
    path.write_text(text)
    keep_key(path, "b", kept=True)
    assert path.read_text() == text.replace('["a"]', '["a", "b"]')


def test_a_table_without_names_gets_them(path):
    path.write_text('version = 1\r\n[keys]\r\nmood = "calm"\r\n')
    keep_key(path, "a", kept=True)
    assert path.read_bytes() == b'version = 1\r\n[keys]\r\nkept = ["a"]\r\nmood = "calm"\r\n'


def test_without_a_file_one_is_begun(path):
    keep_key(path, "a", kept=True)
    assert path.read_text() == 'version = 1\n\n[keys]\nkept = ["a"]\n'


@pytest.mark.parametrize(
    "text", ['keys = "none"\n', "keys.kept = []\n", "[keys]\nkept = [\n  'a', # mine\n]\n"]
)
def test_what_is_written_another_way_is_left_alone(path, text):
    path.write_text(text)
    with pytest.raises(SettingsRefused):
        keep_key(path, "b", kept=True)
    assert path.read_text() == text
