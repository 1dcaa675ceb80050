"""A real model server for tests, of OpenAI's protocol: it takes a prompt and says words in order.

It listens on a real socket, speaks HTTP/1.1, and answers

    GET  /v1/models                  the models it has
    POST /v1/chat/completions        a whole answer, or with `"stream": true` chunk by chunk

as the OpenAI API reference has them, errors included; and what Ollama, LM Studio, llama.cpp and
vLLM are known by beside that, where its `kind` is one of these. Its model knows one sentence, and
says of it as many words as it may.

    with ModelServer(models=("tiny",)) as server:
        …  server.url, server.prompts …

`fails` answers every completion with that status, `hangs` none at all, `breaks` cuts the
connection; `loads` is how many seconds the first completion takes.
"""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SENTENCE = ("Here", "is", "what", "you", "asked", "for", ".")
"""All the model can say; one word is one token."""


class ModelServer:
    """Listens on 127.0.0.1 from `__enter__` to `__exit__`."""

    def __init__(
        self,
        *,
        models: tuple[str, ...] = ("tiny-chat",),
        kind: str = "openai",
        key: str = "",
        fails: int = 0,
        hangs: bool = False,
        breaks: bool = False,
        loads: float = 0.0,
        port: int = 0,
    ) -> None:
        self.models, self.kind, self.key = models, kind, key
        self.fails, self.hangs, self.breaks, self.loads = fails, hangs, breaks, loads
        self.prompts: list[str] = []
        """What it was asked for, in the order in which it came."""
        self.limits: list[int | None] = []
        """The most tokens it was allowed, each time."""
        self.asked: list[str] = []
        """Every request, `GET /v1/models`."""
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait(self, seconds: float | None = None) -> None:
        """Stay silent so long, or until the test is over."""
        self._over.wait(seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        at = server

    return Handler


class _Refused(Exception):
    """An error as OpenAI writes one."""

    def __init__(self, status: int, kind: str, says: str, code: str | None = None) -> None:
        super().__init__(says)
        self.status = status
        self.body = {"error": {"message": says, "type": kind, "param": None, "code": code}}


class _Handler(BaseHTTPRequestHandler):
    at: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer("GET", _DOCUMENTS | _OF_KIND.get(self.at.kind, {}))

    def do_POST(self) -> None:
        self._answer("POST", _CALLS | _CALLS_OF_KIND.get(self.at.kind, {}))

    def _answer(self, method: str, known: "dict[str, _Way]") -> None:
        self.at.asked.append(f"{method} {self.path}")
        try:
            self._must_be_let_in()
            known.get(self.path, _unknown)(self)
        except _Refused as error:
            self.send_json(error.body, error.status)

    def _must_be_let_in(self) -> None:
        if self.at.key and self.headers.get("Authorization") != f"Bearer {self.at.key}":
            says = "Incorrect API key provided."
            raise _Refused(401, "invalid_request_error", says, "invalid_api_key")

    def send_json(self, tree: object, status: int = 200) -> None:
        body = json.dumps(tree).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_events(self, events: Iterator[str]) -> None:
        """Server-sent events, in chunks, each as it comes (RFC 9112, 7.1)."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in events:
            data = f"data: {event}\n\n".encode()
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def given(self) -> dict[str, Any]:
        """What was sent."""
        try:
            tree = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        except ValueError:
            raise _Refused(400, "invalid_request_error", "The body is no JSON.") from None
        if not isinstance(tree, dict):
            raise _Refused(400, "invalid_request_error", "The body is no object.")
        return tree

    def spoken(self, model: object, prompt: str, most: int | None) -> tuple[str, ...]:
        """What the model says to it, if nothing is the matter."""
        if model not in self.at.models:
            says = f"The model `{model}` does not exist."
            raise _Refused(404, "invalid_request_error", says, "model_not_found")
        self.at.prompts.append(prompt)
        self.at.limits.append(most)
        if self.at.hangs:
            self.at.wait()
        if self.at.breaks:
            self.close_connection = True
            self.connection.close()
            raise ConnectionAbortedError
        self.at.wait(self.at.loads)
        self.at.loads = 0.0
        if self.at.fails:
            raise _Refused(self.at.fails, "server_error", "The model could not be run.")
        return SENTENCE[:most]

    def handle(self) -> None:
        """Who hangs up early has every right to."""
        try:
            super().handle()
        except (ConnectionError, ValueError):
            self.close_connection = True


_Way = Callable[[_Handler], None]


def _unknown(here: _Handler) -> None:
    raise _Refused(404, "invalid_request_error", f"Unknown request: {here.path}")


def _listing(here: _Handler) -> None:
    cards = [
        {"id": name, "object": "model", "created": 1_790_000_000, "owned_by": "library"}
        for name in here.at.models
    ]
    here.send_json({"object": "list", "data": cards})


def _chat(here: _Handler) -> None:
    given = here.given()
    said = given.get("messages")
    if not isinstance(said, list) or not said:
        raise _Refused(400, "invalid_request_error", "`messages` is missing.")
    model, most = given.get("model"), given.get("max_tokens")
    words = here.spoken(model, str(said[-1].get("content", "")), most)
    if given.get("stream"):
        here.send_events(_chunks(model, words))
        return
    message = {"role": "assistant", "content": " ".join(words)}
    here.send_json(
        _completion(model, "chat.completion")
        | {
            "choices": [{"index": 0, "message": message, "finish_reason": _why(words)}],
            "usage": {
                "prompt_tokens": 1,
                "completion_tokens": len(words),
                "total_tokens": 1 + len(words),
            },
        }
    )


def _chunks(model: object, words: tuple[str, ...]) -> Iterator[str]:
    begun = {"role": "assistant", "content": ""}
    deltas: list[dict[str, str]] = [begun, *({"content": f"{word} "} for word in words)]
    for delta in deltas:
        yield _chunk(model, delta, None)
    yield _chunk(model, {}, _why(words))
    yield "[DONE]"


def _chunk(model: object, delta: dict[str, str], why: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": why}
    return json.dumps(_completion(model, "chat.completion.chunk") | {"choices": [choice]})


def _completion(model: object, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1_790_000_000, "model": model}


def _why(words: tuple[str, ...]) -> str:
    return "stop" if len(words) == len(SENTENCE) else "length"


# -- what the kinds have beside ---------------------------------------------------------------


def _tags(here: _Handler) -> None:
    names = [{"name": name, "model": name} for name in here.at.models]
    here.send_json({"models": names})


def _generate(here: _Handler) -> None:
    given = here.given()
    most = given.get("options", {}).get("num_predict")
    words = here.spoken(given.get("model"), str(given.get("prompt", "")), most)
    answer = {"model": given.get("model"), "created_at": "2026-11-23T12:00:00Z"}
    here.send_json(answer | {"response": " ".join(words), "done": True, "done_reason": "length"})


def _health(here: _Handler) -> None:
    here.send_json({"status": "ok"})


def _empty(here: _Handler) -> None:
    here.send_response(200)
    here.send_header("Content-Length", "0")
    here.end_headers()


def _version(here: _Handler) -> None:
    here.send_json({"version": "0.12.6"})


def _loaded(here: _Handler) -> None:
    cards = [{"id": name, "state": "loaded"} for name in here.at.models]
    here.send_json({"object": "list", "data": cards})


_DOCUMENTS: dict[str, _Way] = {"/v1/models": _listing}
_CALLS: dict[str, _Way] = {"/v1/chat/completions": _chat}
_OF_KIND: dict[str, dict[str, _Way]] = {
    "ollama": {"/api/version": _version, "/api/tags": _tags, "/api/ps": _tags},
    "lmstudio": {"/api/v0/models": _loaded},
    "llamacpp": {"/health": _health},
    "vllm": {"/health": _empty},
    "localai": {"/readyz": _empty},
}
_CALLS_OF_KIND: dict[str, dict[str, _Way]] = {"ollama": {"/api/generate": _generate}}
