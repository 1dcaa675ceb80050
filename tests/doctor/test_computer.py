"""What the doctor says of this computer's circumstances: yes, no, or that it is not known."""

import pytest

from notifier.circumstances import Known
from notifier.circumstances.linux import Linux
from notifier.doctor import computer
from notifier.doctor.finding import Level, Notes, Subject
from notifier.wording.say import English
from tests.circumstances.conftest import bus
from tests.circumstances.services import SESSION, logind, network_manager

__all__ = ["bus"]


class Says:
    """A system that says just that."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def known(self) -> Known:
        return self._known

    async def follow(self, listener: object) -> None: ...


def found(system) -> list[tuple[Level, str]]:
    notes = Notes(Subject.COMPUTER, English())
    return [(one.level, one.says) for one in computer.look(notes, system)]


@pytest.mark.parametrize(
    ("fact", "level", "answer"),
    [(True, Level.OK, "yes"), (False, Level.OK, "no"), (None, Level.UNKNOWN, "not known")],
)
def test_each_fact_has_a_line_of_its_own(fact, level, answer):
    assert found(Says(Known(fact, fact, fact, fact, fact))) == [
        (level, f"On battery: {answer}"),
        (level, f"Metered link: {answer}"),
        (level, f"Screen locked: {answer}"),
        (level, f"Login session in front: {answer}"),
    ]


def test_they_are_asked_of_the_system_bus(bus, tmp_path):
    with logind(bus.address) as seat, network_manager(bus.address, metered=1):
        seat.objects[SESSION]["Active"] = False
        assert [says for _, says in found(Linux({"XDG_SESSION_ID": "2"}, tmp_path))] == [
            "On battery: no",
            "Metered link: yes",
            "Screen locked: no",
            "Login session in front: no",
        ]
