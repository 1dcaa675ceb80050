"""What is the person's own: their key and account, a server on their computer, their word."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from notifier.desktop.buttons import Button
from notifier.desktop.flow import Flow
from notifier.desktop.intents import Intents
from notifier.desktop.section import Section, Stack, StateLine, beside_shape, column
from notifier.desktop.theme import space
from notifier.model.event import Wish
from notifier.model.key import KeyState
from notifier.model.picture import KeyFate, Lamp, Row, ShownAccount
from notifier.wording import account as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say

_TRIED = frozenset({
    KeyFate.NOT_SAID, KeyFate.ACCEPTED, KeyFate.LIMITED, KeyFate.REFUSED, KeyFate.OVERLOADED,
    KeyFate.FAILING,
})  # fmt: skip
"""Where the key store has given the key, so that a real call can be made with it."""

_ANOTHER_TRY = frozenset({KeyState.LOCKED, KeyState.HANGING, KeyState.NO_STORE, KeyState.BROKEN})
"""What a person can change in a key store, so that it is worth asking again."""


class Account(Section):
    """The state of the person's key, and the buttons that do something about it."""

    def __init__(self, say: Say, intents: Intents) -> None:
        self._say, self._intents = say, intents
        self._row: Row | None = None
        self._state = StateLine()
        super().__init__(say(words.YOUR_ACCOUNT), self._state, self._buttons())

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show what became of the key of one service."""
        self._row = row
        shown = row.account
        self.setVisible(shown is not None)
        if shown is not None:
            facts = words.facts(shown, glance)
            spoken = f"{shown.words} {facts}".strip()
            self._state.say(shown.lamp, shown.words, under=facts, spoken=spoken)
            self._show_buttons(shown)

    def _buttons(self) -> QWidget:
        say = self._say
        self._set = self._button(say(words.SET), self._set_key)
        self._check = self._button(say(words.CHECK_AGAIN), self._check_again)
        self._deep = self._button(say(words.DEEP_CHECK), self._deep_check)
        self._replace = self._button(say(words.REPLACE), self._set_key)
        self._forget = self._button(say(words.FORGET), self._forget_key)
        box = QWidget()
        room = column(box)
        room.setContentsMargins(beside_shape(), 0, 0, 0)
        line = QWidget()
        flow = Flow(line)
        for button in (self._set, self._check, self._deep, self._replace, self._forget):
            flow.addWidget(button)
        room.addWidget(line)
        return box

    def _button(self, text: str, pressed: Callable[[], None]) -> Button:
        button = Button(text)
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _show_buttons(self, shown: ShownAccount) -> None:
        able = self._intents.keys is not None
        self._set.setVisible(able and not shown.kept)
        self._check.setVisible(shown.store in _ANOTHER_TRY)
        self._deep.setVisible(able and shown.deep is not None and shown.fate in _TRIED)
        self._replace.setVisible(able and shown.kept)
        self._forget.setVisible(able and shown.kept)

    def _set_key(self) -> None:
        if self._row is not None and self._intents.keys is not None:
            self._intents.keys.set_key(self._row)

    def _forget_key(self) -> None:
        if self._row is not None and self._intents.keys is not None:
            self._intents.keys.forget_key(self._row)

    def _deep_check(self) -> None:
        if self._row is not None and self._intents.keys is not None:
            self._intents.keys.deep_check(self._row)

    def _check_again(self) -> None:
        if self._row is not None:
            self._intents.send(Wish.CHECK_NOW, self._row.key)


class Server(Section):
    """A model server on this computer: whether it runs, and what it has loaded."""

    def __init__(self, say: Say) -> None:
        self._state = StateLine()
        super().__init__(say(words.THIS_COMPUTER), self._state)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show the server, where the service is one."""
        shown = row.server
        self.setVisible(shown is not None)
        if shown is not None:
            facts = words.server_facts(shown, glance)
            self._state.say(shown.lamp, shown.words, under=facts, spoken=f"{shown.words} {facts}")


class YourWord(Section):
    """What the person said of a service, newest first, and how long it held."""

    def __init__(self, say: Say) -> None:
        self._lines = Stack(StateLine, space(2))
        super().__init__(say(words.YOUR_WORD), self._lines)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show the words of this run."""
        given = tuple(reversed(row.words))
        for line, one in zip(self._lines.need(len(given)), given, strict=True):
            said, held = words.word(one, glance.say), words.word_held(one, glance)
            line.say(Lamp.EMPTY, said, under=held, spoken=f"{said}, {held}")
        self.setVisible(bool(given))
