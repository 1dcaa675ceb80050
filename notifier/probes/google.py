"""Google's generativelanguage API: errors are `{"error": {"code", "message", "status", …}}`."""

from typing import Annotated

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, known, refused

_ERROR = (b'"error"', b'"status"')
_NOT_HERE = (*_ERROR, b"failed_precondition", b"location is not supported")


class _Model(msgspec.Struct):
    name: str


class _Listing(msgspec.Struct):
    models: tuple[_Model, ...]


class _Generated(msgspec.Struct):
    candidates: Annotated[tuple[dict[str, object], ...], msgspec.Meta(min_length=1)]


# The newer sentence of a model that has more askers than it can answer.
_BUSY = Rule(
    (503,),
    Says.OVERLOADED,
    "the API is overloaded, in its own words",
    (*_ERROR, b"high demand"),
)

GOOGLE = Dialect(
    data=True,
    rules=(
        Rule(
            (400, 403),
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
        _BUSY,
    ),
    keyed=(
        refused(Refusal.REGION, (400, 403), *_NOT_HERE),
        refused(Refusal.KEY_REJECTED, (400,), *_ERROR, b"api_key_invalid"),
        refused(Refusal.KEY_REJECTED, (401, 403), *_ERROR),
        known("but not the model asked for", (404,), *_ERROR, b"not_found"),
        _BUSY,
    ),
    listing=_Listing,
    deep=_Generated,
)
