"""A thread for the loop: it runs when it says so, ends when told to, and never holds us up."""

import asyncio
import subprocess
import sys
import textwrap
import threading

import pytest

from notifier.watch.thread import LoopThread, bounded_executor, new_loop


@pytest.fixture
def thread():
    thread = LoopThread()
    thread.start()
    yield thread
    thread.stop()


def test_once_started_the_loop_runs(thread):
    async def where() -> str:
        return threading.current_thread().name

    assert thread.run(where()).result(5) == "watch"


def test_stopped_right_after_it_was_started_it_ends():
    for _ in range(20):
        thread = LoopThread()
        thread.start()
        assert thread.stop()


def test_what_is_called_is_called_in_the_loop(thread):
    called = threading.Event()
    thread.call(called.set)
    assert called.wait(5)


def test_stopping_cancels_what_runs_and_lets_it_end_in_order(thread):
    begun, ended = threading.Event(), threading.Event()

    async def watch() -> None:
        try:
            begun.set()
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0)
            ended.set()

    future = thread.run(watch())
    assert begun.wait(5)
    assert thread.stop()
    assert ended.is_set()
    assert future.cancelled()


def test_a_click_after_the_end_does_nothing(thread):
    async def late() -> None:
        raise AssertionError

    thread.stop()
    thread.call(lambda: pytest.fail("called after the end"))
    assert thread.run(late()).cancelled()
    assert thread.stop()


def test_a_loop_that_cannot_be_made_is_said_at_once(monkeypatch):
    def broken():
        raise OSError("no more files")

    monkeypatch.setattr("notifier.watch.thread.new_loop", broken)
    with pytest.raises(OSError, match="no more files"):
        LoopThread().start()


def test_a_thread_is_not_started_twice(thread):
    with pytest.raises(RuntimeError):
        thread.start()


def test_a_thread_that_was_never_started_is_stopped_already():
    assert LoopThread().stop()


def test_stopped_from_within_it_ends_a_little_later(thread):
    async def stop() -> bool:
        return thread.stop()

    assert thread.run(stop()).result(5) is False
    assert thread.stop()


# -- ends of the process ---------------------------------------------------------------------


def run(program: str) -> str:
    """What a program prints that must end by itself."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


def test_a_loop_that_hangs_is_left_behind_and_does_not_keep_the_process():
    said = run("""
        import threading
        from notifier.watch.thread import LoopThread
        thread = LoopThread()
        thread.start()
        hung = threading.Event()
        thread.call(lambda: (hung.set(), threading.Event().wait()))
        hung.wait()
        print(thread.stop(0.1))
    """)
    assert said == "False\n"


def test_whoever_forgets_to_stop_it_still_has_it_ended_in_order():
    said = run("""
        import asyncio, threading
        from notifier.watch.thread import LoopThread
        begun = threading.Event()
        async def watch():
            begun.set()
            try:
                await asyncio.sleep(3600)
            finally:
                print("in order")
        thread = LoopThread()
        thread.start()
        thread.run(watch())
        begun.wait()
    """)
    assert said == "in order\n"


def test_a_look_up_that_hangs_does_not_keep_the_process():
    said = run("""
        import asyncio, socket, threading
        from notifier.watch.thread import new_loop
        socket.getaddrinfo = lambda *_, **__: threading.Event().wait()
        async def look():
            try:
                async with asyncio.timeout(0.1):
                    await asyncio.get_running_loop().getaddrinfo("a.test", 80)
            except TimeoutError:
                print("given up")
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(look())
    """)
    assert said == "given up\n"


# -- the executor ----------------------------------------------------------------------------


def test_work_is_done_by_at_most_so_many_threads():
    executor = bounded_executor(3)
    names = {
        future.result(5)
        for future in [executor.submit(lambda: threading.current_thread().name) for _ in range(50)]
    }
    executor.shutdown()
    assert 1 <= len(names) <= 3


def test_one_thread_is_enough_for_work_one_after_another():
    executor = bounded_executor(8)
    names = set()
    for _ in range(50):
        names.add(executor.submit(lambda: threading.current_thread().name).result(5))
    executor.shutdown()
    assert len(names) <= 2


def test_what_goes_wrong_belongs_to_whoever_asked():
    executor = bounded_executor()
    with pytest.raises(ZeroDivisionError):
        executor.submit(lambda: 1 // 0).result(5)
    assert executor.submit(lambda: 1).result(5) == 1
    executor.shutdown()


def test_work_nobody_waits_for_any_more_is_not_begun():
    executor = bounded_executor(1)
    free, done = threading.Event(), []
    busy = executor.submit(free.wait, 5)
    given_up = executor.submit(done.append, "given up")
    assert given_up.cancel()
    free.set()
    busy.result(5)
    executor.submit(done.append, "wanted").result(5)
    executor.shutdown()
    assert done == ["wanted"]


def test_after_its_end_nothing_is_taken():
    executor = bounded_executor()
    executor.shutdown()
    with pytest.raises(RuntimeError):
        executor.submit(print)


def test_a_loop_takes_it_as_its_own():
    async def name() -> str:
        return await asyncio.to_thread(lambda: threading.current_thread().name)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        assert runner.run(name()).startswith("look-up")
