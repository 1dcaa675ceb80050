"""What can be watched: services, the pages and front doors that speak for them."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, NewType

from notifier.model.health import Health
from notifier.model.settings_words import Level

ServiceId = NewType("ServiceId", str)
"""An id of the catalogue or of the settings, such as `chatgpt`."""

ServiceKey = NewType("ServiceKey", str)
"""One entry of the watch-list: the service's id, and `#2`, `#3` where the id stands twice."""

SourceId = NewType("SourceId", str)
"""`page:…`, `probe:…`, `key:…` or `reference:…` and the address it asks."""


@dataclass(frozen=True, slots=True)
class PartRef:
    """A part of a page that matters: found by `id`, else by `name` within `group`.

    With only `group` (and perhaps its `id`) every part of that group is meant. `can` is what one
    uses it for, where that is less than the whole service can.
    """

    id: str | None = None
    name: str | None = None
    group: str | None = None
    can: tuple[str, ...] = ()


class Legend(NamedTuple):
    """Where in a JSON document its state stands, and what the words there mean.

    `state`, `title` and `time` are JMESPath expressions (jmespath.org), checked when the settings
    are read. `words` are pairs of a word as the document writes it and its meaning; the six states
    of ours mean themselves. `fresh` is for how many seconds after its time the document speaks;
    None: nobody can say.
    """

    state: str
    title: str | None = None
    time: str | None = None
    words: tuple[tuple[str, Health], ...] = ()
    fresh: float | None = None

    def meaning(self) -> dict[str, Health]:
        """Every word that is known, with what it means."""
        return {health.value: health for health in Health} | dict(self.words)


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A status page. `engine` is None where it is still to be found by looking.

    `name` is who speaks there ("OpenAI"); `url` is the address a person opens. `auth` is how it is
    signed in to and `entry` the entry of the key store that does; with `{key}` in the address that
    entry stands there instead. `legend` is how the engine `json` is to read it.
    """

    id: SourceId
    url: str
    engine: str | None
    name: str
    auth: str = "none"
    entry: str | None = None
    legend: Legend | None = None
    feed: str = ""
    """Where its documents are asked for, if `url` does not lead to them."""


@dataclass(frozen=True, slots=True)
class ProbeSource:
    """A front door that answers without a key. `least_wait` in seconds between two looks.

    A `local` one is a model server on this computer: it says nothing about any network.
    """

    id: SourceId
    url: str
    dialect: str = "plain"
    least_wait: float = 30.0
    local: bool = False


@dataclass(frozen=True, slots=True)
class Deep:
    """The smallest real call, made only when a person asks for it: `model` and what it costs."""

    url: str
    model: str
    cost: str


@dataclass(frozen=True, slots=True)
class KeySource:
    """The listing call that shows whether the person's own key is accepted, at no cost.

    `entry` is the entry of the key store that holds the key; `auth` how it is sent: `bearer`,
    `x-api-key`, `x-goog-api-key` or `api-key`.
    """

    id: SourceId
    url: str
    dialect: str
    auth: str
    entry: str
    least_wait: float = 30.0
    deep: Deep | None = None


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a key of the person's own belongs: its entry in the key store, and what it opens.

    Nothing is asked with a key that is not `kept`. With `page` it is the status page that wants it.
    """

    entry: str
    url: str
    kept: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """A neutral host, asked only in doubt, that tells whether this computer is online."""

    id: SourceId
    url: str


Source = FeedSource | ProbeSource | KeySource | ReferenceSource


def entry_of(source: Source) -> str | None:
    """The entry of the key store that a look at `source` needs; None where it needs none."""
    return source.entry if isinstance(source, FeedSource | KeySource) else None


def is_local(source: Source) -> bool:
    """Whether it is a server on this computer: it says nothing of any network."""
    return isinstance(source, ProbeSource) and source.local


class Needs(Enum):
    """What a person must have before a service does anything for them."""

    NOTHING = "nothing"
    ACCOUNT = "account"
    KEY = "key"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class PromptAddress:
    """An address that opens a service with a text already typed in.

    The text stands in `url` for `{prompt}`; `most` is how many characters the whole may have.
    """

    url: str
    most: int


@dataclass(frozen=True, slots=True)
class Apps:
    """The app of a service, where it has one: what each system knows it by.

    `linux` are ids of desktop entries, `macos` is a bundle id, `windows` a scheme it answers to.
    """

    linux: tuple[str, ...] = ()
    macos: str = ""
    windows: str = ""


NO_APPS = Apps()


@dataclass(frozen=True, slots=True)
class Service:
    """One tool a person may use, resolved: everything the rules need to know of it."""

    key: ServiceKey
    id: ServiceId
    name: str
    home: str
    vendor: str = ""
    can: tuple[str, ...] = ()
    family: str | None = None
    """The model family this vendor runs itself (`openai-models`); resellers have none."""
    runs_on: tuple[str, ...] = ()
    """Ids of services or model families it stands on."""
    page: FeedSource | None = None
    no_page: str = ""
    """Why no page of it is read, in a sentence; often there is simply none."""
    look_at: str = ""
    """A page of it that a person may open though no program reads it."""
    parts: tuple[PartRef, ...] = ()
    """The parts that matter; empty means the whole page."""
    own_parts: bool = False
    """Whether the person has chosen them themselves."""
    probe: ProbeSource | None = None
    account: KeySource | None = None
    """Where a key of the person's own is known."""
    key_place: KeyPlace | None = None
    """Where one is, or could be, used."""
    fallbacks: tuple[ServiceId, ...] = ()
    """The person's own order of alternatives; empty means: rank them."""
    kin: tuple[ServiceId, ...] = ()
    """The catalogue's order of sensible alternatives."""
    level: Level | None = None
    """This service's own notification level, where the person set one."""
    needs: Needs = Needs.NOTHING
    prompt: PromptAddress | None = None
    chat: str = ""
    """Of a model server: the page on this computer where one can chat with it; often there is none.
    """
    apps: Apps = NO_APPS

    @property
    def sources(self) -> tuple[FeedSource | ProbeSource | KeySource, ...]:
        """What is looked at for it: its page, its front door, the account with it."""
        asked = (self.page, self.probe, self.account)
        return tuple(one for one in asked if one is not None)

    @property
    def page_to_open(self) -> str:
        """The status page a person may open, read by us or not; empty where there is none."""
        return self.look_at if self.page is None else self.page.url

    @property
    def local(self) -> bool:
        """Whether it runs on this computer, and no network stands in between."""
        return self.probe is not None and self.probe.local


@lru_cache(maxsize=2048)
def host_of(url: str) -> str:
    """Host and port of an address, in lower case."""
    authority = url.partition("://")[2].partition("/")[0].partition("?")[0]
    return authority.rpartition("@")[2].lower()


def asked_host(source: "Source") -> str:
    """The host that a look at `source` asks: what politeness counts by."""
    feed = source.feed if isinstance(source, FeedSource) else ""
    return host_of(feed or source.url)


# Second-level labels under which names are sold; a full public-suffix list would be a large
# table for a question that needs no more than "probably the same owner".
_SHARED_SUFFIXES = frozenset({
    "ac", "co", "com", "ed", "edu", "gob", "gouv", "gov", "go", "gv", "ltd", "mil", "ne", "net",
    "nom", "or", "org", "plc", "sch",
})  # fmt: skip

# Where many put their pages under one roof: vendors of status pages, and of room for any page.
_LET_OUT = frozenset({
    "betteruptime.com", "freshstatus.io", "hund.io", "instatus.com", "sorryapp.com",
    "statuscast.com", "status.io", "statuspage.io", "azurestaticapps.net", "azurewebsites.net",
    "blogspot.com", "cloudfront.net", "deno.dev", "firebaseapp.com", "fly.dev", "github.io",
    "gitlab.io", "herokuapp.com", "hf.space", "netlify.app", "ngrok.app", "ngrok.io",
    "onrender.com", "pages.dev", "r2.dev", "readthedocs.io", "replit.app", "streamlit.app",
    "trycloudflare.com", "vercel.app", "web.app", "workers.dev",
})  # fmt: skip


def owner_of(host: str) -> str:
    """The registrable domain of `host`, near enough to tell unrelated hosts apart.

    An address in digits, or a name without a dot, is its own owner, port included.
    """
    name = host.partition(":")[0]
    labels = name.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or host.startswith("["):
        return host
    two = ".".join(labels[-2:])
    sold = labels[-2] in _SHARED_SUFFIXES and len(labels[-1]) == 2
    return ".".join(labels[-3:]) if sold or two in _LET_OUT else two


def is_named_after(host: str, other: str) -> bool:
    """Whether `host` has the name of the owner of `other` in it: examplestatus.com, example.io."""
    owner = owner_of(other.partition(":")[0])
    name, _, rest = owner.partition(".")
    if not rest or rest.rpartition(".")[2].isdigit() or owner.startswith("["):
        return False  # a name in a network of one's own, or an address in digits
    pieces = host.partition(":")[0].replace("-", ".").split(".")
    return any(piece.removesuffix("status").removeprefix("status") == name for piece in pieces)
