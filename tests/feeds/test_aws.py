"""What a person is told of Amazon's services, in the regions they use."""

from datetime import UTC, datetime

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.judgement.weigh import fold
from notifier.model.health import Health
from notifier.model.observation import PartName, Phase, Report
from notifier.model.service import PartRef
from tests.feeds.bodies import CORPUS, body, item, rss, without
from tests.feeds.samples.aws import (
    BEGUN,
    IDENTIFIES,
    SITE,
    event,
    impacted,
    in_utf_16,
    of_many,
    over,
)

BEDROCK = PartRef("bedrock-us-east-1", "Amazon Bedrock", "us-east-1")
LAMBDA = PartRef("lambda-us-east-1", "AWS Lambda", "us-east-1")
VIRGINIA = PartRef(group="us-east-1")
IRELAND = PartRef(group="eu-west-1")


def read(*events: object) -> Report:
    return feeds.read("aws", "events", {"events": body([*events])})


def chosen(ref: PartRef, *events: object) -> Health:
    """How a person's part is."""
    found = fold(read(*events), (ref,))
    assert found.matched
    return found.health


def test_the_events_are_asked_for_wherever_the_address_was_copied():
    for pasted in ("", "/health/status", "/public/currentevents", "/health/home#/account"):
        (plan,) = feeds.plans("aws", f"https://health.aws.amazon.com{pasted}")
        assert [(want.name, want.url) for want in plan.wants] == [
            ("events", "https://health.aws.amazon.com/public/currentevents")
        ]


def test_with_nothing_going_on_everything_anybody_may_choose_is_well():
    for report in (read(), feeds.read("aws", "events", {"events": SITE[IDENTIFIES]})):
        assert feeds.stated(report) is Health.OPERATIONAL
        for ref in (BEDROCK, LAMBDA, VIRGINIA, IRELAND, PartRef(name="bedrock-eu-west-1")):
            found = fold(report, (ref,))
            assert (found.matched, found.health) == (True, Health.OPERATIONAL)


def test_a_region_or_a_service_nobody_has_is_not_well_but_asked_about():
    for ref in (PartRef(name="bedrok"), PartRef("bedrock-us-east-9", "x", "us-east-9")):
        assert not fold(read(), (ref,)).matched


@pytest.mark.parametrize(
    ("status", "health"),
    [
        ("1", Health.DEGRADED),
        ("2", Health.DEGRADED),
        ("3", Health.MAJOR_OUTAGE),
        ("4", Health.UNKNOWN),
        ("disrupted", Health.UNKNOWN),
    ],
)
def test_an_event_of_one_service_is_of_no_other_and_of_no_other_region(status, health):
    told = event(status=status)
    assert chosen(BEDROCK, told) is chosen(VIRGINIA, told) is health
    assert feeds.stated(read(told)) is health
    for ref in (LAMBDA, IRELAND, PartRef("bedrock-us-east-2", "Amazon Bedrock", "us-east-2")):
        assert chosen(ref, told) is Health.OPERATIONAL


def test_a_service_that_is_listed_only_while_it_is_touched_is_found_by_its_key():
    told = event("lambda-us-east-1", "3", service_name="AWS Lambda")
    assert chosen(LAMBDA, told) is chosen(PartRef(name="lambda-us-east-1"), told)
    (part,) = (one for one in read(told).parts if one.id == "lambda-us-east-1")
    assert (part.name, part.group, part.health) == ("AWS Lambda", "us-east-1", Health.MAJOR_OUTAGE)
    assert chosen(LAMBDA) is chosen(PartRef(name="lambda-us-east-1")) is Health.OPERATIONAL


def test_an_event_of_many_services_touches_those_it_lists_as_they_are_now():
    told = of_many(
        impacted_services=impacted(
            bedrock_us_east_1=("1", "3"), lambda_us_east_1=("3", "3"), s3_us_east_1=("0", "3")
        )
    )
    assert chosen(BEDROCK, told) is Health.DEGRADED
    assert chosen(LAMBDA, told) is Health.MAJOR_OUTAGE
    assert chosen(PartRef("s3-us-east-1", "S3", "us-east-1"), told) is Health.OPERATIONAL
    assert chosen(VIRGINIA, told) is Health.MAJOR_OUTAGE
    (incident,) = read(told).incidents
    assert incident.parts == (
        PartName("bedrock-us-east-1", "AWS bedrock"),
        PartName("lambda-us-east-1", "AWS lambda"),
    )


@pytest.mark.parametrize("listed", [None, {}, impacted(s3_us_east_1=("0", "3"))])
def test_as_long_as_it_lists_none_it_touches_all_of_its_region(listed):
    told = of_many(impacted_services=listed)
    for ref in (BEDROCK, LAMBDA, VIRGINIA):
        assert chosen(ref, told) is Health.MAJOR_OUTAGE
    assert chosen(IRELAND, told) is Health.OPERATIONAL
    there = [part for part in read(told).parts if part.group == "us-east-1"]
    assert {part.health for part in there} == {Health.MAJOR_OUTAGE}
    assert [one.id for one in read(told).incidents[0].parts] == [part.id for part in there]


def test_a_service_without_a_region_is_felt_in_every_one():
    told = event("iam", "3", service_name="AWS IAM", region_name="Global")
    for ref in (BEDROCK, LAMBDA, IRELAND):
        assert chosen(ref, told) is Health.DEGRADED
    assert chosen(PartRef("iam", "AWS IAM", "Global"), told) is Health.MAJOR_OUTAGE
    assert fold(read(told), (LAMBDA,)).incidents == (read(told).incidents[0].id,)
    assert read(told).incidents[0].parts[0] == PartName("iam", "AWS IAM")
    assert chosen(BEDROCK, of_many(service="multipleservices")) is Health.DEGRADED


def test_but_not_where_the_trouble_is_that_of_one_region():
    listed = impacted(cloudfront=("3", "3"), lambda_me_central_1=("3", "3"))
    told = of_many(service="multipleservices-me-central-1", impacted_services=listed)
    assert chosen(BEDROCK, told) is Health.OPERATIONAL
    assert chosen(PartRef("cloudfront", "CloudFront", "Global"), told) is Health.OPERATIONAL
    there = PartRef("cloudfront-me-central-1", "CloudFront", "me-central-1")
    assert chosen(there, told) is Health.MAJOR_OUTAGE


def test_of_two_events_the_worse_counts_in_whatever_order_they_stand():
    both = event(status="1"), of_many(impacted_services=impacted(bedrock_us_east_1=("3", "3")))
    for order in (both, both[::-1]):
        assert chosen(BEDROCK, *order) is Health.MAJOR_OUTAGE


@pytest.mark.parametrize(
    "ended",
    [
        {"status": "0"},
        {"summary": "[RESOLVED] Increased Error Rates"},
        {"end_time": str(BEGUN + 3600)},
        {"end_time": BEGUN + 3600},
    ],
)
def test_an_event_is_over_by_any_of_the_ways_in_which_that_is_said(ended):
    report = read(event(**ended))
    (told,) = report.incidents
    assert (told.phase, feeds.stated(report)) == (Phase.RESOLVED, Health.OPERATIONAL)
    assert told.title == "Amazon Bedrock (N. Virginia): Increased Error Rates"
    assert told.impact is Health.DEGRADED
    assert told.resolved_at is not None


@pytest.mark.parametrize("end", ["soon", "", 7, str(BEGUN - 1), 2**70, "٣" * 10])
def test_an_end_that_is_no_time_or_before_the_beginning_ends_nothing(end):
    assert feeds.stated(read(event(end_time=end))) is Health.DEGRADED


def test_an_event_is_told_whole():
    (told,) = read(event()).incidents
    assert told.id == f"bedrock-us-east-1_{BEGUN}"
    assert told.title == "Amazon Bedrock (N. Virginia): Increased Error Rates"
    assert told.parts == (PartName("bedrock-us-east-1", "Amazon Bedrock"),)
    assert told.started_at == datetime(2026, 8, 1, 9, 20, tzinfo=UTC)
    assert told.updated_at == datetime(2026, 8, 1, 9, 30, tzinfo=UTC)
    assert [entry.text for entry in told.updates] == ["We found it.", "We look."]
    (bare,) = read(event(arn=None, event_log=None, service_name=None, region_name=None)).incidents
    assert bare.id == f"bedrock-us-east-1 {BEGUN}"
    assert bare.title == "bedrock-us-east-1: Increased Error Rates"


@pytest.mark.parametrize(
    ("key", "group"),
    [
        ("acm-pca-me-central-1", "me-central-1"),
        ("ec2-us-gov-west-1", "us-gov-west-1"),
        ("ec2-cn-north-1", "cn-north-1"),
        ("ec2-eusc-de-east-1", "eusc-de-east-1"),
        ("ec2-ap-southeast-12", "ap-southeast-12"),
        ("management-console", "Global"),
        ("route53", "Global"),
    ],
)
def test_the_region_is_the_end_of_a_key(key, group):
    (part,) = (one for one in read(event(key)).parts if one.id == key)
    assert part.group == group


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be with a mark"])
def test_what_it_is_written_in_is_told_by_its_first_bytes(form):
    document = [event(service_name="Amazon Bedrock – 基石")]
    written = (
        in_utf_16(document)
        if form.endswith("mark")
        else body(document).decode("unicode-escape").encode(form)
    )
    report = feeds.read("aws", "events", {"events": written})
    assert report == read(*document)
    assert feeds.read_alone(written) == report


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 100, 101, -1, -2])
def test_half_a_document_in_utf_16_is_none(cut):
    with pytest.raises(Unreadable):
        feeds.read("aws", "events", {"events": in_utf_16([event()])[:cut]})


@pytest.mark.parametrize(
    "document",
    [
        {},
        [{}],
        {"current": [], "archive": []},
        [without(event(), ("status",))],
        [without(event(), ("service",))],
        [without(event(), ("date",))],
        [event(status=3)],
        [of_many(impacted_services={"s3-us-east-1": {"service_name": "S3"}})],
    ],
)
def test_what_is_not_this_document_is_refused(document):
    with pytest.raises(Unreadable):
        feeds.read("aws", "events", {"events": body(document)})


def test_an_empty_list_in_a_file_may_be_anybody_s():
    with pytest.raises(Unreadable, match="lists nothing"):
        feeds.read("aws", "kept", {"events": b"[]"})
    assert feeds.read("aws", "kept", {"events": body([event()])}) == read(event())


def test_words_nobody_knows_are_kept():
    listed = impacted(s3_us_east_1=("odd", "3"))
    assert read(of_many(status="9", impacted_services=listed), over(status="8")).notes == (
        "unknown event status “9”",
        "unknown event status “odd”",
    )


# -- the feed of one service -----------------------------------------------------------------

FEED = "https://status.aws.amazon.com/rss/bedrock-us-east-1.rss"


def amazon(*items: str, home: str = "https://status.aws.amazon.com/") -> bytes:
    feed = rss(*items, title="Amazon Bedrock (N. Virginia) Service Status")
    return feed.replace(b"https://status.example.com/</link><desc", f"{home}</link><desc".encode())


def update(title: str, at: str, epoch: int = BEGUN) -> str:
    guid = f"https://status.aws.amazon.com/#bedrock-us-east-1_{epoch}"
    return item(guid, title, "text", at, "https://status.aws.amazon.com/")


def by_feed(*items: str) -> Report:
    return feeds.read("aws", "feed", {"feed": amazon(*items)})


def test_the_feed_of_a_service_is_read_where_its_address_was_pasted():
    (plan,) = feeds.plans("aws", FEED)
    assert (plan.name, plan.wants[0].url) == ("feed", FEED)


@pytest.mark.parametrize(
    ("title", "health"),
    [
        ("Service disruption: Errors", Health.DEGRADED),
        ("Service degradation: Errors", Health.DEGRADED),
        ("Service impact: Errors", Health.DEGRADED),
        ("Informational message: Errors", Health.DEGRADED),
        ("Service is operating normally: [RESOLVED] Errors", Health.OPERATIONAL),
    ],
)
def test_the_first_words_of_an_update_say_how_it_is(title, health):
    report = by_feed(update(title, "Sat, 01 Aug 2026 04:00:00 PDT"))
    assert (report.engine, feeds.stated(report)) == ("aws", health)


def test_what_was_informed_of_long_ago_says_nothing_of_what_is_informed_of_now():
    old = update("Informational message: Slow", "Thu, 01 Jan 2026 04:00:00 PST", 1767268800)
    new = update("Informational message: Slow", "Sat, 01 Aug 2026 04:00:00 PDT")
    assert feeds.stated(by_feed(new, old)) is Health.DEGRADED
    assert feeds.stated(by_feed(old)) is Health.OPERATIONAL


def test_updates_near_each_other_are_of_one_event_and_those_far_apart_of_two():
    first = update("Service impact: Slow", "Thu, 28 May 2026 02:00:00 PDT", 1779958800)
    fixed = update(
        "Service is operating normally: [RESOLVED] Slow",
        "Thu, 28 May 2026 05:00:00 PDT",
        1779969600,
    )
    again = update("Service disruption: Errors", "Sat, 01 Aug 2026 02:00:00 PDT", 1785574800)
    worse = update("Service disruption: Worse", "Sat, 01 Aug 2026 04:00:00 PDT", 1785582000)
    for order in ((worse, again, fixed, first), (first, fixed, again, worse)):
        now, then = by_feed(*order).incidents
        assert (now.phase, f"{now.started_at:%F %R}") == (Phase.INVESTIGATING, "2026-08-01 09:00")
        assert (then.phase, f"{then.resolved_at:%F %R}") == (Phase.RESOLVED, "2026-05-28 12:00")
        assert [len(one.updates) for one in (now, then)] == [2, 2]
        assert now.id != then.id
    assert by_feed(again, first, fixed).incidents[0].id == now.id
    (alone,) = by_feed(worse, again, first).incidents  # the first never said that it ended
    assert f"{alone.started_at:%F %R}" == "2026-08-01 09:00"


def test_what_begins_again_after_it_was_resolved_is_another_event():
    done = update(
        "Service is operating normally: [RESOLVED] Slow",
        "Sat, 01 Aug 2026 02:00:00 PDT",
        1785574800,
    )
    again = update("Service impact: Slow", "Sat, 01 Aug 2026 03:00:00 PDT", 1785578400)
    now, then = by_feed(done, again).incidents
    assert (now.open, then.open) == (True, False)


def test_what_is_resolved_twice_was_one_event():
    done = "Service is operating normally: [RESOLVED] Slow"
    told = (
        update(done, "Sat, 01 Aug 2026 02:00:00 PDT", 1785574800),
        update(done, "Sat, 01 Aug 2026 03:00:00 PDT", 1785578400),
    )
    assert len(by_feed(*told).incidents) == 1


def test_a_feed_of_somebody_else_is_none_of_amazon_s():
    with pytest.raises(Unreadable, match="none of Amazon"):
        feeds.read("aws", "feed", {"feed": rss(item())})


# -- real answers ----------------------------------------------------------------------------

RECORDED = {
    "aws--currentevents-2026-08-01-three-events-one-resolved": 3,
    "aws--currentevents-2026-08-03-uae-bahrain-disrupted": 2,
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("name", RECORDED)
def test_two_regions_in_trouble_are_nobody_else_s_trouble(name):
    report = feeds.read_alone(
        (CORPUS / "status-pages" / "aws-health" / f"{name}.json").read_bytes()
    )
    assert (report.engine, report.notes, len(report.incidents)) == ("aws", (), RECORDED[name])
    bad = {part.group for part in report.parts if part.health is not Health.OPERATIONAL}
    assert bad == {"me-central-1", "me-south-1"}
    for group in bad:
        there = PartRef(f"bedrock-{group}", "Amazon Bedrock", group)
        assert fold(report, (there,)).health is Health.MAJOR_OUTAGE
    for ref in (BEDROCK, LAMBDA, VIRGINIA, PartRef(group="ap-south-1"), PartRef(group="Global")):
        assert fold(report, (ref,)).health is Health.OPERATIONAL
