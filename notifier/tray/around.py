"""What a run in Qt's thread is handed: by the person's profile, or by a rehearsal in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from notifier.app.key_desk import KeyDesk
    from notifier.model.moment import Moment
    from notifier.model.service import ServiceId
    from notifier.model.way_in import WayIn
    from notifier.storage.on_screen import Left
    from notifier.tray.at_login import AtLogin
    from notifier.watch.wire import Wire
    from notifier.wording.say import Say


def _nothing() -> None:
    """Where there is nothing to do about it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a run needs of the person's profile, or of a rehearsal in its place.

    `wire` makes connections for *Test my connection*; it is called in the engine's thread.
    `choose` opens the chooser; None where there is nothing to choose. `earlier` reads what an
    earlier run left on the screen; it is asked once, when the icon stands already. `leaving` is
    called when the end begins, `bus_lost` when the session bus has ended. `at_login` is None where
    a login has nothing to do with this run; `key_desk` where nobody's keys have. `open_way` opens
    an alternative, and tells whether it could; `draft_file` is where the draft of the scratch pad
    is kept, None where none is. With `drills` it can be tested what would be used instead.
    `have_account` notes that the person has an account with a service, and says why it could not.
    """

    say: Say
    zone: tzinfo
    now: Callable[[], Moment]
    open_url: Callable[[str], object]
    open_way: Callable[[WayIn], bool]
    settings_file: Path
    log_file: Path
    wire: Callable[[], Wire]
    choose: Callable[[], None] | None = None
    earlier: Callable[[], tuple[Left, ...]] = tuple
    leaving: Callable[[], None] = _nothing
    bus_lost: Callable[[], None] = _nothing
    at_login: AtLogin | None = None
    key_desk: Callable[[], KeyDesk] | None = None
    drills: bool = False
    draft_file: Path | None = None
    have_account: Callable[[ServiceId], str] | None = None
