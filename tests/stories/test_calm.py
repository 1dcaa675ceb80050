"""What is told is never too much: bursts, flapping, ceilings; and nothing is lost by that."""

import random
from collections import Counter

import pytest

from notifier.model.announcement import Reason, Silence
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.settings import Calm, Settings
from notifier.model.settings_words import Level
from tests.stories.story import NO_ROUTE, REFERENCES, Story, report, story, tool

UP = report()
DOWN = report(Health.MAJOR_OUTAGE)
SLOW = report(Health.DEGRADED)
HOUR = 3600.0
DAY = 24 * HOUR


def watching(count: int, **more: object) -> Story:
    tale = story(*(tool(f"tool{n}", door=False) for n in range(count)), **more)
    for n in range(count):
        tale.page(f"tool{n}", UP)
    return tale.tick(120)


def believed(tale: Story) -> dict[str, bool]:
    """Whether each tool fails, by all the person was told."""
    fails = {}
    for notice in tale.heard:
        for subject in notice.subjects:
            over = subject.duration is not None and notice.reason is not Reason.UNSTABLE
            fails[str(subject.service.key)] = not over
    return fails


def most_within(tale: Story, seconds: float) -> int:
    times = [notice.at.steady for notice in tale.heard]
    return max((sum(0 <= t - s < seconds for t in times) for s in times), default=0)


class TestABurst:
    @pytest.mark.parametrize("many", [12, pytest.param(50, marks=pytest.mark.slow)])
    def test_of_5000_changes_in_10_s_is_at_most_3_notices_a_minute_and_ends_in_the_truth(
        self, many
    ):
        rng, tale = random.Random(5), watching(many, calm=Calm(ceiling=100))
        state = dict.fromkeys((f"tool{n}" for n in range(many)), UP)
        for _ in range(5000):
            name = rng.choice(list(state))
            state[name] = rng.choice((UP, DOWN, SLOW))
            tale.wait(10 / 5000).page(name, state[name])
        for _ in range(3 * 60):
            tale.tick(60)
            for name, page in state.items():
                tale.page(name, page)
        assert most_within(tale, 60) <= 3
        fails = {name for name, page in state.items() if page is not UP}
        assert {name for name, told in believed(tale).items() if told} == fails

    def test_of_ends_is_one_notice(self):
        tale = watching(10)
        for n in range(10):
            tale.page(f"tool{n}", DOWN)
        tale.tick(60)
        assert sum(len(one.subjects) for one in tale.heard) == 10
        tale.tick(60)
        before = len(tale.heard)
        for n in range(10):
            tale.page(f"tool{n}", UP)
        for _ in range(20):
            tale.tick(10)
        ends = tale.heard[before:]
        assert len(ends) <= 4
        assert sum(len(one.subjects) for one in ends) == 10
        assert not any(believed(tale).values())

    def test_what_waits_for_room_says_so(self):
        tale = watching(9)
        for n in range(9):
            tale.page(f"tool{n}", DOWN)
        waiting = [one for one in tale.silences if one.reason is Silence.UNSETTLED]
        assert waiting
        for _ in range(10):
            tale.tick(10)
        assert sum(believed(tale).values()) == 9

    def test_when_all_sources_fail_at_once_it_is_us_and_one_silence(self):
        tale = watching(20)
        for n in range(20):
            tale.page(f"tool{n}", NO_ROUTE)
        tale.references(NO_ROUTE).tick(600)
        assert tale.reasons == []
        assert [one.reason for one in tale.silences].count(Silence.OFFLINE) == 1

    def test_when_all_pages_report_at_once_it_is_one_summary(self):
        services = tuple(tool(f"tool{n}", door=False) for n in range(20))
        tale = Story(Settings(services=services, references=REFERENCES)).start()
        for n in range(20):
            tale.page(f"tool{n}", DOWN)
        assert tale.reasons == [Reason.SUMMARY]
        assert len(tale.heard[0].subjects) == 20


class TestTheCeiling:
    def test_of_an_hour_holds_and_the_rest_is_summed_up(self):
        tale = watching(40, calm=Calm(ceiling=5))
        for n in range(40):
            tale.page(f"tool{n}", DOWN).tick(90)
        assert most_within(tale, HOUR) == 5
        assert Silence.CEILING in {one.reason for one in tale.silences}
        for _ in range(120):
            for n in range(40):
                tale.page(f"tool{n}", DOWN)
            tale.tick(60)
        assert sum(believed(tale).values()) == 40
        assert most_within(tale, HOUR) <= 5


_MORE = ((60, 60), (1200, 300), (60, 2400), (2400, 60))


class TestFlapping:
    @pytest.mark.parametrize(
        ("down", "up"),
        [
            (300, 900),
            (1800, 1800),
            *(pytest.param(*pair, marks=pytest.mark.slow) for pair in _MORE),
        ],
    )
    def test_for_24_h_is_at_most_4_notices_and_the_final_truth(self, down, up):
        for ends_well in (True, False):
            tale, began = watching(1), 0.0
            while began < DAY:
                for page, lasts in ((DOWN, down), (UP, up)):
                    self.stay(tale, page, lasts)
                began += down + up
            flapped = len(tale.heard)
            self.stay(tale, UP if ends_well else DOWN, 3 * HOUR)
            assert flapped <= 4, tale.reasons
            assert Reason.UNSTABLE in tale.reasons
            final = tale.reasons[flapped:]
            assert final == [Reason.RECOVERED if ends_well else Reason.OUTAGE]
            assert believed(tale) == {"tool0": not ends_well}

    def stay(self, tale: Story, page, seconds: float) -> None:
        for _ in range(max(1, int(seconds // 150))):
            tale.page("tool0", page).tick(min(seconds, 150))

    def test_is_told_even_where_nothing_was_told_before(self):
        tale = watching(1)
        tale.ask(Wish.PAUSE)
        for _ in range(5):
            self.stay(tale, DOWN, 60)
            self.stay(tale, UP, 60)
        self.stay(tale, DOWN, 60)
        tale.ask(Wish.RESUME)
        assert tale.reasons == [Reason.UNSTABLE]

    def test_of_one_tool_is_not_laid_to_another(self):
        tale = watching(2)
        for _ in range(4):
            self.stay(tale, DOWN, 60)
            self.stay(tale, UP, 60)
        tale.page("tool1", DOWN)
        assert tale.heard[-1].reason is Reason.OUTAGE

    def test_three_outages_in_a_day_are_three_outages(self):
        tale = watching(1)
        for _ in range(3):
            self.stay(tale, DOWN, HOUR)
            self.stay(tale, UP, 5 * HOUR)
        assert tale.reasons == [Reason.OUTAGE, Reason.RECOVERED] * 3


class TestLevels:
    def test_of_one_service_counts_for_that_one(self):
        quiet = tool("quiet", door=False, level=Level.NONE)
        grave = tool("grave", door=False, level=Level.OUTAGES)
        tale = story(tool("every", door=False), quiet, grave)
        for page in (UP, SLOW, DOWN):
            for name in ("every", "quiet", "grave"):
                tale.page(name, page)
            tale.tick(300)
        told = Counter(str(s.service.key) for one in tale.heard for s in one.subjects)
        assert told == {"every": 2, "grave": 1}
