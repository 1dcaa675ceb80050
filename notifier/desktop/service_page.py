"""One service, whole, from the verdict down to the last piece of evidence; it scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from notifier.desktop.alternatives import Alternatives
from notifier.desktop.facts import Parts, Proof
from notifier.desktop.incidents import Incidents, Planned
from notifier.desktop.intents import Intents
from notifier.desktop.is_it_me import FourLines
from notifier.desktop.own import Account, Server, YourWord
from notifier.desktop.plan_b import PlanB
from notifier.desktop.telling import ProofOffer, Telling
from notifier.desktop.theme import space
from notifier.desktop.verdict_head import VerdictHead
from notifier.model.moment import Moment
from notifier.model.picture import Picture, Row
from notifier.model.service import ServiceKey
from notifier.wording.glance import Glance
from notifier.wording.say import Say

_WIDEST = space(184)
"""A line of text longer than this is hard to follow to its end."""

_ROOMY = space(130)


class ServicePage(QScrollArea):
    """Paints one row of a picture and keeps nothing but how far it is scrolled."""

    def __init__(self, say: Say, intents: Intents) -> None:
        super().__init__()
        self._key: ServiceKey | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # By keyboard the buttons inside it are the way in; Page Down scrolls from any of them.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(say("The service"))
        self._head = VerdictHead(say, intents)
        self._four = FourLines(say, intents)
        self._account, self._server = Account(say, intents), Server(say)
        self._word = YourWord(say)
        self._alternatives = Alternatives(say, intents)
        self._incidents = Incidents(say, intents)
        self._offer, self._telling = ProofOffer(say, intents), Telling(say)
        self._plan_b = PlanB(say, intents)
        self._planned, self._parts, self._proof = Planned(say), Parts(say), Proof(say)
        self.setWidget(self._lay_out())
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    def show_row(self, picture: Picture, row: Row, glance: Glance, asked_at: Moment | None) -> None:
        """Show a service; `asked_at` is when *Check now* was pressed, while somebody waits."""
        self._head.show_row(picture, row, glance)
        self._four.show_row(picture, row, glance, asked_at)
        self._account.show_row(row, glance)
        self._server.show_row(row, glance)
        self._word.show_row(row, glance)
        self._alternatives.show_row(row)
        self._incidents.show_row(row, glance)
        self._offer.show_row(row, glance)
        self._telling.show_row(row, glance)
        self._plan_b.show_picture(picture, glance)
        self._planned.show_row(row, glance)
        self._parts.show_row(row)
        self._proof.show_row(row, glance)
        if row.key != self._key:
            self._key = row.key
            self.verticalScrollBar().setValue(0)

    def proof_copied(self, service: ServiceKey) -> None:
        """Its proof is on the clipboard."""
        self._offer.copied(service)

    def show_lines(self) -> None:
        """Bring *Is it me?* into sight."""
        self.ensureWidgetVisible(self._four, 0, space(6))

    def show_log(self) -> None:
        """Bring what was told into sight."""
        self.ensureWidgetVisible(self._telling, 0, space(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Generous margins where there is room for them."""
        super().resizeEvent(event)
        margin = space(8) if self.viewport().width() >= _ROOMY else space(4)
        self._room.setContentsMargins(margin, space(6), margin, space(8))

    def _lay_out(self) -> QWidget:
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        self._room = QVBoxLayout(column)
        self._room.setSpacing(space(7))
        for section in (
            self._head,
            self._four,
            self._alternatives,
            self._account,
            self._server,
            self._incidents,
            self._offer,
            self._telling,
            self._word,
            self._plan_b,
            self._planned,
            self._parts,
            self._proof,
        ):
            self._room.addWidget(section)
        self._room.addStretch(1)
        whole = QWidget()
        whole.setBackgroundRole(QPalette.ColorRole.Base)
        whole.setAutoFillBackground(True)
        room = QHBoxLayout(whole)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(column, 1)
        room.addStretch(0)
        return whole
