"""What several of a person's tools may stand on, in sentences. Found by `exposure`."""

from notifier.exposure import Exposure, exposures, tools
from notifier.model.settings import Settings
from notifier.view.alternatives import ground_name
from notifier.wording import exposure as words
from notifier.wording.say import Say


def exposure(settings: Settings, say: Say) -> tuple[str, ...]:
    """A sentence for each thing that carries most of the tools, the worst first."""
    count = len(tools(settings))
    return tuple(_sentence(one, count, settings, say) for one in exposures(settings))


def _sentence(found: Exposure, count: int, settings: Settings, say: Say) -> str:
    grounds = tuple(dict.fromkeys(_name(id_, settings) for id_ in found.grounds))
    free = [one.name for one in found.free]
    if found.all:
        return words.every(count, grounds, free, say)
    return words.some(len(found.carried), count, grounds, free, say)


def _name(ground: str, settings: Settings) -> str:
    """What stands under a tool, as a person calls it."""
    return settings.grounds.get(ground) or ground_name(ground, settings)
