"""*Test my connection*: each trouble is named by its own evidence, with what to do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.model.observation import Failure, FailureKind, Stage, StageTime
from notifier.model.picture import Lamp
from notifier.model.walk import Trial, Walk
from notifier.wording.connection_test import conclusion, groups
from notifier.wording.say import English
from tests.desktop.scenes import (
    CHATGPT,
    CLAUDE,
    DOWN,
    NOW,
    OUTAGE,
    SLOW,
    ago,
    board,
    door,
    page,
    well,
)

SAY = English()
HOSTS = ("one.test", "two.test", "three.test")
STEPS = (StageTime(Stage.DNS, 0.012), StageTime(Stage.CONNECT, 0.02))
K = FailureKind


def home(host: str, **more) -> Walk:
    walk = Walk(host, None, (*STEPS, StageTime(Stage.FRONT, 0.04)), detail="HTTP 204 in 40 ms")
    return replace(walk, **more)


def lost(host: str, kind: FailureKind, says: str, stopped=Stage.CONNECT, proxy=None) -> Walk:
    return Walk(host, proxy, STEPS[:1], failure=Failure(kind, says), stopped=stopped)


def all_lost(kind: FailureKind, says: str, **more) -> Trial:
    return Trial(NOW, True, HOSTS, tuple(lost(one, kind, says, **more) for one in HOSTS))


WELL = Trial(NOW, True, HOSTS, tuple(home(one) for one in HOSTS))
FINE = board(well(CHATGPT), well(CLAUDE))


def told(trial=WELL, picture=FINE, asked_at=None) -> tuple[Lamp, str]:
    return conclusion(trial, picture, SAY, asked_at)


def lines(trial=WELL, picture=FINE, asked_at=None) -> dict[str, str]:
    found = groups(trial, picture, SAY, asked_at)
    return {line.asks: line.says for _, group in found for line in group}


# -- where it breaks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "says", "sentence"),
    [
        pytest.param(
            K.PROXY,
            "The proxy proxy.example:3128 asks for a name and password.",
            "The proxy proxy.example:3128 asks for a name and password: look at the proxy in your "
            "settings; a name and password belong into its address.",
            id="proxy",
        ),
        pytest.param(
            K.DNS,
            "The name one.test could not be looked up.",
            "The name one.test could not be looked up: look at the name server (DNS) of this "
            "network, and at a VPN.",
            id="names",
        ),
        pytest.param(
            K.CERTIFICATE_ISSUER,
            "The certificate of one.test was issued by an authority this computer does not know.",
            "The certificate of one.test was issued by an authority this computer does not know: "
            "something on the way opens secure connections; if your organisation does, name its "
            "authority as `ca` in your settings.",
            id="interception",
        ),
        pytest.param(
            K.CERTIFICATE_DATE,
            "The certificate of one.test has expired, by this computer's clock.",
            "The certificate of one.test has expired, by this computer's clock: look at the clock "
            "of this computer.",
            id="clock",
        ),
        pytest.param(
            K.WEB_PAGE,
            "A web page came from a host that has none: the network may want a login.",
            "A web page came from a host that has none: the network may want a login: open any "
            "page in a browser and sign in to this network.",
            id="login page",
        ),
        pytest.param(
            K.TIMEOUT,
            "No connection to one.test came about within 8 s.",
            "No connection to one.test came about within 8 s: look at cable, Wi-Fi, firewall and "
            "VPN; they may let nothing through.",
            id="silence",
        ),
    ],
)
def test_what_keeps_every_host_away_is_named_with_what_to_do(kind, says, sentence):
    assert told(all_lost(kind, says)) == (Lamp.TROUBLE, sentence)


def test_without_any_network_nothing_else_is_waited_for():
    lamp, text = told(Trial(NOW, False, HOSTS))
    assert lamp is Lamp.TROUBLE
    assert text == (
        "This computer has no network connection: switch Wi-Fi on, or plug the cable in."
    )


def test_who_answers_all_the_same_shows_that_there_is_a_way():
    assert told(replace(WELL, route=False))[0] is Lamp.CLEAR


def test_of_several_troubles_the_one_met_most_is_told():
    dns, proxy = (lost(HOSTS[0], K.DNS, "No name."), lost(HOSTS[1], K.PROXY, "No proxy."))
    trial = replace(WELL, walks=(dns, replace(dns, host=HOSTS[2]), proxy))
    assert told(trial)[1].startswith("No name:")
    trial = replace(WELL, hosts=HOSTS[:2], walks=(dns, proxy))
    assert told(trial)[1].startswith("No proxy:"), "with a proxy no name is looked up here"


def test_one_host_that_has_a_bad_day_is_no_trouble_of_ours():
    walks = (lost(HOSTS[0], K.TIMEOUT, "Silence."), *WELL.walks[1:])
    assert told(replace(WELL, walks=walks)) == (
        Lamp.CLEAR,
        "Your connection works; nothing breaks on the way.",
    )


@pytest.mark.parametrize(("hours", "how"), [(3, "3 hours slow"), (-2, "2 hours fast")])
def test_a_wrong_clock_is_told_though_all_answer(hours, how):
    ahead = timedelta(hours=hours)
    trial = replace(WELL, walks=tuple(home(one, ahead=ahead) for one in HOSTS))
    assert told(trial) == (
        Lamp.WATCH,
        f"The clock of this computer is {how}: look at the clock of this computer.",
    )
    assert lines(trial)["Clock"] == how


def test_while_hosts_are_still_to_come_nothing_is_concluded():
    one_home = replace(WELL, walks=WELL.walks[:1])
    assert told(one_home) == (Lamp.EMPTY, "Testing…")


def test_where_the_connection_works_it_breaks_at_the_one_that_fails():
    lamp, text = told(picture=board(DOWN, well(CLAUDE)))
    assert lamp is Lamp.TROUBLE
    assert text == (
        "Your connection works; it breaks at ChatGPT, which does not answer as it should (HTTP "
        "503 in 210 ms). Nothing to do here: it is theirs."
    )


def test_a_tool_nobody_has_looked_at_yet_breaks_nothing():
    row = well(CLAUDE)
    unseen = replace(row, verdict=replace(row.verdict, evidence=()))
    assert told(picture=board(unseen))[0] is Lamp.CLEAR
    assert told(Trial(NOW, True), board(unseen))[0] is Lamp.BLIND


def test_several_that_fail_are_listed_with_the_gravest_lamp():
    lamp, text = told(picture=board(SLOW, DOWN, well(CLAUDE)))
    assert lamp is Lamp.TROUBLE
    assert text.startswith("Your connection works; it breaks at Perplexity and ChatGPT.")


def test_the_tools_are_waited_for_until_nobody_waits_any_more():
    assert told(asked_at=NOW) == (
        Lamp.EMPTY,
        "Your connection works; your tools are being asked…",
    )
    assert told(asked_at=None)[0] is Lamp.CLEAR


def test_with_nobody_to_ask_nothing_is_claimed():
    nobody = Trial(NOW)
    assert lines(nobody)["Network"] == "looking…"
    text = "Nobody has answered who could show that your connection works."
    assert told(nobody, None) == (Lamp.BLIND, text)
    assert told(nobody)[0] is Lamp.CLEAR, "a tool that answers shows it"
    assert lines(nobody, None)["Proxy"] == "not asked: the settings name no neutral sites"


# -- the lines --------------------------------------------------------------------------------


def test_every_line_stands_from_this_computer_outwards():
    found = groups(WELL, FINE, SAY, None)
    assert [(title, [line.asks for line in group]) for title, group in found] == [
        ("This computer", ["Network", "Proxy", "Certificate", "Clock"]),
        ("Neutral sites", [*HOSTS]),
        ("Your tools", ["ChatGPT", "Claude"]),
    ]


def test_what_is_still_to_come_says_so_and_the_rest_stands():
    walks = (home("two.test", issuer="Sure Inc"),)
    said = lines(replace(WELL, walks=walks), asked_at=NOW)
    assert said == {
        "Network": "there is a connection",
        "Proxy": "none is in use",
        "Certificate": "vouched for by Sure Inc",
        "Clock": "looking…",
        "one.test": "looking…",
        "two.test": "answers (HTTP 204 in 40 ms)",
        "three.test": "looking…",
        "ChatGPT": "looking…",
        "Claude": "looking…",
    }


def test_each_host_shows_its_way_and_where_that_breaks():
    walks = (home("one.test"), lost("two.test", K.REFUSED, "two.test refused the connection."))
    found = dict(groups(replace(WELL, walks=walks), None, SAY, None))
    assert [(line.says, line.way) for line in found["Neutral sites"][:2]] == [
        ("answers (HTTP 204 in 40 ms)", "name 12 ms · connection 20 ms · answer 40 ms"),
        ("two.test refused the connection", "name 12 ms · breaks at the connection"),
    ]


def test_a_proxy_and_who_vouches_are_named():
    walks = tuple(home(one, proxy="proxy.test:3128", issuer="Campus CA") for one in HOSTS)
    said = lines(replace(WELL, walks=walks))
    assert said["Proxy"] == "proxy.test:3128 is in use"
    assert said["Certificate"] == "vouched for by Campus CA"
    refused = all_lost(K.PROXY, "The proxy p asks for a name and password.", proxy="p")
    assert lines(refused)["Proxy"] == "p lets nothing through"


def test_a_certificate_that_is_refused_says_why():
    trial = all_lost(K.CERTIFICATE_NAME, "The certificate of x is made out to another name.")
    assert lines(trial)["Certificate"] == "made out to another name"


def test_a_clock_that_is_right_says_how_exactly_that_is_known():
    trial = replace(WELL, walks=(home("one.test", ahead=timedelta(seconds=3)), *WELL.walks[1:]))
    assert lines(trial)["Clock"] == "right, within 2 minutes"
    assert lines()["Clock"] == "not compared: nobody told the time"


def test_a_tool_without_a_front_door_is_told_of_by_its_page():
    bare = well(CLAUDE)
    bare = replace(
        bare,
        service=replace(CLAUDE, probe=None),
        verdict=replace(bare.verdict, evidence=(page(CLAUDE, "operational", 5),)),
    )
    assert lines(picture=board(bare))["Claude"] == "reports no problem"


def test_a_tool_that_has_answered_since_is_no_longer_awaited():
    row = well(CLAUDE)
    fresh = replace(door(CLAUDE, "alive", "HTTP 401 in 95 ms", 0), at=NOW.later(1))
    row = replace(row, verdict=replace(row.verdict, evidence=(fresh,)))
    assert lines(picture=board(row), asked_at=NOW)["Claude"] == "answers (HTTP 401 in 95 ms)"
    assert lines(picture=OUTAGE, asked_at=ago(1))["ChatGPT"] == "looking…"
