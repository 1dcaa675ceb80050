"""What holds for every test: no window is seen outside tests/rig, and nothing leaves loopback."""

import os

from tests.socket_guard import nothing_leaves_loopback

__all__ = ["nothing_leaves_loopback"]

if "RIG_DIR" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
