"""Key stores for the child process to find: good ones, bad ones, and one that never answers.

They keep what they are given in the folder that STAND_IN_STORE names. It imports nothing of the
tests, because the child does not know them.
"""

import os
import sys
import time
from pathlib import Path

from jeepney import DBusAddress, new_error, new_method_call
from jeepney.wrappers import DBusErrorResponse
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError


class Kept(KeyringBackend):
    """A store as good as a real one."""

    priority = 5

    def _file(self, service, entry):
        return Path(os.environ["STAND_IN_STORE"], f"{service} {entry}".encode().hex())

    def get_password(self, service, entry):
        file = self._file(service, entry)
        return file.read_text() if file.exists() else None

    def set_password(self, service, entry, value):
        self._file(service, entry).write_text(value)

    def delete_password(self, service, entry):
        if not self._file(service, entry).exists():
            raise PasswordDeleteError
        self._file(service, entry).unlink()


class Weak(Kept):
    """Keeps what it gets in plain text, and says so."""

    priority = 0.5


class Forgetful(Kept):
    def set_password(self, service, entry, value):
        """Keep nothing."""


class Noisy(Kept):
    def get_password(self, service, entry):
        print("unlocking", entry, flush=True)
        os.write(1, b"{}")
        print("a warning", file=sys.stderr)
        return super().get_password(service, entry)


class Locked(Kept):
    def get_password(self, service, entry):
        raise KeyringLocked("Failed to unlock the collection!")


class Hanging(Kept):
    """Never answers; says where its process is."""

    def get_password(self, service, entry):
        Path(os.environ["STAND_IN_STORE"], "pid").write_text(str(os.getpid()))
        time.sleep(60)

    def set_password(self, service, entry, value):
        self.get_password(service, entry)


class Chatty(Kept):
    def get_password(self, service, entry):
        raise KeyringError(f"could not read {super().get_password(service, entry)}")


class Foreign(Kept):
    """What KWallet does where it cannot encrypt."""

    def get_password(self, service, entry):
        asked = new_method_call(DBusAddress("/", "org.kde.kwalletd5"), "open")
        asked.header.serial = 1
        raise DBusErrorResponse(new_error(asked, "org.kde.KWallet.Error", "s", ("no wallet",)))
