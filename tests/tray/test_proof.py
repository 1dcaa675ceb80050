"""*Copy as proof* from the wish to the clipboard: two threads, and nobody waits."""

from datetime import UTC, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from notifier.model.announcement import ThreadId
from notifier.model.dossier import Door, Dossier, Spell
from notifier.model.health import Health
from notifier.model.settings import Settings
from notifier.tray.proof import Prover
from notifier.tray.work import Rehearsed
from notifier.watch.thread import LoopThread
from notifier.wording.say import English
from tests.desktop.scenes import CHATGPT, NOW

pytestmark = pytest.mark.qt_log_ignore("does not support")

BEFORE = "what was there before"

BEGAN = NOW.utc - timedelta(hours=1)
FAILED = Spell("major_outage", BEGAN, None, 9, NOW.utc - timedelta(seconds=20))
FOUND = Dossier(
    thread=ThreadId("t-1"),
    opened=BEGAN,
    closed=None,
    worst=Health.MAJOR_OUTAGE,
    until=NOW.utc,
    doors=(Door(CHATGPT.probe.id, (FAILED,)),),
)


class Engine:
    """An engine whose diary holds one thing, or breaks."""

    settings = Settings(services=(CHATGPT,))

    def __init__(self, found):
        self.found = found

    def last_outage(self, _service):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class Work:
    def __init__(self, found):
        self.engine = Engine(found)


class Played(Rehearsed):
    """A rehearsal with no play behind it."""

    engine = Engine(FOUND)

    def __init__(self):
        pass


@pytest.fixture
def prover_of(qtbot):
    thread = LoopThread()
    thread.start()
    QApplication.clipboard().setText(BEFORE)

    def made(work) -> Prover:
        return Prover(say=English(), zone=UTC, now=lambda: NOW, thread=thread, work=lambda: work)

    yield made
    assert thread.stop()


def copied(qtbot, prover) -> str:
    with qtbot.waitSignal(prover.copied, timeout=5000) as done:
        prover.copy(CHATGPT.key)
    assert done.args == [CHATGPT.key]
    return QApplication.clipboard().text()


def test_the_proof_is_on_the_clipboard_when_it_says_so(qtbot, prover_of):
    text = copied(qtbot, prover_of(Work(FOUND)))
    assert text.startswith("ChatGPT: not answering this computer as it should from 23 Nov 2026")


def test_that_of_a_rehearsal_says_what_it_is(qtbot, prover_of):
    text = copied(qtbot, prover_of(Played()))
    assert text.startswith("Rehearsal: nothing of this has happened.\n")


@pytest.mark.parametrize("work", [None, Work(None), Work(ValueError("torn"))])
def test_where_there_is_nothing_the_clipboard_stays_as_it_was(qtbot, prover_of, work):
    prover = prover_of(work)
    with qtbot.waitSignal(prover.failed, timeout=5000) as done:
        prover.copy(CHATGPT.key)
    assert done.args[0].endswith("was ever written down here.")
    assert QApplication.clipboard().text() == BEFORE
