"""Pictures as the engine would paint them, for the tests of the tray."""

from dataclasses import replace
from datetime import UTC, datetime

from notifier.desktop.intents import Intents
from notifier.desktop.menu import Doors
from notifier.model.announcement import ThreadId
from notifier.model.board import Connection, Link
from notifier.model.event import Wish
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.model.picture import Lamp, Picture, Row, ShownFallback, ToldLine
from notifier.model.service import FeedSource, Service, ServiceId, ServiceKey, SourceId
from notifier.model.verdict import Cause, Confidence, Verdict, Whose

NOON = Moment(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), 1000.0)

WELL = Verdict(Health.OPERATIONAL, Whose.NONE, None, Confidence.CONFIRMED)
DOWN = Verdict(Health.MAJOR_OUTAGE, Whose.THEM, Cause.PAGE_REPORTS, Confidence.CONFIRMED)


def service(name: str, page: bool = True) -> Service:
    key = name.lower().replace(" ", "-")
    address = f"https://status.{key}.example/"
    source = FeedSource(SourceId(f"page:{key}"), address, None, f"{name} Inc")
    return Service(
        ServiceKey(key),
        ServiceId(key),
        name,
        f"https://{key}.example/",
        page=source if page else None,
    )


def well(name: str, checked: Moment | None = NOON) -> Row:
    return Row(
        key=service(name).key,
        service=service(name),
        lamp=Lamp.CLEAR,
        verdict=WELL,
        override=None,
        since=None,
        checked=checked,
        next_look=None,
        last_known=None,
        last_known_at=None,
        summary=f"{name} Inc reports no problem.",
        state_words="no problem reported",
        next_step="Nothing to do.",
    )


def down(name: str, told: bool = True) -> Row:
    return replace(
        well(name),
        lamp=Lamp.TROUBLE,
        verdict=DOWN,
        summary=f"{name} is down: {name} Inc reports a major outage.",
        state_words="down",
        thread=ThreadId("t-20261123-1"),
        told=ToldLine("outage", NOON.utc) if told else None,
        fallbacks=(
            ShownFallback(
                ServiceId("claude"),
                "Claude",
                Health.OPERATIONAL,
                ("can: chat",),
                "https://claude.ai/new",
            ),
        ),
    )


def picture(*rows: Row, headline: str = "", **more: object) -> Picture:
    failing = [row for row in rows if row.lamp is Lamp.TROUBLE]
    lamp = Lamp.TROUBLE if failing else Lamp.CLEAR if rows else Lamp.EMPTY
    said = "ChatGPT is down: theirs. Your network is fine." if failing else "All well."
    whole = Picture(
        at=NOON,
        lamp=lamp,
        overall=Health.MAJOR_OUTAGE if failing else Health.OPERATIONAL,
        headline=headline or (said if rows else "Nothing chosen yet."),
        connection=Connection(Link.ONLINE),
        connection_words="Your network is fine.",
        rows=rows,
    )
    return replace(whole, **more)  # type: ignore[arg-type]


class Desk:
    """A person's desk: remembers all that the menu asked for, under a clock that stands."""

    def __init__(self, now: Moment = NOON, at_login: bool | None = None) -> None:
        self.now, self.at_login = now, at_login
        self.asked: list[tuple[object, ...]] = []
        self.doors = Doors(
            Intents(
                self._send,
                self._did("visit"),
                self._did("chooser"),
                lambda: self.now,
                self._did("test"),
                self._did("test notice"),
                test_fallbacks=self._did("test fallbacks"),
                take_along=self._did("instead"),
                open_pad=self._did("pad"),
            ),
            self._did("window"),
            self._did("is it me"),
            self._did("settings"),
            self._did("log"),
            self._did("read log"),
            self._did("own up"),
            self._did("quit"),
            UTC,
            lambda: self.at_login,
            self._did("login"),
        )

    def _did(self, what: str):
        return lambda *arguments: self.asked.append((what, *arguments))

    def _send(
        self, wish: Wish, service: ServiceKey | None = None, until: datetime | None = None
    ) -> None:
        self.asked.append((wish, service, until))
