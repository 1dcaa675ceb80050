"""What a person is told of Microsoft's posts."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.judgement.weigh import fold
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from notifier.model.service import PartRef
from tests.feeds.bodies import CORPUS, body, item, post, posts, rss, without


def read(document: object) -> Report:
    return feeds.read("microsoft", "posts", {"posts": body(document)})


def copilot(**more: object) -> list:
    return [post("CopilotConsumer", "Microsoft Copilot", **more), *posts()[1:]]


def test_the_consumer_services_are_asked_for_or_whatever_was_pasted():
    for pasted, asked in (
        ("https://status.cloud.microsoft", "https://status.cloud.microsoft/api/posts/m365Consumer"),
        ("status.cloud.microsoft/api/posts/mac", "https://status.cloud.microsoft/api/posts/mac"),
    ):
        (plan,) = feeds.plans("microsoft", pasted)
        assert plan.wants[0].url == asked


def test_every_service_is_a_part():
    report = read(posts())
    assert [(part.id, part.name, part.health) for part in report.parts] == [
        ("CopilotConsumer", "Microsoft Copilot", Health.OPERATIONAL),
        ("Outlook.com", "Outlook.com", Health.OPERATIONAL),
    ]
    assert report.incidents == ()


@pytest.mark.parametrize(
    ("word", "health"),
    [
        ("Operational", Health.OPERATIONAL),
        ("Available", Health.OPERATIONAL),
        ("Restored", Health.OPERATIONAL),
        ("Advisory", Health.DEGRADED),
        ("Investigating", Health.DEGRADED),
        ("Degraded", Health.DEGRADED),
        ("Incident", Health.PARTIAL_OUTAGE),
        ("Interruption", Health.MAJOR_OUTAGE),
        ("Splendid", Health.UNKNOWN),
        ("operational?", Health.UNKNOWN),
    ],
)
def test_the_word_of_a_row_is_its_state_alone_or_among_others(word, health):
    rows = read(copilot(status=word))
    assert [part.health for part in rows.parts] == [health, Health.OPERATIONAL]
    alone = without(without(posts()[0], ("ServiceDisplayName",)), ("ServiceWorkloadName",))
    assert feeds.stated(read(alone | {"Status": word})) is health
    assert feeds.stated(rows) is health


def test_what_is_posted_is_an_incident_of_that_service():
    told = copilot(
        status="Incident",
        Id="cp1",
        Title="Copilot does not answer",
        Message="<div>We <b>look</b>&nbsp;at it.</div>",
        AuthoredDateTime="2026-08-01T11:00:00.1234567+00:00",
    )
    (incident,) = read(told).incidents
    assert (incident.id, incident.title) == ("cp1", "Copilot does not answer")
    assert incident.parts == (PartName("CopilotConsumer", "Microsoft Copilot"),)
    assert incident.started_at == datetime(2026, 8, 1, 11, 0, 0, 123456, tzinfo=UTC)
    assert incident.updates[0].text == "We look at it."
    assert incident.open


def test_without_a_title_the_word_is_one_and_the_year_one_is_no_date():
    (incident,) = read(copilot(status="Degraded")).incidents
    assert (incident.id, incident.title) == ("CopilotConsumer", "Microsoft Copilot: Degraded")
    assert incident.started_at is None


def test_what_was_restored_is_over():
    (incident,) = read(copilot(status="Restored", Title="It was slow")).incidents
    assert incident.phase is Phase.RESOLVED


def test_a_document_speaks_for_half_an_hour():
    report = read(posts())
    assert report.as_of == datetime(2026, 8, 1, 12, 0, 0, 489043, tzinfo=UTC)
    assert report.fresh_until == report.as_of + timedelta(minutes=30)
    dateless = read([post("x", "X", LastUpdatedTime="0001-01-01T00:00:00+00:00")])
    assert (dateless.as_of, dateless.fresh_until) == (None, None)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        [{}],
        {"Status": "Available"},
        [without(posts()[0], ("ServiceWorkloadName",))],
        [posts()[0] | {"Status": None}],
        {"CID": "0", "Services": [], "IsAllUp": True},
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        read(document)


# -- Azure -----------------------------------------------------------------------------------

OPENAI, FOUNDRY = PartRef(name="Azure OpenAI"), PartRef(name="Foundry")


def azure(status: str = "Available", message: str = "No issues.", title: str = "") -> Report:
    told = post("x", "x", status, Title=title, Message=message)
    alone = without(without(told, ("ServiceDisplayName",)), ("ServiceWorkloadName",))
    return feeds.read("microsoft", "azure", {"posts": body(alone)})


def azure_feed(*items: str, built: str | None = "Sat, 01 Aug 2026 12:00:00 Z") -> Report:
    feed = rss(*items, title="Azure Status", built=built)
    ours = feed.replace(b"//status.example.com/</", b"//azure.status.microsoft/en-us/status/</")
    return feeds.read("microsoft", "azure_feed", {"feed": ours})


def how(report: Report, ref: PartRef) -> Health:
    return fold(report, (ref,)).health


def test_of_azure_its_posts_are_asked_for_and_its_feed_where_there_are_none():
    feed = "https://rssfeed.azure.status.microsoft/en-us/status/feed/"
    posted = "https://status.cloud.microsoft/api/posts/azure"
    for pasted in ("azure.status.microsoft", "https://azure.status.microsoft/en-us/status", feed):
        asked = [(plan.name, plan.wants[0].url) for plan in feeds.plans("microsoft", pasted)]
        assert asked == [("azure", posted), ("azure_feed", feed)]
    (plan,) = feeds.plans("microsoft", posted)
    assert (plan.name, plan.wants[0].url) == ("azure", posted)


def test_with_nothing_posted_azure_and_its_services_are_well():
    for report in (azure(), azure_feed()):
        assert (report.engine, report.name) == ("microsoft", "Azure")
        assert feeds.stated(report) is Health.OPERATIONAL
        assert how(report, OPENAI) is how(report, FOUNDRY) is Health.OPERATIONAL


def test_a_service_that_is_spoken_of_is_as_bad_as_what_is_posted():
    report = azure("Incident", "Calls to <b>Azure OpenAI</b> fail.", "East US")
    assert report.incidents[0].parts == (PartName("", "Azure OpenAI"),)
    assert how(report, OPENAI) is feeds.stated(report) is Health.PARTIAL_OUTAGE
    assert fold(report, (OPENAI,)).incidents == (report.incidents[0].id,)
    fed = azure_feed(item(title="Microsoft Foundry and OpenAI models - errors", content="We look."))
    assert how(fed, OPENAI) is how(fed, FOUNDRY) is feeds.stated(fed) is Health.DEGRADED


def test_of_one_that_is_not_spoken_of_nobody_knows_as_long_as_something_goes_on():
    assert how(azure("Incident", "Storage fails."), OPENAI) is Health.UNKNOWN
    assert how(azure_feed(item(title="Storage", content="We look.")), OPENAI) is Health.UNKNOWN
    assert how(azure("Restored", "OpenAI and storage failed."), OPENAI) is Health.OPERATIONAL
    assert how(azure("Splendid"), OPENAI) is Health.UNKNOWN


def test_azure_s_feed_speaks_for_an_hour_whatever_is_in_it():
    for report in (azure_feed(), azure_feed(item(title="Storage", content="We look."))):
        assert f"{report.fresh_until:%F %R}" == "2026-08-01 13:00"
    undated = azure_feed(built=None)
    assert (feeds.stated(undated), how(undated, OPENAI)) == (Health.UNKNOWN, Health.UNKNOWN)


def test_a_feed_of_somebody_else_is_not_azure_s():
    with pytest.raises(Unreadable, match="not Azure's"):
        feeds.read("microsoft", "azure_feed", {"feed": rss()})


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_azure_s_recorded_post_and_feed_are_well_as_long_as_they_are_fresh():
    folder = CORPUS / "status-pages" / "azure"
    said = (folder / "azure--posts-api-2026-08-01.json").read_bytes()
    fed = (folder / "azure--rss-feed-2026-08-01-empty.xml").read_bytes()
    for plan, want, document, until in (
        ("azure", "posts", said, "01:05"),
        ("azure_feed", "feed", fed, "01:22"),
    ):
        report = feeds.read("microsoft", plan, {want: document})
        assert feeds.stated(report) is how(report, OPENAI) is Health.OPERATIONAL
        assert f"{report.fresh_until:%F %R}" == f"2026-08-01 {until}"
