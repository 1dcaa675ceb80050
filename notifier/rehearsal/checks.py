"""Holds a rehearsal against its `[[expect]]`: what was true, and what should have been."""

from collections.abc import Iterable

from notifier.fallbacks import rank
from notifier.model.announcement import Reason, Silence
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import Service
from notifier.model.settings import Settings
from notifier.rehearsal.scenario import Expect, Scenario


class Checks:
    """Collects what the person heard between two expectations, and compares."""

    def __init__(self, scenario: Scenario) -> None:
        """Nothing heard yet."""
        self._scenario = scenario
        self._notices: list[str] = []
        self._withheld: list[str] = []
        self.failures: list[str] = []
        self.made = 0

    def noticed(self, reason: Reason) -> None:
        """A notice was shown."""
        self._notices.append(reason.value)

    def withheld(self, reason: Silence) -> None:
        """Somebody was deliberately not told."""
        self._withheld.append(reason.value)

    def check(
        self, expect: Expect, picture: Picture, board: Board, settings: Settings, at: Moment
    ) -> None:
        """Compare everything `expect` names; each difference is one sentence."""
        self.made += 1
        rows = {row.service.id: row for row in reversed(picture.rows)}
        for id_, fields in expect.services.items():
            row = rows.get(id_)  # type: ignore[call-overload]
            if row is None:
                self._differs(expect, id_, "chosen", "not chosen")
                continue
            for name, wanted in fields.items():
                self._compare(expect, f"{id_}.{name}", wanted, _field(row, name))
        self._compare_unless_silent(expect, "lamp", expect.lamp, picture.lamp.value)
        link = picture.connection.link.value
        self._compare_unless_silent(expect, "connection", expect.connection, link)
        self._compare_unless_silent(expect, "notices", expect.notices, tuple(self._notices))
        self._compare_unless_silent(expect, "withheld", expect.withheld, tuple(self._withheld))
        self._compare_advice(expect, board, settings, at)
        self._notices.clear()
        self._withheld.clear()

    def _compare_advice(self, expect: Expect, board: Board, settings: Settings, at: Moment) -> None:
        services = {service.id: service for service in (*settings.others, *settings.services)}
        for id_, wanted in expect.fallbacks.items():
            found = _ids(s.service for s in rank(services[id_], board, settings, at)[0])  # type: ignore[index]
            first = found[: len(wanted)] if wanted else found  # `[]` is: nothing at all
            self._compare(expect, f"fallbacks.{id_}", wanted, first)
        for id_, wanted in expect.excluded.items():
            found = _ids(e.service for e in rank(services[id_], board, settings, at)[1])  # type: ignore[index]
            missing = tuple(one for one in wanted if one not in found)
            self._compare(expect, f"excluded.{id_}, missing", (), missing)

    def _compare_unless_silent(
        self, expect: Expect, name: str, wanted: object, found: object
    ) -> None:
        if wanted is not None:
            self._compare(expect, name, wanted, found)

    def _compare(self, expect: Expect, name: str, wanted: object, found: object) -> None:
        if wanted != found:
            self._differs(expect, name, wanted, found)

    def _differs(self, expect: Expect, name: str, wanted: object, found: object) -> None:
        where = f"{self._scenario.name}, line {expect.line} (t = {expect.t:g} s)"
        self.failures.append(f"{where}: {name} should be {_said(wanted)}; it is {_said(found)}")


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(str(one) for one in value) + "]"
    return "nothing" if value is None else str(value)


def _ids(services: Iterable[Service]) -> tuple[str, ...]:
    return tuple(service.id for service in services)


def _field(row: Row, name: str) -> str | None:
    verdict = row.verdict
    found = {
        "state": verdict.health.value,
        "whose": verdict.whose.value,
        "cause": verdict.cause.value if verdict.cause else None,
        "confidence": verdict.confidence.value if verdict.confidence else None,
        "upstream": verdict.upstream,
        "override": row.override.value if row.override else None,
    }
    return found[name]
