"""Whole boards as the engine would paint them, for looking at the window and for its tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from notifier.judgement.evidence import evidence
from notifier.model import drill
from notifier.model.announcement import Action, Notice, NoticeId, Reason, ThreadId
from notifier.model.board import Board, Connection, Link, Sight
from notifier.model.drill import Came, Drill, Step, Tested
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.key import KeyState
from notifier.model.moment import Moment
from notifier.model.observation import (
    Failure,
    FailureKind,
    Incident,
    Maintenance,
    MaintenancePhase,
    Observation,
    Part,
    PartName,
    Phase,
    Reading,
    Refusal,
    Says,
    Stage,
    StageTime,
    Update,
)
from notifier.model.picture import (
    Lamp,
    Picture,
    Row,
    ShownExclusion,
    ShownFallback,
    ShownPart,
    ToldLine,
)
from notifier.model.record import LogLine
from notifier.model.relay import Relayed, RelayKind, RelayState
from notifier.model.rung import Behind, Rung
from notifier.model.service import (
    Deep,
    FeedSource,
    KeyPlace,
    KeySource,
    ProbeSource,
    PromptAddress,
    Service,
    ServiceId,
    ServiceKey,
    SourceId,
)
from notifier.model.settings import Settings
from notifier.model.trace import LastOutage
from notifier.model.tried import Refused, Tried
from notifier.model.verdict import Cause, Confidence, Evidence, EvidenceKind, Verdict, Whose
from notifier.view.account import account, server
from notifier.wording import keys
from notifier.wording.say import English

NOW = Moment(datetime(2026, 11, 23, 18, 0, tzinfo=UTC), 50_000.0)


def ago(seconds: float) -> Moment:
    return NOW.later(-seconds)


def at(minutes: float) -> datetime:
    return NOW.utc - timedelta(minutes=minutes)


def service(key: str, name: str, vendor: str, home: str, status: str, *can: str) -> Service:
    return Service(
        key=ServiceKey(key),
        id=ServiceId(key),
        name=name,
        home=home,
        vendor=vendor,
        can=can,
        page=FeedSource(SourceId(f"page:{status}"), f"https://{status}/", "statuspage", vendor),
        probe=ProbeSource(SourceId(f"probe:{key}"), f"https://api.{key}.example/"),
    )


CHATGPT = service(
    "chatgpt", "ChatGPT", "OpenAI", "https://chatgpt.com/", "status.openai.com", "chat", "search"
)
CLAUDE = service(
    "claude", "Claude", "Anthropic", "https://claude.ai/", "status.claude.com", "chat", "coding"
)
PERPLEXITY = service(
    "perplexity", "Perplexity", "Perplexity", "https://www.perplexity.ai/", "status.perplexity.com",
    "search", "chat",
)  # fmt: skip
COPILOT = service(
    "github-copilot", "GitHub Copilot", "GitHub", "https://github.com/features/copilot",
    "www.githubstatus.com", "coding",
)  # fmt: skip
CURSOR = service(
    "cursor", "Cursor", "Anysphere", "https://cursor.com/", "status.cursor.com", "coding"
)
CLOUDFLARE = service(
    "cloudflare", "Cloudflare", "Cloudflare", "https://www.cloudflare.com/",
    "www.cloudflarestatus.com", "infra",
)  # fmt: skip
GITHUB = service(
    "github", "GitHub", "GitHub", "https://github.com/", "www.githubstatus.com", "infra", "hosting"
)

CATALOGUE = (CHATGPT, CLAUDE, COPILOT, PERPLEXITY, CURSOR, CLOUDFLARE, GITHUB)


def page(service: Service, says: str, age: float, **more: object) -> Evidence:
    host = service.page.url.split("/")[2] if service.page else ""
    line = Evidence(EvidenceKind.PAGE, host, ago(age), says, "", latency=0.143)
    return replace(line, **more)  # type: ignore[arg-type]


def door(service: Service, says: str, detail: str, age: float, **more: object) -> Evidence:
    line = Evidence(
        EvidenceKind.PROBE, f"api.{service.key}.example", ago(age), says, detail, Stage.FRONT
    )
    return replace(line, **more)  # type: ignore[arg-type]


def neutral(age: float) -> Evidence:
    return Evidence(
        EvidenceKind.REFERENCE,
        "detectportal.firefox.com",
        ago(age),
        "reachable",
        "answered with what was asked",
        latency=0.038,
    )


def passed(*milliseconds: float) -> tuple[StageTime, ...]:
    """The last stages of a way, each in so many milliseconds."""
    stages = (Stage.DNS, Stage.CONNECT, Stage.TLS, Stage.FRONT)[-len(milliseconds) :]
    return tuple(StageTime(one, ms / 1000) for one, ms in zip(stages, milliseconds, strict=True))


def logged(minutes: float, kind: str, reason: str, title: str, **more: str) -> LogLine:
    """A line of ChatGPT's log, so many minutes old."""
    return LogLine(at(minutes), kind, reason, title, None, (CHATGPT.key,), **more)


INCIDENT = Incident(
    id="01J",
    title="Elevated errors in conversations and sign-in",
    phase=Phase.IDENTIFIED,
    impact=Health.PARTIAL_OUTAGE,
    floor=Health.PARTIAL_OUTAGE,
    parts=(PartName("1", "Conversations"), PartName("2", "Login")),
    started_at=at(19),
    updated_at=at(3),
    url="https://status.openai.com/incidents/01J",
    updates=(
        Update(
            at(3),
            Phase.IDENTIFIED,
            "We have found the cause of the elevated errors and are rolling out a fix. Some people "
            "may still be signed out, or see an error when they send a message.",
        ),
        Update(
            at(11),
            Phase.INVESTIGATING,
            "We are seeing errors for most conversations. <b>Files</b> & images are not affected.",
        ),
        Update(at(16), Phase.INVESTIGATING, "We are looking into elevated error rates."),
        Update(at(19), Phase.INVESTIGATING, "We are looking into reports of failing sign-ins."),
    ),
)

DOWN = Row(
    key=CHATGPT.key,
    service=CHATGPT,
    lamp=Lamp.TROUBLE,
    verdict=Verdict(
        Health.MAJOR_OUTAGE,
        Whose.THEM,
        Cause.PAGE_REPORTS,
        Confidence.CONFIRMED,
        since=at(19),
        evidence=(
            replace(page(CHATGPT, "major_outage", 20), stages=passed(95)),
            door(
                *(CHATGPT, "failing", "HTTP 503 in 210 ms", 24),
                fresh=True,
                stages=passed(12, 20, 31, 147),
            ),
            neutral(31),
        ),
    ),
    override=None,
    since=at(19),
    checked=ago(20),
    next_look=NOW.later(31),
    last_known=Health.OPERATIONAL,
    last_known_at=at(20),
    summary="ChatGPT is down: OpenAI reports a major outage.",
    state_words="down",
    next_step="Nothing to do here: it is theirs.",
    brief="ChatGPT is down: theirs.",
    thread=ThreadId("t-20261123-1"),
    told=ToldLine("outage", at(18)),
    log=(
        logged(8, "withheld", "acknowledged", "update"),
        logged(18, "told", "outage", "ChatGPT is down", channel="freedesktop"),
        logged(19, "owed", "suspected", "ChatGPT does not answer here", why="nobody answered"),
        logged(19.5, "withheld", "unconfirmed", "suspected"),
        logged(60 * 30, "withdrawn", "source_unreadable", "OpenAI's status page cannot be read"),
        logged(60 * 31, "told", "source_unreadable", "OpenAI's status page cannot be read"),
        logged(60 * 40, "withheld", "baseline", ""),
    ),
    outage=LastOutage(ThreadId("t-20261123-1"), None),
    parts=(
        ShownPart(Part("1", "Conversations", Health.MAJOR_OUTAGE, "ChatGPT"), chosen=True),
        ShownPart(Part("2", "Login", Health.PARTIAL_OUTAGE, "ChatGPT"), chosen=True),
        ShownPart(Part("3", "File uploads", Health.OPERATIONAL, "ChatGPT"), chosen=True),
        ShownPart(Part("4", "Image Generation", Health.OPERATIONAL, "ChatGPT"), chosen=False),
        ShownPart(Part("5", "Batch", Health.DEGRADED, "APIs"), chosen=False),
    ),
    incidents=(INCIDENT,),
    maintenance=(
        Maintenance(
            "m1",
            "Database upgrade of the EU region",
            MaintenancePhase.SCHEDULED,
            starts_at=at(-60 * 26),
            ends_at=at(-60 * 28),
        ),
    ),
    fallbacks=(
        ShownFallback(
            CLAUDE.id,
            "Claude",
            Health.OPERATIONAL,
            ("can: chat", "checked 20 s ago"),
            "https://claude.ai/new",
        ),
        ShownFallback(
            PERPLEXITY.id,
            "Perplexity",
            Health.OPERATIONAL,
            ("can: chat, search", "checked 45 s ago"),
            "https://www.perplexity.ai/",
        ),
    ),
    excluded=(
        ShownExclusion(ServiceId("ms-copilot"), "Microsoft Copilot", "runs on the same models"),
        ShownExclusion(COPILOT.id, "GitHub Copilot", "runs partly on the same models"),
    ),
)


def well(service: Service, age: float = 20) -> Row:
    """A service whose page reports no problem."""
    vendor = service.vendor
    return Row(
        key=service.key,
        service=service,
        lamp=Lamp.CLEAR,
        verdict=Verdict(
            Health.OPERATIONAL,
            Whose.NONE,
            None,
            evidence=(
                page(service, "operational", age),
                door(
                    service, "alive", "HTTP 401 in 95 ms", age + 4, proves="the front door is open"
                ),
            ),
        ),
        override=None,
        since=at(60 * 30),
        checked=ago(age),
        next_look=NOW.later(40),
        last_known=Health.OPERATIONAL,
        last_known_at=at(1),
        summary=f"{vendor} reports no problem.",
        state_words="no problem reported",
        next_step='Nothing to do. If it fails for you all the same, say "It is broken for me".',
        brief=f"No problem reported for {service.name}.",
        parts=tuple(
            ShownPart(Part(str(n), f"{service.name} part {n}", Health.OPERATIONAL), chosen=n < 3)
            for n in range(1, 24)
        ),
    )


SLOW = replace(
    well(PERPLEXITY, 40),
    lamp=Lamp.WATCH,
    verdict=Verdict(
        Health.DEGRADED,
        Whose.THEM,
        Cause.PAGE_SILENT,
        Confidence.SUSPECTED,
        overloaded=True,
        evidence=(
            page(PERPLEXITY, "operational", 40),
            door(PERPLEXITY, "slow", "HTTP 529 in 1.4 s", 22, fresh=True),
        ),
    ),
    since=at(6),
    summary="Perplexity is slow here, though Perplexity's page reports no problem.",
    state_words="slow here",
    next_step="Nothing to do here yet: it is probably theirs.",
    brief="Perplexity is slow here: probably theirs.",
)

UNREAD = replace(
    well(CURSOR, 310),
    lamp=Lamp.BLIND,
    verdict=Verdict(
        Health.UNKNOWN,
        Whose.UNCLEAR,
        Cause.PAGE_UNREADABLE,
        evidence=(
            page(CURSOR, "unreadable", 12, detail="The page answered with HTTP 503.", latency=None),
            page(CURSOR, "operational", 310),
        ),
    ),
    summary="Nobody can tell: Anysphere's page could not be read since 17:54.",
    state_words="unknown",
    next_step="Nothing to do: it is asked again by itself.",
)

PLANNED = replace(
    well(COPILOT, 15),
    lamp=Lamp.MAINTENANCE,
    verdict=Verdict(Health.MAINTENANCE, Whose.NONE, evidence=(page(COPILOT, "maintenance", 15),)),
    summary="GitHub Copilot is under maintenance, GitHub says.",
    state_words="under maintenance",
    next_step="Wait until the maintenance is over.",
    maintenance=(
        Maintenance(
            "m2",
            "Scheduled maintenance of Copilot completions",
            MaintenancePhase.IN_PROGRESS,
            starts_at=at(12),
            ends_at=at(-48),
        ),
    ),
)


def board(*rows: Row, **more: object) -> Picture:
    """A picture of these rows, the first the worst."""
    lamp = rows[0].lamp if rows else Lamp.EMPTY
    whole = Picture(
        at=NOW,
        lamp=lamp,
        overall=rows[0].verdict.health if rows else Health.UNKNOWN,
        headline=f"{rows[0].brief} Your network is fine." if rows else "Nothing chosen yet.",
        connection=Connection(Link.ONLINE, ago(4000), answered=3, asked=4),
        connection_words="Your network is fine (3 of 4 unrelated hosts answered).",
        rows=rows,
    )
    return replace(whole, **more)  # type: ignore[arg-type]


OUTAGE = board(DOWN, SLOW, UNREAD, PLANNED, well(CLAUDE))
STRANDED = board(
    replace(
        DOWN,
        fallbacks=(),
        excluded=(
            ShownExclusion(CLAUDE.id, "Claude", "has problems itself"),
            ShownExclusion(
                PERPLEXITY.id,
                "Perplexity",
                "needs an account, and you have named none there",
                closed=True,
            ),
        ),
    ),
    SLOW,
)
QUIET = board(
    well(CHATGPT), well(CLAUDE), well(PERPLEXITY, 33), well(COPILOT, 51),
    headline="No problem reported for your 4 tools.",
)  # fmt: skip


def _cut_off(service: Service) -> Row:
    failed = "There is no way out: the network is unreachable."
    return replace(
        well(service),
        lamp=Lamp.BLIND,
        verdict=Verdict(
            Health.UNKNOWN,
            Whose.YOU,
            Cause.OFFLINE,
            Confidence.CONFIRMED,
            evidence=(
                page(service, "unreadable", 14, detail=failed, latency=None),
                page(service, "operational", 130),
                door(service, "unreadable", failed, 14, stage=None),
            ),
        ),
        summary="Nobody can tell from here: this computer is offline.",
        state_words="not checked: offline",
        next_step="Check your own network.",
    )


OFFLINE = board(
    _cut_off(CHATGPT), _cut_off(CLAUDE), _cut_off(PERPLEXITY),
    connection=Connection(Link.OFFLINE, ago(60), answered=0, asked=5),
    connection_words="You are offline (0 of 5 unrelated hosts answered).",
    headline="You are offline: nothing can be checked.",
)  # fmt: skip

NOTHING = board()

OPENAI_API = replace(
    service(
        "openai-api", "OpenAI API", "OpenAI", "https://platform.openai.com/", "status.openai.com",
        "api",
    ),
    key_place=KeyPlace("openai-api", "https://api.openai.com/v1/models"),
)  # fmt: skip
DEEP = Deep(
    "https://api.openai.com/v1/chat/completions",
    "gpt-4o-mini",
    "under 0.00001 US$ (1 token of gpt-4o-mini)",
)
_OUTCOMES: dict[str, Reading | Failure | None] = {
    "tried": Reading(Says.ALIVE, Stage.PRODUCT, "HTTP 200 in 180 ms"),
    "rejected": Reading(
        Says.ACCOUNT, Stage.ACCOUNT, "HTTP 401 in 95 ms", refusal=Refusal.KEY_REJECTED
    ),
    "limited": Reading(
        Says.LIMITED,
        Stage.ACCOUNT,
        "HTTP 429 in 95 ms, 0 of 500 requests left, all again in 12 min",
        retry_after=720.0,
    ),
    "failing": Reading(Says.FAILING, Stage.PRODUCT, "HTTP 500 in 95 ms"),
    "unanswered": Failure(FailureKind.TIMEOUT, "api.openai.com did not answer in 6 s."),
    "new": None,
    **{
        state.value: Failure(
            FailureKind.KEY_STORE,
            keys.trouble(state, "openai-api", "keyrings.alt.file.PlaintextKeyring", English()),
            store=state,
        )
        for state in KeyState
        if state is not KeyState.READ
    },
}


def with_key(outcome: Reading | Failure | None, kept: bool = True) -> Row:
    """The OpenAI API as the engine would paint it, once its key was asked for."""
    place = replace(OPENAI_API.key_place, kept=kept)
    source = KeySource(
        SourceId("key:api.openai.com"), place.url, "openai", "bearer", place.entry, deep=DEEP
    )
    chosen = replace(OPENAI_API, key_place=place, account=source if kept else None)
    seen = () if outcome is None else (Observation(source.id, ago(42), ago(42), outcome),)
    sights = {one.source: Sight(one, one) for one in seen}
    settings = Settings(services=(chosen,))
    found = evidence(chosen, Board(sights=sights), settings, NOW)
    row = well(chosen)
    return replace(
        row,
        verdict=replace(row.verdict, evidence=(*row.verdict.evidence, *found)),
        account=account(Board(sights=sights), chosen, NOW, English(), UTC),
    )


ACCOUNTS = {"none": with_key(None, kept=False)} | {
    name: with_key(outcome) for name, outcome in _OUTCOMES.items()
}
"""The states of a key, by a word for each."""

OLLAMA = Service(
    key=ServiceKey("ollama"),
    id=ServiceId("ollama"),
    name="Ollama",
    home="https://ollama.com/",
    probe=ProbeSource(SourceId("probe:ollama"), "http://127.0.0.1:11434/", "ollama", local=True),
)


def on_this_computer(outcome: Reading | Failure) -> Row:
    """A model server as the engine would paint it."""
    seen = Observation(OLLAMA.probe.id, ago(8), ago(8), outcome)
    sights = {seen.source: Sight(seen, seen)}
    found = evidence(OLLAMA, Board(sights=sights), Settings(services=(OLLAMA,)), NOW)
    return replace(
        well(OLLAMA),
        verdict=Verdict(Health.OPERATIONAL, Whose.NONE, None, evidence=found),
        summary="Ollama answers on this computer.",
        parts=(),
        server=server(Board(sights=sights), OLLAMA, English()),
    )


SERVERS = {
    "running": on_this_computer(
        Reading(Says.ALIVE, Stage.PRODUCT, "llama3.2 loaded, 3 installed", models=("llama3.2",))
    ),
    "loading": on_this_computer(Reading(Says.ALIVE, Stage.PRODUCT, "loading a model", ready=False)),
    "stopped": on_this_computer(
        Failure(FailureKind.REFUSED, "127.0.0.1:11434 refused the connection.")
    ),
    "foreign": on_this_computer(
        Failure(FailureKind.NOT_OURS, "Port 11434 belongs to another user of this computer.")
    ),
}

NOTICE = Notice(
    id=NoticeId("n-1"),
    at=at(18),
    threads=(ThreadId("t-20261123-1"),),
    reason=Reason.OUTAGE,
    services=(CHATGPT.key,),
    title="ChatGPT is down",
    body="It is them: OpenAI reports a major outage since 17:41. Claude works.",
    actions=(Action.FALLBACK, Action.GOT_IT, Action.SNOOZE),
    labels=("Open Claude", "Got it", "Snooze 1 h"),
    whose="them",
    cause="page_reports",
    confidence="confirmed",
    open_url="https://claude.ai/new",
)


class KeyBook:
    """Notes what is wished with keys."""

    def __init__(self) -> None:
        self.wished: list[tuple[str, ServiceKey]] = []

    def set_key(self, row: Row) -> None:
        self.wished.append(("set", row.key))

    def forget_key(self, row: Row) -> None:
        self.wished.append(("forget", row.key))

    def deep_check(self, row: Row) -> None:
        self.wished.append(("deep", row.key))


TRIALS = {
    "notice": Tried(Rung.FREEDESKTOP, Behind("Some Daemon")),
    "notice-relayed": Tried(
        Rung.FREEDESKTOP,
        Behind("dunst", hushed=False),
        relayed=(
            Relayed(NoticeId("test"), RelayKind.PUSH, "phone", RelayState.HANDED_OVER, NOW.utc),
            Relayed(
                NoticeId("test"),
                RelayKind.HOOK,
                "lamp.sh",
                RelayState.FAILED,
                NOW.utc,
                why="It ended with 3: no lamp",
            ),
        ),
    ),
    "notice-hushed": Tried(Rung.FREEDESKTOP, Behind("dunst", hushed=True)),
    "notice-nobody": Tried(
        None,
        refused=(
            Refused(Rung.FREEDESKTOP, "no answer within 3 seconds"),
            Refused(Rung.PORTAL, "it is only for where no notification daemon can be reached"),
            Refused(Rung.BALLOON, "no tray that draws balloons"),
            Refused(Rung.WINDOW, "the window is not open"),
        ),
    ),
}


def step(what: Step, came: Came, says: str, age: float | None = 20, way: str = "") -> drill.Tried:
    return drill.Tried(what, came, says, None if age is None else ago(age), way)


DRILL = Drill(
    NOW,
    (
        Tested(
            CLAUDE.id, "Claude", Came.WELL, "ready, your key is accepted, 480 of 500 requests left",
            (CHATGPT.key,),
            (
                step(Step.PAGE, Came.WELL, "its page reports no problem"),
                step(Step.DOOR, Came.WELL, "its front door answers", 3,
                     "name 12 ms · connection 20 ms · secure connection 31 ms · answer 95 ms"),
                step(Step.KEY, Came.WELL, "your key is accepted", 3),
                step(Step.QUOTA, Came.WELL, "480 of 500 requests left", 3),
                step(Step.CALL, Came.NOT_TRIED,
                     "not tried, it would cost under 0.00001 US$ (1 token of claude-haiku); "
                     "deep check makes one: notifier why claude --deep", None),
            ),
        ),
        Tested(
            ServiceId("ollama"), "Ollama", Came.WELL, "answered one token with llama3.2 in 2 s",
            (CHATGPT.key,),
            (
                step(Step.DOOR, Came.WELL, "it runs (llama3.2 loaded, 3 installed)", 2),
                step(Step.CALL, Came.WELL, "answered one token with llama3.2 in 2 s", None),
            ),
        ),
        Tested(
            COPILOT.id, "Microsoft Copilot", Came.ILL,
            "not ready, its front door cannot be reached from here (TLS)", (CHATGPT.key,),
            (
                step(Step.PAGE, Came.UNKNOWN, "its page could not be read (HTTP 403)"),
                step(Step.DOOR, Came.ILL, "its front door cannot be reached from here (TLS)", 3,
                     "name 9 ms · connection 18 ms · breaks at the secure connection"),
            ),
        ),
    ),
)  # fmt: skip

EXPOSED = replace(
    QUIET,
    exposure=(
        "Three of your four tools may stand on Edge; Microsoft Copilot would not fall with it.",
    ),
    fallbacks_tested=NOW.utc - timedelta(days=95),
)
PROMPT = PromptAddress("https://claude.ai/new?q={prompt}", 4000)

FILLED = replace(DOWN.fallbacks[0], prompt=PROMPT)
"""An alternative that takes a text in its address; the other of `DOWN` takes none."""


class Desk:
    """The person's side of the window: what was sent and opened, under a clock set by hand."""

    def __init__(self, now: Moment = NOW) -> None:
        self.now = now
        self.sent: list[tuple[Wish, ServiceKey | None, datetime | None]] = []
        self.opened: list[str] = []
        self.choosers = 0
        self.tests = 0
        self.trials = 0
        self.keys = KeyBook()
        self.proofs: list[ServiceKey] = []
        self.drills = 0
        self.accounts: list[ServiceId] = []
        self.taken: list[str] = []
        self.pads: list[ServiceKey | None] = []

    def send(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        self.sent.append((wish, service, until))

    def open_chooser(self) -> None:
        self.choosers += 1

    def test_fallbacks(self) -> None:
        self.drills += 1

    def test_connection(self) -> None:
        self.tests += 1

    def have_account(self, service: ServiceId) -> str:
        self.accounts.append(service)
        return ""

    def try_notice(self) -> None:
        self.trials += 1
