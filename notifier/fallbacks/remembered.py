"""What is worked out of the settings once, and holds until they change."""

from collections.abc import Callable
from typing import TypeVar

from notifier.model.service import Service
from notifier.model.settings import Settings

T = TypeVar("T")


def once(work: Callable[[Service, Settings], T], service: Service, settings: Settings) -> T:
    """What `work` makes of a service; while it fails this is asked at every look."""
    key = (work, service.key)
    if key not in settings.memo:
        settings.memo[key] = work(service, settings)
    found: T = settings.memo[key]
    return found
