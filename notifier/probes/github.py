"""GitHub's API without a token: 60 requests an hour, and 403 says so where others say 429."""

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule

_COME_LESS = "the front door answers and asks us to come less often"

GITHUB = Dialect(
    data=True,
    rules=(
        Rule((403,), Says.LIMITED, _COME_LESS, header="x-ratelimit-remaining", value="0"),
        Rule((403,), Says.LIMITED, _COME_LESS, marks=(b'"message"', b"rate limit")),
        Rule((401, 403, 404), Says.ALIVE, "the API answers", marks=(b'"message"',), web_page=False),
        Rule((200,), Says.ALIVE, "the API answers", web_page=False),
    ),
)
