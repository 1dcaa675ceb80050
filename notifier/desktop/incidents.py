"""What the vendor says is going on: open incidents with every entry, and planned maintenance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from notifier.desktop.buttons import Fold, Link
from notifier.desktop.intents import Intents
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack, StateLine, beside_shape, column
from notifier.desktop.theme import LAMP_OF, Size, Tone, space
from notifier.model.health import worst
from notifier.model.observation import Incident, Maintenance, MaintenancePhase, Update
from notifier.model.picture import Lamp, Row
from notifier.wording import window as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say

_NEWEST, _NEWEST_OF_OVER = 3, 1
"""Entries shown before the older ones are folded away, of an open incident and of one over."""


class Incidents(Section):
    """The incidents of a service's page: open ones, and those that ended of late."""

    def __init__(self, say: Say, intents: Intents) -> None:
        self._told = Stack(lambda: Told(intents), space(5))
        super().__init__(say("What they say"), self._told)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show them in the picture's order."""
        count = len(row.incidents)
        for told, incident in zip(self._told.need(count), row.incidents, strict=True):
            told.show_incident(incident, glance)
        self.setVisible(count > 0)


class Told(QWidget):
    """One incident: its title, where it stands, and the vendor's entries, newest first."""

    def __init__(self, intents: Intents) -> None:
        super().__init__()
        self._url = ""
        self._head = StateLine(selectable=True)
        self._newest, self._older = Stack(Entry, space(3)), Stack(Entry, space(3))
        self._fold = Fold(self._older)
        self._link = Link()
        self._link.clicked.connect(lambda: intents.open_url(self._url))
        under = QWidget()
        room = column(under, space(2))
        room.setContentsMargins(beside_shape(), 0, 0, 0)
        room.addWidget(self._newest)
        room.addWidget(self._fold)
        room.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeading)
        whole = column(self, space(3))
        whole.addWidget(self._head)
        whole.addWidget(under)

    def show_incident(self, incident: Incident, glance: Glance) -> None:
        """Show one incident."""
        say = glance.say
        facts = words.incident_facts(incident, glance)
        lamp = LAMP_OF[worst((incident.impact, incident.floor))] if incident.open else Lamp.CLEAR
        self._head.say(lamp, incident.title, under=facts, spoken=f"{incident.title}. {facts}")
        most = _NEWEST if incident.open else _NEWEST_OF_OVER
        newest, older = incident.updates[:most], incident.updates[most:]
        _fill(self._newest, newest, glance)
        _fill(self._older, older, glance)
        title = say.plural("{count} earlier entry", "{count} earlier entries", len(older))
        self._fold.show_if(title, wanted=bool(older))
        self._url = incident.url or ""
        told = words.where_to_read(incident, say)
        self._link.name(told)
        self._link.setVisible(bool(told))


class Entry(QWidget):
    """One entry of an incident: when and where it stood, then the vendor's own words."""

    def __init__(self) -> None:
        super().__init__()
        self.head = Words(Size.SMALL, tone=Tone.SOFT)
        self.text = Words(selectable=True)
        room = column(self)
        room.addWidget(self.head)
        room.addWidget(self.text)


def _fill(entries: Stack[Entry], updates: tuple[Update, ...], glance: Glance) -> None:
    for entry, update in zip(entries.need(len(updates)), updates, strict=True):
        entry.head.say(words.update_head(update, glance))
        entry.text.say(update.text)


class Planned(Section):
    """Maintenance that is announced or under way."""

    def __init__(self, say: Say) -> None:
        self._lines = Stack(StateLine, space(2))
        super().__init__(say("Maintenance"), self._lines)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show what is not over."""
        coming = tuple(one for one in row.maintenance if _ahead(one))
        for line, planned in zip(self._lines.need(len(coming)), coming, strict=True):
            facts = words.maintenance_facts(planned, glance)
            lamp = Lamp.MAINTENANCE if planned.under_way else Lamp.EMPTY
            line.say(lamp, planned.title, under=facts, spoken=f"{planned.title}. {facts}")
        self.setVisible(bool(coming))


def _ahead(planned: Maintenance) -> bool:
    return planned.phase is not MaintenancePhase.COMPLETED
