"""The small window in which something is done with a key: set, forgotten, tried by a real call.

It asks nobody itself and waits for nobody: it says what is wished, and is told what came of it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from notifier.desktop.buttons import Button, Primary
from notifier.desktop.fields import Field
from notifier.desktop.frame import open_at
from notifier.desktop.labels import Words
from notifier.desktop.section import StateLine
from notifier.desktop.theme import Size, Tone, space
from notifier.model.key import LONGEST, Secret
from notifier.model.picture import Lamp
from notifier.wording import key_dialog as words
from notifier.wording.say import Say

_WIDE = space(112)


class KeyField(Field):
    """A key is typed or pasted here. Nobody reads it back: not copied, not dragged, not spoken.

    Out of a field for passwords Qt itself puts nothing into the clipboard, and tells assistive
    technology no more than the length.
    """

    def __init__(self, say: Say) -> None:
        super().__init__(say(words.FIELD))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(LONGEST)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def taken(self) -> Secret:
        """What was typed, without the blanks that come along when it is pasted."""
        return Secret(self.text().strip())


class KeyDialog(QDialog):
    """A title, what it is about, perhaps a field for a key, and what came of it.

    Closing it, by whichever way, ends what is under way.
    """

    wished = Signal(object)
    """It is to be done: with the `Secret` that was typed, or None where none is asked for."""

    def __init__(self, say: Say, title: str, do: str, *, field: bool = False) -> None:
        """`do` names the button that does it."""
        super().__init__()
        self._say = say
        self.setWindowTitle(say("{title} – AI Notifier", title=title.rstrip("?")))
        self._title, self._text = Words(Size.LARGE, strong=True), Words()
        self._title.say(title)
        self._field = KeyField(say) if field else None
        self._place = Words(Size.SMALL, tone=Tone.SOFT)
        self._result = StateLine()
        self._do = Primary(say(do))
        self._leave = Button(say(words.CANCEL))
        self._leave.setAutoDefault(False)  # a second Enter must not cancel what the first began
        self._able = False
        self._lay_out()
        self._do.clicked.connect(lambda _checked: self.accept())
        self._leave.clicked.connect(lambda _checked: self.reject())
        if self._field is not None:
            self._field.textChanged.connect(lambda _text: self._enable())
        self._result.setVisible(False)
        self._place.say(say(words.LOOKING) if field else "")
        self._enable()
        open_at(self, _WIDE, self.sizeHint().height())
        (self._field or self._leave).setFocus()

    def show_offer(self, text: str) -> None:
        """Say what will be done; it cannot be done before it is allowed."""
        self._text.say(text)
        self._fit()

    def allow(self, place: str = "") -> None:
        """It can be done; `place` is where a key will be kept."""
        self._able = True
        self._place.say(place)
        self._enable()
        self._fit()
        if self._field is None:
            self._do.setFocus()

    def forbid(self, why: str) -> None:
        """It cannot be done here."""
        self._able = False
        if self._field is not None:
            self._field.setEnabled(False)
        self._enable()
        self._place.say("")
        self._say_result(Lamp.WATCH, why)
        self._leave.setFocus()

    def under_way(self, text: str) -> None:
        """It is being done; meanwhile there is only *Cancel*."""
        self._able = False
        self._say_result(Lamp.EMPTY, text)
        if self._field is not None:
            self._field.setEnabled(False)
        self._enable()
        self._leave.setFocus()

    def failed(self, text: str) -> None:
        """It was not done; what was typed stays, to try again."""
        self._able = True
        self._say_result(Lamp.WATCH, text)
        if self._field is not None:
            self._field.setEnabled(True)
        self._enable()
        (self._field or self._do).setFocus()

    def done(self, code: int) -> None:
        """Closed: nothing of what was typed stays behind."""
        if self._field is not None:
            self._field.clear()
        super().done(code)

    def succeed(self, lamp: Lamp, text: str) -> None:
        """It was done, and this came of it; there is nothing left but to close."""
        for widget in (self._field, self._text, self._place, self._do):
            if widget is not None:
                widget.setVisible(False)
        if self._field is not None:
            self._field.clear()
        self._say_result(lamp, text)
        self._leave.name(self._say(words.CLOSE))
        self._leave.setDefault(True)
        self._leave.setFocus()

    def accept(self) -> None:
        """The button, or Enter: it is wished, and the window stays to tell what comes of it."""
        if self._do.isEnabled():
            self.wished.emit(None if self._field is None else self._field.taken())

    def _enable(self) -> None:
        typed = self._field is None or bool(self._field.text().strip())
        self._do.setEnabled(self._able and typed)

    def _say_result(self, lamp: Lamp, text: str) -> None:
        self._result.say(lamp, text, spoken=text)
        self._result.setVisible(True)
        self._fit()

    def _fit(self) -> None:
        """As high as its words are now; it never shrinks under the hand."""
        self._room.activate()
        wanted = self._room.heightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def _lay_out(self) -> None:
        room = self._room = QVBoxLayout(self)
        room.setContentsMargins(space(6), space(5), space(6), space(5))
        room.setSpacing(space(2))
        room.addWidget(self._title)
        room.addWidget(self._text)
        if self._field is not None:
            room.addSpacing(space(1))
            room.addWidget(self._field)
        room.addWidget(self._place)
        room.addWidget(self._result)
        room.addStretch(1)
        room.addSpacing(space(2))
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addStretch(1)
        line.addWidget(self._leave)
        line.addWidget(self._do)
        room.addLayout(line)
