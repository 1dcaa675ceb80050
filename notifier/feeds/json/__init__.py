"""Any JSON document, by a person's own expressions (JMESPath) and words. Knows no vendor.

Written from a description, which is the person's own: nothing but the expressions is trusted to
find the state, and nothing but their words to be good.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from notifier.feeds.plan import Origin, Plan, Want, address
from notifier.feeds.shape import LINE, Unreadable, body_of, document, plain, unknown
from notifier.feeds.stamps import later, stamp
from notifier.model.health import Health, failing, worst
from notifier.model.observation import (
    Incident,
    Maintenance,
    MaintenancePhase,
    Part,
    PartName,
    Phase,
    Report,
)
from notifier.model.service import Legend

TITLE = "any JSON document, by expressions of your own"
ORIGIN = Origin.DESCRIBED

_ONLY_ONE = "said"
"""The id of what a document tells: it tells of one thing at a time."""


def plans(url: str) -> tuple[Plan, ...]:
    """The document at `url` itself, as it is."""
    return (Plan("document", (Want("document", address(url)),)),)


def read(plan: str, bodies: Mapping[str, bytes]) -> Report:
    """Nothing: where the state stands only a person can say (`read_by`).

    Raises:
        Unreadable: always.
    """
    del plan, bodies
    raise Unreadable(
        "Where the state stands in this document is for you to say: "
        'in settings.toml, as "json" beside engine = "json".'
    )


def read_by(legend: Legend, bodies: Mapping[str, bytes]) -> Report:
    """What the document says, read as `legend` says.

    The state is a word; or a list of words, of which the worst counts; or parts by name, either
    `{name: word}` or a list of `{name, state}`. Of several a state that is not there is unknown.

    Raises:
        Unreadable: it is no JSON, or the state is not there, or no time that must be there.
    """
    from notifier.feeds.json.expression import found_whole  # not loaded before there is one

    tree = document(body_of(bodies, "document"))
    found = found_whole(legend.state, tree)
    if found is None or found in ([], {}):
        raise Unreadable(f"“{plain(legend.state, LINE)}” finds no state in this document.")
    return _report(legend, tree, tuple(_signs(found)))


# -- what is found ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sign:
    """A state as it was found: its word, None where it is none; `name` where it is a part's."""

    word: str | None
    name: str | None = None


def _signs(found: object) -> Iterator[_Sign]:
    match found:
        case dict():
            for name, said in found.items():
                yield _Sign(_word(said), str(name))
        case list():
            for said in found:
                yield _of_a_list(said)
        case _:
            yield _Sign(_word(found))


def _of_a_list(said: object) -> _Sign:
    if not isinstance(said, dict):
        return _Sign(_word(said))
    name = _word(said.get("name"))
    return _Sign(_word(said.get("state")), name or "")


def _word(value: object) -> str | None:
    """A value as JSON writes it: `ok`, `true`, `1`; None for what is no single word."""
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            return None


# -- what it says ----------------------------------------------------------------------------


def _report(legend: Legend, tree: object, signs: tuple[_Sign, ...]) -> Report:
    """The page: parts where they have names, else its own word."""
    from notifier.feeds.json.expression import found

    meaning = legend.meaning()
    states = [meaning.get(sign.word or "", Health.UNKNOWN) for sign in signs]
    named = [(sign.name, state) for sign, state in zip(signs, states, strict=True)]
    parts = tuple(Part("", plain(name, LINE), state) for name, state in named if name is not None)
    alone = [state for name, state in named if name is None]
    as_of = None if legend.time is None else _time(found(legend.time, tree))
    if as_of is None and legend.fresh is not None:
        raise Unreadable("The document says no time, so nobody can say whether it speaks of now.")
    title = "" if legend.title is None else _text(found(legend.title, tree))
    state = worst(states)
    return Report(
        engine="json",
        name="",
        home="",
        indicator=worst(alone) if alone else None,
        parts=parts,
        incidents=_incidents(title, state, parts),
        maintenance=_maintenance(title, state),
        as_of=as_of,
        fresh_until=None if legend.fresh is None else later(as_of, timedelta(seconds=legend.fresh)),
        notes=tuple(_notes(legend, signs, as_of)),
    )


def _notes(legend: Legend, signs: tuple[_Sign, ...], as_of: datetime | None) -> Iterator[str]:
    yield from unknown("state", (sign.word for sign in signs if sign.word), legend.meaning())
    if any(sign.word is None for sign in signs):
        yield "a state that is no word"
    if legend.time is not None and as_of is None:
        yield "the time of the document is none that is known"


def _incidents(title: str, state: Health, parts: tuple[Part, ...]) -> tuple[Incident, ...]:
    """What the title tells, while something does not work; of the parts that are worst."""
    if not title or not (failing(state) or state is Health.UNKNOWN):
        return ()
    of = tuple(PartName("", part.name) for part in parts if part.health is state)
    return (Incident(_ONLY_ONE, title, Phase.INVESTIGATING, state, state, of),)


def _maintenance(title: str, state: Health) -> tuple[Maintenance, ...]:
    if not title or state is not Health.MAINTENANCE:
        return ()
    return (Maintenance(_ONLY_ONE, title, MaintenancePhase.IN_PROGRESS),)


def _text(found: object) -> str:
    """A title; several are one line."""
    several = found if isinstance(found, list) else [found]
    return plain("; ".join(word for one in several if (word := _word(one))), LINE)


_THOUSANDTHS = 1e11
"""From here on a number of seconds would be thousands of years ahead: thousandths are meant."""


def _time(found: object) -> datetime | None:
    """A time as feeds write it, or seconds since 1970 (or thousandths of them)."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return stamp(found)
    try:
        seconds = found / 1000 if abs(found) >= _THOUSANDTHS else found
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):  # no year of ours
        return None
