"""What logind, NetworkManager and UPower say is known at once; what they leave unsaid is plain."""

import asyncio
import signal
from pathlib import Path

import pytest

from notifier.circumstances import Known, conversation, linux
from notifier.circumstances.linux import Linux
from notifier.model.board import Machine
from tests.circumstances.conftest import play, sensing
from tests.circumstances.services import (
    MANAGER,
    MANAGER_INTERFACE,
    NETWORK,
    NETWORK_INTERFACE,
    POWER,
    POWER_INTERFACE,
    SESSION,
    SESSION_INTERFACE,
    USER,
    Service,
    logind,
    network_manager,
    upower,
)


def test_the_lock_of_the_screen_and_whose_session_is_in_front_are_heard_as_they_change(bus):
    async def story() -> None:
        with logind(bus.address) as seat:
            async with sensing() as ear:
                await ear.until(lambda _: "GetAll" in seat.asked)
                seat.says(SESSION, SESSION_INTERFACE, LockedHint=True)
                await ear.until(lambda ear: ear.machine == Machine(locked=True))
                seat.says(SESSION, SESSION_INTERFACE, Active=False)
                await ear.until(lambda ear: ear.machine == Machine(locked=True, in_front=False))
                seat.says(SESSION, SESSION_INTERFACE, LockedHint=False, Active=True)
                await ear.until(lambda ear: ear.machine == Machine())

    play(story)


@pytest.mark.parametrize("how", ["by its name", "by our process", "by the person's screen"])
def test_the_session_is_found(bus, how):
    async def story() -> None:
        with logind(bus.address, by_pid=how == "by our process") as seat:
            seat.objects[SESSION]["Active"] = False
            if how == "by the person's screen":  # as for what `systemd --user` has started
                seat.objects[USER] = {"Display": ("2", SESSION)}
            async with sensing(session="2" if how == "by its name" else "gone") as ear:
                await ear.until(lambda ear: ear.machine == Machine(in_front=False))

    play(story)


@pytest.mark.parametrize("display", [None, ("", "/")], ids=["no such user", "no screen"])
def test_without_a_session_one_is_taken_to_be_in_front(bus, display):
    async def story() -> None:
        with logind(bus.address) as seat, upower(bus.address, on_battery=True):
            seat.objects[SESSION] |= {"Active": False, "LockedHint": True}
            if display is not None:
                seat.objects[USER] = {"Display": display}
            async with sensing(session="") as ear:
                await ear.until(lambda ear: ear.machine == Machine(on_battery=True))
                await ear.until(lambda _: "GetAll" in seat.asked)
                await asyncio.sleep(0.1)
                assert ear.machine == Machine(on_battery=True)

    play(story)


@pytest.mark.parametrize(
    ("says", "metered"), [(0, False), (1, True), (2, False), (3, True), (4, False), (9, False)]
)
def test_a_link_is_metered_where_it_is_said_or_guessed_to_be(bus, says, metered):
    async def story() -> None:
        with network_manager(bus.address) as network:
            async with sensing() as ear:
                await ear.until(lambda _: network.asked)
                network.says(NETWORK, NETWORK_INTERFACE, Metered=1)
                await ear.until(lambda ear: ear.machine.metered)
                before = len(network.asked)
                network.says(NETWORK, NETWORK_INTERFACE, Metered=says)
                await ear.until(lambda _: len(network.asked) > before)
                await ear.until(lambda ear: ear.machine.metered is metered)
                assert ear.changes == 0, "the same network"

    play(story)


def test_another_way_out_is_another_network_and_a_burst_of_them_is_one(bus):
    async def story() -> None:
        with network_manager(bus.address) as network:
            async with sensing() as ear:
                await ear.until(lambda _: network.asked)
                await asyncio.sleep(0.2)
                assert ear.changes == 0, "the one it was found on"
                for number in (2, 3, 4):
                    way = f"{NETWORK}/ActiveConnection/{number}"
                    network.says(NETWORK, NETWORK_INTERFACE, State=40)
                    network.says(NETWORK, NETWORK_INTERFACE, State=70, PrimaryConnection=way)
                await ear.until(lambda ear: ear.changes)
                await asyncio.sleep(0.3)
                assert ear.changes == 1
                network.says(NETWORK, NETWORK_INTERFACE, State=20)
                await ear.until(lambda ear: ear.changes == 2)

    play(story)


def test_the_cable_pulled_and_put_back_is_heard(bus):
    async def story() -> None:
        with upower(bus.address) as power:
            async with sensing() as ear:
                await ear.until(lambda _: power.asked)
                power.says(POWER, POWER_INTERFACE, OnBattery=True)
                await ear.until(lambda ear: ear.machine == Machine(on_battery=True))
                power.says(POWER, POWER_INTERFACE, OnBattery=False)
                await ear.until(lambda ear: ear.machine == Machine())

    play(story)


def test_waking_is_heard_and_going_to_sleep_is_not(bus):
    async def story() -> None:
        with logind(bus.address) as seat:
            async with sensing() as ear:
                await ear.until(lambda _: "GetAll" in seat.asked)
                seat.calls(MANAGER, MANAGER_INTERFACE, "PrepareForSleep", "b", True)
                seat.calls(MANAGER, MANAGER_INTERFACE, "PrepareForSleep", "b", False)
                await ear.until(lambda ear: ear.wakes)
                assert ear.wakes == 1

    play(story)


def test_signals_of_somebody_else_are_not_believed(bus):
    async def story() -> None:
        with logind(bus.address) as seat, Service(bus.address, "test.Somebody") as somebody:
            async with sensing() as ear:
                await ear.until(lambda _: "GetAll" in seat.asked)
                somebody.calls(MANAGER, MANAGER_INTERFACE, "PrepareForSleep", "b", False)
                seat.says(SESSION, SESSION_INTERFACE, LockedHint=True)
                await ear.until(lambda ear: ear.machine.locked)
                assert ear.wakes == 0

    play(story)


def test_who_comes_late_is_asked_and_who_goes_is_believed_no_more(bus):
    async def story() -> None:
        async with sensing() as ear:
            with logind(bus.address) as seat:
                await ear.until(lambda _: "GetAll" in seat.asked)
                seat.says(SESSION, SESSION_INTERFACE, LockedHint=True, Active=False)
                await ear.until(lambda ear: ear.machine == Machine(locked=True, in_front=False))
            await ear.until(lambda ear: ear.machine == Machine())

    play(story)


def test_who_hangs_keeps_nobody_else_and_is_asked_again(bus):
    async def story() -> None:
        with logind(bus.address) as seat, network_manager(bus.address, metered=1) as network:
            network.awake.clear()
            async with sensing() as ear:
                for locked in (True, False) * 3:
                    seat.says(SESSION, SESSION_INTERFACE, LockedHint=locked)
                    await ear.until(lambda ear, now=locked: ear.machine == Machine(locked=now))
                network.awake.set()
                await ear.until(lambda ear: ear.machine == Machine(metered=True))


def test_who_answers_nonsense_is_not_believed(bus):
    async def story() -> None:
        with upower(bus.address, on_battery=True) as power, logind(bus.address) as seat:
            power.babbles = True
            async with sensing() as ear:
                await ear.until(lambda _: "GetAll" in seat.asked)
                seat.says(SESSION, SESSION_INTERFACE, LockedHint=True)
                await ear.until(lambda ear: ear.machine == Machine(locked=True))

    play(story)


def test_who_hangs_later_is_believed_no_more(bus, monkeypatch):
    monkeypatch.setattr(conversation, "ANEW", 0.1)

    async def story() -> None:
        with logind(bus.address) as seat:
            seat.objects[SESSION]["LockedHint"] = True
            async with sensing() as ear:
                await ear.until(lambda ear: ear.machine.locked)
                seat.awake.clear()
                await ear.until(lambda ear: ear.machine == Machine())

    play(story)


def test_a_bus_that_ends_takes_its_facts_along_and_is_found_again(bus):
    async def story() -> None:
        async with sensing() as ear:
            for _ in range(2):
                with network_manager(bus.address, metered=1):
                    await ear.until(lambda ear: ear.machine.metered)
                    bus.end()
                    await ear.until(lambda ear: not ear.machine.metered)
                bus.begin()

    play(story)


def test_a_bus_that_hangs_lets_nobody_wait_and_is_found_again(bus, tmp_path, monkeypatch):
    monkeypatch.setattr(linux, "ONCE", 0.1)

    async def story() -> None:
        with upower(bus.address, on_battery=True):
            bus._process.send_signal(signal.SIGSTOP)
            try:
                assert await Linux({}, tmp_path).known() == Known(discharging=False)
                async with sensing() as ear:
                    await asyncio.sleep(0.6)
                    assert ear.machines == []
                    bus._process.send_signal(signal.SIGCONT)
                    await ear.until(lambda ear: ear.machine.on_battery)
            finally:
                bus._process.send_signal(signal.SIGCONT)

    play(story)


@pytest.mark.parametrize(
    "greets",
    [b"", b"REJECTED EXTERNAL\r\n", b"OK 1234\r\n" + b"\0" * 64, b"x" * 100_000],
    ids=["hangs up", "refuses", "says zeroes", "babbles"],
)
def test_what_is_no_bus_at_all_does_no_harm(tmp_path_factory, monkeypatch, greets):
    place = tmp_path_factory.mktemp("bus") / "bus"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={place}")
    callers = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal callers
        callers += 1
        await reader.read(100)
        writer.write(greets)
        writer.close()

    async def story() -> None:
        async with await asyncio.start_unix_server(serve, str(place)), sensing() as ear:
            await ear.until(lambda _: callers > 1)
            assert ear.machines == []

    play(story)


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=127.0.0.1", "nonsense"])
def test_where_there_is_no_bus_nothing_is_known(monkeypatch, address):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)

    async def story() -> None:
        assert await Linux({}, Path("/nowhere")).known() == Known()
        async with sensing() as ear:
            await asyncio.sleep(0.25)
            assert ear.machines == []

    play(story)


def test_all_is_asked_once_for_whoever_wants_to_know_it_now(bus, tmp_path):
    async def story() -> None:
        with logind(bus.address) as seat, network_manager(bus.address), upower(bus.address):
            seat.objects[SESSION]["LockedHint"] = True
            known = await Linux({"XDG_SESSION_ID": "2"}, tmp_path).known()
        assert known == Known(
            upower=False, discharging=False, metered=False, locked=True, in_front=True
        )

    play(story)
