"""What an answer to the person's own key is taken to prove, and what it is not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import probes
from notifier.model.observation import Failure, FailureKind, Reading, Refusal, Says, Stage
from notifier.probes import DIALECTS, Answer
from tests.probes.test_front_doors import (
    ANTHROPIC_401,
    ANTHROPIC_BUSY,
    CHALLENGE,
    HTML,
    OPENAI_BUSY,
    OPENAI_COUNTRY,
    OPENAI_QUOTA,
    answer,
)

# -- what vendors say ------------------------------------------------------------------------


def openai(message: str, code: str | None, kind: str = "invalid_request_error") -> bytes:
    error = {"message": message, "type": kind, "param": None, "code": code}
    return json.dumps({"error": error}, indent=4).encode()


def anthropic(kind: str, message: str) -> bytes:
    return json.dumps({"type": "error", "error": {"type": kind, "message": message}}).encode()


def google(code: int, status: str, message: str, reason: str = "") -> bytes:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]
    error = {"code": code, "message": message, "status": status, "details": details}
    return json.dumps({"error": error}, indent=2).encode()


WRONG_KEY = "Incorrect API key provided: sk-secr****et12."
OPENAI_WRONG = openai(WRONG_KEY, "invalid_api_key")
OPENAI_MODELS = b'{"object": "list", "data": [{"id": "gpt-4o-mini", "object": "model"}]}'
OPENAI_HARD_LIMIT = openai("Billing hard limit has been reached", "billing_hard_limit_reached")
OPENAI_INACTIVE = openai("Your account is not active", "billing_not_active")
OPENAI_FAST = openai("Rate limit reached for requests", "rate_limit_exceeded", "requests")
OPENAI_SCOPES = openai("You have insufficient permissions. Missing scopes: api.model.read.", None)
XAI_WRONG = b'{"code":"Client specified an invalid argument","error":"Incorrect API key provided"}'
XAI_EMPTY = b'{"code":"permission denied","error":"Your team does not have any credits yet."}'
DEEPSEEK_EMPTY = openai("Insufficient Balance", "invalid_request_error", "unknown_error")
ANTHROPIC_MODELS = b'{"data":[{"type":"model","id":"claude-haiku-5-5"}],"has_more":false}'
ANTHROPIC_CREDIT = anthropic("invalid_request_error", "Your credit balance is too low to access")
ANTHROPIC_COUNTRY = b'{"error":{"type":"forbidden","message":"Request not allowed"}}'
GOOGLE_MODELS = b'{"models": [{"name": "models/gemini-flash"}], "nextPageToken": "x"}'
GOOGLE_WRONG = google(400, "INVALID_ARGUMENT", "API key not valid.", "API_KEY_INVALID")
GOOGLE_DENIED = google(403, "PERMISSION_DENIED", "Requests are blocked.", "SERVICE_DISABLED")
GOOGLE_COUNTRY = google(
    400, "FAILED_PRECONDITION", "User location is not supported for the API use."
)
GOOGLE_EXHAUSTED = google(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.")
GOOGLE_BUSY = google(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")
GOOGLE_DEMAND = google(503, "UNAVAILABLE", "This model is currently experiencing high demand.")
GITHUB_LIMITS = b'{"resources": {"core": {"limit": 5000}}, "rate": {"limit": 5000}}'
GITHUB_BAD = b'{"message": "Bad credentials", "status": "401"}'

REJECTED, QUOTA = Refusal.KEY_REJECTED, Refusal.QUOTA_EXHAUSTED
PAYMENT, REGION = Refusal.PAYMENT, Refusal.REGION


def keyed(dialect: str, status: int, body: bytes = b"", **headers: str) -> Reading:
    found = probes.read_keyed(dialect, answer(status, body, **headers))
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("dialect", "body"),
    [
        ("openai", OPENAI_MODELS),
        ("openai", b'{"data": []}'),
        ("anthropic", ANTHROPIC_MODELS),
        ("google", GOOGLE_MODELS),
        ("github", GITHUB_LIMITS),
        ("cohere", b'{"models": [{"name": "command"}]}'),
        ("huggingface", b'{"type": "user", "name": "somebody", "orgs": []}'),
    ],
)
def test_a_whole_listing_proves_that_the_key_is_accepted(dialect, body):
    reading = keyed(dialect, 200, body)
    assert (reading.says, reading.stage, reading.refusal) == (Says.ALIVE, Stage.PRODUCT, None)
    assert reading.proves == "your key is accepted and the API answers"
    assert reading.detail == "HTTP 200 in 95 ms"


@pytest.mark.parametrize(
    ("dialect", "body"),
    [
        pytest.param("openai", OPENAI_MODELS[:-1], id="cut"),
        pytest.param("openai", GOOGLE_MODELS, id="somebody else's listing"),
        pytest.param("openai", b'{"data": "secret"}', id="a list that is none"),
        pytest.param("openai", b'{"data": [{"name": "no id"}]}', id="entries that are none"),
        pytest.param("google", OPENAI_MODELS, id="another's again"),
        pytest.param("anthropic", b"", id="nothing"),
        pytest.param("plain", OPENAI_MODELS, id="nobody knows what a plain listing is"),
        pytest.param("elevenlabs", b"[]", id="no key of ours is sent there"),
    ],
)
def test_anything_less_than_the_whole_listing_proves_the_front_door_alone(dialect, body):
    reading = keyed(dialect, 200, body)
    assert (reading.says, reading.stage) == (Says.REACHABLE, Stage.FRONT)


@pytest.mark.parametrize(
    ("dialect", "status", "body", "refusal"),
    [
        pytest.param("openai", 401, OPENAI_WRONG, REJECTED, id="OpenAI: invalid_api_key"),
        pytest.param("openai", 429, OPENAI_QUOTA, QUOTA, id="OpenAI: insufficient_quota"),
        pytest.param("openai", 400, OPENAI_HARD_LIMIT, QUOTA, id="OpenAI: the person's own limit"),
        pytest.param("openai", 429, OPENAI_INACTIVE, PAYMENT, id="OpenAI: an unpaid account"),
        pytest.param("openai", 403, OPENAI_COUNTRY, REGION, id="OpenAI: not in this country"),
        pytest.param("openai", 400, XAI_WRONG, REJECTED, id="xAI: a 400 for a wrong key"),
        pytest.param("openai", 403, XAI_EMPTY, PAYMENT, id="xAI: no credits"),
        pytest.param("openai", 402, DEEPSEEK_EMPTY, PAYMENT, id="DeepSeek: no balance"),
        pytest.param("anthropic", 401, ANTHROPIC_401, REJECTED, id="Anthropic: authentication"),
        pytest.param(
            "anthropic",
            403,
            anthropic("permission_error", "Your API key lacks permission"),
            REJECTED,
            id="Anthropic: permission_error",
        ),
        pytest.param("anthropic", 400, ANTHROPIC_CREDIT, PAYMENT, id="Anthropic: no credit"),
        pytest.param("anthropic", 403, ANTHROPIC_COUNTRY, REGION, id="Anthropic: country"),
        pytest.param("google", 400, GOOGLE_WRONG, REJECTED, id="Google: API_KEY_INVALID"),
        pytest.param("google", 403, GOOGLE_DENIED, REJECTED, id="Google: PERMISSION_DENIED"),
        pytest.param("google", 400, GOOGLE_COUNTRY, REGION, id="Google: location"),
        pytest.param("github", 401, GITHUB_BAD, REJECTED, id="GitHub: bad credentials"),
        pytest.param("cohere", 401, b'{"message":"invalid api token"}', REJECTED, id="Cohere"),
        pytest.param(
            "huggingface", 401, b'{"error":"Invalid credentials"}', REJECTED, id="Hugging Face"
        ),
        pytest.param("plain", 401, b"no", REJECTED, id="a server of one's own"),
        pytest.param("plain", 456, b"", QUOTA, id="DeepL's 456"),
    ],
)
def test_a_refused_account_is_no_failure_of_theirs_and_says_why(dialect, status, body, refusal):
    reading = keyed(dialect, status, body)
    assert (reading.says, reading.stage, reading.refusal) == (
        Says.ACCOUNT,
        Stage.ACCOUNT,
        refusal,
    )
    assert not reading.bad
    assert "secr" not in repr(reading)


@pytest.mark.parametrize(
    ("dialect", "status", "body"),
    [
        pytest.param("openai", 401, b"", id="401 by nobody in particular"),
        pytest.param("openai", 403, HTML, id="403 in a web page"),
        pytest.param("openai", 401, b'<html>"error"', id="401 in a web page"),
        pytest.param("openai", 400, openai("Unknown parameter", None), id="a fault of the request"),
        pytest.param("anthropic", 403, CHALLENGE, id="a challenge for browsers"),
        pytest.param("google", 400, google(400, "INVALID_ARGUMENT", "x"), id="another 400"),
        pytest.param("github", 403, b'{"message": "Forbidden"}', id="GitHub's 403"),
    ],
)
def test_no_key_is_called_refused_unless_the_vendor_says_so(dialect, status, body):
    reading = keyed(dialect, status, body)
    assert (reading.says, reading.stage, reading.refusal) == (Says.REACHABLE, Stage.FRONT, None)


def test_a_challenge_is_no_refusal_of_a_key_and_no_failure():
    for status, body in ((403, OPENAI_WRONG), (503, CHALLENGE)):
        reading = keyed("openai", status, body, cf_mitigated="challenge")
        assert (reading.says, reading.stage) == (Says.REACHABLE, Stage.FRONT)
    assert keyed("openai", 503, CHALLENGE).says is Says.REACHABLE


def test_a_key_that_may_not_list_models_is_a_good_key():
    reading = keyed("openai", 403, OPENAI_SCOPES)
    assert (reading.says, reading.stage, reading.refusal) == (Says.ALIVE, Stage.FRONT, None)
    assert "knows the key" in reading.proves


@pytest.mark.parametrize(
    ("dialect", "status", "body", "says"),
    [
        pytest.param("openai", 500, OPENAI_WRONG, Says.FAILING, id="OpenAI fails"),
        pytest.param("openai", 503, OPENAI_BUSY, Says.OVERLOADED, id="OpenAI is overloaded"),
        pytest.param("anthropic", 529, ANTHROPIC_BUSY, Says.OVERLOADED, id="Anthropic's 529"),
        pytest.param("google", 503, GOOGLE_BUSY, Says.OVERLOADED, id="Google is overloaded"),
        pytest.param("google", 503, GOOGLE_DEMAND, Says.OVERLOADED, id="in newer words"),
        pytest.param("google", 503, b"", Says.FAILING, id="Google fails"),
        pytest.param("openai", 522, HTML, Says.FAILING, id="nothing behind the edge"),
    ],
)
def test_a_failure_in_answer_to_a_key_is_one_of_the_product(dialect, status, body, says):
    reading = keyed(dialect, status, body, retry_after="20")
    assert (reading.says, reading.stage, reading.retry_after) == (says, Stage.PRODUCT, 20.0)
    assert reading.bad


@pytest.mark.parametrize(
    ("answered", "kind"),
    [
        (answer(200, HTML), FailureKind.WEB_PAGE),
        (answer(511, HTML), FailureKind.WEB_PAGE),
        (answer(302, b"", location="http://login.portal.example/"), FailureKind.REDIRECTED),
        (answer(407), FailureKind.PROXY),
        (answer(999), FailureKind.HTTP),
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_answer_by_somebody_in_between_says_nothing_about_the_account(dialect, answered, kind):
    found = probes.read_keyed(dialect, answered)
    assert isinstance(found, Failure)
    assert found.kind is kind


# -- limits ----------------------------------------------------------------------------------

NOW = "Mon, 23 Nov 2026 18:00:00 GMT"


@pytest.mark.parametrize(
    ("dialect", "status", "body", "headers", "detail", "wait"),
    [
        pytest.param("openai", 429, OPENAI_FAST, {}, "HTTP 429 in 95 ms", None, id="no more said"),
        pytest.param(
            "openai",
            429,
            OPENAI_FAST,
            {
                "retry-after": "20",
                "x-ratelimit-limit-requests": "500",
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "120ms",
                "x-ratelimit-limit-tokens": "200000",
                "x-ratelimit-remaining-tokens": "199992",
                "x-ratelimit-reset-tokens": "6m0s",
            },
            "HTTP 429 in 95 ms, 0 of 500 requests left, all again in 1 s",
            20.0,
            id="OpenAI: no requests left",
        ),
        pytest.param(
            "openai",
            429,
            OPENAI_FAST,
            {
                "x-ratelimit-remaining-requests": "499",
                "x-ratelimit-limit-requests": "500",
                "x-ratelimit-limit-tokens": "200000",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "6m12.5s",
            },
            "HTTP 429 in 95 ms, 0 of 200000 tokens left, all again in 6 min",
            372.5,
            id="OpenAI: no tokens left, and when they come back",
        ),
        pytest.param(
            "anthropic",
            429,
            anthropic("rate_limit_error", "Number of requests has exceeded"),
            {
                "date": NOW,
                "anthropic-ratelimit-requests-limit": "50",
                "anthropic-ratelimit-requests-remaining": "0",
                "anthropic-ratelimit-requests-reset": "2026-11-23T18:00:42Z",
            },
            "HTTP 429 in 95 ms, 0 of 50 requests left, all again in 42 s",
            42.0,
            id="Anthropic: a time",
        ),
        pytest.param(
            "anthropic",
            429,
            b"",
            {
                "anthropic-ratelimit-input-tokens-remaining": "0",
                "anthropic-ratelimit-input-tokens-reset": "2026-11-23T18:00:42Z",
            },
            "HTTP 429 in 95 ms, 0 input tokens left",
            None,
            id="Anthropic: a time, but nobody knows what time it is there",
        ),
        pytest.param(
            "github",
            403,
            b"",
            {
                "date": NOW,
                "x-ratelimit-limit": "5000",
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "1795458600",
            },
            "HTTP 403 in 95 ms, 0 of 5000 requests left, all again in 30 min",
            1800.0,
            id="GitHub: seconds since 1970",
        ),
        pytest.param(
            "github",
            403,
            b"",
            {"date": NOW, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795400000"},
            "HTTP 403 in 95 ms, 0 requests left",
            None,
            id="a reset that has passed is none",
        ),
        pytest.param(
            "github",
            403,
            b"",
            {"date": NOW, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "9" * 11},
            "HTTP 403 in 95 ms, 0 requests left",
            None,
            id="nor is one after a thousand years",
        ),
        pytest.param(
            "google", 429, GOOGLE_EXHAUSTED, {}, "HTTP 429 in 95 ms", None, id="RESOURCE_EXHAUSTED"
        ),
        pytest.param(
            "openai",
            429,
            OPENAI_FAST,
            {"x-ratelimit-remaining-requests": "<b>0</b>", "x-ratelimit-reset-requests": "soon"},
            "HTTP 429 in 95 ms",
            None,
            id="what is no number is not shown",
        ),
    ],
)
def test_a_limit_says_what_is_left_and_when_it_is_whole_again(
    dialect, status, body, headers, detail, wait
):
    found = probes.read_keyed(dialect, Answer(status, headers, body, 0.095))
    assert isinstance(found, Reading)
    assert (found.says, found.stage, found.refusal) == (Says.LIMITED, Stage.ACCOUNT, None)
    assert (found.detail, found.retry_after) == (detail, wait)


# -- without a key ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "status", "body", "says", "refusal"),
    [
        pytest.param("openai", 403, OPENAI_COUNTRY, Says.ACCOUNT, REGION, id="OpenAI: country"),
        pytest.param("openai", 429, OPENAI_QUOTA, Says.ACCOUNT, QUOTA, id="OpenAI: quota"),
        pytest.param("openai", 400, XAI_WRONG, Says.ALIVE, None, id="xAI wants a key"),
        pytest.param("anthropic", 403, ANTHROPIC_COUNTRY, Says.ACCOUNT, REGION, id="Anthropic"),
        pytest.param("google", 400, GOOGLE_COUNTRY, Says.ACCOUNT, REGION, id="Google: country"),
        pytest.param("google", 403, GOOGLE_DENIED, Says.ALIVE, None, id="Google wants a key"),
        pytest.param("google", 400, GOOGLE_WRONG, Says.ALIVE, None, id="Google wants a good one"),
        pytest.param("google", 429, GOOGLE_EXHAUSTED, Says.LIMITED, None, id="Google: limited"),
        pytest.param("google", 503, GOOGLE_DEMAND, Says.OVERLOADED, None, id="Google: demand"),
        pytest.param("google", 403, HTML, Says.REACHABLE, None, id="Google's sorry page"),
        pytest.param("cohere", 401, b'{"message":"no api key"}', Says.ALIVE, None, id="Cohere"),
        pytest.param(
            "huggingface", 200, b'[{"modelId":"a/b"}]', Says.ALIVE, None, id="Hugging Face lists"
        ),
        pytest.param(
            "elevenlabs",
            401,
            b'{"detail":{"status":"needs_authorization"}}',
            Says.ALIVE,
            None,
            id="ElevenLabs",
        ),
        pytest.param("plain", 402, b"", Says.ACCOUNT, PAYMENT, id="402"),
        pytest.param("plain", 456, b"", Says.ACCOUNT, QUOTA, id="456"),
    ],
)
def test_what_the_front_door_says_without_a_key(dialect, status, body, says, refusal):
    found = probes.read(dialect, answer(status, body))
    assert isinstance(found, Reading)
    assert (found.says, found.stage, found.refusal) == (says, Stage.FRONT, refusal)


# -- the deep check --------------------------------------------------------------------------

CHAT = b'{"id":"x","choices":[{"index":0,"message":{"content":"He"},"finish_reason":"length"}]}'
MESSAGE = b'{"type":"message","role":"assistant","content":[],"stop_reason":"max_tokens"}'
CANDIDATE = b'{"candidates":[{"finishReason":"MAX_TOKENS"}],"usageMetadata":{}}'
GENERATED = b'{"model":"llama3.2","response":"He","done":true,"done_reason":"length"}'


@pytest.mark.parametrize(
    ("dialect", "body"),
    [("openai", CHAT), ("anthropic", MESSAGE), ("google", CANDIDATE), ("ollama", GENERATED)],
)
def test_a_real_request_that_was_answered_proves_the_product(dialect, body):
    found = probes.read_deep(dialect, answer(200, body))
    assert isinstance(found, Reading)
    assert (found.says, found.stage) == (Says.ALIVE, Stage.PRODUCT)
    assert found.proves == "a real request was answered"


@pytest.mark.parametrize(
    ("dialect", "status", "body", "says", "stage"),
    [
        ("openai", 200, OPENAI_MODELS, Says.REACHABLE, Stage.FRONT),
        ("openai", 200, b'{"choices": []}', Says.REACHABLE, Stage.FRONT),
        ("ollama", 200, b'{"response":"","done":false}', Says.REACHABLE, Stage.FRONT),
        ("anthropic", 400, ANTHROPIC_CREDIT, Says.ACCOUNT, Stage.ACCOUNT),
        ("google", 503, GOOGLE_BUSY, Says.OVERLOADED, Stage.PRODUCT),
        ("openai", 404, openai("gone", "model_not_found"), Says.ALIVE, Stage.FRONT),
        ("anthropic", 404, anthropic("not_found_error", "model: x"), Says.ALIVE, Stage.FRONT),
        ("google", 404, google(404, "NOT_FOUND", "models/x"), Says.ALIVE, Stage.FRONT),
        ("ollama", 404, b'{"error":"model \'x\' not found"}', Says.ALIVE, Stage.FRONT),
    ],
)
def test_what_else_a_real_request_brings(dialect, status, body, says, stage):
    found = probes.read_deep(dialect, answer(status, body))
    assert isinstance(found, Reading)
    assert (found.says, found.stage) == (says, stage)


@pytest.mark.parametrize(
    ("dialect", "most"),
    [
        ("openai", ("max_tokens",)),
        ("anthropic", ("max_tokens",)),
        ("google", ("generationConfig", "maxOutputTokens")),
        ("ollama", ("options", "num_predict")),
    ],
)
def test_the_smallest_request_asks_for_one_token(dialect, most):
    said = json.loads(probes.deep_body(dialect, "small"))
    assert dialect == "google" or said["model"] == "small"
    for name in most:
        said = said[name]
    assert said == 1


def test_nothing_is_asked_in_a_dialect_nobody_speaks():
    with pytest.raises(KeyError):
        probes.deep_body("plain", "small")


# -- whatever comes --------------------------------------------------------------------------

BODIES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([HTML, OPENAI_MODELS, GOOGLE_WRONG, ANTHROPIC_CREDIT, MESSAGE, CHAT]),
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["data", "models", "id", "type", "error"]), inner)
        ),
    ).map(lambda tree: json.dumps(tree).encode()),
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "location",
            "retry-after",
            "cf-mitigated",
            "date",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset",
            "x-ratelimit-remaining",
            "anthropic-ratelimit-tokens-reset",
            "anthropic-ratelimit-tokens-remaining",
        ]
    ),
    st.text(st.sampled_from("0123456789.hmsdTZ:-+e²"), max_size=25) | st.text(max_size=20),
)


@given(st.sampled_from([*DIALECTS, "other"]), st.integers(-1, 1100), BODIES, HEADERS)
def test_whatever_is_answered_to_a_key_there_is_a_reading_or_a_failure(
    dialect, status, body, headers
):
    for read in (probes.read_keyed, probes.read_deep):
        found = read(dialect, Answer(status, headers, body, 0.1))
        assert isinstance(found, Reading | Failure)
        assert found.detail.isprintable()
        assert found.retry_after is None or 15.0 <= found.retry_after <= 3600.0
        if isinstance(found, Reading):
            assert (found.says is Says.ACCOUNT) == (found.refusal is not None)
            if (found.says, found.stage) == (Says.ALIVE, Stage.PRODUCT):
                assert status == 200
                assert isinstance(json.loads(body), dict)
