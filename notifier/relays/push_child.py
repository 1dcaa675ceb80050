"""Hands one message to Apprise, in a process of its own that ends with its one answer.

Started by its path or, in a frozen program, through `__main__`; it imports nothing of ours. One
line of JSON comes in, one goes out. The address is a secret, and what Apprise says of it may quote
it: nothing but a word and a number goes back, and nothing is printed or logged.
"""

import json
import logging
import os
import re
import sys
import threading
from typing import Any

_STATUS = re.compile(r"\berror=([1-5][0-9]{2})\b")
"""How Apprise's plugins name the answer they got: `Failed to send … error=403.`"""

_UNREACHED = re.compile(r"(?i)\bconnection error\b")
"""How they say that they got none."""


def main() -> int:
    """Read the request, answer it, end; also as soon as whoever asked is gone."""
    answer_to = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    _leave_no_core()
    request = json.loads(_line(0))
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    sys.path[:] = request["path"] or sys.path
    os.environ.update(request["environment"])
    answer = json.dumps(_answered(request)).encode()
    while answer:
        answer = answer[os.write(answer_to, answer) :]
    os._exit(0)  # no thread of a plugin is waited for


def _line(source: int) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(source, 65536)
        if not piece:
            os._exit(1)
        line += piece
    return line


def _end_with_the_parent() -> None:
    """Standard input ends when the parent does."""
    while os.read(0, 4096):
        pass
    os._exit(1)


def _leave_no_core() -> None:
    """Let no file be made of this process's memory, should it crash (faults.md P7)."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


# --------------------------------------------------------------------------------- the answer


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    """The answer, whatever a plugin throws; its words are left out."""
    try:
        _trust_as_the_system_does()
        return _done(request)
    except Exception as error:  # noqa: BLE001 - foreign code; any end of it is an answer
        return {"state": "broken", "why": type(error).__name__}


def _trust_as_the_system_does() -> None:
    """As everything else here: the system's authorities, and those of `[network] ca`."""
    import truststore

    truststore.inject_into_ssl()


def _done(request: dict[str, Any]) -> dict[str, Any]:
    """`strange`: Apprise makes nothing of the address; `understood`: it was only asked whether."""
    import apprise

    logging.raiseExceptions = False
    ear = _Ear()
    # No picture is fetched from anywhere by whoever shows the message.
    asset = apprise.AppriseAsset(
        app_id="AI Notifier",
        app_desc="AI Notifier",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        pgp_autogen=False,
        pem_autogen=False,
    )
    plugin = apprise.Apprise.instantiate(request["address"], asset=asset)
    if plugin is None:
        return {"state": "strange"}
    if request["do"] != "send":
        return {"state": "understood"}
    sender = apprise.Apprise(asset=asset)
    sender.add(plugin)
    sent = sender.notify(
        title=request["title"],
        body=request["body"],
        notify_type=apprise.NotifyType(request["type"]),
        body_format=apprise.NotifyFormat.TEXT,
    )
    return {"state": "sent"} if sent else ear.heard


class _Ear(logging.Handler):
    """Hears what Apprise says of a failure, and keeps a number of it."""

    def __init__(self) -> None:
        """Be the only one who hears it."""
        super().__init__(logging.WARNING)
        self.heard: dict[str, Any] = {"state": "failed"}
        logger = logging.getLogger("apprise")
        logger.handlers[:] = [self]
        logger.propagate = False
        logger.setLevel(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Note the answer of the service, or that there was none."""
        said = record.getMessage()
        if found := _STATUS.search(said):
            self.heard = {"state": "refused", "status": int(found[1])}
        elif _UNREACHED.search(said):
            self.heard = {"state": "unreached"}


if __name__ == "__main__":
    sys.exit(main())
