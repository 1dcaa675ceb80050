"""The scratch pad: a text, and what works right now to take it to. Opens, keeps and copies nothing.

It says what is wished; what will become of the text stands beside each button before it is pressed.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from notifier.desktop import theme
from notifier.desktop.buttons import Button, Fold
from notifier.desktop.flow import Flow
from notifier.desktop.frame import Hairline, open_at
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack, StateLine, beside_shape, column
from notifier.desktop.theme import Size, Tone, space
from notifier.desktop.tick_box import TickBox
from notifier.desktop.writing import Writing
from notifier.model.picture import Lamp, Row, ShownExclusion, ShownFallback
from notifier.model.service import Apps
from notifier.model.way_in import WayIn
from notifier.ways_in import way_in
from notifier.wording import scratch_pad as words
from notifier.wording import sink
from notifier.wording import window as why_words
from notifier.wording.say import Say
from notifier.wording.ways_in import sentence

_SAID_FOR = 5_000
"""Milliseconds for which a button says what it has done."""

_LONGEST = 32
"""Characters of a button, whatever a service is called."""


class ScratchPad(QDialog):
    """Kept from one opening to the next: closing it loses nothing.

    `installed` tells whether one of these apps is here. In a `rehearsal` it says so, and there is
    nowhere to keep a draft: then `keeps` is False.
    """

    changed = Signal()
    """The text, or whether it is private."""

    keep_wished = Signal(bool)
    open_wished = Signal(object)
    """A `ShownFallback`."""

    copy_wished = Signal()

    def __init__(
        self,
        say: Say,
        installed: Callable[[Apps], bool],
        *,
        rehearsal: bool = False,
        keeps: bool = True,
    ) -> None:
        super().__init__()
        self._say, self._installed = say, installed
        self._title = words.title(say, rehearsal=rehearsal)
        self.setWindowTitle(say("{title} – AI Notifier", title=self._title))
        self._said = StateLine(selectable=True)
        self._text = Writing(say(words.FIELD))
        self._count = Words(Size.SMALL, tone=Tone.SOFT)
        self._private, self._keep = TickBox(say(words.PRIVATE)), TickBox(say(words.KEEP))
        self._lasts = Words(Size.SMALL, tone=Tone.SOFT)
        self._copy, self._close = Button(say(words.COPY)), Button(say(words.CLOSE))
        self._offers = Stack(self._offer, space(4))
        self._nothing = Words(tone=Tone.SOFT)
        self._excluded = Stack(lambda: Words(Size.SMALL, tone=Tone.SOFT), space(1))
        self._fold = Fold(self._excluded)
        self._section = Section("", self._nothing, self._offers, self._fold)
        self._shown: tuple[ShownFallback, ...] = ()
        self._as_written = ""
        self._done = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._keep.setVisible(keeps)
        self._lay_out()
        self._connect()
        self._written()
        self.say_what(Lamp.EMPTY, "")
        self.setMinimumSize(space(90), space(70))
        open_at(self, space(150), space(170))
        self._text.setFocus()

    # -- the draft

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self._as_written

    @property
    def private(self) -> bool:
        """Whether it is to be put into no address."""
        return self._private.isChecked()

    def show_draft(self, text: str, *, private: bool, kept: bool) -> None:
        """Show a draft that was written before."""
        for box, ticked in ((self._private, private), (self._keep, kept)):
            box.blockSignals(True)
            box.setChecked(ticked)
            box.blockSignals(False)
        self._text.show_text(text)

    def copied(self) -> None:
        """The text is on the clipboard; the name of a button that is changed is read aloud."""
        self._copy.name(self._say(words.COPIED))
        self._done.start()

    def not_kept(self, why: str) -> None:
        """The draft could not be kept, or not be removed."""
        self.say_what(Lamp.WATCH, why)

    def say_what(self, lamp: Lamp, text: str) -> None:
        """Say something at the top, or nothing any more."""
        self._said.say(lamp, text, spoken=text)
        self._said.setVisible(bool(text))

    # -- what works

    def show_offers(
        self,
        row: Row | None,
        offers: tuple[ShownFallback, ...],
        excluded: tuple[ShownExclusion, ...],
    ) -> None:
        """Show what can be opened instead of the service of `row`, and what is not offered."""
        self._shown = offers
        self._section.heading.say(words.heading(row, self._say))
        self._nothing.say("" if offers or row is None else words.nothing(self._say))
        for line, one in zip(self._excluded.need(len(excluded)), excluded, strict=True):
            line.say(why_words.exclusion_sentence(one, self._say))
        count = len(excluded)
        title = self._say.plural("{count} is not offered", "{count} are not offered", count)
        self._fold.show_if(title, wanted=count > 0)
        self._show_ways()

    def bring_up(self) -> None:
        """Show it in front of the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._text.setFocus()

    def _offer(self) -> "Offer":
        return Offer(self.open_wished.emit)

    def _show_ways(self) -> None:
        text, private = self.text, self.private
        for offer, one in zip(self._offers.need(len(self._shown)), self._shown, strict=True):
            way = way_in(one, text, private=private)
            app = self._installed(way.apps)
            offer.show_way(one, way, self._say, app=app)

    @Slot()
    def _written(self) -> None:
        """The text is another one now: what will become of it is said anew."""
        text = self._as_written = self._text.written()
        self._count.say(words.count(len(text), self._say))
        self._copy.setEnabled(bool(text))
        kept = self._keep.isChecked()
        lasts = words.kept(self._say) if kept else words.in_memory(self._say)
        self._lasts.say(lasts)
        self._show_ways()

    def _connect(self) -> None:
        self._text.textChanged.connect(self._written)
        self._text.textChanged.connect(self.changed)
        self._text.full.connect(self._full)
        self._private.toggled.connect(self._written)
        self._private.toggled.connect(self.changed)
        self._keep.toggled.connect(self._written)
        self._keep.toggled.connect(self.keep_wished)
        self._copy.clicked.connect(lambda _checked: self.copy_wished.emit())
        self._close.clicked.connect(lambda _checked: self.close())
        self._done.timeout.connect(lambda: self._copy.name(self._say(words.COPY)))

    @Slot()
    def _full(self) -> None:
        self.say_what(Lamp.WATCH, self._say(words.TOO_LARGE))

    # -- its looks

    def _lay_out(self) -> None:
        for button in (self._copy, self._close):
            button.setAutoDefault(False)  # Enter in the text is a line break, and nothing else
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(0)
        room.addWidget(self._scroller(), 1)
        room.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(space(6), space(3), space(6), space(3))
        foot.setSpacing(space(2))
        foot.addWidget(self._count, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._copy)
        foot.addWidget(self._close)
        room.addLayout(foot)

    def _scroller(self) -> QScrollArea:
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        room = QVBoxLayout(page)
        room.setContentsMargins(space(6), space(5), space(6), space(5))
        room.setSpacing(space(2))
        title, about = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(self._title)
        about.say(self._say(words.ABOUT))
        self._text.setMinimumHeight(space(24))
        for widget in (title, about, self._said):
            room.addWidget(widget)
        room.addSpacing(space(1))
        room.addWidget(self._text, 1)
        room.addWidget(self._boxes())
        room.addWidget(self._lasts)
        room.addSpacing(space(4))
        room.addWidget(self._section)
        return self._scrolled(page)

    def _boxes(self) -> QWidget:
        boxes = QWidget()
        flow = Flow(boxes, gap=space(4))
        flow.addWidget(self._private)
        flow.addWidget(self._keep)
        return boxes

    def _scrolled(self, page: QWidget) -> QScrollArea:
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroller.setAccessibleName(self._say(words.TITLE))
        scroller.setWidget(page)
        scroller.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        return scroller


class Offer(QWidget):
    """One thing that can be opened: how it stands, why it is offered, what becomes of the text."""

    def __init__(self, opened: Callable[[ShownFallback], None]) -> None:
        super().__init__()
        self._one: ShownFallback | None = None
        self._opened = opened
        self._state = StateLine(strong=True)
        self._becomes = Words()
        self._open = Button()
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._pressed)
        said = QWidget()
        lines = column(said, space(0))
        lines.addWidget(self._state)
        below = QHBoxLayout()
        below.setContentsMargins(beside_shape(), 0, 0, 0)
        below.addWidget(self._becomes)
        lines.addLayout(below)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(said, 1)
        room.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)

    def show_way(self, one: ShownFallback, way: WayIn, say: Say, *, app: bool) -> None:
        """Show one, and what pressing its button does."""
        self._one = one
        reasons, becomes = why_words.reasons(one), sentence(way, say, app=app)
        self._state.say(theme.LAMP_OF[one.state], one.name, under=reasons)
        self._becomes.say(becomes)
        self._open.name(sink.line(say("Open {name}", name=one.name), _LONGEST))
        self._open.setAccessibleDescription(sink.line(becomes))

    def _pressed(self) -> None:
        if self._one is not None:
            self._opened(self._one)
