"""A story: looks go in on a virtual clock, what the person hears comes out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from notifier.judgement.update import Step, update
from notifier.model.announcement import Announcement, Reason, Withheld
from notifier.model.board import Board
from notifier.model.effect import Announce, Hush, LookAt, Withdraw
from notifier.model.event import (
    Asked,
    Event,
    Heard,
    Observed,
    Reachable,
    Reconfigured,
    Started,
    Ticked,
    Unheard,
    Wish,
    Woke,
)
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import (
    Answered,
    Failure,
    FailureKind,
    Incident,
    Maintenance,
    Observation,
    Outcome,
    Part,
    PartName,
    Phase,
    Reading,
    Report,
    Says,
    Stage,
)
from notifier.model.service import (
    FeedSource,
    PartRef,
    ProbeSource,
    ReferenceSource,
    Service,
    ServiceId,
    ServiceKey,
    SourceId,
)
from notifier.model.settings import Settings
from notifier.model.verdict import Verdict

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def page_of(vendor: str) -> FeedSource:
    return FeedSource(
        SourceId(f"page:status.{vendor}.test"),
        f"https://status.{vendor}.test/",
        "statuspage",
        vendor,
    )


def door_of(vendor: str) -> ProbeSource:
    return ProbeSource(SourceId(f"probe:{vendor}.test"), f"https://{vendor}.test/", "plain")


def tool(
    name: str, *, parts: tuple[str, ...] = (), door: bool = True, page: bool = True, **more: object
) -> Service:
    """A service of a vendor of its own, with page and front door unless said otherwise."""
    service = Service(
        key=ServiceKey(name),
        id=ServiceId(name),
        name=name.title(),
        home=f"https://{name}.test/",
        can=("chat",),
        page=page_of(name) if page else None,
        probe=door_of(name) if door else None,
        parts=tuple(PartRef(name=part) for part in parts),
    )
    return replace(service, **more)  # type: ignore[arg-type]


REFERENCES = tuple(
    ReferenceSource(SourceId(f"reference:neutral{n}.test"), f"http://neutral{n}.test/")
    for n in range(3)
)


def report(
    health: Health = Health.OPERATIONAL,
    *incidents: Incident,
    maintenance: tuple[Maintenance, ...] = (),
    indicator: Health | None = None,
    **parts: Health,
) -> Report:
    """A page in one state; `parts` by name, else one part called Chat."""
    named = parts or {"Chat": health}
    return Report(
        engine="statuspage",
        name="Vendor",
        home="https://status.test/",
        indicator=indicator or health,
        parts=tuple(Part(f"id-{name}", name, state) for name, state in named.items()),
        incidents=incidents,
        maintenance=maintenance,
    )


def incident(
    id_: str, floor: Health, *parts: str, phase: Phase = Phase.INVESTIGATING, **more: object
) -> Incident:
    named = tuple(PartName(f"id-{part}", part) for part in parts)
    kept = Incident(id_, "Elevated errors", phase, floor, floor, named)
    return replace(kept, **more)  # type: ignore[arg-type]


ALIVE = Reading(Says.REACHABLE, Stage.FRONT, "HTTP 200", status=200)
DEAD = Reading(Says.FAILING, Stage.CONNECT, "no answer")
ERROR_500 = Reading(Says.FAILING, Stage.FRONT, "HTTP 500", status=500)
OVERLOADED = Reading(Says.OVERLOADED, Stage.FRONT, "HTTP 529", status=529)
ONLINE = Answered("HTTP 204")
NO_ROUTE = Failure(FailureKind.OFFLINE, "no route")
SILENCE = Failure(FailureKind.TIMEOUT, "no answer in 20 s")
LOGIN_PAGE = Failure(FailureKind.WEB_PAGE, "a web page")
GARBAGE = Failure(FailureKind.UNREADABLE, "not JSON")


@dataclass
class Story:
    """The rules at work, told event by event; the daemon takes every notice unless told not to."""

    settings: Settings
    board: Board = field(default_factory=Board)
    at: Moment = Moment(NOON, 1000.0)
    daemon: bool = True
    heard: list[Announcement] = field(default_factory=list)
    silences: list[Withheld] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    orders: list[LookAt] = field(default_factory=list)

    def start(self) -> "Story":
        return self.happen(Started(self.at))

    def wait(self, seconds: float) -> "Story":
        self.at = self.at.later(seconds)
        return self

    def tick(self, seconds: float = 0) -> "Story":
        self.wait(seconds)
        return self.happen(Ticked(self.at))

    def wake(self, slept: float) -> "Story":
        self.wait(slept)
        return self.happen(Woke(self.at))

    def ask(self, wish: Wish, key: str | None = None, **more: object) -> "Story":
        service = None if key is None else ServiceKey(key)
        return self.happen(Asked(self.at, wish, service, **more))  # type: ignore[arg-type]

    def choose(self, settings: Settings) -> "Story":
        self.settings = settings
        return self.happen(Reconfigured(self.at))

    def daemon_appears(self) -> "Story":
        self.daemon = True
        return self.happen(Reachable(self.at))

    def look(self, source: str, outcome: Outcome, *, confirming: bool = False) -> "Story":
        """One look comes home now; `source` is a source id, or a service for its page."""
        seen = Observation(
            source=self._id(source),
            began=self.at,
            at=self.at,
            outcome=outcome,
            confirming=confirming,
            fresh=confirming,
        )
        return self.happen(Observed(self.at, seen))

    def page(self, key: str, outcome: Outcome) -> "Story":
        return self.look(f"page:status.{key}.test", outcome)

    def door(self, key: str, outcome: Outcome, *, confirming: bool = False) -> "Story":
        return self.look(f"probe:{key}.test", outcome, confirming=confirming)

    def references(self, outcome: Outcome) -> "Story":
        for reference in REFERENCES:
            self.look(reference.id, outcome)
        return self

    def _id(self, source: str) -> SourceId:
        assert SourceId(source) in self.settings.sources, source
        return SourceId(source)

    def happen(self, event: Event) -> "Story":
        step = update(self.board, event, self.settings)
        self.board = step.board
        for announcement in self._outward(step):
            answer: Event = (
                Heard(self.at, announcement.id, "story", announcement.id)
                if self.daemon
                else Unheard(self.at, announcement.id, "no daemon")
            )
            if self.daemon:
                self.heard.append(announcement)
            self.happen(answer)
        return self

    def _outward(self, step: Step) -> Iterator[Announcement]:
        announced = []
        for effect in step.effects:
            if isinstance(effect, Announce):
                announced.append(effect.announcement)
            elif isinstance(effect, Hush):
                self.silences.append(effect.withheld)
            elif isinstance(effect, Withdraw):
                self.withdrawn.append(effect.notice)
            elif isinstance(effect, LookAt):
                self.orders.append(effect)
        yield from announced

    @property
    def reasons(self) -> list[Reason]:
        """What the person heard, in order."""
        return [announcement.reason for announcement in self.heard]

    def verdict(self, key: str) -> Verdict:
        return self.board.standings[ServiceKey(key)].verdict

    def health(self, key: str) -> Health:
        return self.verdict(key).health


def story(*services: Service, others: tuple[Service, ...] = (), **more: object) -> Story:
    """A program just started, watching `services`, with three neutral references."""
    settings = Settings(services=services, others=others, references=REFERENCES, **more)  # type: ignore[arg-type]
    return Story(settings).start()
