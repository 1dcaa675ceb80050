"""What holds for every test: no window is seen outside tests/rig, nothing leaves loopback, and the
computer's own battery, lock and sleep are nobody's matter."""

import os

from tests.socket_guard import nothing_leaves_loopback

__all__ = ["nothing_leaves_loopback"]

os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nowhere/system-bus"

if "RIG_DIR" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
