"""What a person can use instead, the way to the pad, and what is not offered and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from notifier.desktop.buttons import Fold, Link
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack
from notifier.desktop.theme import Size, Tone, space
from notifier.model.health import well
from notifier.model.picture import Row, ShownExclusion, ShownFallback
from notifier.model.service import ServiceId, ServiceKey
from notifier.wording import window as words
from notifier.wording.say import Say
from notifier.wording.scratch_pad import BESIDE
from notifier.wording.tray import NOTHING_LEFT


class Offer(QWidget):
    """One more alternative: a link, and why it is offered."""

    def __init__(self, intents: Intents) -> None:
        super().__init__()
        self._url = ""
        self._link = Link()
        self._link.clicked.connect(lambda: intents.open_instead(self._url))
        self._why = Words(Size.SMALL, tone=Tone.SOFT)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(self._link, 0, Qt.AlignmentFlag.AlignVCenter)
        room.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_fallback(self, fallback: ShownFallback, say: Say) -> None:
        """Show one alternative."""
        self._url = fallback.url
        self._link.name(say("Open {name}", name=fallback.name))
        self._why.say(words.reasons(fallback))


class Refused(QWidget):
    """An alternative that is not offered, and why; where only an account is missing, its remedy."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._say, self._have = say, intents.have_account
        self._id: ServiceId | None = None
        self._why = Words(Size.SMALL, tone=Tone.SOFT)
        self._mine = Link()
        self._mine.clicked.connect(self._note)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(space(3))
        room.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        room.addWidget(self._mine, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_exclusion(self, excluded: ShownExclusion) -> None:
        """Show one; what was answered of another is not said of it."""
        if excluded.id != self._id:
            self._mine.name(self._say(words.HAVE_ACCOUNT))
        self._id = excluded.id
        self._why.say(words.exclusion_sentence(excluded, self._say))
        self._mine.setVisible(excluded.closed and self._have is not None)

    def _note(self) -> None:
        if self._id is not None and self._have is not None:
            wrong = self._have(self._id)
            self._mine.name(wrong or self._say(words.ACCOUNT_NOTED))


class Alternatives(Section):
    """Further alternatives as links; what is not offered is folded away."""

    def __init__(self, say: Say, intents: Intents) -> None:
        self._say, self._intents = say, intents
        self._key: ServiceKey | None = None
        self._pad = Link(say(BESIDE))
        self._pad.clicked.connect(self._open_pad)
        self._offers = Stack(lambda: Offer(intents), space(1))
        self._excluded = Stack(lambda: Refused(say, intents), space(1))
        self._fold = Fold(self._excluded)
        super().__init__(say("Also possible"), self._offers, self._pad_line(), self._fold)

    def show_row(self, row: Row) -> None:
        """Show a service's alternatives; the best is the primary button's."""
        others = row.fallbacks[1:]
        self.heading.say(self._heading(row))
        for offer, fallback in zip(self._offers.need(len(others)), others, strict=True):
            offer.show_fallback(fallback, self._say)
        self._show_excluded(row)
        self._key = row.key
        pad = self._intents.open_pad is not None and not well(row.verdict.health)
        self._pad.setVisible(pad)
        self.setVisible(pad or bool(others or row.excluded))

    def _show_excluded(self, row: Row) -> None:
        count = len(row.excluded)
        for line, excluded in zip(self._excluded.need(count), row.excluded, strict=True):
            line.show_exclusion(excluded)
        title = self._say.plural("{count} is not offered", "{count} are not offered", count)
        self._fold.show_if(title, wanted=count > 0)

    def _pad_line(self) -> QWidget:
        line = QWidget()
        room = QHBoxLayout(line)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._pad)
        room.addStretch(1)
        return line

    def _open_pad(self) -> None:
        if self._intents.open_pad is not None:
            self._intents.open_pad(self._key)

    def _heading(self, row: Row) -> str:
        if row.fallbacks:
            return self._say("Other ways to go on")
        return self._say(NOTHING_LEFT)
