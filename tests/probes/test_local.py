"""What a model server on this computer says of itself, and what is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.model.observation import Failure, FailureKind, Reading, Says, Stage
from notifier.probes import Answer, local
from notifier.probes.local import SERVERS, Want
from tests.probes.test_front_doors import HTML, answer

VERSION = b'{"version":"0.12.6"}'
NOTHING_HERE = answer(404, b"404 page not found")
LOADING = b'{"error":{"message":"Loading model","type":"unavailable_error","code":503}}'


def tags(*names: str) -> bytes:
    models = [{"name": name, "model": name, "size": 2019393189} for name in names]
    return json.dumps({"models": models}).encode()


def listing(*ids: str, **states: str) -> bytes:
    cards = [{"id": id_, "object": "model", "owned_by": "somebody"} for id_ in ids]
    cards += [{"id": id_, "object": "model", "state": state} for id_, state in states.items()]
    return json.dumps({"object": "list", "data": cards}).encode()


def asked(dialect: str, answers: dict[str, Answer | bytes]) -> tuple[list[str], Reading | Failure]:
    """The paths a server was asked for, and what came of it."""
    given_: dict[str, Answer] = {}
    while isinstance(step := local.step(dialect, "http://127.0.0.1:9/", given_), Want):
        assert step.name not in given_
        assert step.url == f"http://127.0.0.1:9{step.name}"
        said = answers.get(step.name, NOTHING_HERE)
        given_[step.name] = said if isinstance(said, Answer) else answer(200, said)
    return list(given_), step


def read(dialect: str, answers: dict[str, Answer | bytes]) -> Reading:
    _, found = asked(dialect, answers)
    assert isinstance(found, Reading), found
    return found


@pytest.mark.parametrize(
    ("dialect", "answers", "models", "detail"),
    [
        pytest.param(
            "ollama",
            {
                "/api/version": VERSION,
                "/api/ps": tags("llama3.2:latest"),
                "/api/tags": tags("llama3.2:latest", "qwen3:8b", "nomic-embed-text:latest"),
            },
            ("llama3.2",),
            "llama3.2 loaded, 3 installed",
            id="Ollama with one of three loaded",
        ),
        pytest.param(
            "ollama",
            {"/api/version": VERSION, "/api/ps": tags(), "/api/tags": tags("qwen3:8b")},
            (),
            "no model loaded, 1 installed",
            id="Ollama after it has unloaded what was idle",
        ),
        pytest.param(
            "ollama",
            {
                "/api/version": VERSION,
                "/api/ps": b'{"models":null}',
                "/api/tags": b'{"models":null}',
            },
            (),
            "no model installed",
            id="Ollama with nothing in it",
        ),
        pytest.param(
            "ollama",
            {"/api/version": VERSION, "/api/tags": tags("a", "b")},
            (),
            "2 models installed",
            id="an Ollama of before /api/ps",
        ),
        pytest.param(
            "lmstudio",
            {
                "/v1/models": listing("qwen3", "gemma"),
                "/api/v0/models": listing(qwen3="loaded", gemma="not-loaded"),
            },
            ("qwen3",),
            "qwen3 loaded, 2 installed",
            id="LM Studio by its own document",
        ),
        pytest.param(
            "lmstudio",
            {"/v1/models": listing("qwen/qwen3-4b")},
            ("qwen/qwen3-4b",),
            "qwen/qwen3-4b loaded",
            id="an older LM Studio",
        ),
        pytest.param(
            "lmstudio", {"/v1/models": listing()}, (), "no model loaded", id="LM Studio, empty"
        ),
        pytest.param(
            "llamacpp",
            {
                "/health": b'{"status":"ok"}',
                "/v1/models": listing("/home/somebody/models/llama-3.2.gguf"),
            },
            ("llama-3.2.gguf",),
            "llama-3.2.gguf loaded",
            id="llama.cpp, without the person's folders",
        ),
        pytest.param(
            "vllm",
            {"/health": b"", "/v1/models": listing("meta-llama/Llama-3.2", "lora")},
            ("meta-llama/Llama-3.2", "lora"),
            "meta-llama/Llama-3.2, lora loaded",
            id="vLLM",
        ),
        pytest.param("jan", {"/v1/models": listing("a")}, (), "1 model installed", id="Jan"),
        pytest.param(
            "localai",
            {"/readyz": b"OK", "/v1/models": listing("gpt-4", "whisper-1")},
            (),
            "2 models installed",
            id="LocalAI",
        ),
        pytest.param(
            "gpt4all", {"/v1/models": listing("Phi-3")}, (), "1 model installed", id="GPT4All"
        ),
        pytest.param(
            "textgen", {"/v1/models": listing()}, (), "no model installed", id="text web UI"
        ),
        pytest.param(
            "openwebui",
            {"/health": b'{"status":true}'},
            (),
            "its models are told to those who are signed in",
            id="Open WebUI, which is in front of others",
        ),
    ],
)
def test_a_server_that_runs_says_what_it_has(dialect, answers, models, detail):
    reading = read(dialect, answers)
    assert (reading.says, reading.stage, reading.ready) == (Says.ALIVE, Stage.PRODUCT, True)
    assert (reading.models, reading.detail) == (models, detail)


@pytest.mark.parametrize(
    ("dialect", "answers"),
    [
        ("llamacpp", {"/health": answer(503, LOADING)}),
        ("llamacpp", {"/health": b'{"status":"ok"}', "/v1/models": answer(503, LOADING)}),
        ("localai", {"/v1/models": listing("a"), "/readyz": answer(503, b"Service Unavailable")}),
    ],
)
def test_a_server_that_still_loads_is_there_and_not_ready(dialect, answers):
    reading = read(dialect, answers)
    assert (reading.says, reading.stage, reading.ready) == (Says.ALIVE, Stage.PRODUCT, False)
    assert (reading.detail, reading.models) == ("loading a model", ())


def test_an_engine_that_has_died_is_a_failure_of_a_server_that_is_known():
    reading = read("vllm", {"/v1/models": listing("a"), "/health": answer(503)})
    assert (reading.says, reading.stage) == (Says.FAILING, Stage.PRODUCT)


@pytest.mark.parametrize("dialect", SERVERS)
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(answer(200, HTML), id="a web page"),
        pytest.param(answer(200, b'{"hello":"world"}'), id="other JSON"),
        pytest.param(answer(200, b"[]"), id="a list"),
        pytest.param(answer(200, b"Ollama is running"), id="words"),
        pytest.param(answer(404, b"not found"), id="no such path"),
        pytest.param(answer(302, b"", location="http://127.0.0.1:9/login"), id="a redirect"),
        pytest.param(answer(500, b"oops"), id="an error"),
        pytest.param(answer(503, b"Loading model"), id="no llama.cpp, though it says so"),
        pytest.param(answer(204), id="nothing"),
        pytest.param(answer(999), id="no status"),
    ],
)
def test_another_program_on_the_port_is_asked_once_and_is_no_model_server(dialect, said):
    paths, found = asked(dialect, dict.fromkeys(["/api/version", "/v1/models", "/health"], said))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.UNREADABLE
    assert found.detail.startswith("What answers at 127.0.0.1:9 is not ")
    assert len(paths) == 1


@pytest.mark.parametrize(
    ("dialect", "answers"),
    [
        pytest.param("ollama", {"/api/version": VERSION}, id="a version alone"),
        pytest.param("ollama", {"/api/version": VERSION, "/api/tags": b"{}"}, id="without tags"),
        pytest.param("llamacpp", {"/health": b'{"status":"ok"}'}, id="a health alone"),
        pytest.param(
            "vllm", {"/v1/models": listing("a"), "/health": b'{"status":"ok"}'}, id="llama.cpp"
        ),
        pytest.param("localai", {"/v1/models": listing("a")}, id="no LocalAI"),
        pytest.param("openwebui", {"/health": b'{"status":"ok"}'}, id="llama.cpp, no Open WebUI"),
    ],
)
def test_half_a_likeness_is_not_enough(dialect, answers):
    _, found = asked(dialect, answers)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.UNREADABLE


def test_who_keeps_its_models_to_itself_is_taken_to_have_some():
    assert read("openwebui", {"/health": b'{"status":true}'}).able
    assert not read("textgen", {"/v1/models": listing()}).able


def test_a_server_that_wants_a_key_is_neither_known_nor_failing():
    _, found = asked("jan", {"/v1/models": answer(401, b'{"error":"Unauthorized"}')})
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == (FailureKind.UNAUTHORISED, 401)


def test_a_kind_nobody_knows_is_not_asked():
    paths, found = asked("klingon", {})
    assert paths == []
    assert isinstance(found, Failure)


# -- names -----------------------------------------------------------------------------------


def test_the_names_of_models_are_bounded_and_cannot_act():
    hostile = ["\x1b[31mred\x07\u202e", "<b>bold</b>\nsecond line", "x" * 10_000, "", "\u200b"]
    reading = read("vllm", {"/health": b"", "/v1/models": listing(*hostile, *["m"] * 5000)})
    first, second, third, *rest = reading.models
    assert (first, second, third[-1], len(third)) == ("[31mred", "bold second line", "…", 60)
    assert len(reading.models) < 60
    assert set(rest) == {"m"}
    assert reading.detail.isprintable()
    assert len(reading.detail) < 250


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FailureKind.RESET, "the server cuts the connection"),
        (FailureKind.TIMEOUT, "the server does not answer in time"),
    ],
)
def test_a_server_that_hangs_is_failing(kind, said):
    found = local.silent(kind, "No answer.", Stage.FRONT)
    assert isinstance(found, Reading)
    assert (found.says, found.stage, found.proves) == (Says.FAILING, Stage.FRONT, said)


def test_a_server_that_is_not_started_says_nothing():
    found = local.silent(FailureKind.REFUSED, "Refused.", Stage.CONNECT)
    assert found == Failure(FailureKind.REFUSED, "Refused.")


# -- whatever comes --------------------------------------------------------------------------

SAID = st.builds(
    Answer,
    st.sampled_from([200, 200, 200, 204, 301, 401, 404, 500, 503, 999]),
    st.just({}),
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from([VERSION, LOADING, tags("a"), listing("a"), b"", HTML, b"OK"]),
        st.recursive(
            st.none() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.sampled_from(["object", "data", "models", "id"]), inner)
            ),
        ).map(lambda tree: json.dumps(tree).encode()),
    ),
    st.just(0.1),
)


@given(st.sampled_from([*SERVERS, "other"]), st.lists(SAID, min_size=4, max_size=4))
def test_whatever_a_port_answers_there_is_a_reading_or_a_failure(dialect, said):
    answers: dict[str, Answer] = {}
    while isinstance(step := local.step(dialect, "http://127.0.0.1:9/", answers), Want):
        answers[step.name] = said[len(answers)]
    assert step.detail.isprintable()
    if isinstance(step, Reading):
        assert step.stage is Stage.PRODUCT
        assert all(name.isprintable() and len(name) <= 60 for name in step.models)
        assert any(json.loads(one.body) for one in answers.values() if one.body.startswith(b"{"))
