"""What came of testing the alternatives, as a sheet: one section each, the report's words above."""

from notifier.model.drill import Drill, Tested, Tried
from notifier.terminal.sheet import Line, Section, Sheet
from notifier.wording import drill as words
from notifier.wording.glance import Glance


def drill(found: Drill, glance: Glance) -> Sheet:
    """What it comes to, each alternative in a clause, and every step of each."""
    lamp, text = words.conclusion(found, glance.say)
    head = words.tested_on(found.began.utc, glance.zone, glance.say)
    sections = tuple(_section(one, glance) for one in found.tested)
    return Sheet(lamp, text, (head,), sections)


def _section(one: Tested, glance: Glance) -> Section:
    whole = Line(one.says, lamp=words.lamp(one.came))
    return Section(one.name, (whole, *(_line(step, glance) for step in one.steps)))


def _line(tried: Tried, glance: Glance) -> Line:
    shown = words.line(tried, glance.say)
    says = " · ".join(one for one in (shown.says, glance.age(shown.at)) if one)
    return Line(shown.asks, says, lamp=shown.lamp, under=(shown.way,) if shown.way else ())
