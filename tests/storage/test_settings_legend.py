"""`json` of a service in settings.toml: what is understood, and what is said of the rest."""

import pytest

from notifier.model.health import Health
from notifier.model.service import Legend
from notifier.storage.settings_file import read

SERVICE = """version = 1
[[service]]
id = "lab"
status = "https://lab.example.edu/health.json"
"""


@pytest.fixture
def lab(tmp_path):
    """The service as it is understood, and what is complained of."""

    def written(more, engine='engine = "json"\n'):
        path = tmp_path / "settings.toml"
        path.write_text(SERVICE + engine + more)
        choices, complaints = read(path)
        return choices.watched[0], [str(complaint) for complaint in complaints]

    return written


WHOLE = Legend(
    "status.word",
    "status.note",
    "updated",
    (("ok", Health.OPERATIONAL), ("all is lost", Health.MAJOR_OUTAGE)),
    1800.0,
)


@pytest.mark.parametrize(
    "written",
    [
        """json = { state = "status.word", title = "status.note", time = "updated", fresh = "30m", \
words = { ok = "operational", "all is lost" = "major_outage" } }""",
        """[service.json]
state = "status.word"
title = "status.note"
time = "updated"
fresh = "30m"
[service.json.words]
ok = "operational"
"all is lost" = "major_outage"
""",
    ],
)
def test_how_a_document_is_to_be_read_stands_beside_its_address(lab, written):
    service, complaints = lab(written)
    assert complaints == []
    assert (service.engine, service.legend) == ("json", WHOLE)


def test_the_state_alone_is_enough(lab):
    service, complaints = lab('json = { state = "up" }')
    assert (service.legend, complaints) == (Legend("up"), [])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            'json = { state = "a..b" }',
            'such as "status.word" (it goes wrong at character 3); it says "a..b".',
        ),
        (
            'json = { state = "a", title = "shout(a)" }',
            'such as "status.word" (Unknown function: shout()); it says "shout(a)".',
        ),
        ('json = { state = "a", time = "b", fresh = "5s" }', '"fresh" must be a time such as'),
        ('json = { state = "a", fresh = "5m" }', '"fresh" needs "time" beside it'),
        ('json = { state = "a..b" }', 'line 6: "state" must be a JMESPath expression,'),
        ('json = { state = "a", title = "a[" }', '"title" must be a JMESPath expression,'),
        ('json = { state = "a", time = 7 }', '"time" must be a JMESPath expression of 1 to 500'),
        ('json = { title = "a" }', '"state" is missing; nothing can be read'),
        ('json = "a"', '"json" must be a table; it says "a".'),
        (
            'json = { state = "a", words = { ok = "fine" } }',
            'line 6: "ok" must be "operational", "maintenance",',
        ),
        (
            'json = { state = "a", word = {} }',
            '"word" is not a setting this version knows; it is kept. Did you mean "words"?',
        ),
        ("", 'engine "json" needs "json" beside it, which says where the state stands.'),
    ],
)
def test_what_is_wrong_is_named_once_with_its_key(lab, written, says):
    _, complaints = lab(written)
    assert len(complaints) == 1
    assert says in complaints[0]


def test_a_word_that_is_wrong_spares_the_others(lab):
    service, _ = lab('json = { state = "a", words = { ok = "operational", no = "bad" } }')
    assert service.legend == Legend("a", words=(("ok", Health.OPERATIONAL),))


def test_it_is_for_its_own_engine_and_needs_an_address(lab, tmp_path):
    service, complaints = lab('json = { state = "a" }', 'engine = "statuspage"\n')
    assert service.legend is None
    assert complaints == [
        'settings.toml, line 6: "json" needs engine = "json" beside it; it has no effect.'
    ]
    path = tmp_path / "settings.toml"
    path.write_text('[[service]]\nid = "chatgpt"\nengine = "json"\njson = { state = "a" }\n')
    said = [complaint.text.partition(" beside")[0] for complaint in read(path)[1]]
    assert said == ['"engine" needs "status"', '"json" needs "status"']
