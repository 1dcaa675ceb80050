"""The chooser: a searchable check-list, a field for the address of a page, *Watch these*.

And the box *Start when I log in*. It says how things are, so it is empty at a first start: who
came to choose tools has not been asked yet whether their login may be changed.
"""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from notifier.desktop.buttons import Button, Link, Primary
from notifier.desktop.check_list import CheckList
from notifier.desktop.fields import Address, Search
from notifier.desktop.flow import Flow
from notifier.desktop.frame import open_at
from notifier.desktop.labels import Words
from notifier.desktop.theme import Size, Tone, space
from notifier.desktop.tick_box import TickBox
from notifier.model.picture import Lamp
from notifier.model.service import Service, ServiceId
from notifier.wording.at_login import BOX
from notifier.wording.say import Say


class Welcome(QDialog):
    """Choose what to watch. Opened anew each time; it knows nothing of settings or network.

    `services` are most used first. `watched` are ticked from the start. `at_login` is whether the
    program starts at login; None leaves that box out. `exposed` says what most of the ticked ones
    may stand on, in a sentence; empty where there is no such thing.
    """

    chosen = Signal(object, object)
    """Every ticked id as a tuple of ServiceId, and the accepted addresses as a tuple of str."""

    login_wanted = Signal(bool)
    """After `chosen`, where the box is no longer as it was. `refuse` keeps the window open."""

    address_entered = Signal(str)
    """An address to look at; the answer comes back through `show_address_result`."""

    def __init__(
        self,
        say: Say,
        services: Sequence[Service],
        watched: Collection[ServiceId] = (),
        parent: QWidget | None = None,
        *,
        at_login: bool | None = None,
        exposed: Callable[[Collection[ServiceId]], str] = lambda _: "",
    ) -> None:
        super().__init__(parent)
        self._exposed = exposed
        self._say, self._watched, self._started = say, frozenset(watched), at_login
        self._asked, self._refused = "", False
        self.setWindowTitle(say("Choose your tools – AI Notifier"))
        self._search, self._list = Search(say), CheckList(say, services, watched)
        self._address, self._result = Address(say), Words(Size.SMALL, tone=Tone.SOFT)
        self._offers = Flow(gap=space(3))
        self._hint = Words(Size.SMALL, tone=Tone.SOFT)
        self._count = Words(Size.SMALL, tone=Tone.SOFT)
        self._at_login = TickBox(say(BOX))
        self._at_login.setChecked(bool(at_login))
        self._watch = Primary(say("Watch these"))
        self._lay_out()
        self._search.textChanged.connect(self._list.narrow)
        self._search.down.connect(self._list.enter)
        self._address.entered.connect(self._look_up)
        self._list.ticked.connect(self._counted)
        self._watch.clicked.connect(self.accept)
        self._counted()
        open_at(self, space(130), space(160))
        self._search.setFocus()

    @Slot(str, bool)
    def show_address_result(self, text: str, ok: bool, tick: Collection[ServiceId] = ()) -> None:  # noqa: FBT001 - contract
        """Say what was found at the address. Where it is `ok`, it is ticked and the field emptied.

        `tick` names services of the catalogue that live on that page: they are ticked instead.
        """
        self._result.say(text)
        self._result.tint(Lamp.CLEAR if ok else Lamp.TROUBLE)
        self._refused = not ok
        if not ok:
            self._address.setFocus()
            self._address.selectAll()
            return
        if tick:
            self._list.tick(tick)
        else:
            self._list.add_address(self._asked)
        self._address.clear()

    def offer_addresses(self, addresses: Sequence[str]) -> None:
        """Say that the address leads to several pages; one that is pressed is looked at."""
        self._result.say(self._say("There is more than one status page. Which one do you mean?"))
        self._result.tint(Tone.SOFT)
        self._refused = True
        for place, address in enumerate(addresses):
            offer = Link(address)
            offer.clicked.connect(lambda _=False, address=address: self._take(address))
            self._offers.addWidget(offer)
            offer.show()
            if place == 0:
                offer.setFocus()

    def accept(self) -> None:
        """*Watch these*. Who takes the choice may refuse it by `show_address_result`."""
        if not self._watch.isEnabled():
            return
        self._refused = False
        self.chosen.emit(self._list.services(), self._list.addresses())
        wanted = self._at_login.isChecked()
        if not self._refused and self._started is not None and wanted is not self._started:
            self.login_wanted.emit(wanted)
        if not self._refused:
            super().accept()

    def refuse(self, why: str) -> None:
        """Say why the login stays as it was, and have the box say so too; the window stays."""
        self._refused = True
        self._at_login.setChecked(bool(self._started))
        self._result.say(why)
        self._result.tint(Lamp.TROUBLE)

    def _lay_out(self) -> None:
        say = self._say
        title, text = Words(Size.LARGE, strong=True), Words(tone=Tone.SOFT)
        title.say(say("Which tools do you use?"))
        text.say(say("You will hear when one of them fails, whose fault it is, and what works."))
        self._list.setMinimumHeight(space(20))
        room = QVBoxLayout(self)
        room.setContentsMargins(space(6), space(5), space(6), space(5))
        room.setSpacing(space(2))
        room.addWidget(title)
        room.addWidget(text)
        room.addSpacing(space(1))
        room.addWidget(self._search)
        room.addWidget(self._list, 1)
        room.addWidget(self._hint)
        room.addSpacing(space(1))
        room.addLayout(self._address_line())
        room.addWidget(self._result)
        room.addLayout(self._offers)
        room.addSpacing(space(1))
        room.addLayout(self._last_line())

    def _address_line(self) -> QHBoxLayout:
        look = Button(self._say("Look it up"))
        look.setAutoDefault(False)
        look.clicked.connect(self._look_up)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addWidget(self._address, 1)
        line.addWidget(look)
        return line

    def _last_line(self) -> QHBoxLayout:
        leave = Button(self._say("Not now"))
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        if self._started is not None:
            line.addWidget(self._at_login)
            self._count.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        line.addWidget(self._count, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(leave)
        line.addWidget(self._watch)
        return line

    @Slot()
    def _look_up(self) -> None:
        self._asked = self._address.text().strip()
        self._withdraw_offers()
        if self._asked:
            self._result.tint(Tone.SOFT)
            self._result.say(self._say("Looking at that page…"))
            self.address_entered.emit(self._asked)

    def _take(self, address: str) -> None:
        """One of the pages that were offered."""
        self._address.setText(address)
        self._address.setFocus()
        self._look_up()

    def _withdraw_offers(self) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            if (offer := item.widget()) is not None:
                offer.hide()
                offer.deleteLater()

    @Slot()
    def _counted(self) -> None:
        services = self._list.services()
        self._hint.say(self._exposed(services))
        count = len(services) + len(self._list.addresses())
        self._count.say(self._say.plural("{count} chosen", "{count} chosen", count))
        # Nothing at all can be chosen only by taking away what was.
        self._watch.setEnabled(count > 0 or bool(self._watched))
