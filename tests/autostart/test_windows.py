"""The Run key of Windows over a registry in memory; no Windows has tried the real one."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.autostart import Barred, Off, On, Refused, Stale, sentence
from notifier.autostart.windows import APPROVED, RUN, Windows, command_line, words_of
from notifier.wording.say import English


class Memory:
    """A registry; `broken` is what it answers everything with."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.broken: OSError | None = None

    def _answer(self) -> None:
        if self.broken is not None:
            raise self.broken

    def read(self, key: str, name: str) -> str | bytes | None:
        self._answer()
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self._answer()
        self.values[key, name] = text

    def delete(self, key: str, name: str) -> None:
        self._answer()
        self.values.pop((key, name), None)


@pytest.fixture
def registry():
    return Memory()


@pytest.fixture
def windows(registry, account):
    return Windows(registry, lambda: (str(account.program), "tray"))


def test_on_sets_the_value_and_off_deletes_it(windows, registry, account):
    assert windows.status() == Off()
    windows.on()
    assert registry.values == {(RUN, "AI Notifier"): f'"{account.program}" tray'}
    assert windows.status() == On(str(account.program))
    windows.off()
    assert registry.values == {}
    assert windows.status() == Off()


def test_what_task_manager_switched_off_is_off_until_it_is_asked_for_again(windows, registry):
    windows.on()
    registry.values[APPROVED, "AI Notifier"] = b"\x03" + bytes(11)
    assert windows.status() == Off()
    registry.values[APPROVED, "AI Notifier"] = b"\x02" + bytes(11)
    assert isinstance(windows.status(), On)
    registry.values[APPROVED, "AI Notifier"] = b"\x03" + bytes(11)
    windows.on()
    assert isinstance(windows.status(), On)


def test_a_value_whose_program_has_gone_is_stale(windows, account):
    windows.on()
    account.program.unlink()
    assert windows.status() == Stale(str(account.program), gone=True)


def test_a_registry_that_fails_is_a_sentence(windows, registry):
    registry.broken = OSError(13, "Access is denied")
    found = windows.status()
    assert isinstance(found, Barred)
    assert sentence(found, English()) == "The registry cannot be read: Access is denied."
    for ask in (windows.on, windows.off):
        with pytest.raises(Refused, match=r"cannot be written: Access is denied\."):
            ask()


def test_a_command_too_long_for_the_key_is_refused():
    with pytest.raises(Refused, match="260 characters"):
        command_line([f"C:\\{'deep' * 70}\\notifier-tray.exe"])


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"/'), max_size=9)


@given(NAMES, NAMES)
def test_a_command_line_is_read_back(folder, name):
    words = (f"C:\\{folder}\\python.exe", "-P", f"C:\\a {name}\\__main__.py", "tray")
    assert words_of(command_line(words)) == words


def test_the_program_is_quoted_and_the_rest_where_it_must_be():
    words = [r"C:\Program Files\AI Notifier\pythonw.exe", "-P", r"C:\a b\__main__.py", "tray"]
    assert command_line(words) == subprocess.list2cmdline(words)
    assert command_line([r"C:\n.exe"]) == r'"C:\n.exe"'
