"""What any HTTP answer proves, whoever gives it (RFC 9110, and codes of Cloudflare's own)."""

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule

_EDGE_ONLY = "the edge answers; what is behind it is not known"
_OVERLOADED = "the front door is overloaded, in its own words"
_NOTHING_BEHIND = "the edge answers, what is behind it does not"

_SERVER = range(500, 600)

CHALLENGE: tuple[Rule, ...] = (
    # For browsers only: somebody is there, and more is not to be learnt without one.
    Rule(range(300, 600), Says.REACHABLE, _EDGE_ONLY, header="cf-mitigated", value="challenge"),
    Rule((403, 429, 503), Says.REACHABLE, _EDGE_ONLY, marks=(b"just a moment",), web_page=True),
)
"""Before a dialect has its say."""

ANYBODY: tuple[Rule, ...] = (
    Rule((402, 456), Says.ACCOUNT, "the front door answers and refuses the account"),
    Rule((429,), Says.LIMITED, "the front door answers and asks us to come less often"),
    # 529 is in no standard; those who send it mean this (Anthropic: overloaded_error).
    Rule((529,), Says.OVERLOADED, _OVERLOADED),
    Rule(_SERVER, Says.OVERLOADED, _OVERLOADED, marks=(b"overloaded",)),
    Rule((*range(520, 528), 530), Says.FAILING, _NOTHING_BEHIND),
    Rule(_SERVER, Says.FAILING, "the front door does not answer as it should"),
    # Cloudflare's /cdn-cgi/trace: lines of name=value, made at the edge itself.
    Rule((200,), Says.REACHABLE, _EDGE_ONLY, marks=(b"fl=", b"\nh="), web_page=False),
    Rule(range(200, 500), Says.REACHABLE, "the front door answers"),
)
"""After it."""

PLAIN = Dialect()
