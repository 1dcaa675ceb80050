"""Makes a copy of the program in which mutmut can break the rules one by one.

usage: python -m tests.judgement.mutants DIR       (README.md says what for)

mutmut breaks no property, because it cannot put anything in the place of one. In the copy each
property of a rule's class is a function of its module, and the property asks it.
"""

import ast
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULES = Path("notifier/judgement")
KEPT = ("notifier", "resources", "tests", "conftest.py", "pyproject.toml")
TESTS = (
    "tests/judgement",
    "tests/stories/test_beside_outages.py",
    "tests/stories/test_the_person_hears.py",
)
"""What has to catch them: what is fast, and of the rules alone."""

CONFIG = f"""\
[mutmut]
source_paths=
    {RULES}
also_copy=
    notifier
    resources
    conftest.py
pytest_add_cli_args=
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection=
    {f"{chr(10)}    ".join(TESTS)}
use_git_change_detection=false
"""


def main(into: Path) -> None:
    """Leave the copy in `into`, which must not exist."""
    into.mkdir(parents=True)
    for name in KEPT:
        _copy(ROOT / name, into / name)
    (into / "setup.cfg").write_text(CONFIG, encoding="utf-8")
    for file in sorted((into / RULES).rglob("*.py")):
        file.write_text(without_properties(file.read_text(encoding="utf-8")), encoding="utf-8")


def _copy(source: Path, to: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, to)


def without_properties(text: str) -> str:
    """The module with a function in the place of each property, which asks it."""
    module = ast.parse(text)
    body: list[ast.stmt] = []
    for statement in module.body:
        if isinstance(statement, ast.ClassDef):
            body += [_taken_out(statement, one) for one in statement.body if _is_property(one)]
        body.append(statement)
    if len(body) == len(module.body):
        return text
    module.body = body
    return ast.unparse(ast.fix_missing_locations(module))


def _is_property(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and any(
        isinstance(by, ast.Name) and by.id == "property" for by in statement.decorator_list
    )


def _taken_out(owner: ast.ClassDef, method: ast.stmt) -> ast.FunctionDef:
    """The method as a function; the method itself only asks it."""
    assert isinstance(method, ast.FunctionDef)
    name = f"{owner.name}__{method.name}"
    alone = ast.FunctionDef(name, method.args, method.body, [], None, None)
    asks = ast.Call(ast.Name(name, ast.Load()), [ast.Name("self", ast.Load())], [])
    method.body = [ast.Return(asks)]
    return alone


if __name__ == "__main__":
    main(Path(sys.argv[1]))
