"""What survives a restart: entries in, a start's knowledge and the log out. Real SQLite."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifier.model.announcement import (
    Action,
    Notice,
    NoticeId,
    Reason,
    Silence,
    ThreadId,
    Withheld,
)
from notifier.model.board import Mute, Thread, Told, Topic
from notifier.model.drill import FallbacksTested
from notifier.model.health import Health
from notifier.model.observation import Incident, PartName, Phase, Update
from notifier.model.record import (
    IncidentSeen,
    LookTimed,
    MuteKept,
    NoticeHeard,
    NoticeIntended,
    NoticeKeptBack,
    NoticeOwed,
    NoticeWithdrawn,
    PauseKept,
    Remembered,
    RunBegan,
    SilenceKept,
    ThreadKept,
)
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.service import ServiceKey, SourceId
from notifier.model.trace import LastOutage
from notifier.storage import retention
from notifier.storage.history import MOST_PENDING, History
from notifier.storage.review import last_relayed

CHATGPT = ServiceKey("chatgpt")
CLAUDE = ServiceKey("claude")
PAGE = SourceId("page:https://status.openai.com/")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """The time as the test says it is."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def clock():
    return Clock()


OPENED: list[History] = []


@pytest.fixture(autouse=True)
def _let_go():
    """Some tests leave a history as a killed program does; its connection is closed at the end."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.db"


def thread(number=1, *, key=CHATGPT, at=NOON, **more):
    return Thread(ThreadId(f"t-20261123-{number}"), (key,), at, ("inc-1",), **more)


def notice(number, of, reason=Reason.OUTAGE, at=NOON, title="ChatGPT is down"):
    return Notice(
        id=NoticeId(f"n-{number}"),
        at=at,
        threads=tuple(one.id for one in of),
        reason=reason,
        services=tuple(key for one in of for key in one.services),
        title=title,
        body="OpenAI reports a major outage.",
        actions=(Action.GOT_IT,),
        labels=("Got it",),
        whose="them",
        cause="page_reports",
        confidence="confirmed",
    )


def told_of(one, number, reason=Reason.OUTAGE, at=NOON, health=Health.MAJOR_OUTAGE, over=False):
    return Told(one.id, health, False, reason, at, NoticeId(f"n-{number}"), over)


def heard(number, *told, at=NOON, handle="77"):
    return NoticeHeard(NoticeId(f"n-{number}"), at, "freedesktop", handle, told)


def start(path, clock):
    """A new run of the program: its history, and what it remembers."""
    history = History(path, clock)
    OPENED.append(history)
    return history, history.load()


def rows(path, query, *values):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query, values).fetchall()


# -- a start ---------------------------------------------------------------------------------


def test_a_first_start_knows_nothing(path, clock):
    history, known = start(path, clock)
    assert known == Remembered()
    assert history.problem is None


def test_what_was_told_is_known_after_a_restart(path, clock):
    history, _ = start(path, clock)
    outage = thread(1, turns=(NOON, NOON + timedelta(minutes=5)))
    other = thread(2, key=CLAUDE, part_of=outage.id)
    knows = replace(told_of(outage, 17), root=outage.id, said="inc-1 12:00")
    history.write(
        [
            RunBegan(CHATGPT, "operational", clock()),
            RunBegan(PAGE, "operational", clock()),
            ThreadKept(outage),
            ThreadKept(other),
            NoticeIntended(notice(17, [outage])),
        ]
    )
    history.write([heard(17, knows)])
    history.write(
        [
            RunBegan(CHATGPT, "major_outage", clock.later(minutes=5)),
            MuteKept(outage.id, Mute(acknowledged=True)),
            MuteKept(other.id, Mute(until=NOON + timedelta(hours=1))),
            MuteKept(other.id, None),
            PauseKept(NOON + timedelta(hours=2)),
            FallbacksTested(NOON - timedelta(days=90)),
        ]
    )
    ended = clock.later(minutes=1)
    history.close()
    clock.later(hours=8)

    _, known = start(path, clock)
    assert known == Remembered(
        threads={outage.id: outage, other.id: other},
        told={outage.id: knows},
        mutes={outage.id: Mute(acknowledged=True)},
        handles={NoticeId("n-17"): "77"},
        last_known={CHATGPT: (Health.MAJOR_OUTAGE, ended)},
        paused_until=NOON + timedelta(hours=2),
        fallbacks_tested=NOON - timedelta(days=90),
        thread_count=2,
        notice_count=17,
        log=known.log,
        outages={CHATGPT: LastOutage(outage.id, None), CLAUDE: LastOutage(other.id, None)},
    )
    assert [(line.kind, line.title, line.channel) for line in known.log] == [
        ("told", "ChatGPT is down", "freedesktop")
    ]


def test_the_end_of_a_pause_is_remembered_too(path, clock):
    history, _ = start(path, clock)
    history.write([PauseKept(NOON + timedelta(hours=2))])
    history.write([PauseKept(None)])
    history.close()
    assert start(path, clock)[1].paused_until is None


@pytest.mark.parametrize(
    ("over", "hours_ago", "remembered"),
    [
        pytest.param(False, 60, True, id="its end was not told: it still has to be"),
        pytest.param(True, 2, True, id="it ended lately: a relapse would go on with it"),
        pytest.param(True, 60, True, id="its vendor may yet say what the cause was"),
        pytest.param(True, 24 * 14, False, id="it ended long ago and that was told"),
        pytest.param(None, 2, True, id="nobody was told of it, and it ended lately"),
        pytest.param(None, 60, False, id="nobody was ever told of it"),
    ],
)
def test_which_ended_outages_a_start_remembers(path, clock, over, hours_ago, remembered):
    ended = thread(closed=NOON - timedelta(hours=hours_ago), at=NOON - timedelta(days=20))
    history, _ = start(path, clock)
    history.write([ThreadKept(ended)])
    if over is not None:
        history.write([heard(1, told_of(ended, 1, over=over))])
    history.close()
    known = start(path, clock)[1]
    assert (ended.id in known.threads) is remembered
    assert (ended.id in known.told) is (remembered and over is not None)


# -- the program dies between the intent and the answer ---------------------------------------


def killed_over(path, clock, reason, *before, of=None, now_in="operational"):
    """Tell of an outage; then die between the intent of a second notice and its answer."""
    outage = of or thread()
    history, _ = start(path, clock)
    history.write([ThreadKept(thread()), NoticeIntended(notice(1, [outage]))])
    history.write([heard(1, told_of(outage, 1)), RunBegan(CHATGPT, now_in, clock())])
    history.write([ThreadKept(outage), *before])
    history.write([NoticeIntended(notice(2, [outage], reason, at=clock()))])
    return start(path, clock)


def test_an_outage_nobody_answered_for_is_as_if_never_told(path, clock):
    history, _ = start(path, clock)
    history.write([ThreadKept(thread()), NoticeIntended(notice(1, [thread()]))])

    again, known = start(path, clock)
    assert known.threads == {thread().id: thread()}
    assert known.told == {}
    assert known.notice_count == 1, "its number is not given out again"
    assert [line.kind for line in again.log(CHATGPT, 10)] == ["owed"]


def test_a_worsening_nobody_answered_for_is_told_again(path, clock):
    _, known = killed_over(path, clock, Reason.WORSE, now_in="major_outage")
    assert known.told[thread().id].notice == "n-1"


def test_a_recovery_nobody_answered_for_counts_as_told(path, clock):
    ended = thread(closed=NOON)
    history, known = killed_over(path, clock, Reason.RECOVERED, of=ended)
    assert known.told[ended.id].over
    assert known.told[ended.id].health is Health.OPERATIONAL

    assert [line.kind for line in history.log(CHATGPT, 10)] == ["told", "told"]
    clock.later(hours=24 * 14)
    assert ended.id not in start(path, clock)[1].threads, "and that is on disk, too"


@pytest.mark.parametrize("reason", [Reason.WORSE, Reason.SUMMARY])
def test_a_notice_from_before_the_end_did_not_tell_of_it(path, clock, reason):
    """One was on its way when the outage ended and the program died: the end is still due."""
    outage = thread()
    history, _ = start(path, clock)
    history.write([ThreadKept(outage), NoticeIntended(notice(1, [outage]))])
    history.write([heard(1, told_of(outage, 1))])
    history.write([NoticeIntended(notice(2, [outage], reason, at=clock.later(seconds=1)))])
    history.write([ThreadKept(replace(outage, closed=clock.later(seconds=1)))])
    known = start(path, clock)[1]
    assert known.threads[outage.id].closed is not None
    assert not known.told[outage.id].over


def test_an_improvement_nobody_answered_for_is_not_told_again(path, clock):
    _, known = killed_over(path, clock, Reason.BETTER, now_in="degraded")
    assert known.told[thread().id].health is Health.DEGRADED
    assert not known.told[thread().id].over


def test_a_summary_counts_as_told_only_for_what_had_ended(path, clock):
    ended, going_on = thread(1, closed=NOON), thread(2, key=CLAUDE)
    history, _ = start(path, clock)
    history.write(
        [
            ThreadKept(ended),
            ThreadKept(going_on),
            heard(1, told_of(ended, 1), told_of(going_on, 1)),
            NoticeIntended(notice(2, [ended, going_on], Reason.SUMMARY)),
        ]
    )
    told = start(path, clock)[1].told
    assert told[ended.id].over
    assert not told[going_on.id].over
    assert told[going_on.id].notice == "n-1"


def test_a_settled_notice_is_not_settled_again(path, clock):
    """The thread of a recovery taken for told opens again: later starts must not end it anew."""
    ended = thread(closed=NOON)
    history, _ = killed_over(path, clock, Reason.RECOVERED, of=ended)
    reopened = thread(closed=None)
    later = clock.later(minutes=5)
    history.write([ThreadKept(reopened), NoticeIntended(notice(3, [ended], Reason.REOPENED))])
    history.write([heard(3, told_of(reopened, 3, Reason.REOPENED, at=later), at=later)])
    assert not start(path, clock)[1].told[ended.id].over


# -- runs and uptime --------------------------------------------------------------------------


def test_uptime_counts_only_the_time_something_was_known(path, clock):
    history, _ = start(path, clock)
    for minutes, state in [
        (60, "operational"),
        (30, "major_outage"),
        (15, "unknown"),
        (10, "maintenance"),
        (5, "not_looking"),
        (20, "degraded"),
    ]:
        history.write([RunBegan(CHATGPT, state, clock())])
        clock.later(minutes=minutes)
    up = history.uptime(CHATGPT, NOON, clock())
    assert up == (70 * 60, (60 + 30 + 10 + 20) * 60)
    half = history.uptime(CHATGPT, NOON + timedelta(minutes=30), NOON + timedelta(minutes=75))
    assert half == (30 * 60, 45 * 60)
    assert history.uptime(CLAUDE, NOON, clock()) == (0, 0)


def test_reliable_is_what_worked_of_the_last_thirty_days_and_was_looked_at_for_a_day(path, clock):
    history, _ = start(path, clock)
    for days, state in [(3, "major_outage"), (29, "operational"), (1, "partial_outage")]:
        history.write([RunBegan(CHATGPT, state, clock())])
        clock.later(days=days)
    history.write([RunBegan(CLAUDE, "operational", clock())])
    clock.later(hours=23)
    shares = history.reliability([CHATGPT, CLAUDE])
    assert shares.keys() == {CHATGPT}, "a service of 23 hours says nothing yet"
    assert 0.93 < shares[CHATGPT] < 0.94
    clock.later(hours=1)
    assert history.reliability([CLAUDE]) == {CLAUDE: 1.0}


def test_nobody_looked_while_the_program_was_not_running(path, clock):
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock())])
    clock.later(hours=1)
    history.close()
    assert rows(path, "SELECT COUNT(*) FROM runs WHERE until IS NULL") == [(0,)]
    clock.later(hours=9)
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock.later(seconds=10))])
    clock.later(hours=2)
    assert history.uptime(CHATGPT, NOON, clock()) == (3 * 3600, 3 * 3600)
    gap = rows(path, "SELECT until - began FROM runs WHERE state = 'not_looking'")
    assert gap == [(9 * 3600 * 1_000_000,)]


def test_after_a_kill_a_run_lasts_to_the_last_sign_of_life(path, clock):
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock())])
    for _ in range(30):
        # A look a minute that changes nothing is written nowhere but as a sign of life.
        history.write([LookTimed(PAGE, clock.later(minutes=1), 0.2)])
    clock.later(hours=5)

    again, known = start(path, clock)
    assert known.last_known[CHATGPT] == (Health.OPERATIONAL, NOON + timedelta(minutes=30))
    assert again.uptime(CHATGPT, NOON, clock()) == (30 * 60, 30 * 60)


def test_what_is_watched_no_more_has_no_gaps(path, clock):
    """A service removed long ago is not noted as not looked at, at every start, for ever."""
    history, _ = start(path, clock)
    history.write([RunBegan(CLAUDE, "operational", clock())])
    history.write([RunBegan(CHATGPT, "operational", clock())])
    history.close()
    for _ in range(3):
        clock.later(hours=1)
        history, _ = start(path, clock)
        history.write([RunBegan(CHATGPT, "operational", clock.later(minutes=1))])
        clock.later(hours=1)
        history.close()
    assert len(rows(path, "SELECT 1 FROM runs WHERE subject = 'claude'")) == 2


def test_the_same_state_again_is_the_same_run(path, clock):
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock())])
    history.write([RunBegan(CHATGPT, "operational", clock.later(minutes=1))])
    assert rows(path, "SELECT COUNT(*) FROM runs") == [(1,)]


def test_a_clock_set_back_makes_no_run_that_ends_before_it_began(path, clock):
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock())])
    history.write([RunBegan(CHATGPT, "degraded", clock.later(hours=-3))])
    clock.later(hours=-1)
    history.close()
    start(path, clock)
    assert rows(path, "SELECT COUNT(*) FROM runs WHERE until < began") == [(0,)]


# -- digests and incidents --------------------------------------------------------------------


def test_looks_are_kept_as_one_digest_an_hour(path, clock):
    history, _ = start(path, clock)
    history.write([LookTimed(PAGE, clock(), n / 1000) for n in range(1, 101)])
    history.write([LookTimed(PAGE, clock(), bad) for bad in (float("nan"), float("inf"), -1.0)])
    assert rows(path, "SELECT COUNT(*) FROM digests") == [(0,)]
    history.write([LookTimed(PAGE, clock.later(hours=1), 0.5)])
    digest = "SELECT count, total, least, most, p50, p95 FROM digests ORDER BY hour"
    assert rows(path, digest) == [(100, 5_050_000, 1000, 100_000, 50_000, 95_000)]
    history.close()
    assert rows(path, digest)[1] == (1, 500_000, 500_000, 500_000, 500_000, 500_000)


def test_an_hour_with_a_restart_in_it_is_one_digest(path, clock):
    for seconds in (0.1, 0.3):
        history, _ = start(path, clock)
        history.write([LookTimed(PAGE, clock.later(minutes=10), seconds)])
        history.close()
    assert rows(path, "SELECT count, least, most, p50 FROM digests") == [
        (2, 100_000, 300_000, 200_000)
    ]


def incident(title="Elevated errors"):
    return Incident(
        id="01J",
        title=title,
        phase=Phase.IDENTIFIED,
        impact=Health.MAJOR_OUTAGE,
        parts=(PartName("p", "Login"),),
        started_at=NOON,
        updates=(Update(NOON, Phase.IDENTIFIED, "We know."),),
    )


def test_an_incident_is_kept_as_last_read_with_both_times(path, clock):
    history, _ = start(path, clock)
    history.write([IncidentSeen(PAGE, incident(), clock())])
    history.write([IncidentSeen(PAGE, incident("Fixed now"), clock.later(hours=1))])
    ((title, seen),) = rows(
        path, "SELECT json_extract(json, '$.title'), last_seen - first_seen FROM incidents"
    )
    assert (title, seen) == ("Fixed now", 3600 * 1_000_000)


# -- the log ----------------------------------------------------------------------------------


def test_the_log_says_what_was_told_owed_withheld_and_withdrawn(path, clock):
    history, _ = start(path, clock)
    mine, other = thread(1), thread(2, key=ServiceKey("chatgpt-2"))
    history.write(
        [
            NoticeIntended(notice(1, [mine])),
            heard(1, told_of(mine, 1), at=clock.later(minutes=1)),
            NoticeIntended(notice(2, [mine, other], Reason.SUMMARY, title="Two are down")),
            NoticeOwed(NoticeId("n-2"), clock.later(minutes=1), "no daemon"),
            SilenceKept(
                Withheld(clock.later(minutes=1), mine.id, (CHATGPT,), Silence.SNOOZED, Reason.WORSE)
            ),
            NoticeWithdrawn(NoticeId("n-1"), clock.later(minutes=1)),
            NoticeIntended(notice(3, [other], title="The other is down")),
            heard(3, told_of(other, 3), at=clock.later(minutes=1)),
            SilenceKept(Withheld(clock.later(minutes=1), None, (CHATGPT,), Silence.BASELINE)),
        ]
    )
    lines = history.log(CHATGPT, 10)
    assert [(line.kind, line.reason, line.title) for line in lines] == [
        ("withheld", "baseline", ""),
        ("withdrawn", "outage", "ChatGPT is down"),
        ("withheld", "snoozed", "worse"),
        ("owed", "summary", "Two are down"),
        ("told", "outage", "ChatGPT is down"),
    ]
    assert [line.thread for line in lines] == [None, mine.id, mine.id, mine.id, mine.id]
    assert [line.channel for line in lines] == ["", "", "", "", "freedesktop"]
    assert lines[3].services == (CHATGPT, "chatgpt-2")
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert [line.title for line in history.log(None, 2)] == ["", "The other is down"]


def test_what_was_kept_back_by_do_not_disturb_is_known_after_a_restart(path, clock):
    down = thread()
    history, _ = start(path, clock)
    history.write([ThreadKept(down), NoticeIntended(notice(1, [down]))])
    history.write([heard(1, told_of(down, 1), at=clock())])
    history.write([NoticeKeptBack(NoticeId("n-1"), clock(), "dunst")])
    history.close()
    later, known = start(path, clock)
    assert known.told[down.id].kept_back
    assert [(line.kind, line.kept_back_by) for line in known.log] == [("told", "dunst")]
    later.write([NoticeIntended(notice(2, [down], Reason.WORSE))])
    later.write([heard(2, told_of(down, 2, Reason.WORSE), at=clock())])
    assert sorted(line.kept_back_by for line in later.log(None, 10)) == ["", "dunst"]
    later.close()
    _, after = start(path, clock)
    assert not after.told[down.id].kept_back, "the newer one was shown"


@pytest.mark.parametrize("key", ['a"b', "a\\b", "Ünïcode", "%", "a_b"])
def test_the_log_of_a_service_is_of_that_service_whatever_its_name(path, clock, key):
    history, _ = start(path, clock)
    for name in (key, "axb", "ab"):
        history.write([SilenceKept(Withheld(clock(), None, (ServiceKey(name),), Silence.BASELINE))])
    assert [line.services for line in history.log(ServiceKey(key), 10)] == [(key,)]


# -- texts and numbers no database takes ------------------------------------------------------


def test_half_characters_and_nuls_are_kept_as_replacements(path, clock):
    odd = "down \ud83d and \x00 out"
    plain = "down \ufffd and \ufffd out"
    history, _ = start(path, clock)
    kept = Thread(ThreadId(f"t-{odd}"), (ServiceKey(odd),), NOON, (odd,))
    history.write(
        [
            RunBegan(odd, odd, clock()),
            LookTimed(SourceId(odd), clock(), 1e300),
            IncidentSeen(SourceId(odd), incident(odd), clock()),
            ThreadKept(kept),
            NoticeIntended(notice(1, [kept], title=odd)),
            NoticeHeard(NoticeId("n-1"), clock(), odd, odd, (told_of(kept, 1),)),
            SilenceKept(Withheld(clock(), kept.id, (ServiceKey(odd),), Silence.LEVEL)),
            MuteKept(kept.id, Mute()),
        ]
    )
    assert history.problem is None
    history.close()
    again, known = start(path, clock)
    assert known.threads[ThreadId(f"t-{plain}")].incidents == (plain,)
    assert again.log(None, 1)[0].services == (plain,)
    assert {line.title for line in again.log(None, 5)} == {plain, ""}
    assert rows(path, "SELECT most FROM digests") == [(2**63 - 1,)]


def test_a_number_once_given_out_is_never_given_out_again(path, clock):
    history, _ = start(path, clock)
    history.write([ThreadKept(thread(7)), ThreadKept(thread(3))])
    history.write([NoticeIntended(notice(12, [thread(7)])), NoticeIntended(notice(9, [thread(3)]))])
    known = start(path, clock)[1]
    assert (known.thread_count, known.notice_count) == (7, 12)


@pytest.mark.parametrize("odd_id", ["t-99999999999999999999", "t-", "t-x", "t-٣", ""])
def test_an_id_without_a_usable_number_counts_for_nothing(path, clock, odd_id):
    history, _ = start(path, clock)
    history.write([ThreadKept(Thread(ThreadId(odd_id), (CHATGPT,), NOON))])
    assert history.problem is None
    assert start(path, clock)[1].thread_count == 0


def test_a_row_that_makes_no_sense_is_left_out_and_the_rest_is_known(path, clock):
    history, _ = start(path, clock)
    history.write([ThreadKept(thread(n)) for n in (1, 2, 3)])
    history.write([MuteKept(thread(2).id, Mute())])
    history.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE threads SET worst = 'splendid' WHERE id LIKE '%-1'")
        db.execute("UPDATE threads SET opened = 9223372036854775807 WHERE id LIKE '%-3'")
        db.execute("INSERT INTO silences VALUES (1, CAST(x'ff' AS TEXT), '[', 'level', NULL)")
        db.execute("INSERT INTO silences VALUES (2, CAST(x'ff' AS TEXT), '[]', 'level', NULL)")
    again, known = start(path, clock)
    assert list(known.threads) == [thread(2).id]
    assert [line.thread for line in again.log(None, 9)] == ["\ufffd"]


# -- private ----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter there")
@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_nobody_else_can_read_it_at_any_moment(tmp_path, umask):
    """The rights are looked at whenever a file has just appeared: chmod afterwards is too late."""
    script = f"""
import os, sys
os.umask(0o{umask})
from datetime import datetime, UTC
from pathlib import Path
from notifier.model.record import PauseKept
from notifier.storage.history import History
root = Path(sys.argv[1])
def audit(event, args):
    if event in ("open", "sqlite3.connect", "os.rename", "os.chmod"):
        look()
def look():
    for found in [root / "a", *(root / "a").rglob("*")] if (root / "a").exists() else []:
        mode = os.lstat(found).st_mode & 0o777
        assert mode == (0o700 if found.is_dir() else 0o600), (found, oct(mode))
sys.addaudithook(audit)
history = History(root / "a" / "b" / "history.db", lambda: datetime(2026, 1, 1, tzinfo=UTC))
history.load()
history.write([PauseKept(None)])
look()
print(sorted(found.name for found in (root / "a" / "b").iterdir()))
history.close()
look()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert "history.db-wal" in done.stdout


# -- how long and how much --------------------------------------------------------------------


def test_runs_stay_90_days_and_notices_three_years(path, clock):
    history, _ = start(path, clock)
    ended = thread(closed=NOON)
    history.write(
        [
            RunBegan(CHATGPT, "operational", clock()),
            RunBegan(CHATGPT, "degraded", clock.later(hours=1)),
            LookTimed(PAGE, clock(), 0.1),
            IncidentSeen(PAGE, incident(), clock()),
            ThreadKept(ended),
            MuteKept(ended.id, Mute(acknowledged=True)),
            NoticeIntended(notice(1, [ended])),
            heard(1, told_of(ended, 1, over=True)),
            SilenceKept(Withheld(clock(), None, (CHATGPT,), Silence.BASELINE)),
        ]
    )
    still_open = thread(2, key=CLAUDE)
    history.write([ThreadKept(still_open)])

    def kept():
        tables = ("runs", "digests", "incidents", "threads", "told", "notices", "silences", "mutes")
        return {t: rows(path, f"SELECT COUNT(*) FROM {t}")[0][0] for t in tables}

    clock.later(days=89)
    history.write([])
    everything = kept()
    assert everything == {
        "runs": 2,
        "digests": 1,
        "incidents": 1,
        "threads": 2,
        "told": 1,
        "notices": 1,
        "silences": 1,
        "mutes": 0,
    }
    clock.later(days=2)
    history.write([])
    assert kept() == everything | {"runs": 1, "digests": 0}, "the run that goes on is kept"
    clock.later(days=3 * 366)
    history.write([])
    assert kept() == dict.fromkeys(everything, 0) | {"runs": 1, "threads": 1}
    assert start(path, clock)[1].threads == {still_open.id: still_open}


def test_it_is_pruned_once_a_day_not_at_every_write(path, clock):
    history, _ = start(path, clock)
    history.write([RunBegan(CHATGPT, "operational", clock())])
    pruned = []
    for _ in range(50):
        clock.later(hours=1)
        history.write([])
        pruned += rows(path, "SELECT value FROM meta WHERE name = 'pruned_at'")
    assert len(set(pruned)) == 3


def test_it_stays_small_the_oldest_go_first(path, clock):
    history, _ = start(path, clock)
    text = "x" * 20_000
    for number in range(1, 401):
        one = notice(number, [thread()], at=clock.later(days=1))
        history.write([NoticeIntended(replace(one, body=text)), heard(number, at=clock())])
    db = history._db
    assert retention.size(db) > 8_000_000
    retention.prune(db, clock(), most_bytes=3_000_000)
    assert retention.size(db) <= 3_000_000
    history.close()
    assert path.stat().st_size <= 3_000_000, "the room is given back to the disk"
    kept = rows(path, "SELECT id FROM notices ORDER BY intended_at DESC")
    assert len(kept) > 50
    assert kept == [(f"n-{number}",) for number in range(400, 400 - len(kept), -1)]


def test_what_goes_on_now_is_never_pruned(path, clock):
    history, _ = start(path, clock)
    history.write([ThreadKept(thread()), NoticeIntended(notice(1, [thread()]))])
    history.write([heard(1, told_of(thread(), 1)), MuteKept(thread().id, Mute(acknowledged=True))])
    clock.later(days=5 * 365)
    retention.prune(history._db, clock(), most_bytes=0)
    known = start(path, clock)[1]
    assert known.told == {thread().id: told_of(thread(), 1)}
    assert known.mutes == {thread().id: Mute(acknowledged=True)}
    assert known.handles == {NoticeId("n-1"): "77"}, "its notice can still be replaced"


def test_what_is_removed_leaves_no_trace_in_the_file(path, clock):
    history, _ = start(path, clock)
    history.write(
        [SilenceKept(Withheld(clock(), None, (ServiceKey("my-secret-llm"),), Silence.LEVEL))]
    )
    history.close()
    assert b"my-secret-llm" in path.read_bytes()
    clock.later(days=4 * 365)
    history, _ = start(path, clock)
    history.close()
    assert b"my-secret-llm" not in path.read_bytes()


# -- threads and ends -------------------------------------------------------------------------


def test_another_thread_is_told_so_and_nothing_is_swallowed(path, clock):
    history, _ = start(path, clock)
    caught = []

    def intrude():
        try:
            history.write([PauseKept(None)])
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    intruder = threading.Thread(target=intrude)
    intruder.start()
    intruder.join()
    assert caught, "a defect of ours is not taken for a full disk"


def test_closing_twice_or_before_opening_is_no_matter(path, clock):
    history = History(path, clock)
    history.close()
    assert not path.exists()
    history.load()
    history.close()
    history.close()
    assert not path.with_name("history.db-wal").exists(), "all of it is in one file again"


def test_only_so_much_waits_in_memory(tmp_path, clock):
    blocked = tmp_path / "data"
    blocked.write_text("a file where the folder should be")
    history, known = start(blocked / "history.db", clock)
    assert known == Remembered()
    silences = [
        SilenceKept(Withheld(clock(), ThreadId(f"t-{n}"), (CHATGPT,), Silence.LEVEL))
        for n in range(MOST_PENDING + 50)
    ]
    history.write(silences)
    assert "kept in memory" in history.problem
    assert [line.thread for line in history.log(CHATGPT, 1)] == [silences[-1].withheld.thread]

    blocked.unlink()
    history.write([])
    assert history.problem is None
    ((kept, first),) = rows(
        blocked / "history.db", "SELECT COUNT(*), MIN(CAST(SUBSTR(thread, 3) AS INT)) FROM silences"
    )
    assert (kept, first) == (MOST_PENDING, 50)


def test_the_file_can_be_named_relative_to_where_we_are(tmp_path, clock, monkeypatch):
    monkeypatch.chdir(tmp_path)
    history, _ = start(Path("history.db"), clock)
    history.write([PauseKept(NOON)])
    history.close()
    assert start(Path("history.db"), clock)[1].paused_until == NOON


def test_what_is_over_beside_outages_is_forgotten_by_the_next_run(path, clock):
    """A login page's hint was withdrawn; nobody needs to hear of its end."""
    aside = thread(1, key=CHATGPT, closed=NOON, topic=Topic.CONNECTION)
    going_on = thread(2, key=CHATGPT, topic=Topic.PAGES)
    history = History(path, clock)
    history.load()
    history.write([ThreadKept(aside), ThreadKept(going_on), NoticeIntended(notice(1, [aside]))])
    history.write([heard(1, told_of(aside, 1, Reason.OFFLINE, health=Health.UNKNOWN))])
    history.close()
    known = History(path, clock)
    OPENED.append(known)
    assert known.load().threads == {going_on.id: going_on}


# -- beside the ladder ---------------------------------------------------------------------------


def relayed(number, state, at=NOON, name="phone", **more):
    return Relayed(NoticeId(f"n-{number}"), RelayKind.PUSH, name, state, at, **more)


def test_of_a_push_the_newest_state_is_kept_beside_what_was_told(path, clock):
    history, _ = start(path, clock)
    history.write([ThreadKept(thread()), NoticeIntended(notice(1, [thread()]))])
    history.write([heard(1, told_of(thread(), 1))])
    history.write([relayed(1, RelayState.RETRIED, why="The service could not be reached.")])
    history.write([relayed(1, RelayState.HANDED_OVER, clock.later(minutes=1), tries=2)])
    history.write([relayed(1, RelayState.FAILED, clock.later(minutes=1), "mail", why="No.")])
    log = history.log(CHATGPT, 9)
    passed_on = [(line.channel, line.kind, line.why) for line in log if ":" in line.channel]
    assert passed_on == [("push:mail", "failed", "No."), ("push:phone", "handed_over", "")]
    assert [line.kind for line in log][2:] == ["told"]
    assert history.log(CLAUDE, 9) == ()
    assert history.load().told[thread().id].notice == "n-1", "it is told by the ladder alone"


def test_how_the_last_one_went_is_known_of_each_way(path, clock):
    history, _ = start(path, clock)
    later = clock.later(hours=1)
    for name, numbers in (("phone", (1, 2, 3)), ("mail", (3, 2, 1)), ("team", (3, 1, 2))):
        for number in numbers:
            at, why = (later, "It rang out.") if number == 2 else (NOON, "")
            history.write([relayed(number, RelayState.FAILED, at, name, why=why)])
    for last in last_relayed(path):
        assert (last.notice, last.at, last.why) == ("n-2", later, "It rang out.")
    assert len(last_relayed(path)) == 3
    assert last_relayed(path.with_name("none.db")) == ()


def test_what_became_of_a_notice_goes_when_the_notice_does(path, clock):
    history, _ = start(path, clock)
    over = told_of(thread(), 1, over=True)
    history.write([NoticeIntended(notice(1, [thread()])), heard(1, over)])
    history.write([relayed(1, RelayState.HANDED_OVER, NOON + timedelta(hours=2))])
    clock.at = NOON + retention.INCIDENTS + timedelta(hours=1)
    retention.prune(history._db, clock())
    assert rows(path, "SELECT notice FROM relayed") == []
