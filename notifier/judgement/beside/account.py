"""Accounts a vendor refuses: told once each, whatever else goes on, and never as an outage."""

from collections.abc import Mapping

from notifier.judgement.beside import life
from notifier.judgement.draft import Draft
from notifier.model.announcement import Reason
from notifier.model.board import Thread, Topic
from notifier.model.observation import Reading, Says
from notifier.model.service import Service, ServiceKey, SourceId
from notifier.model.verdict import Cause, Verdict

_TOLD = frozenset({Cause.KEY_REJECTED, Cause.QUOTA_EXHAUSTED, Cause.PAYMENT, Cause.REGION})
"""To be slowed down for a moment is not among them: it passes by itself."""


def tell(draft: Draft, found: Mapping[ServiceKey, Verdict]) -> None:
    """Open, tell and end what there is to say of each account."""
    refused = _refused(draft, found)
    for thread in life.under_way(draft, Topic.ACCOUNT):
        if _over(draft, thread, refused):
            life.end(draft, thread)
    for services, cause in refused.values():
        thread = _about(draft, services[0]) or life.begun(
            draft, Topic.ACCOUNT, tuple(service.key for service in services), cause
        )
        life.tell_once(draft, thread, Reason.ACCOUNT, services)


def _refused(
    draft: Draft, found: Mapping[ServiceKey, Verdict]
) -> dict[SourceId, tuple[tuple[Service, ...], Cause]]:
    """By account, the chosen services it is for, and how it is refused.

    Services that share a key share its trouble.
    """
    refused: dict[SourceId, tuple[tuple[Service, ...], Cause]] = {}
    causes = {key: verdict.account for key, verdict in found.items() if verdict.account in _TOLD}
    if not causes:
        return {}
    for service in draft.settings.services:
        cause, source = causes.get(service.key), service.account or service.probe
        if cause is not None and source is not None:
            services = refused[source.id][0] if source.id in refused else ()
            refused[source.id] = ((*services, service), cause)
    return refused


def _about(draft: Draft, service: Service) -> Thread | None:
    accounts = life.under_way(draft, Topic.ACCOUNT)
    return next((thread for thread in accounts if service.key in thread.services), None)


def _over(
    draft: Draft, thread: Thread, refused: dict[SourceId, tuple[tuple[Service, ...], Cause]]
) -> bool:
    """Whether the account is accepted again, or refused for another reason.

    An account nobody could ask about is as it was.
    """
    for services, cause in refused.values():
        if any(service.key in thread.services for service in services):
            return cause is not thread.cause
    chosen = [draft.settings.by_key.get(key) for key in thread.services]
    return all(service is None or _accepted(draft, service) for service in chosen)


def _accepted(draft: Draft, service: Service) -> bool:
    """Whether the last answer was one that accepts the account."""
    source = service.account or service.probe
    sight = draft.board.sights.get(source.id) if source is not None else None
    if source is None or sight is None:
        return source is None
    outcome = sight.last.outcome
    return isinstance(outcome, Reading) and not outcome.bad and outcome.says is not Says.ACCOUNT
