"""Stories of desktops that fall apart under the program and come back, each part of it real."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from notifier.model.picture import Lamp
from tests.whole.desk import Person, at_the_desk, until
from tests.whole.feed_server import Vendor
from tests.whole.parts import DAEMON, HOST, KEYS, Parts, descriptors, folder, owned, there

ROUNDS = int(os.environ.get("NOTIFIER_TEST_ROUNDS", "2"))
GAP = float(os.environ.get("NOTIFIER_TEST_GAP", "0.3"))

WHICH = os.environ.get("NOTIFIER_TEST_DAEMON", "dunst")
"""Which notification daemon falls."""

ORDERS = tuple(permutations(("panel", "dunst", "keys", "network")))


class News:
    """Fresh vendors, each with one outage to tell: no flapping, no more than is told singly."""

    def __init__(self, person: Person, *vendors: Vendor) -> None:
        self._person = person
        self._vendors = list(vendors)
        self._last = float("-inf")
        self.titles: list[str] = []
        person.chooses(*vendors)

    def breaks(self, number: int) -> None:
        """Round `number` brings an outage, if it is its turn to."""
        if ROUNDS > 2 and number % 4:
            return
        if ROUNDS > 2:  # of more than three in a minute the rest is summed up
            time.sleep(max(0.0, self._last + 21 - time.monotonic()))
        self._last = time.monotonic()
        vendor = self._vendors[len(self.titles)]
        vendor.fails()
        self.titles.append(f"{vendor.name} is down")
        self._person.asks(ask="check", services=(vendor.id,))

    @property
    def lamp(self) -> Lamp:
        return Lamp.TROUBLE if self.titles else Lamp.CLEAR


@contextmanager
def news(person: Person) -> Iterator[News]:
    """As much of it as there are rounds with some."""
    with ExitStack() as stack:
        names = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
        yield News(person, *(stack.enter_context(Vendor(name)) for name in names))


def told(person: Person, titles: list[str]) -> None:
    """Wait until exactly this was told, in this order, and nothing is owed."""
    until(lambda: person.knows()["owed"], lambda owed: not owed, within=20)

    def seen() -> list[str]:
        return [note["summary"] for note in person.notes()]

    until(seen, lambda seen: len(seen) >= len(titles), within=20)
    assert seen() == titles


def fallen_hosts(person: Person, *_: Vendor) -> dict[str, object]:
    """The panel is killed and started again; there is news meanwhile."""
    with Parts() as parts, news(person) as outages:
        parts.start("panel")
        process = person.starts()
        person.shows(Lamp.CLEAR)
        held, back = [], []
        for number in range(ROUNDS):
            parts.kill("panel")
            until(lambda: not owned(HOST))
            outages.breaks(number)
            parts.start("panel")
            there(HOST)
            back.append(_seconds(person.icon))
            person.shows(outages.lamp)
            told(person, outages.titles)
            held.append(descriptors(process))
        return {"alive": process.poll() is None, "held": held, "back": back}


def fallen_daemons(person: Person, *_: Vendor) -> dict[str, object]:
    """The daemon is killed, there is news, and it is started again."""
    with Parts() as parts, news(person) as outages:
        parts.start(WHICH)
        process = person.starts()
        person.shows(Lamp.CLEAR)
        held = []
        for number in range(ROUNDS):
            parts.kill(WHICH)
            until(lambda: not owned(DAEMON))
            outages.breaks(number)
            parts.start(WHICH)
            there(DAEMON)
            told(person, outages.titles)
            person.shows(outages.lamp)
            held.append(descriptors(process))
        return {"alive": process.poll() is None, "held": held}


def fallen_buses(person: Person, *_: Vendor) -> dict[str, object]:
    """The session bus is killed, and all that lives by it; there is news; all comes back."""
    os.kill(int((folder() / "pid" / "bus").read_text()), signal.SIGKILL)
    with Parts() as parts, news(person) as outages:
        _all(parts)
        process = person.starts()
        person.shows(Lamp.CLEAR)
        held, back = [], []
        for number in range(ROUNDS):
            parts.kill_all()
            outages.breaks(number)
            _all(parts)
            back.append(_seconds(person.icon))
            person.shows(outages.lamp, within=20)
            told(person, outages.titles)
            held.append(descriptors(process))
        person.ends()
        return {"alive": process.returncode == 0, "held": held, "back": back}


def _seconds(question: Callable[[], object]) -> float:
    """How long it takes until there is an answer."""
    began = time.monotonic()
    until(question, within=20)
    return time.monotonic() - began


def _all(parts: Parts) -> None:
    parts.start("bus")
    there("org.freedesktop.DBus")
    for name in ("record", "dunst", "panel"):
        parts.start(name)
    there(DAEMON)
    there(HOST)


def start_orders(person: Person, *_: Vendor) -> dict[str, object]:
    """The program first, then each part of the desktop a little later, in every order.

    Default runs take the first and the last order: each part is early in one, late in the other.
    """
    del person
    orders = ORDERS if ROUNDS > 2 else (ORDERS[0], ORDERS[-1])
    return {" ".join(order): _in_order(order) for order in orders}


def _in_order(order: tuple[str, ...]) -> list[str]:
    with (
        TemporaryDirectory() as place,
        Vendor("Alpha", late=True) as alpha,
        Parts() as parts,
        at_the_desk(Path(place)) as person,
    ):
        alpha.fails()
        person.chooses(alpha)
        process = person.run("tray")
        for part in order:
            time.sleep(GAP)
            alpha.opens() if part == "network" else parts.start(part)
        for name in (HOST, DAEMON, KEYS):
            there(name)
        until(person.icon, within=20)
        person.checks()
        person.shows(Lamp.TROUBLE, within=20)
        told(person, ["Alpha is down"])
        assert process.poll() is None
        process.terminate()
        process.wait(10)
        found = [note["summary"] for note in person.notes()]
    _gone()
    return found


def _gone() -> None:
    for name in (HOST, DAEMON, KEYS):
        until(lambda name=name: not owned(name))


def hanging_bus(person: Person, alpha: Vendor, _: Vendor) -> dict[str, object]:
    """The bus hangs when the program starts: it works without; then the bus goes on."""
    bus = int((folder() / "pid" / "bus").read_text())
    os.kill(bus, signal.SIGSTOP)
    try:
        process = person.run("tray")
        until(lambda: person.knows()["lamp"], lambda lamp: lamp == "clear", within=20)
        person.asks(ask="show")
        shown = bool(until(lambda: person.windows("AI Notifier")))
    finally:
        os.kill(bus, signal.SIGCONT)
    person.shows(Lamp.CLEAR, within=20)
    alpha.fails()
    person.checks()
    told(person, ["Alpha is down"])
    return {"alive": process.poll() is None, "shown": shown}
