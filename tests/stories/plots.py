"""Plots: random but plausible days, told to the real rules. A beat is one look, or time passing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import (
    Failure,
    FailureKind,
    Incident,
    Outcome,
    Part,
    PartName,
    Phase,
    Report,
)
from tests.stories.story import ALIVE, DEAD, NOON, ONLINE, OVERLOADED, Story, story, tool

SERVICES = (
    tool("chatty", parts=("Chat", "Login")),
    tool("claudia"),
    tool("campus", page=False),
)
PAGES = ("page:status.chatty.test", "page:status.claudia.test")
DOORS = ("probe:chatty.test", "probe:claudia.test", "probe:campus.test")
NEUTRAL = tuple(f"reference:neutral{n}.test" for n in range(3))

NAMES = ("Chat", "Login", "Voice", "API")

UNREADABLE = tuple(
    Failure(kind, kind.value)
    for kind in FailureKind
    if kind not in (FailureKind.OFFLINE, FailureKind.WEB_PAGE, FailureKind.REDIRECTED)
)
"""Looks at a page that bring nothing, and that say nothing about our own connection alone."""


@dataclass(frozen=True)
class Beat:
    """After `wait` seconds one look comes home; without a `source` only time passes."""

    wait: float
    source: str = ""
    outcome: Outcome | None = None
    confirming: bool = False


Plot = tuple[Beat, ...]

healths = st.sampled_from(list(Health))


@st.composite
def reports(draw: Any) -> Report:
    """A page: up to four parts in any states, up to two incidents about any of them."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    parts = tuple(Part(f"id-{name}", name, draw(healths)) for name in names)
    ids = draw(st.sampled_from([(), ("i1",), ("i2",), ("i1", "i2")]))
    return Report(
        engine="statuspage",
        name="Vendor",
        home="https://status.test/",
        indicator=draw(st.none() | healths),
        parts=parts,
        incidents=tuple(draw(incidents(id_)) for id_ in ids),
    )


@st.composite
def incidents(draw: Any, id_: str) -> Incident:
    """One incident in any phase; its floor is what the engines make of phase and impact."""
    phase = draw(st.sampled_from([*Phase, Phase.INVESTIGATING, Phase.IDENTIFIED]))
    impact = draw(healths)
    named = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    return Incident(
        id=id_,
        title="Elevated errors",
        phase=phase,
        impact=impact,
        floor=impact if phase not in (Phase.RESOLVED, Phase.POSTMORTEM) else Health.OPERATIONAL,
        parts=tuple(PartName(f"id-{name}", name) for name in named),
        started_at=draw(st.sampled_from([None, *map(_before_noon, (0, 600, 1800, 3600))])),
    )


def _before_noon(seconds: int) -> Any:
    return NOON - timedelta(seconds=seconds)


waits = st.sampled_from([0.0, 1.0, 12.0, 30.0, 55.0, 60.0, 90.0, 240.0, 1200.0])
failures = st.sampled_from([*UNREADABLE, Failure(FailureKind.OFFLINE, "no route")])


def beats() -> st.SearchStrategy[Beat]:
    """Any one beat."""
    return st.one_of(
        st.builds(Beat, waits, st.sampled_from(PAGES), reports()),
        st.builds(Beat, waits, st.sampled_from(PAGES), failures),
        st.builds(
            Beat,
            waits,
            st.sampled_from(DOORS),
            st.sampled_from([ALIVE, ALIVE, DEAD, OVERLOADED]),
            st.booleans(),
        ),
        st.builds(Beat, waits, st.sampled_from(NEUTRAL), st.sampled_from([ONLINE, ONLINE])),
        st.builds(Beat, waits, st.sampled_from(NEUTRAL), failures),
        st.builds(Beat, waits),
    )


def plots(most: int = 25) -> st.SearchStrategy[Plot]:
    """Any day."""
    return st.lists(beats(), min_size=1, max_size=most).map(tuple)


def opening() -> Plot:
    """Everything looked at once, and well: what most days begin with."""
    parts = tuple(Part(f"id-{name}", name, Health.OPERATIONAL) for name in NAMES)
    well = Report("statuspage", "Vendor", "https://status.test/", None, parts)
    return (
        *(Beat(0.0, page, well) for page in PAGES),
        *(Beat(0.0, door, ALIVE) for door in DOORS),
    )


def begun(at: Moment | None = None) -> Story:
    """The program just started, watching three services of three vendors."""
    tale = story(*SERVICES)
    return tale if at is None else Story(tale.settings, at=at).start()


def tell(plot: Iterable[Beat], tale: Story | None = None) -> Story:
    """Let a plot happen."""
    tale = tale or begun()
    for beat in plot:
        happen(tale, beat)
    return tale


def happen(tale: Story, beat: Beat) -> Story:
    """Let one beat happen."""
    if beat.outcome is None:
        return tale.tick(beat.wait)
    return tale.wait(beat.wait).look(beat.source, beat.outcome, confirming=beat.confirming)


def with_outcome(beat: Beat, outcome: Outcome) -> Beat:
    """The same beat, bringing something else."""
    return replace(beat, outcome=outcome)


def heard(tale: Story) -> list[tuple[object, ...]]:
    """Every notice as a person would compare two: why, about what, how bad, how long."""
    return [
        (
            announcement.reason.value,
            *(
                (
                    subject.service.key,
                    subject.verdict.health.value,
                    subject.verdict.confidence,
                    subject.duration,
                )
                for subject in announcement.subjects
            ),
        )
        for announcement in tale.heard
    ]


def threads(tale: Story) -> list[tuple[object, ...]]:
    """Every outage on the board: of what, from when to when, how bad at worst."""
    return [
        (one.services, one.opened - tale.at.utc, one.worst, one.closed is None)
        for one in tale.board.threads.values()
    ]


def silences(tale: Story) -> list[tuple[object, ...]]:
    """Every silence: about what, and why."""
    return [(one.services, one.reason.value, one.would_be) for one in tale.silences]


def check(examples: int, holds: Any, **drawn: st.SearchStrategy[Any]) -> None:
    """See whether `holds` does, for so many examples."""
    settings(max_examples=examples, deadline=None)(given(**drawn)(holds))()
