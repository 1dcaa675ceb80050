"""What a person is told of a document of their own, by their own expressions."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.json.expression import problem
from notifier.model.health import Health
from notifier.model.observation import Part, PartName, Report
from notifier.model.service import Legend
from tests.feeds.bodies import body, changed
from tests.feeds.test_properties import places

ROOT = Path(__file__).resolve().parents[2]
WORDS = (("ok", Health.OPERATIONAL), ("slow", Health.DEGRADED), ("down", Health.MAJOR_OUTAGE))

CLUSTER = {
    "updated": "2026-08-01T12:00:00Z",
    "status": {"word": "ok", "note": ""},
    "nodes": [
        {"name": "Login", "state": "ok"},
        {"name": "Compute", "state": "slow"},
        {"name": "Storage", "state": "ok"},
    ],
}


def read(document: object, state: str = "status.word", **more) -> Report:
    legend = Legend(state, **{"words": WORDS} | more)
    return feeds.read("json", "document", {"document": body(document)}, legend)


def said(word: object, **more) -> Report:
    return read(changed(CLUSTER, ("status", "word"), word), **more)


def test_the_document_itself_is_asked_for_with_its_query():
    (plan,) = feeds.plans("json", "https://lab.example.edu/health.json?site=1#top")
    assert [want.url for want in plan.wants] == ["https://lab.example.edu/health.json?site=1"]


@pytest.mark.parametrize(
    ("word", "words", "health"),
    [
        ("ok", WORDS, Health.OPERATIONAL),
        ("slow", WORDS, Health.DEGRADED),
        ("down", WORDS, Health.MAJOR_OUTAGE),
        ("degraded", (), Health.DEGRADED),
        ("operational", (("operational", Health.DEGRADED),), Health.DEGRADED),
        (True, (("true", Health.OPERATIONAL),), Health.OPERATIONAL),
        (False, (("true", Health.OPERATIONAL),), Health.UNKNOWN),
        (1, (("1", Health.OPERATIONAL),), Health.OPERATIONAL),
        (1.5, (("1.5", Health.DEGRADED),), Health.DEGRADED),
    ],
)
def test_a_word_means_what_the_person_says_it_means(word, words, health):
    assert feeds.stated(said(word, words=words)) is health


@pytest.mark.parametrize("word", ["OK", "ok ", "fine", "", "2"])
def test_a_word_nobody_explained_is_unknown_and_is_kept(word):
    report = said(word)
    assert feeds.stated(report) is Health.UNKNOWN
    assert report.notes == ((f"unknown state “{word.strip()}”",) if word else ())


@pytest.mark.parametrize("value", [{"a": {}}, [[]], [None], [{}]])
def test_a_state_that_is_no_word_is_unknown(value):
    report = said(value)
    assert feeds.stated(report) is Health.UNKNOWN
    assert report.notes == ("a state that is no word",)


@pytest.mark.parametrize("state", ["nothing.here", "status.word.deeper", "nodes[9].state"])
def test_a_document_without_the_state_is_unreadable(state):
    with pytest.raises(Unreadable, match="finds no state in this document"):
        read(CLUSTER, state)


@pytest.mark.parametrize("empty", [None, [], {}])
def test_an_empty_state_is_none(empty):
    with pytest.raises(Unreadable, match="finds no state"):
        said(empty)


def test_of_several_states_the_worst_counts():
    assert feeds.stated(read(CLUSTER, "nodes[].state")) is Health.DEGRADED
    assert feeds.stated(read(CLUSTER, "[status.word, nodes[0].state]")) is Health.OPERATIONAL
    fallen = changed(CLUSTER, ("nodes", 2, "state"), "on fire")
    assert feeds.stated(read(fallen, "nodes[?name != 'Compute'].state")) is Health.UNKNOWN


PARTS = (
    Part("", "Login", Health.OPERATIONAL),
    Part("", "Compute", Health.DEGRADED),
    Part("", "Storage", Health.OPERATIONAL),
)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param("nodes", id="a list of names and states"),
        pytest.param("nodes[].{name: name, state: state}", id="the same, picked"),
        pytest.param(
            "{Login: nodes[0].state, Compute: nodes[1].state, Storage: nodes[2].state}",
            id="words by name",
        ),
    ],
)
def test_states_with_names_are_parts(state):
    report = read(CLUSTER, state)
    assert report.parts == PARTS
    assert report.indicator is None, "the parts say it all: a selection of them is one"


def test_a_part_whose_state_is_missing_is_unknown():
    document = changed(CLUSTER, ("nodes", 1), {"name": "Compute"})
    report = read(document, "nodes[].{name: name, state: state}")
    assert [part.health for part in report.parts][1] is Health.UNKNOWN
    assert feeds.stated(report) is Health.UNKNOWN


@pytest.mark.parametrize(
    "state", ["nodes[*].state", "nodes[].state", "nodes[?name].state", "checks.*.state"]
)
def test_a_state_that_is_gone_from_a_list_is_not_left_out(state):
    one_is_gone = [{"name": "Login", "state": "ok"}, {"name": "Compute"}]
    document = {"nodes": one_is_gone, "checks": dict(zip("ab", one_is_gone, strict=True))}
    assert feeds.stated(read(document, state)) is Health.UNKNOWN
    assert feeds.stated(read(document, "nodes[?state].state")) is Health.OPERATIONAL


def test_what_is_wrong_has_the_title_the_document_gives_it():
    troubled = changed(CLUSTER, ("status", "note"), "Jobs wait, see <b>the queue</b>")
    report = read(troubled, "nodes", title="status.note")
    (incident,) = report.incidents
    assert incident.title == "Jobs wait, see the queue"
    assert incident.open
    assert incident.parts == (PartName("", "Compute"),)
    assert (incident.impact, incident.floor) == (Health.DEGRADED, Health.DEGRADED)
    several = changed(CLUSTER, ("status", "note"), ["Jobs wait", "No mail"])
    assert read(several, "nodes", title="status.note").incidents[0].title == "Jobs wait; No mail"


def test_a_title_of_what_is_well_tells_of_nothing():
    cheerful = changed(CLUSTER, ("status", "note"), "All systems go")
    assert read(cheerful, title="status.note").incidents == ()
    assert said("down", title="status.note").incidents == (), "a title that is empty is none"
    assert said("down", title="status.none").incidents == ()


def test_maintenance_with_a_title_is_one_under_way():
    moved = {"word": "planned", "note": "New disks"}
    words = (("planned", Health.MAINTENANCE),)
    report = read(CLUSTER | {"status": moved}, title="status.note", words=words)
    assert [(one.title, one.under_way) for one in report.maintenance] == [("New disks", True)]
    assert report.incidents == ()


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-08-01T12:00:00Z", datetime(2026, 8, 1, 12, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 12:00:00 GMT", datetime(2026, 8, 1, 12, tzinfo=UTC)),
        (1785585600, datetime(2026, 8, 1, 12, tzinfo=UTC)),
        (1785585600500, datetime(2026, 8, 1, 12, 0, 0, 500000, tzinfo=UTC)),
        ("noon", None),
        ("2026-08-01T12:00:00", None),
        (10**400, None),
        (True, None),
        (None, None),
    ],
)
def test_the_time_of_the_document_is_read_where_it_is_one(written, at):
    report = read(changed(CLUSTER, ("updated",), written), time="updated")
    assert report.as_of == at
    assert (report.notes == ()) is (at is not None)


def test_a_document_speaks_for_as_long_as_the_person_says():
    report = read(CLUSTER, time="updated", fresh=1800.0)
    assert report.fresh_until == datetime(2026, 8, 1, 12, 30, tzinfo=UTC)
    assert read(CLUSTER, time="updated").fresh_until is None
    with pytest.raises(Unreadable, match="says no time"):
        read(changed(CLUSTER, ("updated",), "noon"), time="updated", fresh=1800.0)


def test_without_being_told_where_to_look_nothing_is_read():
    for attempt in (
        lambda: feeds.read("json", "document", {"document": body(CLUSTER)}),
        lambda: feeds.read_alone(body(CLUSTER), "json"),
    ):
        with pytest.raises(Unreadable, match=r"for you to say: in settings.toml"):
            attempt()


def test_an_expression_is_for_this_engine_alone():
    with pytest.raises(Unreadable):
        feeds.read("statuspage", "summary", {"summary": body(CLUSTER)}, Legend("status.word"))


# -- expressions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("status.word", None),
        ("length(nodes)", None),
        ("nodes[?state != 'ok'] | [0].state || 'ok'", None),
        ("a..b", "it goes wrong at character 3"),
        ("a b", "it goes wrong at character 3"),
        ('a."b', "it goes wrong at character 3"),
        ("nodes[", "it ends too soon"),
        ("shout(@)", "Unknown function: shout()"),
        ("length()", "Expected 1 argument for function length(), received 0"),
    ],
)
def test_what_is_wrong_with_an_expression_is_said_in_a_few_words(expression, why):
    assert problem(expression) == why


@pytest.mark.parametrize("expression", ["sum(nodes)", "max_by(nodes, &name).x(", "nodes[::0]"])
def test_one_that_fits_no_such_document_is_a_sentence(expression):
    with pytest.raises(Unreadable, match=r"cannot be used on this document: .*\.$"):
        read(CLUSTER, expression)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # bare words in backquotes
@given(st.text("abz.[]{}()|&@*?'`\"!=<>:,0 \n\\#", max_size=30))
def test_any_expression_is_used_or_refused(expression):
    why = problem(expression)
    assert why is None or (why and "\n" not in why)


def test_the_library_is_loaded_for_such_a_document_and_by_nothing_before():
    code = (
        "import sys\nfrom notifier import feeds\nimport notifier.feeds.json as engine\n"
        "from notifier.model.service import Legend\n"
        "feeds.plans('json', 'https://x.example/')\nprint('jmespath' in sys.modules)\n"
        "feeds.read('json', 'document', {'document': b'{\"a\": 1}'}, Legend('a'))\n"
        "print('jmespath' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


# -- damage ----------------------------------------------------------------------------------

LEGENDS = {
    "a word": Legend("status.word", "status.note", "updated", WORDS),
    "parts": Legend("nodes[*].{name: name, state: state}", "status.note", "updated", WORDS),
    "words": Legend("nodes[*].state", words=WORDS),
}
TROUBLED = changed(changed(CLUSTER, ("status", "word"), "down"), ("status", "note"), "Fire")


def stated_or_refused(document: bytes, legend: Legend) -> Health | None:
    try:
        return feeds.stated(feeds.read("json", "document", {"document": document}, legend))
    except Unreadable:
        return None


@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS)
def test_no_part_of_a_document_is_evidence(legend):
    whole = body(TROUBLED)
    assert stated_or_refused(whole, legend) not in (None, Health.OPERATIONAL)
    for end in range(len(whole)):
        assert stated_or_refused(whole[:end], legend) is None


@pytest.mark.parametrize("value", [None, 7, -1.5, True, [], {}, "", "surprise", 2**70, [None]])
@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS)
def test_what_decides_cannot_be_spoilt_into_all_well(legend, value):
    for path in places(TROUBLED):
        stated = stated_or_refused(body(changed(TROUBLED, path, value)), legend)
        assert stated is not Health.OPERATIONAL


@given(st.permutations(CLUSTER["nodes"]))
def test_the_order_of_a_list_says_nothing(nodes):
    one, other = (read(CLUSTER | {"nodes": each}, "nodes") for each in (nodes, CLUSTER["nodes"]))
    assert feeds.stated(one) is feeds.stated(other)
    assert set(one.parts) == set(other.parts)


@given(st.binary(max_size=100))
def test_any_bytes_are_a_report_or_a_sentence(document):
    stated_or_refused(document, LEGENDS["a word"])
