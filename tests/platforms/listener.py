"""Waits for the machine to wake, and says so; a program of its own, because Qt keeps the one
connection to the system bus for as long as a process lives."""

import sys

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from notifier.platforms.linux import Linux


def main() -> None:
    app = QCoreApplication([])
    parent = QObject()

    def woke() -> None:
        print("woke", flush=True)
        app.quit()

    if not Linux().watch_wake(woke, parent):
        print("nobody tells us", flush=True)
        sys.exit()
    QTimer.singleShot(0, lambda: print("listening", flush=True))
    app.exec()


if __name__ == "__main__":
    main()
