"""The field a longer text is written or pasted into: plain, and no larger than a draft may be."""

import re

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from notifier.desktop import theme
from notifier.desktop.buttons import ring
from notifier.desktop.theme import Tone, space
from notifier.model.way_in import MOST_WRITTEN

_BREAKS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})
"""How Qt's documents part their lines."""

_NO_WORD = re.compile(r"\S{4000,}")
"""Longer than any word: Qt looks for a place to break it, and takes minutes over a megabyte."""


class Writing(QTextEdit):
    """The system's, with a ring that is always seen. Tab leads on, for it is no editor of code.

    Not the one for plain text: that sets what is written from right to left at the left side.
    """

    full = Signal()
    """Something was left out, for there is no room for it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(space(2))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.ink(palette, Tone.SOFT))
        self.setPalette(palette)

    def written(self) -> str:
        """The text as it was written. Qt's own `toPlainText` makes no-break spaces common ones."""
        return self.document().toRawText().translate(_BREAKS)

    def show_text(self, text: str) -> None:
        """Show a text that was written before."""
        self._prepare_for(text)
        self.setPlainText(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged out is as plain as the text is."""
        copied = QMimeData()
        copied.setText(self.textCursor().selectedText().translate(_BREAKS))
        return copied

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text alone: no picture, no file, no markup."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted or dropped, as plain text and whole, or not at all."""
        text = source.text()
        if self._takes(_size(text)):
            self._prepare_for(text)
            self.insertPlainText(text)
        else:
            self.full.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter too many is not typed."""
        if event.text().isprintable() and event.text() and not self._takes(_size(event.text())):
            self.full.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Nor is one that is put together from several keys."""
        if event.commitString() and not self._takes(_size(event.commitString())):
            self.full.emit()
        else:
            super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            ring(painter, self.viewport())
            painter.end()

    def _prepare_for(self, text: str) -> None:
        """Have what has no words broken anywhere."""
        if _NO_WORD.search(text):
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _takes(self, more: int) -> bool:
        """Whether so many bytes still have room; what is selected makes room for them."""
        # No character has more than four bytes: only a large text need be measured.
        if 4 * self.document().characterCount() + more <= MOST_WRITTEN:
            return True
        less = _size(self.textCursor().selectedText())
        return _size(self.written()) - less + more <= MOST_WRITTEN


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
