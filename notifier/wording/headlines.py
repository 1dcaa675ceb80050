"""The whole in one sentence or two, and our own connection in words."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from notifier.model.board import CUT_OFF, Connection, Link
from notifier.model.picture import Lamp, Row
from notifier.model.verdict import Cause, Whose
from notifier.wording.say import Say
from notifier.wording.times import clock, listed

_NETWORK = {
    Link.ONLINE: "Your network is fine.",
    Link.OFFLINE: "You are offline.",
    Link.CAPTIVE_PORTAL: "This network wants you to sign in first.",
    Link.DNS: "This network finds no names (DNS).",
    Link.PROXY: "The proxy lets nothing through.",
    Link.TLS_INTERCEPTION: "Something in this network opens secure connections.",
    Link.CLOCK: "This computer's clock is wrong.",
    Link.UNCLEAR: "",
}

_CONNECTION = {
    Link.ONLINE: "Your network is fine",
    Link.OFFLINE: "You are offline",
    Link.CAPTIVE_PORTAL: "This network wants you to sign in first",
    Link.DNS: "This network finds no names (DNS)",
    Link.PROXY: "The proxy lets nothing through",
    Link.TLS_INTERCEPTION: "Something in this network opens secure connections",
    Link.CLOCK: "This computer's clock is wrong",
    Link.UNCLEAR: "Whether your network is fine is not known yet",
}


def headline(
    say: Say,
    lamp: Lamp,
    rows: Sequence[Row],
    connection: Connection,
    *,
    paused: str = "",
    complaints: Sequence[str] = (),
) -> str:
    """The tooltip, the first line of the menu, the name of the icon.

    `rows` stand in order of urgency; `paused` is the time until which everything is silent, where
    it is known. `complaints` about the settings are spoken of where nothing else is known: they
    may be why.
    "Your network is fine" is said only where it was seen to be.
    """
    match lamp:
        case Lamp.PAUSED:
            return say("Paused until {time}.", time=paused) if paused else say("Paused.")
        case Lamp.TROUBLE | Lamp.WATCH:
            return _joined(say, _problems(say, rows), say(_NETWORK[connection.link]))
        case Lamp.BLIND:
            return _blind(say, rows, connection)
        case Lamp.MAINTENANCE:
            return _maintenance(say, rows)
        case Lamp.CLEAR:
            return _clear(say, [row for row in rows if row.lamp is Lamp.CLEAR])
        case Lamp.EMPTY:
            return rows[0].brief if rows else _nothing(say, complaints)


def _nothing(say: Say, complaints: Sequence[str]) -> str:
    if not complaints:
        return say("Nothing chosen yet.")
    return say("Nothing is watched: {why}", why=complaints[0])


def connection_sentence(say: Say, connection: Connection) -> str:
    """Our own connection, with how many hosts spoke for it."""
    sentence = say(_CONNECTION[connection.link])
    if not connection.asked:
        return say("{sentence}.", sentence=sentence)
    detail = connection_detail(say, connection)
    return say("{sentence} ({detail}).", sentence=sentence, detail=detail)


def connection_detail(say: Say, connection: Connection) -> str:
    """How many hosts spoke for our connection."""
    if not connection.asked:
        return say("no host was asked of late")
    return say.plural(
        "{answered} of {count} unrelated host answered",
        "{answered} of {count} unrelated hosts answered",
        connection.asked,
        answered=connection.answered,
    )


def pause_ends(say: Say, until: datetime | None, now: datetime, zone: tzinfo) -> str:
    """When a pause ends, by the person's clock; empty where nothing is paused."""
    return "" if until is None else clock(until, now, zone, say)


def _problems(say: Say, rows: Sequence[Row]) -> str:
    failing = [row for row in rows if row.lamp in (Lamp.TROUBLE, Lamp.WATCH)]
    if len(failing) == 1:
        return failing[0].brief
    return say.plural(
        "{count} tool has problems: {names}.",
        "{count} tools have problems: {names}.",
        len(failing),
        names=_names(say, failing),
    )


def _blind(say: Say, rows: Sequence[Row], connection: Connection) -> str:
    if connection.link in CUT_OFF:
        return _cut_off(say, rows, connection)
    blind = [row for row in rows if row.lamp is Lamp.BLIND]
    if all(row.verdict.cause is Cause.NOT_LOOKED_YET for row in blind):
        return say("The first look is under way.")
    unchecked = say.plural(
        "{count} tool could not be checked: {names}.",
        "{count} tools could not be checked: {names}.",
        len(blind),
        names=_names(say, blind),
    )
    clear = [row for row in rows if row.lamp is Lamp.CLEAR]
    return _joined(say, unchecked, _others_clear(say, clear))


def _cut_off(say: Say, rows: Sequence[Row], connection: Connection) -> str:
    network = say(_NETWORK[connection.link]).removesuffix(".")
    if all(row.verdict.whose is Whose.YOU for row in rows):
        return say("{network}: nothing can be checked.", network=network)
    return say("{network}: only what runs on this computer can be checked.", network=network)


def _maintenance(say: Say, rows: Sequence[Row]) -> str:
    planned = [row for row in rows if row.lamp is Lamp.MAINTENANCE]
    if len(planned) == 1:
        sentence = planned[0].brief
    else:
        sentence = say(
            "{count} tools are under maintenance: {names}.",
            count=len(planned),
            names=_names(say, planned),
        )
    clear = [row for row in rows if row.lamp is Lamp.CLEAR]
    return _joined(say, sentence, _others_clear(say, clear))


def _clear(say: Say, rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return rows[0].brief
    return say("No problem reported for your {count} tools.", count=len(rows))


def _others_clear(say: Say, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    return say.plural(
        "No problem reported for the other one.",
        "No problem reported for the other {count}.",
        len(rows),
    )


def _names(say: Say, rows: Sequence[Row]) -> str:
    return listed([row.service.name for row in rows], say)


def _joined(say: Say, first: str, second: str) -> str:
    return say("{first} {second}", first=first, second=second) if second else first
