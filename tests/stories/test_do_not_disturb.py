"""Do not disturb: what a desktop took and keeps back is told, is known to hang nowhere, and is not
sent twice.
"""

from notifier.model.announcement import Reason, Silence
from notifier.model.event import KeptBack
from notifier.model.health import Health
from tests.stories.story import Story, report, story, tool

UP, DOWN, SLOW = report(), report(Health.MAJOR_OUTAGE), report(Health.DEGRADED)


def quiet_desktop() -> Story:
    """An outage was taken, and whoever took it says that it keeps it back."""
    tale = story(tool("chatty", door=False)).page("chatty", UP).tick(120)
    tale.page("chatty", DOWN).tick(60)
    return tale.happen(KeptBack(tale.at, tale.heard[-1].id, "dunst"))


def kept_back(tale: Story) -> list[bool]:
    return [told.kept_back for told in tale.board.told.values()]


def test_what_is_kept_back_is_told_and_said_to_be_kept_back():
    tale = quiet_desktop()
    assert tale.reasons == [Reason.OUTAGE]
    assert kept_back(tale) == [True]
    assert tale.board.owed == {}
    (thread,) = tale.board.threads
    last = tale.silences[-1]
    assert (last.reason, last.thread, last.services) == (
        Silence.DO_NOT_DISTURB,
        thread,
        ("chatty",),
    )
    assert last.would_be is Reason.OUTAGE


def test_nothing_is_sent_twice_however_long_it_is_kept_back():
    tale = quiet_desktop()
    for _ in range(90):
        tale.page("chatty", DOWN).tick(60)
    assert tale.reasons == [Reason.OUTAGE]
    assert tale.withdrawn == []


def test_its_end_is_told_and_that_was_shown():
    tale = quiet_desktop()
    for _ in range(20):
        tale.page("chatty", UP).tick(60)
    assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED]
    assert kept_back(tale) == [False]


def test_news_that_was_shown_is_not_kept_back_any_more():
    tale = story(tool("chatty", door=False)).page("chatty", UP).tick(120)
    tale.page("chatty", SLOW).tick(120)
    tale.happen(KeptBack(tale.at, tale.heard[-1].id, "dunst"))
    for _ in range(10):
        tale.page("chatty", DOWN).tick(60)
    assert tale.reasons == [Reason.OUTAGE, Reason.WORSE]
    assert kept_back(tale) == [False]


def test_of_a_notice_another_has_followed_the_word_comes_too_late():
    tale = story(tool("chatty", door=False)).page("chatty", UP).tick(120)
    tale.page("chatty", SLOW).tick(120)
    first = tale.heard[-1].id
    for _ in range(10):
        tale.page("chatty", DOWN).tick(60)
    tale.happen(KeptBack(tale.at, first, "dunst"))
    assert kept_back(tale) == [False]
    assert Silence.DO_NOT_DISTURB not in [silence.reason for silence in tale.silences]
