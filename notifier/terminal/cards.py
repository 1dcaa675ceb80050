"""A notice as a card, and a silence as a line, where there is no desktop to show them."""

from collections.abc import Mapping

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from notifier.model.announcement import Notice, Reason, Withheld
from notifier.model.picture import Lamp
from notifier.model.service import ServiceKey
from notifier.terminal.screen import colour, shape, words
from notifier.wording import terminal as said
from notifier.wording.say import Say

WIDEST = 72

_LAMPS = {
    Reason.OUTAGE: Lamp.TROUBLE,
    Reason.WORSE: Lamp.TROUBLE,
    Reason.REOPENED: Lamp.TROUBLE,
    Reason.SUMMARY: Lamp.TROUBLE,
    Reason.SUSPECTED: Lamp.WATCH,
    Reason.UPDATE: Lamp.WATCH,
    Reason.BETTER: Lamp.WATCH,
    Reason.UNSTABLE: Lamp.WATCH,
    Reason.ACCOUNT: Lamp.WATCH,
    Reason.RECOVERED: Lamp.CLEAR,
    Reason.ONLINE: Lamp.CLEAR,
    Reason.WHILE_AWAY: Lamp.CLEAR,
    Reason.CAUSE_PUBLISHED: Lamp.CLEAR,
    Reason.MAINTENANCE: Lamp.MAINTENANCE,
    Reason.OFFLINE: Lamp.BLIND,
    Reason.SOURCE_MOVED: Lamp.BLIND,
    Reason.SOURCE_UNREADABLE: Lamp.BLIND,
}


def card(notice: Notice, console: Console) -> RenderableType:
    """A notice as a card: title, body, and the buttons it has on a desktop."""
    lamp = _LAMPS[notice.reason]
    title = Text.assemble(shape(lamp, console), " ", words(notice.title, "bold"))
    body: list[RenderableType] = [words(notice.body)] if notice.body else []
    if notice.labels:
        buttons = Text("   ").join(words(f"[ {label} ]", "dim") for label in notice.labels)
        body += [Text(), buttons]
    return Panel(
        Group(title, *body),
        box=ROUNDED,
        border_style=colour(lamp),
        padding=(0, 2),
        width=min(WIDEST, console.width),
    )


def silence(withheld: Withheld, names: Mapping[ServiceKey, str], say: Say) -> Text:
    """What nobody was told, and why, on one quiet line."""
    return words(said.silence(withheld, names, say), "dim italic")
