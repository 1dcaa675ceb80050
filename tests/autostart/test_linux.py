"""On Linux it starts at login when the person asks for it, and stops when the person asks."""

import os

import pytest

from notifier.autostart import Barred, Off, On, Refused, Stale, entry, sentence, starts
from notifier.autostart.linux import Linux
from notifier.wording.say import English
from tests.autostart.account import mode


def said(account) -> str:
    return sentence(account.autostart.status(), English())


def test_at_first_it_does_not_start(account):
    assert account.autostart.status() == Off()
    assert said(account) == "It does not start at login."
    assert list(account.home.iterdir()) == [], "asking writes nothing"


def test_switched_on_it_starts_this_program_by_its_whole_path(account):
    account.autostart.on()
    assert account.autostart.status() == On(str(account.program))
    written = entry.read(account.entry.read_text())
    assert written.words == (str(account.program),)
    assert written.must_exist == str(account.program)
    assert f'Exec="{account.program}"' in account.entry.read_text()


def test_switched_off_it_leaves_nothing_behind(account):
    account.autostart.on()
    account.autostart.off()
    assert account.autostart.status() == Off()
    assert list(account.entry.parent.iterdir()) == []


def test_either_may_be_asked_for_twice(account):
    account.autostart.off()
    account.autostart.on()
    first = account.entry.read_text()
    account.autostart.on()
    assert account.entry.read_text() == first
    account.autostart.off()
    account.autostart.off()
    assert account.autostart.status() == Off()


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_nobody_else_reads_it_under_any_umask(account, umask):
    before = os.umask(umask)
    try:
        account.autostart.on()
    finally:
        os.umask(before)
    folder = account.entry.parent
    assert (mode(account.entry), mode(folder), mode(folder.parent)) == (0o600, 0o700, 0o700)


def test_a_folder_that_is_there_keeps_its_rights(account):
    account.entry.parent.mkdir(parents=True)
    account.entry.parent.chmod(0o755)
    account.autostart.on()
    assert mode(account.entry.parent) == 0o755
    assert [file.name for file in account.entry.parent.iterdir()] == [account.entry.name]


def test_the_settings_may_lie_elsewhere(account, tmp_path):
    account.environment["XDG_CONFIG_HOME"] = str(tmp_path / "elsewhere")
    account.autostart.on()
    assert (tmp_path / "elsewhere" / "autostart" / account.entry.name).is_file()
    assert not account.entry.exists()


def test_a_relative_place_for_settings_means_nothing(account):
    account.environment["XDG_CONFIG_HOME"] = "elsewhere"
    account.autostart.on()
    assert account.entry.is_file()


def test_without_a_home_it_says_so():
    autostart = Linux({}, lambda: ("/usr/bin/notifier-tray",))
    assert "no home folder" in sentence(autostart.status(), English())
    with pytest.raises(Refused, match="no home folder"):
        autostart.on()


# --- the program goes, moves, or is another


def test_when_the_program_has_gone_the_status_says_so_and_on_sets_it_right(account, tmp_path):
    account.autostart.on()
    old, account.program = account.program, account.installs(tmp_path / "new" / "notifier-tray")
    old.unlink()
    assert account.autostart.status() == Stale(str(old), gone=True)
    assert not starts(account.autostart.status())
    assert said(account) == (
        f"The program it should start at login ({old}) is not there any more; "
        "`notifier autostart on` sets it right."
    )
    account.autostart.on()
    assert account.autostart.status() == On(str(account.program))


def test_another_copy_is_not_taken_for_this_one(account, tmp_path):
    account.autostart.on()
    old, account.program = account.program, account.installs(tmp_path / "new" / "notifier-tray")
    assert account.autostart.status() == Stale(str(old), gone=False)
    assert starts(account.autostart.status()), "AI Notifier does come with the login"
    assert str(old) in said(account)


def test_of_a_checkout_both_python_and_the_script_must_be_there(account, tmp_path):
    python, script = (account.installs(tmp_path / "src" / name) for name in ("python", "main.py"))
    words = (str(python), "-P", str(script), "tray")
    account.autostart = Linux(account.environment, lambda: words)
    account.autostart.on()
    assert account.autostart.status() == On(str(script))
    for gone in (python, script):
        gone.rename(gone.with_suffix(".away"))
        assert account.autostart.status() == Stale(str(gone), gone=True)
        gone.with_suffix(".away").rename(gone)


def test_an_entry_that_was_changed_to_start_something_else_is_told_apart(account, tmp_path):
    account.autostart.on()
    other = account.installs(tmp_path / "bin" / "other")
    account.entry.write_text(account.entry.read_text().replace("notifier-tray", "other"))
    assert account.autostart.status() == Stale(str(other), gone=False)


# --- what others have put there


FOREIGN = "[Desktop Entry]\nType=Application\nName=Mine\nExec=notifier-tray\n"


def test_a_foreign_entry_is_neither_overwritten_nor_removed_and_named(account):
    account.finds(FOREIGN)
    assert isinstance(account.autostart.status(), Barred)
    for ask in (account.autostart.on, account.autostart.off):
        with pytest.raises(Refused, match="was not written by `notifier autostart`") as refused:
            ask()
        assert str(account.entry) in str(refused.value)
    assert account.entry.read_text() == FOREIGN


def test_a_link_is_left_alone_wherever_it_leads(account, tmp_path):
    account.autostart.on()
    kept = tmp_path / "dotfiles"
    account.entry.rename(kept)
    account.entry.symlink_to(kept)
    before = kept.read_text()
    assert "is a link to" in said(account)
    with pytest.raises(Refused, match="is a link to"):
        account.autostart.on()
    with pytest.raises(Refused, match="is a link to"):
        account.autostart.off()
    assert account.entry.is_symlink()
    assert kept.read_text() == before


def test_a_folder_in_its_place_is_named(account):
    account.entry.mkdir(parents=True)
    with pytest.raises(Refused, match="is not a file"):
        account.autostart.on()


@pytest.mark.parametrize(
    ("more", "why"),
    [(b"# \xff\xfe\x00", "is not text"), (b"#" * 100_000, "is far too large")],
    ids=["no text", "too much"],
)
def test_what_nobody_would_have_written_is_left_alone_though_it_bears_our_mark(account, more, why):
    account.autostart.on()
    body = account.entry.read_bytes() + more
    account.entry.write_bytes(body)
    assert why in said(account)
    with pytest.raises(Refused, match=why):
        account.autostart.on()
    assert account.entry.read_bytes() == body


def test_what_stands_where_the_folder_should_be_is_said(account):
    (account.home / ".config").write_text("a file")
    with pytest.raises(Refused, match=r"cannot be written: Not a directory\."):
        account.autostart.on()
    assert account.autostart.status() == Off()


def test_a_full_disk_leaves_the_old_entry_whole(account, monkeypatch):
    account.autostart.on()
    before = account.entry.read_text()
    account.program = account.installs(account.program.with_name("newer"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match=r"cannot be written: No space left on device\."):
        account.autostart.on()
    assert account.entry.read_text() == before
    assert [file.name for file in account.entry.parent.iterdir()] == [account.entry.name]


@pytest.mark.parametrize("key", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_the_desktops_own_settings_may_switch_it_off_and_on_is_on_again(account, key):
    account.autostart.on()
    text = account.entry.read_text().replace("X-GNOME-Autostart-enabled=true\n", "")
    account.entry.write_text(f"{text}{key}\n")
    assert account.autostart.status() == Off()
    account.autostart.on()
    assert account.autostart.status() == On(str(account.program))


# --- a package starts it for every account


def test_a_package_that_starts_it_is_seen_and_on_writes_nothing(account):
    account.packaged()
    assert account.autostart.status() == On("notifier-tray", everyone=True)
    assert "every account" in said(account)
    account.autostart.on()
    assert not account.entry.exists()


def test_one_person_switches_off_what_a_package_starts_and_takes_it_back(account):
    account.packaged()
    account.autostart.off()
    assert entry.read(account.entry.read_text()).only_off
    assert account.autostart.status() == Off(everyone=True)
    assert said(account) == "It does not start at login: for you that is switched off."
    assert mode(account.entry) == 0o600
    account.autostart.on()
    assert not account.entry.exists()
    assert account.autostart.status() == On("notifier-tray", everyone=True)


def test_what_the_desktops_settings_hid_is_shown_again(account):
    account.packaged()
    account.finds("[Desktop Entry]\nHidden=true\n")
    assert account.autostart.status() == Off(everyone=True)
    account.autostart.off()
    assert account.entry.read_text() == "[Desktop Entry]\nHidden=true\n"
    account.autostart.on()
    assert account.autostart.status() == On("notifier-tray", everyone=True)


def test_where_the_package_left_its_entry_behind_the_persons_own_takes_its_place(account):
    account.packaged("Exec=gone-tray\nTryExec=gone-tray\n")
    assert account.autostart.status() == Stale("gone-tray", gone=True)
    account.autostart.on()
    assert account.autostart.status() == On(str(account.program))


# --- who could change what is started


def open_to_all(path):
    path.chmod(0o777)


def open_to_a_group(path):
    path.chmod(0o775)
    os.chown(path, -1, 12345)


@pytest.mark.parametrize("opened", [open_to_all, open_to_a_group])
def test_a_program_that_others_may_replace_is_not_started(account, opened):
    if os.getuid() != 0 and opened is open_to_a_group:
        opened = open_to_all  # nobody but root may give a folder to a strange group
    opened(account.program.parent)
    with pytest.raises(Refused, match="others may change") as refused:
        account.autostart.on()
    assert str(account.program.parent) in str(refused.value)
    assert not account.entry.exists()


def test_an_entry_whose_program_others_may_replace_by_now_is_no_longer_vouched_for(account):
    account.autostart.on()
    account.program.chmod(0o757)
    found = account.autostart.status()
    assert isinstance(found, Barred)
    assert "others may change" in found.why
    account.autostart.off()
    assert account.autostart.status() == Off()


def test_what_a_link_leads_to_counts_as_well(account, tmp_path):
    real = account.installs(tmp_path / "shared" / "real")
    real.parent.chmod(0o777)
    account.program.unlink()
    account.program.symlink_to(real)
    with pytest.raises(Refused, match="others may change"):
        account.autostart.on()


def test_a_shared_folder_where_nobody_replaces_what_is_anothers_will_do(account):
    account.program.parent.chmod(0o1777)
    account.autostart.on()
    assert account.autostart.status() == On(str(account.program))
