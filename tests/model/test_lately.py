"""What was made of the very same things last is made once."""

import pytest

from notifier.model.lately import Lately


class Makes:
    """Adds up, and counts how often it had to."""

    def __init__(self):
        self.times = 0

    def __call__(self, *numbers):
        """The sum."""
        self.times += 1
        return sum(numbers)


class Awkward(dict):
    """A mapping that must not be compared, because that would take as long as making it again."""

    __hash__ = None

    def __eq__(self, other):
        raise AssertionError("compared")


def test_the_same_again_is_not_made_again():
    made = Makes()
    lately = Lately(made)
    assert [lately(1, 2), lately(1, 2), lately(1, 2)] == [3, 3, 3]
    assert made.times == 1


def test_what_is_like_it_is_the_same():
    made = Makes()
    lately = Lately(lambda *of: made(*map(len, of)))
    assert lately({1: 1}, (2,)) == lately({1: 1}, (2,)) == 2
    assert made.times == 1


@pytest.mark.parametrize("other", [(2, 2), (1, 3), (1,), (1, 2, 0), ()])
def test_anything_else_is_made_anew(other):
    made = Makes()
    lately = Lately(made)
    assert (lately(1, 2), lately(*other)) == (3, sum(other))
    assert made.times == 2


def test_only_the_last_is_remembered():
    made = Makes()
    lately = Lately(made)
    assert [lately(1), lately(2), lately(1), lately(1)] == [1, 2, 1, 1]
    assert made.times == 3


def test_the_very_same_thing_is_not_even_compared():
    lately, awkward = Lately(len), Awkward(a=1)
    assert lately(awkward) == lately(awkward) == 1


@pytest.mark.parametrize("nothing", [None, 0, (), False])
def test_nothing_is_remembered_as_well(nothing):
    made = []
    lately = Lately(lambda key: made.append(key) or nothing)
    assert lately("a") is lately("a") is nothing
    assert made == ["a"]


def test_what_could_not_be_made_is_tried_again():
    lately = Lately(lambda number: 1 / number)
    assert lately(2) == 0.5
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            lately(0)
    assert lately(2) == 0.5


def test_two_rules_have_a_memory_each():
    one, two = Lately(lambda n: n + 1), Lately(lambda n: n + 2)
    assert (one(1), two(1), one(1), two(1)) == (2, 3, 2, 3)


def test_it_says_what_the_rule_says_of_itself():
    assert Lately(Makes.__call__).__doc__ == "The sum."
