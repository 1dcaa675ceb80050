"""A defect in any click, timer or answer: it is in the log and in the menu, and all goes on."""

import importlib
import inspect
import logging
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer

import notifier.channels
import notifier.desktop
import notifier.platforms
import notifier.tray
from notifier.app import logs

ROOMS = (notifier.channels, notifier.desktop, notifier.platforms, notifier.tray)


def slots() -> Iterator[tuple[type[QObject], str]]:
    """Every `@Slot` of every class of ours."""
    for room in ROOMS:
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            if found.name.endswith((".windows", ".macos")):
                continue
            module = importlib.import_module(found.name)
            for _, kind in inspect.getmembers(module, inspect.isclass):
                if issubclass(kind, QObject) and kind.__module__ == found.name:
                    yield from ((kind, name) for name in vars(kind) if _is_slot(kind, name))


def _is_slot(kind: type[QObject], name: str) -> bool:
    return hasattr(vars(kind)[name], "_slots")


def test_a_defect_in_any_slot_is_logged_and_the_loop_lives(qtbot, tmp_path, caplog):
    rung: list[bool] = []
    with logs.kept(tmp_path / "log"), logs.heeded(lambda: rung.append(True)):
        all_slots = tuple(slots())
        assert len(all_slots) > 30
        for kind, name in all_slots:
            _run_broken(kind, name)
        qtbot.waitUntil(lambda: len(rung) == len(all_slots))
        lived: list[bool] = []
        QTimer.singleShot(0, lambda: lived.append(True))
        qtbot.waitUntil(lambda: bool(lived))
    told = (tmp_path / "log").read_text()
    for kind, name in all_slots:
        assert f"{kind.__name__}.{name} has a defect" in told


def _run_broken(kind: type[QObject], name: str) -> None:
    """Have Qt call the slot, as a click or a timer would, with a defect in it."""

    def broken(*_: Any) -> None:
        raise RuntimeError(f"{kind.__name__}.{name} has a defect")

    # A class of its own: to build the real one of each kind would be another program.
    holder = type(kind.__name__, (QObject,), {name: broken})(QCoreApplication.instance())
    QTimer.singleShot(0, getattr(holder, name))


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """What ends at Python's own hook would be told to standard error too, and fails the test."""
    monkeypatch.setattr("sys.__excepthook__", lambda *_: None)


def test_warnings_ring_nothing(tmp_path):
    rung: list[bool] = []
    with logs.heeded(lambda: rung.append(True)):
        logging.getLogger("notifier.test").warning("the world is as it is")
        assert rung == []
        logging.getLogger("notifier.test").error("we are not as we should be")
        assert rung == [True]
    logging.getLogger("notifier.test").error("after the end")
    assert rung == [True]
