"""A test of this computer's own connection: every neutral host walked to, all at once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from notifier.model.moment import Moment
from notifier.model.service import host_of
from notifier.model.walk import Trial
from notifier.watch.stages import walk
from notifier.watch.wire import Wire


def begun(urls: Sequence[str], at: Moment) -> Trial:
    """A test of which nothing is known yet."""
    return Trial(at, hosts=tuple(host_of(url) for url in urls))


async def go_on(
    trial: Trial, wire: Wire, urls: Sequence[str], show: Callable[[Trial], None]
) -> None:
    """Walk to the hosts at `urls`; `show` hears at once, and again as each comes home.

    It takes eight seconds at most, and closes `wire`.
    """
    trial = replace(trial, route=wire.has_route())
    show(trial)
    try:
        for home in asyncio.as_completed([walk(wire, url) for url in urls]):
            trial = replace(trial, walks=(*trial.walks, await home))
            show(trial)
    finally:
        await wire.close()
