"""What holds for every test: no window is seen outside tests/rig, nothing leaves loopback, and the
computer's own battery, lock and sleep are nobody's matter. How long an example takes is neither.
"""

import os

from hypothesis import HealthCheck, settings

from tests.socket_guard import nothing_leaves_loopback

__all__ = ["nothing_leaves_loopback"]

os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nowhere/system-bus"

if "RIG_DIR" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "no-clock", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("no-clock")
