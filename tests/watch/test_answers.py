"""What a status means where a document was asked for, and how long a host asks us to stay away."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from notifier.model.observation import FailureKind
from notifier.probes import retry_after
from notifier.watch.answers import refusal
from tests.watch.fault_server import reply
from tests.watch.looking import NOON, SUMMARY, door, in_loop, outcome_of, page


def at(**later: float) -> str:
    return format_datetime(NOON + timedelta(**later), usegmt=True)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (["0"], 15),
        (["5"], 15),
        (["1.5"], 15),
        (["60"], 60),
        ([" 60 "], 60),
        (["3600"], 3600),
        (["9999999999"], 3600),
        (["9" * 5000], 3600),
        (["-3"], None),
        (["+3"], None),
        (["1e308"], None),
        (["٣"], None),
        (["soon"], None),
        ([""], None),
        ([], None),
        ([at(minutes=2)], 120),
        ([at(days=-1)], 15),
        ([at(days=1)], 3600),
        (["Fri, 31 Dec 9999 23:59:59 GMT"], 3600),
        (["Fri, 31 Dec 99999 23:59:59 GMT"], None),
        (["Mon, 23 Nov 2026 12:02:00 -0000"], 120),
        (["60", "120"], 120),
        (["120", "60"], 120),
        (["60", at(minutes=2)], 120),
        ([at(minutes=2), "60"], 120),
        ([at(minutes=2), at(minutes=3)], 180),
        (["soon", "120"], 120),
    ],
)
def test_how_long_to_stay_away(said, seconds):
    assert retry_after({"retry-after": ", ".join(said)}, NOON) == seconds


def test_a_date_is_counted_from_the_answer_s_own_time_not_from_ours():
    headers = {"retry-after": at(minutes=2), "date": at(minutes=1)}
    assert retry_after(headers, NOON + timedelta(days=9000)) == 60


def test_every_status_but_200_is_a_failure_of_a_kind():
    assert refusal("a.test", 200, None) is None
    for status in (*range(100, 200), *range(201, 1000)):
        failure = refusal("a.test", status, 60.0)
        assert (failure.status, failure.retry_after) == (status, 60.0)
        assert failure.detail.endswith(f"(HTTP {status}).")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, FailureKind.UNAUTHORISED),
        (403, FailureKind.UNAUTHORISED),
        (404, FailureKind.HTTP),
        (407, FailureKind.PROXY),
        (410, FailureKind.HTTP),
        (429, FailureKind.RATE_LIMITED),
        (500, FailureKind.HTTP),
        (529, FailureKind.HTTP),
        (999, FailureKind.UNREADABLE),
    ],
)
def test_the_kinds(status, kind):
    assert refusal("a.test", status, None).kind is kind


@pytest.mark.parametrize("source", [page, door])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param(b"Retry-After: 0\r\n", 15, id="at once"),
        pytest.param(b"Retry-After: 9999999999\r\n", 3600, id="for centuries"),
        pytest.param(b"Retry-After: 60\r\nRetry-After: 120\r\n", 120, id="twice"),
        pytest.param(b"Retry-After: 1e308\r\n", None, id="in no unit of HTTP"),
        pytest.param(b"Retry-After: \xff\xfe\r\n", None, id="in bytes"),
    ],
)
@in_loop
async def test_pages_and_front_doors_are_heard_alike(server, source, said, seconds):
    limited = b"HTTP/1.1 429 Slow down\r\nContent-Length: 0\r\n" + said + b"\r\n"
    server.say(SUMMARY, limited)
    server.say("/", limited)
    assert (await outcome_of(source(server.url("/")))).retry_after == seconds


@in_loop
async def test_a_page_that_asks_us_to_stay_away_is_heard(server):
    server.say(SUMMARY, reply(b"", 429, retry_after=at(minutes=5)))
    outcome = await outcome_of(page(server.url()))
    assert (outcome.kind, outcome.retry_after) == (FailureKind.RATE_LIMITED, 300)
