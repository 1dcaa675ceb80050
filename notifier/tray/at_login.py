"""The box *Start when I log in*, of the menu and the chooser, over this system's autostart.

Only the default profile has one. Names only: what looks is imported when it is first asked.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notifier.wording.say import Say

log = logging.getLogger(__name__)


class AtLogin:
    """Looks every time it is asked: the desktop's own settings may change it as well."""

    def __init__(self, say: Say) -> None:
        """Nothing is looked at yet."""
        self._say = say
        self._shown = False

    def ticked(self) -> bool:
        """Whether it starts at login, as the box is about to say."""
        from notifier.autostart import current, starts

        self._shown = starts(current().status())
        return self._shown

    def toggle(self) -> str:
        """Have it otherwise than the box last said; why that cannot be, or nothing."""
        return self.turn(on=not self._shown)

    def turn(self, *, on: bool) -> str:
        """Switch it on or off; why that cannot be, or nothing."""
        from notifier.autostart import Refused, current

        autostart = current()
        try:
            if on:
                autostart.on()
            else:
                autostart.off()
        except Refused as refused:
            return str(refused)
        return ""

    def verify(self) -> None:
        """Have the log say what is wrong with the entry, if anything is."""
        from notifier.autostart import Barred, Stale, current, sentence

        found = current().status()
        if isinstance(found, (Barred, Stale)):
            log.warning("%s", sentence(found, self._say))
