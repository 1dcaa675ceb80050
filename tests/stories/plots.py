"""Plots: random but plausible days, told to the real rules. A beat is one look, or time passing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.model.board import Machine
from notifier.model.event import Moved
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import (
    Answered,
    Failure,
    FailureKind,
    Incident,
    Outcome,
    Part,
    PartName,
    Phase,
    Reading,
    Refusal,
    Report,
    Says,
    Stage,
)
from notifier.model.service import KeySource, ProbeSource, SourceId
from tests.stories.story import (
    ALIVE,
    DEAD,
    ERROR_500,
    NOON,
    ONLINE,
    OVERLOADED,
    Story,
    story,
    tool,
)

ACCOUNT = KeySource(
    SourceId("key:claudia.test"), "https://claudia.test/v1/models", "openai", "bearer", "claudia"
)
SERVER = ProbeSource(SourceId("probe:llama"), "http://127.0.0.1:11434/", "ollama", local=True)

SERVICES = (
    tool("chatty", parts=("Chat", "Login")),
    tool("claudia", account=ACCOUNT),
    tool("campus", page=False),
    tool("llama", page=False, probe=SERVER),
)
PAGES = ("page:status.chatty.test", "page:status.claudia.test")
DOORS = ("probe:chatty.test", "probe:claudia.test", "probe:campus.test")
BESIDE = (ACCOUNT.id, SERVER.id)
"""An account with a vendor, and a model server on this computer."""
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
    """After `wait` seconds one look comes home, or the computer is in other circumstances or has
    slept; without any of these only time passes.
    """

    wait: float
    source: str = ""
    outcome: Outcome | None = None
    confirming: bool = False
    machine: Machine | None = None
    slept: bool = False


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
kept_away = st.sampled_from([Failure(kind, kind.value) for kind in FailureKind])
"""Any way not to reach a front door, a neutral host or an account."""

ACCEPTED = Reading(Says.REACHABLE, Stage.ACCOUNT, "HTTP 200", status=200)
LIMITED = Reading(Says.LIMITED, Stage.ACCOUNT, "HTTP 429", status=429)
REFUSED = tuple(
    Reading(Says.ACCOUNT, Stage.ACCOUNT, "HTTP 401", status=401, refusal=refusal)
    for refusal in Refusal
)
TIMED_OUT = Reading(Says.FAILING, Stage.CONNECT, "silent", silence=FailureKind.TIMEOUT)

door_says = st.sampled_from([ALIVE, ALIVE, ALIVE, DEAD, DEAD, TIMED_OUT, ERROR_500, OVERLOADED])
account_says = st.sampled_from([ACCEPTED, ACCEPTED, LIMITED, *REFUSED, ERROR_500, DEAD])
neutral_says = st.sampled_from([ONLINE, ONLINE, Answered("HTTP 204", ahead=200_000.0)])
machines = st.builds(Machine, st.booleans(), st.booleans(), st.booleans(), st.booleans())


def looks() -> st.SearchStrategy[Beat]:
    """Any one look, at anything, that says anything."""
    whatever = st.one_of(door_says, kept_away)
    return st.one_of(
        st.builds(Beat, waits, st.sampled_from(PAGES), reports()),
        st.builds(Beat, waits, st.sampled_from(PAGES), failures),
        st.builds(Beat, waits, st.sampled_from(DOORS), door_says, st.booleans()),
        st.builds(Beat, waits, st.sampled_from(DOORS), kept_away, st.booleans()),
        st.builds(Beat, waits, st.just(ACCOUNT.id), account_says, st.booleans()),
        st.builds(Beat, waits, st.just(ACCOUNT.id), kept_away, st.booleans()),
        st.builds(Beat, waits, st.just(SERVER.id), whatever),
        st.builds(Beat, waits, st.sampled_from(NEUTRAL), neutral_says),
        st.builds(Beat, waits, st.sampled_from(NEUTRAL), kept_away),
    )


def beats() -> st.SearchStrategy[Beat]:
    """Any one beat."""
    return st.one_of(
        looks(),
        looks(),
        looks(),
        st.builds(Beat, waits),
        st.builds(Beat, waits, machine=machines),
        st.builds(Beat, waits, slept=st.just(True)),
    )


@st.composite
def falls(draw: Any) -> Plot:
    """A front door, or the account, that fails, and fails again with a control between."""
    source = draw(st.sampled_from([*DOORS, ACCOUNT.id]))
    outcome = draw(st.one_of(st.sampled_from([DEAD, TIMED_OUT, OVERLOADED]), kept_away))
    return (
        Beat(draw(waits), source, outcome),
        Beat(1.0, draw(st.sampled_from(NEUTRAL)), ONLINE),
        Beat(12.0, source, outcome, confirming=True),
    )


def scenes() -> st.SearchStrategy[Plot]:
    """A beat or, one time in four, a fall."""
    one = beats().map(lambda beat: (beat,))
    return st.one_of(one, one, one, falls())


def plots(most: int = 25) -> st.SearchStrategy[Plot]:
    """Any day."""
    return st.lists(scenes(), min_size=1, max_size=most).map(_flat)


def _flat(scenes: Iterable[Plot]) -> Plot:
    return tuple(beat for scene in scenes for beat in scene)


def opening() -> Plot:
    """Everything looked at once, and well: what most days begin with."""
    parts = tuple(Part(f"id-{name}", name, Health.OPERATIONAL) for name in NAMES)
    well = Report("statuspage", "Vendor", "https://status.test/", None, parts)
    return (
        *(Beat(0.0, page, well) for page in PAGES),
        *(Beat(0.0, door, ALIVE) for door in (*DOORS, SERVER.id)),
        Beat(0.0, ACCOUNT.id, ACCEPTED),
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
    if beat.slept:
        return tale.wake(beat.wait)
    if beat.machine is not None:
        return tale.wait(beat.wait).happen(Moved(tale.at, beat.machine))
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
