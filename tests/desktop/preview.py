"""Shows the window or the chooser with a hand-built picture, for looking; can leave a picture.

usage: python tests/desktop/preview.py [outage|stranded|quiet|exposed|offline|nothing|
           test|drill|proxy|chooser|chooser-whole|chooser-sought|
           notice|notice-relayed|notice-hushed|notice-nobody|key-STATE|server-STATE|set-key|set-key-busy|set-key-failed|
           forget-key|deep-check|called|
           pad|pad-long|pad-leftward|pad-private|pad-said|pad-empty|pad-well|pad-nothing]
           [--size WxH] [--row N] [--scroll PIXELS] [--notice] [--paused] [--caption] [--looking]
           [--open-all] [--at-login] [--dark] [--shot FILE.png]
"""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from notifier.catalogue import load
from notifier.desktop.board_window import BoardWindow
from notifier.desktop.buttons import FoldLine
from notifier.desktop.check_list import CheckList
from notifier.desktop.connection_test import ConnectionTest
from notifier.desktop.drill import FallbackTest
from notifier.desktop.fields import Search
from notifier.desktop.key_dialog import KeyDialog, KeyField
from notifier.desktop.scratch_pad import ScratchPad
from notifier.desktop.trial_notice import TrialNotice
from notifier.desktop.welcome import Welcome
from notifier.model.drill import Came
from notifier.model.key import KeyState
from notifier.model.key_answer import KeyAnswer
from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.model.picture import Lamp
from notifier.model.walk import Trial, Walk
from notifier.storage.places import resource
from notifier.ways_in import way_in
from notifier.wording import drill as drill_words
from notifier.wording import key_dialog as words
from notifier.wording import scratch_pad as pad_words
from notifier.wording import ways_in as ways_words
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop import scenes

PICTURES = {
    "outage": scenes.OUTAGE,
    "quiet": scenes.QUIET,
    "offline": scenes.OFFLINE,
    "nothing": scenes.NOTHING,
    "exposed": scenes.EXPOSED,
    "stranded": scenes.STRANDED,
    **{f"key-{name}": scenes.board(row) for name, row in scenes.ACCOUNTS.items()},
    **{f"server-{name}": scenes.board(row) for name, row in scenes.SERVERS.items()},
}


def main() -> int:
    asked = arguments().parse_args()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ai-notifier-preview")
    if asked.dark:
        app.setPalette(dark())
    window = OTHERS.get(asked.scene, board)(asked)
    if asked.size:
        window.resize(*map(int, asked.size.split("x")))
    window.show()
    if asked.notice and isinstance(window, BoardWindow):
        window.show_notice(scenes.NOTICE)
    if asked.shot:
        QTimer.singleShot(400, lambda: leave(app, window, asked))
    return app.exec()


def board(asked: argparse.Namespace) -> BoardWindow:
    desk = scenes.Desk()
    window = BoardWindow(
        say=English(),
        send=desk.send,
        open_url=print,
        open_chooser=lambda: print("chooser"),
        test_connection=lambda: print("test"),
        try_notice=lambda: print("test notice"),
        now=lambda: desk.now,
        zone=timezone(timedelta(hours=1)),
        keys=desk.keys,
        copy_proof=lambda key: window.proof_copied(key),  # noqa: PLW0108 - it is made just now
        test_fallbacks=lambda: print("fallbacks"),
        have_account=desk.have_account,
    )
    picture = PICTURES[asked.scene]
    if asked.paused:
        picture = replace(picture, paused_until=scenes.at(-60))
    window.show_picture(picture)
    if asked.row:
        window.select(picture.rows[asked.row].key)
    if asked.caption:
        window.set_caption("Rehearsal · 36 min · Act 2: ChatGPT fails")
    if asked.looking:
        window.is_it_me()
    if asked.open_all:
        for line in window.findChildren(FoldLine):
            line.setChecked(True)
    return window


def chooser(asked: argparse.Namespace) -> Welcome:
    watched = {scenes.CHATGPT.id, scenes.CLAUDE.id}
    hint = scenes.EXPOSED.exposure[0]
    whole = asked.scene.startswith("chooser-")
    services = load(resource("catalogue.toml")).services if whole else scenes.CATALOGUE
    window = Welcome(English(), services, watched, at_login=asked.at_login, exposed=lambda _: hint)
    if asked.scene == "chooser-sought":
        window.findChild(Search).setText("image")
    if asked.scroll:
        QTimer.singleShot(100, lambda: bar(window).setValue(asked.scroll))
    window.address_entered.connect(
        lambda _: window.show_address_result("Found Example, 12 parts (Statuspage).", ok=True)
    )
    return window


def bar(window: Welcome) -> QScrollBar:
    return window.findChild(CheckList).verticalScrollBar()


def drill(asked: argparse.Namespace) -> FallbackTest:
    """Some are ready and one is not; with --looking half-way."""
    window = FallbackTest(English())
    window.show_last("Your fallbacks were last tested 3 months ago.")
    found = scenes.DRILL
    if asked.looking:
        waits = replace(
            found.tested[1], came=Came.PENDING, says=drill_words.asking_model(English())
        )
        found = replace(found, tested=(found.tested[0], waits))
    window.show_drill(found, Glance(scenes.NOW, UTC, English()))
    return window


def test(asked: argparse.Namespace) -> ConnectionTest:
    """All is well on the way, or a proxy lets nothing through; with --looking half-way."""
    hosts = ("connectivitycheck.gstatic.com", "edge-http.microsoft.com", "cp.cloudflare.com")
    steps, detail = scenes.passed(12, 20, 31, 95), "HTTP 204 in 158 ms"
    ahead = timedelta(seconds=2)
    walks = tuple(Walk(one, None, steps, "Some Authority", detail, ahead) for one in hosts)
    if asked.scene == "proxy":
        says = "The proxy proxy.example:3128 asks for a name and password."
        failure = Failure(FailureKind.PROXY, says)
        walks = tuple(
            Walk(one, "proxy.example:3128", (), failure=failure, stopped=Stage.CONNECT)
            for one in hosts
        )
    window = ConnectionTest(English())
    trial = Trial(scenes.NOW, True, hosts, walks[:1] if asked.looking else walks)
    glance = Glance(scenes.NOW, timezone(timedelta(hours=1)), English())
    picture = scenes.OFFLINE if asked.scene == "proxy" else scenes.OUTAGE
    window.show_test(trial, picture, glance, scenes.NOW if asked.looking else None)
    return window


def notice(asked: argparse.Namespace) -> TrialNotice:
    """Shown by a daemon; kept back; or taken by nobody."""
    window = TrialNotice(English())
    if not asked.looking:
        window.show_answer(scenes.TRIALS[asked.scene])
        window.show_relayed(scenes.TRIALS[asked.scene].relayed)
    return window


def set_key(asked: argparse.Namespace) -> KeyDialog:
    say = English()
    window = KeyDialog(say, words.set_title("OpenAI API", say), words.KEEP, field=True)
    window.show_offer(words.set_text(("https://api.openai.com",), say))
    window.allow(words.place(KeyAnswer(KeyState.READ, "SecretService Keyring"), say))
    window.findChild(KeyField).setText("sk-0123456789abcdef0123456789")
    if asked.scene == "set-key-busy":
        window.under_way(words.WAITING)
    if asked.scene == "set-key-failed":
        window.failed(words.still_locked(say))
    if asked.scene == "set-key-refused":
        window.forbid(words.place(KeyAnswer(KeyState.NO_STORE), say))
    return window


def forget_key(_asked: argparse.Namespace) -> KeyDialog:
    say = English()
    window = KeyDialog(say, words.forget_title("OpenAI API", say), words.FORGET)
    window.show_offer(words.forget_text(say))
    window.allow()
    return window


def deep_check(asked: argparse.Namespace) -> KeyDialog:
    say = English()
    window = KeyDialog(say, words.deep_title("OpenAI API", say), words.CALL)
    window.show_offer(words.deep_text(scenes.DEEP, say))
    window.allow()
    if asked.scene == "called":
        said = Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200 in 420 ms")
        window.succeed(*words.called(said, say))
    return window


WRITTEN = {
    "pad-long": "A line that goes on and on, word after word, as prompts do. " * 400,
    "pad-leftward": "שלום! מה ההבדל בין «מרחבא» לבין «أهلاً»?\nوبالعربية أيضاً، من فضلك.",
    "pad-empty": "",
}


def pad(asked: argparse.Namespace) -> ScratchPad:
    """With two alternatives, of which one takes a text; with the service itself; with nothing."""
    say = English()
    window = ScratchPad(say, lambda _apps: False, rehearsal=asked.caption)
    text = WRITTEN.get(asked.scene, "Explain this:\n\nTraceback (most recent call last)…")
    window.show_draft(text, private=asked.scene == "pad-private", kept=asked.looking)
    offers = (scenes.FILLED, *scenes.DOWN.fallbacks[1:])
    row = scenes.DOWN
    if asked.scene == "pad-well":
        row = scenes.QUIET.rows[0]
        offers = (pad_words.itself(row), *offers)
    window.show_offers(row, () if asked.scene == "pad-nothing" else offers, row.excluded)
    if asked.scene == "pad-said":
        way = way_in(offers[1], text, private=False)
        window.say_what(Lamp.WATCH, ways_words.sentence(way, say))
    return window


OTHERS = {
    **dict.fromkeys(("chooser", "chooser-whole", "chooser-sought"), chooser),
    "drill": drill,
    "test": test,
    "proxy": test,
    **dict.fromkeys(scenes.TRIALS, notice),
    **dict.fromkeys(("set-key", "set-key-busy", "set-key-failed", "set-key-refused"), set_key),
    "forget-key": forget_key,
    "deep-check": deep_check,
    "called": deep_check,
    "pad": pad,
    **dict.fromkeys(WRITTEN, pad),
    **dict.fromkeys(("pad-private", "pad-said", "pad-well", "pad-nothing"), pad),
}


def leave(app: QApplication, window: QWidget, asked: argparse.Namespace) -> None:
    if asked.scroll and isinstance(window, BoardWindow):
        window._page.verticalScrollBar().setValue(asked.scroll)
    window.grab().save(asked.shot)
    app.quit()


def dark() -> QPalette:
    """A dark palette for where no desktop gives one."""
    palette = QPalette(QColor("#353535"), QColor("#303030"))
    roles = QPalette.ColorRole
    palette.setColor(roles.Base, QColor("#252525"))
    palette.setColor(roles.Highlight, QColor("#3584e4"))
    palette.setColor(roles.Accent, QColor("#3584e4"))
    palette.setColor(roles.Link, QColor("#78aeed"))
    return palette


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scene", nargs="?", default="outage", choices=[*PICTURES, *OTHERS])
    for name in ("--size", "--shot"):
        parser.add_argument(name)
    for name in ("--row", "--scroll"):
        parser.add_argument(name, type=int, default=0)
    for name in ("--notice", "--paused", "--caption", "--looking", "--open-all"):
        parser.add_argument(name, action="store_true")
    for name in ("--at-login", "--dark"):
        parser.add_argument(name, action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
