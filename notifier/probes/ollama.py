"""Ollama's own API, as far as a real request goes; whether it runs is read in `local/`."""

from typing import Literal

import msgspec

from notifier.model.observation import Says
from notifier.probes.rule import Dialect, Rule


class _Generated(msgspec.Struct):
    response: str
    done: Literal[True]


OLLAMA = Dialect(
    data=True,
    keyed=(
        Rule(
            (404,),
            Says.ALIVE,
            "the API answers and does not have the model asked for",
            (b'"error"', b"not found"),
        ),
    ),
    deep=_Generated,
)
