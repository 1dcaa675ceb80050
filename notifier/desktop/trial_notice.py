"""*Test notification*: says which way of telling took the notice, and what pushes and hooks did."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from notifier.desktop.buttons import Button, Primary
from notifier.desktop.frame import open_at
from notifier.desktop.labels import Words
from notifier.desktop.section import Stack, StateLine, beside_shape
from notifier.desktop.theme import Size, Tone, space
from notifier.model.picture import Lamp
from notifier.model.relay import Relayed
from notifier.model.tried import Tried
from notifier.wording import trial_notice as words
from notifier.wording.say import Say

_WIDE = space(112)


class TrialNotice(QDialog):
    """A sentence, and under it the ways that were tried before and why they did not take it.

    Pushes and hooks stand below with a line each; the ladder's answer does not wait for theirs.
    """

    again = Signal()
    """One more is wanted."""

    def __init__(self, say: Say, *, rehearsal: bool = False) -> None:
        super().__init__()
        self._say, self._title = say, words.title(say, rehearsal=rehearsal)
        self.setWindowTitle(say("{title} – AI Notifier", title=self._title))
        self._answer = StateLine(strong=True, selectable=True)
        self._refused = Stack(lambda: Words(Size.SMALL, tone=Tone.SOFT, selectable=True), space(1))
        self._refused.setContentsMargins(beside_shape(), 0, 0, 0)
        self._relays = Stack(lambda: StateLine(selectable=True), space(1))
        self._again = Button(say(words.AGAIN))
        self._again.setAutoDefault(False)
        self._again.clicked.connect(lambda _checked: self.again.emit())
        self._close = Primary(say(words.CLOSE))
        self._close.clicked.connect(lambda _checked: self.reject())
        self._lay_out()
        self.sending()
        open_at(self, _WIDE, self.sizeHint().height())
        self._close.setFocus()

    def sending(self) -> None:
        """It is on its way."""
        self._tried: Tried | None = None
        self._relayed: tuple[Relayed, ...] | None = None
        self._paint()

    def show_answer(self, tried: Tried) -> None:
        """Which way took it, or why none did."""
        self._tried = tried
        self._paint()

    def show_relayed(self, relayed: tuple[Relayed, ...]) -> None:
        """What became of it at each push and hook."""
        self._relayed = relayed
        self._paint()

    def _paint(self) -> None:
        tried, say = self._tried, self._say
        self._again.setEnabled(tried is not None and self._relayed is not None)
        self._show_relays(() if tried is None else self._beside())
        if tried is None:
            self._show(Lamp.EMPTY, say(words.SENDING), "", ())
            return
        lamp, text = words.conclusion(tried, say)
        refused = tuple(words.refusal(one, say) for one in tried.refused)
        self._show(lamp, text, words.hint(tried, say), refused)

    def _beside(self) -> tuple[tuple[Lamp, str], ...]:
        if self._relayed is None:
            return ((Lamp.EMPTY, self._say(words.RELAYING)),)
        return tuple(words.passed_on(one, self._say) for one in self._relayed)

    def _show_relays(self, lines: tuple[tuple[Lamp, str], ...]) -> None:
        for line, (lamp, text) in zip(self._relays.need(len(lines)), lines, strict=True):
            line.say(lamp, text, spoken=text)
            line.updateGeometry()  # Qt would tell the layouts around it only later
        self._relays.updateGeometry()

    def _show(self, lamp: Lamp, text: str, hint: str, refused: tuple[str, ...]) -> None:
        self._answer.say(lamp, text, under=hint, spoken=f"{text} {hint}".strip())
        for line, why in zip(self._refused.need(len(refused)), refused, strict=True):
            line.say(why)
        self._fit()

    def _fit(self) -> None:
        """As high as its words are now; it never shrinks under the hand."""
        self._room.activate()
        wanted = self._room.heightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def _lay_out(self) -> None:
        title, about = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(self._title)
        about.say(self._say(words.ABOUT))
        room = self._room = QVBoxLayout(self)
        room.setContentsMargins(space(6), space(5), space(6), space(5))
        room.setSpacing(space(2))
        room.addWidget(title)
        room.addWidget(about)
        room.addSpacing(space(1))
        room.addWidget(self._answer)
        room.addWidget(self._refused)
        room.addWidget(self._relays)
        room.addStretch(1)
        room.addSpacing(space(2))
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addStretch(1)
        line.addWidget(self._again)
        line.addWidget(self._close)
        room.addLayout(line)
