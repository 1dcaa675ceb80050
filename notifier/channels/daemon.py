"""A notification daemon as it describes itself, and a notice in the terms it understands."""

import html
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Message, new_method_call
from PySide6.QtGui import QImage

from notifier.channels.screen import stays
from notifier.model.announcement import Action, Notice
from notifier.wording import sink

APP_NAME = "AI Notifier"
APP_ID = "ai-notifier"

SERVICE = "org.freedesktop.Notifications"
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", SERVICE, SERVICE)

MOST_BUTTONS = 3
MOST_TEXT = 200
"""Characters; dunst cuts longer texts in the middle, xfce4-notifyd after six lines."""

BODY = "default"
"""The key of a click on the body (Desktop Notifications Specification 1.2)."""

_NORMAL = 1
"""The urgency of every notice. What is critical breaks through do not disturb (xfce4-notifyd 0.7
does it, and GNOME and Plasma say they do); to stay until it is seen a notice need not."""

_AS_USUAL, _NEVER = -1, 0

_SOUND = "dialog-warning"
"""By the names of freedesktop.org's sounds; a theme that has none of it is silent."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """Where a daemon departs from the specification."""

    avoid_actions: bool = False
    """Any action makes it show a dialogue box instead."""
    escape_title: bool = False
    """It reads markup in titles too."""


# Taken over from qutebrowser's experience; neither of the two was tried here.
_QUIRKS: dict[tuple[str, str], Quirks] = {
    # https://wiki.ubuntu.com/NotificationDevelopmentGuidelines#Avoiding_actions
    ("notify-osd", "Canonical Ltd"): Quirks(avoid_actions=True),
    # https://github.com/solus-project/budgie-desktop/issues/2114
    ("Raven", "Budgie Desktop Developers"): Quirks(escape_title=True),
}


@dataclass(frozen=True, slots=True)
class Daemon:
    """Who owns the name just now, and what it can do."""

    owner: str
    """Its unique name on the bus."""
    capabilities: frozenset[str]
    quirks: Quirks = Quirks()
    name: str = ""
    """What it calls itself."""


def quirks_of(name: str, vendor: str) -> Quirks:
    """The quirks of a daemon by the name and vendor it gives itself."""
    return _QUIRKS.get((name, vendor), Quirks())


def call(member: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Message:
    """A method call to whichever daemon owns the name."""
    return new_method_call(_ADDRESS, member, signature, body)


def raised(
    notice: Notice,
    daemon: Daemon,
    replaces: int,
    details: str,
    picture: QImage | None,
    *,
    aloud: bool = False,
) -> Message:
    """The call that shows `notice` in the place of number `replaces` (0: a place of its own).

    `details` is the label of a click on the body, for daemons that draw it as a button. It may be
    heard where it is said `aloud`.
    """
    hints: dict[str, tuple[str, object]] = {
        "urgency": ("y", _NORMAL),
        "desktop-entry": ("s", APP_ID),
        "category": ("s", f"x-{APP_ID}.{notice.reason.value}"),
        **({"sound-name": ("s", _SOUND)} if aloud else {"suppress-sound": ("b", True)}),
    }
    if picture is not None:
        hints["image-data"] = ("(iiibiiay)", _pixels(picture))
    body = (
        APP_NAME,
        replaces,
        # No icon by name: where it is not installed, xfce4-notifyd draws a broken one.
        "",
        _title(notice.title, daemon),
        _body(notice.body, daemon),
        _actions(notice, daemon, details),
        hints,
        _NEVER if stays(notice) else _AS_USUAL,
    )
    return call("Notify", "susssasa{sv}i", body)


def _pixels(picture: QImage) -> tuple[int, int, int, bool, int, int, bytes]:
    """Width, height, bytes per row, alpha, bits per channel, channels, RGBA (specification 1.2)."""
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return (
        plain.width(),
        plain.height(),
        plain.bytesPerLine(),
        True,
        8,
        4,
        bytes(plain.constBits()),
    )


def _title(text: str, daemon: Daemon) -> str:
    """Titles are plain, whatever stands in them."""
    plain = sink.line(text, MOST_TEXT)
    return html.escape(plain, quote=False) if daemon.quirks.escape_title else plain


def _body(text: str, daemon: Daemon) -> str:
    """Escaped exactly where the daemon reads markup; unescaped it may show nothing at all."""
    if "body" not in daemon.capabilities:
        return ""
    plain = sink.lines(text, MOST_TEXT)
    return html.escape(plain, quote=False) if "body-markup" in daemon.capabilities else plain


def _actions(notice: Notice, daemon: Daemon, details: str) -> list[str]:
    """Keys and labels in turn: the body first, then the buttons."""
    if "actions" not in daemon.capabilities or daemon.quirks.avoid_actions:
        return []
    buttons = [
        (action, label)
        for action, label in zip(notice.actions, notice.labels, strict=True)
        if action is not Action.DETAILS
    ]
    pairs = [(BODY, details), *((action.value, label) for action, label in buttons[:MOST_BUTTONS])]
    return [sink.line(word, 60) for pair in pairs for word in pair]
