"""`[[push]]` and `[[hook]]` of settings.toml, read but not yet believed; loaded where one is."""

from collections.abc import Iterable

from notifier.model.announcement import Reason
from notifier.model.relay import Hook, Push
from notifier.storage import settings_value as value
from notifier.storage.settings_table import Table

_reason = value.one_of({reason.value: reason for reason in Reason})
_time = value.span("1s", "1m")

_SECRET = ("address", "url")
"""Where people write the address of a push."""


def pushes(tables: Iterable[Table]) -> tuple[Push, ...]:
    """The pushes that are right, each name once."""
    found: dict[str, Push] = {}
    for table in tables:
        push = _push(table)
        if push is not None and push.name in found:
            table.complain('"name" is taken by another [[push]]; this one is left out.', "name")
        elif push is not None:
            found[push.name] = push
    return tuple(found.values())


def hooks(tables: Iterable[Table]) -> tuple[Hook, ...]:
    """The hooks that are right."""
    return tuple(hook for table in tables if (hook := _hook(table)) is not None)


def _push(table: Table) -> Push | None:
    name = table.need("name", value.key_name, "this push is left out.")
    reasons = table.several("reasons", _reason)
    for word in _SECRET:
        if table.maybe(word, value.secret) is not None:
            table.complain(
                f'the address of a push is a secret: take "{word}" out of this file, and hand it '
                f"to `notifier key set push:{name or 'NAME'}`.",
                word,
            )
    table.close()
    return None if name is None else Push(name, _some(reasons))


def _hook(table: Table) -> Hook | None:
    run = table.need("run", value.command, "this hook is left out.")
    timeout = table.take("timeout", _time, 10.0)
    reasons = table.several("reasons", _reason)
    table.close()
    return None if run is None else Hook(run, timeout, _some(reasons))


def _some(reasons: tuple[Reason, ...] | None) -> frozenset[Reason] | None:
    return None if reasons is None else frozenset(reasons)
