"""What a person's choices mean against the catalogue. Checks no format: that is done before."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from itertools import chain

from notifier.catalogue.services import Catalogue, down
from notifier.model.address import KEY_PLACE, LOOPBACK, place, read_id, signed_id, source_id
from notifier.model.service import (
    FeedSource,
    KeyPlace,
    KeySource,
    PartRef,
    ProbeSource,
    ReferenceSource,
    Service,
    ServiceId,
    ServiceKey,
    SourceId,
    host_of,
    owner_of,
)
from notifier.model.settings import Choices, Complaint, Instead, Settings, Watched
from notifier.model.settings_words import SETTINGS_FILE

# A word this near to a known one is a slip of the pen; others may be known to a later catalogue.
_NEAR = 0.8


def resolve(
    choices: Choices, catalogue: Catalogue, zone: tzinfo
) -> tuple[Settings, tuple[Complaint, ...]]:
    """The settings the rules use, and what could not be understood against the catalogue.

    What cannot be watched is left out with a complaint; everything else works.
    """
    pages = _pages(choices.watched, catalogue)
    entries = [(watched, _base(watched, catalogue)) for watched in choices.watched]
    chosen = [(watched, base) for watched, base in entries if base is not None]
    ids = {base.id for _, base in chosen}
    meant = ((watched, _chosen(watched, base, catalogue, pages)) for watched, base in chosen)
    settings = Settings(
        services=tuple(_numbered(_signed_in(one, choices, catalogue) for one in meant)),
        others=tuple(
            _on(pages, _open_to(s, choices, catalogue))
            for s in catalogue.services
            if s.id not in ids
        ),
        references=_references(choices, catalogue),
        interval=choices.interval,
        level=choices.level,
        sound=choices.sound,
        quiet=choices.quiet,
        calm=choices.calm,
        instead=_instead(choices, catalogue),
        grounds=catalogue.grounds,
        zone=zone,
    )
    complaints = chain.from_iterable(_complaints(w, choices, catalogue) for w in choices.watched)
    return settings, (*complaints, *_unknown_alternatives(choices, catalogue))


def _instead(choices: Choices, catalogue: Catalogue) -> Instead:
    """What may be used instead: what they watch, and what they keep a key for, they have."""
    watched = {one.id for one in choices.watched}
    keyed = {id_ for id_, account in catalogue.accounts.items() if account.entry in choices.keys}
    own = choices.instead
    return replace(own, accounts=own.accounts | watched | keyed)


def _references(choices: Choices, catalogue: Catalogue) -> tuple[ReferenceSource, ...]:
    if choices.references is None:
        return catalogue.references
    return tuple(ReferenceSource(source_id("reference", url), url) for url in choices.references)


# ------------------------------------------------------------------------------ services


def _base(watched: Watched, catalogue: Catalogue) -> Service | None:
    """What is known of a service before the person's word; None where nothing can be asked."""
    known = catalogue.by_id.get(watched.id)
    if known is not None:
        return known
    address = watched.status or (watched.probe.url if watched.probe is not None else None)
    if address is None:
        return None
    scheme, host = address.partition("://")[0], (place(address) or ("", ""))[0]
    home = f"{scheme}://{host}/"
    return Service(key=ServiceKey(watched.id), id=ServiceId(watched.id), name=watched.id, home=home)


def _chosen(
    watched: Watched, base: Service, catalogue: Catalogue, pages: Mapping[SourceId, FeedSource]
) -> Service:
    """A service as the person wants it: what they said, and for the rest what is known."""
    page = base.page if watched.status is None else _page(watched, catalogue)
    home = watched.home or base.home
    parts = _parts(watched.parts, base, page, catalogue)
    used = _used_for(parts)
    meant = replace(
        base,
        name=watched.label or watched.name or base.name,
        home=home,
        can=watched.can or used or base.can,
        runs_on=down(watched.runs_on, catalogue.below) or base.runs_on,
        page=page,
        parts=parts or base.parts,
        own_parts=bool(parts),
        probe=base.probe if watched.probe is None else _door(watched.probe.url, base.probe),
        prompt=base.prompt if _one_owner(home, base.home) else None,
        chat=base.chat if watched.probe is None else "",
        fallbacks=tuple(ServiceId(id_) for id_ in watched.fallbacks),
        # The catalogue's list is for the whole of it: who only makes pictures with it needs others.
        kin=() if used or watched.can else base.kin,
        level=watched.notify,
    )
    return _on(pages, meant)


def _used_for(parts: tuple[PartRef, ...]) -> tuple[str, ...]:
    """What a person uses it for who chose only `parts`; empty where any of them serves it all."""
    if not all(part.can for part in parts):
        return ()
    return tuple(dict.fromkeys(chain.from_iterable(part.can for part in parts)))


def _one_owner(home: str, other: str) -> bool:
    """Whether what is typed for the one may be sent to the other."""
    return owner_of(host_of(home)) == owner_of(host_of(other))


def _door(url: str, known: ProbeSource | None) -> ProbeSource | None:
    """A front door asked without a key; there is none where the address itself needs one.

    A model server that is `known` and only listens elsewhere on this computer remains one.
    """
    if KEY_PLACE in url:
        return None
    id_ = source_id("probe", url)
    if known is not None and known.local and host_of(url).rpartition(":")[0] in LOOPBACK:
        return replace(known, id=id_, url=url)
    return ProbeSource(id_, url)


# ---------------------------------------------------------------------------------- keys


def _account(watched: Watched, catalogue: Catalogue) -> KeySource | None:
    """The call that would try a key of the person's own: theirs, else the catalogue's."""
    probe = watched.probe
    if probe is None:
        return catalogue.accounts.get(watched.id)
    if probe.auth == "none" and KEY_PLACE not in probe.url:
        return None
    entry = _entry(watched)
    path = (place(probe.url) or ("", ""))[1]
    dialect = "openai" if path.endswith("/v1/models") else "plain"
    id_ = signed_id(source_id("key", probe.url), entry)
    return KeySource(id_, probe.url, dialect, probe.auth, entry)


def _entry(watched: Watched) -> str:
    """The entry of the key store that a service of the person's own uses."""
    named = watched.probe.key if watched.probe is not None else None
    return named or watched.id


def _signed_in(entry: tuple[Watched, Service], choices: Choices, catalogue: Catalogue) -> Service:
    """A service with its account, where a key is kept for it: others are not asked for any."""
    watched, service = entry
    account = _account(watched, catalogue)
    kept = account is not None and account.entry in choices.keys
    return replace(
        service,
        account=account if kept else None,
        key_place=_key_place(account or service.page, choices),
    )


def _open_to(service: Service, choices: Choices, catalogue: Catalogue) -> Service:
    """A service nobody watches, with its account where a key is kept for it all the same."""
    account = catalogue.accounts.get(service.id)
    if account is None or account.entry not in choices.keys:
        return service
    return replace(service, account=account, key_place=_key_place(account, choices))


def _key_place(asked: KeySource | FeedSource | None, choices: Choices) -> KeyPlace | None:
    """Where a key belongs, whether one is kept or not; None where none is wanted."""
    if asked is None or asked.entry is None:
        return None
    kept = asked.entry in choices.keys
    return KeyPlace(asked.entry, asked.url, kept, page=isinstance(asked, FeedSource))


def _numbered(services: Iterable[Service]) -> Iterator[Service]:
    """The services with keys of their own: `claude`, `claude#2`."""
    count: Counter[ServiceId] = Counter()
    for service in services:
        count[service.id] += 1
        number = count[service.id]
        key = service.id if number == 1 else f"{service.id}#{number}"
        yield replace(service, key=ServiceKey(key))


# --------------------------------------------------------------------------------- pages


def _pages(watched: Iterable[Watched], catalogue: Catalogue) -> Mapping[SourceId, FeedSource]:
    """Every page once, so that services on the same page share one source.

    An engine the person names holds for the whole page: they know that it has moved.
    """
    pages = {page.source.id: page.source for page in catalogue.pages}
    for one in watched:
        if one.status is not None:
            page = _page(one, catalogue)
            if page.id not in pages or one.engine is not None:
                pages[page.id] = page
    return pages


def _page(watched: Watched, catalogue: Catalogue) -> FeedSource:
    """The page a person named: the catalogue's where it is that one, else a page of its own."""
    url = watched.status or ""
    known = catalogue.known_page(url)
    if known is not None and watched.engine is None:
        return known.source
    its_own = known is not None and watched.legend is None and place(url) == place(known.source.url)
    if known is not None and its_own:
        return replace(known.source, engine=watched.engine)
    vendor = catalogue.by_id[watched.id].vendor if watched.id in catalogue.by_id else ""
    name = vendor or watched.name or watched.label or watched.id
    page = FeedSource(source_id("page", url), url, watched.engine, name, watched.status_auth)
    if watched.legend is not None:
        page = replace(page, id=read_id(page.id, watched.legend), legend=watched.legend)
    if watched.status_auth == "none" and KEY_PLACE not in url:
        return page
    entry = _entry(watched)
    return replace(page, id=signed_id(page.id, entry), entry=entry)


def _on(pages: Mapping[SourceId, FeedSource], service: Service) -> Service:
    return service if service.page is None else replace(service, page=pages[service.page.id])


# --------------------------------------------------------------------------------- parts


def _parts(
    names: tuple[str, ...], base: Service, page: FeedSource | None, catalogue: Catalogue
) -> tuple[PartRef, ...]:
    """The parts a person named, with the ids the catalogue knows for them.

    A name is looked for in the service's own preset first, because names repeat on a page.
    """
    urls = (one.url for one in (page, base.page) if one is not None)
    found = (known.parts for url in urls if (known := catalogue.known_page(url)) is not None)
    elsewhere = tuple(dict.fromkeys(chain.from_iterable(found)))
    return tuple(_part(name, base.parts, elsewhere) for name in names)


def _part(name: str, preset: tuple[PartRef, ...], elsewhere: tuple[PartRef, ...]) -> PartRef:
    for parts in (preset, elsewhere):
        meant = [part for part in parts if _means(name, part)]
        if len(meant) == 1:
            return meant[0]
    groups = {_plain(part.group) for part in elsewhere if part.group is not None}
    if not any(_means(name, part) for part in elsewhere) and _plain(name) in groups:
        return PartRef(group=name)
    return PartRef(name=name)


def _means(name: str, part: PartRef) -> bool:
    """Whether a person who writes `name` means `part`: its name, its id, or the whole group."""
    if part.name is None:
        return _plain(name) == _plain(part.group) or name == part.id
    return _plain(name) in (_plain(part.name), _plain(_bare(part.name))) or name == part.id


def _plain(text: str | None) -> str:
    return (text or "").strip().casefold()


def _bare(name: str) -> str:
    """A name without what stands in brackets after it: `Claude API (api.anthropic.com)`."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


# ---------------------------------------------------------------------------- complaints


def _complaints(watched: Watched, choices: Choices, catalogue: Catalogue) -> Iterator[Complaint]:
    """What is missing in one entry or names something that is probably a slip of the pen."""
    ids = (*catalogue.by_id, *(other.id for other in choices.watched))
    for text in (
        *_missing(watched, catalogue),
        *_slips("fallbacks", watched.fallbacks, ids),
        *_slips("runs_on", watched.runs_on, (*ids, *catalogue.grounds)),
    ):
        yield Complaint(SETTINGS_FILE, watched.line, f'service "{watched.id}": {text}')


def _missing(watched: Watched, catalogue: Catalogue) -> Iterator[str]:
    if watched.id in catalogue.by_id:
        return
    if watched.status is None and watched.probe is None:
        from difflib import get_close_matches  # only slips of the pen need it

        near = get_close_matches(watched.id, catalogue.by_id, n=1, cutoff=_NEAR)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        yield (
            "the catalogue does not know it, so it is not watched; a service of your own needs "
            f'"name", "home", and "status" or "probe".{hint}'
        )
        return
    if watched.name is None:
        yield 'it has no "name"; its id is shown instead.'
    if watched.home is None:
        yield 'it has no "home"; the site of its status page or probe is opened instead.'


def _unknown_alternatives(choices: Choices, catalogue: Catalogue) -> Iterator[Complaint]:
    """Slips of the pen in `[fallbacks]`: what nobody knows is never offered."""
    ids = (*catalogue.by_id, *(one.id for one in choices.watched))
    named = {"allow": choices.instead.allow or (), "accounts": choices.instead.accounts}
    for key, words in named.items():
        for text in _slips(key, sorted(words), ids):
            yield Complaint(SETTINGS_FILE, None, f"[fallbacks]: {text}")


def _slips(key: str, words: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for word in words:
        from difflib import get_close_matches  # only slips of the pen need it

        near = get_close_matches(word, known, n=1, cutoff=_NEAR)
        if near and word not in known:
            yield f'"{key}" names "{word}", which is not known. Did you mean "{near[0]}"?'
