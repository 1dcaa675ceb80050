"""What the doctor says: each finding in one sentence, and in another what to do about it."""

from collections.abc import Sequence
from datetime import timedelta

from notifier.wording.say import Say
from notifier.wording.times import duration, listed

Message = tuple[str, str]
"""What was found, and what to do about it (empty: nothing)."""

HEADINGS = {
    "program": "Program",
    "places": "Places",
    "settings": "Settings",
    "history": "History",
    "exposure": "Exposure",
    "owner": "Running",
    "desktop": "Desktop",
    "computer": "This computer",
    "autostart": "Start at login",
    "relays": "Pushes and hooks",
    "network": "Network",
}

_LEVELS = {"ok": "ok", "attention": "attention", "unknown": "unknown"}

# -- the program ------------------------------------------------------------------------------

VERSIONS: Message = ("AI Notifier {version} · Python {python} · {system}", "")
LIBRARIES: Message = ("{libraries}", "")
QT: Message = ("Qt {version} can be loaded", "")
QT_MISSING: Message = (
    "Qt is not installed; commands and `notifier watch` work without it",
    "For the tray install the package with its extra: ai-notifier[desktop]",
)
QT_BROKEN: Message = (
    "Qt {version} cannot be loaded: {why}",
    "Install the missing library; until then `notifier watch` does the same in a terminal",
)
QT_UNKNOWN: Message = ("Whether Qt can be loaded was not found out: {why}", "")
SESSION: Message = ("Desktop: {desktop}", "")
NO_SESSION: Message = ("This shell belongs to no desktop session", "")

# -- places -----------------------------------------------------------------------------------

NAMES = {
    "settings": "Settings",
    "data": "Data",
    "state": "State",
    "cache": "Cache",
    "log": "Log",
    "socket": "Socket",
}
THERE: Message = ("{name}: {path}", "")
NOT_YET: Message = ("{name}: {path} (not there yet)", "")
OPEN_TO_OTHERS: Message = (
    "{name}: {path} can be read by others on this computer ({mode})",
    "Run: chmod {wanted} {path}",
)
NOT_WRITABLE: Message = (
    "{name}: {path} cannot be written to",
    "Give your account the right to write there, or use --profile with another folder",
)
NOT_OURS: Message = (
    "{name}: {path} belongs to another user",
    "Use --profile with a folder of your own",
)
CLOSED: Message = ("{name}: {path} cannot be looked at: {why}", "")
SPACE: Message = ("{free} are free on the disk of the data", "")
NO_SPACE: Message = (
    "Only {free} are free on the disk of the data",
    "Make room, or the history cannot be kept",
)
NETWORK_DISK: Message = (
    "The data lies on a disk of another computer, or of a kind unknown here",
    "If the history is slow or breaks, use --profile with a folder on this computer",
)

# -- settings, history, who is running ----------------------------------------------------------

SETTINGS_FINE: Message = ("Every value is understood; {services}", "")
SETTINGS_NONE: Message = ("There are none yet, and nothing is chosen", "")
SETTINGS_WRONG: Message = ("{complaint}", "")
SETTINGS_UNREADABLE: Message = ("{why}", "Until then nothing of it is used by commands")

HISTORY_NONE: Message = ("There is none yet", "")
HISTORY_FINE: Message = ("It is whole: {size}, {notices}; last written {when}", "")
HISTORY_TROUBLE: Message = (
    "{why}",
    "The program goes on without it; a damaged file is set aside at its next start",
)
HISTORY_NEWER: Message = ("{why}", "")

RUNNING: Message = ("{who} is running (process {pid}) and answers", "")
RUNNING_SOMEBODY: Message = ("AI Notifier is running and answers", "")
NOT_RUNNING: Message = (
    "AI Notifier is not running",
    "Start it with `notifier tray`, or with `notifier watch` where there is no desktop",
)
SILENT: Message = (
    "{why}",
    "End process {pid} and start AI Notifier again",
)
NOT_ASKED: Message = ("{why}", "")
TRAY, WATCH = "The tray program", "`notifier watch`"

# -- what carries most of the tools ---------------------------------------------------------

EXPOSED: Message = ("{sentence}", "")
NOT_EXPOSED: Message = ("Nothing is known that carries most of your tools", "")

# -- the desktop ------------------------------------------------------------------------------

NOT_HERE: Message = ("Tray, notifications and key store are not looked at on this system", "")
NO_BUS: Message = (
    "There is no session bus, so tray, notifications and key store cannot be asked",
    "",
)
BUS_SILENT: Message = (
    "The session bus cannot be used: {why}",
    "Sign out and in again; without it there are no notifications and no tray icon",
)
BUS: Message = ("The session bus answers", "")
TRAY_HOST: Message = ("Tray icons are shown by {host}; {items}", "")
TRAY_NO_HOST: Message = (
    "{host} takes tray icons, but nothing shows them",
    "Add a tray (status icons) to the panel of this desktop",
)
TRAY_SILENT: Message = (
    "The tray of this desktop ({host}) does not answer",
    "Restart the panel of this desktop, or sign out and in again",
)
TRAY_WITHOUT_US: Message = (
    "The tray program is running, but its icon is not among those of {host}",
    "Start AI Notifier again; if it stays away, send this report",
)
NO_TRAY: Message = (
    "No program of this desktop takes tray icons over the bus",
    "Add a tray (status icons) to the panel; the window stands in for the icon meanwhile",
)
NO_TRAY_GNOME: Message = (
    "GNOME shows no tray icons by itself",
    "Install the extension “AppIndicator and KStatusNotifierItem Support”",
)
DAEMON: Message = ("Notifications are shown by {name} {version}; {abilities}", "")
DAEMON_LATER: Message = ("Notifications: their program starts when the first one comes", "")
DAEMON_SILENT: Message = (
    "The notification program ({host}) does not answer",
    "End process {pid}; the desktop starts it again",
)
NO_DAEMON: Message = (
    "No program of this desktop shows notifications",
    "Install one, such as dunst or xfce4-notifyd; the window shows them meanwhile",
)
KEYS: Message = ("The key store is there and open", "")
KEYS_LOCKED: Message = ("The key store is there and locked; nothing was asked of it", "")
KEYS_THERE: Message = ("The key store is there", "")
KEYS_LATER: Message = ("The key store starts when it is needed", "")
NO_KEYS: Message = ("There is no key store; only services with a key need one", "")

# -- its circumstances ------------------------------------------------------------------------

ON_BATTERY: Message = ("On battery: {answer}", "")
METERED: Message = ("Metered link: {answer}", "")
LOCKED: Message = ("Screen locked: {answer}", "")
IN_FRONT: Message = ("Login session in front: {answer}", "")
ANSWERS = {True: "yes", False: "no", None: "not known"}

AUTOSTART_NOT_OF_A_PROFILE: Message = ("Starting at login concerns the default profile only", "")

# -- pushes and hooks -------------------------------------------------------------------------

RELAY: Message = ("{way}: {last}", "")
PUSH_UNADDRESSED: Message = (
    "{way}: no address is kept for it, so that nothing is sent",
    "Run: notifier key set push:{name}",
)
HOOK_MISSING: Message = ("{way}: {why}", "Correct `run` of this [[hook]] in the settings")
RELAY_FAILED: Message = ("{way}: {last}", "`notifier history` has every try")
NOT_USED_YET = "there has been nothing to send yet"
LAST = {
    "handed_over": "the last notice was handed over {when}",
    "retried": "the last notice could not be handed over {when} and is tried again: {why}",
    "failed": "the last notice could not be handed over {when}: {why}",
    "outdated": "the last notice was no longer news {when}: {why}",
}

# -- the network ------------------------------------------------------------------------------

OFFLINE_WISHED: Message = ("Not looked at, as you wished", "")
NO_REFERENCES: Message = (
    "Not looked at: the settings name no neutral hosts (`references`)",
    "",
)
ASKED: Message = ("Only the neutral hosts of the settings were asked: {hosts}", "")
PROXY: Message = ("Asked through the proxy {proxy}", "")
NO_PROXY: Message = ("Asked without a proxy", "")
STAGES = {
    "dns": "{host}: name found in {time}",
    "connect": "{host}: connected in {time}",
    "tls": "{host}: secure connection in {time}, vouched for by {issuer}",
    "front": "{host}: answered in {time} ({detail})",
}
NOBODY = "nobody named"
STOPPED: Message = ("{host}: {why}", "{advice}")
UNANSWERED: Message = ("{host}: {why}", "")
ALL_ANSWER: Message = ("{answered} of {count} neutral hosts answered as they should", "")
NONE_ANSWER: Message = (
    "None of {count} neutral hosts answered as it should",
    "Look at the network of this computer: everything watched is unknown meanwhile",
)
SOME_ANSWER: Message = ("{answered} of {count} neutral hosts answered as they should", "")
CLOCK: Message = ("The clock of this computer agrees with that of others (within {time})", "")
CLOCK_WRONG: Message = (
    "The clock of this computer is {time} {direction}",
    "Set it, or let the system set it: certificates and times are judged by it",
)
CLOCK_UNKNOWN: Message = ("Whether the clock is right was not found out: nobody told the time", "")
SLOW, FAST = "slow", "fast"


# -- the whole --------------------------------------------------------------------------------


def title(attention: int, say: Say) -> str:
    """How it is, in one line."""
    if not attention:
        return say("Nothing needs attention.")
    return say.plural("One thing needs attention.", "{count} things need attention.", attention)


def level(word: str, say: Say) -> str:
    """A level in a word, where no mark can be drawn."""
    return say(_LEVELS[word])


def size(count: int, say: Say) -> str:
    """Bytes as people count them."""
    for unit, whole in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= whole:
            number = f"{count / whole:.1f}".removesuffix(".0")
            return say("{number} {unit}", number=number, unit=unit)
    return say.plural("{count} byte", "{count} bytes", count)


def services(count: int, say: Say) -> str:
    """How many services are chosen."""
    if not count:
        return say("nothing is chosen")
    return say.plural("{count} service is chosen", "{count} services are chosen", count)


def notices(count: int, say: Say) -> str:
    """How many notices are kept."""
    return say.plural("{count} notice", "{count} notices", count)


def items(count: int, say: Say, *, ours: bool) -> str:
    """How many icons there are."""
    told = say.plural("{count} icon", "{count} icons", count)
    return say("{told}, ours among them", told=told) if ours else told


def abilities(names: Sequence[str], say: Say) -> str:
    """What a notification program can do."""
    return listed(sorted(names), say, most=4) if names else say("nothing special")


def off(by: timedelta, say: Say) -> str:
    """How far a clock is off."""
    return duration(abs(by.total_seconds()), say)


# -- the bundle -------------------------------------------------------------------------------

BUNDLED = "Written: {path}"
BUNDLE_EXISTS = "{path} is there already; it is not overwritten."
BUNDLE_FAILED = "{path} cannot be written: {why}."
CONTENTS = {
    "README.txt": "what this is",
    "report.txt": "what `notifier doctor` found, as printed",
    "report.json": "the same, for programs",
    "settings.json": "your settings, without keys, names before @, queries and unknown values",
    "log.txt": "the last lines of the program's log, cleaned in the same way",
    "history.json": "form, size and number of rows of the history; nothing of what is in it",
}
NOT_INCLUDED = "{name}: left out, because {why}."

README_HEAD = (
    "A report of AI Notifier about one computer, for a bug report. It was written by\n"
    "`notifier doctor --bundle`, was sent nowhere, and holds no environment and no keys.\n"
    "Read it before you pass it on: it names the services chosen and the hosts asked.\n"
)


def content(name: str, say: Say) -> str:
    """What a file of the bundle is."""
    return say("{name}: {what}.", name=name, what=say(CONTENTS[name]))


def not_included(name: str, why: str, say: Say) -> str:
    """Why a file is not in the bundle."""
    return say(NOT_INCLUDED, name=name, why=why)


def to_do(advice: str, say: Say) -> str:
    """What to do, below a finding."""
    return say("→ {advice}", advice=advice)
