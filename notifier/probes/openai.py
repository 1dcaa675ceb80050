"""OpenAI's API, and those that imitate it: errors are `{"error": {"message", "type", …}}`."""

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule

_ERROR = (b'"error"', b'"message"')
_NO_CREDIT = "the front door answers and the account has no credit left"
_NOT_HERE = "the front door answers and does not serve this country"

OPENAI = Dialect(
    data=True,
    rules=(
        Rule((403, 429), Says.ACCOUNT, _NO_CREDIT, (*_ERROR, b"insufficient_quota")),
        Rule((403,), Says.ACCOUNT, _NOT_HERE, (*_ERROR, b"unsupported_country")),
        Rule(
            (401, 403),
            Says.ALIVE,
            "the front door and the sign-in layer answer",
            _ERROR,
            web_page=False,
        ),
        Rule((400, 404, 405), Says.ALIVE, "the API answers", _ERROR, web_page=False),
        Rule((200,), Says.ALIVE, "the API answers", (b'"data"',), web_page=False),
    ),
)
