"""Asks the system's key store, in a process of its own that ends with its one answer.

Started by its path or, in a frozen program, through `__main__`; it imports nothing of ours, so
that it finds the same `keyring` as the program whatever lies in the folder it starts in. One line
of JSON comes in, one goes out; a key is in no argument, no variable, no message of an error.
"""

import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SAFE = 1
"""The least priority of a back end that keyring itself recommends; plain text has less."""

_REFUSED = ("keyrings.alt.", "keyring.backends.null.")
"""Back ends that keep what they get in plain text or under a fixed password, or not at all."""

_NOBODY = "keyring.backends.fail."
_CHAIN = "keyring.backends.chainer."
_SECRET_SERVICE = "keyring.backends.SecretService."  # noqa: S105 - the name of a module


def main() -> int:
    """Read the request, answer it, end; also as soon as whoever asked is gone."""
    answer_to = os.dup(1)
    os.dup2(2, 1)  # what a back end prints is no answer
    leave_no_core()
    request = json.loads(_line(0))
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    sys.path[:] = request["path"] or sys.path
    answer = json.dumps(_answered(request)).encode()
    while answer:
        answer = answer[os.write(answer_to, answer) :]
    os._exit(0)  # no back end's thread is waited for


def _line(source: int) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(source, 65536)
        if not piece:
            os._exit(1)
        line += piece
    return line


def _end_with_the_parent() -> None:
    """Standard input ends when the parent does: no unlock prompt of ours outlives it."""
    while os.read(0, 4096):
        pass
    os._exit(1)


def leave_no_core() -> None:
    """Let no file be made of this process's memory, should it crash (faults.md P7)."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


# --------------------------------------------------------------------------------- the answer


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    """The answer, whatever a back end throws; its words may quote anything and are left out."""
    name = ""
    if sys.platform == "linux" and _is_foreign(_bus()):
        return {"state": "foreign"}
    try:
        back_end, name, state = _chosen()
        if state is not None:
            return {"state": state, "store": name}
        if request["quiet"] and not _opens_by_itself(back_end):
            return {"state": "locked", "store": name}
        return {"store": name, **_done(back_end, request)}
    except Exception as error:  # noqa: BLE001 - foreign code; any end of it is an answer
        return {"state": _state_of(error), "store": name, "why": type(error).__name__}


def _done(back_end: Any, request: dict[str, Any]) -> dict[str, Any]:
    from keyring.errors import PasswordDeleteError

    service, entries = request["service"], request["entries"]
    match request["do"]:
        case "read" | "list":
            found = {entry: back_end.get_password(service, entry) for entry in entries}
            kept = {entry: value for entry, value in found.items() if value is not None}
            if request["do"] == "list":
                kept = {entry: _origins(value) for entry, value in kept.items()}
            return {"state": "read", "kept": kept}
        case "set":
            back_end.set_password(service, entries[0], request["value"])
            # Some stores take a value and lose it: what cannot be read back is not kept.
            same = back_end.get_password(service, entries[0]) == request["value"]
            return {"state": "read" if same else "broken"}
        case "forget":
            if back_end.get_password(service, entries[0]) is None:
                return {"state": "absent"}
            try:
                back_end.delete_password(service, entries[0])
            except PasswordDeleteError:
                return {"state": "absent"}
            return {"state": "read"}
        case _:
            return {"state": "broken", "why": "request"}


def _origins(value: str) -> str:
    """Where a key may go, as JSON; nowhere, where somebody else has written the entry."""
    try:
        return json.dumps([str(one) for one in json.loads(value)["origins"]])
    except (ValueError, TypeError, LookupError):
        return "[]"


def _state_of(error: Exception) -> str:
    """`locked`: closed, and not opened by the person; `no_store`: nobody who could keep a key."""
    from keyring import errors

    if isinstance(error, errors.KeyringLocked):
        return "locked"
    if isinstance(error, errors.InitError):
        # SecretStorage's own words: the person closed the window that would have made a store.
        return "locked" if "dismissed" in str(error).lower() else "no_store"
    if isinstance(error, errors.NoKeyringError):
        return "no_store"
    # KWallet's errors come as they are (desktop.md 4); so does a bus that is gone.
    whose = f"{type(error).__module__}."
    foreign = whose.startswith(("secretstorage.", "jeepney."))
    return "no_store" if foreign or isinstance(error, ConnectionError) else "broken"


# ------------------------------------------------------------------------------- the back end


def _chosen() -> tuple[Any, str, str | None]:
    """The back end to use and its name; and why not, where none is fit to keep a key."""
    import keyring

    found: Any = keyring.get_keyring()
    offered = list(found.backends) if _path(found).startswith(_CHAIN) else [found]
    fit = next((one for one in offered if _keeps_safely(one)), None)
    if fit is not None:
        return fit, str(fit.name), None
    refused = [one for one in offered if not _path(one).startswith(_NOBODY)]
    if refused:
        return None, _path(refused[0]), "plain_text"
    return None, "", "no_store"


def _keeps_safely(back_end: Any) -> bool:
    path = _path(back_end)
    return not path.startswith((*_REFUSED, _NOBODY)) and back_end.priority >= _SAFE


def _path(back_end: Any) -> str:
    return f"{type(back_end).__module__}.{type(back_end).__qualname__}"


def _opens_by_itself(back_end: Any) -> bool:
    """Whether it answers without asking the person; where that cannot be known, it does not."""
    if not _path(back_end).startswith(_SECRET_SERVICE):
        return False
    import secretstorage

    return not secretstorage.Collection(secretstorage.dbus_init()).is_locked()


# ------------------------------------------------------------------------- whose bus this is


def _bus() -> str:
    """Where the session's bus listens: what the session says, else where systemd puts it."""
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and usual.exists():
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={usual}"
    return os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")


def _is_foreign(address: str) -> bool:
    """Whether the session bus in the environment belongs to somebody else (`sudo -E`)."""
    return any(_owner(place) not in (None, os.getuid()) for place in _places(address))


def _places(address: str) -> Iterator[str]:
    """The sockets a D-Bus address names (D-Bus specification, Server Addresses)."""
    from urllib.parse import unquote

    for one in address.split(";"):
        transport, _, rest = one.partition(":")
        pairs = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if transport == "unix" and "path" in pairs:
            yield unquote(pairs["path"])
        elif transport == "unix" and "abstract" in pairs:
            yield "\0" + unquote(pairs["abstract"])


def _owner(place: str) -> int | None:
    """The user whose process listens at a socket, by the kernel's word; None: nobody does."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(1.0)
        try:
            asked.connect(place)
            credentials = asked.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        except OSError:
            return None
    return int(struct.unpack("3i", credentials)[1])


if __name__ == "__main__":
    sys.exit(main())
