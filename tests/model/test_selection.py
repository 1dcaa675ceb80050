"""Which parts of a page a selection means."""

import pytest

from notifier.model.health import Health
from notifier.model.observation import Part
from notifier.model.selection import chosen, gone
from notifier.model.service import PartRef


def part(id_: str, name: str, group: str | None = None, group_id: str | None = None) -> Part:
    return Part(id_, name, Health.OPERATIONAL, group, group_id)


PAGE = (
    part("1", "Conversations", "ChatGPT", "g1"),
    part("2", "Login", "ChatGPT", "g1"),
    part("3", "Login", "Platform", "g2"),
    part("4", "Responses", "APIs", "g3"),
    part("", "Status hooks"),
)


@pytest.mark.parametrize(
    ("refs", "names"),
    [
        pytest.param((), ["1", "2", "3", "4", ""], id="no selection means the whole page"),
        pytest.param((PartRef(id="4"),), ["4"], id="an id finds its part"),
        pytest.param(
            (PartRef(id="2", name="Login"),), ["2"], id="a namesake is not caught beside the id"
        ),
        pytest.param(
            (PartRef(id="gone", name="Login", group="Platform"),),
            ["3"],
            id="an id that has gone gives way to name and group",
        ),
        pytest.param((PartRef(name="login"),), ["2", "3"], id="a bare name means every namesake"),
        pytest.param(
            (PartRef(name="LOGIN ", group="chatgpt"),), ["2"], id="letter case is nothing"
        ),
        pytest.param((PartRef(group="ChatGPT"),), ["1", "2"], id="a group means all its parts"),
        pytest.param(
            (PartRef(id="g1", group="renamed"),), ["1", "2"], id="a group is known by its id, too"
        ),
        pytest.param(
            (PartRef(id="gone", group="ChatGPT"),), ["1", "2"], id="and by its name after that"
        ),
        pytest.param((PartRef(name="status hooks"),), [""], id="parts without ids have names"),
        pytest.param((PartRef(name="Log"),), [], id="half a name finds nothing"),
        pytest.param((PartRef(name="4"),), ["4"], id="what a person wrote may be an id"),
        pytest.param((PartRef(name="chatgpt"),), ["1", "2"], id="or a group"),
        pytest.param(
            (PartRef(name="4", group="ChatGPT"),), [], id="but not within a group that has none"
        ),
        pytest.param((PartRef(id="gone"),), [], id="an id alone that has gone finds nothing"),
        pytest.param((PartRef(),), [], id="an empty ref means nothing, not everything"),
        pytest.param(
            (PartRef(id="4"), PartRef(id="1"), PartRef(group="APIs")),
            ["1", "4"],
            id="several refs: each part once, in the page's order",
        ),
    ],
)
def test_a_selection_means_these_parts(refs, names):
    assert [found.id for found in chosen(PAGE, refs)] == names


def test_of_a_choice_that_is_partly_gone_it_is_known_what_is():
    there, lost = PartRef(id="gone", name="Login"), PartRef(id="9", name="Voice")
    assert gone(PAGE, (there, lost, PartRef(group="APIs"))) == (lost,)
    assert gone(PAGE, ()) == ()


def test_equal_parts_of_a_page_are_kept_apart():
    twins = (part("", "EU"), part("", "EU"))
    assert chosen(twins, (PartRef(name="EU"),)) == twins


def test_a_document_that_has_lost_its_groups_is_matched_by_name_alone():
    lost = (Part("x1", "Login", Health.OPERATIONAL), Part("x2", "Batch", Health.OPERATIONAL))
    ref = PartRef(id="01J", name="Login", group="ChatGPT")
    assert [part.id for part in chosen(lost, (ref,))] == ["x1"]


REGIONS = (
    part("mail-east", "Mail", "East"),
    Part("other-east", "Other services", Health.OPERATIONAL, "East", rest=True),
    Part("other-west", "Other services", Health.OPERATIONAL, "West", rest=True),
)


@pytest.mark.parametrize(
    ("ref", "names"),
    [
        pytest.param(
            PartRef("mail-east", "Mail", "East"), ["mail-east"], id="what is named is itself"
        ),
        pytest.param(
            PartRef("mail-west", "Mail", "West"),
            ["other-west"],
            id="what is not named is the rest of its group",
        ),
        pytest.param(PartRef(name="Files", group="east"), ["other-east"], id="by its name, too"),
        pytest.param(
            PartRef(group="East"), ["mail-east", "other-east"], id="a group has its rest in it"
        ),
        pytest.param(
            PartRef("mail-north", "Mail", "North"), [], id="a group there is not has none"
        ),
        pytest.param(PartRef("files-east"), ["other-east"], id="a key says its group at its end"),
        pytest.param(PartRef(name="Files-West"), ["other-west"], id="a written one, too"),
        pytest.param(
            PartRef(name="files-east", group="West"), ["other-west"], id="if none is said"
        ),
        pytest.param(PartRef("files"), [], id="what says no group has none"),
        pytest.param(PartRef(name="beast"), [], id="nor has what only sounds like it"),
    ],
)
def test_a_page_of_what_is_not_well_has_a_rest_that_stands_for_the_others(ref, names):
    assert [found.id for found in chosen(REGIONS, (ref,))] == names
