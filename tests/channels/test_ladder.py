"""The channels are tried in order, the first that delivers has told, and nobody is forgotten."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from notifier.channels import Channel, Done, Ladder, Undeliverable
from notifier.channels.balloon import Balloon
from notifier.channels.window import Window
from notifier.model.announcement import Action, Notice, NoticeId
from notifier.model.rung import Behind, Rung
from notifier.model.tried import Refused, Tried
from tests.channels.notices import ELSEWHERE, OUTAGE, RECOVERED

FIRST, SECOND = Rung.FREEDESKTOP, Rung.PORTAL


class Way:
    """A channel that delivers, refuses, or thinks until it is told what to say."""

    def __init__(
        self,
        rung: Rung,
        *,
        refuses: str = "",
        thinks: bool = False,
        behind: Behind = Behind("Some Daemon"),  # noqa: B008 - it is frozen
    ) -> None:
        self.rung, self.behind = rung, behind
        self.refuses, self.thinks = refuses, thinks
        self.shown: list[NoticeId] = []
        self.open: dict[NoticeId, Done] = {}

    def deliver(self, notice: Notice, done: Done) -> None:
        self.open[notice.id] = done
        if not self.thinks:
            self.answer(notice)

    def answer(self, notice: Notice) -> None:
        if self.refuses:
            self.open[notice.id](Undeliverable(self.refuses))
        else:
            self.shown.append(notice.id)
            self.open[notice.id](f"{self.rung.value}-1")

    def withdraw(self, notice: NoticeId) -> None:
        if notice in self.shown:
            self.shown.remove(notice)

    def describe(self, then: Callable[[Behind], None]) -> None:
        then(self.behind)


class Story:
    """A ladder and what the engine hears of it."""

    def __init__(self, *rungs: Channel) -> None:
        self.said: list[tuple[str, ...]] = []
        self.ladder = Ladder([lambda rung=rung: rung for rung in rungs])
        self.ladder.heard.connect(lambda *words: self.said.append(("heard", *words)))
        self.ladder.kept_back.connect(lambda *words: self.said.append(("kept back", *words)))
        self.ladder.unheard.connect(lambda *words: self.said.append(("unheard", *words)))


@pytest.fixture(autouse=True)
def application(qapp):
    """Signals want one."""


def test_the_best_channel_tells_and_the_others_keep_still():
    first, second = Way(FIRST), Way(SECOND)
    story = Story(first, second)
    story.ladder.deliver(OUTAGE)
    assert story.said == [("heard", OUTAGE.id, "freedesktop", "freedesktop-1")]
    assert second.shown == []


def test_where_the_best_cannot_the_next_one_does():
    story = Story(Way(FIRST, refuses="no daemon"), Way(SECOND))
    story.ladder.deliver(OUTAGE)
    assert story.said == [("heard", OUTAGE.id, "portal", "portal-1")]


def test_where_nobody_can_it_is_unheard_and_every_reason_is_kept():
    story = Story(Way(FIRST, refuses="no daemon"), Way(SECOND, refuses="no window"))
    story.ladder.deliver(OUTAGE)
    assert story.said == [("unheard", OUTAGE.id, "freedesktop: no daemon; portal: no window")]


def test_with_no_channel_at_all_it_is_unheard():
    story = Story()
    story.ladder.deliver(OUTAGE)
    assert story.said == [("unheard", OUTAGE.id, "there is no way of telling")]


def test_a_channel_that_cannot_be_made_is_left_out():
    def broken() -> Channel:
        raise Undeliverable("no session bus")

    ladder = Ladder([broken, lambda: Way(SECOND)])
    assert ladder.names == ("portal",)


def test_a_notice_under_way_is_not_sent_twice():
    slow = Way(FIRST, thinks=True)
    story = Story(slow)
    story.ladder.deliver(OUTAGE)
    story.ladder.deliver(OUTAGE)
    slow.answer(OUTAGE)
    assert slow.shown == [OUTAGE.id]
    assert len(story.said) == 1


def test_a_channel_that_answers_twice_is_heard_once():
    slow = Way(FIRST, thinks=True)
    story = Story(slow, Way(SECOND))
    story.ladder.deliver(OUTAGE)
    slow.answer(OUTAGE)
    slow.refuses = "after all not"
    slow.answer(OUTAGE)
    assert len(story.said) == 1


def test_a_notice_told_before_may_be_told_again():
    story = Story(Way(FIRST))
    story.ladder.deliver(OUTAGE)
    story.ladder.deliver(OUTAGE)
    assert len(story.said) == 2


def test_what_is_no_longer_true_is_taken_down_wherever_it_hangs():
    first, second = Way(FIRST, refuses="no daemon"), Way(SECOND)
    story = Story(first, second)
    story.ladder.deliver(OUTAGE)
    story.ladder.withdraw(OUTAGE.id)
    assert second.shown == []


def test_what_stops_being_true_while_the_best_fails_is_not_passed_on():
    slow, second = Way(FIRST, refuses="no answer", thinks=True), Way(SECOND)
    story = Story(slow, second)
    story.ladder.deliver(OUTAGE)
    story.ladder.withdraw(OUTAGE.id)
    slow.answer(OUTAGE)
    assert second.shown == []
    assert story.said == [("unheard", OUTAGE.id, "it is no longer true")]


def test_what_stops_being_true_while_it_is_delivered_is_taken_down_at_once():
    slow = Way(FIRST, thinks=True)
    story = Story(slow)
    story.ladder.deliver(OUTAGE)
    story.ladder.withdraw(OUTAGE.id)
    slow.answer(OUTAGE)
    assert slow.shown == []
    assert len(story.said) == 1


def test_news_on_a_better_channel_closes_the_old_line_on_a_lesser_one():
    first, second = Way(FIRST, refuses="no daemon"), Way(SECOND)
    story = Story(first, second)
    story.ladder.deliver(OUTAGE)
    first.refuses = ""
    story.ladder.deliver(RECOVERED)
    assert (first.shown, second.shown) == ([RECOVERED.id], [])


# --- do not disturb


def test_who_took_it_and_keeps_it_back_has_told_and_says_so_after_that():
    story = Story(Way(FIRST, behind=Behind("dunst", hushed=True)))
    story.ladder.deliver(OUTAGE)
    assert story.said == [
        ("heard", OUTAGE.id, "freedesktop", "freedesktop-1"),
        ("kept back", OUTAGE.id, "dunst"),
    ]


@pytest.mark.parametrize("hushed", [None, False])
def test_where_nobody_says_that_it_is_kept_back_nothing_is_claimed(hushed):
    story = Story(Way(FIRST, behind=Behind("dunst", hushed)))
    story.ladder.deliver(OUTAGE)
    assert [what for what, *_ in story.said] == ["heard"]


def test_who_has_not_yet_said_whether_it_keeps_it_back_has_told_already():
    slow = Way(FIRST)
    asked: list[Callable[[Behind], None]] = []
    slow.describe = asked.append
    story = Story(slow)
    story.ladder.deliver(OUTAGE)
    assert [what for what, *_ in story.said] == ["heard"]
    asked[0](Behind("dunst", hushed=True))
    assert [what for what, *_ in story.said] == ["heard", "kept back"]


# --- trying it out


def test_a_trial_says_which_channel_took_it_and_nobody_is_told_of_it():
    first, second = Way(FIRST, refuses="no daemon"), Way(SECOND)
    story, heard = Story(first, second), []
    story.ladder.try_out(OUTAGE, heard.append)
    assert heard == [Tried(SECOND, Behind("Some Daemon"), (Refused(FIRST, "no daemon"),))]
    assert second.shown == [OUTAGE.id]
    assert story.said == []
    story.ladder.deliver(OUTAGE)
    assert len(story.said) == 1, "the same notice in earnest"


def test_a_trial_nobody_takes_says_why_of_each_of_those_left_out_too():
    def broken() -> Channel:
        raise Undeliverable("no session bus")

    heard: list[Tried] = []
    ladder = Ladder([broken, lambda: Way(SECOND, refuses="no portal")])
    ladder.unheard.connect(lambda *_: heard.append(Tried(None)))
    ladder.try_out(OUTAGE, heard.append)
    assert heard == [
        Tried(None, refused=(Refused(None, "no session bus"), Refused(SECOND, "no portal")))
    ]


# --- the two lesser channels


class Wall:
    """A window that is open or not."""

    def __init__(self, *, visible: bool) -> None:
        self.visible = visible
        self.lines: list[NoticeId] = []

    def hang(self, notice: Notice) -> bool:
        if self.visible:
            self.lines.append(notice.id)
        return self.visible

    def take_down(self, notice: NoticeId) -> None:
        if notice in self.lines:
            self.lines.remove(notice)


def test_a_line_in_the_window_tells_only_while_the_window_can_be_seen():
    wall = Wall(visible=False)
    story = Story(Window(wall))
    story.ladder.deliver(OUTAGE)
    wall.visible = True
    story.ladder.deliver(OUTAGE)
    assert story.said == [
        ("unheard", OUTAGE.id, "window: the window is not open"),
        ("heard", OUTAGE.id, "window", ""),
    ]
    story.ladder.withdraw(OUTAGE.id)
    assert wall.lines == []


def test_an_opened_window_asks_for_what_is_owed(qtbot):
    window = Window(Wall(visible=True))
    with qtbot.waitSignal(window.appeared):
        window.opened()


def test_a_balloon_tells_where_one_is_seen():
    blown: list[tuple[str, str]] = []
    balloon = Balloon(lambda title, text, _: blown.append((title, text)) is None)
    story = Story(balloon)
    story.ladder.deliver(replace(OUTAGE, title="A\x00B\u202e", body="one\n\ntwo"))
    assert blown == [("A B", "one\ntwo")]
    assert story.said[0][0] == "heard"


def test_where_no_balloon_is_seen_the_next_channel_is_tried():
    story = Story(Balloon(lambda *_: False), Way(SECOND))
    story.ladder.deliver(OUTAGE)
    assert story.said == [("heard", OUTAGE.id, "portal", "portal-1")]


def test_a_click_on_a_balloon_opens_the_details_of_the_last_one():
    balloon = Balloon(lambda *_: True)
    pressed: list[tuple[NoticeId, Action]] = []
    balloon.pressed.connect(lambda *press: pressed.append(press))
    balloon.clicked()
    balloon.deliver(OUTAGE, lambda _: None)
    balloon.deliver(ELSEWHERE, lambda _: None)
    balloon.clicked()
    balloon.withdraw(ELSEWHERE.id)
    balloon.clicked()
    assert pressed == [(ELSEWHERE.id, Action.DETAILS)]
