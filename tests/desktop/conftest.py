"""A window with an outage in it, on a person's desk."""

from datetime import timedelta, timezone

import pytest

from notifier.desktop.board_window import BoardWindow
from notifier.wording.say import English
from tests.desktop.scenes import OUTAGE, Desk


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def window(qtbot, desk):
    made = BoardWindow(
        say=English(),
        send=desk.send,
        open_url=desk.opened.append,
        open_chooser=desk.open_chooser,
        test_connection=desk.test_connection,
        try_notice=desk.try_notice,
        now=lambda: desk.now,
        zone=timezone(timedelta(hours=1)),
        keys=desk.keys,
        copy_proof=desk.proofs.append,
        test_fallbacks=desk.test_fallbacks,
        take_along=desk.taken.append,
        open_pad=desk.pads.append,
        have_account=desk.have_account,
    )
    qtbot.addWidget(made)
    made.show_picture(OUTAGE)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
