"""One plain thread with an event loop in it, and look-ups of names that never pile up.

Two things must not keep the program from ending: a loop that hangs, and a look-up that hangs in
`getaddrinfo`, which nobody can interrupt. So the threads here are daemons in Python's sense, which
the interpreter does not wait for, and are ended in order all the same: the loop by `stop`, which
waits for a bounded time and is called at exit by whoever forgot; look-ups by being left alone.
"""

import asyncio
import atexit
import logging
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from notifier.watch.progress import UNDER_WAY, Progress

log = logging.getLogger(__name__)

MOST_LOOKUPS = 8
"""Names looked up at the same time. Any more wait their turn, at most until their look ends."""

T = TypeVar("T")


class _Task(Struct, frozen=True):
    """A call to make in another thread, and where its result goes."""

    future: Future[Any]
    call: Callable[[], Any]

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return  # whoever wanted it has given up while it waited
        try:
            result = self.call()
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the future
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


def _looked_up(exchange: Progress, lookup: Future[Any]) -> None:
    """A look-up has ended; one that was given up before it began has not."""
    if not lookup.cancelled():
        exchange.looked_up(found=lookup.exception() is None)


class _Executor(ThreadPoolExecutor):
    """At most so many threads, none of which is ever waited for.

    A ThreadPoolExecutor by name only, because asyncio accepts nothing else as its default: what
    that class would do, start threads that the interpreter joins at exit, is done here instead.
    """

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._most = most
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._free = threading.Semaphore(0)
        self._guard = threading.Lock()
        self._started = 0
        self._closed = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run `fn` in one of the threads; while all are busy it waits."""
        future: Future[T] = Future()
        exchange = UNDER_WAY.get()
        if exchange is not None:
            exchange.looking_up()
            future.add_done_callback(partial(_looked_up, exchange))
        with self._guard:
            if self._closed:
                raise RuntimeError("nothing is looked up any more: the loop has ended")
            self._tasks.put(_Task(future, lambda: fn(*args, **kwargs)))
            self._see_to_a_thread()
        return future

    def _see_to_a_thread(self) -> None:
        if self._free.acquire(blocking=False) or self._started >= self._most:
            return
        self._started += 1
        name = f"look-up {self._started}"
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task.run()
            del task  # or the last one would be kept for as long as nothing else comes
            self._free.release()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the name and shape asyncio calls
        """Take nothing more; free threads end, and one that hangs is left behind."""
        del wait, cancel_futures
        with self._guard:
            self._closed = True
            for _ in range(self._started):
                self._tasks.put(None)


def bounded_executor(most: int = MOST_LOOKUPS) -> ThreadPoolExecutor:
    """What a loop's look-ups of names run in: bounded in number, and no obstacle to ending."""
    return _Executor(most)


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop for looks; commands say `asyncio.Runner(loop_factory=new_loop)`."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(bounded_executor())
    return loop


class LoopThread:
    """An event loop in a thread of its own."""

    def __init__(self, name: str = "watch") -> None:
        self._name = name
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def start(self) -> None:
        """Start the thread; returns when the loop runs, or raises what kept it from running."""
        if self._thread is not None:
            raise RuntimeError(f"the thread {self._name!r} is started only once")
        running: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._main, args=(running,), name=self._name, daemon=True
        )
        self._thread.start()
        running.result()
        atexit.register(self.stop)

    def call(self, fn: Callable[[], object]) -> None:
        """Have `fn` called in the loop soon. After its end this does nothing: a late click."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(fn)

    def run(self, coro: Coroutine[Any, Any, T]) -> Future[T]:
        """Run `coro` in the loop; the future is cancelled where the loop has ended."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed
                return asyncio.run_coroutine_threadsafe(coro, self._loop)
        coro.close()
        gone: Future[T] = Future()
        gone.cancel()
        return gone

    def stop(self, timeout: float = 3.0) -> bool:
        """Cancel all that runs in the loop and wait for its end, at most `timeout` seconds.

        False where it has not ended by then: it is left behind, and does not keep the process.
        """
        atexit.unregister(self.stop)
        thread = self._thread
        if thread is None:
            return True
        self.call(self._stopping.set)
        if thread is threading.current_thread():
            return False  # it ends when the caller, who runs in it, returns to the loop
        thread.join(timeout)
        if thread.is_alive():
            log.warning("the thread %r did not end within %g s; left behind", self._name, timeout)
        return not thread.is_alive()

    def _main(self, running: Future[None]) -> None:
        try:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(self._until_stopped(running))
        except Exception as error:
            if running.done():
                log.exception("the thread %r ended by a defect of ours", self._name)
            else:
                running.set_exception(error)

    async def _until_stopped(self, running: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        running.set_result(None)
        await self._stopping.wait()
