"""One notice through every push and hook to see whether they work: once each, all at once.

Whether they want notices of its reason is no matter here, and nothing of it is written down.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from notifier.model.announcement import Notice
from notifier.model.relay import Relayed, RelayState
from notifier.relays.line import Carried, Carrier, carried
from notifier.wording import relays as words
from notifier.wording.say import Say


async def tried(
    carriers: Sequence[Carrier],
    notice: Notice,
    *,
    within: float,
    now: Callable[[], datetime],
    say: Say,
) -> tuple[Relayed, ...]:
    """What became of it on each way, in their order; what is not over `within` seconds is ended."""
    loop = asyncio.get_running_loop()
    tries = [loop.create_task(carried(carrier, notice, say)) for carrier in carriers]
    try:
        await asyncio.wait(tries, timeout=within)
    finally:
        for one in tries:
            one.cancel()
        await asyncio.wait(tries)
    late = Carried(words.too_slow(within, say))
    done = [late if one.cancelled() else one.result() for one in tries]
    return tuple(
        Relayed(notice.id, carrier.kind, carrier.name, _state(came), now(), why=came.why)
        for carrier, came in zip(carriers, done, strict=True)
    )


def _state(came: Carried) -> RelayState:
    return RelayState.FAILED if came.why else RelayState.HANDED_OVER
