"""A bare machine: no Qt library can be loaded, and no name but this computer's own is known.

Python imports this by itself in every process whose PYTHONPATH names this folder.
"""

import socket
import sys

QT = ("PySide6", "PySide2", "PyQt5", "PyQt6", "shiboken6")


class NoQt:
    """Finds no Qt, and says on standard error that somebody looked for it."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in QT:
            print("BARE MACHINE: somebody asked for", name, file=sys.stderr)
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


look_up = socket.getaddrinfo


def without_dns(host, *more, **named):
    if host in ("127.0.0.1", b"127.0.0.1", "localhost"):
        return look_up(host, *more, **named)
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


sys.meta_path.insert(0, NoQt())
socket.getaddrinfo = without_dns
