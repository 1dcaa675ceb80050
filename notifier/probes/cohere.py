"""Cohere's API: errors are `{"message": "…"}` and nothing else."""

import msgspec

from notifier.model.observation import Refusal, Says
from notifier.probes.rule import Dialect, Rule, refused

_ERROR = (b'"message"',)


class _Model(msgspec.Struct):
    name: str


class _Listing(msgspec.Struct):
    models: tuple[_Model, ...]


COHERE = Dialect(
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
    ),
    keyed=(refused(Refusal.KEY_REJECTED, (401, 403), *_ERROR),),
    listing=_Listing,
)
