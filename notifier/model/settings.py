"""The settings as the rules use them: checked, and resolved against the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, time, tzinfo
from typing import TYPE_CHECKING, Any

from notifier.model.health import Health
from notifier.model.service import (
    Legend,
    ReferenceSource,
    Service,
    ServiceKey,
    Source,
    SourceId,
    host_of,
    is_local,
    owner_of,
)
from notifier.model.settings_words import Level

if TYPE_CHECKING:  # whoever has neither does without
    from notifier.model.relay import Hook, Push

LEAST_INTERVAL = 30.0
MOST_INTERVAL = 3600.0


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours by the person's own clock; `allow` is the least state that passes, None: none.

    Days are 0 (Monday) to 6, of the day on which the quiet hours begin.
    """

    begins: time
    ends: time
    days: frozenset[int] = frozenset(range(7))
    allow: Health | None = None


@dataclass(frozen=True, slots=True)
class Calm:
    """How often a person wants to hear of one thing, beyond its beginning and its end.

    With `updates` the vendor's own news are told too; `repeat` is after how many seconds an outage
    that goes on is told again, None: never; `ceiling` is the most notices of any one hour.
    """

    updates: bool = False
    repeat: float | None = None
    ceiling: int = 20


@dataclass(frozen=True, slots=True)
class Instead:
    """What a person may use instead of something that fails, by the ids of services.

    `allow` are the only ones that are offered, None: all. `accounts` are those of which the
    person says that they have an account there, beside what they watch.
    """

    allow: frozenset[str] | None = None
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with a file, in a sentence a person can act on.

    `line` is None where no line can be named.
    """

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        """`settings.toml, line 14: …`."""
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.text}"


@dataclass(frozen=True, slots=True)
class WatchedProbe:
    """A front door a person named in the settings. `key` names an entry of the key store."""

    url: str
    auth: str = "none"
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """One `[[service]]` of settings.toml as written; None and empty mean: not said."""

    id: str
    label: str | None = None
    name: str | None = None
    home: str | None = None
    can: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    notify: Level | None = None
    status: str | None = None
    engine: str | None = None
    legend: Legend | None = None
    """`json` in the file: how that engine is to read the document at `status`."""
    status_auth: str = "none"
    runs_on: tuple[str, ...] = ()
    probe: WatchedProbe | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """settings.toml as written, checked, before the catalogue has been asked.

    `interval` is in seconds. `references` is None where the shipped ones are meant.
    """

    watched: tuple[Watched, ...] = ()
    interval: float = 60.0
    level: Level = Level.ALL
    sound: bool = False
    quiet: tuple[Quiet, ...] = ()
    calm: Calm = Calm()
    proxy: str = "system"
    ca: str | None = None
    references: tuple[str, ...] | None = None
    keys: tuple[str, ...] = ()
    """The entries of the key store that hold a key, by name: others are not asked for."""
    pushes: "tuple[Push, ...]" = ()
    hooks: "tuple[Hook, ...]" = ()
    instead: Instead = Instead()
    status_file: str | None = None
    """Where to write how everything stands, for other programs; None: nowhere."""
    catalogue_url: str = ""
    """Where updates of the catalogue are asked for once a day; empty: nowhere."""
    catalogue_keys: tuple[str, ...] = ()
    """The public keys that may sign one, beside those of the program."""


@dataclass(frozen=True)
class Settings:
    """What `update` is handed: everything chosen, resolved against the catalogue.

    `others` are the catalogue's services that were not chosen: alternatives and upstreams.
    `sound` is whether a confirmed outage may be heard. `zone` is the person's time zone, for quiet
    hours only.
    """

    services: tuple[Service, ...] = ()
    others: tuple[Service, ...] = ()
    references: tuple[ReferenceSource, ...] = ()
    interval: float = 60.0
    level: Level = Level.ALL
    sound: bool = False
    quiet: tuple[Quiet, ...] = ()
    calm: Calm = Calm()
    instead: Instead = Instead()
    grounds: Mapping[str, str] = field(default_factory=dict)
    """What a person calls the ids of `runs_on` that are no services: `openai-models`, `azure`."""
    zone: tzinfo = UTC
    by_key: dict[ServiceKey, Service] = field(init=False, repr=False, compare=False)
    by_source: dict[SourceId, tuple[ServiceKey, ...]] = field(init=False, repr=False, compare=False)
    sources: dict[SourceId, Source] = field(init=False, repr=False, compare=False)
    owners: dict[SourceId, str] = field(init=False, repr=False, compare=False)
    """Who owns the host of each source: unrelated hosts have different owners. What runs on this
    computer is not among them: it says nothing of any network."""
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What rules have worked out of them already: settings stay the same for days."""
    _users: dict[SourceId, tuple[Service, ...]] = field(init=False, repr=False, compare=False)
    _standing_on: dict[str, tuple[Service, ...]] = field(init=False, repr=False, compare=False)
    _keepers: dict[str, tuple[Service, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index what is asked for at every event."""
        by_source: dict[SourceId, tuple[ServiceKey, ...]] = {}
        users: dict[SourceId, tuple[Service, ...]] = {}
        sources: dict[SourceId, Source] = {source.id: source for source in self.references}
        for service in (*self.services, *self.others):
            for source in service.sources:
                sources.setdefault(source.id, source)
                users[source.id] = (*users.get(source.id, ()), service)
        for service in self.services:
            for source in service.sources:
                by_source[source.id] = (*by_source.get(source.id, ()), service.key)
        object.__setattr__(self, "by_key", {service.key: service for service in self.services})
        object.__setattr__(self, "by_source", by_source)
        owners = {
            id_: owner_of(host_of(source.url))
            for id_, source in sources.items()
            if not is_local(source)
        }
        object.__setattr__(self, "sources", sources)
        object.__setattr__(self, "owners", owners)
        object.__setattr__(self, "_users", users)
        keepers: dict[str, tuple[Service, ...]] = {}
        for service in (*self.services, *self.others):
            for kept in (service.id, service.family):
                if kept is not None:
                    keepers[kept] = (*keepers.get(kept, ()), service)
        object.__setattr__(self, "_keepers", keepers)
        object.__setattr__(self, "_standing_on", self._all_standing_on())

    def _all_standing_on(self) -> dict[str, tuple[Service, ...]]:
        """Every ground with those that run on it, however deep."""
        standing_on: dict[str, tuple[Service, ...]] = {}
        for service in (*self.services, *self.others):
            for ground in self._grounds_of(service):
                standing_on[ground] = (*standing_on.get(ground, ()), service)
        return standing_on

    def _grounds_of(self, service: Service) -> dict[str, None]:
        found, waiting = dict[str, None](), list(service.runs_on)
        while waiting:
            ground = waiting.pop(0)
            if ground not in found:
                found[ground] = None
                services = (one for one in self.keepers_of(ground) if one.id == ground)
                waiting += [below for one in services for below in one.runs_on]
        return found

    def users_of(self, source: SourceId) -> tuple[Service, ...]:
        """Every service, chosen or not, that a look at `source` says something about."""
        return self._users.get(source, ())

    def keepers_of(self, ground: str) -> tuple[Service, ...]:
        """Whose failing shows that `ground`, an id of `runs_on`, fails: the service of that id,
        or all who run that family of models themselves.
        """
        return self._keepers.get(ground, ())

    def standing_on(self, service: Service) -> tuple[Service, ...]:
        """Every service that runs on `service`, however deep, or resells the models it runs."""
        found = self._standing_on.get(service.id, ())
        if service.family is not None:
            resold = self._standing_on.get(service.family, ())
            found = (*found, *(one for one in resold if one.family != service.family))
        return found
