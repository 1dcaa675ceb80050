"""A small world to look at: four tools, a board built by hand, everything seen 20 s ago."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from notifier import view
from notifier.model.announcement import (
    Announcement,
    NoticeId,
    Reason,
    Subject,
    Suggestion,
    ThreadId,
)
from notifier.model.board import Board, Connection, Link, Sight, Standing, Thread, Told
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import (
    Incident,
    Observation,
    Outcome,
    Part,
    PartName,
    Phase,
    Reading,
    Report,
    Says,
    Stage,
    Update,
)
from notifier.model.picture import Picture, Row
from notifier.model.service import (
    FeedSource,
    PartRef,
    ProbeSource,
    Service,
    ServiceId,
    ServiceKey,
    SourceId,
)
from notifier.model.settings import Settings
from notifier.model.verdict import (
    Cause,
    Confidence,
    Evidence,
    EvidenceKind,
    Verdict,
    Whose,
)
from notifier.wording.say import English

SAY = English()
NOW = Moment(datetime(2026, 11, 23, 17, 52, tzinfo=UTC), 1000.0)
SEEN = NOW.later(-20)
BEGAN = datetime(2026, 11, 23, 17, 41, tzinfo=UTC)
THREAD = ThreadId("t-20261123-1")


def page(vendor: str, host: str) -> FeedSource:
    return FeedSource(SourceId(f"page:{host}"), f"https://{host}/", "statuspage", vendor)


def tool(id_: str, name: str, vendor: str, host: str, **more: object) -> Service:
    service = Service(
        key=ServiceKey(id_),
        id=ServiceId(id_),
        name=name,
        home=f"https://{id_}.test/",
        vendor=vendor,
        can=("chat",),
        page=page(vendor, host),
        probe=ProbeSource(SourceId(f"probe:{id_}.test"), f"https://{id_}.test/"),
    )
    return replace(service, **more)  # type: ignore[arg-type]


CHATGPT = tool(
    "chatgpt",
    "ChatGPT",
    "OpenAI",
    "status.openai.test",
    family="openai-models",
    parts=(PartRef(name="Conversations"),),
    probe=ProbeSource(SourceId("probe:api.openai.test"), "https://api.openai.test/v1/models"),
)
CLAUDE = tool("claude", "Claude", "Anthropic", "status.claude.test", family="anthropic-models")
PERPLEXITY = tool("perplexity", "Perplexity", "Perplexity", "status.perplexity.test")
COPILOT = tool(
    "github-copilot",
    "GitHub Copilot",
    "GitHub",
    "status.github.test",
    runs_on=("openai-models", "anthropic-models"),
)
EVERYONE = (CHATGPT, CLAUDE, PERPLEXITY, COPILOT)

GREEN = Verdict(Health.OPERATIONAL, Whose.NONE, None)
DOWN = Verdict(
    Health.MAJOR_OUTAGE, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED, since=BEGAN
)
SILENT = Verdict(Health.MAJOR_OUTAGE, Whose.THEM, Cause.PAGE_SILENT, Confidence.SUSPECTED)
OFFLINE = Verdict(Health.UNKNOWN, Whose.YOU, Cause.OFFLINE, Confidence.CONFIRMED)
UNREAD = Verdict(Health.UNKNOWN, Whose.UNCLEAR, Cause.PAGE_UNREADABLE)

ONLINE = Connection(Link.ONLINE, SEEN, answered=3, asked=3)
CUT_OFF = Connection(Link.OFFLINE, SEEN, answered=0, asked=3)

INCIDENT = Incident(
    id="01J0",
    title="Elevated errors",
    phase=Phase.IDENTIFIED,
    impact=Health.MAJOR_OUTAGE,
    floor=Health.MAJOR_OUTAGE,
    parts=(PartName("p1", "Conversations"),),
    started_at=BEGAN,
    updated_at=BEGAN + timedelta(minutes=6),
    url="https://status.openai.test/incidents/01J0",
    updates=(Update(BEGAN + timedelta(minutes=6), Phase.IDENTIFIED, "We have found the cause."),),
)


def report(health: Health = Health.OPERATIONAL, *incidents: Incident) -> Report:
    parts = (
        Part("p1", "Conversations", health, "ChatGPT"),
        Part("p2", "Login", Health.OPERATIONAL, "ChatGPT"),
    )
    return Report("statuspage", "OpenAI", "https://status.openai.test/", health, parts, incidents)


def seen(source: SourceId, outcome: Outcome, at: Moment = SEEN) -> Sight:
    look = Observation(source, at, at, outcome, latency=0.143)
    return Sight(last=look, good=look)


ALIVE = Reading(
    Says.ALIVE, Stage.FRONT, "HTTP 401 in 95 ms", proves="the front door is open", status=401
)


@dataclass
class Scene:
    """A board in the making."""

    services: tuple[Service, ...] = EVERYONE
    others: tuple[Service, ...] = ()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    connection: Connection = ONLINE
    more: dict[str, object] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings(services=self.services, others=self.others)

    @property
    def board(self) -> Board:
        everyone = (*self.services, *self.others)
        standings = {
            service.key: Standing(self.verdicts.get(service.id, GREEN), since=SEEN)
            for service in everyone
        }
        sights = {
            service.page.id: seen(service.page.id, report(standings[service.key].verdict.health))
            for service in everyone
            if service.page is not None
        }
        doors = [one.probe for one in everyone if one.probe is not None and one is not CHATGPT]
        sights |= {door.id: seen(door.id, ALIVE) for door in doors}
        board = Board(standings=standings, sights=sights, connection=self.connection)
        return replace(board, **self.more)  # type: ignore[arg-type]

    def picture(self, at: Moment = NOW) -> Picture:
        return view.picture(self.board, self.settings, at, SAY, {})

    def row(self, id_: str = "chatgpt") -> Row:
        return next(row for row in self.picture().rows if row.key == id_)


def outage() -> Scene:
    """ChatGPT is down and the person was told so; everything is on the board."""
    page_line = Evidence(
        EvidenceKind.PAGE, "status.openai.test", SEEN, "major_outage", "", latency=0.143
    )
    door_line = Evidence(
        EvidenceKind.PROBE,
        "api.openai.test",
        SEEN,
        "alive",
        ALIVE.detail,
        Stage.FRONT,
        proves=ALIVE.proves,
        latency=0.095,
    )
    verdict = replace(DOWN, evidence=(page_line, door_line))
    scene = Scene(verdicts={"chatgpt": verdict})
    board = scene.board
    known = replace(
        board.standings[CHATGPT.key],
        last_known=Health.OPERATIONAL,
        last_known_at=BEGAN - timedelta(seconds=40),
    )
    assert CHATGPT.page is not None
    read = seen(CHATGPT.page.id, report(Health.MAJOR_OUTAGE, INCIDENT))
    scene.more = {
        "standings": {**board.standings, CHATGPT.key: known},
        "sights": {**board.sights, CHATGPT.page.id: read},
        "threads": {THREAD: Thread(THREAD, (CHATGPT.key,), BEGAN, ("01J0",))},
        "told": {
            THREAD: Told(
                THREAD,
                Health.MAJOR_OUTAGE,
                suspected=False,
                reason=Reason.OUTAGE,
                at=BEGAN + timedelta(seconds=65),
                notice=NoticeId("n-1"),
            )
        },
    }
    return scene


def subject(
    verdict: Verdict = DOWN,
    service: Service = CHATGPT,
    since: datetime = BEGAN,
    duration: float | None = None,
) -> Subject:
    return Subject(THREAD, service, verdict, since, duration)


INSTEAD = Suggestion(CLAUDE, Health.OPERATIONAL, ("chat",), SEEN)


def announce(
    reason: Reason,
    *subjects: Subject,
    suggestions: tuple[Suggestion, ...] = (INSTEAD,),
) -> Announcement:
    return Announcement(NoticeId("n-1"), NOW, reason, subjects, suggestions)
