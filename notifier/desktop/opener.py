"""Opens addresses in the person's browser and files in their editor. Nothing but http and https."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QUrl, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices

from notifier.model.way_in import WayIn

_BEFORE = 200
"""Characters a rehearsal may set before an address."""

_log = logging.getLogger(__name__)


def open_link(address: str) -> bool:
    """Open a web address, detached; False where it is not one, or nothing here opens it."""
    return _open(web_address(address))


def open_way(way: WayIn) -> bool:
    """Open an alternative: its app where one is named and installed, else its address.

    The address may hold a person's own text; it is told to nobody but the browser.
    """
    from notifier.desktop import apps
    from notifier.model.address import LONGEST

    if apps.start(way.apps):
        return True
    with _in_silence():
        return _open(web_address(way.address, LONGEST + _BEFORE))


def what_opens(way: WayIn) -> str:
    """What `open_way` would open: the name of the app on this system, else the address."""
    from notifier.desktop import apps

    return apps.installed(way.apps) or way.address


def open_file(path: Path) -> bool:
    """Open a file of ours with whatever the person reads such files with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def web_address(address: str, most: int | None = None) -> QUrl | None:
    """The address, if it is one that is opened (`opened_host`) and Qt reads the same host in it.

    `most` is how many characters it may have, where that is more than usual.
    """
    from notifier.model.address import opened_host  # the icon stands before anything is opened

    host = opened_host(address) if most is None else opened_host(address, most)
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if host is None or not url.isValid():
        return None
    read = url.host(QUrl.ComponentFormattingOption.FullyEncoded).rstrip(".")
    named = f"[{read}]" if ":" in read else read
    return url if f"{host}:".startswith(f"{named}:") else None


def _open(url: QUrl | None) -> bool:
    if url is None:
        _log.warning("An address was not opened, for it is no plain web address.")
        return False
    return QDesktopServices.openUrl(url)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Qt prints the whole address where no browser can be found or started."""
    before = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
