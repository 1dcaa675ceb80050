"""*Test notification*: the notice that tells nothing, and which way of telling took it."""

from collections.abc import Mapping
from datetime import datetime

from notifier.model.announcement import Notice, NoticeId, Reason, ThreadId
from notifier.model.picture import Lamp
from notifier.model.relay import Relayed, RelayKind
from notifier.model.rung import Rung
from notifier.model.tried import Refused, Tried
from notifier.wording.say import Say

TITLE = "Test notification"
ABOUT = "One harmless notice, sent the way every notice goes. It is no outage and is not kept."
AGAIN = "Send again"
CLOSE = "Close"
SENDING = "Sending it…"
RELAYING = "Trying pushes and hooks…"

_NAMES: Mapping[Rung, str] = {
    Rung.FREEDESKTOP: "Notification daemon",
    Rung.PORTAL: "Desktop portal",
    Rung.NOTIFICATION_CENTRE: "Notifications of this system",
    Rung.BALLOON: "Balloon of the icon",
    Rung.WINDOW: "Window",
    Rung.TERMINAL: "Terminal",
}

_TOOK: Mapping[Rung, tuple[Lamp, str]] = {
    Rung.FREEDESKTOP: (Lamp.CLEAR, "Shown by {name}."),
    Rung.PORTAL: (
        Lamp.BLIND,
        "Handed to the desktop portal; whether it was shown nobody says.",
    ),
    Rung.NOTIFICATION_CENTRE: (Lamp.CLEAR, "Shown by the notifications of this system."),
    Rung.BALLOON: (Lamp.CLEAR, "No notification daemon: shown as the icon's balloon."),
    Rung.WINDOW: (
        Lamp.WATCH,
        "Only as a line in the window, which tells you something while it is open.",
    ),
    Rung.TERMINAL: (
        Lamp.CLEAR,
        "`notifier watch` shows it to who reads its standard output, a line for each notice.",
    ),
}

_RELAYS: Mapping[RelayKind, str] = {
    RelayKind.PUSH: "Push {name}: {what}",
    RelayKind.HOOK: "Hook {name}: {what}",
}

_HUSHED = "Taken by {name}, which keeps it back: do not disturb is on."
_PERHAPS_HUSHED = "If you saw nothing, look whether do not disturb is on: {name} does not say."


def title(say: Say, *, rehearsal: bool) -> str:
    """The title of the window."""
    return say("Rehearsal – {title}", title=say(TITLE)) if rehearsal else say(TITLE)


def notice(at: datetime, say: Say, *, rehearsal: bool = False) -> Notice:
    """The notice itself. It is about nothing, bears no button and goes by itself."""
    return Notice(
        id=NoticeId("test"),
        at=at,
        threads=(ThreadId("test"),),
        reason=Reason.ONLINE,
        services=(),
        title=title(say, rehearsal=rehearsal),
        body=say("Nothing has happened. This is how AI Notifier tells you when something does."),
        actions=(),
        labels=(),
        whose="none",
        cause=None,
        confidence=None,
        transient=True,
    )


def conclusion(tried: Tried, say: Say) -> tuple[Lamp, str]:
    """Which way took it, in a sentence."""
    if tried.rung is None:
        return Lamp.WATCH, say("Nobody took it. What cannot be shown is kept in menu and log.")
    lamp, message = _TOOK[tried.rung]
    if tried.behind.hushed:
        lamp, message = Lamp.BLIND, _HUSHED
    return lamp, say(message, name=_who(tried, say))


def hint(tried: Tried, say: Say) -> str:
    """What may be the matter where nothing was seen all the same; empty where that is known."""
    if tried.rung is not Rung.FREEDESKTOP or tried.behind.hushed is not None:
        return ""
    return say(_PERHAPS_HUSHED, name=_who(tried, say))


def refusal(refused: Refused, say: Say) -> str:
    """A way that did not take it, and why."""
    if refused.rung is None:
        return refused.why
    return say("{way}: {why}", way=say(_NAMES[refused.rung]), why=refused.why)


def passed_on(relayed: Relayed, say: Say) -> tuple[Lamp, str]:
    """What became of it at a push or hook, in a line."""
    lamp = Lamp.WATCH if relayed.why else Lamp.CLEAR
    what = relayed.why or say("handed over.")
    return lamp, say(_RELAYS[relayed.kind], name=relayed.name, what=what)


def lines(tried: Tried, say: Say) -> tuple[str, ...]:
    """All of it, for a terminal."""
    _, text = conclusion(tried, say)
    more = hint(tried, say)
    return (
        text,
        *((more,) if more else ()),
        *(refusal(one, say) for one in tried.refused),
        *(passed_on(one, say)[1] for one in tried.relayed),
    )


def _who(tried: Tried, say: Say) -> str:
    return tried.behind.name or say("your desktop")
