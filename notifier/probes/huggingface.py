"""Hugging Face's hub: errors are `{"error": "…"}`, and what is public is listed to anybody."""

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, refused

_ERROR = (b'"error"',)


class _WhoAmI(msgspec.Struct):
    type: str
    name: str


HUGGING_FACE = Dialect(
    data=True,
    rules=(
        Rule((200,), Says.ALIVE, "the API answers", (b'"modelid"',), web_page=False),
        Rule((400, 401, 403, 404), Says.ALIVE, "the API answers", _ERROR, web_page=False),
    ),
    keyed=(refused(Refusal.KEY_REJECTED, (401, 403), *_ERROR),),
    listing=_WhoAmI,
)
