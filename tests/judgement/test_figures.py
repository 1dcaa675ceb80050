"""The figures of the rules, in plain numbers: other tests ask for them by name."""

from datetime import timedelta

import pytest

from notifier.judgement import (
    answers,
    away,
    ceiling,
    flapping,
    grouping,
    known,
    looks,
    orders,
    pace,
    rota,
    sight,
    slow,
    telling,
    threads,
    waiting,
    wave,
)
from notifier.judgement.beside import maintenance, pages


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        pytest.param(looks.LEAST_AGE, 180, id="what was read counts three minutes at least"),
        pytest.param(looks.WAVERED_WITHIN, 600, id="what wavered is remembered ten minutes"),
        pytest.param(known.WAVERS, 3, id="three times is wavering"),
        pytest.param(slow.SLOW_FLOOR, 4, id="four seconds is slow"),
        pytest.param(slow.SLOW_TIMES, 4, id="four times the usual is slow"),
        pytest.param(slow.USUAL_AFTER, 8, id="eight answers make a usual time"),
        pytest.param(slow.SLOW_AFTER, 3, id="three slow answers make a slow front door"),
        pytest.param(known.LET_GO, 86_400, id="an end nobody could see is let go after a day"),
        pytest.param(known.LOOKED_ROUND, 60, id="all is looked at once within a minute"),
        pytest.param(sight.SETTLED_AFTER, 30, id="half a minute is no hitch"),
        pytest.param(sight.COME_UP_WITHIN, 150, id="a network comes up after a sleep"),
        pytest.param(sight.WRONG_BY, 86_400, id="a day off is a wrong clock"),
        pytest.param(orders.CONFIRM_AFTER, 10, id="the confirming look comes after ten seconds"),
        pytest.param(orders.EASED_AFTER, 10, id="so does the one that ends it"),
        pytest.param(orders.TRY_AGAIN, 5, id="the way out is tried every five seconds"),
        pytest.param(orders.IN_STEP, 5, id="five seconds apart is at one time"),
        pytest.param(pace.SAVING, 2, id="half as often on battery"),
        pytest.param(pace.LOCKED, 3, id="a third as often behind a locked screen"),
        pytest.param(pace.IN_THE_BACK, 600, id="every ten minutes in the back"),
        pytest.param(rota.LEAST_SHARE, 0.8, id="80 to 100 % of the interval"),
        pytest.param(rota.LEAST_RETRY, 15, id="Retry-After is read as 15 s at least"),
        pytest.param(rota.MOST_RETRY, 3600, id="and as an hour at most"),
        pytest.param(waiting.ADVICE_WITHIN, 4, id="advice is worth four seconds"),
        pytest.param(waiting.LOOKED_AT, 90, id="an upstream read 90 s ago says nothing"),
        pytest.param(waiting.TOGETHER_WITHIN, 12, id="company is worth twelve seconds"),
        pytest.param(waiting.SAME_TIME, 30, id="within half a minute they fell together"),
        pytest.param(grouping.MOST_AT_ONCE, 3, id="more than three are summed up"),
        pytest.param(grouping.GATHERED_FOR, timedelta(minutes=1), id="a minute gathers"),
        pytest.param(telling.MOST_SUGGESTIONS, 3, id="three alternatives are offered"),
        pytest.param(wave.WAVE, 25, id="a start waits 25 s"),
        pytest.param(pages.UNREAD_FOR, 900, id="a quarter of an hour unread is worth a word"),
        pytest.param(pages.MANY, 3, id="three unrelated ones are many"),
        pytest.param(maintenance.AHEAD, timedelta(days=1), id="maintenance is told a day ahead"),
        pytest.param(away.ASLEEP, 300, id="five minutes are a sleep"),
        pytest.param(ceiling.MOST_A_MINUTE, 3, id="three notices a minute"),
        pytest.param(
            flapping.OFTEN,
            ((4, timedelta(hours=2)), (6, timedelta(hours=6))),
            id="four turns within two hours, or six within six, are unstable",
        ),
        pytest.param(flapping.SETTLED_AT_LEAST, timedelta(minutes=15), id="settled after 15 min"),
        pytest.param(flapping.SETTLED_AT_MOST, timedelta(hours=2), id="and after two hours"),
        pytest.param(flapping.REMEMBERED, 8, id="eight turns are remembered"),
        pytest.param(threads.SAME_AGAIN, timedelta(minutes=10), id="a relapse within ten minutes"),
        pytest.param(threads.REMEMBERED, timedelta(days=1), id="an end is remembered for a day"),
        pytest.param(threads.EXPLAINED_WITHIN, timedelta(days=14), id="a cause within two weeks"),
        pytest.param(answers.HOUR, timedelta(hours=1), id="a snooze and a pause last an hour"),
    ],
)
def test_a_figure(figure, number):
    assert figure == number
