"""Apprise for real, in its child process, against its own JSON scheme on loopback."""

import asyncio
import json
import os
import resource
import socket
import sys
from pathlib import Path

import pytest

from notifier.model.announcement import Reason
from notifier.model.key import Secret
from notifier.model.relay import Push
from notifier.relays.line import Carried
from notifier.relays.push import Answer, Message, PushCarrier, PushState, Sender, Way
from notifier.wording.relays import for_a_chat
from notifier.wording.say import English
from tests.relays.notices import OVER, notice
from tests.watch.authorities import Authority
from tests.watch.fault_server import HANG, RESET, Drip, FaultServer, reply
from tests.watch.looking import in_loop, until
from tests.wording.hostile import naughty, needs_corpus

PATH = "/canary-token-4711"
DIRECT = Way("none")
SHORT = 2.5
"""Seconds: more than the child takes to begin, less than anybody would wait."""


@pytest.fixture
def server():
    with FaultServer() as server:
        server.say(PATH, reply(b"ok"))
        yield server


@pytest.fixture
def cores():
    """As on a system that writes a core file of every crash."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    assert b"Max core file size        0 " not in of_process("self", "limits")
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def address(server, more=""):
    scheme = "jsons" if server.tls else "json"
    return f"{scheme}://{server.place}{PATH}{more}"


def carrier(url, *, within=20.0, way=DIRECT, command=None, reasons=None):
    async def fetch():
        return Secret(url)

    def sender():
        return Sender(way, within, command)

    return PushCarrier(Push("phone", reasons), fetch, sender, English())


async def carried(url, told=None, **more):
    return await carrier(url, **more).carry(told or notice())


def received(server):
    return [json.loads(request.body) for request in server.requests]


@in_loop
async def test_a_notice_is_handed_over(server):
    assert await carried(address(server)) == Carried()
    (got,) = received(server)
    assert got["title"] == "ChatGPT is down"
    assert got["message"] == "OpenAI reports a major outage."
    assert got["type"] == "failure"
    assert server.requests[0].target == PATH
    await carried(address(server), notice(2, OVER))
    assert received(server)[1]["type"] == "success"


@pytest.mark.parametrize(
    ("status", "again"),
    [(403, False), (404, False), (429, True), (503, True)],
)
@in_loop
async def test_who_refuses_is_quoted_by_number_and_asked_again_where_that_may_help(
    server, status, again
):
    server.say(PATH, reply(b"no", status))
    done = await carried(address(server))
    assert done == Carried(f"The service of phone answered with HTTP {status}.", again=again)
    assert len(server.requests) == 1


@pytest.mark.parametrize("script", [(RESET,), (b"HTTP/1.1 nonsense\r\n\r\n",)], ids=str)
@in_loop
async def test_who_breaks_off_was_not_reached(server, script):
    server.say(PATH, script)
    assert await carried(address(server)) == Carried(
        "The service of phone could not be reached.", again=True
    )


@in_loop
async def test_who_is_absent_was_not_reached():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = await carried(f"json://127.0.0.1:{port}{PATH}")
    assert done == Carried("The service of phone could not be reached.", again=True)


@pytest.mark.parametrize(
    "script",
    [(HANG,), (b"HTTP/1.1 200 OK\r\n", Drip(b"x" * 10_000, every=0.5))],
    ids=["silent", "dripping"],
)
@in_loop
async def test_who_is_slow_is_given_up_and_its_process_ended(server, script):
    server.say(PATH, script)
    done = await carried(address(server, "?rto=600&cto=600"), within=SHORT)
    assert done == Carried("The service of phone did not answer in time.", again=True)
    await until(lambda: not children())


def of_process(pid, what):
    return Path(f"/proc/{pid}/{what}").read_bytes()


def lives(pid):
    return Path(f"/proc/{int(pid)}").exists()


def children():
    """The child processes of ours that run."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [pid for file in found for pid in file.read_text().split()]
    return [pid for pid in pids if b"push_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("url", ["nonsense://x", "discord://too-short", "http", "json://", "\x00"])
@in_loop
async def test_an_address_apprise_makes_nothing_of_is_called_that(url):
    done = await carried(url)
    assert not done.again
    assert done.why.startswith("Apprise makes nothing of the address of phone")


@pytest.mark.parametrize(
    "script",
    [
        "import sys; sys.exit(3)",
        "print('no JSON')",
        'import sys; sys.stdin.readline(); print(\'{"state": "sent, or so"}\')',
        "import sys; print('x' * 10_000_000)",
    ],
)
@in_loop
async def test_a_child_that_answers_nonsense_is_a_failure_and_quoted_nowhere(script):
    command = (sys.executable, "-c", script)
    done = await carried("json://canary-host/", command=command, within=SHORT)
    assert done.why in (
        "The process that sends it failed; `notifier doctor` may say more.",
        "The service of phone did not answer in time.",
    )


@in_loop
async def test_a_child_that_cannot_be_started_is_a_failure():
    assert await Sender(command=("/nowhere/python",)).understands(Secret("json://x")) == Answer(
        PushState.BROKEN
    )


@in_loop
async def test_an_address_can_be_looked_at_without_asking_anybody(server):
    sender = Sender(DIRECT)
    assert (await sender.understands(Secret(address(server)))).state is PushState.UNDERSTOOD
    assert (await sender.understands(Secret("jsn://x"))).state is PushState.STRANGE
    assert server.requests == []


@in_loop
async def test_while_it_is_sent_the_address_stands_in_no_argument_and_no_variable(server, cores):
    server.say(PATH, (HANG,))
    url = address(server, "?rto=600")
    sending = asyncio.get_running_loop().create_task(carried(url))
    await until(lambda: server.requests)
    (pid,) = children()
    for what in ("cmdline", "environ"):
        assert b"canary" not in of_process(pid, what)
    assert b"Max core file size        0 " in of_process(pid, "limits")
    sending.cancel()
    await asyncio.wait({sending})
    assert children() == []


@in_loop
async def test_when_the_program_is_gone_so_is_the_child(server):
    """Whoever is killed leaves no process behind that still wants to send."""
    server.say(PATH, (HANG,))
    parent = (
        "import asyncio, os, sys; from notifier.model.key import Secret; "
        "from notifier.relays.push import Message, Sender, Way; "
        "asyncio.run(Sender(Way('none')).send(Secret(sys.stdin.readline().strip()), "
        "Message('t', 'b')))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", parent, stdin=asyncio.subprocess.PIPE
    )
    process.stdin.write(f"{address(server, '?rto=600')}\n".encode())
    await until(lambda: server.requests)
    (child,) = of_process(process.pid, f"task/{process.pid}/children").split()
    process.kill()
    await process.wait()
    await until(lambda: not lives(child))


@in_loop
async def test_the_proxy_of_the_settings_is_used_and_only_that(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with FaultServer(host="127.0.0.2") as proxy:
        there = f"http://{server.place}{PATH}"
        proxy.say(there, reply(b"ok"))
        assert await carried(address(server), way=Way(f"http://{proxy.place}")) == Carried()
        assert proxy.paths() == [there]
    assert await carried(address(server), way=Way("none")) == Carried()
    assert (await carried(address(server), way=Way("system"))).why.endswith("not be reached.")


@in_loop
async def test_the_authority_of_the_settings_is_believed(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    with FaultServer(tls=authority.context("127.0.0.1")) as server:
        server.say(PATH, reply(b"ok"))
        assert await carried(address(server), way=Way("none", authority.ca)) == Carried()
        assert (await carried(address(server))).why.endswith("could not be reached.")
        monkeypatch.setenv("SSL_CERT_FILE", authority.ca)
        assert await carried(address(server)) == Carried(), "and those the system believes"


def test_it_gets_the_notices_it_wants():
    some = carrier("json://x", reasons=frozenset({Reason.OUTAGE}))
    assert some.wants(notice())
    assert not some.wants(notice(2, OVER))


# -- what a feed says, in a chat ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "arrives"),
    [
        ("@everyone @here <@123> <!channel>", "＠everyone ＠here ＜＠123＞ ＜!channel＞"),
        ("[status.openai.com](https://evil.example)", "[status.openai.com] (https://evil.example)"),
        ("**bold** `code` ~~no~~ ||spoiler||", "＊＊bold＊＊ ｀code｀ ～～no～～ ｜｜spoiler｜｜"),
        ("_slanted_ __under__ gpt_4_turbo", "＿slanted＿ ＿＿under＿＿ gpt_4_turbo"),
        ("# Heading\n-# small\n## two", "＃ Heading\n-＃ small\n＃# two"),
        ("5 % of #1 requests: a-b", "5 % of #1 requests: a-b"),
        ("ChatGPT is down", "ChatGPT is down"),
    ],
)
def test_what_a_feed_says_mentions_nobody_and_is_no_markup(said, arrives):
    assert for_a_chat(said) == arrives


@needs_corpus
@in_loop
async def test_naughty_strings_arrive_as_plain_text(server):
    texts = "\n".join(naughty()[::3])
    title = " ".join(texts.split())[:180]
    await carried(address(server), notice(title=title, body=texts[:20_000]))
    (got,) = received(server)
    for text in (got["title"], got["message"]):
        assert not set("@*`<>|~") & set(text)
        assert "](" not in text


@in_loop
async def test_what_it_is_told_to_send_is_not_read_as_a_template(server):
    odd = r"{{ title }} \n %s {0} $HOME :smile:"
    await Sender(DIRECT).send(Secret(address(server)), Message(odd, odd))
    (got,) = received(server)
    assert (got["title"], got["message"]) == (odd, odd)


@in_loop
async def test_where_markup_is_shown_text_stays_text(server):
    server.say(f"{PATH}?format=html", reply(b"ok"))
    await Sender(DIRECT).send(
        Secret(address(server, "?format=html")), Message("t", "*a* & <b>b</b>")
    )
    (got,) = received(server)
    arrived = got["message"].replace("&nbsp;", " ")
    assert arrived == "*a* &amp; &lt;b&gt;b&lt;/b&gt;"


@in_loop
async def test_it_leaves_nothing_behind_at_home(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert await carried(address(server)) == Carried()
    assert list(tmp_path.iterdir()) == []
