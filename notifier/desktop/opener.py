"""Opens addresses in the person's browser and files in their editor. Nothing but http and https."""

import logging
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_log = logging.getLogger(__name__)


def open_link(address: str) -> bool:
    """Open a web address, detached; False where it is not one, or nothing here opens it."""
    url = web_address(address)
    if url is None:
        _log.warning("An address was not opened, for it is no plain web address.")
        return False
    return QDesktopServices.openUrl(url)


def open_file(path: Path) -> bool:
    """Open a file of ours with whatever the person reads such files with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def web_address(address: str) -> QUrl | None:
    """The address, if it is one that is opened (`opened_host`) and Qt reads the same host in it."""
    from notifier.model.address import opened_host  # the icon stands before anything is opened

    host = opened_host(address)
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if host is None or not url.isValid():
        return None
    read = url.host(QUrl.ComponentFormattingOption.FullyEncoded).rstrip(".")
    named = f"[{read}]" if ":" in read else read
    return url if f"{host}:".startswith(f"{named}:") else None
