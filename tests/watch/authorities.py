"""Throw-away authorities and the certificates they issue, for servers on loopback."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """An authority of our own; `ca` is the file that makes one believe it."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.ca = str(folder / "ca.pem")
        self._authority.cert_pem.write_to_path(self.ca)

    def context(self, *names: str, begins=NOW - DAY, ends=NOW + DAY) -> ssl.SSLContext:
        """What a server needs to be `names`."""
        certificate = self._authority.issue_cert(*names, not_before=begins, not_after=ends)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context
