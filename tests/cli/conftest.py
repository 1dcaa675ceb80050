"""A person at a terminal, and a status page and a front door on loopback."""

import tempfile
from pathlib import Path

import pytest

from tests.cli.loopback import FrontDoor, StatusPage
from tests.cli.person import Person, service


@pytest.fixture
def person():
    # Not tmp_path: with its long names the owner's socket would not lie in the profile.
    with tempfile.TemporaryDirectory(prefix="n-") as folder:
        yield Person(Path(folder) / "me")


@pytest.fixture
def page():
    with StatusPage() as served:
        yield served


@pytest.fixture
def spare():
    """The page of another service."""
    with StatusPage("Spare") as served:
        yield served


@pytest.fixture
def door():
    with FrontDoor() as served:
        yield served


@pytest.fixture
def chosen(person, page, spare, door):
    """The person has chosen two services that do the same job."""
    person.chooses(
        service("campus", page.url, more='can = ["chat"]\nfallbacks = ["spare"]'),
        service("spare", spare.url, door.url, more='can = ["chat"]'),
    )
    return person
