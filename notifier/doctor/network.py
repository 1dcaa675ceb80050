"""The network, stage by stage: only the neutral hosts of the settings are asked, once each."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from notifier.doctor.finding import Finding, Notes
from notifier.model.observation import StageTime
from notifier.model.walk import CLOCK_OFF, Walk, clock_ahead
from notifier.watch import routes
from notifier.watch.stages import walk
from notifier.watch.thread import new_loop
from notifier.watch.wire import Wire
from notifier.wording import doctor as said
from notifier.wording.remedies import as_sentence
from notifier.wording.times import latency, listed


def look(
    notes: Notes, references: Sequence[str] | None, proxy: str, ca: str | None
) -> list[Finding]:
    """Ask the references (None: nobody is to be asked), and say how far each got.

    It takes about eight seconds at most.
    """
    if not references:
        return [notes.unknown(said.OFFLINE_WISHED if references is None else said.NO_REFERENCES)]
    with asyncio.Runner(loop_factory=new_loop) as runner:
        walks = runner.run(_all(references, proxy, ca))
    return findings(notes, walks)


async def _all(references: Sequence[str], proxy: str, ca: str | None) -> list[Walk]:
    wire = Wire(proxy=proxy, ca=ca, has_route=routes.any_route)
    try:
        return await asyncio.gather(*(walk(wire, url) for url in references))
    finally:
        await wire.close()


def findings(notes: Notes, walks: Sequence[Walk]) -> list[Finding]:
    """What the walks amount to: one of them in full, the others where they failed."""
    shown = max(walks, key=lambda one: (one.failure is None, len(one.steps)))
    hosts = listed([one.host for one in walks], notes.say, most=5)
    others = [one for one in walks if one.failure is not None and one.stopped is not shown.stopped]
    return [
        notes.ok(said.ASKED, hosts=hosts),
        _proxy(notes, shown),
        *_in_full(notes, shown),
        *(_unanswered(notes, one, shown) for one in others),
        _answers(notes, walks),
        _clock(notes, clock_ahead(walks)),
    ]


def _proxy(notes: Notes, one: Walk) -> Finding:
    if one.proxy is None:
        return notes.ok(said.NO_PROXY)
    return notes.ok(said.PROXY, proxy=one.proxy)


def _in_full(notes: Notes, one: Walk) -> list[Finding]:
    passed = [_step(notes, one, step) for step in one.steps if step.stage is not one.stopped]
    return passed if one.failure is None else [*passed, _failed(notes, one)]


def _step(notes: Notes, one: Walk, step: StageTime) -> Finding:
    message = (said.STAGES[step.stage.value], "")
    time = latency(step.seconds, notes.say)
    issuer = one.issuer or notes.say(said.NOBODY)
    return notes.ok(message, host=one.host, time=time, issuer=issuer, detail=one.detail)


def _unanswered(notes: Notes, one: Walk, shown: Walk) -> Finding:
    """Another host that failed: no matter where one has answered, each may have its bad day."""
    if shown.failure is not None:
        return _failed(notes, one)
    return notes.unknown(said.UNANSWERED, host=one.host, why=_why(one))


def _why(one: Walk) -> str:
    return one.failure.detail.rstrip(".") if one.failure is not None else ""


def _failed(notes: Notes, one: Walk) -> Finding:
    advice = "" if one.failure is None else as_sentence(one.failure.kind, notes.say)
    return notes.attention(said.STOPPED, host=one.host, why=_why(one), advice=advice)


def _answers(notes: Notes, walks: Sequence[Walk]) -> Finding:
    answered = sum(one.failure is None for one in walks)
    note = notes.ok if answered else notes.attention
    message = said.ALL_ANSWER if answered else said.NONE_ANSWER
    return note(message, answered=answered, count=len(walks))


def _clock(notes: Notes, by: timedelta | None) -> Finding:
    if by is None:
        return notes.unknown(said.CLOCK_UNKNOWN)
    time = said.off(by, notes.say)
    if abs(by) <= CLOCK_OFF:
        return notes.ok(said.CLOCK, time=said.off(CLOCK_OFF, notes.say))
    direction = said.SLOW if by > timedelta(0) else said.FAST
    return notes.attention(said.CLOCK_WRONG, time=time, direction=notes.say(direction))
