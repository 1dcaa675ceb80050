"""What a person says of a service holds until its own reading changes, and is written down."""

from notifier.judgement.update import update
from notifier.model.effect import Record
from notifier.model.event import Asked, Observed, Wish
from notifier.model.record import RunBegan
from notifier.model.verdict import EvidenceKind, Override
from tests.stories.story import Story
from tests.stories.test_the_person_hears import DOWN, UP, calm

MINUTE = 60.0


class Diary:
    """The runs of words that a story asks to be kept."""

    def __init__(self, tale: Story) -> None:
        self.tale, self.kept = tale, []

    def ask(self, wish: Wish) -> None:
        self._take(Asked(self.tale.at, wish, "chatty"))

    def page(self, outcome) -> None:
        told = calm().page("chatty", outcome).board.sights["page:status.chatty.test"].last
        seen = type(told)(told.source, self.tale.at, self.tale.at, outcome)
        self._take(Observed(self.tale.at, seen))

    def _take(self, event) -> None:
        step = update(self.tale.board, event, self.tale.settings)
        self.tale.board = step.board
        self.kept += [
            (one.entry.state, one.entry.at)
            for one in step.effects
            if isinstance(one, Record)
            and isinstance(one.entry, RunBegan)
            and one.entry.subject == "word:chatty"
        ]


def words(tale: Story) -> list[tuple[Override, float | None]]:
    given = tale.board.standings["chatty"].words
    return [
        (one.override, None if one.until is None else (one.until - one.since).total_seconds())
        for one in given
    ]


def test_a_word_is_kept_with_its_time_and_its_end_and_marks_the_verdict():
    diary = Diary(calm())
    tale = diary.tale.wait(MINUTE)
    said_at = tale.at
    diary.ask(Wish.BROKEN)
    assert words(tale) == [(Override.BROKEN, None)]
    tale.wait(MINUTE)
    diary.page(UP)
    assert words(tale) == [(Override.BROKEN, None)], "what says the same as before ends nothing"
    (mine,) = [one for one in tale.verdict("chatty").evidence if one.kind is EvidenceKind.PERSON]
    assert mine.at == said_at, "it is as old as the word, whatever was seen since"
    diary.page(DOWN)
    assert words(tale) == [(Override.BROKEN, MINUTE)]
    assert diary.kept == [("broken", said_at.utc), ("none", tale.at.utc)]


def test_to_say_it_twice_is_to_say_it_once_and_another_word_ends_the_first():
    diary = Diary(calm())
    diary.ask(Wish.BROKEN)
    diary.tale.wait(MINUTE)
    diary.ask(Wish.BROKEN)
    diary.tale.wait(MINUTE)
    diary.ask(Wish.WORKS)
    assert words(diary.tale) == [(Override.BROKEN, 2 * MINUTE), (Override.WORKS, None)]
    assert [state for state, _ in diary.kept] == ["broken", "works"]


def test_a_word_that_changes_no_verdict_is_as_old_as_it_is():
    diary = Diary(calm())
    diary.page(DOWN)
    tale = diary.tale.wait(MINUTE)
    diary.ask(Wish.WORKS)
    (mine,) = [one for one in tale.verdict("chatty").evidence if one.kind is EvidenceKind.PERSON]
    assert mine.at == tale.at


def test_no_more_than_the_last_few_are_remembered():
    diary = Diary(calm())
    for _ in range(5):
        diary.ask(Wish.BROKEN)
        diary.ask(Wish.WORKS)
    assert len(words(diary.tale)) == 5
