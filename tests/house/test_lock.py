"""The locks: every file is named by its hash, no place is named, and the groups agree."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("core", "desktop", "dev")


def text_of(group):
    return (ROOT / "locks" / f"{group}.txt").read_text("utf-8")


def requirements(group):
    """Each requirement on one line, its hashes included."""
    joined = text_of(group).replace("\\\n", " ")
    lines = (line.strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def versions(group):
    pinned = (re.match(r"([\w.-]+)==(\S+)", line) for line in requirements(group))
    return {found[1]: found[2] for found in pinned if found}


def names(wanted):
    return {re.match(r"[\w.-]+", line)[0].lower() for line in wanted}


@pytest.mark.parametrize("group", GROUPS)
def test_every_requirement_is_pinned_and_has_a_hash(group):
    assert requirements(group)
    for line in requirements(group):
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("word", ["://", "file:", " @ ", "--index", "--find-links", "--trusted"])
def test_no_place_is_named(group, word):
    assert word not in text_of(group)


@pytest.mark.parametrize("group", GROUPS)
def test_no_path_of_some_machine_is_named(group):
    assert not re.search(r"(^|[\s=(])/\w", text_of(group), re.MULTILINE)


def test_the_groups_agree_on_every_version():
    agreed = {}
    for group in GROUPS:
        for name, version in versions(group).items():
            assert agreed.setdefault(name, version) == version, name


def test_the_qt_that_loses_references_is_not_locked():
    assert versions("desktop")["pyside6-essentials"] != "6.12.0"


def test_qt_is_in_the_desktop_group_alone():
    assert "pyside6-essentials" not in versions("core") | versions("dev")


def test_the_locks_hold_what_pyproject_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    core = project["project"]["dependencies"]
    desktop = project["project"]["optional-dependencies"]["desktop"]
    assert names(core) <= set(versions("core"))
    assert names([*core, *desktop]) <= set(versions("desktop"))
    assert names(project["dependency-groups"]["dev"]) <= set(versions("dev"))


def test_other_systems_are_locked_too():
    """Qt has a wheel per system, so a lock for one system alone would hold a single hash."""
    (qt,) = (line for line in requirements("desktop") if line.startswith("pyside6-essentials=="))
    assert qt.count("--hash=") >= 4
    assert any("sys_platform == 'win32'" in line for line in requirements("dev"))
