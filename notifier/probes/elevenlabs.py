"""ElevenLabs' API: errors are `{"detail": {"status": "invalid_api_key", "message": "…"}}`."""

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule

_ERROR = (b'"detail"', b'"status"')

# Keys go by a header of their own (`xi-api-key`), which no key of ours is sent by.
ELEVENLABS = Dialect(
    data=True,
    rules=(
        Rule(
            (401, 403),
            Says.ALIVE,
            "the front door and the sign-in layer answer",
            _ERROR,
            web_page=False,
        ),
        Rule((400, 404, 422), Says.ALIVE, "the API answers", (b'"detail"',), web_page=False),
        Rule((200,), Says.ALIVE, "the API answers", (b'"model_id"',), web_page=False),
    ),
)
