"""GitHub's API: 60 requests an hour without a token, and 403 says so where others say 429."""

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, refused

_COME_LESS = "the front door answers and asks us to come less often"
_ACCOUNT_COME_LESS = "the API answers and asks this account to come less often"

_LEFT = "x-ratelimit-remaining"


class _Limits(msgspec.Struct):
    resources: dict[str, object]


GITHUB = Dialect(
    data=True,
    rules=(
        Rule((403,), Says.LIMITED, _COME_LESS, header=_LEFT, value="0"),
        Rule((403,), Says.LIMITED, _COME_LESS, marks=(b'"message"', b"rate limit")),
        Rule((401, 403, 404), Says.ALIVE, "the API answers", marks=(b'"message"',), web_page=False),
        Rule((200,), Says.ALIVE, "the API answers", web_page=False),
    ),
    keyed=(
        Rule((403,), Says.LIMITED, _ACCOUNT_COME_LESS, header=_LEFT, value="0"),
        Rule((403,), Says.LIMITED, _ACCOUNT_COME_LESS, marks=(b'"message"', b"rate limit")),
        # 403 is no refusal of the token: a classic one that lacks a scope is told so by 404.
        refused(Refusal.KEY_REJECTED, (401,), b'"message"'),
    ),
    listing=_Limits,
)
