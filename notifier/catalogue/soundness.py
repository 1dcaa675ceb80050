"""What is wrong with an entry of the catalogue, in words; empty where all is well."""

import re
from collections.abc import Iterable
from datetime import date
from graphlib import CycleError, TopologicalSorter

from notifier.catalogue.entries import (
    AppsEntry,
    GroundEntry,
    KeyEntry,
    Known,
    PageEntry,
    PartEntry,
    PromptEntry,
    ServiceEntry,
)
from notifier.catalogue.services import Basis
from notifier.model.address import LOOPBACK, place
from notifier.model.duration import seconds
from notifier.model.service import host_of, owner_of

PROMPT_PLACE = "{prompt}"
"""What stands in an address where a prompt belongs."""

_MONTH = re.compile(r"\d{4}-\d{2}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_OPENED_BY_OTHERS = frozenset({"http", "https", "file", "javascript", "data", "mailto"})


def wrong_service(entry: ServiceEntry, known: Known) -> str:
    """What a service names that is not there, or says that cannot be so."""
    others = known.services.keys() - {entry.id}
    if entry.page is not None and entry.page not in known.pages:
        return f'there is no page "{entry.page}"'
    if wrong := _wrong_sight(entry):
        return wrong
    if entry.family is not None and not _is_family(entry.family, known):
        return f'there is no family "{entry.family}"'
    if wrong := _wrong_grounds(entry, known):
        return wrong
    if strangers := [name for name in entry.fallbacks if name not in others]:
        return f'fallbacks names "{strangers[0]}", which is no other service'
    if entry.probe is not None and seconds(entry.probe.least_wait) is None:
        return f'least_wait must be a time such as "5m"; it says "{entry.probe.least_wait}"'
    if entry.key is not None and (wrong := _wrong_key(entry.key)):
        return wrong
    return _wrong_ways_in(entry) or _nameless(entry.parts)


def wrong_page(entry: PageEntry) -> str:
    """What is wrong with a page."""
    if not _is_date(entry.date):
        return f'it was seen at no date: "{entry.date}"'
    return _nameless(entry.parts)


def wrong_ground(entry: GroundEntry, known: Known) -> str:
    """What is wrong with what others stand on."""
    if entry.id in known.services:
        return "a service has the same id; whatever becomes a service is no [[ground]] any more"
    return _wrong_grounds(entry, known)


def _nameless(parts: Iterable[PartEntry]) -> str:
    """Whether a part can not be found on any page."""
    bare = any(part.name is None and part.group is None for part in parts)
    return "a part has neither name nor group" if bare else ""


def _wrong_sight(entry: ServiceEntry) -> str:
    """Whether it is told how sure the entry is, and why no page is read where there is none."""
    if entry.seen is None and entry.page is None:
        return "without a page it must say itself how it was seen, and the date"
    if (entry.seen is not None or entry.date) and not _is_date(entry.date):
        return f'it was seen at no date: "{entry.date}"'
    if entry.seen is None and entry.date:
        return "it says a date, but not how it was seen"
    if entry.no_page is None:
        return ""
    if entry.page is not None:
        return "it has a page, and says why it has none"
    return "" if _is_sentence(entry.no_page.why) else "why of no_page must be a sentence"


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and text.endswith(".") and not {"{", "}", "\n"} & {*text}


def circle(known: Known) -> tuple[str, ...]:
    """Ids that run on one another in a circle, the first again at the end; mostly there is none."""
    runs_on = {one.id: one.runs_on for one in known.grounds.values()}
    runs_on |= {one.id: one.runs_on for one in known.services.values()}
    try:
        TopologicalSorter(runs_on).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return tuple(reversed(found))  # it lists who carries before who stands on it
    return ()


# -------------------------------------------------------------------------- what it stands on


def _is_family(id_: str, known: Known) -> bool:
    return id_ in known.grounds and known.grounds[id_].kind == "family"


def _wrong_grounds(entry: ServiceEntry | GroundEntry, known: Known) -> str:
    there = (known.services.keys() | known.grounds.keys()) - {entry.id}
    if strangers := [name for name in entry.runs_on if name not in there]:
        return f'runs_on names "{strangers[0]}", which is neither another service nor a ground'
    if bare := [name for name in entry.runs_on if name not in entry.basis]:
        return f'runs_on names "{bare[0]}", but no basis says what supports it'
    if idle := [name for name in entry.basis if name not in entry.runs_on]:
        return f'basis speaks of "{idle[0]}", which runs_on does not name'
    return next((wrong for wrong in map(_wrong_basis, entry.basis.items()) if wrong), "")


def _wrong_basis(item: tuple[str, Basis]) -> str:
    ground, basis = item
    if not basis.source.strip():
        return f'the basis of "{ground}" names no source'
    return "" if _is_date(basis.date) else f'the basis of "{ground}" has no date: "{basis.date}"'


def _is_date(text: str) -> bool:
    """A day or a month: 2025-11-18, 2025-11."""
    try:
        date.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)
    except ValueError:
        return False
    return True


# ------------------------------------------------------------------------------- ways into it


def _wrong_key(key: KeyEntry) -> str:
    """What is wrong with the call that tries a person's key: it is sent nowhere in the clear."""
    urls = (key.url,) if key.deep is None else (key.url, key.deep.url)
    if any(not url.startswith("https://") for url in urls):
        return "a key is sent to addresses of https:// only"
    if len({(place(url) or ("", ""))[0] for url in urls}) > 1:
        return "both calls of a key must be made at one host"
    if seconds(key.least_wait) is None:
        return f'least_wait must be a time such as "5m"; it says "{key.least_wait}"'
    return ""


def _wrong_ways_in(entry: ServiceEntry) -> str:
    if entry.prompt is not None and (wrong := _wrong_prompt(entry.prompt, entry.home)):
        return wrong
    if entry.chat and not _is_beside(entry):
        return f'chat must be at http:// on this computer, at the port of its probe: "{entry.chat}"'
    return "" if entry.apps is None else _wrong_apps(entry.apps)


def _wrong_prompt(prompt: PromptEntry, home: str) -> str:
    """What is wrong with the address that is given a person's words: they go to the vendor only."""
    if not prompt.url.startswith("https://"):
        return "a prompt is sent to addresses of https:// only"
    address, _, query = prompt.url.partition("?")
    if query.count(PROMPT_PLACE) != 1 or PROMPT_PLACE in address:
        return f"the address of a prompt must hold {PROMPT_PLACE} once, after its question mark"
    if owner_of(host_of(prompt.url)) != owner_of(host_of(home)):
        return f'a prompt goes to the owner of "{home}" only; "{prompt.url}" is another\'s'
    if prompt.most <= len(prompt.url):
        return f"most must leave room for a prompt; it says {prompt.most}"
    if not prompt.source.strip() or not _is_date(prompt.date):
        return "the address of a prompt needs a source that documents it, and a date"
    return ""


def _is_beside(entry: ServiceEntry) -> bool:
    """Whether one can chat where the model server itself answers, on this computer."""
    probe = entry.probe
    if probe is None or not probe.local or not entry.chat.startswith("http://"):
        return False
    host, _, port = host_of(entry.chat).rpartition(":")
    return host in LOOPBACK and port == host_of(probe.url).rpartition(":")[2]


def _wrong_apps(apps: AppsEntry) -> str:
    if apps == AppsEntry():
        return "apps names no app"
    scheme = apps.windows
    if scheme and (scheme in _OPENED_BY_OTHERS or not _SCHEME.fullmatch(scheme)):
        return f'windows names a scheme of the app\'s own, such as "claude"; it says "{scheme}"'
    if bad := [id_ for id_ in apps.linux if "/" in id_ or id_.endswith(".desktop")]:
        return f'linux names desktop entries without path and ending; it says "{bad[0]}"'
    return ""
