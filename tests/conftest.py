"""Where windows appear in tests: nowhere, unless this is the desktop session of tests/rig."""

import os

if "RIG_DIR" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
