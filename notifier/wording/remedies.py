"""What a person can do about a connection that breaks, by the reason it breaks for: one table."""

from notifier.model.observation import CONNECTION_KINDS, FailureKind
from notifier.wording.say import Say

_SIGN_IN = "open any page in a browser and sign in to this network"

_REMEDIES = {
    FailureKind.OFFLINE: "switch Wi-Fi on, or plug the cable in",
    FailureKind.PROXY: (
        "look at the proxy in your settings; a name and password belong into its address"
    ),
    FailureKind.DNS: "look at the name server (DNS) of this network, and at a VPN",
    FailureKind.CERTIFICATE_DATE: "look at the clock of this computer",
    FailureKind.CERTIFICATE_ISSUER: (
        "something on the way opens secure connections; if your organisation does, name its "
        "authority as `ca` in your settings"
    ),
    FailureKind.CERTIFICATE_NAME: (
        "somebody else answers in its place; open any page in a browser, this network may want "
        "you to sign in"
    ),
    FailureKind.WEB_PAGE: _SIGN_IN,
    FailureKind.REDIRECTED: _SIGN_IN,
    FailureKind.TLS: "look at firewall and VPN; they may not let secure connections through",
}

_SILENCE = "look at cable, Wi-Fi, firewall and VPN; they may let nothing through"
_STRANGE = "open any page in a browser; this network may want you to sign in"

ORDER = tuple(_REMEDIES)
"""What to tell first where two reasons are met equally often; no other reason comes before."""


def remedy(kind: FailureKind, say: Say) -> str:
    """What to do, as it goes on after a colon."""
    return say(_REMEDIES.get(kind, _SILENCE if kind in CONNECTION_KINDS else _STRANGE))


def as_sentence(kind: FailureKind, say: Say) -> str:
    """The same, as it begins a line."""
    told = remedy(kind, say)
    return told[:1].upper() + told[1:]
