"""What stands in the small windows in which a key is set, forgotten, or tried by a real call."""

from collections.abc import Sequence

from notifier.model.key import KeyState
from notifier.model.key_answer import KeyAnswer
from notifier.model.observation import Failure, Reading, Says
from notifier.model.picture import Lamp
from notifier.model.service import Deep
from notifier.wording import keys, times
from notifier.wording.say import Say

KEEP, FORGET, CALL = "Keep the key", "Forget the key", "Make the call"
CANCEL, CLOSE, NOT_NOW = "Cancel", "Close", "Not now"
FIELD = "Key"
LOOKING = "Looking for your key store…"
WAITING = "Waiting for your key store…"
CALLING = "Making one real call…"
FAILED = "The program itself failed here; its log says more."


def set_title(name: str, say: Say) -> str:
    """Over the place where a key is typed."""
    return say("A key for {name}", name=name)


def set_text(origins: Sequence[str], say: Say) -> str:
    """What becomes of a key that is typed here."""
    return say(
        "It is sent to {origins} and nowhere else, to see whether your account is accepted. "
        "That costs nothing.",
        origins=times.listed(origins, say),
    )


def place(answer: KeyAnswer, say: Say) -> str:
    """Where a key would be kept, or why it cannot be."""
    name = keys.store_name(answer.store, say)
    match answer.state:
        case KeyState.READ:
            return say("It will be kept in {store}.", store=name)
        case KeyState.LOCKED:
            return say("It will be kept in {store}, which may ask to be unlocked.", store=name)
        case _:
            return keys.trouble(answer.state, "", answer.store, say)


def still_locked(say: Say) -> str:
    """Why a key was not kept, or not taken out: the person did not unlock the store."""
    return say("Your key store was not unlocked, so nothing was changed.")


def kept(answer: KeyAnswer, say: Say) -> str:
    """The key is in the store."""
    store = keys.store_name(answer.store, say)
    return say("The key is kept in {store}, and is being tried.", store=store)


def forget_title(name: str, say: Say) -> str:
    """Over the question."""
    return say("Forget the key for {name}?", name=name)


def forget_text(say: Say) -> str:
    """What that changes."""
    return say(
        "It is taken out of your key store. The vendor accepts it as before, until you revoke it "
        "there."
    )


def gone(say: Say) -> str:
    """The key is out of the store."""
    return say("The key is forgotten.")


def deep_title(name: str, say: Say) -> str:
    """Over the question."""
    return say("Deep check of {name}", name=name)


def deep_text(deep: Deep, say: Say) -> str:
    """What it does and costs, before it is done; the cost names the model (catalogue.toml)."""
    return say("One real request with your key, charged to your account: {cost}.", cost=deep.cost)


_CALLED = {
    Says.ALIVE: ("It was answered ({detail}): the whole way works.", Lamp.CLEAR),
    Says.LIMITED: ("You are asked to slow down ({detail}).", Lamp.WATCH),
    Says.ACCOUNT: ("Your account is refused ({detail}).", Lamp.WATCH),
    Says.OVERLOADED: ("They answer that they are overloaded ({detail}).", Lamp.WATCH),
    Says.FAILING: ("It failed at their end ({detail}).", Lamp.TROUBLE),
    Says.REACHABLE: ("An answer came, but not to the request ({detail}).", Lamp.BLIND),
}


def called(outcome: Reading | Failure, say: Say) -> tuple[Lamp, str]:
    """What came of the call."""
    detail = outcome.detail.rstrip(".")
    if isinstance(outcome, Failure):
        return Lamp.BLIND, say("Nothing was learnt: {detail}.", detail=detail)
    message, lamp = _CALLED[outcome.says]
    return lamp, say(message, detail=detail)
