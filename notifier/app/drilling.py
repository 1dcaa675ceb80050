"""Testing the alternatives for a command that finds no owner: it looks itself, and keeps nothing.

An owner keeps the date of its tests; only who owns a profile writes its history.
"""

import asyncio
from dataclasses import replace

from notifier.app.keys import key_ring, wants_keys
from notifier.app.network import Network
from notifier.app.once import KEYS_WITHIN, NoDiary, NoFace
from notifier.app.profile import Meant, Profile
from notifier.drill import plan
from notifier.model.drill import Drill
from notifier.watch.clock import SystemClock
from notifier.watch.drill import Drills
from notifier.watch.engine import Engine
from notifier.watch.thread import new_loop
from notifier.wording.say import Say


def try_alone(place: Profile, meant: Meant, say: Say) -> Drill:
    """Try what could be used instead of each chosen tool, and nothing else."""
    whole = plan(meant.settings)
    alternatives = tuple(one.service for one in whole.alternatives)
    settings = replace(meant.settings, services=alternatives, others=())
    clock = SystemClock()
    keys = None
    if wants_keys(settings):
        keys = key_ring(place, meant.choices, clock, say, patience=KEYS_WITHIN)
    folder = place.places.cache
    looker = Network.of_command(meant.choices, clock, folder, accept=True, keys=keys)
    engine = Engine(
        looker=looker, clock=clock, diary=NoDiary, settings=settings, face=NoFace(), say=say
    )

    async def look() -> Drill:
        running = asyncio.get_running_loop().create_task(engine.run())
        try:
            return await Drills(engine, clock, say).test(meant=whole)
        finally:
            engine.stop()
            await running
            if keys is not None:
                await keys.close()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(look())
