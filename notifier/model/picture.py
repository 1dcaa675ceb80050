"""What any face may show: tray, window, terminal, screen reader. Nothing below changes for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.announcement import ThreadId
from notifier.model.board import Connection
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.observation import Incident, Maintenance, Part
from notifier.model.service import Service, ServiceId, ServiceKey
from notifier.model.verdict import Override, Verdict


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
    """An alternative in words; `url` is what one click opens."""

    id: ServiceId
    name: str
    state: Health
    why: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ShownExclusion:
    """An alternative that is not offered, and why, in words.

    An `awaited` one is being looked at: what is said of it holds for a moment only.
    """

    id: ServiceId
    name: str
    why: str
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What the person was last told of the thread."""

    reason: str
    at: datetime


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
    parts: tuple[ShownPart, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    fallbacks: tuple[ShownFallback, ...] = ()
    excluded: tuple[ShownExclusion, ...] = ()


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
