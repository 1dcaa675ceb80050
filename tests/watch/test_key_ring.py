"""Whoever needs a key is never kept waiting by a key store, and hears honestly what is wrong."""

import asyncio

import pytest

from notifier.model.key import KeyState, Secret
from notifier.model.key_answer import KeptKey, KeyAnswer
from notifier.model.observation import Failure, FailureKind
from notifier.watch.key_ring import AGAIN, KeyRing
from notifier.wording.say import English
from tests.watch.looking import AMPLE, HandClock, in_loop

HOME = "https://api.example.test"
KEY = KeptKey(Secret("sk-canary-1234"), (HOME,))
THERE = KeyAnswer(KeyState.READ, "Keychain", {"mine": KEY})
GONE = KeyAnswer(KeyState.READ, "Keychain")
LOCKED = KeyAnswer(KeyState.LOCKED, "Keychain")


class Store:
    """Answers when the test lets it; `asked` notes for what, and whether quietly."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.open = asyncio.Event()
        self.closed = False

    async def read(self, entries, *, quiet=False):
        self.asked.append((tuple(entries), quiet))
        await self.open.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def cut(self, secret, text):
        return text.replace(secret.reveal().encode(), b"")

    async def close(self):
        self.closed = True


class Bench:
    """A ring, its store, its clock, and what came of it."""

    def __init__(self, *answers, patience=0.0, opened=True):
        self.store, self.clock, self.came = Store(*answers), HandClock(), []
        self.ring = KeyRing(
            self.store,
            self.clock,
            English(),
            patience=patience,
            came=lambda entries: self.came.append(set(entries)),
        )
        self.ring.expect(["mine"])
        if opened:
            self.store.open.set()

    async def ask(self, entry="mine", origin=HOME):
        """What a look gets, and what the next one gets when the store has had its time."""
        first = await self.ring.secret(entry, origin)
        for _ in range(5):
            await asyncio.sleep(0)
        return first, await self.ring.secret(entry, origin)


def says(failure):
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.KEY_STORE
    return failure.detail


@in_loop
async def test_the_first_look_does_not_wait_and_is_made_again_when_the_store_has_answered():
    bench = Bench(THERE)
    waiting, key = await bench.ask()
    assert says(waiting) == "Waiting for your key store."
    assert key == KEY.secret
    assert bench.came == [{"mine"}]
    assert bench.store.asked == [(("mine",), False)]


@in_loop
async def test_while_a_prompt_is_open_every_look_hears_so_and_no_second_prompt_opens():
    bench = Bench(THERE, opened=False)
    for _ in range(3):
        assert says((await bench.ask())[1]) == "Waiting for your key store."
        bench.clock.pass_by(AGAIN)
    assert bench.ring.waiting
    assert len(bench.store.asked) == 1
    bench.store.open.set()
    assert (await bench.ask())[1] == KEY.secret


@in_loop
async def test_a_command_waits_a_while():
    assert await Bench(THERE, patience=AMPLE).ring.secret("mine", HOME) == KEY.secret
    impatient = Bench(THERE, patience=0.01, opened=False)
    assert says(await impatient.ring.secret("mine", HOME)) == "Waiting for your key store."
    await impatient.ring.close()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (KeyState.LOCKED, "locked"),
        (KeyState.NO_STORE, "no key store"),
        (KeyState.FOREIGN, "another user"),
        (KeyState.PLAIN_TEXT, "keyrings.alt.file"),
        (KeyState.HANGING, "does not answer"),
        (KeyState.BROKEN, "failed"),
    ],
)
@in_loop
async def test_what_is_wrong_is_said(state, words):
    _, failure = await Bench(KeyAnswer(state, "keyrings.alt.file")).ask()
    assert words in says(failure)


@in_loop
async def test_a_key_that_is_not_there_is_said_to_be_missing_and_how_to_enter_it():
    _, failure = await Bench(GONE).ask()
    assert "`notifier key set mine`" in says(failure)
    _, failure = await Bench(KeyAnswer(KeyState.READ, strange=("mine",))).ask()
    assert "not from this program" in says(failure)


@in_loop
async def test_a_key_goes_to_no_address_it_was_not_entered_for():
    bench = Bench(THERE)
    await bench.ask()
    for origin in ("http://api.example.test", "https://api.example.test:8443", "https://evil.test"):
        refused = says(await bench.ring.secret("mine", origin))
        assert HOME in refused
        assert origin in refused


@in_loop
async def test_where_nothing_is_kept_the_store_is_not_even_asked():
    bench = Bench(THERE)
    assert "no key under other" in says((await bench.ask("other"))[1])
    assert bench.store.asked == []


@in_loop
async def test_a_key_that_was_forgotten_is_used_no_more():
    bench = Bench(THERE)
    await bench.ask()
    bench.ring.expect([])
    assert "no key" in says(await bench.ring.secret("mine", HOME))
    bench.ring.expect(["mine"])
    waiting, key = await bench.ask()
    assert (says(waiting), key) == ("Waiting for your key store.", KEY.secret)


@in_loop
async def test_a_key_entered_while_it_runs_is_asked_for_at_once():
    bench = Bench(GONE, THERE)
    bench.ring.expect([])
    bench.ring.expect(["mine", "new"])
    await bench.ask()
    bench.ring.expect(["mine", "new", "newer"])
    await bench.ask("newer")
    assert bench.store.asked == [(("mine", "new"), False), (("mine", "new", "newer"), False)]


@in_loop
async def test_a_locked_store_is_asked_again_after_a_quarter_of_an_hour_without_a_prompt():
    bench = Bench(LOCKED, LOCKED, THERE)
    await bench.ask()
    bench.clock.pass_by(AGAIN - 1)
    await bench.ask()
    assert len(bench.store.asked) == 1
    bench.clock.pass_by(1)
    await bench.ask()
    bench.clock.pass_by(AGAIN)
    assert (await bench.ask())[1] == KEY.secret
    assert [quiet for _, quiet in bench.store.asked] == [False, True, True]
    bench.clock.pass_by(10 * AGAIN)
    await bench.ask()
    assert len(bench.store.asked) == 3, "what it has given is not asked for again"


@in_loop
async def test_who_checks_now_may_be_prompted_and_who_wakes_is_not():
    bench = Bench(LOCKED)
    await bench.ask()
    bench.ring.try_again()
    await bench.ask()
    bench.ring.try_again(quiet=False)
    bench.ring.try_again()
    await bench.ask()
    assert [quiet for _, quiet in bench.store.asked] == [False, True, False]


@in_loop
async def test_a_key_that_replaces_another_is_used_from_then_on():
    other = KeptKey(Secret("sk-canary-5678"), (HOME,))
    bench = Bench(THERE, KeyAnswer(KeyState.READ, "Keychain", {"mine": other}))
    await bench.ask()
    bench.ring.try_again(quiet=False)
    assert await bench.ask() == (KEY.secret, other.secret)
    assert bench.came == [{"mine"}, {"mine"}]


@in_loop
async def test_a_store_that_is_locked_later_takes_nothing_back():
    bench = Bench(THERE, LOCKED)
    await bench.ask()
    bench.ring.try_again()
    assert (await bench.ask())[1] == KEY.secret
    assert bench.came == [{"mine"}]


@in_loop
async def test_a_defect_of_ours_is_a_broken_store(caplog):
    bench = Bench(ZeroDivisionError("ours"))
    assert "failed" in says((await bench.ask())[1])
    assert "ZeroDivisionError" in caplog.text


@in_loop
async def test_the_end_does_not_wait_for_a_person_at_a_prompt():
    bench = Bench(THERE, opened=False)
    await bench.ask()
    await bench.ring.close()
    assert bench.store.closed
    assert not bench.ring.waiting


@in_loop
async def test_a_key_that_was_replaced_is_sent_nowhere_any_more():
    other = KeptKey(Secret("sk-another-5678"), (HOME,))
    bench = Bench(THERE, KeyAnswer(KeyState.READ, "Keychain", {"mine": other}))
    assert (await bench.ask())[1] == KEY.secret
    bench.ring.changed("mine")
    first, then = await bench.ask()
    assert says(first) == "Waiting for your key store."
    assert then == other.secret
    assert bench.came == [{"mine"}, {"mine"}], "what waited for it is looked at again"


@in_loop
async def test_a_failure_tells_what_the_store_said():
    first, then = await Bench(LOCKED).ask()
    assert (first.store, then.store) == (KeyState.WAITING, KeyState.LOCKED)
