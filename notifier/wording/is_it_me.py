"""*Is it me?* in four lines: your network, their front door, their page, your account."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from notifier.model.board import Link
from notifier.model.health import Health
from notifier.model.key import KeyState
from notifier.model.moment import Moment
from notifier.model.observation import Says
from notifier.model.picture import KeyFate, Lamp, Picture, Row, ShownAccount, ShownServer
from notifier.model.verdict import Cause, Evidence, EvidenceKind
from notifier.wording.say import Say
from notifier.wording.stages import way_of


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four. `at` is when that was seen; None where nothing has an age.

    `way` is how the look went, stage by stage. With `wants_key` a key could be set that answers it.
    """

    asks: str
    says: str
    lamp: Lamp
    at: Moment | None = None
    pending: bool = False
    way: str = ""
    wants_key: bool = False


_NETWORK = {
    Link.ONLINE: ("works", Lamp.CLEAR),
    Link.OFFLINE: ("this computer is offline", Lamp.TROUBLE),
    Link.CAPTIVE_PORTAL: ("a login page stands in the way: sign in to this network", Lamp.TROUBLE),
    Link.DNS: ("finds no names (DNS)", Lamp.TROUBLE),
    Link.PROXY: ("the proxy lets nothing through", Lamp.TROUBLE),
    Link.TLS_INTERCEPTION: ("something opens secure connections on the way", Lamp.TROUBLE),
    Link.CLOCK: ("works, but this computer's clock is wrong", Lamp.TROUBLE),
    Link.UNCLEAR: ("not clear yet", Lamp.BLIND),
}

_SAYS_NOTHING_OF_IT = frozenset({EvidenceKind.LOCAL, EvidenceKind.PERSON, EvidenceKind.UPSTREAM})
"""Evidence for which no network was used."""

_NO_WAY_THERE = ("works, but not the way there: a VPN or a firewall may be in it", Lamp.TROUBLE)

_DOOR = {
    Says.REACHABLE.value: ("answers", Lamp.CLEAR),
    Says.ALIVE.value: ("answers", Lamp.CLEAR),
    Says.LIMITED.value: ("answers, and asks us to come less often", Lamp.CLEAR),
    Says.ACCOUNT.value: ("answers", Lamp.CLEAR),
    Says.OVERLOADED.value: ("answers that it is overloaded", Lamp.WATCH),
    Says.FAILING.value: ("does not answer as it should", Lamp.TROUBLE),
    "unreadable": ("could not be asked", Lamp.BLIND),
}

_PAGE = {
    Health.OPERATIONAL.value: ("reports no problem", Lamp.CLEAR),
    Health.MAINTENANCE.value: ("announces maintenance", Lamp.MAINTENANCE),
    Health.UNKNOWN.value: ("does not say", Lamp.BLIND),
    Health.DEGRADED.value: ("reports degraded performance", Lamp.WATCH),
    Health.PARTIAL_OUTAGE.value: ("reports a partial outage", Lamp.TROUBLE),
    Health.MAJOR_OUTAGE.value: ("reports a major outage", Lamp.TROUBLE),
    "unreadable": ("could not be read", Lamp.BLIND),
    "stale": ("has not been renewed by them", Lamp.BLIND),
}

_ACCOUNT = {
    Says.ALIVE.value: ("your key works", Lamp.CLEAR),
    Says.REACHABLE.value: ("your key was not asked about", Lamp.BLIND),
    Says.LIMITED.value: ("your key has reached a limit of speed", Lamp.CLEAR),
    Says.ACCOUNT.value: ("your account is refused", Lamp.WATCH),
    Says.OVERLOADED.value: ("a real request is answered with: overloaded", Lamp.WATCH),
    Says.FAILING.value: ("a real request fails", Lamp.TROUBLE),
    "unreadable": ("could not be asked", Lamp.BLIND),
}

_REFUSED = {
    Cause.KEY_REJECTED: "your key is refused: renew it",
    Cause.QUOTA_EXHAUSTED: "your quota is used up",
    Cause.PAYMENT: "a payment is asked for",
    Cause.REGION: "not offered in the place you are in",
}

_SLOW_DOWN = "your key works, and you are asked to slow down"

_STORES = {
    KeyState.READ: "your key was not given out",
    KeyState.ABSENT: "not checked: your key store no longer has the key",
    KeyState.WAITING: "waiting for your key store…",
    KeyState.LOCKED: "not checked: your key store is locked",
    KeyState.NO_STORE: "not checked: there is no key store",
    KeyState.FOREIGN: "not checked: the key store is another user's",
    KeyState.PLAIN_TEXT: "not checked: your key store keeps plain text, so it is not used",
    KeyState.HANGING: "not checked: your key store does not answer",
    KeyState.BROKEN: "not checked: your key store failed",
}

_NOT_SAID = ("does not say", Lamp.BLIND)


def lines(picture: Picture, row: Row, say: Say, asked_at: Moment | None) -> tuple[Line, ...]:
    """The four lines for `row`, from the picture alone.

    `asked_at` is when *Check now* was pressed: what was seen before counts as still to come, and
    says so. None once nobody waits any more.
    """
    return (
        _network(picture, row, say, asked_at),
        door(row, say, asked_at),
        _page(row, say, asked_at),
        _account(row, say, asked_at),
    )


def sentence(line: Line, age: str, say: Say) -> str:
    """A line as it is read aloud."""
    if not age:
        return say("{asks}: {says}.", asks=line.asks, says=line.says)
    return say("{asks}: {says}, {age}.", asks=line.asks, says=line.says, age=age)


def _network(picture: Picture, row: Row, say: Say, asked_at: Moment | None) -> Line:
    asks = say("Your network")
    if row.service.local:
        return Line(asks, say("is not needed for it"), Lamp.EMPTY)
    seen = newest(
        line
        for one in picture.rows
        for line in one.verdict.evidence
        if line.kind not in _SAYS_NOTHING_OF_IT
    )
    if _awaited(seen, asked_at):
        return _looking(asks, say)
    connection = picture.connection
    text, lamp = _NETWORK[connection.link]
    if row.verdict.cause is Cause.ROUTE and connection.link is Link.ONLINE:
        text, lamp = _NO_WAY_THERE
    says = say(text)
    if connection.link is Link.ONLINE and connection.asked:
        counted = say.plural(
            "{answered} of {count} other site answered",
            "{answered} of {count} other sites answered",
            connection.asked,
            answered=connection.answered,
        )
        says = say("{state}: {counted}", state=says, counted=counted)
    return Line(asks, says, lamp, seen.at if seen else None)


def answer(row: Row, say: Say, asked_at: Moment | None) -> Line:
    """Whether a service answers at all: at its front door, else by its page."""
    found = door if row.service.probe is not None else _page
    return found(row, say, asked_at)


def door(row: Row, say: Say, asked_at: Moment | None) -> Line:
    """Whether their front door answers."""
    asks = say("The program" if row.service.local else "Their front door")
    if row.server is not None and row.server.checked is not None:
        return _server(row.server, asks, say, asked_at)
    if row.service.probe is None:
        return Line(asks, say("there is none to knock at without an account"), Lamp.EMPTY)
    seen = newest(_of(row, EvidenceKind.PROBE, EvidenceKind.LOCAL))
    return _from(seen, _DOOR, asks, say, asked_at)


def _page(row: Row, say: Say, asked_at: Moment | None) -> Line:
    asks = say("Its page" if row.service.local else "Their page")
    if row.service.local and row.service.page is None:
        return Line(asks, say("it has none"), Lamp.EMPTY)
    if row.service.page is None:
        why = row.service.no_page or say("they have none we could read")
        return Line(asks, say("{why}", why=why), Lamp.EMPTY)
    return _from(newest(_of(row, EvidenceKind.PAGE)), _PAGE, asks, say, asked_at)


def _account(row: Row, say: Say, asked_at: Moment | None) -> Line:
    """The person's account, by a key of theirs; without one, whether there could be one."""
    asks, shown = say("Your account"), row.account
    seen = newest(_of(row, EvidenceKind.KEY))
    if row.service.local:
        return Line(asks, say("it needs none"), Lamp.EMPTY)
    if row.verdict.refused is not None and (shown is None or not shown.kept):
        return Line(asks, say(_REFUSED[row.verdict.refused]), Lamp.WATCH)
    if seen is None and (row.service.key_place is None or row.service.key_place.page):
        return Line(asks, say("cannot be checked from here"), Lamp.EMPTY)
    if shown is not None and not shown.kept:
        return Line(asks, say("not checked: no key"), Lamp.EMPTY, wants_key=True)
    if shown is not None and shown.store is not None:
        waits = shown.store is KeyState.WAITING
        lamp = Lamp.EMPTY if waits else Lamp.BLIND
        return Line(asks, say(_STORES[shown.store]), lamp, shown.checked, pending=waits)
    line = _from(seen, _ACCOUNT, asks, say, asked_at)
    how = _how(shown)
    return line if line.pending or not how else replace(line, says=say(how))


def _how(shown: ShownAccount | None) -> str:
    """What the vendor does with the key, where that is shorter than what came; else empty."""
    if shown is None or shown.fate is KeyFate.LIMITED:
        return "" if shown is None else _SLOW_DOWN
    return "" if shown.refusal is None else _REFUSED[Cause(shown.refusal.value)]


def _server(shown: ShownServer, asks: str, say: Say, asked_at: Moment | None) -> Line:
    if asked_at is not None and (shown.checked is None or shown.checked.steady < asked_at.steady):
        return _looking(asks, say)
    says = shown.words[:1].lower() + shown.words[1:].rstrip(".")
    return Line(asks, says.removeprefix("it "), shown.lamp, shown.checked)


def _from(
    seen: Evidence | None,
    words: dict[str, tuple[str, Lamp]],
    asks: str,
    say: Say,
    asked_at: Moment | None,
) -> Line:
    if _awaited(seen, asked_at):
        return _looking(asks, say)
    if seen is None:
        return Line(asks, say("not looked yet"), Lamp.BLIND)
    text, lamp = words.get(seen.says, _NOT_SAID)
    says = say(text)
    # A page's detail is about oddities of the document, which answer nothing here.
    if seen.detail and (seen.stage is not None or seen.says == "unreadable"):
        says = say("{state} ({detail})", state=says, detail=seen.detail.rstrip("."))
    return Line(asks, says, lamp, seen.at, way=way_of(seen, say))


def _awaited(seen: Evidence | None, asked_at: Moment | None) -> bool:
    return asked_at is not None and (seen is None or seen.at.steady < asked_at.steady)


def _looking(asks: str, say: Say) -> Line:
    return Line(asks, say("looking…"), Lamp.EMPTY, pending=True)


def _of(row: Row, *kinds: EvidenceKind) -> tuple[Evidence, ...]:
    return tuple(line for line in row.verdict.evidence if line.kind in kinds)


def newest(evidence: Iterable[Evidence]) -> Evidence | None:
    """The youngest piece of evidence."""
    return max(evidence, key=lambda line: line.at.steady, default=None)
