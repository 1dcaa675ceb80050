"""The main window: paints a picture, keeps selection and scroll, answers clicks with wishes."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from notifier.desktop.banners import Banners
from notifier.desktop.frame import Empty, Hairline, Split, open_at
from notifier.desktop.header import Header
from notifier.desktop.intents import Intents, KeyWishes, Send
from notifier.desktop.is_it_me import PATIENCE
from notifier.desktop.section import column
from notifier.desktop.service_list import ServiceList
from notifier.desktop.service_page import ServicePage
from notifier.desktop.theme import space
from notifier.model.announcement import Notice, NoticeId
from notifier.model.event import Wish
from notifier.model.health import well
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import ServiceId, ServiceKey
from notifier.wording.glance import Glance
from notifier.wording.say import Say

REFRESH = 5_000
"""Milliseconds between two repaints of the ages, while the window can be seen."""

_NARROW = space(150)
"""Below this width the list stands over the page instead of beside it."""


class BoardWindow(QMainWindow):
    """Everything about every service. Build it when it is first opened, not before.

    `send` takes wishes to the engine, `now` is the engine's own clock, `zone` the person's.
    """

    slip_answered = Signal(bool)
    """The line about something of ours that failed was answered: whether by opening the log."""

    def __init__(
        self,
        *,
        say: Say,
        send: Send,
        open_url: Callable[[str], None],
        open_chooser: Callable[[], None],
        test_connection: Callable[[], None],
        try_notice: Callable[[], None],
        now: Callable[[], Moment],
        zone: tzinfo,
        keys: KeyWishes | None = None,
        copy_proof: Callable[[ServiceKey], None] | None = None,
        test_fallbacks: Callable[[], None] | None = None,
        take_along: Callable[[str], None] | None = None,
        open_pad: Callable[[ServiceKey | None], None] | None = None,
        have_account: Callable[[ServiceId], str] | None = None,
    ) -> None:
        super().__init__()
        self._say, self._zone = say, zone
        self._intents = Intents(
            send=send,
            open_url=open_url,
            open_chooser=open_chooser,
            now=now,
            test_connection=test_connection,
            try_notice=try_notice,
            keys=keys,
            copy_proof=copy_proof,
            take_along=take_along,
            open_pad=open_pad,
            test_fallbacks=test_fallbacks,
            have_account=have_account,
        )
        self._picture: Picture | None = None
        self._asked_at: Moment | None = None
        self._ages = QTimer(self, interval=REFRESH)
        self._ages.timeout.connect(self._paint)
        self._build()
        self._list.setFocus()
        self.set_caption("")
        self.setMinimumSize(space(80), space(70))
        open_at(self, space(260), space(170))

    @Slot(object)
    def show_picture(self, picture: Picture) -> None:
        """Paint a picture. What is selected and how far it is scrolled stay."""
        self._picture = picture
        self._list.show_rows(picture.rows, self._glance())
        self._paint()

    @Slot(object)
    def show_notice(self, notice: Notice) -> bool:
        """Show a notice no daemon took, if a person can see it here; whether that is so."""
        seen = self.isVisible() and not self.isMinimized()
        if seen:
            self._banners.notice(notice)
        return seen

    @Slot(object)
    def withdraw_notice(self, notice: NoticeId) -> None:
        """Take a notice away that is no longer true."""
        self._banners.withdraw(notice)

    def set_caption(self, text: str) -> None:
        """Mark everything as a rehearsal and say what it plays; an empty text unmarks it."""
        name = self._say("AI Notifier")
        self.setWindowTitle(self._say("Rehearsal – {name}", name=name) if text else name)
        self._banners.caption(text)

    def show_slip(self, *, slipped: bool) -> None:
        """Say that something of ours failed, or no longer."""
        self._banners.slip(slipped=slipped)

    def hint(self, text: str) -> None:
        """Say something about this desktop, until the person has dismissed it."""
        self._banners.hint(text)

    @Slot(str)
    def proof_copied(self, service: ServiceKey) -> None:
        """Say so at the button, where that service is in sight."""
        self._page.proof_copied(service)

    def bring_up(self) -> None:
        """Show the window in front of the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def select(self, service: ServiceKey) -> None:
        """Turn to one service."""
        self._list.select(service)

    def show_log(self) -> None:
        """Bring what was told of the service it is turned to into sight."""
        self._page.show_log()

    @Slot()
    def check_now(self) -> None:
        """*Is it me? Check now*: ask the engine to look, and show the four lines filling in."""
        self._intents.send(Wish.CHECK_NOW)
        self.is_it_me()

    @Slot()
    def is_it_me(self) -> None:
        """Show the four lines; a look has been asked for, and what is older is still to come."""
        self._turn_to_trouble()
        self._asked_at = self._intents.now()
        self._paint()
        self._page.show_lines()

    def showEvent(self, event: QShowEvent) -> None:
        """Ages run only while somebody can see them."""
        super().showEvent(event)
        self._paint()
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No timer wakes the machine for a window nobody sees."""
        super().hideEvent(event)
        self._ages.stop()

    def changeEvent(self, event: QEvent) -> None:
        """The same for a window in the task bar."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._ages.stop() if self.isMinimized() else self._ages.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and page stand beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < _NARROW)

    def _build(self) -> None:
        say, intents = self._say, self._intents
        self._banners, self._header = Banners(say, intents), Header(say, intents)
        self._banners.slip_answered.connect(self.slip_answered)
        self._header.check.clicked.connect(self.check_now)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Refresh), self, self.check_now)
        self._list, self._page = ServiceList(say), ServicePage(say, intents)
        self._list.picked.connect(self._turned)
        self._split = Split()
        self._split.addWidget(self._list)
        self._split.addWidget(self._page)
        self._split.setStretchFactor(1, 1)
        self._body = QStackedWidget()
        self._body.addWidget(self._split)
        self._body.addWidget(Empty(say, intents))
        whole = QWidget()
        room = column(whole)
        for part in (self._banners, self._header, Hairline(), self._body):
            room.addWidget(part)
        room.setStretch(3, 1)
        self.setCentralWidget(whole)

    def _arrange(self, *, narrow: bool) -> None:
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        self._header.stack(narrow=narrow)
        self._list.keep_low(low=narrow)
        if self._split.orientation() is not way or not any(self._split.sizes()):
            self._split.setOrientation(way)
            sizes = (space(34), space(100)) if narrow else (space(68), space(170))
            self._split.setSizes(sizes)

    def _glance(self) -> Glance:
        return Glance(self._intents.now(), self._zone, self._say)

    def _paint(self) -> None:
        """Paint the last picture at this moment."""
        picture = self._picture
        if picture is None:
            return
        glance = self._glance()
        if self._asked_at is not None and glance.at.since(self._asked_at) > PATIENCE:
            self._asked_at = None
        self._header.show_picture(picture)
        self._banners.show_picture(picture, glance)
        self._list.show_rows(picture.rows, glance)
        self._body.setCurrentIndex(0 if picture.rows else 1)
        if (row := self._selected(picture)) is not None:
            self._page.show_row(picture, row, glance, self._asked_at)

    @Slot(str)
    def _turned(self, _key: str) -> None:
        self._paint()

    def _selected(self, picture: Picture) -> Row | None:
        key = self._list.selected()
        return next((row for row in picture.rows if row.key == key), None)

    def _turn_to_trouble(self) -> None:
        """Who asks while looking at something that is fine means what is not."""
        picture = self._picture
        row = None if picture is None else self._selected(picture)
        if picture is None or row is None or not well(row.verdict.health):
            return
        worst = picture.rows[0]
        if not well(worst.verdict.health):
            self._list.select(worst.key)
