"""What can be used instead of a service, in words. The ranking is made by `fallbacks`."""

from notifier import fallbacks
from notifier.model.announcement import Exclusion, Suggestion
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.picture import ShownExclusion, ShownFallback
from notifier.model.service import Service
from notifier.model.settings import Settings
from notifier.wording.fallbacks import against, why
from notifier.wording.say import Say


def alternatives(
    board: Board, settings: Settings, service: Service, at: Moment, say: Say
) -> tuple[tuple[ShownFallback, ...], tuple[ShownExclusion, ...]]:
    """What works instead, best first, and what is not offered, each with its reasons."""
    suggestions, exclusions = fallbacks.rank(service, board, settings, at)
    return (
        tuple(_offered(suggestion, at, say) for suggestion in suggestions),
        tuple(_refused(exclusion, service, settings, say) for exclusion in exclusions),
    )


def name_of(id_: str, settings: Settings) -> str:
    """What a person calls the service `id_`; the id itself where nobody knows it."""
    known = (one.name for one in (*settings.services, *settings.others) if one.id == id_)
    return next(known, id_)


def _offered(suggestion: Suggestion, at: Moment, say: Say) -> ShownFallback:
    service = suggestion.service
    return ShownFallback(
        id=service.id,
        name=service.name,
        state=suggestion.health,
        why=why(suggestion, at, say),
        url=service.home,
    )


def _refused(exclusion: Exclusion, failed: Service, settings: Settings, say: Say) -> ShownExclusion:
    service = exclusion.service
    ground = _ground(exclusion.because, settings)
    return ShownExclusion(service.id, service.name, against(exclusion, failed, ground, say))


def _ground(id_: str, settings: Settings) -> str:
    """What an alternative stands on: whoever runs the models, else the service of that id."""
    everyone = (*settings.services, *settings.others)
    makers = (one.vendor or one.name for one in everyone if one.family == id_)
    return next(makers, None) or name_of(id_, settings)
