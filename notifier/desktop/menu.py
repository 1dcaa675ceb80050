"""What stands in the tray's menu and what each entry does: Picture to data. Draws nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Literal

from notifier.desktop.intents import Intents
from notifier.model.event import Wish
from notifier.model.health import failing, well
from notifier.model.picture import Lamp, Picture, Row
from notifier.model.service import ServiceKey
from notifier.model.verdict import Override
from notifier.wording import stalled
from notifier.wording import tray as words
from notifier.wording.at_login import BOX
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.scratch_pad import ENTRY as PAD

MOST_IN_SIGHT = 12
"""Services in the menu itself; the others stand under *Other tools*."""

MOST_FALLBACKS = 3

_MORNING = time(8)
_RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wished:
    """Send a wish, for one service or for all."""

    wish: Wish
    service: ServiceKey | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent for an hour, or until tomorrow morning."""

    until_tomorrow: bool


@dataclass(frozen=True, slots=True)
class Snooze:
    """Be silent about one service for an hour."""

    service: ServiceKey


@dataclass(frozen=True, slots=True)
class Prove:
    """Copy the proof of a service's outage."""

    service: ServiceKey


@dataclass(frozen=True, slots=True)
class Visit:
    """Open an address."""

    url: str


@dataclass(frozen=True, slots=True)
class Instead:
    """Open an alternative by the address of its page, with what is on the scratch pad."""

    url: str


@dataclass(frozen=True, slots=True)
class Show:
    """Open the window, at a service where one is named."""

    service: ServiceKey | None = None


@dataclass(frozen=True, slots=True)
class ReadLog:
    """Open the window at what was told of a service."""

    service: ServiceKey


class Door(Enum):
    """Everything else an entry leads to."""

    OPEN = "open"
    OWED = "owed"
    IS_IT_ME = "is_it_me"
    TEST = "test"
    TEST_FALLBACKS = "test_fallbacks"
    PAD = "pad"
    CHOOSER = "chooser"
    AT_LOGIN = "at_login"
    TRY_NOTICE = "try_notice"
    SETTINGS = "settings"
    LOG = "log"
    SLIP = "slip"
    QUIT = "quit"


_Window = Literal[Door.TEST, Door.TEST_FALLBACKS, Door.PAD, Door.CHOOSER, Door.TRY_NOTICE]
"""What opens a window of its own."""

Deed = Wished | Pause | Snooze | Prove | Visit | Instead | Show | ReadLog | Door


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: with a deed it can be chosen, with entries it opens, with neither it is grey.

    No two lines of a menu have the same deed: it is what makes a line the same one under other
    words.
    """

    label: str
    deed: Deed | None = None
    entries: tuple["Entry", ...] = ()
    lamp: Lamp | None = None
    ticked: bool | None = None
    """A tick or an empty box before the label; None for neither."""


SEPARATOR = Entry("")


@dataclass(frozen=True, slots=True)
class Doors:
    """What the menu can ask of the program. `zone` is the person's own, for *until tomorrow*."""

    intents: Intents
    open_window: Callable[[ServiceKey | None], None]
    is_it_me: Callable[[], None]
    """Asks for a look and opens the window with the four lines that fill in."""
    open_settings: Callable[[], None]
    open_log: Callable[[], None]
    read_log: Callable[[ServiceKey], None]
    """Opens the window at what was told of a service."""
    own_up: Callable[[], None]
    """Something of ours failed: opens the log, and the matter is closed."""
    quit: Callable[[], None]
    zone: tzinfo
    at_login: Callable[[], bool | None] = lambda: None
    """Whether the program starts at login; None where that is not to be asked here."""
    toggle_login: Callable[[], None] = lambda: None


def entries(
    picture: Picture,
    glance: Glance,
    *,
    slipped: bool = False,
    at_login: bool | None = None,
    drills: bool = False,
    looked: datetime | None = None,
) -> tuple[Entry, ...]:
    """The whole menu, top to bottom. The first line says how everything is.

    `slipped` says that something of ours failed, and nobody has looked into it; `at_login` is
    whether the program starts at login, None leaves the question out. With `drills` it can be
    tested what would be used instead. `looked` is when somebody last had menu or
    window before them: of what was kept back before then nothing is said.
    """
    say = glance.say
    return (
        *_overall(picture, glance, looked, slipped=slipped),
        SEPARATOR,
        *_services(picture, glance),
        *((Entry(say(PAD), Door.PAD),) if picture.rows else ()),
        Entry(say(words.CHOOSE), Door.CHOOSER),
        _pause(picture, glance),
        Entry(say(words.OPEN), Door.OPEN),
        _more(say, at_login=at_login, drills=drills and bool(picture.rows)),
        SEPARATOR,
        Entry(say(words.QUIT), Door.QUIT),
    )


def _more(say: Say, *, at_login: bool | None, drills: bool) -> Entry:
    box = () if at_login is None else (Entry(say(BOX), Door.AT_LOGIN, ticked=at_login),)
    files = (Entry(say(words.SETTINGS), Door.SETTINGS), Entry(say(words.LOG), Door.LOG))
    trial = Entry(say(words.TEST_NOTICE), Door.TRY_NOTICE)
    drill = (Entry(say(words.TEST_FALLBACKS), Door.TEST_FALLBACKS),) if drills else ()
    return Entry(say(words.MORE), entries=(*box, *drill, trial, *files))


def _overall(
    picture: Picture, glance: Glance, looked: datetime | None, *, slipped: bool
) -> tuple[Entry, ...]:
    say = glance.say
    slip = (Entry(stalled.slip(say), Door.SLIP),) if slipped else ()
    owed = (Entry(words.owed(picture, say), Door.OWED),) if picture.owed else ()
    ask = (Entry(say(words.IS_IT_ME), Door.IS_IT_ME),) if picture.rows else ()
    test = Entry(say(words.TEST), Door.TEST)
    kept_back = _kept_back(picture, say, looked)
    return (Entry(picture.headline, Show()), *slip, *owed, *kept_back, *ask, test)


def _kept_back(picture: Picture, say: Say, looked: datetime | None) -> tuple[Entry, ...]:
    """What do not disturb keeps from a person who has not looked since, while it goes on.

    One notice about several services was told of all at one time, and is one.
    """
    kept = {
        row.told.at: row.key
        for row in reversed(picture.rows)
        if row.told is not None and row.told.kept_back and (looked is None or row.told.at > looked)
    }
    if not kept:
        return ()
    return (Entry(words.kept_back(len(kept), say), ReadLog(kept[max(kept)])),)


def _services(picture: Picture, glance: Glance) -> tuple[Entry, ...]:
    """The most urgent ones in sight; the picture has them in that order."""
    if not picture.rows:
        return ()
    each = tuple(_service(row, glance) for row in picture.rows)
    in_sight, others = each[:MOST_IN_SIGHT], each[MOST_IN_SIGHT:]
    more = (Entry(glance.say(words.OTHER_TOOLS), entries=others),) if others else ()
    return (*in_sight, *more, SEPARATOR)


def _service(row: Row, glance: Glance) -> Entry:
    """One service and all that can be done about it."""
    blocks = (
        (Entry(row.summary, Show(row.key)),),
        _addresses(row, glance),
        _answers(row, glance),
        _proof(row, glance),
    )
    inside: list[Entry] = []
    for block in blocks:
        if inside and block:
            inside.append(SEPARATOR)
        inside.extend(block)
    return Entry(words.service(row, glance), entries=tuple(inside), lamp=row.lamp)


def _proof(row: Row, glance: Glance) -> tuple[Entry, ...]:
    """Of an outage that goes on, or ended within a day; of older ones the window has it."""
    last = row.outage
    if last is None or (last.ended is not None and glance.at.utc - last.ended > _RECENT):
        return ()
    return (Entry(glance.say(words.PROOF), Prove(row.key)),)


def _addresses(row: Row, glance: Glance) -> tuple[Entry, ...]:
    """What works instead, then their own page."""
    say = glance.say
    instead = tuple(
        Entry(words.fallback(shown, say), Instead(shown.url))
        for shown in row.fallbacks[:MOST_FALLBACKS]
    )
    if failing(row.verdict.health) and row.nothing_left:
        instead = (Entry(say(words.NOTHING_LEFT)),)
    if row.service.page_to_open:
        return (*instead, Entry(words.page(row, say), Visit(row.service.page_to_open)))
    return (*instead, Entry(words.home(row, say), Visit(row.service.home)))


def _answers(row: Row, glance: Glance) -> tuple[Entry, ...]:
    """The person's own word on it, and on being told of it."""
    say, key = glance.say, row.key
    broken = None if row.override is Override.BROKEN else Wished(Wish.BROKEN, key)
    works = None if row.override is Override.WORKS else Wished(Wish.WORKS, key)
    word = (Entry(say(words.BROKEN), broken), Entry(say(words.WORKS), works))
    if row.told is None or row.thread is None or not failing(row.verdict.health):
        return word if well(row.verdict.health) else (*word, _await(row, glance))
    snoozed = row.snoozed_until is not None and row.snoozed_until > glance.at.utc
    got_it = Entry(say(words.GOT_IT), None if row.acknowledged else Wished(Wish.GOT_IT, key))
    return (
        *word,
        _await(row, glance) if row.nothing_left else got_it,
        Entry(words.snooze(row, glance), None if snoozed else Snooze(key)),
    )


def _await(row: Row, glance: Glance) -> Entry:
    """Of what was not told one may still want to hear the end, or where one can only wait."""
    waits = row.awaited or (row.told is not None and row.acknowledged)
    asked = None if waits else Wished(Wish.TELL_ME, row.key)
    return Entry(glance.say(words.AWAITED if waits else words.TELL_ME), asked)


def _pause(picture: Picture, glance: Glance) -> Entry:
    """Be silent for a while; or, while it lasts, until when and how to end it."""
    say = glance.say
    if picture.paused_until is not None:
        return Entry(
            words.paused(picture.paused_until, glance),
            entries=(Entry(say(words.RESUME), Wished(Wish.RESUME)),),
        )
    return Entry(
        say(words.PAUSE),
        entries=(
            Entry(say(words.AN_HOUR), Pause(until_tomorrow=False)),
            Entry(say(words.TOMORROW), Pause(until_tomorrow=True)),
        ),
    )


def perform(deed: Deed, doors: Doors) -> None:
    """Do what a chosen entry promised."""
    intents = doors.intents
    match deed:
        case Wished(wish, service):
            intents.send(wish, service)
        case Pause(until_tomorrow):
            now = intents.now().utc
            until = tomorrow(now, doors.zone) if until_tomorrow else now + timedelta(hours=1)
            intents.send(Wish.PAUSE, until=until)
        case Snooze(service):
            intents.snooze(service)
        case Door():
            _go(deed, doors)
        case _:
            _open_or_copy(deed, doors)


def _open_or_copy(deed: Prove | Visit | Instead | Show | ReadLog, doors: Doors) -> None:
    intents = doors.intents
    match deed:
        case Prove(service):
            if intents.copy_proof is not None:
                intents.copy_proof(service)
        case Visit(url):
            intents.open_url(url)
        case Instead(url):
            intents.open_instead(url)
        case Show(service):
            doors.open_window(service)
        case ReadLog(service):
            doors.read_log(service)


def _go(door: Door, doors: Doors) -> None:
    match door:
        case Door.OPEN | Door.OWED:
            doors.open_window(None)
        case Door.IS_IT_ME:
            doors.is_it_me()
        case Door.TEST | Door.TEST_FALLBACKS | Door.PAD | Door.CHOOSER | Door.TRY_NOTICE:
            _open(door, doors.intents)
        case Door.AT_LOGIN:
            doors.toggle_login()
        case Door.SETTINGS:
            doors.open_settings()
        case Door.LOG:
            doors.open_log()
        case Door.SLIP:
            doors.own_up()
        case Door.QUIT:
            doors.quit()


def _open(door: _Window, intents: Intents) -> None:
    match door:
        case Door.TEST:
            intents.test_connection()
        case Door.TEST_FALLBACKS:
            if intents.test_fallbacks is not None:
                intents.test_fallbacks()
        case Door.PAD:
            if intents.open_pad is not None:
                intents.open_pad(None)
        case Door.CHOOSER:
            intents.open_chooser()
        case Door.TRY_NOTICE:
            intents.try_notice()


def tomorrow(now: datetime, zone: tzinfo) -> datetime:
    """Eight o'clock of the next day by the person's own clock, in UTC."""
    local = now.astimezone(zone)
    morning = datetime.combine(local.date() + timedelta(days=1), _MORNING, zone)
    return morning.astimezone(now.tzinfo)
