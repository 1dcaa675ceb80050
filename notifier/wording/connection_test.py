"""*Test my connection*: what was asked, how each answered, and where it breaks in one sentence."""

from collections import Counter
from collections.abc import Sequence

from notifier.model.moment import Moment
from notifier.model.observation import CERTIFICATE_KINDS, FailureKind
from notifier.model.picture import Lamp, Picture, Row
from notifier.model.walk import CLOCK_OFF, Trial, Walk, clock_ahead
from notifier.wording.doctor import FAST, SLOW, off
from notifier.wording.is_it_me import Line, answer
from notifier.wording.remedies import ORDER, remedy
from notifier.wording.say import Say
from notifier.wording.stages import way
from notifier.wording.times import listed

ABOUT = "From this computer outwards: the first line that is not well is where it breaks."
AGAIN = "Test again"
CLOSE = "Close"

Group = tuple[str, tuple[Line, ...]]
"""A heading and what stands under it."""

_BAD = frozenset({Lamp.TROUBLE, Lamp.WATCH, Lamp.BLIND})

_CERTIFICATES = {
    FailureKind.CERTIFICATE_DATE: "not valid now, by this computer's clock",
    FailureKind.CERTIFICATE_ISSUER: "issued by an authority this computer does not know",
    FailureKind.CERTIFICATE_NAME: "made out to another name",
}


def title(say: Say, *, rehearsal: bool) -> str:
    """What the window is called; a rehearsal is marked as one."""
    name = say("Test my connection")
    return say("Rehearsal – {name}", name=name) if rehearsal else name


def groups(
    trial: Trial, picture: Picture | None, say: Say, asked_at: Moment | None
) -> tuple[Group, ...]:
    """Everything that was asked, from this computer outwards; what is awaited says so.

    `asked_at` is when the services were asked to be looked at, None once nobody waits any more.
    """
    own = (_route(trial, say), _proxy(trial, say), _certificate(trial, say), _clock(trial, say))
    neutral = tuple(_neutral(host, trial, say) for host in trial.hosts)
    tools = tuple(_tool(row, say, asked_at) for row in _rows(picture))
    found = (
        (say("This computer"), own),
        (say("Neutral sites"), neutral),
        (say("Your tools"), tools),
    )
    return tuple(group for group in found if group[1])


def conclusion(
    trial: Trial, picture: Picture | None, say: Say, asked_at: Moment | None
) -> tuple[Lamp, str]:
    """Where it breaks and what to do about it, in one sentence; or that it is still being tested.

    One neutral host that answers is enough: each may have its bad day.
    """
    failed = [one for one in trial.walks if one.failure is not None]
    answered = len(trial.walks) > len(failed)
    if trial.route is False and not answered:
        kind = FailureKind.OFFLINE
        return Lamp.TROUBLE, _broken(say("This computer has no network connection."), kind, say)
    if not trial.over:
        return Lamp.EMPTY, say("Testing…")
    if failed and not answered:
        return Lamp.TROUBLE, _most(failed, say)
    by = clock_ahead(trial.walks)
    if by is not None and abs(by) > CLOCK_OFF:
        slow = say("The clock of this computer is {how}.", how=_off(trial, say))
        return Lamp.WATCH, _broken(slow, FailureKind.CERTIFICATE_DATE, say)
    return _at_the_tools(trial, picture, say, asked_at)


def _at_the_tools(
    trial: Trial, picture: Picture | None, say: Say, asked_at: Moment | None
) -> tuple[Lamp, str]:
    """The connection is well as far as neutral hosts can show it: is it their side?"""
    told = [(row, _tool(row, say, asked_at)) for row in _rows(picture)]
    if any(line.pending for _, line in told):
        return Lamp.EMPTY, say("Your connection works; your tools are being asked…")
    asked = [(row, line) for row, line in told if line.at is not None]
    bad = [(row, line) for row, line in asked if line.lamp in _BAD]
    if not trial.hosts and len(bad) == len(asked):
        return Lamp.BLIND, say("Nobody has answered who could show that your connection works.")
    if not bad:
        return Lamp.CLEAR, say("Your connection works; nothing breaks on the way.")
    if len(bad) == 1:
        ((row, line),) = bad
        name, says, step = row.service.name, line.says, row.next_step
        text = "Your connection works; it breaks at {name}, which {says}. {step}"
        return bad[0][1].lamp, say(text, name=name, says=says, step=step)
    names = listed([row.service.name for row, _ in bad], say)
    text = "Your connection works; it breaks at {names}. The main window says whose turn it is."
    return max((line.lamp for _, line in bad), key=_GRAVITY.index), say(text, names=names)


_GRAVITY = (Lamp.BLIND, Lamp.WATCH, Lamp.TROUBLE)


def _most(failed: Sequence[Walk], say: Say) -> str:
    """What keeps most of the hosts from being reached."""
    kinds = Counter(one.failure.kind for one in failed if one.failure is not None)
    kind = max((*ORDER, *kinds), key=lambda one: kinds[one])
    detail = next(one.failure.detail for one in failed if one.failure and one.failure.kind is kind)
    return _broken(detail, kind, say)


def _broken(why: str, kind: FailureKind, say: Say) -> str:
    return say("{why}: {remedy}.", why=why.rstrip("."), remedy=remedy(kind, say))


# -- the lines --------------------------------------------------------------------------------


def _route(trial: Trial, say: Say) -> Line:
    asks = say("Network")
    if trial.route is None:
        return Line(asks, say("looking…"), Lamp.EMPTY, pending=True)
    if trial.route:
        return Line(asks, say("there is a connection"), Lamp.CLEAR)
    return Line(asks, say("there is no connection"), Lamp.TROUBLE)


def _proxy(trial: Trial, say: Say) -> Line:
    asks = say("Proxy")
    if not trial.walks:
        return _still(asks, trial, say)
    used = sorted({one.proxy for one in trial.walks if one.proxy is not None})
    if not used:
        return Line(asks, say("none is in use"), Lamp.CLEAR)
    if all(one.failure and one.failure.kind is FailureKind.PROXY for one in trial.walks):
        return Line(
            asks, say("{names} lets nothing through", names=listed(used, say)), Lamp.TROUBLE
        )
    return Line(asks, say("{names} is in use", names=listed(used, say)), Lamp.CLEAR)


def _certificate(trial: Trial, say: Say) -> Line:
    asks = say("Certificate")
    refused = _refused(trial, CERTIFICATE_KINDS)
    if refused is not None:
        return Line(asks, say(_CERTIFICATES[refused]), Lamp.TROUBLE)
    issuers = sorted({one.issuer for one in trial.walks if one.issuer is not None})
    if issuers:
        says = say("vouched for by {issuers}", issuers=listed(issuers, say))
        return Line(asks, says, Lamp.CLEAR)
    if not trial.over:
        return _still(asks, trial, say)
    return Line(asks, say("none was shown: no secure connection was made"), Lamp.EMPTY)


def _clock(trial: Trial, say: Say) -> Line:
    asks = say("Clock")
    by = clock_ahead(trial.walks)
    if by is None and not trial.over:
        return _still(asks, trial, say)
    if by is None:
        return Line(asks, say("not compared: nobody told the time"), Lamp.EMPTY)
    if abs(by) > CLOCK_OFF:
        return Line(asks, _off(trial, say), Lamp.TROUBLE)
    return Line(asks, say("right, within {time}", time=off(CLOCK_OFF, say)), Lamp.CLEAR)


def _off(trial: Trial, say: Say) -> str:
    by = clock_ahead(trial.walks)
    if by is None:
        return ""
    direction = SLOW if by.total_seconds() > 0 else FAST
    return say("{time} {direction}", time=off(by, say), direction=say(direction))


def _neutral(host: str, trial: Trial, say: Say) -> Line:
    one = next((walk for walk in trial.walks if walk.host == host), None)
    if one is None:
        return _still(host, trial, say)
    there = way(one.steps, one.stopped, say)
    if one.failure is not None:
        return Line(host, _sentence(one), Lamp.TROUBLE, way=there)
    return Line(host, say("answers ({detail})", detail=one.detail), Lamp.CLEAR, way=there)


def _tool(row: Row, say: Say, asked_at: Moment | None) -> Line:
    found = answer(row, say, asked_at)
    return Line(
        row.service.name, found.says, found.lamp, found.at, pending=found.pending, way=found.way
    )


def _rows(picture: Picture | None) -> tuple[Row, ...]:
    return () if picture is None else picture.rows


def _refused(trial: Trial, kinds: frozenset[FailureKind]) -> FailureKind | None:
    """The first of these reasons for which a walk has ended."""
    ended = (one.failure.kind for one in trial.walks if one.failure is not None)
    return next((kind for kind in ended if kind in kinds), None)


def _sentence(one: Walk) -> str:
    return one.failure.detail.rstrip(".") if one.failure is not None else ""


def _still(asks: str, trial: Trial, say: Say) -> Line:
    """What is still to come; with nobody to ask nothing comes."""
    if not trial.hosts:
        return Line(asks, say("not asked: the settings name no neutral sites"), Lamp.EMPTY)
    return Line(asks, say("looking…"), Lamp.EMPTY, pending=True)
