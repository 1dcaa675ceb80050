"""Anthropic's API: errors are `{"type": "error", "error": {"type": "authentication_error", …}}`."""

from typing import Literal

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, known, refused

_ERROR = (b'"type"', b'"error"')

# Not a fault of any key: this is all it says to countries it does not serve.
_NOT_HERE = (b'"error"', b'"forbidden"', b"request not allowed")


class _Model(msgspec.Struct):
    id: str


class _Listing(msgspec.Struct):
    data: tuple[_Model, ...]


class _Message(msgspec.Struct):
    type: Literal["message"]
    role: Literal["assistant"]


ANTHROPIC = Dialect(
    data=True,
    rules=(
        Rule(
            (403,),
            Says.ACCOUNT,
            "the front door answers and does not serve this country",
            _NOT_HERE,
            refusal=Refusal.REGION,
        ),
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
    keyed=(
        refused(Refusal.PAYMENT, (400, 403), *_ERROR, b"credit balance is too low"),
        refused(Refusal.REGION, (403,), *_NOT_HERE),
        refused(Refusal.KEY_REJECTED, (401,), *_ERROR, b"authentication_error"),
        refused(Refusal.KEY_REJECTED, (403,), *_ERROR, b"permission_error"),
        known("but not the model asked for", (404,), *_ERROR, b"not_found_error"),
    ),
    listing=_Listing,
    deep=_Message,
)
