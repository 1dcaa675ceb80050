"""The tray icon's own balloon, where no daemon took the notice. No buttons, no taking back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from notifier.channels import Done, Undeliverable
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.wording import sink

SECONDS = 15.0
"""How long it stays: it cannot be taken back, so it must not stay until it is seen."""

Blow = Callable[[str, str, float], bool]
"""Shows title and text for so many seconds; False where nobody would see it."""


class Balloon(QObject):
    """The channel over `Tray.balloon`. Connect the tray's `balloon_clicked` to `clicked`."""

    pressed = Signal(object, object)
    """`NoticeId` and `DETAILS`."""

    rung = Rung.BALLOON

    def __init__(self, blow: Blow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blow = blow
        self._last: NoticeId | None = None

    def deliver(self, notice: Notice, done: Done) -> None:
        """Show it where balloons are seen."""
        if not self._blow(sink.line(notice.title), sink.lines(notice.body), SECONDS):
            done(Undeliverable("no tray that draws balloons"))
            return
        self._last = notice.id
        done("")

    def withdraw(self, notice: NoticeId) -> None:
        """It goes by itself; a click on it means nothing any more."""
        if notice == self._last:
            self._last = None

    def describe(self, then: Callable[[Behind], None]) -> None:
        """It is our own."""
        then(Behind())

    @Slot()
    def clicked(self) -> None:
        """Qt does not say which balloon was clicked; only the last one can be up."""
        if self._last is not None:
            self.pressed.emit(self._last, Action.DETAILS)
