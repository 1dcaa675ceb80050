"""A person at the rig's desktop, and two vendors whose pages can be changed."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.whole.desk import Person, at_the_desk
from tests.whole.feed_server import Vendor


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    if os.environ.get("RIG_NOTIFY") == "dunst":
        subprocess.run(["dunstctl", "close-all"], check=True)
    with at_the_desk(tmp_path) as someone:
        yield someone


@pytest.fixture
def vendors() -> Iterator[tuple[Vendor, Vendor]]:
    with ExitStack() as stack:
        alpha, beta = (stack.enter_context(Vendor(name)) for name in ("Alpha", "Beta"))
        yield alpha, beta


@pytest.fixture
def press():
    def button(label: str) -> None:
        subprocess.run(["press", label], check=True)

    return button
