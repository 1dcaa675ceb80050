"""What several tools may stand on, in sentences: a hint, and never a certainty."""

from collections.abc import Sequence

from notifier.wording.say import Say
from notifier.wording.times import listed

TITLE = "If one thing fails"

_NUMBERS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""From two on; larger ones are figures."""

_FIRST = (
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)
"""The same at the beginning of a sentence."""


def some(carried: int, of: int, grounds: Sequence[str], free: Sequence[str], say: Say) -> str:
    """Most of the tools may stand on one thing; `free` would not fall with it."""
    return say(
        "{carried} of your {all} tools may stand on {grounds}; {free} would not fall with it.",
        carried=_number(carried, _FIRST, say),
        all=_number(of, _NUMBERS, say),
        grounds=listed(grounds, say),
        free=listed(free, say),
    )


def every(count: int, grounds: Sequence[str], elsewhere: Sequence[str], say: Say) -> str:
    """All of them may; `elsewhere` are alternatives that would not fall with it."""
    which = say("Both") if count == 2 else say("All {count}", count=_number(count, _NUMBERS, say))
    where = listed(grounds, say)
    if not elsewhere:
        text = "{which} of your tools may stand on {grounds}, and so may all you could use instead."
        return say(text, which=which, grounds=where)
    text = "{which} of your tools may stand on {grounds}; {others} would not fall with it."
    return say(text, which=which, grounds=where, others=listed(elsewhere, say))


def _number(count: int, words: Sequence[str], say: Say) -> str:
    place = count - 2
    return say(words[place]) if 0 <= place < len(words) else str(count)
