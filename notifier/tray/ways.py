"""The ways of telling this system has, best first: its own notifications, or the portal to them,
then the icon's balloon.

Each is imported when it is tried: what another system uses is never loaded here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from notifier.desktop.lamps import portrait

if TYPE_CHECKING:
    from notifier.channels import Channel
    from notifier.desktop.tray import Tray
    from notifier.model.announcement import Notice, NoticeId
    from notifier.storage.on_screen import Left
    from notifier.tray.around import Around


class Ways(QObject):
    """Makes the channels; `earlier` is what an earlier run left on the screen."""

    pressed = Signal(object, object)
    """`NoticeId` and `Action`, of whichever channel."""

    appeared = Signal()
    """One that could not be used can be: what is owed can be delivered."""

    def __init__(
        self,
        tray: Tray,
        around: Around,
        earlier: tuple[Left, ...],
        sound: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Nothing is made yet. `sound` is whether the person wants to hear a confirmed outage."""
        super().__init__(parent)
        self._tray = tray
        self._around = around
        self._earlier = earlier
        self._sound = sound

    def candidates(self) -> tuple[Callable[[], Channel], ...]:
        """What makes each of them; one that cannot be had here raises Undeliverable."""
        elsewhere = sys.platform in ("win32", "darwin")
        own = (self._notification_centre,) if elsewhere else (self._freedesktop, self._portal)
        return (*own, self._balloon)

    def _notification_centre(self) -> Channel:
        from notifier.channels.desktop_notifier import NotificationCentre

        channel = NotificationCentre(self._handles(), self, aloud=self._aloud)
        channel.pressed.connect(self.pressed)
        channel.appeared.connect(self.appeared)
        return channel

    def _freedesktop(self) -> Channel:
        from notifier.channels.freedesktop import Freedesktop

        details = self._around.say("Details")
        channel = Freedesktop(
            details, self._handles(), portray=portrait, aloud=self._aloud, parent=self
        )
        channel.pressed.connect(self.pressed)
        channel.appeared.connect(self.appeared)
        channel.lost.connect(self._around.bus_lost)
        return channel

    def _portal(self) -> Channel:
        from notifier.channels.portal import Portal

        channel = Portal(self._handles(), self, aloud=self._aloud)
        channel.pressed.connect(self.pressed)
        channel.appeared.connect(self.appeared)
        return channel

    def _balloon(self) -> Channel:
        from notifier.channels.balloon import Balloon

        channel = Balloon(self._tray.balloon, self)
        self._tray.balloon_clicked.connect(channel.clicked)
        channel.pressed.connect(self.pressed)
        return channel

    def _aloud(self, notice: Notice) -> bool:
        from notifier.channels.screen import stays

        return stays(notice) and self._sound()

    def _handles(self) -> dict[NoticeId, str]:
        return {left.notice: left.handle for left in self._earlier}
