"""Looks out of turn: controls in doubt, the one confirming look, alternatives and upstreams."""

from collections.abc import Iterable
from dataclasses import replace

from notifier.fallbacks import model_pages, upstreams, worth_checking
from notifier.judgement.draft import Draft
from notifier.judgement.looks import bad, control_answered, no_way_out, shut_off, silent, waited
from notifier.model.board import CUT_OFF, Board, Link, Sight
from notifier.model.effect import LookAt
from notifier.model.health import FAILING
from notifier.model.moment import Moment
from notifier.model.observation import PORTAL_KINDS, Failure, Observation
from notifier.model.service import ReferenceSource, Service, ServiceKey, SourceId, host_of
from notifier.model.settings import LEAST_INTERVAL, Settings

CONFIRM_AFTER = 10.0
"""Seconds from the first failed look of a front door to the confirming one, at least."""

TRY_AGAIN = 5.0
"""Seconds between two attempts while nothing finds a way out of this computer."""

IN_STEP = 5.0
"""Seconds between two neutral hosts within which both answer the same question."""

EASED_AFTER = 10.0
"""Seconds from the first good look of a front door that failed to the second one."""

_NO_WAY_OUT = frozenset({Link.OFFLINE, Link.DNS})

_MOST_CONTROLS = 3
"""Hosts asked to vouch for us; one answer is enough."""


def ask_controls(draft: Draft, seen: Observation) -> None:
    """In doubt about one host, ask the neutral ones: at its first failure, or while unsure.

    A neutral one that fails asks for nothing: they would call each other without end.
    """
    source = draft.settings.sources.get(seen.source)
    if not _doubtful(seen) or source is None or isinstance(source, ReferenceSource):
        return
    if source.id not in draft.settings.owners:
        return  # what runs on this computer needs nobody to vouch for the network
    if draft.board.connection.link in CUT_OFF:
        return  # they take turns already
    sight = draft.board.sights[seen.source]
    # Not every first bad look is the first to fail: we may have been cut off before.
    first = (
        sight.failures == 1 or sight.doubt is seen or draft.board.connection.link is not Link.ONLINE
    )
    if first or not _vouched_for(draft, seen):
        for reference in draft.settings.references:
            draft.look_at(reference.id)


def _vouched_for(draft: Draft, seen: Observation) -> bool:
    """Whether another host has answered of late: else we would be unsure of ourselves soon."""
    at = draft.at
    since = Moment(at.utc, at.steady - draft.settings.interval)
    return control_answered(draft.board, seen.source, draft.settings, since=since)


def _doubtful(seen: Observation) -> bool:
    outcome = seen.outcome
    by_page = isinstance(outcome, Failure) and outcome.kind in PORTAL_KINDS
    return silent(seen) or bad(seen) or by_page


def try_the_way_out(draft: Draft, seen: Observation) -> None:
    """While we are cut off, let one source try again and again: once it is through, all are.

    Where nothing leaves this computer nobody is bothered by that. Else the neutral hosts take
    turns, so that none is asked more often than is polite.
    """
    link, settings = draft.board.connection.link, draft.settings
    source = settings.sources.get(seen.source)
    if link in _NO_WAY_OUT and no_way_out(seen) and (scout := _scout(settings)):
        draft.look_at(scout, after=TRY_AGAIN)
    elif link in CUT_OFF - _NO_WAY_OUT and isinstance(source, ReferenceSource):
        draft.look_at(source.id, after=_turn(draft, source.id))


def _turn(draft: Draft, asked: SourceId) -> float:
    """Seconds until a neutral host is asked again: twice a minute, and never two at one time."""
    everyone = [reference.id for reference in draft.settings.references]
    place, sights = everyone.index(asked), draft.board.sights
    before = (sights[id_].last.at for id_ in everyone[:place] if id_ in sights)
    in_step = any(draft.at.since(at) < IN_STEP for at in before)
    return LEAST_INTERVAL * (1.0 + place / len(everyone) if in_step else 1.0)


def _scout(settings: Settings) -> SourceId | None:
    """A neutral host where there is one, else the first of what was chosen."""
    able = (*(reference.id for reference in settings.references), *settings.by_source)
    return able[0] if able else None


def confirm(draft: Draft) -> None:
    """Order the look that settles each doubt, once a control has answered; and the second good
    look of a front door that failed.
    """
    if draft.board.connection.link in CUT_OFF:
        return
    unsettled = [
        (id_, sight)
        for id_, sight in draft.board.sights.items()
        if (sight.doubt is not None or sight.eased is not None) and not sight.confirm_ordered
    ]
    for id_, sight in unsettled:
        after = _settled_after(draft, id_, sight)
        if after is None:
            continue
        vain = any(one is not None and waited(one) for one in (sight.doubt, sight.earlier))
        beside = controls(draft.board, draft.settings) if vain else ()
        look = LookAt(id_, max(0.0, after), early=True, confirming=True, beside=beside)
        draft.want(look)
        ordered = replace(sight, confirm_ordered=True)
        draft.board = replace(draft.board, sights={**draft.board.sights, id_: ordered})


def _settled_after(draft: Draft, id_: SourceId, sight: Sight) -> float | None:
    """Seconds from now to the look that settles a doubt; None where there is none to be made."""
    if sight.eased is not None:
        return EASED_AFTER - draft.at.since(sight.eased.at)
    doubt = sight.doubt
    if doubt is None or (sight.confirmed is not None and bad(sight.confirmed) is bad(doubt)):
        return None
    if shut_off(doubt) and id_ not in draft.settings.by_source:
        return None  # nobody asks why an alternative cannot be reached from here
    if not control_answered(draft.board, id_, draft.settings, since=doubt.at):
        return None
    last = sight.last if sight.last.confirming else doubt
    # Where a name was not found in the middle of it, nobody over there was asked just now.
    interrupted = sight.earlier is not None and no_way_out(last)
    return (TRY_AGAIN if interrupted else CONFIRM_AFTER) - draft.at.since(last.at)


def forgive(draft: Draft, service: Service) -> None:
    """Forget what the front door of `service`, and its account, were seen to fail at."""
    sights = dict(draft.board.sights)
    for source in (service.probe, service.account):
        sight = sights.get(source.id) if source is not None else None
        if source is not None and sight is not None:
            sights[source.id] = replace(
                sight,
                doubt=None,
                earlier=None,
                confirmed=None,
                broken=None,
                eased=None,
                confirm_ordered=False,
            )
    draft.board = replace(draft.board, sights=sights)


def arrive(draft: Draft, at: Moment | None = None) -> None:
    """Awake, in another network, or connected again, now or `at` the look that has shown it: doubts
    from before mean nothing any more.

    What was confirmed is no longer believed, nor is it over: `Sight.broken` remembers it until it
    has been looked at again.
    """
    sights = {
        id_: replace(
            sight, doubt=None, earlier=None, confirmed=None, eased=None, confirm_ordered=False
        )
        if sight.doubt is not None or sight.confirmed is not None or sight.eased is not None
        else sight
        for id_, sight in draft.board.sights.items()
    }
    draft.board = replace(draft.board, sights=sights, arrived=at or draft.at)


def controls(board: Board, settings: Settings) -> tuple[SourceId, ...]:
    """Sources that could vouch for us, where a front door's doubt waits for just that.

    For whoever looks once and has heard of all others too early; and for a look that may wait in
    vain, which confirms nothing unless one that began with it was answered.
    """
    waiting = {
        host_of(settings.sources[id_].url)
        for id_, sight in board.sights.items()
        if sight.doubt is not None and sight.confirmed is None and id_ in settings.by_source
    }
    known = (*(reference.id for reference in settings.references), *settings.by_source)
    able = [
        id_
        for id_ in known
        if (sight := board.sights.get(id_)) is not None
        and sight.last is sight.good
        and waiting - {host_of(settings.sources[id_].url)}
    ]
    return tuple(able[:_MOST_CONTROLS])


def in_doubt(board: Board, settings: Settings) -> tuple[Service, ...]:
    """The chosen services that fail, or that the person calls broken."""
    failing = {key for key, one in board.standings.items() if one.verdict.health in FAILING}
    if not failing:  # as nearly always, and this is asked at every look
        return ()
    return tuple(
        service
        for service in settings.services
        if service.key in failing and doubted(board, service.key)
    )


def doubted(board: Board, key: ServiceKey) -> bool:
    """Whether a service fails so that it is told, or is called broken by the person."""
    standing = board.standings.get(key)
    if standing is None or standing.verdict.health not in FAILING:
        return False
    return standing.verdict.tells or standing.override is not None


def extra_sources(board: Board, settings: Settings) -> tuple[SourceId, ...]:
    """Sources nobody chose that are looked at now.

    While something fails: its alternatives and upstreams; while nothing finds a way out: the
    references.
    """
    wanted: dict[SourceId, None] = {}
    for service in in_doubt(board, settings):
        others = (*worth_checking(service, board, settings), *upstreams(service, settings))
        wanted.update(dict.fromkeys(s.id for other in others for s in other.sources))
        wanted.update(dict.fromkeys(model_pages(service, settings)))
    if board.connection.link in _NO_WAY_OUT:
        wanted.update(dict.fromkeys(reference.id for reference in settings.references))
    return tuple(wanted)


def instead(board: Board, settings: Settings) -> tuple[SourceId, ...]:
    """The sources of everything that could be used instead of what was chosen, and its upstreams.

    For whoever asks for alternatives while nothing fails.
    """
    others = (
        other
        for service in settings.services
        for other in (
            *worth_checking(service, board, settings),
            *upstreams(service, settings),
        )
    )
    return tuple(dict.fromkeys(s.id for other in others for s in other.sources))


def look_at_all(draft: Draft, services: Iterable[Service], *, early: bool = False) -> None:
    """Ask for a look at every source of `services`."""
    for id_ in dict.fromkeys(s.id for service in services for s in service.sources):
        draft.look_at(id_, early=early)
