"""OpenAI's API, and those that imitate it: errors are `{"error": {"message", "type", …}}`."""

from typing import Annotated

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, known, refused

_ERROR = (b'"error"', b'"message"')
_NO_CREDIT = "the front door answers and the account has no credit left"
_NOT_HERE = "the front door answers and does not serve this country"
_REFUSES = range(400, 430)


class _Model(msgspec.Struct):
    id: str


class _Listing(msgspec.Struct):
    data: tuple[_Model, ...]


class _Completion(msgspec.Struct):
    choices: Annotated[tuple[dict[str, object], ...], msgspec.Meta(min_length=1)]


OPENAI = Dialect(
    data=True,
    rules=(
        Rule(
            (403, 429),
            Says.ACCOUNT,
            _NO_CREDIT,
            (*_ERROR, b"insufficient_quota"),
            refusal=Refusal.QUOTA_EXHAUSTED,
        ),
        Rule(
            (403,),
            Says.ACCOUNT,
            _NOT_HERE,
            (*_ERROR, b"unsupported_country"),
            refusal=Refusal.REGION,
        ),
        Rule(
            (401, 403),
            Says.ALIVE,
            "the front door and the sign-in layer answer",
            _ERROR,
            web_page=False,
        ),
        # xAI says `{"code": "…", "error": "…"}`, with 401 or 400.
        Rule(
            (400, 401, 403),
            Says.ALIVE,
            "the front door and the sign-in layer answer",
            (b'"code"', b'"error"', b"api key"),
            web_page=False,
        ),
        Rule((400, 404, 405), Says.ALIVE, "the API answers", _ERROR, web_page=False),
        Rule((200,), Says.ALIVE, "the API answers", (b'"data"',), web_page=False),
    ),
    keyed=(
        refused(Refusal.QUOTA_EXHAUSTED, _REFUSES, b'"error"', b"insufficient_quota"),
        refused(Refusal.QUOTA_EXHAUSTED, _REFUSES, b'"error"', b"billing_hard_limit_reached"),
        refused(Refusal.PAYMENT, _REFUSES, b'"error"', b"billing_not_active"),
        refused(Refusal.PAYMENT, (403, 429), b'"code"', b'"error"', b"credits"),  # xAI
        refused(Refusal.REGION, (403,), b'"error"', b"unsupported_country"),
        # A restricted key may be good for requests and still not be let to list the models.
        known("which may not do this", (401, 403), *_ERROR, b"missing scopes"),
        known("but not the model asked for", (403, 404), *_ERROR, b"model_not_found"),
        # xAI answers 400, and its `error` is the sentence itself.
        refused(Refusal.KEY_REJECTED, (400,), b'"error"', b"incorrect", b"api", b"key"),
        refused(Refusal.KEY_REJECTED, (401, 403), b'"error"'),
    ),
    listing=_Listing,
    deep=_Completion,
)
