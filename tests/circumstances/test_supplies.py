"""Whether the computer runs on its battery, by the kernel's own files."""

import asyncio
from pathlib import Path

import pytest

from notifier.circumstances import linux
from notifier.circumstances.supplies import discharging
from notifier.model.board import Machine
from tests.circumstances.conftest import play, sensing

AC = {"type": "Mains", "online": "1"}
PULLED = {"type": "Mains", "online": "0"}
USB_C = {"type": "USB", "online": "1"}
IDLE_USB_C = {"type": "USB", "online": "0"}
FULL = {"type": "Battery", "scope": "System", "status": "Full"}
CHARGING = {"type": "Battery", "status": "Charging"}
EMPTYING = {"type": "Battery", "status": "Discharging"}
HELD = {"type": "Battery", "status": "Not charging"}
MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging"}
UPS = {"type": "UPS", "status": "Discharging"}


def lay(folder: Path, *supplies: dict[str, str]) -> None:
    for number, supply in enumerate(supplies):
        place = folder / f"supply{number}"
        place.mkdir(exist_ok=True)
        for name, says in supply.items():
            (place / name).write_text(f"{says}\n")


@pytest.mark.parametrize(
    ("supplies", "on_battery"),
    [
        pytest.param((), False, id="a desktop computer"),
        pytest.param((MOUSE,), False, id="a desktop computer with a wireless mouse"),
        pytest.param((AC, FULL), False, id="plugged in"),
        pytest.param((AC, CHARGING), False, id="charging"),
        pytest.param((PULLED, EMPTYING), True, id="the cable is pulled"),
        pytest.param((PULLED, HELD), True, id="pulled a moment ago"),
        pytest.param((PULLED, USB_C, CHARGING), False, id="charging by USB-C"),
        pytest.param((IDLE_USB_C, EMPTYING), True, id="nothing at USB-C"),
        pytest.param((AC, EMPTYING), False, id="a charger too weak still is mains"),
        pytest.param((EMPTYING,), True, id="a tablet"),
        pytest.param((CHARGING,), False, id="a tablet that charges"),
        pytest.param((HELD, EMPTYING), True, id="two batteries, one in use"),
        pytest.param((AC, CHARGING, MOUSE), False, id="a mouse beside it"),
        pytest.param((UPS,), True, id="a power cut"),
        pytest.param(({"type": "Battery"},), False, id="a battery that says nothing"),
        pytest.param(({},), False, id="a supply that says nothing"),
    ],
)
def test_on_battery_is_what_nothing_but_a_battery_feeds(tmp_path, supplies, on_battery):
    lay(tmp_path, *supplies)
    assert discharging(tmp_path) is on_battery


def test_where_the_kernel_says_nothing_nothing_is_known(tmp_path):
    assert discharging(tmp_path / "none") is None


def test_without_upower_they_are_read_again_and_again(tmp_path, monkeypatch):
    monkeypatch.setattr(linux, "READ_EVERY", 0.02)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus")

    async def story() -> None:
        lay(tmp_path, AC, FULL)
        async with sensing(tmp_path) as ear:
            await asyncio.sleep(0.1)
            assert ear.machines == []
            lay(tmp_path, PULLED, EMPTYING)
            await ear.until(lambda ear: ear.machine == Machine(on_battery=True))
            lay(tmp_path, AC, CHARGING)
            await ear.until(lambda ear: ear.machine == Machine())

    play(story)
