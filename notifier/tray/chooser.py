"""Opens the chooser, looks up pasted addresses, and writes what was chosen to the settings."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC

from PySide6.QtCore import QObject, Signal, Slot

from notifier.app.lookup import Page, Pages, look_up
from notifier.app.profile import Profile, read_settings
from notifier.catalogue import resolve
from notifier.desktop.welcome import Welcome
from notifier.model.service import ServiceId
from notifier.model.settings import Choices, Watched
from notifier.storage import settings_file
from notifier.storage.settings_file import SettingsRefused, SettingsUnreadable
from notifier.tray.at_login import AtLogin
from notifier.view.exposure import exposure
from notifier.watch.thread import LoopThread
from notifier.wording.say import Say


class Chooser(QObject):
    """One chooser at a time; the running engine sees the changed file by itself."""

    _looked_up = Signal(str, object)
    """Address, and a `Page`, `Pages` or a sentence; emitted in the engine's thread."""

    def __init__(
        self,
        profile: Callable[[], Profile],
        say: Say,
        thread: LoopThread,
        at_login: AtLogin | None,
    ) -> None:
        """Choose for `profile` as it is each time the window is opened: what is offered may grow.

        Addresses are looked up in `thread`. `at_login` may be chosen.
        """
        super().__init__()
        self._current, self._profile = profile, profile()
        self._say = say
        self._thread = thread
        self._at_login = at_login
        self._window: Welcome | None = None
        self._found: dict[str, Watched] = {}
        self._looked_up.connect(self._answer)

    def open(self) -> None:
        """Show the chooser, with what is watched already ticked."""
        if self._window is not None:
            self._window.raise_()
            self._window.activateWindow()
            return
        self._profile = self._current()
        catalogue = self._profile.catalogue
        watched = {ServiceId(one.id) for one in self._choices().watched}
        starts = None if self._at_login is None else self._at_login.ticked()
        window = Welcome(
            self._say,
            catalogue.services,
            watched,
            at_login=starts,
            exposed=self._exposed(self._choices()),
        )
        window.chosen.connect(self._chosen)
        window.login_wanted.connect(self._log_in)
        window.address_entered.connect(self._look_up)
        window.finished.connect(self._closed)
        self._window = window
        window.show()

    def _choices(self) -> Choices:
        try:
            return read_settings(self._profile).choices
        except SettingsUnreadable:
            return Choices()

    def _exposed(self, choices: Choices) -> Callable[[Collection[ServiceId]], str]:
        """What says of ticked tools, and of those of the person's own, what they may stand on."""
        catalogue = self._profile.catalogue
        known = {one.id: one for one in choices.watched}
        own = tuple(one for one in choices.watched if one.id not in catalogue.by_id)

        def says(ticked: Collection[ServiceId]) -> str:
            meant = (*own, *(known.get(id_) or Watched(id=id_) for id_ in ticked))
            settings, _ = resolve(replace(choices, watched=meant), catalogue, UTC)
            return next(iter(exposure(settings, self._say)), "")

        return says

    @Slot(object, object)
    def _chosen(self, ids: tuple[ServiceId, ...], addresses: tuple[str, ...]) -> None:
        path = self._profile.places.settings
        offered = [service.id for service in self._profile.catalogue.services]
        try:
            settings_file.choose(path, ids, offered)
            for address in addresses:
                if address in self._found:
                    settings_file.add(path, self._found[address])
        except (SettingsRefused, SettingsUnreadable) as error:
            if self._window is not None:
                self._window.show_address_result(str(error), False)

    @Slot(bool)
    def _log_in(self, wanted: bool) -> None:  # noqa: FBT001 - the signal's own
        why = "" if self._at_login is None else self._at_login.turn(on=wanted)
        if why and self._window is not None:
            self._window.refuse(why)

    @Slot(str)
    def _look_up(self, address: str) -> None:
        offered = self._profile.catalogue.known_at(address)
        if offered and self._window is not None:
            text = self._say("That is a page of the catalogue; its tools are ticked in the list.")
            self._window.show_address_result(text, True, {s.id for s in offered})
            return
        choices = self._choices()

        async def ask() -> None:
            found = await look_up(address, choices)
            self._looked_up.emit(address, found)

        self._thread.run(ask())

    @Slot(str, object)
    def _answer(self, address: str, found: Page | Pages | str) -> None:
        if self._window is None:
            return
        if isinstance(found, Pages):
            self._window.offer_addresses(found.addresses)
        elif isinstance(found, Page):
            self._found[address] = found.watched
            name = found.watched.name or address
            text = self._say("{name} can be watched; it is ticked in the list.", name=name)
            self._window.show_address_result(text, True)
        else:
            self._window.show_address_result(found, False)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        if self._window is not None:
            self._window.deleteLater()
        self._window = None
