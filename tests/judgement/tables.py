"""Breaks the figures and tables of the rules one by one, and sees whether a test notices.

usage: python -m tests.judgement.tables DIR [MODULE …]       (README.md says what for)

mutmut leaves alone what stands outside of functions: there every number is more than doubled here,
and every entry of a set, a table or a list is left out.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.judgement.mutants import RULES, TESTS, main

Way = tuple[str, Callable[[], object]]


def broken(text: str) -> Iterator[tuple[str, str]]:
    """What was broken, and the module with it."""
    for place in range(len(_ways(ast.parse(text)))):
        module = ast.parse(text)
        says, break_it = _ways(module)[place]
        break_it()
        yield says, ast.unparse(ast.fix_missing_locations(module))


def _ways(module: ast.Module) -> list[Way]:
    """All that can be broken outside of functions, and what breaks it."""
    return [
        (f"{ast.unparse(statement).split('=')[0].strip()}: {says}", break_it)
        for statement in module.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None
        for node in ast.walk(statement.value)
        for says, break_it in _of(node)
    ]


def _of(node: ast.AST) -> Iterator[Way]:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield f"{node.value} twice", lambda: setattr(node, "value", node.value * 2 + 1)
    if isinstance(node, (ast.Set, ast.Tuple, ast.List)) and len(node.elts) > 1:
        for place, one in enumerate(node.elts):
            yield f"without {ast.unparse(one)}", lambda at=place: node.elts.pop(at)
    if isinstance(node, ast.Dict):
        for place, one in enumerate(node.keys):
            says = "" if one is None else f"without {ast.unparse(one)}"
            yield says, lambda at=place: (node.keys.pop(at), node.values.pop(at))


def noticed(folder: Path) -> bool:
    """Whether a test fails in `folder`."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0


def run(into: Path, modules: list[str]) -> None:
    """Break all there is in turn, in a copy left in `into`; say what nobody noticed."""
    main(into)
    tried = unnoticed = 0
    for file in sorted((into / RULES).rglob("*.py")):
        if modules and file.stem not in modules:
            continue
        text = file.read_text(encoding="utf-8")
        for says, instead in broken(text):
            file.write_text(instead, encoding="utf-8")
            tried += 1
            if not noticed(into):
                unnoticed += 1
                print(f"{file.relative_to(into / RULES)}  {says}", flush=True)
        file.write_text(text, encoding="utf-8")
    print(f"{tried} tried, {unnoticed} unnoticed")


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2:])
