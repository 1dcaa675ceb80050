"""The engine's face in the tray program: everything is handed over to Qt's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notifier.desktop.bridge import Bridge
    from notifier.model.announcement import Notice, Withheld
    from notifier.model.effect import Withdraw
    from notifier.model.picture import Picture


class BridgeFace:
    """Called in the engine's thread; frozen values go over, nothing comes back."""

    def __init__(self, bridge: Bridge, mark: str = "") -> None:
        """Speak through `bridge`; every notice and headline begins with `mark`, if there is one."""
        self._bridge = bridge
        self._mark = mark

    def show(self, picture: Picture) -> None:
        """Hand a picture over."""
        if self._mark:
            picture = replace(picture, headline=f"{self._mark}: {picture.headline}")
        self._bridge.shown.emit(picture)

    def tell(self, notice: Notice) -> None:
        """Hand a notice over."""
        if self._mark:
            notice = replace(notice, title=f"{self._mark}: {notice.title}")
        self._bridge.told.emit(notice)

    def withdraw(self, gone: Withdraw) -> None:
        """Hand over that a notice is to be closed."""
        self._bridge.withdrawn.emit(gone.notice)

    def hush(self, withheld: Withheld) -> None:
        """A silence is in the log and the history; nothing is shown of it."""
