"""What commands and the owner say to each other, over a real socket."""

import json
import os
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifier.model.event import Wish
from notifier.owner import line, protocol, transport
from notifier.owner.client import ask, follow, listen
from notifier.owner.protocol import MOST_REQUEST
from notifier.owner.transport import OwnerError
from tests.owner.served import DOCUMENT, served

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not available there yet")


@pytest.fixture
def place(tmp_path, monkeypatch):
    # The address of a socket holds 108 bytes; pytest's folders alone can have more.
    monkeypatch.chdir(tmp_path)
    return Path("run/owner.sock")


@pytest.fixture
def there(place):
    with served(place) as up:
        yield up


def raw(place):
    """A connection that says what it likes."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(30)
    connection.connect(str(place))
    return connection


def said(connection):
    """The next object on a connection."""
    return json.loads(connection.makefile("rb").readline())


# -- asking and being answered ----------------------------------------------------------------


def test_a_command_without_an_owner_is_told_there_is_none(place):
    assert ask(place, {"ask": "document"}) is None
    assert follow(place) is None


def test_the_document_arrives_whole_whatever_its_texts(place, there):
    answer = ask(place, {"ask": "document"})
    assert answer == {"document": DOCUMENT}


def test_check_answers_when_the_looks_are_home(place, there):
    with raw(place) as connection:
        connection.sendall(b'{"ask": "check", "services": ["chatgpt"]}\n')
        there.until(lambda: there.owner.asked == [("check", ("chatgpt",))])
        there.owner.looks_home.set()
        assert said(connection) == {"document": DOCUMENT}
    assert ask(place, {"ask": "check"}) == {"document": DOCUMENT}
    assert ask(place, {"ask": "instead", "service": "chatgpt"}) == {"document": DOCUMENT}
    assert there.owner.asked[1] == ("check", ())


def test_the_log_of_one_service_or_of_all(place, there):
    one = ask(place, {"ask": "log", "service": "chatgpt", "limit": 5})
    assert one == {"lines": [{"service": "chatgpt", "limit": 5}]}
    assert ask(place, {"ask": "log"}) == {"lines": [{"service": None, "limit": 20}]}
    back = {"ask": "history", "services": ["chatgpt"], "since": "2026-11-16T18:00:00+00:00"}
    assert ask(place, back) == {"history": {key: back[key] for key in ("services", "since")}}


def test_a_wish_reaches_the_owner_as_the_buttons_give_it(place, there):
    snooze = {"wish": "snooze", "service": "chatgpt", "until": "2026-11-23T19:00:00+01:00"}
    assert ask(place, {"ask": "wish"} | snooze) == {"done": True}
    assert ask(place, {"ask": "wish", "wish": "resume"}) == {"done": True}
    until = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert there.owner.asked == [(Wish.SNOOZE, "chatgpt", until), (Wish.RESUME, None, None)]


def test_a_test_notification_is_answered_by_what_took_it(place, there):
    tried = {"rung": "freedesktop", "behind": {"name": "Some Daemon"}}
    assert ask(place, {"ask": "test_notification"}) == {"tried": tried}


def test_a_second_start_shows_the_first_ones_window(place, there):
    there.owner.tray = True
    assert ask(place, {"ask": "show"}) == {"done": True}
    assert there.owner.asked == ["show"]


def test_what_an_owner_will_not_do_it_refuses_with_a_sentence(place, there):
    answer = ask(place, {"ask": "show"})
    assert answer["error"] == "refused"
    assert "no window" in answer["detail"]


def test_several_requests_on_one_connection_are_answered_in_their_order(place, there):
    with raw(place) as connection:
        connection.sendall(b'{"ask":"log","limit":1}\n{"ask":"log","limit":2}\n{"ask":"log"')
        connection.sendall(b',"limit":3}\n')
        lines = connection.makefile("rb")
        limits = [json.loads(lines.readline())["lines"][0]["limit"] for _ in range(3)]
    assert limits == [1, 2, 3]


# -- handing over -----------------------------------------------------------------------------


def test_a_watch_hands_over_to_a_tray_once_the_tray_knows(place, there):
    assert ask(place, {"ask": "yield"}) == {"done": True}
    assert there.owner.left.wait(30)


def test_a_tray_keeps_the_profile(place, there):
    there.owner.tray = True
    assert ask(place, {"ask": "yield"})["error"] == "refused"
    assert not there.owner.left.is_set()


def test_after_closing_there_is_no_owner_and_no_socket(place):
    with served(place) as there:
        objects = follow(place)
        there.until(lambda: there.owner.followers == 1)
        there.run(there.server.close())
        assert list(objects) == [], "those who follow learn that it has ended"
        assert there.owner.followers == 0
        assert not place.exists()
        assert ask(place, {"ask": "document"}) is None


def test_closing_leaves_the_socket_of_a_newer_owner_alone(place):
    with served(place) as there:
        place.unlink()
        with served(place) as newer:
            there.run(there.server.close())
            assert ask(place, {"ask": "document"}) is not None
            assert newer.owner is not there.owner


# -- following --------------------------------------------------------------------------------


def test_followers_hear_everything_in_order_until_the_end(place, there):
    objects = follow(place)
    sent = [{"kind": "picture", "t": n, "text": "x" * n} for n in range(300)]
    for one in sent:
        there.say(one)
    there.say(None)
    assert list(objects) == sent
    there.until(lambda: there.owner.followers == 0)


def test_whoever_listens_with_a_clock_hears_silence_too_and_loses_nothing_over_it(place, there):
    heard = listen(place, pulse=0.02)
    assert next(heard) is None
    there.say({"kind": "picture", "text": "x" * 100_000})
    assert {"kind": "picture", "text": "x" * 100_000} in (next(heard) for _ in range(500))
    assert next(heard) is None
    there.say(None)
    assert [one for one in heard if one is not None] == []


def test_a_follower_that_goes_away_is_let_go_though_nothing_is_said(place, there):
    objects = follow(place)
    there.until(lambda: there.owner.followers == 1)
    there.say({"kind": "picture"})
    assert next(objects) == {"kind": "picture"}
    objects.close()
    there.until(lambda: there.owner.followers == 0)


def test_a_follower_that_does_not_listen_is_dropped_and_holds_up_nobody(place):
    with served(place, patience=0.1) as there, raw(place) as deaf:
        deaf.sendall(b'{"ask": "follow"}\n')
        there.until(lambda: there.owner.followers == 1)
        for _ in range(40):
            there.say({"text": "x" * 50_000})
        assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}
        there.until(lambda: there.owner.followers == 0)


# -- nonsense ---------------------------------------------------------------------------------

GARBAGE = [
    pytest.param(b"", "not_json", id="an empty line"),
    pytest.param(b"GET / HTTP/1.1", "not_json", id="a web browser"),
    pytest.param(b"\xff\xfe\x00\x01", "not_json", id="bytes"),
    pytest.param(b'{"ask": "\xff"}', "not_json", id="no UTF-8"),
    pytest.param(b'{"pad": ' + b"[" * 60_000, "not_json", id="sixty thousand brackets"),
    pytest.param(b'{"ask": "document"', "not_json", id="half a request"),
    pytest.param(b"[]", "not_understood", id="a list"),
    pytest.param(b"7", "not_understood", id="a number"),
    pytest.param(b"{}", "not_understood", id="nothing asked"),
    pytest.param(b'{"ask": "destroy"}', "not_understood", id="something unknown asked"),
    pytest.param(b'{"ask": ["show"]}', "not_understood", id="a list asked"),
    pytest.param(b'{"ask": "wish"}', "not_understood", id="no wish named"),
    pytest.param(b'{"ask": "wish", "wish": "gold"}', "not_understood", id="an unknown wish"),
    pytest.param(
        b'{"ask": "wish", "wish": "snooze", "until": "tomorrow"}', "not_understood", id="no time"
    ),
    pytest.param(
        b'{"ask": "wish", "wish": "snooze", "until": "2026-11-23T19:00:00"}',
        "not_understood",
        id="a time of no zone",
    ),
    pytest.param(b'{"ask": "log", "limit": -1}', "not_understood", id="less than no lines"),
    pytest.param(b'{"ask": "log", "limit": 1e99}', "not_understood", id="endless lines"),
    pytest.param(b'{"ask": "check", "services": "chatgpt"}', "not_understood", id="no list"),
]


@pytest.mark.parametrize(("said_to_it", "error"), GARBAGE)
def test_nonsense_gets_an_error_and_the_conversation_goes_on(place, there, said_to_it, error):
    with raw(place) as connection:
        connection.sendall(said_to_it + b"\n")
        lines = connection.makefile("rb")
        answer = json.loads(lines.readline())
        assert answer["error"] == error
        assert answer["detail"].endswith(".")
        connection.sendall(b'{"ask": "document"}\n')
        assert json.loads(lines.readline()) == {"document": DOCUMENT}
    assert there.owner.asked == []


def test_further_keys_are_passed_over_so_that_both_sides_can_grow(place, there):
    assert ask(place, {"ask": "document", "since": "2027"}) == {"document": DOCUMENT}


@pytest.mark.parametrize("size", [MOST_REQUEST + 1, 3_000_000])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_too_long_a_request_is_cut_short_with_an_error(place, there, size, end):
    with raw(place) as connection:
        connection.sendall(b"x" * size + end)
        assert said(connection)["error"] == "too_long"
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b"", "and the connection ends"
    assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}


def test_a_request_as_long_as_allowed_is_heard(place, there):
    frame = b'{"ask": "document", "pad": ""}\n'
    with raw(place) as connection:
        pad = b"x" * (MOST_REQUEST - len(frame))
        connection.sendall(b'{"ask": "document", "pad": "' + pad + b'"}\n')
        assert said(connection) == {"document": DOCUMENT}


def test_half_a_request_and_gone_disturbs_nobody(place, there):
    for _ in range(20):
        with raw(place) as connection:
            connection.sendall(b'{"ask": "docu')
    assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}


def test_who_says_nothing_for_long_is_let_go(place, monkeypatch):
    monkeypatch.setattr(line, "IDLE", 0.02)
    with served(place), raw(place) as silent:
        assert silent.recv(1) == b""


def test_a_defect_of_the_owner_is_an_error_not_the_end(place, there):
    answer = ask(place, {"ask": "log", "service": "defect"})
    assert answer["error"] == "failed"
    assert "ZeroDivision" not in answer["detail"]
    assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}


def test_too_many_at_once_are_turned_away_and_room_is_made_again(place, there):
    idle = [raw(place) for _ in range(64)]
    there.until(lambda: len(there.server._clients) == 64)
    assert ask(place, {"ask": "document"})["error"] == "busy"
    for connection in idle:
        connection.close()
    there.until(lambda: not there.server._clients)
    assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}


# -- nobody else ------------------------------------------------------------------------------


def stranger(_connection):
    return os.geteuid() + 1


def test_another_user_gets_no_answer(place):
    with served(place, peer=stranger) as there:
        # It may hang up before we have even spoken.
        with raw(place) as connection, suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(b'{"ask": "wish", "wish": "pause"}\n')
            assert connection.recv(1) == b""
        assert there.owner.asked == []


def test_a_command_asks_nothing_of_another_users_owner(place, there):
    with pytest.raises(OwnerError, match="another user"):
        ask(place, {"ask": "show"}, peer=stranger)
    with pytest.raises(OwnerError, match="another user"):
        follow(place, peer=stranger)
    assert there.owner.asked == []


def open_to_all(place):
    """Undo what keeps others out before they could even knock."""
    Path.cwd().chmod(0o755)
    place.parent.chmod(0o755)
    place.chmod(0o666)


ASKS_AS_NOBODY = """
import os, sys
from pathlib import Path
from notifier.owner.client import ask
from notifier.owner.transport import OwnerError
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    print(ask(Path("run/owner.sock"), {"ask": "document"}))
except OwnerError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs a second user")
@pytest.mark.parametrize(
    ("opened", "met"),
    [
        pytest.param(False, "Permission denied", id="the folder keeps them out"),
        pytest.param(True, "another user", id="were it open, the other end is checked"),
    ],
)
def test_a_real_second_user_is_kept_out(place, there, opened, met):
    if opened:
        open_to_all(place)
    done = subprocess.run(
        [sys.executable, "-c", ASKS_AS_NOBODY],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert met in done.stdout
    with raw(place) as connection:
        uid = transport.peer_uid(connection)
    assert uid == os.geteuid(), "the system vouches for who is at the other end"


SAYS_AS_NOBODY = """
import os, socket
os.setgroups([]); os.setgid(65534); os.setuid(65534)
connection = socket.socket(socket.AF_UNIX)
connection.connect("run/owner.sock")
try:
    connection.sendall(b'{"ask": "document"}\\n')
    print(connection.recv(100))
except OSError:
    print(b"")
"""


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs a second user")
def test_a_real_second_user_who_got_in_is_hung_up_on(place, there):
    open_to_all(place)
    done = subprocess.run(
        [sys.executable, "-c", SAYS_AS_NOBODY], capture_output=True, text=True, check=True
    )
    assert done.stdout == "b''\n"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_socket_is_ours_alone_under_any_umask(place, umask):
    before = os.umask(umask)
    try:
        with served(place):
            assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
            assert stat.S_IMODE(place.stat().st_mode) == 0o600
    finally:
        os.umask(before)


# -- places -----------------------------------------------------------------------------------


def test_the_socket_a_killed_owner_left_is_replaced(place):
    place.parent.mkdir()
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(place))
    left.close()
    assert ask(place, {"ask": "document"}) is None
    with served(place):
        assert ask(place, {"ask": "document"}) == {"document": DOCUMENT}


def test_what_is_no_socket_is_not_removed(place):
    place.parent.mkdir()
    place.write_text("precious")
    with pytest.raises(OwnerError, match="in the way"):
        transport.listen(place)
    assert place.read_text() == "precious"


def test_an_address_too_long_is_said_so(tmp_path):
    far = tmp_path / ("x" * 120) / "owner.sock"
    with pytest.raises(OwnerError, match="cannot be made"):
        transport.listen(far)
    with pytest.raises(OwnerError, match="cannot be reached"):
        ask(far, {"ask": "document"})


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        pytest.param(b"", "ended before", id="nothing"),
        pytest.param(b'{"document": {', "ended before", id="half"),
        pytest.param(b"<html>\n", "not JSON", id="a web page"),
        pytest.param(b"[1]\n", "no answer", id="a list"),
    ],
)
def test_an_owner_that_says_nonsense_is_an_error_in_words(place, answer, match):
    place.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as odd:
        odd.bind(str(place))
        odd.listen()
        pid = os.fork()
        if pid == 0:
            connection, _ = odd.accept()
            connection.recv(1000)
            connection.sendall(answer)
            os._exit(0)
        with pytest.raises(OwnerError, match=match):
            ask(place, {"ask": "document"}, 30)
        os.waitpid(pid, 0)


@pytest.mark.timeout(10)
def test_an_owner_that_does_not_answer_is_not_waited_for_for_ever(place):
    place.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(str(place))
        hung.listen()
        with pytest.raises(OwnerError, match="does not answer"):
            ask(place, {"ask": "document"}, 0.05)


def test_a_system_without_such_a_socket_says_so(place, monkeypatch):
    monkeypatch.setattr(transport.sys, "platform", "win32")
    with pytest.raises(transport.NotAvailable, match="not available on this system yet"):
        ask(place, {"ask": "document"})
    with pytest.raises(transport.NotAvailable):
        transport.listen(place)


def test_the_examples_of_the_protocol_are_understood():
    shown = [line.strip() for line in protocol.__doc__.splitlines()]
    examples = [line[: line.index("}") + 1] for line in shown if line.startswith('{"ask"')]
    assert [type(protocol.read(example.encode())) for example in examples] == [
        protocol.Show,
        protocol.Document,
        protocol.Check,
        protocol.Instead,
        protocol.Deep,
        protocol.Log,
        protocol.LookBack,
        protocol.Outage,
        protocol.Wished,
        protocol.TestNotification,
        protocol.TestFallbacks,
        protocol.Follow,
        protocol.Yield,
    ]
