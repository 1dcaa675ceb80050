"""A tray and nothing else, told on standard input what to show; says on standard output what
happens to it. A program of its own, because a tray host can only ask one that is not waiting."""

import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from notifier.desktop.host import TrayHost
from notifier.desktop.tray import Tray
from notifier.wording.say import English
from tests.desktop.tray_pictures import Desk, down, picture, well

PICTURES = {
    "well": picture(well("ChatGPT"), well("Claude")),
    "outage": picture(down("ChatGPT"), well("R&D my_model")),
}


def say(*words: object) -> None:
    print(*words, flush=True)


def main() -> None:
    app = QApplication([])
    app.setApplicationName("AI Notifier")
    app.setQuitOnLastWindowClosed(False)
    desk = Desk()
    tray = Tray(desk.doors, English(), TrayHost(), "no tray here")
    tray.homeless.connect(lambda hint: say("homeless", hint))

    def obey() -> None:
        word = sys.stdin.readline().strip()
        if word in PICTURES:
            tray.show(PICTURES[word])
            say("shown", word)
        elif word == "balloon":
            say("balloon", tray.balloon("ChatGPT is down", "It is them.", 5))
        elif word == "asked":
            say("asked", desk.asked)
        else:
            tray.hide()
            app.quit()

    ears = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ears.activated.connect(obey)
    QTimer.singleShot(0, lambda: say("ready"))
    app.exec()


if __name__ == "__main__":
    main()
