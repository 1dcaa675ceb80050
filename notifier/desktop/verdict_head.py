"""The top of a service's page: the verdict, whose it is, what to do, and the buttons to do it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from notifier.desktop.buttons import Button, Link, Primary
from notifier.desktop.flow import Flow
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Shape, Words, glued
from notifier.desktop.section import column
from notifier.desktop.theme import Size, Tone, space
from notifier.model.event import Wish
from notifier.model.health import failing, well
from notifier.model.picture import Picture, Row, ShownFallback
from notifier.model.verdict import Override
from notifier.wording import tray
from notifier.wording import window as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say


class VerdictHead(QWidget):
    """What a person reads first. Its buttons send wishes and change nothing themselves."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._say, self._intents = say, intents
        self._row: Row | None = None
        self._shape = Shape()
        self._name = Words(strong=True, wrap=False)
        self._seen = Words(Size.SMALL, tone=Tone.SOFT, beside=True)
        self._verdict = Words(Size.LARGE, strong=True, selectable=True)
        self._whose = Words(strong=True)
        self._next = Words()
        self._answered = Words(Size.SMALL, tone=Tone.SOFT)
        self._lay_out()

    def show_row(self, picture: Picture, row: Row, glance: Glance) -> None:
        """Show one service."""
        self._row = row
        self._shape.show_lamp(row.lamp)
        self._name.say(row.service.name)
        seen = words.seen(row, glance)
        self._seen.say(glued(seen), spoken=seen)
        self._verdict.say(row.summary)
        self._whose.say(words.whose(picture, row, self._say))
        self._next.say(row.next_step)
        self._answered.say(words.said_by_you(row, glance))
        self._show_primary(row)
        self._show_buttons(row)

    def _lay_out(self) -> None:
        room = column(self, space(1))
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._seen, 1, Qt.AlignmentFlag.AlignTop)
        room.addLayout(line)
        room.addSpacing(space(1))
        room.addWidget(self._verdict)
        room.addSpacing(space(1))
        room.addWidget(self._whose)
        room.addWidget(self._next)
        room.addWidget(self._answered)
        room.addSpacing(space(3))
        room.addWidget(self._first_button())
        room.addWidget(self._other_buttons())

    def _first_button(self) -> QWidget:
        self._primary = Primary()
        self._primary.clicked.connect(self._open_fallback)
        self._why = Words(Size.SMALL, tone=Tone.SOFT)
        self._offer = QWidget()
        line = QHBoxLayout(self._offer)
        line.setContentsMargins(0, 0, 0, space(1))
        line.setSpacing(space(3))
        line.addWidget(self._primary)
        line.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        return self._offer

    def _other_buttons(self) -> QWidget:
        say, send = self._say, self._send
        self._broken = self._button(say("It is broken for me"), lambda: send(Wish.BROKEN))
        self._works = self._button(say("It works for me"), lambda: send(Wish.WORKS))
        self._tell_me = self._button(say(tray.TELL_ME), lambda: send(Wish.TELL_ME))
        self._got_it = self._button(say("Got it"), lambda: send(Wish.GOT_IT))
        self._snooze = self._button(say("Snooze 1 h"), self._ask_for_quiet)
        self._page = Link()
        self._page.clicked.connect(self._open_page)
        box = QWidget()
        line = Flow(box)
        answers = (self._broken, self._works, self._tell_me, self._got_it, self._snooze)
        for button in (*answers, self._page):
            line.addWidget(button)
        return box

    def _button(self, text: str, pressed: Callable[[], None]) -> Button:
        button = Button(text)
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _show_primary(self, row: Row) -> None:
        offer = best_fallback(row)
        self._offer.setVisible(offer is not None)
        if offer is not None:
            self._primary.name(self._say("Open {name}", name=offer.name))
            self._why.say(words.reasons(offer))

    def _show_buttons(self, row: Row) -> None:
        told = row.told is not None and row.thread is not None
        quiet = row.acknowledged or row.snoozed_until is not None
        self._broken.setVisible(row.override is not Override.BROKEN)
        self._works.setVisible(row.override is not Override.WORKS and not _fine(row))
        waits = row.awaited or (told and row.acknowledged)
        alone = failing(row.verdict.health) and row.nothing_left
        self._tell_me.setVisible(alone or (not told and not well(row.verdict.health)))
        self._tell_me.setEnabled(not waits)
        self._tell_me.setText(self._say(tray.AWAITED if waits else tray.TELL_ME))
        self._got_it.setVisible(told and not alone and not row.acknowledged)
        self._snooze.setVisible(told and not quiet)
        self._page.setVisible(bool(row.service.page_to_open))
        if row.service.page_to_open:
            self._page.name(words.open_page(row.service.page_to_open, self._say))

    def _send(self, wish: Wish) -> None:
        if self._row is not None:
            self._intents.send(wish, self._row.key)

    def _ask_for_quiet(self) -> None:
        if self._row is not None:
            self._intents.snooze(self._row.key)

    def _open_fallback(self) -> None:
        offer = best_fallback(self._row) if self._row is not None else None
        if offer is not None:
            self._intents.open_instead(offer.url)

    def _open_page(self) -> None:
        if self._row is not None and self._row.service.page_to_open:
            self._intents.open_url(self._row.service.page_to_open)


def best_fallback(row: Row) -> ShownFallback | None:
    """What the primary button opens, where there is anything to open."""
    return row.fallbacks[0] if row.fallbacks else None


def _fine(row: Row) -> bool:
    return well(row.verdict.health) and row.override is not Override.BROKEN
