"""A page nobody knows is asked what it is by one command, and not again by the next."""

import pytest

from tests.cli.loopback import WebPage
from tests.cli.person import service


@pytest.fixture
def site():
    with WebPage() as served:
        yield served


@pytest.fixture
def unsure(person, site):
    """The person has chosen a service whose page is of no stated kind."""
    person.chooses(service("campus", more=f'status = "{site.url}"'))
    return person


def watches(person):
    with person.running("watch") as watch:
        watch.says("Campus: ")
        person.runs("check", "--now")
        assert watch.interrupted() == 0


def checks(person):
    assert person.runs("check", "--now").code == 3


def waits(person):
    person.runs("wait", "campus", "--timeout", "1s")


@pytest.mark.parametrize("later", [watches, checks, waits])
@pytest.mark.parametrize("first", [watches, checks, waits])
def test_what_one_run_has_asked_the_next_does_not(unsure, site, first, later):
    first(unsure)
    asked = len(site.asked)
    assert 1 < asked <= 8
    later(unsure)
    assert len(site.asked) == asked


def test_nor_does_a_test_of_the_fallbacks(person, page, site):
    person.chooses(
        service("campus", page.url, more='can = ["chat"]\nfallbacks = ["spare"]'),
        service("spare", more=f'status = "{site.url}"\ncan = ["chat"]'),
    )
    person.runs("test-fallbacks")
    asked = len(site.asked)
    assert 1 < asked <= 8
    person.runs("test-fallbacks")
    assert len(site.asked) == asked
