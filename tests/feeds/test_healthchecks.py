"""What a person is told of the checks of Healthchecks, and of a badge."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import body, without
from tests.feeds.samples.healthchecks import badge, check, checks
from tests.watch.fault_server import FaultServer, reply
from tests.watch.looking import in_loop
from tests.watch.test_keys import CANARY, look, signed_page


def read(*listed: object) -> Report:
    return feeds.read("healthchecks", "checks", {"checks": body(checks(*listed))})


def read_badge(document: object) -> Report:
    return feeds.read("healthchecks", "badge", {"badge": body(document)})


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("https://healthchecks.io", "https://healthchecks.io/api/v3/checks/"),
        (
            "healthchecks.io/projects/1b2/checks/?tag=a#b",
            "https://healthchecks.io/api/v3/checks/",
        ),
        (
            "https://hc.example.edu/in/checks/1b2/details/",
            "https://hc.example.edu/in/api/v3/checks/",
        ),
        ("http://checks/", "http://checks/api/v3/checks/"),
        (
            "https://hc.example.edu/api/v3/checks/?tag=llm&tag=prod",
            "https://hc.example.edu/api/v3/checks/?tag=llm&tag=prod",
        ),
        ("https://hc.example.edu/api/v1/checks", "https://hc.example.edu/api/v1/checks/"),
        (
            "https://hc.example.edu/badge/1b2/aXq/llm.svg",
            "https://hc.example.edu/badge/1b2/aXq/llm.json",
        ),
        ("https://hc.example.edu/b/3/1b2.shields", "https://hc.example.edu/b/3/1b2.json"),
        ("https://hc.example.edu/b/2/1b2.json", "https://hc.example.edu/b/2/1b2.json"),
    ],
)
def test_the_list_of_checks_is_asked_for_or_the_badge_that_was_pasted(pasted, asked):
    (plan,) = feeds.plans("healthchecks", pasted)
    assert [want.url for want in plan.wants] == [asked]


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("up", Health.OPERATIONAL),
        ("grace", Health.DEGRADED),
        ("down", Health.MAJOR_OUTAGE),
        ("new", Health.UNKNOWN),
        ("started", Health.UNKNOWN),
        ("paused", Health.UNKNOWN),
        ("late for tea", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_check_is_its_state(word, health):
    report = read(check(), check("Index", word))
    assert [(part.id, part.name, part.health) for part in report.parts] == [
        ("key-of-nightly-backup", "Nightly backup", Health.OPERATIONAL),
        ("key-of-index", "Index", health),
    ]
    assert feeds.stated(report) is health
    assert bool(report.notes) is (word == "late for tea")


def test_an_address_to_ping_is_a_secret_and_is_repeated_nowhere():
    known = "31365bce-8da9-4729-8ff3-aaa71d56b712"
    full = without(check(), ("unique_key",)) | {
        "uuid": known,
        "ping_url": f"https://hc-ping.example.com/{known}",
    }
    report = read(full)
    assert report.parts[0].id == "nightly-backup"
    assert known not in repr(report)


def test_a_check_without_a_name_is_called_by_its_slug():
    assert [
        part.name for part in read(check(name="", slug="s"), check(name="", slug="")).parts
    ] == [
        "s",
        "(unnamed)",
    ]


@pytest.mark.parametrize(
    ("document", "health"),
    [
        (badge(), Health.OPERATIONAL),
        (badge("late", grace=1), Health.DEGRADED),
        (badge("down", down=1), Health.MAJOR_OUTAGE),
        (badge("so so"), Health.UNKNOWN),
        (badge(total=0), Health.UNKNOWN),
    ],
)
def test_a_badge_is_a_word_and_that_of_no_check_is_none(document, health):
    assert feeds.stated(read_badge(document)) is health
    assert feeds.read_alone(body(document)).engine == "healthchecks"


@pytest.mark.parametrize("document", [{}, {"status": "up"}, badge() | {"total": None}, ["up"]])
def test_what_is_no_badge_is_refused(document):
    with pytest.raises(Unreadable):
        read_badge(document)


@pytest.mark.parametrize(
    "listed",
    [
        [],
        [{}],
        [check(), without(check(), ("status",))],
        [check(status=None)],
        [without(check(), ("grace",))],
    ],
)
def test_what_is_not_this_list_is_refused(listed):
    with pytest.raises(Unreadable):
        read(*listed)


@in_loop
async def test_the_project_s_key_goes_in_the_header_the_makers_want_and_the_tag_in_the_address():
    with FaultServer() as server:
        server.say("/api/v3/checks/?tag=llm", reply(body(checks(check(status="down")))))
        source = signed_page(server.url("/api/v3/checks/?tag=llm"), "healthchecks", "x-api-key")
        looked = await look(source)
        (request,) = server.requests
    assert request.headers["x-api-key"] == CANARY
    assert isinstance(looked.outcome, Report)
    assert feeds.stated(looked.outcome) is Health.MAJOR_OUTAGE
