"""`json` of a `[[service]]`, read but not yet believed; loaded where there is one."""

from notifier.feeds.json.expression import problem
from notifier.model.health import Health
from notifier.model.service import Legend
from notifier.storage import settings_value as value
from notifier.storage.settings_table import Table
from notifier.storage.settings_value import Wrong

_LONGEST = 500

_span = value.span("1m", "24h")
_state = value.one_of({health.value: health for health in Health})


def legend(table: Table) -> Legend | None:
    """How the document is to be read; None where that cannot be known."""
    state = table.need("state", expression, "nothing can be read of this service's document.")
    title = table.maybe("title", expression)
    time = table.maybe("time", expression)
    fresh = table.maybe("fresh", _span)
    words = _words(table)
    table.close()
    if fresh is not None and not table.has("time"):
        table.complain('"fresh" needs "time" beside it; it has no effect.', "fresh")
        fresh = None
    return None if state is None else Legend(state, title, time, words, fresh)


def expression(raw: object) -> str:
    """A JMESPath expression that can be understood."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > _LONGEST:
        raise Wrong(f'a JMESPath expression of 1 to {_LONGEST} characters, such as "status.word"')
    if (why := problem(raw)) is not None:
        raise Wrong(f'a JMESPath expression, such as "status.word" ({why})')
    return raw


def _words(table: Table) -> tuple[tuple[str, Health], ...]:
    """The words that are right: one that is wrong is then a word nobody knows."""
    said = table.maybe_table("words")
    if said is None:
        return ()
    return tuple((word, state) for word in said if (state := said.maybe(word, _state)) is not None)
