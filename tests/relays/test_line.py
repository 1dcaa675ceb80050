"""What waits for a push or hook: tried again, overtaken, bounded; virtual time, no process."""

import asyncio
import functools
from datetime import timedelta

import pytest

from notifier.model.announcement import NoticeId, Reason, ThreadId
from notifier.model.relay import RelayKind
from notifier.rehearsal.virtual import VirtualLoop
from notifier.relays.line import MOST_WAITING, Carried, Line
from notifier.wording.say import English
from tests.relays.notices import NOON, OVER, PROBLEM, WORSE, notice

UNREACHED = Carried("The service could not be reached.", again=True)
REFUSED = Carried("It answered with HTTP 403.")
DONE = Carried()


class Phone:
    """A push whose tries go as the test says; the last answer stays."""

    kind, name = RelayKind.PUSH, "phone"

    def __init__(self, *answers, takes=1.0, waits=(30.0, 120.0), only=None):
        self.answers, self.takes, self.waits, self.only = list(answers), takes, waits, only
        self.got = []
        self.at_once = self.most_at_once = 0

    def wants(self, told):
        return self.only is None or told.reason in self.only

    async def carry(self, told):
        loop = asyncio.get_running_loop()
        self.got.append((round(loop.time()), told.id))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await asyncio.sleep(self.takes)
        finally:
            self.at_once -= 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Told:
    """A line, and what it noted."""

    def __init__(self, carrier, *, turns=3):
        self.noted = []
        self.line = Line(
            carrier,
            turns=asyncio.Semaphore(turns),
            sleep=asyncio.sleep,
            now=self.now,
            note=self.noted.append,
            say=English(),
        )

    def now(self):
        return NOON + timedelta(seconds=asyncio.get_running_loop().time())

    def at_once(self, number, reason=PROBLEM, threads=("t-1",)):
        """A notice of this very moment."""
        self.line.add(notice(number, reason, threads, at=self.now()))

    @property
    def states(self):
        return [(one.notice, one.state.value) for one in self.noted]

    async def settled(self):
        while self.line.busy:  # noqa: ASYNC110 - in virtual time it costs nothing
            await asyncio.sleep(1)


def in_virtual_time(test):
    @functools.wraps(test)
    def run(*args, **kwargs):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


@in_virtual_time
async def test_what_is_handed_over_is_noted_and_nothing_is_left_to_do():
    phone = Phone(DONE)
    told = Told(phone)
    told.at_once(1)
    await told.settled()
    assert told.states == [("n-1", "handed_over")]
    assert len(asyncio.all_tasks()) == 1, "idle it is no task"


@in_virtual_time
async def test_a_push_is_tried_three_times_with_longer_waits():
    phone = Phone(UNREACHED)
    told = Told(phone)
    told.at_once(1)
    await told.settled()
    assert [at for at, _ in phone.got] == [0, 31, 152]
    assert [one.state.value for one in told.noted] == ["retried", "retried", "failed"]
    assert told.noted[-1].why == UNREACHED.why
    assert told.noted[-1].tries == 3


@in_virtual_time
async def test_a_retry_may_succeed():
    told = Told(Phone(UNREACHED, DONE))
    told.at_once(1)
    await told.settled()
    assert told.states == [("n-1", "retried"), ("n-1", "handed_over")]


@in_virtual_time
async def test_what_would_be_the_same_in_a_minute_is_not_tried_again():
    phone = Phone(REFUSED)
    told = Told(phone)
    told.at_once(1)
    await told.settled()
    assert told.states == [("n-1", "failed")]
    assert len(phone.got) == 1


@in_virtual_time
async def test_an_outage_that_could_not_be_delivered_is_not_sent_after_its_end():
    phone = Phone(UNREACHED, DONE)
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    told.at_once(2, OVER)
    await told.settled()
    assert [id_ for _, id_ in phone.got] == ["n-1", "n-2"]
    assert told.states == [("n-1", "retried"), ("n-1", "outdated"), ("n-2", "handed_over")]
    assert "newer" in told.noted[1].why


@in_virtual_time
async def test_the_end_overtakes_an_outage_that_is_being_sent_just_then():
    phone = Phone(UNREACHED, DONE, takes=20)
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    told.at_once(2, OVER)
    await told.settled()
    assert [id_ for _, id_ in phone.got] == ["n-1", "n-2"], "it is not tried again"
    assert told.states == [("n-1", "outdated"), ("n-2", "handed_over")]


@in_virtual_time
async def test_an_end_the_phone_does_not_want_overtakes_all_the_same():
    phone = Phone(UNREACHED, only={Reason.OUTAGE})
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    told.at_once(2, OVER)
    await told.settled()
    assert [id_ for _, id_ in phone.got] == ["n-1"]
    assert told.states == [("n-1", "retried"), ("n-1", "outdated")]


@in_virtual_time
async def test_another_outage_does_not_wait_for_the_one_that_rests():
    phone = Phone(UNREACHED, DONE)
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    told.at_once(2, threads=("t-2",))
    await told.settled()
    assert phone.got == [(0, "n-1"), (10, "n-2"), (31, "n-1")]


@in_virtual_time
async def test_a_notice_of_two_outages_has_its_turn_before_one_of_them_is_over_and_no_other():
    """Dropped it would lose the second outage; sent later it would say that the first goes on."""
    phone = Phone(UNREACHED, UNREACHED, DONE)
    told = Told(phone)
    told.at_once(1, Reason.SUMMARY, ("t-1", "t-2"))
    await asyncio.sleep(10)
    told.at_once(2, OVER, ("t-1",))
    await told.settled()
    assert phone.got == [(0, "n-1"), (10, "n-1"), (11, "n-2")]
    assert told.states == [("n-1", "retried"), ("n-1", "failed"), ("n-2", "handed_over")]


@in_virtual_time
async def test_what_is_withdrawn_is_not_sent_any_more():
    phone = Phone(UNREACHED)
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    told.at_once(2, threads=("t-2", "t-3"))
    await asyncio.sleep(10)
    told.line.withdraw(NoticeId("n-9"), ThreadId("t-9"))
    assert told.states == [("n-1", "retried"), ("n-2", "retried")]
    told.line.withdraw(NoticeId("n-0"), ThreadId("t-1"))
    told.line.withdraw(NoticeId("n-2"), ThreadId("t-0"))
    assert not told.line.busy
    assert told.states[2:] == [("n-1", "outdated"), ("n-2", "outdated")]
    assert "withdrawn" in told.noted[-1].why


@in_virtual_time
async def test_what_is_withdrawn_while_it_is_sent_is_not_sent_again():
    phone = Phone(UNREACHED, takes=20)
    told = Told(phone)
    told.at_once(1, threads=("t-1", "t-2"))
    await asyncio.sleep(10)
    told.line.withdraw(NoticeId("n-1"), ThreadId("t-9"))
    await told.settled()
    assert told.states == [("n-1", "outdated")]


@in_virtual_time
async def test_after_a_sleep_of_the_computer_no_old_news_is_sent():
    phone = Phone(DONE)
    told = Told(phone)
    told.line.add(notice(1, at=told.now() - timedelta(minutes=11)))
    told.line.add(notice(2, threads=("t-2",), at=told.now() - timedelta(minutes=9)))
    await told.settled()
    assert [id_ for _, id_ in phone.got] == ["n-2"]
    assert told.states[0] == ("n-1", "outdated")


@in_virtual_time
async def test_a_hook_gets_every_notice_in_order_however_late():
    hook = Phone(REFUSED, DONE, waits=(), takes=8)
    told = Told(hook)
    told.at_once(1)
    told.at_once(2, WORSE)
    told.line.withdraw(NoticeId("n-1"), ThreadId("t-1"))
    told.at_once(3, OVER)
    told.line.add(notice(4, at=told.now() - timedelta(hours=1)))
    await told.settled()
    assert [id_ for _, id_ in hook.got] == ["n-1", "n-2", "n-3", "n-4"]
    assert hook.most_at_once == 1
    assert told.states[0] == ("n-1", "failed")


@in_virtual_time
async def test_what_waits_is_bounded_and_the_oldest_is_given_up():
    hook = Phone(DONE, waits=(), takes=10)
    told = Told(hook)
    for number in range(MOST_WAITING + 5):
        told.at_once(number, threads=(f"t-{number}",))
        await asyncio.sleep(0)
    given_up = [one.notice for one in told.noted if one.state.value == "failed"]
    assert given_up == ["n-1", "n-2", "n-3", "n-4"]
    await told.settled()
    assert len(hook.got) == MOST_WAITING + 1


@in_virtual_time
async def test_only_so_many_are_under_way_at_once():
    phones = [Phone(DONE, takes=10) for _ in range(5)]
    turns = asyncio.Semaphore(3)
    lines = [Told(phone) for phone in phones]
    for told in lines:
        told.line._turns = turns
        told.at_once(1)
    await asyncio.sleep(5)
    assert sum(phone.at_once for phone in phones) == 3
    for told in lines:
        await told.settled()
    assert all(told.states == [("n-1", "handed_over")] for told in lines)


@in_virtual_time
async def test_a_defect_of_ours_is_a_failure_and_the_next_goes_on(caplog):
    phone = Phone(ValueError("a defect"), DONE)
    told = Told(phone)
    told.at_once(1)
    told.at_once(2, threads=("t-2",))
    await told.settled()
    assert told.states == [("n-1", "failed"), ("n-2", "handed_over")]
    assert "push phone failed by a defect" in caplog.text


@pytest.mark.parametrize(
    ("takes", "states"),
    [
        pytest.param(0.1, {"n-1": "handed_over"}, id="what ends in a moment is done"),
        pytest.param(60, {"n-1": "failed"}, id="what does not is ended"),
    ],
)
@in_virtual_time
async def test_at_the_end_what_waits_is_given_up(takes, states):
    phone = Phone(DONE, takes=takes)
    told = Told(phone)
    told.at_once(1)
    told.at_once(2, threads=("t-2",))
    await asyncio.sleep(0)
    await told.line.close(0.2, "The program ended.")
    assert asyncio.get_running_loop().time() <= 0.2, "it is not waited for any longer"
    assert dict(told.states) == {"n-2": "failed", **states}
    assert phone.at_once == 0
    told.at_once(3)
    assert not told.line.busy, "nothing is taken on after the end"
    assert len(asyncio.all_tasks()) == 1


@in_virtual_time
async def test_what_rests_at_the_end_is_not_tried_again():
    phone = Phone(UNREACHED)
    told = Told(phone)
    told.at_once(1)
    await asyncio.sleep(10)
    await told.line.close(0.2, "The program ended.")
    assert told.states == [("n-1", "retried"), ("n-1", "failed")]
    await asyncio.sleep(1000)
    assert len(phone.got) == 1
