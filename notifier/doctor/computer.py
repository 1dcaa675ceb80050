"""What of this computer bears on how often it is looked, as far as the system says."""

import asyncio

from notifier.circumstances import System
from notifier.doctor.finding import Finding, Notes
from notifier.watch.thread import new_loop
from notifier.wording import doctor as said


def look(notes: Notes, system: System) -> list[Finding]:
    """Ask the system once; it takes about two seconds at most."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        known = runner.run(system.known())
    facts = (
        (said.ON_BATTERY, known.on_battery),
        (said.METERED, known.metered),
        (said.LOCKED, known.locked),
        (said.IN_FRONT, known.in_front),
    )
    return [
        (notes.unknown if fact is None else notes.ok)(message, answer=notes.say(said.ANSWERS[fact]))
        for message, fact in facts
    ]
