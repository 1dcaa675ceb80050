"""Keeps tests marked `desktop` off machines without a desktop session, and says why."""

import os

import pytest

HOW = "needs a desktop session: `python3 dev.py test`, or tests/rig/desktop"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs the rig where there is none; where CI is set, missing it is a failure."""
    if item.get_closest_marker("desktop") is None or "RIG_DIR" in os.environ:
        return
    reason = os.environ.get("AI_NOTIFIER_NO_RIG", HOW)
    if os.environ.get("CI"):
        pytest.fail(f"CI must not skip this: {reason}", pytrace=False)
    pytest.skip(reason)
