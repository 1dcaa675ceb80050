"""The face `desktop-notifier` 6.2 shows us, over a notification centre in memory.

Names, arguments and habits are the library's: a failure is logged and told nobody, and what is
shown is known only by `on_dispatched`.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Button:
    title: str
    on_pressed: Callable[[], Any] | None = None
    identifier: str = ""


@dataclass(frozen=True)
class Notification:
    title: str
    message: str
    buttons: tuple[Button, ...] = ()
    sound: str | None = None
    on_dispatched: Callable[[], Any] | None = None
    identifier: str = ""


@dataclass
class Centre:
    """What the system shows, and how it behaves."""

    capable: bool = True
    allowed: bool = True
    broken: bool = False
    """It cannot even be had."""
    fails: bool = False
    """It takes nothing, and says so to nobody."""
    raises: bool = False
    stuck: threading.Event = field(default_factory=threading.Event)
    """Cleared, it answers nothing."""
    shown: dict[str, Notification] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    notifier: Any = None

    def __post_init__(self) -> None:
        self.stuck.set()

    @property
    def titles(self) -> list[str]:
        return [one.title for one in self.shown.values()]

    def handle(self, title: str) -> str:
        return next(handle for handle, one in self.shown.items() if one.title == title)

    def click(self, title: str) -> None:
        """From a thread of the system's own, as on a Mac."""
        self._elsewhere(self.notifier.on_clicked, self.handle(title))

    def press(self, title: str, label: str) -> None:
        handle = self.handle(title)
        key = next(b.identifier for b in self.shown[handle].buttons if b.title == label)
        self._elsewhere(self.notifier.on_button_pressed, handle, key)

    def dismiss(self, title: str) -> None:
        handle = self.handle(title)
        del self.shown[handle]
        self._elsewhere(self.notifier.on_dismissed, handle)

    @staticmethod
    def _elsewhere(call: Callable[..., None], *arguments: str) -> None:
        thread = threading.Thread(target=call, args=arguments)
        thread.start()
        thread.join()

    def module(self) -> ModuleType:
        """What `import desktop_notifier` finds."""
        made = ModuleType("desktop_notifier")
        made.__spec__ = ModuleSpec("desktop_notifier", None)
        for name, value in (
            ("Button", Button),
            ("DEFAULT_SOUND", "default"),
            ("Notification", Notification),
            ("DesktopNotifier", self._notifier),
        ):
            setattr(made, name, value)
        return made

    def _notifier(self, **arguments: Any) -> Any:
        if self.broken:
            raise RuntimeError("Could not get ToastNotificationManagerForUser")
        self.made.append(arguments)
        self.notifier = DesktopNotifier(self)
        return self.notifier


class DesktopNotifier:
    """One per program."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.on_clicked: Callable[[str], Any] | None = None
        self.on_button_pressed: Callable[[str, str], Any] | None = None
        self.on_dismissed: Callable[[str], Any] | None = None

    async def get_capabilities(self) -> frozenset[str]:
        return frozenset({"TITLE"}) if self._centre.capable else frozenset()

    async def request_authorisation(self) -> bool:
        return self._centre.allowed

    async def send_notification(self, notification: Notification) -> str:
        await asyncio.to_thread(self._centre.stuck.wait)
        if self._centre.raises:
            raise OSError("the system said no")
        if not self._centre.fails:
            self._centre.shown[notification.identifier] = notification
            self._centre.log.append(f"+{notification.title}")
            if notification.on_dispatched:
                notification.on_dispatched()
        return notification.identifier

    async def clear(self, identifier: str) -> None:
        gone = self._centre.shown.pop(identifier, None)
        if gone is not None:
            self._centre.log.append(f"-{gone.title}")
