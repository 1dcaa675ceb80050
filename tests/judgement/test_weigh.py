"""What a page means for a selection: the fold of parts, incidents, maintenance and indicator."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.judgement.weigh import MANY, MOST_OF_MANY, Folded, fold, last_report
from notifier.model.health import Health
from notifier.model.observation import Maintenance, MaintenancePhase, PartName, Phase
from notifier.model.service import PartRef
from tests.judgement.boards import board, fails, good
from tests.stories.story import GARBAGE, NOON, incident, report, tool

CHAT, API = PartRef(name="Chat"), PartRef(name="API")


def mixed():
    """A page of its own for each question: what was worked out of one is kept with it."""
    return report(Chat=Health.OPERATIONAL, API=Health.DEGRADED, indicator=Health.MAJOR_OUTAGE)


def planned(phase, *names):
    parts = tuple(PartName(f"id-{name}", name) for name in names)
    return Maintenance("m1", "Planned", phase, parts)


def test_of_the_whole_page_the_indicator_counts_and_of_a_selection_not():
    assert fold(mixed(), ()).health is Health.MAJOR_OUTAGE
    assert fold(mixed(), (CHAT,)).health is Health.OPERATIONAL
    assert fold(mixed(), (CHAT, API)).health is Health.DEGRADED
    assert fold(replace(mixed(), indicator=None), ()).health is Health.DEGRADED


def test_a_selection_that_is_not_on_the_page_is_unknown_and_says_so():
    assert fold(mixed(), (PartRef(name="Gone"),)) == Folded(Health.UNKNOWN, matched=False)
    assert fold(mixed(), ()).matched
    assert fold(replace(mixed(), parts=(), indicator=None), ()) == Folded(Health.UNKNOWN)


def test_a_part_nobody_watches_is_unknown_to_who_chose_no_other():
    def page():
        chat, api = report(Chat=Health.OPERATIONAL, API=Health.UNKNOWN).parts
        return replace(mixed(), parts=(chat, replace(api, watched=False)), indicator=None)

    assert fold(page(), ()).health is Health.OPERATIONAL
    assert fold(page(), (CHAT, API)).health is Health.OPERATIONAL
    assert fold(page(), (API,)) == Folded(Health.UNKNOWN)


@pytest.mark.parametrize(
    ("phase", "names", "refs", "health"),
    [
        (Phase.INVESTIGATING, ("Chat",), (CHAT,), Health.PARTIAL_OUTAGE),
        (Phase.MONITORING, ("Chat",), (CHAT,), Health.PARTIAL_OUTAGE),
        (Phase.RESOLVED, ("Chat",), (CHAT,), Health.OPERATIONAL),
        (Phase.POSTMORTEM, ("Chat",), (), Health.OPERATIONAL),
        (Phase.INVESTIGATING, ("API",), (CHAT,), Health.OPERATIONAL),
        (Phase.INVESTIGATING, (), (CHAT,), Health.OPERATIONAL),
        (Phase.INVESTIGATING, (), (), Health.PARTIAL_OUTAGE),
    ],
)
def test_an_open_incident_counts_for_the_parts_it_names(phase, names, refs, health):
    page = report(
        Health.OPERATIONAL,
        incident("i1", Health.PARTIAL_OUTAGE, *names, phase=phase),
        Chat=Health.OPERATIONAL,
        API=Health.OPERATIONAL,
    )
    found = fold(page, refs)
    assert found.health is health
    touches = health is not Health.OPERATIONAL
    assert found.incidents == (("i1",) if touches else ())


@pytest.mark.parametrize(
    ("phase", "names", "refs", "health"),
    [
        (MaintenancePhase.IN_PROGRESS, ("Chat",), (CHAT,), Health.MAINTENANCE),
        (MaintenancePhase.VERIFYING, (), (), Health.MAINTENANCE),
        (MaintenancePhase.SCHEDULED, ("Chat",), (CHAT,), Health.OPERATIONAL),
        (MaintenancePhase.COMPLETED, (), (), Health.OPERATIONAL),
        (MaintenancePhase.IN_PROGRESS, ("API",), (CHAT,), Health.OPERATIONAL),
    ],
)
def test_a_maintenance_counts_while_it_is_under_way(phase, names, refs, health):
    page = report(maintenance=(planned(phase, *names),))
    assert fold(page, refs).health is health


def test_it_began_when_the_first_of_its_incidents_did():
    early = incident("i1", Health.DEGRADED, "Chat", started_at=NOON - timedelta(hours=2))
    late = incident("i2", Health.MAJOR_OUTAGE, "Chat", started_at=NOON)
    undated = incident("i3", Health.DEGRADED, "Chat")
    page = report(Health.OPERATIONAL, late, early, undated)
    found = fold(page, (CHAT,))
    assert (found.since, found.incidents) == (NOON - timedelta(hours=2), ("i2", "i1", "i3"))
    assert fold(report(Health.DEGRADED, undated), (CHAT,)).since is None


def test_what_is_well_began_at_no_time():
    harmless = incident("i1", Health.OPERATIONAL, "Chat", started_at=NOON)
    assert fold(report(Health.OPERATIONAL, harmless), (CHAT,)).since is None


def test_what_a_page_said_last_is_known_however_old_it_is_and_where_there_is_one():
    chatty, page = tool("chatty"), report()
    assert last_report(chatty, board(good(chatty.page, page, 90_000))) is page
    assert last_report(chatty, board()) is None
    assert last_report(chatty, board(fails(chatty.page, GARBAGE))) is None
    assert last_report(tool("chatty", page=False), board(good(chatty.page, page))) is None


def test_each_selection_is_worked_out_once_and_for_itself():
    page = report(Chat=Health.OPERATIONAL, API=Health.DEGRADED)
    assert fold(page, (CHAT,)) is fold(page, (CHAT,))
    assert fold(page, (API,)) is not fold(page, (CHAT,))


class TestAPageOfManyMonitors:
    def of(self, *, failing: int, many: int = MANY, **more: object):
        """So many of its monitors fail; the page's own word is the worst of them."""
        models = {
            f"Model {number}": Health.MAJOR_OUTAGE if number < failing else Health.OPERATIONAL
            for number in range(many)
        }
        said = report(**models, indicator=Health.MAJOR_OUTAGE if failing else Health.OPERATIONAL)
        return replace(said, monitors=True, **more)

    def test_is_well_as_a_whole_while_only_a_few_fail(self):
        most = int(MANY * MOST_OF_MANY)
        assert fold(self.of(failing=most), ()).health is Health.OPERATIONAL
        assert fold(self.of(failing=most + 1), ()).health is Health.MAJOR_OUTAGE

    def test_fails_for_whoever_chose_one_that_does(self):
        first = (PartRef(name="Model 0"),)
        assert fold(self.of(failing=1), first).health is Health.MAJOR_OUTAGE

    def test_fails_by_what_people_write_on_it(self):
        said = (incident("i1", Health.DEGRADED),)
        assert fold(self.of(failing=1, incidents=said), ()).health is Health.DEGRADED

    def test_of_a_handful_each_counts_and_so_does_each_part_of_any_other_page(self):
        assert fold(self.of(failing=1, many=MANY - 1), ()).health is Health.MAJOR_OUTAGE
        other = replace(self.of(failing=1), monitors=False)
        assert fold(other, ()).health is Health.MAJOR_OUTAGE

    def test_hides_no_word_that_nobody_knows(self):
        strange = replace(self.of(failing=0), indicator=Health.UNKNOWN)
        assert fold(strange, ()).health is Health.UNKNOWN

    def test_what_nobody_can_say_of_most_of_them_is_not_well(self):
        unknown = replace(self.of(failing=0).parts[0], health=Health.UNKNOWN)
        blind = replace(self.of(failing=0), parts=(unknown,) * MANY, indicator=None)
        assert fold(blind, ()).health is Health.UNKNOWN
