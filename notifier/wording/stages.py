"""The stages of the way to a host: what was passed in what time, and where it breaks."""

from collections.abc import Sequence

from notifier.model.observation import Says, Stage, StageTime
from notifier.model.picture import Row
from notifier.model.verdict import Evidence, EvidenceKind
from notifier.wording.say import Say
from notifier.wording.times import latency
from notifier.wording.window import KINDS

_PASSED = {
    Stage.DNS: "name {time}",
    Stage.CONNECT: "connection {time}",
    Stage.TLS: "secure connection {time}",
    Stage.FRONT: "answer {time}",
    Stage.PRODUCT: "product {time}",
    Stage.ACCOUNT: "account {time}",
}

_BREAKS = {
    Stage.DNS: "breaks at the name",
    Stage.CONNECT: "breaks at the connection",
    Stage.TLS: "breaks at the secure connection",
    Stage.FRONT: "breaks at the answer",
    Stage.PRODUCT: "breaks at the product",
    Stage.ACCOUNT: "breaks at the account",
}

_BAD_ANSWERS = {
    Says.FAILING.value: Stage.FRONT,
    Says.OVERLOADED.value: Stage.FRONT,
    Says.ACCOUNT.value: Stage.ACCOUNT,
}
"""Where it breaks though an answer came."""


def way(stages: Sequence[StageTime], stopped: Stage | None, say: Say) -> str:
    """The way there in one line ("name 12 ms · connection 20 ms · breaks at …").

    Empty where nothing is known of it.
    """
    passed = [say(_PASSED[one.stage], time=latency(one.seconds, say)) for one in stages]
    if stages and stages[0].stage is Stage.FRONT:
        passed.insert(0, say("kept connection"))
    if stopped is not None:
        passed.append(say(_BREAKS[stopped]))
    return " · ".join(passed)


def way_of(seen: Evidence, say: Say) -> str:
    """The way of the look that a piece of evidence tells of; empty where it was not noted."""
    noted = seen.stages or seen.stopped is not None
    return way(seen.stages, breaks_at(seen), say) if noted else ""


def breaks_at(seen: Evidence) -> Stage | None:
    """Where it breaks for the person, an answer that is no good included; None where it does not.

    What fails in answer to their own key is the product, for the front door has let it in.
    """
    if seen.stopped is not None:
        return seen.stopped
    stage = _BAD_ANSWERS.get(seen.says)
    if stage is Stage.FRONT and seen.kind is EvidenceKind.KEY:
        return Stage.PRODUCT
    return stage


_ASKED = (EvidenceKind.PAGE, EvidenceKind.PROBE, EvidenceKind.LOCAL, EvidenceKind.KEY)
"""Whom a service is asked by, in the order in which one is told of them."""


def ways(row: Row, say: Say) -> tuple[tuple[str, str], ...]:
    """The way to everybody a service is asked by, as last gone; and whether the account is.

    Each is who was asked and the way there.
    """
    last: dict[tuple[EvidenceKind, str], Evidence] = {}
    for line in sorted(row.verdict.evidence, key=lambda line: line.at.steady):
        last[line.kind, line.id] = line
    found = [line for kind in _ASKED for line in last.values() if line.kind is kind]
    told = [(_who(line, say), way_of(line, say) or say("not timed")) for line in found]
    if found and all(line.kind is not EvidenceKind.KEY for line in found):
        told.append((say("Your account"), say("not asked: no key")))
    return tuple(told)


def _who(line: Evidence, say: Say) -> str:
    return say("{kind} {host}", kind=say(KINDS[line.kind]), host=line.id)
