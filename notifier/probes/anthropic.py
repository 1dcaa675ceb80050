"""Anthropic's API: errors are `{"type": "error", "error": {"type": "authentication_error", …}}`."""

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule

_ERROR = (b'"type"', b'"error"')

ANTHROPIC = Dialect(
    data=True,
    rules=(
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
