"""What is said of a person's own: their key for a service, a model server, their word."""

from dataclasses import replace

from notifier.model.key import KeyState
from notifier.model.observation import Failure, FailureKind, Outcome, Reading, Refusal
from notifier.model.picture import KeyFate, Lamp, ShownAccount, ShownServer
from notifier.model.service import Service
from notifier.model.verdict import Override, Word
from notifier.wording.glance import Glance
from notifier.wording.say import Say

YOUR_ACCOUNT, THIS_COMPUTER, YOUR_WORD = "Your account", "On this computer", "What you said"
SET, REPLACE, FORGET = "Set a key…", "Replace…", "Forget…"
DEEP_CHECK, CHECK_AGAIN = "Deep check…", "Check again"

_WHAT_FOR = (
    "With a key of yours this can tell an outage from an account that is refused. It is kept in "
    "your system's key store, never in a file of this program."
)

_FATES = {
    KeyFate.NOT_KEPT: (_WHAT_FOR, Lamp.EMPTY),
    KeyFate.NOT_TRIED: ("Your key has not been tried yet.", Lamp.BLIND),
    KeyFate.NO_KEY_GIVEN: ("{detail}.", Lamp.BLIND),
    KeyFate.UNANSWERED: ("Your key could not be tried: {detail}.", Lamp.BLIND),
    KeyFate.NOT_SAID: ("{vendor} answers, but says nothing of your key.", Lamp.BLIND),
    KeyFate.ACCEPTED: ("{vendor} accepts your key.", Lamp.CLEAR),
    KeyFate.LIMITED: ("{vendor} accepts your key, and asks you to slow down.", Lamp.CLEAR),
    KeyFate.REFUSED: ("{vendor} refuses your account.", Lamp.WATCH),
    KeyFate.OVERLOADED: ("{vendor} answers your key that it is overloaded.", Lamp.WATCH),
    KeyFate.FAILING: ("{vendor} does not answer your key as it should.", Lamp.TROUBLE),
}

_LIMITED_UNTIL = "{vendor} accepts your key, and asks you to slow down until {time}."

_OF_A_PAGE = {
    KeyFate.NOT_KEPT: (
        "This status page opens only with a key of yours. It is kept in your system's key store, "
        "never in a file of this program."
    ),
    KeyFate.ACCEPTED: "The status page opens with your key.",
    KeyFate.REFUSED: "The status page refuses your key.",
}

_REFUSALS = {
    Refusal.KEY_REJECTED: "{vendor} refuses your key.",
    Refusal.QUOTA_EXHAUSTED: "{vendor} accepts your key, but your quota is used up.",
    Refusal.PAYMENT: "{vendor} accepts your key, but asks for a payment.",
    Refusal.REGION: "{vendor} does not serve the place you are in.",
}

_STORES = {
    KeyState.ABSENT: "Your key store no longer has this key. Set it again, or forget it.",
    KeyState.WAITING: "Waiting for your key store…",
    KeyState.LOCKED: "Your key store is locked. Unlock it, then check again.",
}
"""Where a window has other buttons than a terminal; `wording.keys` says the rest."""


def put(shown: ShownAccount, service: Service, detail: str, again: str, say: Say) -> ShownAccount:
    """The same with its words and lamp; `again` is until when the vendor asks to wait."""
    message, lamp = _FATES[shown.fate]
    if shown.fate is KeyFate.LIMITED and again:
        message = _LIMITED_UNTIL
    if shown.page:
        message = _OF_A_PAGE.get(shown.fate, message)
    if shown.fate is KeyFate.REFUSED and shown.refusal is not None:
        message = _REFUSALS[shown.refusal]
    if shown.store is not None:
        message = _STORES.get(shown.store, message)
    vendor = service.vendor or service.name
    said = say(message, vendor=vendor, time=again, detail=detail.rstrip("."))
    rest = "" if "{detail}" in message or shown.store is not None else detail
    return replace(shown, lamp=lamp, words=said, detail=rest)


def facts(shown: ShownAccount, glance: Glance) -> str:
    """Under the state of a key: what came, when, and where the key is sent."""
    say = glance.say
    told = [shown.detail.rstrip("."), glance.age(shown.checked)] if shown.kept else []
    told.append(say("sent to {host} and nowhere else", host=shown.host) if shown.kept else "")
    return " · ".join(fact for fact in told if fact)


# ------------------------------------------------------------------- a server on this computer

_NO_SERVER = {
    FailureKind.REFUSED: ("It is not running.", Lamp.BLIND),
    FailureKind.NOT_OURS: ("{detail}", Lamp.WATCH),
    FailureKind.UNREADABLE: ("{detail}", Lamp.WATCH),
    FailureKind.UNAUTHORISED: ("{detail}", Lamp.BLIND),
}


def server(outcome: Outcome | None, say: Say) -> tuple[Lamp, str]:
    """How a model server on this computer stands, and its lamp."""
    match outcome:
        case Reading(bad=True):
            message, lamp = "It runs, but does not answer as it should: {detail}.", Lamp.TROUBLE
        case Reading(ready=False):
            message, lamp = "It runs, and is loading a model.", Lamp.CLEAR
        case Reading():
            message, lamp = "It runs: {detail}.", Lamp.CLEAR
        case Failure(kind=kind):
            message, lamp = _NO_SERVER.get(kind, ("It could not be asked: {detail}", Lamp.BLIND))
        case _:
            return Lamp.BLIND, say("Not looked yet.")
    detail = outcome.detail.rstrip(".") if isinstance(outcome, Reading) else outcome.detail
    return lamp, say(message, detail=detail)


def server_facts(shown: ShownServer, glance: Glance) -> str:
    """Under the state of a model server: where it was asked, and when."""
    return " · ".join(fact for fact in (shown.host, glance.age(shown.checked)) if fact)


# --------------------------------------------------------------------------- the person's word

_WORDS = {Override.BROKEN: "Broken for me", Override.WORKS: "Works for me"}


def word(given: Word, say: Say) -> str:
    """What the person said."""
    return say(_WORDS[given.override])


def word_held(given: Word, glance: Glance) -> str:
    """From when until when it held."""
    begins, ends = glance.time(given.since), glance.time(given.until)
    if not ends:
        return glance.say("since {begins}", begins=begins)
    return glance.say("{begins} to {ends}", begins=begins, ends=ends)
