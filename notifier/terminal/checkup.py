"""What the doctor has found, as a sheet: one mark and one line each, what to do below."""

from collections.abc import Iterable
from itertools import groupby

from notifier.model.picture import Lamp
from notifier.terminal.sheet import Line, Section, Sheet
from notifier.wording import doctor as said
from notifier.wording.say import Say

Found = tuple[str, str, str, str]
"""Subject, level, sentence and advice, as the doctor's findings have them."""

_LAMPS = {"ok": Lamp.CLEAR, "attention": Lamp.WATCH, "unknown": Lamp.BLIND}


def checkup(found: Iterable[Found], attention: int, say: Say) -> Sheet:
    """Everything found, by subject and in its order."""
    sections = tuple(
        Section(say(said.HEADINGS[subject]), tuple(_line(one, say) for one in those))
        for subject, those in groupby(found, key=lambda one: one[0])
    )
    lamp = Lamp.WATCH if attention else Lamp.CLEAR
    return Sheet(lamp, said.title(attention, say), sections=sections)


def _line(one: Found, say: Say) -> Line:
    _, level, says, advice = one
    under = (said.to_do(advice, say),) if advice else ()
    return Line(says, lamp=_LAMPS[level], under=under, word=said.level(level, say))
