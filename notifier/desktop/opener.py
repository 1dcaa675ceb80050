"""Opens addresses in the person's browser and files in their editor. Nothing but http and https."""

import logging
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_log = logging.getLogger(__name__)

_MOST = 2000
"""Characters; browsers take no longer addresses from others reliably."""


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
    """The address, if it is an absolute http or https one with a host and nothing hidden in it.

    Browsers mend much that is wrong with an address (url.spec.whatwg.org): they drop tabs and
    line breaks, read a backslash as a slash, and anything before an @ as a name. What needs
    mending is not opened, for it may lead elsewhere than it seems to.
    """
    if (
        not address.isprintable()
        or len(address) > _MOST
        or any(c in address for c in ' \\"<>`{|}^')
    ):
        return None
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        return None
    authority = urlsplit(address).netloc
    return None if "@" in authority or url.userInfo() or "%" in authority else url
