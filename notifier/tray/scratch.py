"""The scratch pad at work: holds the draft, keeps it where that is wished, opens what is pressed.

The draft goes to no log, no history and no setting. The clipboard is written to when the person
asks for that, and never read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from notifier.desktop import apps
from notifier.desktop.scratch_pad import ScratchPad
from notifier.model.health import Health, failing
from notifier.model.picture import Lamp, Picture, Row, ShownExclusion, ShownFallback
from notifier.model.service import ServiceKey
from notifier.storage import draft_file
from notifier.ways_in import way_in
from notifier.wording import scratch_pad as words
from notifier.wording.ways_in import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from notifier.model.service import Service
    from notifier.tray.around import Around

KEPT_AFTER = 1_000
"""Milliseconds after the last letter until a draft that is kept is written down."""

Ranked = tuple[tuple[ShownFallback, ...], tuple[ShownExclusion, ...]]

Rank = Callable[[ServiceKey, Callable[[Ranked], None]], None]
"""Has alternatives to a service ranked in the engine's thread; what it is handed is called there.
"""


class Scratch(QObject):
    """One draft and one pad for the whole run."""

    _ranked = Signal(object, object)
    """Of which service, and its `Ranked`; emitted in the engine's thread."""

    def __init__(
        self,
        *,
        around: Around,
        picture: Callable[[], Picture | None],
        rank: Rank,
        find: Callable[[str], Service | None],
        rehearsal: bool = False,
    ) -> None:
        """`picture` is how it stands, `find` tells which service has this page."""
        super().__init__()
        self._say, self._open_way, self._open_url = around.say, around.open_way, around.open_url
        self._now, self._rank, self._find = picture, rank, find
        self._file, self._rehearsal = around.draft_file, rehearsal
        kept = None if self._file is None else draft_file.read(self._file)
        self._text = "" if kept is None else kept.text
        self._private = kept is not None and kept.private
        self._keeps = kept is not None
        self._unkept = False
        self._pad: ScratchPad | None = None
        self._picture: Picture | None = None
        self._wanted: ServiceKey | None = None
        self._pressed: set[tuple[str, ...]] = set()
        self._due = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._due.timeout.connect(self.keep_now)
        self._ranked.connect(self._show_ranked)

    # -- the pad

    def open(self, service: ServiceKey | None = None) -> None:
        """Bring the pad to the front, with what works instead of `service`, or of what fails."""
        self._wanted = service
        pad = self._built()
        pad.say_what(Lamp.EMPTY, "")
        pad.bring_up()
        self.show_picture(self._now())

    def show_picture(self, picture: Picture | None) -> None:
        """What works now, while somebody can see it."""
        self._picture = picture
        pad, row = self._pad, self._row()
        if pad is None or not pad.isVisible():
            return
        if row is None:
            pad.show_offers(None, (), ())
        elif row.fallbacks or failing(row.verdict.health):
            pad.show_offers(row, row.fallbacks, row.excluded)
        else:
            key = row.key
            self._rank(key, lambda ranked: self._ranked.emit(key, ranked))

    @Slot(object, object)
    def _show_ranked(self, key: ServiceKey, ranked: Ranked) -> None:
        """Of what is well the engine ranks nothing until it is asked; itself comes first."""
        row = self._row()
        if self._pad is None or row is None or row.key != key:
            return
        offers, excluded = ranked
        works = row.verdict.health is Health.OPERATIONAL
        itself = (words.itself(row),) if works else ()
        self._pad.show_offers(row, (*itself, *offers), excluded)

    def _row(self) -> Row | None:
        """The service that was asked for, else the most urgent one: the first of the picture."""
        rows = () if self._picture is None else self._picture.rows
        wanted = (row for row in rows if row.key == self._wanted)
        return next(wanted, None) or next(iter(rows), None)

    def _built(self) -> ScratchPad:
        if self._pad is None:
            keeps = self._file is not None
            pad = ScratchPad(
                self._say,
                lambda named: bool(apps.installed(named)),
                rehearsal=self._rehearsal,
                keeps=keeps,
            )
            pad.show_draft(self._text, private=self._private, kept=self._keeps)
            pad.changed.connect(self._changed)
            pad.keep_wished.connect(self._keep)
            pad.open_wished.connect(self._open)
            pad.copy_wished.connect(self._copy)
            self._pad = pad
        return self._pad

    # -- opening

    def open_instead(
        self,
        url: str,
        service: ServiceKey | None = None,
        outage: tuple[str, ...] = (),
    ) -> None:
        """Open the alternative whose page is at `url`, with the draft where that may go along.

        Where it may not, the pad says so. `outage` are the threads of the notice it was pressed
        on, and `service` what fails: a second press of the same outage asks for the pad, if there
        is a draft, for the page is open by then.
        """
        if not self._text.strip():
            self._enter(url, service)
        elif outage in self._pressed:
            self.open(service)
        else:
            self._pressed |= {outage} - {()}
            self._enter(url, service)

    def _enter(self, url: str, service: ServiceKey | None) -> None:
        place = self._find(url)
        if place is None:  # it was named in another run, by other settings
            self._open_url(url)
            return
        way = way_in(place, self._text, private=self._private)
        opened = self._open_way(way)
        if way.left_behind or (self._text and not opened):
            self.open(service)
            self._built().say_what(Lamp.WATCH, sentence(way, self._say))
        self._say_if_not(opened=opened)

    @Slot(object)
    def _open(self, one: ShownFallback) -> None:
        way = way_in(one, self._text, private=self._private)
        self._say_if_not(opened=self._open_way(way))

    def _say_if_not(self, *, opened: bool) -> None:
        """Whoever pressed a button in vain is told, where there is a pad to tell it."""
        if not opened and self._pad is not None:
            self._pad.say_what(Lamp.TROUBLE, self._say(words.NOT_OPENED))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._built().copied()

    # -- keeping

    @Slot()
    def _changed(self) -> None:
        pad = self._built()
        self._text, self._private = pad.text, pad.private
        self._unkept = self._keeps
        if self._keeps:
            self._due.start()

    @Slot(bool)
    def _keep(self, wished: bool) -> None:  # noqa: FBT001 - a signal's only argument
        self._keeps = self._unkept = wished
        if wished:
            self.keep_now()
        else:
            self._on_disk(draft_file.forget)

    @Slot()
    def keep_now(self) -> None:
        """Write down what is to be kept and has changed; at the end at the latest."""
        self._due.stop()
        if self._unkept:
            self._unkept = False
            self._on_disk(self._written if self._text else draft_file.forget)

    def _written(self, file: Path) -> None:
        draft_file.keep(file, self._text, private=self._private)

    def _on_disk(self, act: Callable[[Path], None]) -> None:
        if self._file is None:
            return
        try:
            act(self._file)
        except draft_file.NotKept as error:
            self._built().not_kept(str(error))
