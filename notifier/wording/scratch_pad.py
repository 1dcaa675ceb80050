"""The words of the scratch pad: what it is for, what it holds, what can be opened from it."""

from notifier.model.health import Health
from notifier.model.picture import Row, ShownFallback
from notifier.wording.say import Say
from notifier.wording.ways_in import grouped

ENTRY = "Scratch pad…"
"""The entry of the menu."""

TITLE = "Scratch pad"
ABOUT = (
    "Write or paste a prompt, and take it to whatever works: every button that opens an "
    "alternative, here or on a notice, takes it along where it can."
)
FIELD = "Your text"
PRIVATE = "Private: put it into no address"
KEEP = "Keep this draft"
COPY = "Copy the text"
COPIED = "Copied"
CLOSE = "Close"
BESIDE = "Take a prompt along…"
"""The link beside a service's alternatives."""

TOO_LARGE = "The pad holds 1 MB of text. What would have been more than that was left out."
NOT_OPENED = "It could not be opened: nothing on this desktop opens web addresses."


def title(say: Say, *, rehearsal: bool) -> str:
    """The title of the window."""
    return say("Rehearsal – {title}", title=say(TITLE)) if rehearsal else say(TITLE)


def heading(row: Row | None, say: Say) -> str:
    """Over what can be opened: instead of what, or what works anyway."""
    if row is None:
        return say("Nothing is watched yet, so nothing is known to work")
    if row.verdict.health is Health.OPERATIONAL:
        return say("{name} and its alternatives, as they are now", name=row.service.name)
    return say("Instead of {name}, as they are now", name=row.service.name)


def nothing(say: Say) -> str:
    """Where nothing can be offered."""
    return say("Nothing else is known to work right now. Your text stays here until it does.")


def itself(row: Row) -> ShownFallback:
    """The service of `row` as the first thing to open, where nothing is wrong with it."""
    one = row.service
    return ShownFallback(
        id=one.id,
        name=one.name,
        state=row.verdict.health,
        why=(row.state_words,),
        url=one.home,
        prompt=one.prompt,
        chat=one.chat,
        apps=one.apps,
    )


def count(length: int, say: Say) -> str:
    """How long the text is; empty while there is none."""
    if not length:
        return ""
    return say.plural("1 character", "{number} characters", length, number=grouped(length))


def kept(say: Say) -> str:
    """Beside the box, while it is ticked."""
    return say("On this computer's disk, for you alone; it goes when you untick this or empty it.")


def in_memory(say: Say) -> str:
    """Beside the box, while it is not."""
    return say("Until AI Notifier ends; closing this window keeps it.")
