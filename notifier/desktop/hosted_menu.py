"""Entries to QMenu, for hosts that draw it themselves: painted in place, anew only when it must."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from notifier.desktop.lamps import Lamps
from notifier.desktop.menu import SEPARATOR, Deed, Entry
from notifier.wording import sink

MOST_TEXT = 120

_OPEN_AT_MOST = 30_000
"""Milliseconds after which a menu counts as closed: some hosts only ever say that it opens."""


class HostedMenu(QObject):
    """One QMenu and what is painted on it.

    Under StatusNotifierItem the host keeps a copy and draws it; Qt sends it every change. So
    words change in place, and entries only come and go while nobody looks: what is under the
    mouse must not turn into something else. `hosted` says whether a host draws it, by the rules
    of com.canonical.dbusmenu, or Qt itself.
    """

    opened = Signal()
    """Somebody looks, at what is painted by now."""

    def __init__(
        self,
        lamps: Lamps,
        perform: Callable[[Deed], None],
        refresh: Callable[[], tuple[Entry, ...]],
        *,
        hosted: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self._lamps = lamps
        self._perform = perform
        self._refresh = refresh
        self._hosted = hosted
        self._painted: tuple[Entry, ...] = ()
        self._put_off: tuple[Entry, ...] | None = None
        self._submenus: list[QMenu] = []
        self._open = QTimer(self, singleShot=True, interval=_OPEN_AT_MOST)
        self._open.timeout.connect(self._closed)
        self.menu.aboutToShow.connect(self._opening)
        self.menu.aboutToHide.connect(self._closed)

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Have the menu say `entries`, now or, where that moves entries, once it is closed."""
        if entries == self._painted and self._put_off is None:
            return
        if _shape(entries) == _shape(self._painted):
            self._put_off = None
            self._reword(self.menu, entries)
            self._painted = entries
        elif self._open.isActive():
            self._put_off = entries
            self._reword_alike(entries)
        else:
            self._rebuild(entries)

    @Slot()
    def _opening(self) -> None:
        """Somebody is about to look: ages are told from this moment."""
        self._open.stop()
        self.show(self._refresh())
        self._open.start()
        self.opened.emit()

    @Slot()
    def _closed(self) -> None:
        self._open.stop()
        if self._put_off is not None:
            entries, self._put_off = self._put_off, None
            self._rebuild(entries)

    def _rebuild(self, entries: tuple[Entry, ...]) -> None:
        """Throw everything away and build it again."""
        self.menu.clear()
        for submenu in self._submenus:
            submenu.deleteLater()
        self._submenus.clear()
        self._build(self.menu, entries)
        self._reword(self.menu, entries)
        self._painted, self._put_off = entries, None

    def _build(self, menu: QMenu, entries: tuple[Entry, ...]) -> None:
        """The skeleton: what opens, what does what. The words come after."""
        for entry in entries:
            if entry == SEPARATOR:
                menu.addSeparator()
            elif entry.entries:
                submenu = QMenu(menu)
                self._submenus.append(submenu)
                menu.addMenu(submenu)
                self._build(submenu, entry.entries)
            else:
                action = menu.addAction("")
                action.setEnabled(entry.deed is not None)
                action.setCheckable(entry.ticked is not None)
                if entry.deed is not None:
                    action.triggered.connect(partial(self._chosen, action, entry.deed))

    def _chosen(self, action: QAction, deed: Deed, *_: bool) -> None:
        if action.isCheckable():
            # Qt has ticked it already; whether that came true is for the next entries to say.
            action.setChecked(not action.isChecked())
        self._perform(deed)

    def _reword(self, menu: QMenu, entries: tuple[Entry, ...]) -> None:
        """Put the words on a skeleton that fits them."""
        for action, entry in zip(menu.actions(), entries, strict=True):
            if entry != SEPARATOR:
                self._label(action, entry)
            submenu = action.menu()
            if isinstance(submenu, QMenu):
                self._reword(submenu, entry.entries)

    def _reword_alike(self, entries: tuple[Entry, ...]) -> None:
        """Put new words on what stays the same entry, wherever it will stand once all is moved."""
        new = {_identity(entry): entry for entry in entries}
        for action, painted in zip(self.menu.actions(), self._painted, strict=True):
            entry = new.get(_identity(painted))
            if entry is not None and entry != SEPARATOR:
                self._label(action, entry)

    def _label(self, action: QAction, entry: Entry) -> None:
        """Only what differs: every setter is a message to the host."""
        text = literal(sink.line(entry.label, MOST_TEXT), hosted=self._hosted)
        if action.text() != text:
            action.setText(text)
        if entry.ticked is not None:
            action.setChecked(entry.ticked)
        if entry.lamp is not None and action.data() != entry.lamp.value:
            action.setData(entry.lamp.value)
            action.setIcon(self._lamps.icon(entry.lamp))


def literal(text: str, *, hosted: bool) -> str:
    """`text` so that its `&` and `_` are shown, not read as the mark of an access key.

    Qt marks keys with `&`. For a host it turns the first `&` of a label into the host's mark,
    `_`, leaves all others as they are, and knows nothing of underscores (seen in 6.11.3). GTK
    then misreads every `__` behind such a mark, so a label with both is shown with a plus.
    """
    if not hosted:
        return text.replace("&", "&&")
    if "_" in text:
        return text.replace("_", "__").replace("&", "+")
    return text.replace("&", "&&", 1)


def _shape(entries: tuple[Entry, ...]) -> tuple[object, ...]:
    """What must not change under the mouse: what is where, and what it does."""
    return tuple(
        (entry == SEPARATOR, entry.deed, entry.ticked is None, _shape(entry.entries))
        for entry in entries
    )


def _identity(entry: Entry) -> object:
    """What makes it the same entry under other words: what it does, or the first thing inside."""
    return ("inside", _identity(entry.entries[0])) if entry.entries else entry.deed
