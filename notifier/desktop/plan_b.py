"""Before anything fails: what most of the tools may stand on, and when fallbacks were tested."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from notifier.desktop.buttons import Link
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack
from notifier.desktop.theme import Size, Tone, space
from notifier.model.health import failing
from notifier.model.picture import Picture
from notifier.wording import drill as words
from notifier.wording.exposure import TITLE
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.tray import TEST_FALLBACKS

MOST = 2
"""Sentences in the window; `notifier doctor` has all."""


class PlanB(Section):
    """Shown while nothing fails: then there is time to think of it."""

    def __init__(self, say: Say, intents: Intents) -> None:
        self._tests = intents.test_fallbacks is not None
        self._sentences = Stack(lambda: Words(tone=Tone.SOFT), space(1))
        self._tested = Words(Size.SMALL, tone=Tone.SOFT)
        test = Link(say(TEST_FALLBACKS))
        if intents.test_fallbacks is not None:
            wanted = intents.test_fallbacks
            test.clicked.connect(lambda _checked: wanted())
        self._line = QWidget()
        room = QHBoxLayout(self._line)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(test, 0, Qt.AlignmentFlag.AlignVCenter)
        room.addWidget(self._tested, 1, Qt.AlignmentFlag.AlignVCenter)
        super().__init__(say(TITLE), self._sentences, self._line)

    def show_picture(self, picture: Picture, glance: Glance) -> None:
        """Show it, or nothing while something fails."""
        told = picture.exposure[:MOST]
        for line, sentence in zip(self._sentences.need(len(told)), told, strict=True):
            line.say(sentence)
        self._tested.say(words.last_tested(picture.fallbacks_tested, glance.at.utc, glance.say))
        self._line.setVisible(self._tests)
        calm = not any(failing(row.verdict.health) for row in picture.rows)
        self.setVisible(calm and (self._tests or bool(told)))
