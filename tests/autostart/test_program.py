"""The program of a login is this very one, and nobody else could put another in its place."""

import os
import sys
from pathlib import Path

import pytest

import notifier
from notifier.autostart import program as programs
from notifier.autostart import trust
from notifier.autostart.program import this_program
from notifier.autostart.trust import weak_spot

ROOT = Path(__file__).parents[2]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The program as a wheel puts it into an environment; its folder of programs."""
    package = tmp_path / "lib" / "notifier"
    (package / "_resources").mkdir(parents=True)
    programs_ = tmp_path / "bin"
    programs_.mkdir()
    (programs_ / "python").write_text("")
    monkeypatch.setattr(notifier, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(sys, "executable", str(programs_ / "python"))
    return programs_


def test_a_checkout_starts_its_own_script_with_the_python_that_runs_it():
    python, option, script, word = this_program()
    assert (python, option, word) == (sys.executable, "-P", "tray")
    assert Path(script) == ROOT / "notifier" / "__main__.py"


def test_a_script_near_python_is_not_taken_for_that_of_a_checkout(installed, monkeypatch):
    (installed / "notifier-tray").write_text("")
    monkeypatch.setattr(notifier, "__file__", str(ROOT / "notifier" / "__init__.py"))
    assert this_program()[1:] == ("-P", str(ROOT / "notifier" / "__main__.py"), "tray")


def test_what_was_installed_starts_by_the_script_that_came_with_it(installed):
    (installed / "notifier-tray").write_text("")
    assert this_program() == (str(installed / "notifier-tray"),)


def test_where_the_script_lies_elsewhere_the_package_itself_is_started(installed):
    python, _, script, _ = this_program()
    assert (python, Path(script)) == (
        str(installed / "python"),
        installed.parent / "lib" / "notifier" / "__main__.py",
    )


def test_the_link_that_makes_an_environment_is_kept(installed, tmp_path):
    (installed / "python").unlink()
    (installed / "python").symlink_to(sys.executable)
    assert this_program()[0] == str(installed / "python")


def test_a_bundle_starts_itself(installed, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_program() == (str(installed / "python"), "tray")


def test_every_path_is_absolute_wherever_it_was_started(installed, monkeypatch):
    monkeypatch.chdir(installed)
    monkeypatch.setattr(sys, "executable", "python")
    assert Path(this_program()[0]) == installed / "python"


def test_without_knowing_its_python_it_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(programs.Refused, match="does not say where it lies"):
        this_program()


# --- who may change it


def laid(tmp_path, mode=0o755) -> Path:
    file = tmp_path / "program"
    file.write_text("")
    file.chmod(mode)
    return file


def test_what_only_this_person_and_root_may_change_is_safe(tmp_path):
    assert weak_spot(laid(tmp_path)) is None


def test_what_belongs_to_somebody_else_is_not(tmp_path, monkeypatch):
    file = laid(tmp_path)
    if os.getuid() == 0:
        os.chown(file, 4242, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert weak_spot(file) == file


def test_a_group_of_this_person_alone_may_write(tmp_path, monkeypatch):
    """Many systems give everybody a group of their own, and a umask that lets it write."""
    file = laid(tmp_path, 0o775)
    monkeypatch.setattr(trust, "_AS_GOOD_AS_ROOT", frozenset())
    person = trust.pwd.getpwuid(os.getuid()).pw_name
    groups = {"members": []}

    def known(_group: int):
        return trust.grp.struct_group((groups.get("name", person), "x", 1, groups["members"]))

    monkeypatch.setattr(trust.grp, "getgrgid", known)
    assert weak_spot(file) is None
    groups["members"] = [person, "somebody"]
    assert weak_spot(file) == file
    groups.update(members=[], name="users")
    assert weak_spot(file) == file


def test_a_ring_of_links_is_walked_once(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    assert weak_spot(one) is None
