"""What a person is told about their keys, and about the key store that keeps them."""

from collections.abc import Sequence

from notifier.model.key import KeyState
from notifier.wording import times
from notifier.wording.say import Say

_STORES = {
    "SecretService Keyring": "the Secret Service of this desktop",
    "libsecret Keyring": "the Secret Service of this desktop",
    "KWallet 5": "KWallet",
    "KWallet 4": "KWallet",
    "macOS Keyring": "the keychain of macOS",
    "WinVault Keyring": "Windows Credential Manager",
}
"""Names that keyring gives its back ends, and what people call them."""


def store_name(store: str, say: Say) -> str:
    """What a person calls a key store."""
    return say(_STORES.get(store, "{store}"), store=store) if store else say("your key store")


def trouble(state: KeyState, entry: str, store: str, say: Say) -> str:
    """Why a key cannot be had, and what to do; for `READ` too, that nothing is in the way."""
    match state:
        case KeyState.READ:
            return say("Your key store answers.")
        case KeyState.ABSENT:
            return say(
                "There is no key under {entry}; `notifier key set {entry}` keeps one.", entry=entry
            )
        case KeyState.WAITING:
            return say("Waiting for your key store.")
        case KeyState.LOCKED:
            return say("Your key store is locked; unlock it, then check now.")
        case KeyState.NO_STORE:
            return say(
                "There is no key store to ask: this needs a Secret Service, as GNOME Keyring or "
                "KWallet bring, on the session bus."
            )
        case KeyState.FOREIGN:
            return say(
                "The session bus belongs to another user, so their key store is not asked; start "
                "this without `sudo -E`."
            )
        case KeyState.PLAIN_TEXT:
            return say(
                "Keys would be kept where anybody could read them ({store}), so none is; set up a "
                "real key store, or take keyrings.alt away.",
                store=store,
            )
        case KeyState.HANGING:
            return say("Your key store does not answer; see whether it asks you something.")
        case KeyState.BROKEN:
            return say("Your key store failed at this; `notifier doctor` may say more.")


def strange(entry: str, say: Say) -> str:
    """The entry holds something this program did not write."""
    return say(
        "What is kept under {entry} is not from this program; `notifier key set {entry}` replaces "
        "it.",
        entry=entry,
    )


def elsewhere(entry: str, origins: Sequence[str], origin: str, say: Say) -> str:
    """A key that was entered for another address."""
    return say(
        "The key {entry} was entered for {kept} and is not sent to {origin}; "
        "`notifier key set {entry}` enters it for that.",
        entry=entry,
        kept=times.listed(origins, say),
        origin=origin,
    )


# ------------------------------------------------------------------------------- in a terminal

NAME = "Key"
SENT_TO = "Is sent to"
KEPT_IN = "Is kept in"


def kept(entry: str, store: str, origins: Sequence[str], say: Say) -> str:
    """A key was stored."""
    return say(
        "The key {entry} is kept in {store}. It is sent to {origins} and nowhere else.",
        entry=entry,
        store=store_name(store, say),
        origins=times.listed(origins, say),
    )


def prompt(entry: str, origins: Sequence[str], say: Say) -> str:
    """What stands before the place where a key is typed."""
    return say("Key {entry} for {origins}", entry=entry, origins=times.listed(origins, say))


def forgotten(entry: str, say: Say) -> str:
    """A key was taken out."""
    return say("The key {entry} is forgotten.", entry=entry)


def none_kept(entry: str, say: Say) -> str:
    """There was no such key."""
    return say("There was no key under {entry}.", entry=entry)


def missing(state: KeyState, say: Say) -> str:
    """A key of the settings that was not given out, in a word for a table."""
    return say("not there") if state is KeyState.READ else say("not known")


def no_keys(say: Say) -> str:
    """None was ever kept."""
    return say("No key is kept. `notifier key set ID` keeps one.")


def wrong_key(say: Say) -> str:
    """What was entered cannot be a key."""
    return say(
        "That is no key: it must be one word of four or more letters, digits and signs, without "
        "blanks. Nothing was kept."
    )


def not_as_an_argument(say: Say) -> str:
    """A key was given where every process of this computer can read it."""
    return say(
        "A key is not given as an argument: the shell keeps it in its history, and every program "
        "here could read it. If that was one, have it replaced by a new one. Without it this "
        "command asks for the key."
    )


def insecure(entry: str, origin: str, say: Say) -> str:
    """A key would be sent in the clear."""
    return say(
        "{origin} is asked without encryption, so anybody on the way could read the key {entry}; "
        "change its address to https:// first.",
        origin=origin,
        entry=entry,
    )


def keyless(entry: str, say: Say) -> str:
    """A service at which no key can be tried."""
    return say(
        "Nothing is known at {entry} that a key could be tried on. A service of your own needs "
        '`probe = {{ url = "https://…", auth = "bearer", key = "{entry}" }}` in settings.toml.',
        entry=entry,
    )


def unknown(entry: str, say: Say) -> str:
    """Neither the catalogue nor the settings know the word."""
    return say(
        "{entry} is neither in the catalogue nor a key of your settings. `notifier catalogue` "
        "lists all there is.",
        entry=entry,
    )


def still_unused(entry: str, say: Say) -> str:
    """The key is stored, but the settings could not be told."""
    return say(
        'The key is kept, but will not be used until settings.toml has [keys] kept = ["{entry}"].',
        entry=entry,
    )


def cost(name: str, model: str, what: str, say: Say) -> str:
    """What a deep check does, before it is done."""
    return say(
        "This makes one real call to {name} ({model}) with your key. It costs {cost}.",
        name=name,
        model=model,
        cost=what,
    )


def no_deep(name: str, say: Say) -> str:
    """No real call is possible there."""
    return say(
        "No real call to {name} is known, or no key is kept for it. `notifier key set` keeps one.",
        name=name,
    )
