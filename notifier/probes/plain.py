"""What any HTTP answer proves, whoever gives it (RFC 9110, and codes of Cloudflare's own)."""

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, refused

_EDGE_ONLY = "the edge answers; what is behind it is not known"
_OVERLOADED = "the front door is overloaded, in its own words"
_NOTHING_BEHIND = "the edge answers, what is behind it does not"
_REFUSES = "the front door answers and refuses the account"

_SERVER = range(500, 600)
_EDGE = (*range(520, 528), 530)

CHALLENGE: tuple[Rule, ...] = (
    # For browsers only: somebody is there, and more is not to be learnt without one.
    Rule(range(300, 600), Says.REACHABLE, _EDGE_ONLY, header="cf-mitigated", value="challenge"),
    Rule((403, 429, 503), Says.REACHABLE, _EDGE_ONLY, marks=(b"just a moment",), web_page=True),
)
"""Before a dialect has its say."""

ANYBODY: tuple[Rule, ...] = (
    Rule((402,), Says.ACCOUNT, _REFUSES, refusal=Refusal.PAYMENT),
    # 456 is in no standard; DeepL means by it that the characters of the month are used up.
    Rule((456,), Says.ACCOUNT, _REFUSES, refusal=Refusal.QUOTA_EXHAUSTED),
    Rule((429,), Says.LIMITED, "the front door answers and asks us to come less often"),
    # 529 is in no standard; those who send it mean this (Anthropic: overloaded_error).
    Rule((529,), Says.OVERLOADED, _OVERLOADED),
    Rule(_SERVER, Says.OVERLOADED, _OVERLOADED, marks=(b"overloaded",)),
    Rule(_EDGE, Says.FAILING, _NOTHING_BEHIND),
    Rule(_SERVER, Says.FAILING, "the front door does not answer as it should"),
    # Cloudflare's /cdn-cgi/trace: lines of name=value, made at the edge itself.
    Rule((200,), Says.REACHABLE, _EDGE_ONLY, marks=(b"fl=", b"\nh="), web_page=False),
    Rule(range(200, 500), Says.REACHABLE, "the front door answers"),
)
"""After it."""

_API_OVERLOADED = "the API is overloaded, in its own words"

ANYBODY_TO_A_KEY: tuple[Rule, ...] = (
    refused(Refusal.PAYMENT, (402,)),
    refused(Refusal.QUOTA_EXHAUSTED, (456,)),
    Rule((429,), Says.LIMITED, "the API answers and asks this account to come less often"),
    Rule((529,), Says.OVERLOADED, _API_OVERLOADED),
    Rule(_SERVER, Says.OVERLOADED, _API_OVERLOADED, marks=(b"overloaded",)),
    Rule(_EDGE, Says.FAILING, _NOTHING_BEHIND),
    Rule(_SERVER, Says.FAILING, "the API does not answer as it should"),
    Rule(range(200, 500), Says.REACHABLE, "the front door answers; of the key it says nothing"),
)
"""The same, where a key was sent."""

# All there is to go by where nobody's own words are known (RFC 9110, 15.5.2).
PLAIN = Dialect(keyed=(refused(Refusal.KEY_REJECTED, (401,)),))
"""What a neutral host's answer says about our own connection. Nothing about any service."""
