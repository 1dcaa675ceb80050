"""What is said of each finding: the table of `interfaces.md`, (whose, cause), in words.

Values a message may name: `{name}` the tool, `{vendor}` who speaks on its page, `{page}` the page
(or the front door, where there is no page), `{upstream}` what it runs on, `{since}` a clock time.

The promise: no message says more than its evidence. A green page is a page that reports no
problem; it never becomes a tool that runs. *Overloaded* stands only where somebody said so.
"""

from collections.abc import Mapping

from msgspec import Struct

from notifier.model.health import Health
from notifier.model.verdict import Cause, Whose

Words = str | Mapping[Health | None, str]
"""One message, or one by state of the service; None stands for every other state."""


class Phrases(Struct, frozen=True):
    """A finding in words.

    `summary` is the verdict in one sentence, `since` the same where a time belongs to it, `step`
    what to do now, `state` a word or two for a list, `brief` the sentence of an overall headline
    (the summary, where it has none of its own).
    """

    summary: Words
    step: Words
    state: Words
    brief: Words = ""
    since: Words = ""


_WELL, _PLANNED, _UNKNOWN = Health.OPERATIONAL, Health.MAINTENANCE, Health.UNKNOWN
_SLOW, _PARTLY, _DOWN = Health.DEGRADED, Health.PARTIAL_OUTAGE, Health.MAJOR_OUTAGE

_THEIRS = "Nothing to do here: it is theirs."
_PROBABLY_THEIRS = "Nothing to do here yet: it is probably theirs."
_SAY_SO = 'Nothing to do. If it fails for you all the same, say "It is broken for me".'
_READ_AGAIN = "Nothing to do: it is asked again by itself."
_BLIND = "unknown"
_OFFLINE = "not checked: offline"
_NETWORK = "not checked: your network"

_HOW_MUCH: Words = {_DOWN: "down", _PARTLY: "partly down", None: "has problems"}
_FROM_HERE: Words = {_SLOW: "slow here", None: "does not answer here"}

FINDINGS: Mapping[tuple[Whose, Cause | None], Phrases] = {
    (Whose.NONE, None): Phrases(
        summary={
            _WELL: "{vendor} reports no problem.",
            _PLANNED: "{name} is under maintenance, {vendor} says.",
            None: "Nothing could be found out about {name}.",
        },
        step={
            _WELL: _SAY_SO,
            _PLANNED: "Wait until the maintenance is over.",
            None: _READ_AGAIN,
        },
        state={_WELL: "no problem reported", _PLANNED: "under maintenance", None: _BLIND},
        brief={
            _WELL: "No problem reported for {name}.",
            _PLANNED: "{name} is under maintenance.",
            None: "Nothing could be found out about {name}.",
        },
    ),
    (Whose.THEM, Cause.PAGE_REPORTS): Phrases(
        summary={
            _DOWN: "{name} is down: {vendor} reports a major outage.",
            _PARTLY: "{name} is partly down: {vendor} reports a partial outage.",
            None: "{name} has problems: {vendor} reports degraded performance.",
        },
        step=_THEIRS,
        state=_HOW_MUCH,
        brief={
            _DOWN: "{name} is down: theirs.",
            _PARTLY: "{name} is partly down: theirs.",
            None: "{name} has problems: theirs.",
        },
    ),
    (Whose.THEM, Cause.PAGE_SILENT): Phrases(
        summary={
            _SLOW: "{name} is slow here, though {vendor}'s page reports no problem.",
            None: "{name} does not answer here, though {vendor}'s page reports no problem.",
        },
        step=_PROBABLY_THEIRS,
        state=_FROM_HERE,
        brief={
            _SLOW: "{name} is slow here: probably theirs.",
            None: "{name} does not answer here: probably theirs.",
        },
    ),
    (Whose.THEM, Cause.SHARED_UPSTREAM): Phrases(
        summary={
            _DOWN: "{name} is down: {upstream}, which it runs on, fails.",
            _PARTLY: "{name} is partly down: {upstream}, which it runs on, fails.",
            None: "{name} has problems: {upstream}, which it runs on, fails.",
        },
        step="Nothing to do here: {upstream} has to act.",
        state=_HOW_MUCH,
        brief={
            _DOWN: "{name} is down with {upstream}: theirs.",
            _PARTLY: "{name} is partly down with {upstream}: theirs.",
            None: "{name} has problems with {upstream}: theirs.",
        },
    ),
    (Whose.THEM, Cause.NO_PAGE): Phrases(
        summary={
            _SLOW: "{name} is slow here, and no status page of it can be read.",
            None: "{name} does not answer here, and no status page of it can be read.",
        },
        step=_PROBABLY_THEIRS,
        state=_FROM_HERE,
        brief={
            _SLOW: "{name} is slow here: probably theirs.",
            None: "{name} does not answer here: probably theirs.",
        },
    ),
    (Whose.YOU, Cause.OFFLINE): Phrases(
        summary="Nobody can tell from here: this computer is offline.",
        step="Check your own network.",
        state=_OFFLINE,
    ),
    (Whose.YOU, Cause.CAPTIVE_PORTAL): Phrases(
        summary="This network wants you to sign in first.",
        step="Sign in to this network.",
        state="not checked: sign in first",
    ),
    (Whose.YOU, Cause.DNS): Phrases(
        summary="Nobody can tell from here: this network finds no names (DNS).",
        step="Try another network, or another DNS server.",
        state=_NETWORK,
    ),
    (Whose.YOU, Cause.PROXY): Phrases(
        summary="Nobody can tell from here: the proxy lets nothing through.",
        step="Check the address and the password of the proxy.",
        state=_NETWORK,
    ),
    (Whose.YOU, Cause.TLS_INTERCEPTION): Phrases(
        summary=(
            "Nobody can tell from here: something in this network opens secure connections with "
            "a certificate this computer does not trust."
        ),
        step="Ask whoever runs this network for its certificate, or use another network.",
        state=_NETWORK,
    ),
    (Whose.YOU, Cause.CLOCK): Phrases(
        summary="Nobody can tell from here: this computer's clock is wrong.",
        step="Set the clock of this computer.",
        state="not checked: wrong clock",
    ),
    (Whose.YOU, Cause.ROUTE): Phrases(
        summary="{name} cannot be reached from this network, though other sites can.",
        step="Try without the VPN, or from another network.",
        state="not reached from here",
        brief="{name} cannot be reached from this network: yours.",
    ),
    (Whose.YOU, Cause.NOT_RUNNING): Phrases(
        summary="{name} is not running on this computer.",
        step="Start {name} when you want to use it.",
        state="not running",
    ),
    (Whose.ACCOUNT, Cause.KEY_REJECTED): Phrases(
        summary="{vendor} refuses your key for {name}. It is not an outage.",
        step="Set a new key for {name}.",
        state="key refused",
        brief="{vendor} refuses your key for {name}.",
    ),
    (Whose.ACCOUNT, Cause.QUOTA_EXHAUSTED): Phrases(
        summary="Your quota for {name} is used up. It is not an outage.",
        step="Wait until the quota is renewed, or raise it.",
        state="quota used up",
        brief="Your quota for {name} is used up.",
    ),
    (Whose.ACCOUNT, Cause.PAYMENT): Phrases(
        summary="{vendor} asks for a payment before {name} goes on. It is not an outage.",
        step="Look at your bills with {vendor}.",
        state="payment asked for",
        brief="{vendor} asks for a payment for {name}.",
    ),
    (Whose.ACCOUNT, Cause.REGION): Phrases(
        summary="{vendor} does not offer {name} where you are. It is not an outage.",
        step="Use another tool, or another network if a VPN puts you elsewhere.",
        state="not offered here",
        brief="{vendor} does not offer {name} where you are.",
    ),
    (Whose.ACCOUNT, Cause.RATE_LIMITED): Phrases(
        summary="{name} asks you to slow down for a while. It is not an outage.",
        step="Wait a little: it passes by itself.",
        state="asks to slow down",
        brief="{name} asks you to slow down.",
    ),
    (Whose.UNCLEAR, Cause.PAGE_UNREADABLE): Phrases(
        summary={
            _WELL: "{name} answers, though {page} could not be read.",
            None: "Unknown: {page} could not be read.",
        },
        since={
            _WELL: "{name} answers, though {page} could not be read since {since}.",
            None: "Unknown: {page} could not be read since {since}.",
        },
        step=_READ_AGAIN,
        state={_WELL: "answers", None: _BLIND},
    ),
    (Whose.UNCLEAR, Cause.PAGE_MOVED): Phrases(
        summary={
            _WELL: "{name} answers, though {page} has moved.",
            None: "Unknown: {page} has moved.",
        },
        step="Open the page to see where it went.",
        state={_WELL: "answers", None: "unknown: page moved"},
    ),
    (Whose.UNCLEAR, Cause.PARTS_GONE): Phrases(
        summary={
            _WELL: "{name} answers, though {page} does not list {parts} now.",
            None: "Unknown: {page} does not list {parts} now.",
        },
        step="Choose its parts anew in the settings: “notifier detect {url}” lists them.",
        state={_WELL: "answers", None: "unknown: parts gone"},
    ),
    (Whose.UNCLEAR, Cause.PAGE_STALE): Phrases(
        summary={
            _WELL: "{name} answers, though {page} is out of date.",
            None: "Unknown: {page} is out of date.",
        },
        step="Open the page to see for yourself.",
        state={_WELL: "answers", None: "unknown: page out of date"},
    ),
    (Whose.UNCLEAR, Cause.NOT_LOOKED_YET): Phrases(
        summary="Not looked yet.",
        step="Wait for the first look.",
        state="not looked yet",
    ),
    (Whose.UNCLEAR, Cause.MIXED): Phrases(
        summary="Unclear: {name} answers one time and not the next.",
        step="Try again in a few minutes.",
        state="unclear",
    ),
    (Whose.UNCLEAR, Cause.NO_PAGE): Phrases(
        summary={
            _WELL: "{name} answers here. {why_no_page}",
            None: "Unknown: {name} has no status page we could ask.",
        },
        step=_SAY_SO,
        state={_WELL: "answers", None: _BLIND},
    ),
}

# Below: findings the table does not tell apart.

LOCAL = Phrases(
    summary="{name} answers on this computer.",
    step=_SAY_SO,
    state="answers",
)
"""A program on this computer, which has no page and needs none."""

OVERLOADED: Mapping[Cause | None, Phrases] = {
    Cause.PAGE_REPORTS: Phrases(
        summary="{name} is overloaded, {vendor} says.",
        step=_THEIRS,
        state="overloaded",
        brief="{name} is overloaded: theirs.",
    ),
    Cause.PAGE_SILENT: Phrases(
        summary="{name} answers that it is overloaded; {vendor}'s page reports no problem.",
        step=_THEIRS,
        state="overloaded",
        brief="{name} is overloaded: theirs.",
    ),
    Cause.NO_PAGE: Phrases(
        summary="{name} answers that it is overloaded.",
        step=_THEIRS,
        state="overloaded",
        brief="{name} is overloaded: theirs.",
    ),
}
"""Where the vendor, or an answer, says so in as many words."""

BROKEN = Phrases(
    summary="{name} is broken for you, you say. Nothing else shows it yet.",
    step="Use another tool meanwhile; what their page and front door say next counts again.",
    state="broken for you",
    brief="{name} is broken for you.",
)
"""The person's own word, where nothing else speaks of trouble."""
