"""The top of the window: the lamp, the overall sentence, and the two things to do about it all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from notifier.desktop.buttons import Button
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Shape, Words
from notifier.desktop.theme import Size, space
from notifier.model.picture import Picture
from notifier.wording.say import Say


class Header(QWidget):
    """Paints the picture's headline. `check` is the button *Is it me? Check now*."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._shape = Shape(Size.LARGE)
        self._headline = Words(strong=True)
        self.check = Button(say("Is it me? Check now"))
        self._tools = Button(say("Add or remove tools…"))
        self._tools.clicked.connect(lambda _checked: intents.open_chooser())
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._room.setContentsMargins(space(4), space(3), space(4), space(3))
        self._room.setSpacing(space(3))
        self._room.addLayout(self._sentence(), 1)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        line.addWidget(self.check)
        line.addWidget(self._tools)
        self._room.addWidget(buttons, 0, Qt.AlignmentFlag.AlignLeading)

    def show_picture(self, picture: Picture) -> None:
        """Show the whole in one sentence."""
        self._shape.show_lamp(picture.lamp)
        self._headline.say(picture.headline)
        self.check.setVisible(bool(picture.rows))

    def stack(self, *, narrow: bool) -> None:
        """Put the buttons under the sentence where the window is narrow."""
        way = QBoxLayout.Direction
        self._room.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _sentence(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(space(3))
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._headline, 1, Qt.AlignmentFlag.AlignVCenter)
        return line
