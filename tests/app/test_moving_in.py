"""A list of addresses becomes services: whom it asks, how often, and that nothing is lost."""

import asyncio
from datetime import UTC, datetime

import pytest

from notifier.app.moving_in import MOST_OF_ONE_HOST, take_in
from notifier.catalogue import load
from notifier.feeds.recognise import Found
from notifier.feeds.subscriptions import Listed
from notifier.model.moment import Moment
from notifier.model.observation import Failure, FailureKind
from notifier.model.settings import Watched
from notifier.storage.places import resource

CATALOGUE = load(resource("catalogue.toml"))
OPENAI = {"chatgpt", "codex", "openai-api"}


NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Clock:
    """A clock that runs only while somebody waits."""

    def __init__(self):
        self.at = 0.0

    def moment(self):
        return Moment(NOW, self.at)

    async def sleep(self, seconds):
        self.at += seconds
        await asyncio.sleep(0)


class World:
    """Recognises every address as a feed of its own, and notes when it was asked."""

    def __init__(self, **answers):
        self.clock = Clock()
        self.answers = answers
        self.asked = []

    async def recognise(self, url):
        self.asked.append((self.clock.at, url))
        return self.answers.get(url) or Found("syndication", url, "")

    def takes(self, *urls, watched=()):
        listed = [Listed(url, name=f"Number {number}") for number, url in enumerate(urls, 1)]
        return asyncio.run(take_in(listed, watched, CATALOGUE, self.recognise, self.clock))


def ids(taken):
    return [one.id for one in taken.new]


def test_a_page_of_the_catalogue_becomes_its_services_and_nobody_is_asked():
    world = World()
    taken = world.takes("https://status.openai.com/history.atom", "http://status.openai.com")
    assert set(ids(taken)) == OPENAI
    assert [one.url for one in taken.already] == ["http://status.openai.com"]
    assert world.asked == []


def test_who_has_chosen_one_tool_of_a_page_is_not_given_the_others():
    taken = World().takes("https://status.openai.com/", watched=[Watched(id="codex")])
    assert (ids(taken), len(taken.already)) == ([], 1)


def test_a_page_that_is_watched_already_is_not_asked_again():
    world = World()
    mine = Watched(id="mine", status="https://status.example.edu/feed?page=1")
    taken = world.takes("https://status.example.edu/feed?page=1", watched=[mine])
    assert (ids(taken), len(taken.already), world.asked) == ([], 1, [])


def test_an_address_that_leads_to_a_page_of_the_catalogue_is_that_page():
    moved = Found("statuspage", "https://status.claude.com", "Claude")
    taken = World(**{"https://status.anthropic.example/": moved}).takes(
        "https://status.anthropic.example/"
    )
    assert "claude" in ids(taken)
    assert all(one.status is None for one in taken.new)


def test_many_feeds_of_one_host_have_ids_and_names_of_their_own():
    taken = World().takes(*(f"https://code.example/{name}/releases.atom" for name in "abc"))
    assert ids(taken) == [
        "code-example",
        "code-example-b-releases-atom",
        "code-example-c-releases-atom",
    ]
    assert [one.name for one in taken.new] == ["Number 1", "Number 2", "Number 3"]
    again = World().takes("https://code.example/a", watched=taken.new)
    assert ids(again) == ["code-example-a"]


def test_what_is_not_recognised_is_named_and_the_rest_is_taken():
    silent = Failure(FailureKind.DNS, "There is no such host.")
    world = World(**{"https://gone.example/": silent})
    taken = world.takes("https://gone.example/", "https://here.example/")
    assert ids(taken) == ["here-example"]
    assert [(one.entry.url, one.why) for one in taken.unknown] == [
        ("https://gone.example/", "There is no such host.")
    ]


def test_one_host_is_asked_with_the_manners_of_every_look():
    world = World()
    taken = world.takes(*(f"https://one.example/{number}" for number in range(5)))
    # One look, two early ones of eight requests at most, and from then on one in half a minute.
    assert [at for at, _ in world.asked] == [0.0, 0.0, 0.0, 30.0, 60.0]
    assert len(taken.new) == 5


def test_a_host_that_stands_in_the_list_too_often_is_not_asked_on_and_on():
    urls = [f"https://one.example/{number}" for number in range(MOST_OF_ONE_HOST + 2)]
    world = World()
    taken = world.takes(*urls)
    assert len(world.asked) == MOST_OF_ONE_HOST
    assert [one.entry.url for one in taken.unknown] == urls[MOST_OF_ONE_HOST:]
    assert "one.example" in taken.unknown[0].why


@pytest.mark.parametrize("count", [1, 7, 30])
def test_every_entry_is_accounted_for(count):
    gone = Failure(FailureKind.TIMEOUT, "It did not answer.")
    urls = [f"https://{number % 4}.example/{number}" for number in range(count)]
    taken = World(**dict.fromkeys(urls[::3], gone)).takes(*urls)
    assert len(taken.new) + len(taken.already) + len(taken.unknown) == count
