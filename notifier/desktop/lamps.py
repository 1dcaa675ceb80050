"""The lamps as icons and pictures, at the sizes hosts and daemons ask for; the program's own icon.

They were drawn beforehand, into a strip of every size per lamp (`dev.py lamps`): what draws them
wants Qt's own namespace, whose hundred enumerations take 14 ms to make, and a megabyte for as long
as the program runs (measured with 6.11.3).
"""

from itertools import accumulate

from PySide6.QtGui import QIcon, QImage, QPixmap

from notifier.model.announcement import Notice, Reason
from notifier.model.picture import Lamp
from notifier.storage.places import resource

SIZES = (16, 22, 24, 32, 44, 48, 64)
"""Every size a tray host may ask for; hosts are sent all of them and pick (desktop.md 6)."""

STRIP = "lamps/{lamp}.png"
"""The resource with a lamp at every size of `SIZES`, side by side along the upper edge."""

APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Every size a window manager or a task bar may ask for."""

APP_STRIP = "app-icon.png"
"""The same of resources/app-icon.svg, for what finds no icon by the name of the program."""

_OF_REASON: dict[Reason, Lamp] = {
    Reason.SUSPECTED: Lamp.WATCH,
    Reason.OUTAGE: Lamp.TROUBLE,
    Reason.WORSE: Lamp.TROUBLE,
    Reason.UPDATE: Lamp.WATCH,
    Reason.BETTER: Lamp.WATCH,
    Reason.RECOVERED: Lamp.CLEAR,
    Reason.REOPENED: Lamp.TROUBLE,
    Reason.UNSTABLE: Lamp.WATCH,
    Reason.CAUSE_PUBLISHED: Lamp.WATCH,
    Reason.MAINTENANCE: Lamp.MAINTENANCE,
    Reason.OFFLINE: Lamp.BLIND,
    Reason.ONLINE: Lamp.CLEAR,
    Reason.WHILE_AWAY: Lamp.WATCH,
    Reason.SUMMARY: Lamp.TROUBLE,
    Reason.ACCOUNT: Lamp.WATCH,
    Reason.SOURCE_MOVED: Lamp.BLIND,
    Reason.SOURCE_UNREADABLE: Lamp.BLIND,
}
"""What a notice is about, as a shape beside its words."""

_PORTRAIT = 48


class Lamps:
    """The lamps as icons, each made once. Wants a running QGuiApplication."""

    def __init__(self) -> None:
        self._icons: dict[tuple[Lamp, bool], QIcon] = {}

    def icon(self, lamp: Lamp, *, owed: bool = False) -> QIcon:
        """The lamp at every size of `SIZES`, with the mark of an owed notice where there is one."""
        if (lamp, owed) not in self._icons:
            icon = QIcon()
            for picture in (_marked(lamp) if owed else pictures(lamp)).values():
                icon.addPixmap(QPixmap.fromImage(picture))
            self._icons[lamp, owed] = icon
        return self._icons[lamp, owed]


def portrait(notice: Notice) -> QImage:
    """The lamp that goes with a notice. Trouble is only for what is confirmed."""
    lamp = _OF_REASON[notice.reason]
    if lamp is Lamp.TROUBLE and notice.confidence != "confirmed":
        lamp = Lamp.WATCH
    return pictures(lamp)[_PORTRAIT]


def pictures(lamp: Lamp) -> dict[int, QImage]:
    """A lamp at every size of `SIZES`; drawn now, where its strip is gone or is none."""
    if found := _of_strip(STRIP.format(lamp=lamp.value), SIZES):
        return found
    from notifier.desktop.drawing import draw

    return {size: draw(lamp, size) for size in SIZES}


def app_icon() -> QIcon:
    """The program's own icon; none where its strip is gone. Wants a running QGuiApplication."""
    icon = QIcon()
    for picture in _of_strip(APP_STRIP, APP_SIZES).values():
        icon.addPixmap(QPixmap.fromImage(picture))
    return icon


def _of_strip(name: str, sizes: tuple[int, ...]) -> dict[int, QImage]:
    """The pictures of a strip by their sizes; empty where it is gone or is none."""
    try:
        strip = _read(resource(name))
    except OSError:
        return {}
    if (strip.width(), strip.height()) != (sum(sizes), sizes[-1]):
        return {}
    lefts = accumulate(sizes, initial=0)
    return {size: strip.copy(left, 0, size, size) for size, left in zip(sizes, lefts, strict=False)}


def _read(strip: bytes) -> QImage:
    """Where the format is said no plugin is asked for it; there are ten to load."""
    return QImage.fromData(strip, "PNG")  # type: ignore[arg-type]  # the stub says bytes, Qt a str


def _marked(lamp: Lamp) -> dict[int, QImage]:
    from notifier.desktop.drawing import draw

    return {size: draw(lamp, size, owed=True) for size in SIZES}
