"""Whatever falls over on the desktop and comes back: the icon is there, the news told just once.

By default each part falls twice and two orders of starting are tried; the slow ones are the real
proof: twenty falls each, and all twenty-four orders with a second between the parts.
"""

from typing import Any

import pytest

from tests.whole.sessions import played

pytestmark = pytest.mark.desktop

MANY = {"NOTIFIER_TEST_ROUNDS": "20"}
SECONDS = {"NOTIFIER_TEST_GAP": "1.0"}


def rounds() -> list[Any]:
    many = pytest.param(MANY, id="twenty times", marks=[pytest.mark.slow, pytest.mark.timeout(600)])
    return [pytest.param({}, id="twice"), many]


def nothing_leaks(held: list[int]) -> bool:
    """In the later rounds the process holds no more open than in the first, but for a look's."""
    half = len(held) // 2
    return max(held[half:]) <= max(held[:half]) + 2


@pytest.mark.parametrize("times", rounds())
def test_a_panel_that_is_killed_and_comes_back_shows_the_icon_again(times):
    seen = played("fallen_hosts", "--tray", "none", **times)
    assert seen["alive"]
    assert nothing_leaks(seen["held"]), str(seen["held"])


@pytest.mark.parametrize("which", ["dunst", "notifyd"])
@pytest.mark.parametrize("times", rounds())
def test_a_daemon_that_is_killed_and_comes_back_is_handed_the_news_once(times, which):
    seen = played("fallen_daemons", "--notify", "none", NOTIFIER_TEST_DAEMON=which, **times)
    assert seen["alive"]
    assert nothing_leaks(seen["held"]), str(seen["held"])


@pytest.mark.parametrize("times", rounds())
def test_after_a_bus_that_is_killed_and_comes_back_icon_and_news_are_there(times):
    seen = played("fallen_buses", "--tray", "none", "--notify", "none", **times)
    assert seen["alive"], "it is the same process, begun anew"
    assert nothing_leaks(seen["held"]), str(seen["held"])


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({}, id="two orders"),
        pytest.param(
            MANY | SECONDS, id="all orders", marks=[pytest.mark.slow, pytest.mark.timeout(900)]
        ),
    ],
)
def test_in_whatever_order_the_desktop_starts_all_is_there_in_the_end(how):
    seen = played("start_orders", "--tray", "none", "--notify", "none", **how)
    assert len(seen) == (24 if how else 2)
    assert all(titles == ["Alpha is down"] for titles in seen.values()), seen


def test_a_bus_that_hangs_at_the_start_holds_nothing_up_and_is_used_once_it_goes_on():
    assert played("hanging_bus") == {"alive": True, "shown": True}
