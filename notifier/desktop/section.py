"""The bricks of a page: a titled section, a line with a state's shape, a stack of such lines."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from notifier.desktop.labels import Shape, Words, side
from notifier.desktop.theme import Size, Tone, space
from notifier.model.picture import Lamp

W = TypeVar("W", bound=QWidget)


def column(parent: QWidget, gap: int = 0) -> QVBoxLayout:
    """Everything under each other, `gap` pixels apart, without a margin."""
    room = QVBoxLayout(parent)
    room.setContentsMargins(0, 0, 0, 0)
    room.setSpacing(gap)
    return room


class Stack(QWidget, Generic[W]):
    """As many widgets under each other as are needed, kept from picture to picture."""

    def __init__(self, make: Callable[[], W], gap: int = 0) -> None:
        super().__init__()
        self._make = make
        self._made: list[W] = []
        self._room = column(self, gap)

    def need(self, count: int) -> list[W]:
        """The first `count` widgets; the others are hidden, so that focus is not lost."""
        while len(self._made) < count:
            self._made.append(self._make())
            self._room.addWidget(self._made[-1])
        for place, widget in enumerate(self._made):
            widget.setVisible(place < count)
        self.setVisible(count > 0)
        return self._made[:count]


class Section(QWidget):
    """A heading and what stands under it."""

    def __init__(self, title: str, *content: QWidget) -> None:
        super().__init__()
        room = column(self, space(2))
        self.heading = Words(strong=True)
        self.heading.say(title)
        room.addWidget(self.heading)
        for widget in content:
            room.addWidget(widget)


class StateLine(QWidget):
    """A shape, a text beside it, a small soft text under that, and one at the end of the line."""

    def __init__(self, *, strong: bool = False, selectable: bool = False) -> None:
        super().__init__()
        self.shape = Shape()
        self.text = Words(strong=strong, selectable=selectable)
        self.under = Words(Size.SMALL, tone=Tone.SOFT)
        self.end = Words(Size.SMALL, tone=Tone.SOFT, wrap=False, beside=True)
        words = QVBoxLayout()
        words.setSpacing(space(0))
        words.addWidget(self.text)
        words.addWidget(self.under)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(2))
        room.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        room.addLayout(words, 1)
        room.addWidget(self.end, 0, Qt.AlignmentFlag.AlignTop)

    def say(
        self, lamp: Lamp, text: str, *, under: str = "", end: str = "", spoken: str = ""
    ) -> None:
        """Show it; `spoken` is the whole line as one sentence."""
        self.shape.show_lamp(lamp)
        self.text.say(text, spoken=spoken)
        self.under.say(under)
        self.end.say(end)


def beside_shape() -> int:
    """Where text begins that stands under a line with a shape, in logical pixels."""
    return side(Size.NORMAL) + space(2)
