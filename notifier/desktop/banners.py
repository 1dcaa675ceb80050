"""The lines across the top of the window: rehearsal, pause, and notices nobody else could show."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from notifier.desktop import theme
from notifier.desktop.buttons import Button
from notifier.desktop.flow import Flow
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Shape, Words
from notifier.desktop.section import column
from notifier.desktop.theme import space
from notifier.model.announcement import Action, Notice, NoticeId, Reason
from notifier.model.event import Wish
from notifier.model.picture import Lamp, Picture
from notifier.wording import stalled
from notifier.wording import window as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.tray import TEST_NOTICE

_MOST_NOTICES = 3
"""More than this at once would push the verdict out of sight; the oldest give way."""

_ROOM_FOR_TEXT = space(90)

_LAMPS = {
    Reason.OUTAGE: Lamp.TROUBLE,
    Reason.WORSE: Lamp.TROUBLE,
    Reason.REOPENED: Lamp.TROUBLE,
    Reason.SUMMARY: Lamp.TROUBLE,
    Reason.SUSPECTED: Lamp.WATCH,
    Reason.ACCOUNT: Lamp.WATCH,
    Reason.RECOVERED: Lamp.CLEAR,
    Reason.ONLINE: Lamp.CLEAR,
    Reason.MAINTENANCE: Lamp.MAINTENANCE,
}
"""The shape beside a notice; every other reason is no state of a service."""


class Banner(QWidget):
    """A tinted line: the shape of a state or none, a title, a text under it, and buttons."""

    def __init__(self, lamp: Lamp | None = None) -> None:
        super().__init__()
        self._lamp = lamp
        self._title, self._text = Words(strong=True), Words()
        self._buttons = QWidget()
        self._line = Flow(self._buttons)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(space(4), space(2), space(4), space(2))
        self._body.setSpacing(space(2))
        self._body.addLayout(self._told(), 1)
        self._body.addWidget(self._buttons)
        self._buttons.hide()

    def _told(self) -> QGridLayout:
        """Shape and title in one line, the text under the title, in the middle of the height."""
        told = QGridLayout()
        told.setHorizontalSpacing(space(2))
        told.setVerticalSpacing(0)
        if self._lamp is not None:
            shape = Shape()
            shape.show_lamp(self._lamp)
            told.addWidget(shape, 1, 0)
        told.addWidget(self._title, 1, 1)
        told.addWidget(self._text, 2, 1)
        told.setColumnStretch(1, 1)
        told.setRowStretch(0, 1)
        told.setRowStretch(3, 1)
        return told

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons stand beside the text where there is room, else under it."""
        super().resizeEvent(event)
        narrow = event.size().width() - self._buttons.sizeHint().width() < _ROOM_FOR_TEXT
        way = QBoxLayout.Direction
        self._body.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def say(self, title: str, text: str = "") -> None:
        """Show the line; without a title there is none."""
        self._title.say(title)
        self._text.say(text)
        self.setVisible(bool(title or text))

    def add(self, label: str, pressed: Callable[[], None]) -> None:
        """One more button."""
        button = Button(label)
        button.clicked.connect(lambda _checked: pressed())
        self._line.addWidget(button)
        button.show()
        self._buttons.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt hands it
        """The tinted ground."""
        painter = QPainter(self)
        palette, rect = self.palette(), self.rect()
        tint = theme.chosen(palette) if self._lamp is None else theme.banner(palette, self._lamp)
        painter.fillRect(rect, tint)
        painter.setPen(theme.hairline(palette))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.end()


class Banners(QWidget):
    """All the lines across the top, each hidden while it has nothing to say."""

    slip_answered = Signal(bool)
    """The line about something of ours that failed was answered: whether by opening the log."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._say, self._intents = say, intents
        self._notices: dict[NoticeId, tuple[Notice, Banner]] = {}
        self._caption = Banner()
        self._paused = Banner(Lamp.PAUSED)
        self._paused.add(say("Resume"), lambda: intents.send(Wish.RESUME))
        self._owed = Banner(Lamp.BLIND)
        self._owed.add(say(TEST_NOTICE), intents.try_notice)
        self._room = column(self)
        self._hint = Banner()
        self._hint.add(say("Dismiss"), self._hint.hide)
        self._settings = Banner(Lamp.WATCH)
        self._slip = Banner(Lamp.WATCH)
        self._slip.add(stalled.open_log(say), lambda: self.slip_answered.emit(True))
        self._slip.add(say("Dismiss"), lambda: self.slip_answered.emit(False))
        standing = (self._caption, self._hint, self._slip, self._settings, self._paused, self._owed)
        for banner in standing:
            self._room.addWidget(banner)
            banner.hide()

    def caption(self, text: str) -> None:
        """What a rehearsal plays just now; empty for none."""
        self._caption.say(text)

    def hint(self, text: str) -> None:
        """Something about this desktop, until it is dismissed."""
        self._hint.say("", text)

    def slip(self, *, slipped: bool) -> None:
        """Whether something of ours failed, and nobody has looked into it."""
        title, text = stalled.slip_title(self._say), stalled.slip_text(self._say)
        self._slip.say(title if slipped else "", text if slipped else "")

    def show_picture(self, picture: Picture, glance: Glance) -> None:
        """Show what the picture says of pauses and of notices nobody took."""
        self._paused.say(words.paused(picture, glance))
        owed = 0 if self._notices else picture.owed
        self._owed.say(words.owed(owed, self._say) if owed else "")
        count = len(picture.complaints)
        self._settings.say(
            words.complaints(count, self._say) if count else "", "\n".join(picture.complaints)
        )

    def notice(self, notice: Notice) -> None:
        """Show a notice in place of the desktop's own; it replaces what it replaces."""
        for id_, (shown, _) in tuple(self._notices.items()):
            if id_ == notice.replaces or set(shown.threads) & set(notice.threads):
                self.withdraw(id_)
        while len(self._notices) >= _MOST_NOTICES:
            self.withdraw(next(iter(self._notices)))
        banner = Banner(_LAMPS.get(notice.reason, Lamp.BLIND))
        self._room.addWidget(banner)
        banner.say(notice.title, notice.body)
        for action, label in zip(notice.actions, notice.labels, strict=False):
            banner.add(label, partial(self._answer, notice, action))
        banner.add(self._say("Dismiss"), lambda: self.withdraw(notice.id))
        self._notices[notice.id] = (notice, banner)
        self._owed.hide()

    def withdraw(self, notice: NoticeId) -> None:
        """Take a notice away."""
        if (shown := self._notices.pop(notice, None)) is not None:
            shown[1].hide()
            shown[1].deleteLater()

    def _answer(self, notice: Notice, action: Action) -> None:
        match action:
            case Action.FALLBACK:
                self._intents.open_instead(notice.open_url or "")
            case Action.GOT_IT | Action.TELL_ME:
                wish = Wish.GOT_IT if action is Action.GOT_IT else Wish.TELL_ME
                for service in notice.services:
                    self._intents.send(wish, service)
            case Action.SNOOZE:
                for service in notice.services:
                    self._intents.snooze(service)
            case Action.DETAILS:
                return
        self.withdraw(notice.id)
