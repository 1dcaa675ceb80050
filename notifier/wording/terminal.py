"""What a terminal says around pictures and notices: headings, silences, the log, how to go on."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from notifier.model.announcement import Notice, Silence, Withheld
from notifier.model.health import Health
from notifier.model.picture import Lamp, Picture, Row
from notifier.model.service import ServiceKey
from notifier.wording import notices, window
from notifier.wording.glance import Glance
from notifier.wording.headlines import connection_detail
from notifier.wording.say import Say
from notifier.wording.times import listed

LAMPS: Mapping[Lamp, str] = {
    Lamp.CLEAR: "clear",
    Lamp.MAINTENANCE: "maintenance",
    Lamp.BLIND: "not known",
    Lamp.WATCH: "watch",
    Lamp.TROUBLE: "trouble",
    Lamp.PAUSED: "paused",
    Lamp.EMPTY: "nothing to watch",
}

TOOL, STATE, CHECKED, INSTEAD = "Tool", "State", "Checked", "Instead"
ID, CAN, WHY, ADDRESS = "Id", "Can", "Why", "Address"
READ_BY, KNOWN = "Read by", "Known"
EVIDENCE, WAY, INCIDENTS = "Evidence", "Way there", "Incident"
MAINTENANCE, PARTS = "Maintenance", "Parts"
ALTERNATIVES, NOT_OFFERED, NOTICES = "Instead", "Not offered", "Notice"

_MOST_REFUSED = 2


def how_to_add(say: Say) -> tuple[str, ...]:
    """What to do while nothing is chosen."""
    return (
        say("Nothing chosen yet."),
        say("Add a tool:      notifier add chatgpt"),
        say("See what there is: notifier catalogue"),
    )


def looking(say: Say) -> str:
    """What a command does while it asks the network; what fails is asked once more."""
    return say("Looking… what fails is confirmed by a second look.")


def headline(picture: Picture, say: Say) -> str:
    """The lamp in a word, and the headline."""
    lamp = say(LAMPS[picture.lamp])
    return say("{lamp}: {headline}", lamp=lamp, headline=picture.headline)


def row_line(row: Row, glance: Glance) -> str:
    """A service in one line of a list."""
    say, age = glance.say, glance.age(row.checked)
    if not age:
        return say("{name}: {state}", name=row.service.name, state=row.state_words)
    return say(
        "{name}: {state}, checked {age}", name=row.service.name, state=row.state_words, age=age
    )


def whose(picture: Picture, row: Row, say: Say) -> str:
    """Whose it is, and how many hosts vouch for our own network."""
    sentence = window.whose(picture, row, say)
    if not picture.connection.asked:
        return sentence
    detail = connection_detail(say, picture.connection)
    return say("{sentence} ({detail}).", sentence=sentence.removesuffix("."), detail=detail)


def instead(row: Row, say: Say) -> str:
    """The best alternative in one sentence; empty where none is needed or none is well."""
    if not row.fallbacks:
        return ""
    best = row.fallbacks[0]
    # The last of its reasons is how fresh the look at it is (wording/fallbacks.py).
    return say(
        "Open instead: {name} ({state}, {checked}).",
        name=best.name,
        state=window.state(best.state, say),
        checked=best.why[-1],
    )


def nothing_instead(row: Row, say: Say) -> str:
    """There is nothing that can be used instead right now."""
    return say("Nothing else is known to work instead of {name} right now.", name=row.service.name)


def next_step(row: Row, say: Say) -> str:
    """What to do now."""
    return say("Next: {step}", step=row.next_step)


def more_parts(count: int, say: Say) -> str:
    """How many parts of the page are not listed."""
    return say.plural(
        "and {count} more part, well or not chosen",
        "and {count} more parts, well or not chosen",
        count,
    )


def not_chosen(state: str, say: Say) -> str:
    """The state of a part that fails but does not count here."""
    return say("{state}, not chosen", state=state)


def told(notice: Notice, say: Say) -> str:
    """A notice in one line, with its buttons."""
    buttons = " ".join(f"[{label}]" for label in notice.labels)
    text = say("{title}. {body}", title=notice.title, body=notice.body)
    return say("Notice: {text} {buttons}", text=text, buttons=buttons).rstrip()


def withdrawn(title: str, say: Say) -> str:
    """A notice that was taken back."""
    return say("Withdrawn: {title}", title=title)


def changed(row: Row, say: Say) -> str:
    """A tool whose state has changed."""
    return say("{name}: {state}", name=row.service.name, state=row.state_words)


def time(when: float | datetime, zone: tzinfo, say: Say) -> str:
    """The time of day to the second, or minutes and seconds since a scenario began."""
    if isinstance(when, datetime):
        local = when.astimezone(zone)
        return say("{time}", time=f"{local:%H:%M:%S}")
    minutes, seconds = divmod(int(when), 60)
    return say("{minutes}:{seconds}", minutes=f"{minutes:02}", seconds=f"{seconds:02}")


def copy_alone(say: Say) -> str:
    """`why --copy` prints a text for people."""
    return say("--copy prints a text and looks at nothing: it goes with neither --json nor --deep.")


def copied(program: str, say: Say) -> str:
    """The text is on the clipboard, too."""
    if not program:
        return say("Printed only: nothing that fills a clipboard was found.")
    return say("Also on the clipboard, by {program}.", program=program)


def advice(row: Row, say: Say) -> str:
    """What to use instead of a tool, and the first that are not offered.

    Empty where there is neither, and while it may turn out in a moment that one can be offered.
    """
    settled = [one for one in row.excluded if not one.awaited]
    if not row.fallbacks and (not settled or len(settled) < len(row.excluded)):
        return ""
    offered = [one.name for one in row.fallbacks]
    use = listed(offered, say) if offered else say("nothing known to be well")
    first = say("Instead of {name}: {use}.", name=row.service.name, use=use)
    refused = [
        say("Not {name}: {why}.", name=one.name, why=one.why) for one in settled[:_MOST_REFUSED]
    ]
    return " ".join([first, *refused])


def known_before(row: Row, glance: Glance) -> str:
    """Since when it stands like this, and how it was before; empty where all is well."""
    if row.verdict.health is Health.OPERATIONAL:
        return ""
    since, was = glance.time(row.since), glance.time(row.last_known_at)
    say = glance.say
    if row.last_known is None or not was:
        return say("Since {since}.", since=since) if since else ""
    state = window.state(row.last_known, say)
    if not since:
        return say("Last known: {state}, at {was}.", state=state, was=was)
    return say(
        "Since {since}; before that {state}, last seen {was}.", since=since, state=state, was=was
    )


def silence(withheld: Withheld, names: Mapping[ServiceKey, str], say: Say) -> str:
    """What was not told, and why."""
    why = notices.silence(withheld.reason, say)
    about = listed([names.get(key, key) for key in withheld.services], say)
    if withheld.reason is Silence.DO_NOT_DISTURB and about:
        return say("Kept back: {about}: {why}.", about=about, why=why)
    return say("Not told: {about}: {why}.", about=about, why=why) if about else why


NO_KEY = "No key is kept"


def how_to_set(entry: str, say: Say) -> str:
    """What a key would be good for, and how to set one."""
    return say(
        "with one this can tell an outage from an account that is refused: "
        "notifier key set {entry}",
        entry=entry,
    )
