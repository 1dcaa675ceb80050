"""Who is tested: the person's own alternatives, else the best of those that may be used."""

from dataclasses import replace

from notifier.drill import MOST, plan
from notifier.model.service import Needs
from notifier.model.settings import Instead, Settings
from tests.judgement.boards import key_of
from tests.stories.story import tool

MINE = tool("mine", family="mine-models")
OTHERS = tuple(tool(f"other{n}") for n in range(8))


def ids(settings: Settings) -> list[str]:
    return [one.service.id for one in plan(settings).alternatives]


def test_the_person_s_own_order_is_all_that_is_tested():
    mine = replace(MINE, fallbacks=("other5", "other2"))
    assert ids(Settings(services=(mine,), others=OTHERS)) == ["other5", "other2"]


def test_without_their_word_the_best_five_are():
    assert len(ids(Settings(services=(MINE,), others=OTHERS))) == MOST


def test_what_may_not_be_used_is_not_tested_though_the_person_named_it():
    mine = replace(MINE, fallbacks=("other5", "other2"))
    allowed = Instead(allow=frozenset({"other2"}))
    assert ids(Settings(services=(mine,), others=OTHERS, instead=allowed)) == ["other2"]


def test_what_stands_on_the_same_models_falls_with_it_and_is_not_tested():
    twin = tool("twin", runs_on=("mine-models",))
    assert ids(Settings(services=(MINE,), others=(twin, OTHERS[0]))) == ["other0"]


def shut(*ids: str) -> Settings:
    """All want an account; the person has those of these ids."""
    others = tuple(replace(one, needs=Needs.ACCOUNT) for one in OTHERS[:4])
    return Settings(services=(MINE,), others=others, instead=Instead(accounts=frozenset(ids)))


def test_what_is_open_to_the_person_is_tested_and_what_wants_an_account_they_lack_is_not():
    assert ids(shut("other3")) == ["other3"]


def test_where_nothing_is_open_they_see_what_each_would_want_of_them():
    alternatives = plan(shut()).alternatives
    assert [one.service.id for one in alternatives] == ["other0", "other1", "other2", "other3"]
    assert not any(one.open for one in alternatives)


def test_a_key_that_is_kept_is_as_good_as_an_account():
    (first, *rest) = shut().others
    settings = Settings(services=(MINE,), others=(first, replace(rest[0], account=key_of("own"))))
    assert ids(settings) == ["other1"]


def test_one_that_stands_in_for_several_is_tested_once():
    second = tool("second")
    settings = Settings(services=(MINE, second), others=OTHERS[:1])
    found = {one.service.id: one.instead_of for one in plan(settings).alternatives}
    assert found["other0"] == ("mine", "second")
    assert set(found) == {"other0", "mine", "second"}
