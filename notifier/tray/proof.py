"""Copies the proof of an outage: the engine's thread reads the diary, Qt's fills the clipboard.

The clipboard is written to and never read.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from notifier.app.zone import zone_name
from notifier.tray import work as working
from notifier.wording.proof import Copied, nothing, proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from notifier.model.dossier import Dossier
    from notifier.model.moment import Moment
    from notifier.model.service import Service, ServiceKey
    from notifier.tray.work import Work
    from notifier.watch.thread import LoopThread
    from notifier.wording.say import Say

log = logging.getLogger(__name__)


class Prover(QObject):
    """Takes a wish for a proof, and says when it is on the clipboard."""

    copied = Signal(str)
    """The key of the service of whose outage there is a proof on the clipboard now."""

    failed = Signal(str)
    """A sentence: there was nothing to prove."""

    _came = Signal(str, object, object)
    """The key, its service and the dossier; emitted in the engine's thread."""

    def __init__(
        self,
        *,
        say: Say,
        zone: tzinfo,
        now: Callable[[], Moment],
        thread: LoopThread,
        work: Callable[[], Work | None],
    ) -> None:
        """`work` is what goes on in `thread` now; None where it has ended."""
        super().__init__()
        self._say, self._zone, self._now = say, zone, now
        self._thread, self._work = thread, work
        self._came.connect(self._fill)

    def copy(self, service: ServiceKey) -> None:
        """Have the diary read; Qt's thread waits for nothing."""
        self._thread.run(self._read(service))

    async def _read(self, key: ServiceKey) -> None:
        try:
            service, found = working.last_outage(self._work(), key)
        except Exception:
            log.exception("the diary could not be read for a proof")
            service = found = None
        self._came.emit(key, service, found)

    @Slot(str, object, object)
    def _fill(self, key: str, service: Service | None, found: Dossier | None) -> None:
        if service is None or found is None:
            self.failed.emit(nothing(service.name if service is not None else key, self._say))
            return
        rehearsal = working.is_rehearsal(self._work())
        copied = Copied(self._now().utc, self._zone, zone_name(), rehearsal)
        QGuiApplication.clipboard().setText(proof(found, service, copied, self._say))
        self.copied.emit(key)
