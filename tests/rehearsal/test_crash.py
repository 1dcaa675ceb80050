"""After crashes and restarts at any time, what is known is what would have been known without."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre, play_fast
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.virtual import StagedClock
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

LENGTH = 45 * 60

STORY = """title = "Crashes"
about = "made up for a test"
start = "2026-03-17T02:30:00Z"
length = "45m"

[[service]]
id = "chatgpt"

[[service]]
id = "claude"

[[at]]
t = "5m"
page.chatgpt = { state = "major_outage" }

[[at]]
t = "15m"
page.claude = { state = "degraded" }

[[at]]
t = "25m"
page.chatgpt = { state = "operational" }
"""


def lived(folder, crashes):
    """What is known at the end, and what the person heard."""
    steps = "".join(
        f'[[at]]\nt = "{t}s"\nprogram = "{how}"\n[[at]]\nt = "{t + dead}s"\nprogram = "started"\n'
        for t, how, dead in crashes
    )
    # Whoever dies over a notice is started again within two minutes.
    steps += "".join(f'[[at]]\nt = "{t}s"\nprogram = "started"\n' for t in range(120, LENGTH, 120))
    script = Script(parse("story.toml", (STORY + steps).encode()), {})
    watched = Watched()
    with Theatre(open_profile(folder), script) as theatre:
        watched.outcome = play_fast(theatre, watched, English())
        clock = StagedClock(script.scenario.start + timedelta(seconds=LENGTH))
        history = theatre.diary(clock)()
        known = history.load()
        history.close()
    assert history.problem is None
    return _without_ids(known), watched.reasons


def _without_ids(known):
    """Threads and what is told of them, without the names and times the crashes gave them."""
    return {
        thread.services: (
            thread.worst,
            thread.closed is not None,
            known.told[id_].health,
            known.told[id_].over,
        )
        for id_, thread in known.threads.items()
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return lived(tmp_path_factory.mktemp("undisturbed"), ())


CRASHES = st.lists(
    st.tuples(
        st.integers(30, LENGTH - 300),
        st.sampled_from(["killed", "killed_after_send"]),
        st.integers(1, 100),
    ),
    max_size=5,
    unique_by=lambda crash: crash[0],
)


def after_any_crashes(factory, crashes, undisturbed):
    known, reasons = lived(factory.mktemp("crashes"), sorted(crashes))
    known_without, reasons_without = undisturbed
    assert known == known_without
    deaths_over_a_notice = sum(how == "killed_after_send" for _, how, _ in crashes)
    again = reasons.count("outage") - reasons_without.count("outage")
    assert 0 <= again <= deaths_over_a_notice
    assert reasons.count("recovered") <= reasons_without.count("recovered")


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@example(crashes=[(300, "killed_after_send", 1), (302, "killed", 1)])
@example(crashes=[(1490, "killed_after_send", 30)])
@given(crashes=CRASHES)
def test_the_state_after_crashes_is_that_without_them(tmp_path_factory, undisturbed, crashes):
    """Property 8 of faults.md."""
    after_any_crashes(tmp_path_factory, crashes, undisturbed)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(crashes=CRASHES)
def test_the_state_after_many_more_crashes_is_that_too(tmp_path_factory, undisturbed, crashes):
    after_any_crashes(tmp_path_factory, crashes, undisturbed)
