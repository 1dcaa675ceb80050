"""The arithmetic of stages, told by hand what httpcore and the look-ups of names tell in life."""

import asyncio
from types import SimpleNamespace

import pytest

from notifier.model.observation import Stage, StageTime
from notifier.watch import progress
from notifier.watch.progress import Progress

CONNECTING = "connection.connect_tcp.started"
CONNECTED = "connection.connect_tcp.complete"
SECURING = "connection.start_tls.started"
ASKING = "http11.send_request_headers.started"
HEAD = "http11.receive_response_headers.complete"


@pytest.fixture
def told(monkeypatch):
    """Tells an exchange one event each second; a number is a pause of so many more."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(progress, "perf_counter", lambda: clock.now)

    def tell(exchange: Progress, *events) -> tuple[StageTime, ...]:
        for event in events:
            clock.now += 1 if isinstance(event, str) else event
            match event:
                case "look up":
                    exchange.looking_up()
                case "found" | "not found":
                    exchange.looked_up(found=event == "found")
                case str():
                    asyncio.run(exchange.trace(event, {"return_value": None}))
        return exchange.stages

    return tell


def test_each_stage_takes_until_the_next_begins(told):
    events = (CONNECTING, "look up", 9, "found", 19, CONNECTED, SECURING, 29, ASKING, 39, HEAD)
    assert told(Progress("a.test"), *events) == (
        StageTime(Stage.DNS, 10),
        StageTime(Stage.CONNECT, 21),
        StageTime(Stage.TLS, 30),
        StageTime(Stage.FRONT, 40),
    )


def test_a_name_that_is_looked_up_twice_takes_both_times(told):
    events = (CONNECTING, "look up", 4, "found", "look up", 2, "found", CONNECTED, ASKING)
    assert told(Progress("a.test"), *events)[0] == StageTime(Stage.DNS, 8)


def test_a_name_that_is_not_found_is_no_stage_passed(told):
    assert told(Progress("a.test"), CONNECTING, "look up", "not found") == ()


def test_what_has_begun_and_not_ended_is_not_passed(told):
    assert [one.stage for one in told(Progress("a.test"), CONNECTING, CONNECTED, SECURING)] == [
        Stage.CONNECT
    ]


def test_a_kept_connection_passes_only_the_last(told):
    assert told(Progress("a.test"), ASKING, 4, HEAD) == (StageTime(Stage.FRONT, 5),)


def test_a_kept_connection_that_was_dead_counts_for_nothing(told):
    assert told(Progress("a.test"), ASKING, CONNECTING, CONNECTED, ASKING, HEAD) == (
        StageTime(Stage.CONNECT, 2),
        StageTime(Stage.FRONT, 1),
    )


def test_a_connection_that_is_begun_anew_is_the_only_one_that_counts(told):
    events = (CONNECTING, "look up", "found", CONNECTED, SECURING)
    assert told(Progress("a.test"), *events, CONNECTING, CONNECTED, ASKING, HEAD) == (
        StageTime(Stage.CONNECT, 2),
        StageTime(Stage.FRONT, 1),
    )


@pytest.mark.parametrize("to_proxy", [(), (SECURING, "connection.start_tls.complete")])
def test_a_tunnel_stands_when_the_proxy_has_let_us_through(told, to_proxy):
    through = Progress("a.test", proxy="proxy.test:3128", tunnel=True)
    asked_in_vain = told(through, CONNECTING, CONNECTED, *to_proxy, ASKING, HEAD)
    assert asked_in_vain == ()
    stages = told(through, "proxy.start_tls.started", ASKING, HEAD)
    assert stages == (
        StageTime(Stage.CONNECT, 4 + len(to_proxy)),
        StageTime(Stage.TLS, 1),
        StageTime(Stage.FRONT, 1),
    )
