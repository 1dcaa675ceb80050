"""JMESPath: what an expression finds in a document, and what is wrong with it. Knows no state."""

from typing import Any

import jmespath
from jmespath import exceptions, visitor

from notifier.feeds.shape import LINE, Unreadable, plain

_NOT_FOR_THIS = (ValueError, TypeError, ArithmeticError, RecursionError)
"""What a function or a slice makes of values it was not meant for."""


def found(expression: str, tree: object) -> object:
    """What an expression finds, as jmespath.org has it.

    Raises:
        Unreadable: it cannot be used on such a document.
    """
    return _visited(expression, tree, visitor.TreeInterpreter())


def found_whole(expression: str, tree: object) -> object:
    """The same, but what is missing in a list stands there as None and is not left out.

    Of ten states one that is gone must not leave nine that are well.

    Raises:
        Unreadable: it cannot be used on such a document.
    """
    return _visited(expression, tree, _Keeping())


def problem(expression: str) -> str | None:
    """Why an expression cannot be used, in a few words; None where it can."""
    try:
        jmespath.compile(expression).search(None)
    except exceptions.JMESPathTypeError:
        return None  # a function that wants something else than the nothing it was tried on
    except exceptions.ArityError as error:
        return _in_short(error)
    except exceptions.IncompleteExpressionError:
        return "it ends too soon"
    except exceptions.LexerError as error:
        return f"it goes wrong at character {error.lexer_position + 1}"
    except exceptions.ParseError as error:
        return f"it goes wrong at character {error.lex_position + 1}"
    except _NOT_FOR_THIS as error:
        return _in_short(error)
    return None


def _visited(expression: str, tree: object, interpreter: Any) -> object:
    try:
        return interpreter.visit(jmespath.compile(expression).parsed, tree)
    except _NOT_FOR_THIS as error:
        says = f"“{plain(expression, LINE)}” cannot be used on this document: {_in_short(error)}."
        raise Unreadable(says) from None


def _in_short(error: Exception) -> str:
    """The first line of what the library says: below it draws an arrow."""
    return plain(str(error).partition("\n")[0], 120).rstrip(" .:,") or "it cannot be understood"


class _Keeping(visitor.TreeInterpreter):  # type: ignore[misc]  # the library ships no types
    """JMESPath, but for the rule that projections leave out what is null."""

    def visit_projection(self, node: Any, value: Any) -> list[Any] | None:
        """`list[*].right`."""
        left, right = node["children"]
        return self._each(right, self.visit(left, value))

    def visit_value_projection(self, node: Any, value: Any) -> list[Any] | None:
        """`object.*.right`."""
        left, right = node["children"]
        base = self.visit(left, value)
        return self._each(right, [*base.values()]) if isinstance(base, dict) else None

    def visit_filter_projection(self, node: Any, value: Any) -> list[Any] | None:
        """`list[?condition].right`: what the condition leaves out was meant to be."""
        left, right, condition = node["children"]
        base = self.visit(left, value)
        if not isinstance(base, list):
            return None
        return self._each(right, [one for one in base if self._is_true(self.visit(condition, one))])

    def _each(self, right: Any, base: Any) -> list[Any] | None:
        return [self.visit(right, one) for one in base] if isinstance(base, list) else None
