"""`notifier test-fallbacks`: with and without an owner, its exit code, and what is kept."""

import re
import sqlite3

import pytest

from tests.cli.person import service

NONE = 'can = ["chat"]\nfallbacks = ["spare"]'


@pytest.fixture
def prepared(person, page, spare, door):
    """One tool, and one alternative in the person's own order."""
    settings = '[fallbacks]\nallow = ["spare"]\n'
    person.chooses(
        service("campus", page.url, more=NONE),
        service("spare", spare.url, door.url, more='can = ["search"]\nfallbacks = ["campus"]'),
        more=settings,
    )
    return person


def of(said, id_):
    return next(one for one in said.json["fallbacks"] if one["id"] == id_)


def test_it_says_in_a_dated_report_what_is_ready(prepared):
    said = prepared.runs("test-fallbacks", "--json")
    report = r"Fallbacks tested on \d+ \w+ \d{4}, \d\d:\d\d: Spare: ready\. Nothing is ready .*"
    assert re.fullmatch(report, said.json["report"])
    assert (said.json["schema"], said.json["source"]) == (1, "looked")
    spare = of(said, "spare")
    assert (spare["came"], spare["instead_of"]) == ("well", ["campus"])
    assert [(one["step"], one["came"]) for one in spare["steps"]] == [
        ("page", "well"),
        ("reach", "well"),
    ]


def test_it_ends_with_1_where_a_tool_has_nothing_ready_and_names_it(prepared):
    said = prepared.runs("test-fallbacks")
    assert (said.code, said.lines[0]) == (1, "Nothing is ready to stand in for Spare.")


def test_it_ends_with_0_where_each_tool_has_something(chosen):
    assert chosen.runs("test-fallbacks").code == 0


def test_an_outage_of_the_alternative_is_seen(prepared, spare):
    spare.says("partial_outage", title="Half of it")
    said = prepared.runs("test-fallbacks", "--json")
    assert said.code == 1
    assert of(said, "spare")["says"] == "not ready, its page reports a partial outage"


def test_alone_it_writes_no_history(prepared):
    prepared.runs("test-fallbacks")
    assert not (prepared.folder / "data" / "history.db").exists()


def test_beside_an_owner_that_one_tests_and_keeps_the_date(prepared, spare):
    with prepared.running("watch") as owner:
        owner.says("Campus: no problem reported")
        said = prepared.runs("test-fallbacks", "--json")
        asked = list(spare.asked)
        again = prepared.runs("test-fallbacks", "--json")
        owner.interrupted()
    assert said.json["source"] == "owner"
    assert of(said, "spare")["came"] == "well"
    assert (again.json["at"], spare.asked) == (said.json["at"], asked), "nobody is asked twice"
    with sqlite3.connect(prepared.folder / "data" / "history.db") as db:
        kept = db.execute("SELECT value FROM meta WHERE name = 'fallbacks_tested'").fetchall()
    db.close()
    assert len(kept) == 1


def test_with_nothing_chosen_it_says_how_to_add(person):
    person.writes("version = 1\n")
    said = person.runs("test-fallbacks")
    assert said.code == 1
    assert "notifier add" in said.out
