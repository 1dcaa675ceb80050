"""What can be used instead of a service, in words. The ranking is made by `fallbacks`."""

from collections.abc import Collection

from notifier import fallbacks
from notifier.model.announcement import Against, Exclusion, Suggestion
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import ShownExclusion, ShownFallback
from notifier.model.service import Service, ServiceId
from notifier.model.settings import Settings
from notifier.wording.fallbacks import against, why
from notifier.wording.say import Say


def alternatives(
    board: Board, settings: Settings, service: Service, at: Moment, say: Say
) -> tuple[tuple[ShownFallback, ...], tuple[ShownExclusion, ...]]:
    """What works instead, best first, and what is not offered, each with its reasons."""
    suggestions, exclusions = fallbacks.rank(service, board, settings, at)
    looked_at = {one.id for one in fallbacks.worth_checking(service, board, settings)}
    looked_at |= {one.id for one in settings.services}
    return (
        tuple(_offered(suggestion, at, say) for suggestion in suggestions),
        tuple(_refused(exclusion, service, settings, looked_at, say) for exclusion in exclusions),
    )


def ground_name(id_: str, settings: Settings) -> str:
    """What a person calls what something stands on: whoever runs the models, else the service or
    the cloud of that id; the id itself where nobody knows it.
    """
    everyone = (*settings.services, *settings.others)
    makers = (one.vendor or one.name for one in everyone if one.family == id_)
    named = (one.name for one in everyone if one.id == id_)
    return next(makers, None) or next(named, None) or settings.grounds.get(id_, id_)


def _offered(suggestion: Suggestion, at: Moment, say: Say) -> ShownFallback:
    service = suggestion.service
    return ShownFallback(
        id=service.id,
        name=service.name,
        state=suggestion.health,
        why=why(suggestion, at, say),
        url=service.home,
        prompt=service.prompt,
        chat=service.chat,
        apps=service.apps,
    )


def _refused(
    exclusion: Exclusion,
    failed: Service,
    settings: Settings,
    looked_at: Collection[ServiceId],
    say: Say,
) -> ShownExclusion:
    service = exclusion.service
    why_not = against(exclusion, failed, ground_name(exclusion.because, settings), say)
    awaited = exclusion.against is Against.NOT_LOOKED_YET and service.id in looked_at
    closed = exclusion.against is Against.NO_ACCOUNT
    return ShownExclusion(service.id, service.name, why_not, awaited, closed)
