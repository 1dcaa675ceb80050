"""Pushes and hooks as the settings name them: whether they can work, and how it went last.

Nobody is asked: whether an address is kept is what the settings note of the key store.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from notifier.doctor.finding import Finding, Notes
from notifier.model.relay import Hook, Push, Relayed, RelayKind, RelayState
from notifier.relays.hooks import missing
from notifier.wording import doctor as said
from notifier.wording.times import ago


@dataclass(frozen=True, slots=True)
class Ways:
    """What there is beside the desktop; hooks with their names, `last` what became of the last."""

    pushes: Sequence[Push] = ()
    hooks: Sequence[tuple[Hook, str]] = ()
    kept: Sequence[str] = ()
    last: Sequence[Relayed] = ()


def look(notes: Notes, ways: Ways) -> list[Finding]:
    """A line on each; none where there is nothing of the kind."""
    last = {(one.kind, one.name): one for one in ways.last}
    return [
        *(_push(notes, push, ways, last.get((RelayKind.PUSH, push.name))) for push in ways.pushes),
        *(_hook(notes, hook, name, last.get((RelayKind.HOOK, name))) for hook, name in ways.hooks),
    ]


def _push(notes: Notes, push: Push, ways: Ways, last: Relayed | None) -> Finding:
    way = notes.say("Push {name}", name=push.name)
    if push.entry not in ways.kept:
        return notes.attention(said.PUSH_UNADDRESSED, way=way, name=push.name)
    return _last(notes, way, last)


def _hook(notes: Notes, hook: Hook, name: str, last: Relayed | None) -> Finding:
    way = notes.say("Hook {name}", name=name)
    if why := missing(hook, notes.say):
        return notes.attention(said.HOOK_MISSING, way=way, why=why.removesuffix("."))
    return _last(notes, way, last)


def _last(notes: Notes, way: str, last: Relayed | None) -> Finding:
    if last is None:
        return notes.ok(said.RELAY, way=way, last=notes.say(said.NOT_USED_YET))
    when = ago(max(0.0, (datetime.now(UTC) - last.at).total_seconds()), notes.say)
    told = notes.say(said.LAST[last.state.value], when=when, why=last.why.removesuffix("."))
    if last.state in (RelayState.FAILED, RelayState.RETRIED):
        return notes.attention(said.RELAY_FAILED, way=way, last=told)
    return notes.ok(said.RELAY, way=way, last=told)
