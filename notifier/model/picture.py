"""What any face may show: tray, window, terminal, screen reader. Nothing below changes for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.announcement import ThreadId
from notifier.model.board import Connection
from notifier.model.health import Health
from notifier.model.key import KeyState
from notifier.model.moment import Moment
from notifier.model.observation import Incident, Maintenance, Part, Refusal
from notifier.model.record import LogLine
from notifier.model.service import (
    NO_APPS,
    Apps,
    Deep,
    PartRef,
    PromptAddress,
    Service,
    ServiceId,
    ServiceKey,
)
from notifier.model.trace import LastOutage
from notifier.model.verdict import Override, Verdict, Word


class Lamp(Enum):
    """The one indicator: colour and shape. BLIND is not a shade of CLEAR."""

    CLEAR = "clear"
    MAINTENANCE = "maintenance"
    BLIND = "blind"
    WATCH = "watch"
    TROUBLE = "trouble"
    PAUSED = "paused"
    EMPTY = "empty"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the page and whether it counts for this service."""

    part: Part
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFallback:
    """An alternative in words; `url` is its page.

    `prompt`, `chat` and `apps` are the other ways in, as its `Service` has them.
    """

    id: ServiceId
    name: str
    state: Health
    why: tuple[str, ...]
    url: str
    prompt: PromptAddress | None = None
    chat: str = ""
    apps: Apps = NO_APPS


@dataclass(frozen=True, slots=True)
class ShownExclusion:
    """An alternative that is not offered, and why, in words.

    An `awaited` one is being looked at: what is said of it holds for a moment only. Of one that
    is `closed` it is only not known that the person has an account with it.
    """

    id: ServiceId
    name: str
    why: str
    awaited: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What the person was last told of the thread; `kept_back` by do not disturb, or not."""

    reason: str
    at: datetime
    kept_back: bool = False


class KeyFate(Enum):
    """What became of the person's own key when it was last to be used."""

    NOT_KEPT = "not_kept"
    NOT_TRIED = "not_tried"
    NO_KEY_GIVEN = "no_key_given"
    UNANSWERED = "unanswered"
    NOT_SAID = "not_said"
    ACCEPTED = "accepted"
    LIMITED = "limited"
    REFUSED = "refused"
    OVERLOADED = "overloaded"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """The person's own key for one service: where it is sent, and what became of it, in words.

    `store` is what the key store said where it gave none, `refusal` why the account is refused
    where the answer says so. With `page` the key opens the status page, and tries no account.
    `deep` is the real call that may be made with it. `words` carry no age; `detail` is what came
    ("HTTP 401 in 95 ms"), where the words do not name it.
    """

    entry: str
    host: str
    scheme: str = "https"
    fate: KeyFate = KeyFate.NOT_KEPT
    lamp: Lamp = Lamp.EMPTY
    words: str = ""
    detail: str = ""
    store: KeyState | None = None
    refusal: Refusal | None = None
    page: bool = False
    checked: Moment | None = None
    deep: Deep | None = None

    @property
    def kept(self) -> bool:
        """Whether the settings say that there is a key."""
        return self.fate is not KeyFate.NOT_KEPT


@dataclass(frozen=True, slots=True)
class ShownServer:
    """A model server on this computer: whether it runs, in words, and the models it has loaded."""

    host: str
    lamp: Lamp
    words: str
    running: bool = False
    models: tuple[str, ...] = ()
    checked: Moment | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One service, whole: state, verdict in words, evidence, fallbacks.

    `summary`, `state_words`, `brief` and `next_step` carry no age; a face adds it from `checked`
    when it paints. `incidents` and `maintenance` are those that concern the chosen parts, or name
    no part at all.
    """

    key: ServiceKey
    service: Service
    lamp: Lamp
    verdict: Verdict
    override: Override | None
    since: datetime | None
    checked: Moment | None
    next_look: Moment | None
    last_known: Health | None
    last_known_at: datetime | None
    summary: str
    """The verdict in one sentence."""
    state_words: str
    """The state in a word or two, for a list ("down", "no problem reported")."""
    next_step: str
    brief: str = ""
    """The verdict as the overall headline says it ("ChatGPT is down: theirs.")."""
    thread: ThreadId | None = None
    thread_incidents: tuple[str, ...] = ()
    """Ids of the vendor's incidents that the thread is about."""
    told: ToldLine | None = None
    snoozed_until: datetime | None = None
    acknowledged: bool = False
    awaited: bool = False
    """Whether the person asked to be told when it is back."""
    parts: tuple[ShownPart, ...] = ()
    gone: tuple[PartRef, ...] = ()
    """What was chosen and is not on the page any more, where some of the choice still is."""
    incidents: tuple[Incident, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    fallbacks: tuple[ShownFallback, ...] = ()
    excluded: tuple[ShownExclusion, ...] = ()
    account: ShownAccount | None = None
    """Where a key of the person's own is used, or could be."""
    server: ShownServer | None = None
    """Of a model server on this computer."""
    words: tuple[Word, ...] = ()
    """What the person said of it in this run, oldest first."""
    log: tuple[LogLine, ...] = ()
    """The newest notices about it, and silences, newest first."""
    outage: LastOutage | None = None
    """The last outage that was written down, of which there is a proof."""

    @property
    def nothing_left(self) -> bool:
        """Whether every alternative was looked at, and none can be used."""
        settled = not any(one.awaited for one in self.excluded)
        return bool(self.excluded) and settled and not self.fallbacks


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a face needs, at one moment. `rows` stand in order of urgency."""

    at: Moment
    lamp: Lamp
    overall: Health
    headline: str
    """One sentence: the tooltip, the first menu line, the accessible name of the icon."""
    connection: Connection
    connection_words: str
    rows: tuple[Row, ...] = ()
    paused_until: datetime | None = None
    owed: int = 0
    """Notices no daemon took."""
    complaints: tuple[str, ...] = ()
    """What is wrong with the settings file, in sentences."""
    exposure: tuple[str, ...] = ()
    """What most of the tools may stand on, in sentences, the worst first."""
    fallbacks_tested: datetime | None = None
    """When it was last tested what the person could use instead."""
