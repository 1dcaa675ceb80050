"""The rig itself: every part of the private desktop is real and reports what happens in it."""

import subprocess
import sys
from pathlib import Path

import pytest

SELFTEST = Path(__file__).resolve().parents[1] / "rig" / "selftest"


@pytest.mark.desktop
def test_every_part_of_the_rig_is_real():
    done = subprocess.run(
        [SELFTEST, sys.executable], check=False, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok ") > 20
