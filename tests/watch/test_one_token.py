"""A model on this computer answers one token over a real socket, and nobody else hears a prompt."""

import http.client
import json

import pytest

from notifier.model.drill import Spoken
from notifier.model.observation import Failure, FailureKind, Reading
from notifier.watch import fetch as fetching_module
from notifier.watch import listeners
from tests.watch.looking import fetching, in_loop, outcome_of
from tests.watch.model_server import SENTENCE, ModelServer
from tests.watch.test_model_server import another_user, local

KINDS = ("ollama", "lmstudio", "llamacpp", "vllm", "jan", "localai")


async def token_of(server: ModelServer, dialect: str = "llamacpp", model: str = "tiny-chat"):
    async with fetching() as fetch:
        return await fetch.token(local(server.url, dialect), model)


@pytest.mark.parametrize("kind", KINDS)
@in_loop
async def test_each_kind_of_server_is_asked_for_one_token_in_its_own_way(kind):
    with ModelServer(kind=kind, models=("nomic-embed", "llama3.2:latest")) as server:
        seen = await outcome_of(local(server.url, kind))
        assert isinstance(seen, Reading)
        assert seen.talker == "llama3.2:latest"
        said = await token_of(server, kind, seen.talker)
    assert isinstance(said, Spoken)
    assert said.model == "llama3.2"
    assert (server.prompts, server.limits) == (["Hi"], [1])


@pytest.mark.parametrize(
    ("about", "kind", "says"),
    [
        pytest.param({"fails": 500}, FailureKind.HTTP, "HTTP 500 and no token", id="out of memory"),
        pytest.param({"fails": 503}, FailureKind.HTTP, "not ready yet", id="busy"),
        pytest.param({"key": "secret"}, FailureKind.HTTP, "asks for a key", id="wants a key"),
        pytest.param({"models": ("other",)}, FailureKind.HTTP, "does not have", id="model gone"),
        pytest.param({"breaks": True}, FailureKind.RESET, "", id="cuts the connection"),
    ],
)
@in_loop
async def test_no_token_comes_and_the_reason_is_named(about, kind, says):
    with ModelServer(**about) as server:
        said = await token_of(server)
    assert isinstance(said, Failure)
    assert said.kind is kind
    assert says in said.detail


@in_loop
async def test_a_prompt_is_sent_once_whatever_becomes_of_it():
    with ModelServer(breaks=True) as server:
        await token_of(server)
    assert server.prompts == ["Hi"]


@in_loop
async def test_a_model_that_never_answers_is_given_up_and_the_limit_is_said(monkeypatch):
    monkeypatch.setattr(fetching_module, "TOKEN_WITHIN", 0.3)
    with ModelServer(hangs=True) as server:
        said = await token_of(server)
    assert isinstance(said, Failure)
    assert said.kind is FailureKind.TIMEOUT
    assert "60 s" in said.detail


@in_loop
async def test_a_model_that_must_be_loaded_first_is_waited_for_longer_than_any_page(monkeypatch):
    """A kept connection that is silent so long is given up for dead; this one is new."""
    with ModelServer(loads=0.4) as server:
        async with fetching(patience=0.2) as fetch:
            await fetch.look(local(server.url, "vllm"))
            said = await fetch.token(local(server.url, "vllm"), "tiny-chat")
    assert isinstance(said, Spoken)
    assert said.seconds > 0.2


@in_loop
async def test_another_user_s_server_gets_no_prompt():
    with another_user("127.0.0.1") as (port, heard):
        async with fetching() as fetch:
            said = await fetch.token(local(f"http://127.0.0.1:{port}/", "vllm"), "tiny-chat")
        assert heard.readline() == "got b''\n"
    assert isinstance(said, Failure)
    assert said.kind is FailureKind.NOT_OURS


@in_loop
async def test_where_nobody_can_tell_whose_it_is_no_prompt_is_sent(monkeypatch):
    monkeypatch.setattr(listeners, "_OWNERS", {})
    with ModelServer() as server:
        said = await token_of(server)
    assert said.kind is FailureKind.NOT_OURS
    assert server.asked == []


@in_loop
async def test_another_computer_gets_no_prompt():
    async with fetching() as fetch:
        said = await fetch.token(local("http://192.0.2.7:11434/"), "tiny-chat")
    assert said.kind is FailureKind.NOT_OURS


# -- the server itself, which others may use --------------------------------------------------


def test_the_model_server_streams_as_the_protocol_has_it():
    with ModelServer() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        body = {"model": "tiny-chat", "messages": [{"role": "user", "content": "?"}]}
        connection.request("POST", "/v1/chat/completions", json.dumps({**body, "stream": True}))
        events = connection.getresponse().read().decode().split("\n\n")
        connection.request("POST", "/v1/chat/completions", json.dumps(body))
        whole = json.loads(connection.getresponse().read())
        connection.close()
    chunks = [json.loads(event.removeprefix("data: ")) for event in events[:-2]]
    assert events[-2:] == ["data: [DONE]", ""]
    said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    assert said.split() == list(SENTENCE)
    assert whole["choices"][0]["message"]["content"] == " ".join(SENTENCE)
    assert whole["usage"]["completion_tokens"] == len(SENTENCE)


def test_the_model_server_says_what_is_wrong_as_the_protocol_has_it():
    with ModelServer(key="right") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", "/v1/models", headers={"Authorization": "Bearer wrong"})
        answer = connection.getresponse()
        error = json.loads(answer.read())["error"]
        connection.close()
    assert (answer.status, error["code"]) == (401, "invalid_api_key")
