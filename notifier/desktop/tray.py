"""The icon in the tray: lamp, tooltip and menu, painted from the picture alone."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from notifier.desktop.host import TrayHost
from notifier.desktop.hosted_menu import HostedMenu
from notifier.desktop.lamps import Lamps
from notifier.desktop.menu import SEPARATOR, Door, Doors, Entry, entries, perform
from notifier.model.picture import Lamp, Picture
from notifier.wording import sink
from notifier.wording import tray as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say

PATIENCE = 5000
"""Milliseconds a tray host may take to come: at login the panel is often later than we are."""


CALM = 200
"""Milliseconds in which changes of the menu are gathered: a host is sent every one of them."""


class Tray(QObject):
    """Connect `show` to the bridge.

    Until the first picture the icon is neutral. `hint` is said where no tray host comes.
    """

    homeless = Signal(str)
    """Nobody shows the icon: open the window, once, and say this sentence."""

    balloon_clicked = Signal()

    def __init__(
        self,
        doors: Doors,
        say: Say,
        host: TrayHost,
        hint: str,
        *,
        parent: QObject | None = None,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._doors, self._say, self._host, self._hint = doors, say, host, hint
        self._available = available
        self._lamps = Lamps()
        self._picture: Picture | None = None
        self._face = (Lamp.EMPTY, False)
        self._tip = words.NAME
        self._gist: object = None
        self._slipped = False
        self._looked: datetime | None = None
        self._menu_due = QTimer(self, singleShot=True, interval=CALM)
        self._menu_due.timeout.connect(self._paint_menu)
        self._make()
        self._settling = QTimer(self, singleShot=True, interval=PATIENCE)
        self._settling.timeout.connect(self._settle)
        host.changed.connect(self._host_changed)
        self._waiting = QTimer(self, singleShot=True, interval=PATIENCE)
        self._waiting.timeout.connect(self._look_for_home)
        self._waiting.start()

    @property
    def icon(self) -> QSystemTrayIcon:
        """The icon as it is now; it may be another one later."""
        return self._icon

    @Slot(object)
    def show(self, picture: Picture) -> None:
        """Paint what differs: every change is a message to the host."""
        self._picture = picture
        face = (picture.lamp, picture.owed > 0)
        if face != self._face:
            self._face = face
            self._icon.setIcon(self._drawn())
        tip = tooltip(picture)
        if tip != self._tip:
            self._tip = tip
            self._icon.setToolTip(tip)
        gist = _gist(picture)
        if gist != self._gist:
            self._gist = gist
            self._menu_due.start()

    def repaint(self) -> None:
        """Have the menu say what has changed beside the picture."""
        self._menu_due.start()

    @Slot()
    def looked(self) -> None:
        """Somebody has menu or window before them: what was kept back until now they have seen."""
        self._looked = self._doors.intents.now().utc
        self._menu_due.start()

    def show_slip(self, *, slipped: bool) -> None:
        """Say in the menu that something of ours failed, or no longer."""
        if slipped is not self._slipped:
            self._slipped = slipped
            self._menu_due.start()

    def balloon(self, title: str, text: str, seconds: float) -> bool:
        """Show a balloon at the icon; False where nobody would see it.

        Under StatusNotifierItem Qt hands balloons to the notification daemon, and they are only
        asked for where that is missing.
        """
        seen = not self._hosted and self._seen() and QSystemTrayIcon.supportsMessages()
        if seen:
            self._icon.showMessage(title, text, self._drawn(), round(seconds * 1000))
        return seen

    def hide(self) -> None:
        """Take the icon away, at the end."""
        self._waiting.stop()
        self._settling.stop()
        self._menu_due.stop()
        self._icon.hide()

    @Slot()
    def _paint_menu(self) -> None:
        self._menu.show(self._entries())

    def _drawn(self) -> QIcon:
        lamp, owed = self._face
        return self._lamps.icon(lamp, owed=owed)

    def _entries(self) -> tuple[Entry, ...]:
        """The menu as of now; before the first picture just enough not to be stuck."""
        if self._picture is None:
            leave = Entry(self._say(words.QUIT), Door.QUIT)
            return (Entry(self._say(words.OPEN), Door.OPEN), SEPARATOR, leave)
        doors = self._doors
        glance = Glance(doors.intents.now(), doors.zone, self._say)
        return entries(
            self._picture,
            glance,
            slipped=self._slipped,
            at_login=doors.at_login(),
            drills=doors.intents.test_fallbacks is not None,
            looked=self._looked,
        )

    # --- the icon and those who show it

    def _make(self) -> None:
        """Icon and menu, of the kind that fits the host there is now."""
        self._hosted = self._host.present
        self._menu = HostedMenu(
            self._lamps,
            partial(perform, doors=self._doors),
            self._entries,
            hosted=self._hosted,
            parent=self,
        )
        self._menu.opened.connect(self.looked)
        self._menu.show(self._entries())
        self._icon = QSystemTrayIcon(self._drawn(), self)
        self._icon.setToolTip(self._tip)
        self._icon.setContextMenu(self._menu.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.balloon_clicked)
        self._icon.show()

    def _make_anew(self) -> None:
        icon, menu = self._icon, self._menu
        icon.hide()
        icon.deleteLater()
        menu.deleteLater()
        self._make()

    @Slot()
    def _host_changed(self) -> None:
        """A host that has come is served at once; one that went may only be restarting."""
        if self._waiting.isActive():
            self._waiting.start()
        if self._host.present:
            self._settling.stop()
            self._settle()
        else:
            self._settling.start()

    @Slot()
    def _settle(self) -> None:
        """Qt chooses StatusNotifierItem or XEmbed when an icon is made, and never again.

        An icon made before the host came would stay invisible on a host that knows only the
        former (desktop.md 2). One that had a host registers again by itself when that returns.
        """
        if self._host.present != self._hosted and (self._host.present or self._available()):
            self._make_anew()

    @Slot()
    def _look_for_home(self) -> None:
        if not self._host.present and not self._seen():
            self.homeless.emit(self._hint)

    def _seen(self) -> bool:
        """Whether anybody shows icons. Qt asks the bus, and would wait for one that hangs."""
        return self._host.listens() and self._available()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A left click opens the window; the menu is the host's affair."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._doors.open_window(None)


def _gist(picture: Picture) -> object:
    """What the menu says, its ages aside: those are told from the moment it opens."""
    return (
        picture.headline,
        picture.owed,
        picture.paused_until,
        tuple(
            (
                *(
                    row.key,
                    row.lamp,
                    row.summary,
                    row.override,
                    row.told,
                    row.acknowledged,
                    row.awaited,
                ),
                *(row.snoozed_until, *(one.id for one in row.fallbacks)),
            )
            for row in picture.rows
        ),
    )


_ENTITY = re.compile(r"&(?=#?\w+;)")


def tooltip(picture: Picture) -> str:
    """The headline as one plain line. Qt and some hosts read whatever looks like a tag."""
    return _ENTITY.sub("＆", sink.line(picture.headline).replace("<", "‹"))
