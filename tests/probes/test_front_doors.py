"""What a front door's answer is taken to prove, and what it is not."""

from datetime import UTC
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import probes
from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.probes import DIALECTS, Answer, retry_after

JSON = {"content-type": "application/json"}
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>secret words</body></html>"
CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
TRACE = b"fl=466f4\nh=chatgpt.com\nip=203.0.113.9\nts=1790000000.1\ncolo=AMS\n"

OPENAI_401 = b'{"error": {"message": "Missing bearer authentication", "type": "invalid_request"}}'
OPENAI_QUOTA = b'{"error": {"message": "You exceeded", "code": "insufficient_quota"}}'
OPENAI_BUSY = (
    b'{"error": {"message": "The engine is currently overloaded", "type": "server_error"}}'
)
OPENAI_COUNTRY = b'{"error": {"message": "no", "code": "unsupported_country_region_territory"}}'
ANTHROPIC_401 = b'{"type":"error","error":{"type":"authentication_error","message":"x-api-key"}}'
ANTHROPIC_BUSY = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
GITHUB_LIMIT = b'{"message": "API rate limit exceeded for 203.0.113.9.", "documentation_url": ""}'


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, body, 0.095)


def read(dialect: str, status: int, body: bytes = b"", **headers: str) -> Reading:
    found = probes.read(dialect, answer(status, body, **headers))
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("dialect", "status", "body", "says"),
    [
        pytest.param("openai", 401, OPENAI_401, Says.ALIVE, id="OpenAI wants a key"),
        pytest.param("openai", 404, OPENAI_401, Says.ALIVE, id="OpenAI knows no such path"),
        pytest.param("openai", 200, b'{"data": []}', Says.ALIVE, id="OpenAI wants no key"),
        pytest.param("openai", 401, b"", Says.REACHABLE, id="401 by nobody in particular"),
        pytest.param("openai", 403, HTML, Says.REACHABLE, id="refused in a web page"),
        pytest.param("openai", 403, CHALLENGE, Says.REACHABLE, id="a challenge for browsers"),
        pytest.param("openai", 503, CHALLENGE, Says.REACHABLE, id="an older challenge"),
        pytest.param("openai", 429, b"", Says.LIMITED, id="too many requests"),
        pytest.param("openai", 429, OPENAI_QUOTA, Says.ACCOUNT, id="no credit left"),
        pytest.param("openai", 403, OPENAI_COUNTRY, Says.ACCOUNT, id="not in this country"),
        pytest.param("openai", 503, OPENAI_BUSY, Says.OVERLOADED, id="OpenAI says overloaded"),
        pytest.param("openai", 500, OPENAI_401, Says.FAILING, id="OpenAI fails, politely"),
        pytest.param("openai", 503, HTML, Says.FAILING, id="an error page"),
        pytest.param("anthropic", 401, ANTHROPIC_401, Says.ALIVE, id="Anthropic wants a key"),
        pytest.param("anthropic", 529, ANTHROPIC_BUSY, Says.OVERLOADED, id="Anthropic's own 529"),
        pytest.param("anthropic", 529, b"", Says.OVERLOADED, id="529 without a word"),
        pytest.param("anthropic", 500, ANTHROPIC_BUSY, Says.OVERLOADED, id="overloaded with a 500"),
        pytest.param("anthropic", 502, b"", Says.FAILING, id="a bad gateway"),
        pytest.param("anthropic", 402, b"", Says.ACCOUNT, id="payment"),
        pytest.param("github", 200, b"Keep it logically awesome.", Says.ALIVE, id="GitHub's zen"),
        pytest.param("github", 403, GITHUB_LIMIT, Says.LIMITED, id="GitHub's 403 is a limit"),
        pytest.param("plain", 200, TRACE, Says.REACHABLE, id="Cloudflare's edge"),
        pytest.param("plain", 200, HTML, Says.REACHABLE, id="a home page"),
        pytest.param("plain", 204, b"", Says.REACHABLE, id="nothing, politely"),
        pytest.param("plain", 404, b'{"message": "not found"}', Says.REACHABLE, id="no such path"),
        pytest.param("plain", 403, CHALLENGE, Says.REACHABLE, id="challenged"),
        pytest.param("plain", 421, b"", Says.REACHABLE, id="some 4xx"),
        pytest.param("plain", 429, b"", Says.LIMITED, id="limited"),
        pytest.param("plain", 456, b"", Says.ACCOUNT, id="DeepL's quota"),
        pytest.param("plain", 503, b"Service Unavailable", Says.FAILING, id="unavailable"),
        pytest.param("plain", 503, b"we are OVERLOADED, sorry", Says.OVERLOADED, id="in words"),
        *(
            pytest.param("plain", status, HTML, Says.FAILING, id=f"{status} with an error page")
            for status in (500, 501, 502, 504, 520, 521, 522, 523, 524, 525, 526, 530, 599)
        ),
        pytest.param("klingon", 401, ANTHROPIC_401, Says.REACHABLE, id="an unknown dialect"),
    ],
)
def test_what_an_answer_amounts_to(dialect, status, body, says):
    reading = read(dialect, status, body)
    assert reading.says is says
    assert reading.status == status
    assert reading.stage is Stage.FRONT
    assert reading.proves


def test_a_challenge_is_known_by_its_header_whatever_the_body():
    reading = read("anthropic", 403, ANTHROPIC_401, cf_mitigated="challenge")
    assert reading.says is Says.REACHABLE
    assert "not known" in reading.proves


def test_github_s_limit_is_known_by_its_header_too():
    assert read("github", 403, b"", x_ratelimit_remaining="0").says is Says.LIMITED
    assert read("github", 403, b'{"message": ""}', x_ratelimit_remaining="7").says is Says.ALIVE


def test_only_the_vendor_s_own_words_prove_the_sign_in_layer():
    assert "sign-in layer" in read("openai", 401, OPENAI_401).proves
    assert "sign-in layer" not in read("openai", 401, b"unauthorized").proves
    assert "sign-in layer" not in read("plain", 401, OPENAI_401).proves


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_limit_is_never_a_failure_of_theirs(dialect):
    for body in (b"", HTML, OPENAI_401, ANTHROPIC_401):
        assert not read(dialect, 429, body).bad


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_detail_says_status_and_time_and_shows_no_word_of_the_body(dialect):
    for status in (200, 401, 403, 404, 429, 500, 503, 529):
        found = probes.read(dialect, answer(status, HTML))
        assert "secret" not in repr(found)
    assert read(dialect, 500, HTML).detail == "HTTP 500 in 95 ms"
    slow = Answer(503, {}, b"", 12.34)
    assert probes.read(dialect, slow).detail == "HTTP 503 in 12 s"


@pytest.mark.parametrize(
    ("dialect", "answered", "kind"),
    [
        pytest.param(
            "plain",
            answer(302, HTML, location="http://login.portal.example/"),
            FailureKind.REDIRECTED,
            id="nobody redirects from https to http but a login page",
        ),
        pytest.param("openai", answer(200, HTML), FailureKind.WEB_PAGE, id="HTML from an API"),
        pytest.param("anthropic", answer(200, HTML), FailureKind.WEB_PAGE, id="the same"),
        pytest.param("github", answer(200, HTML), FailureKind.WEB_PAGE, id="and the same"),
        pytest.param("plain", answer(511, HTML), FailureKind.WEB_PAGE, id="the network says so"),
        pytest.param("plain", answer(407, b""), FailureKind.PROXY, id="the proxy's own answer"),
        pytest.param("plain", answer(0), FailureKind.HTTP, id="no status HTTP knows"),
        pytest.param("openai", answer(999), FailureKind.HTTP, id="one beyond them"),
        pytest.param("plain", answer(101), FailureKind.HTTP, id="half an answer"),
    ],
)
def test_an_answer_by_somebody_in_between_says_nothing_about_the_service(dialect, answered, kind):
    found = probes.read(dialect, answered)
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == (kind, answered.status)
    assert "secret" not in found.detail


def test_an_ordinary_redirect_is_an_answer():
    assert read("plain", 302, b"", location="https://accounts.example.com/").says is Says.REACHABLE
    assert read("plain", 308, b"", location="/de").says is Says.REACHABLE
    assert read("plain", 302).says is Says.REACHABLE


# -- silence ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.TLS, Stage.FRONT])
@pytest.mark.parametrize("kind", [FailureKind.RESET, FailureKind.TIMEOUT])
def test_a_cut_connection_or_none_in_time_is_a_door_that_does_not_answer(kind, stage):
    found = probes.silent(kind, "No answer within 20 s.", stage)
    assert isinstance(found, Reading)
    assert found.bad
    assert (found.says, found.stage) == (Says.FAILING, stage)
    assert (found.detail, found.status) == ("No answer within 20 s.", None)


@pytest.mark.parametrize(
    "kind", [kind for kind in FailureKind if kind not in (FailureKind.RESET, FailureKind.TIMEOUT)]
)
def test_every_other_silence_may_be_ours(kind):
    found = probes.silent(kind, "The name could not be found.", Stage.DNS)
    assert found == Failure(kind, "The name could not be found.")


# -- Retry-After -----------------------------------------------------------------------------

NOW = "Mon, 23 Nov 2026 18:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "20"}, 20.0),
        ({"retry-after": " 90 "}, 90.0),
        ({"retry-after": "0"}, 15.0),
        ({"retry-after": "1.5"}, 15.0),
        ({"retry-after": "86400"}, 3600.0),
        ({"retry-after": "9" * 5000}, 3600.0),
        ({"retry-after": "Mon, 23 Nov 2026 18:01:40 GMT", "date": NOW}, 100.0),
        ({"retry-after": "Mon, 23 Nov 2026 17:00:00 GMT", "date": NOW}, 15.0),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT", "date": NOW}, 3600.0),
        ({"retry-after": "Mon, 23 Nov 2026 18:01:40 GMT"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "+3"}, None),
        ({"retry-after": "1e308"}, None),
        ({"retry-after": "²"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_a_wish_to_wait_is_kept_within_bounds(headers, seconds):
    assert retry_after(headers) == seconds
    limited = probes.read("plain", Answer(429, headers, b"", 0.1))
    assert isinstance(limited, Reading)
    assert limited.retry_after == seconds


def test_a_door_that_answers_well_asks_for_no_wait():
    assert read("openai", 401, OPENAI_401, retry_after="600").retry_after is None


WAITS = st.one_of(
    st.text(),
    st.text(st.sampled_from("0123456789.,+-e: GMTMonFriNovDec"), max_size=40),
    st.binary(max_size=40).map(lambda said: said.decode("latin-1")),
    st.datetimes().map(lambda at: format_datetime(at.replace(tzinfo=UTC), usegmt=True)),
)


@given(WAITS, WAITS, st.none() | st.datetimes(timezones=st.just(UTC)))
def test_any_header_is_a_wait_within_bounds_or_none(said, date, now):
    wait = retry_after({"retry-after": said, "date": date}, now)
    assert wait is None or 15.0 <= wait <= 3600.0


@given(
    st.sampled_from([*DIALECTS, "other"]),
    st.integers(-1, 1100),
    st.one_of(st.binary(max_size=80), st.sampled_from([HTML, CHALLENGE, OPENAI_401, TRACE])),
    st.dictionaries(
        st.sampled_from(["location", "retry-after", "cf-mitigated", "date"]), st.text(max_size=40)
    ),
)
def test_whatever_is_answered_there_is_a_reading_or_a_failure(dialect, status, body, headers):
    found = probes.read(dialect, Answer(status, headers, body, 0.1))
    assert isinstance(found, Reading | Failure)
    assert found.detail
