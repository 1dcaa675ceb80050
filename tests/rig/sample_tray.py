"""A small tray program that uses every part of the rig; `selftest` watches what it does.

It prints what happens to it, a line each: `activated Trigger`, `menu Refresh now`, `action mute`.
"""

import html
import sys

from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSystemTrayIcon

DAEMON = DBusAddress(
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
    "org.freedesktop.Notifications",
)
RED, GREEN = "#e01b24", "#26a269"
PAGE = "http://127.0.0.1/status?of=sample&since=1"


class Notifications(QObject):
    """The notification daemon, on Qt's own loop: no thread, no polling."""

    pressed = Signal(str)

    def __init__(self):
        super().__init__()
        self._bus = open_dbus_connection("SESSION")
        rule = MatchRule(
            type="signal",
            interface=DAEMON.interface,
            path=DAEMON.object_path,
            member="ActionInvoked",
        )
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=5)
        self._readable = QSocketNotifier(self._bus.sock.fileno(), QSocketNotifier.Type.Read)
        self._readable.activated.connect(lambda *_: self._read())

    def _read(self):
        while True:
            try:
                message = self._bus.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.fields.get(HeaderFields.member) == "ActionInvoked":
                self.pressed.emit(message.body[1])

    def show(self, title, text, buttons):
        """Raise a critical notification; buttons are pairs of key and label."""
        words = [word for pair in buttons for word in pair]
        hints = {"urgency": ("y", 2)}
        body = html.escape(text, quote=False)
        values = ("rig-sample", 0, "", title, body, words, hints, -1)
        self._bus.send(new_method_call(DAEMON, "Notify", "susssasa{sv}i", values))


def dot(colour):
    """A disc in the sizes tray hosts ask for."""
    icon = QIcon()
    for size in (16, 22, 24, 32, 44, 48, 64):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(1, 1, size - 2, size - 2)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def told(*words):
    print(*words, flush=True)


def main():
    app = QApplication(sys.argv)
    app.setApplicationName("rig-sample")
    app.setQuitOnLastWindowClosed(False)
    window = QLabel("All quiet")
    window.setWindowTitle("Sample window")
    window.setMargin(40)
    deeds = {
        "Open page": lambda: QDesktopServices.openUrl(QUrl(PAGE)),
        "Refresh now": lambda: None,
        "Show window": window.show,
        "Quit": app.quit,
    }
    menu = QMenu()
    for label, deed in deeds.items():
        action = menu.addAction(label)
        action.triggered.connect(lambda _=False, name=label: told("menu", name))
        action.triggered.connect(lambda _=False, do=deed: do())
    tray = QSystemTrayIcon(dot(RED))
    tray.setContextMenu(menu)
    tray.setToolTip("Sample: 1 service down")
    tray.activated.connect(lambda reason: told("activated", reason.name))
    tray.show()

    notes = Notifications()

    def pressed(key):
        told("action", key)
        tray.setIcon(dot(GREEN))

    notes.pressed.connect(pressed)
    notes.show(
        "A service is down",
        "Errors > 5 % & rising <b>now</b>",
        [("default", "Open"), ("fallback", "Use fallback"), ("mute", "Mute 1 h")],
    )
    QTimer.singleShot(60_000, app.quit)  # should the selftest die, this does not stay
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
