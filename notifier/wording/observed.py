"""What a proof says was observed here: front doors, our own connection, and who looked when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from notifier.model.address import told_to_others
from notifier.model.board import CUT_OFF, Link
from notifier.model.dossier import Door, Dossier, Spell
from notifier.model.observation import FailureKind, Stage
from notifier.model.service import Service, host_of
from notifier.model.trace import ASLEEP, NOT_LOOKING, Break
from notifier.wording.dated import Dated
from notifier.wording.say import Say

BELOW = "\n  "
"""Between what is said of one thing: each sentence stands on a line of its own."""

MOST = 6
"""Lines of one kind; what is left out is counted."""

SHORTEST_GAP = timedelta(minutes=3)
"""What is shorter a good reading outlives: it is no gap."""

_AT = {
    Stage.DNS: "at the name",
    Stage.CONNECT: "at the connection",
    Stage.TLS: "at the secure connection",
    Stage.FRONT: "at the answer",
    Stage.PRODUCT: "at the product",
    Stage.ACCOUNT: "at the account",
}

_SILENCES = {
    FailureKind.OFFLINE: "there was no way out of this computer",
    FailureKind.DNS: "its name was not found",
    FailureKind.REFUSED: "the connection was refused",
    FailureKind.RESET: "the connection was cut",
    FailureKind.TLS: "no secure connection came about",
    FailureKind.CERTIFICATE_DATE: "the certificate was out of date",
    FailureKind.CERTIFICATE_ISSUER: "the certificate was issued by nobody known",
    FailureKind.CERTIFICATE_NAME: "the certificate was made out to another name",
    FailureKind.TIMEOUT: "nothing came in time",
    FailureKind.PROXY: "the proxy did not let it through",
    FailureKind.TRUNCATED: "the answer broke off",
    FailureKind.WEB_PAGE: "something else answered in its place",
    FailureKind.REDIRECTED: "it was sent elsewhere",
}

_LINKS: Mapping[str, str] = {
    Link.OFFLINE.value: "This computer was offline from {begins} to {ends}.",
    Link.CAPTIVE_PORTAL.value: "The network wanted a sign-in from {begins} to {ends}.",
    Link.DNS.value: "The network found no names from {begins} to {ends}.",
    Link.PROXY.value: "The proxy let nothing through from {begins} to {ends}.",
    Link.TLS_INTERCEPTION.value: (
        "Something in the network opened secure connections from {begins} to {ends}."
    ),
    Link.CLOCK.value: "This computer's clock was wrong from {begins} to {ends}.",
}

_GAPS = {
    ASLEEP: "Not looked between {begins} and {ends}: the computer slept.",
    NOT_LOOKING: "Not looked between {begins} and {ends}: AI Notifier was not running.",
}


def observed(found: Dossier, service: Service, dated: Dated) -> tuple[str, ...]:
    """The lines under *Observed here*."""
    return (
        *_doors(found, service, dated),
        _connection(found, dated),
        *_cut(_links(found, dated), dated.say),
        *_cut(_gaps(found, dated), dated.say),
        *_nobody_looks(found, dated),
    )


# -- front doors ---------------------------------------------------------------------------


def _doors(found: Dossier, service: Service, dated: Dated) -> Iterator[str]:
    if not found.looking and not any(door.spells for door in found.doors):
        yield dated.say("What was seen from here is not kept any more.")
    elif not found.doors:
        yield dated.say("Nothing: it has no front door that is looked at.")
    else:
        for door in found.doors:
            yield BELOW.join(_door(door, found, _name(door, service, dated.say), dated))


def _name(door: Door, service: Service, say: Say) -> str:
    """What was asked, by its host where that is none of the person's own."""
    asked = service.account if door.source.startswith("key:") else service.probe
    host = host_of(told_to_others(asked.url)) if asked is not None else ""
    if door.source.startswith("key:"):
        return say("Asked with a key ({host})", host=host) if host else say("Asked with a key")
    return say("Front door ({host})", host=host) if host else say("Front door")


def _door(door: Door, found: Dossier, name: str, dated: Dated) -> Iterator[str]:
    say, failures = dated.say, door.failures
    if failures:
        yield _failed(door, name, dated)
        yield from _broke(failures, say)
        yield from _afterwards(door, found, dated)
    elif door.slowness:
        yield say("{name}: it answered, but slowly beside its own usual time.", name=name)
    elif door.looked:
        yield say.plural(
            "{name}: nothing; it answered at {count} look.",
            "{name}: nothing; it answered at each of {count} looks.",
            door.looked,
            name=name,
        )
    else:
        yield say("{name}: nothing; no look at it is kept.", name=name)
    for slow in door.slowness[:MOST]:
        yield say(
            "It was slow from {begins} to {ends}.",
            begins=dated.time(slow.began),
            ends=dated.time(slow.seen_until),
        )
    if door.lost:
        yield say.plural(
            "{count} more look found no way there, which may have been this computer's network.",
            "{count} more looks found no way there, which may have been this computer's network.",
            door.lost,
        )


def _failed(door: Door, name: str, dated: Dated) -> str:
    say, failures = dated.say, door.failures
    begins, ends = dated.time(failures[0].began), dated.time(failures[-1].seen_until)
    failed = sum(spell.looks for spell in failures)
    if not failed:
        return say(
            "{name}: it failed from {begins} to {ends}.", name=name, begins=begins, ends=ends
        )
    return say.plural(
        "{name}: it failed at {failed} of {count} look, at {begins}.",
        "{name}: it failed at {failed} of {count} looks, from {begins} to {ends}.",
        door.looked,
        name=name,
        failed=failed,
        begins=begins,
        ends=ends,
    )


def _broke(failures: tuple[Spell, ...], say: Say) -> Iterator[str]:
    """How the first and the last of them failed; of those between it is not known."""
    first, last = failures[0].first, failures[-1].latest
    if first is None or last is None:
        return
    how, then = _how(first, say), _how(last, say)
    if how == then:
        yield say("At the first and at the last of them {how}.", how=how)
    else:
        yield say("At the first of them {how}; at the last {then}.", how=how, then=then)


def _how(broke: Break, say: Say) -> str:
    if broke.status is not None:
        return say("it answered HTTP {status}", status=broke.status)
    silence = None if broke.silence is None else _SILENCES.get(broke.silence)
    what = say(silence or "no answer came")
    if broke.stage is None:
        return what
    return say("{what} ({where})", what=what, where=say(_AT[broke.stage]))


def _afterwards(door: Door, found: Dossier, dated: Dated) -> Iterator[str]:
    again = door.answered_again
    if again is not None:
        yield dated.say("It answered again at {time}.", time=dated.time(again))
    elif found.closed is None and found.watched:
        yield dated.say("It has not answered since.")
    else:
        yield dated.say("Whether it answered again was not seen.")


# -- our own side --------------------------------------------------------------------------


def _connection(found: Dossier, dated: Dated) -> str:
    """Who spoke for this computer's own connection when it began; the fullest count there is."""
    say, best = dated.say, max(found.vouched, key=lambda one: one.asked, default=None)
    if best is None or not best.asked:
        return say("This computer's connection was not checked with unrelated hosts.")
    time = dated.time(best.at)
    if not best.answered:
        return say.plural(
            "This computer's connection is in doubt: at {time} {count} unrelated host was asked and"
            " did not answer.",
            "This computer's connection is in doubt: at {time} {count} unrelated hosts were asked"
            " and none answered.",
            best.asked,
            time=time,
        )
    return say.plural(
        "This computer's connection was working: {answered} of {count} unrelated host at {time}.",
        "This computer's connection was working: {answered} of {count} unrelated hosts at {time}.",
        best.asked,
        answered=best.answered,
        time=time,
    )


def _links(found: Dossier, dated: Dated) -> Iterator[str]:
    for spell in found.link:
        if spell.state in _LINKS and Link(spell.state) in CUT_OFF:
            yield _between(_LINKS[spell.state], spell, found, dated)


def _gaps(found: Dossier, dated: Dated) -> Iterator[str]:
    for spell in found.looking:
        if spell.state in _GAPS and (spell.until or found.until) - spell.began >= SHORTEST_GAP:
            yield _between(_GAPS[spell.state], spell, found, dated)


def _between(message: str, spell: Spell, found: Dossier, dated: Dated) -> str:
    ends = dated.time(spell.until or found.until)
    return dated.say(message, begins=dated.time(spell.began), ends=ends)


def _nobody_looks(found: Dossier, dated: Dated) -> Iterator[str]:
    if not found.watched and found.closed is None:
        time = dated.time(found.until)
        yield dated.say("Not looked since {time}: AI Notifier is not running.", time=time)


def _cut(lines: Iterable[str], say: Say) -> Iterator[str]:
    kept = tuple(lines)
    yield from kept[:MOST]
    if len(kept) > MOST:
        more = len(kept) - MOST
        yield say.plural("And {count} more time.", "And {count} more times.", more)
