"""What opening an alternative does with the text of the scratch pad, said before it is done."""

from notifier.model.way_in import KeptOut, WayIn
from notifier.wording.say import Say

_KEPT_OUT = {
    KeptOut.PRIVATE: "It is marked private, so it is put into no address: copy it here and paste "
    "it there.",
    KeptOut.TAKES_NONE: "{name} takes no text in its address: copy it here and paste it there.",
    KeptOut.TOO_LONG: "It is too long for an address ({count} characters): copy it here and paste "
    "it there.",
}


def sentence(way: WayIn, say: Say, *, app: bool = False) -> str:
    """What will happen to the text; with none, what is opened. `app`: its app is installed."""
    match way.kept_out:
        case None:
            return say("Opens {name} with your text in it, which may begin at once.", name=way.name)
        case KeptOut.NOTHING_WRITTEN if app:
            return say("Opens its app.")
        case KeptOut.NOTHING_WRITTEN:
            return say("Opens its page.")
        case KeptOut.PRIVATE | KeptOut.TAKES_NONE | KeptOut.TOO_LONG:
            count = grouped(way.length)
            return say(_KEPT_OUT[way.kept_out], name=way.name, count=count)


def grouped(number: int) -> str:
    """A number with its thousands apart: 100 000, and no line ends within it."""
    return f"{number:,}".replace(",", "\u00a0")
