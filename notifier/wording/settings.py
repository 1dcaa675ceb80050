"""What a person is told about a settings file that says nothing that can be understood."""

from notifier.model.settings import Settings
from notifier.wording.say import Say


def unreadable(why: str, before: Settings, say: Say) -> str:
    """Why it cannot be read, and what goes on meanwhile: what it said `before` it was changed."""
    if not before.services:
        return why
    return say("{why} Until then what it said before holds.", why=why)
