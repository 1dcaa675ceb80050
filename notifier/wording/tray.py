"""The words of the tray: its menu, its hints, and the click on a notice's body."""

from datetime import datetime

from notifier.model.health import Health
from notifier.model.picture import Picture, Row, ShownFallback
from notifier.wording.glance import Glance
from notifier.wording.say import Say

NAME = "AI Notifier"

IS_IT_ME = "Is it me? Check now"
TEST = "Test my connection…"
TEST_NOTICE = "Test notification…"
TEST_FALLBACKS = "Test my fallbacks…"
OTHER_TOOLS = "Other tools"
BROKEN = "It is broken for me"
WORKS = "It works for me"
GOT_IT = "Got it"
PROOF = "Copy as proof"
TELL_ME = "Tell me when it is back"
AWAITED = "You will be told when it is back"
NOTHING_LEFT = "Nothing else is known to work right now"
CHOOSE = "Add or remove tools…"
PAUSE = "Pause for…"
AN_HOUR = "1 hour"
TOMORROW = "Until tomorrow, 8:00"
RESUME = "Resume notifications"
OPEN = "Open"
MORE = "More"
SETTINGS = "Settings file"
LOG = "Log"
QUIT = "Quit"

DETAILS = "Details"
"""A click on the body of a notice, where the daemon draws it as a button."""

NO_TRAY = (
    "This desktop shows no tray icons, so this window stands in for the lamp. "
    "Starting AI Notifier again brings it back."
)
NO_TRAY_GNOME = (
    "GNOME shows no tray icons by itself, so this window stands in for the lamp. The extension "
    "“AppIndicator and KStatusNotifierItem Support” adds them; starting AI Notifier again brings "
    "this window back."
)


def service(row: Row, glance: Glance) -> str:
    """A service in the menu: its name, its state in words, and how old that is."""
    say, age = glance.say, glance.age(row.checked)
    name, state = row.service.name, row.state_words
    if not age:
        return say("{name}: {state}", name=name, state=state)
    return say("{name}: {state} · {age}", name=name, state=state, age=age)


def page(row: Row, say: Say) -> str:
    """The entry that opens a service's status page."""
    where = row.service.page.name if row.service.page else ""
    return say("Status page of {name}", name=where or row.service.name)


def home(row: Row, say: Say) -> str:
    """The entry that opens the service itself, where it has no page."""
    return say("Open {name}", name=row.service.name)


def fallback(shown: ShownFallback, say: Say) -> str:
    """The entry that opens an alternative."""
    if shown.state is Health.OPERATIONAL:
        return say("Use {name} instead", name=shown.name)
    return say("Use {name} instead (in doubt)", name=shown.name)


def snooze(row: Row, glance: Glance) -> str:
    """The entry that snoozes a service, or says until when it is snoozed."""
    if row.snoozed_until is None or row.snoozed_until <= glance.at.utc:
        return glance.say("Snooze 1 h")
    return glance.say("Snoozed until {time}", time=glance.time(row.snoozed_until))


def paused(until: datetime, glance: Glance) -> str:
    """What is said while everything is silent."""
    return glance.say("Paused until {time}", time=glance.time(until))


def kept_back(count: int, say: Say) -> str:
    """What is said of notices that hang nowhere, for the desktop keeps them back."""
    return say.plural(
        "Kept back by do not disturb: {count} notice",
        "Kept back by do not disturb: {count} notices",
        count,
    )


def owed(picture: Picture, say: Say) -> str:
    """What is said of notices that no daemon took."""
    return say.plural(
        "{count} notice could not be shown", "{count} notices could not be shown", picture.owed
    )
