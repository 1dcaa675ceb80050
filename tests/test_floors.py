"""The law of the floors: a file imports its own room and lower ones, never upwards or sideways."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "notifier"

FLOORS = {
    "model": 0.0,
    "feeds": 1.0,
    "probes": 1.0,
    "judgement": 1.0,
    "catalogue": 1.0,
    "fallbacks": 1.0,
    "exposure": 1.0,
    "drill": 1.0,
    "ways_in": 1.0,
    "view": 1.0,
    "documents": 1.0,
    "wording": 1.0,
    "watch": 2.0,
    "storage": 2.0,
    "relays": 2.0,
    "owner": 2.0,
    "autostart": 2.0,
    "circumstances": 2.0,
    "rehearsal": 2.5,
    "desktop": 3.0,
    "channels": 3.0,
    "platforms": 3.0,
    "terminal": 3.0,
    "doctor": 3.0,
    "app": 4.0,
    "tray": 4.0,
    "cli": 4.0,
    "__main__": 4.0,
}

SIDEWAYS = {
    ("view", "fallbacks"),
    ("view", "exposure"),
    ("exposure", "fallbacks"),
    ("drill", "fallbacks"),
    ("drill", "exposure"),
    ("view", "wording"),
    ("documents", "wording"),
    ("judgement", "fallbacks"),
    ("fallbacks", "catalogue"),
}

PURE = {room for room, floor in FLOORS.items() if floor < 2}

BANNED_BELOW = {
    "asyncio",
    "threading",
    "logging",
    "time",
    "os",
    "pathlib",
    "sqlite3",
    "httpx",
    "PySide6",
}

ONLY_IN = {
    "PySide6": {"desktop", "channels", "platforms", "tray"},
    "rich": {"terminal"},
    "click": {"cli"},
    "sqlite3": {"storage"},
    "httpx": {"watch"},
    "jeepney": {"channels", "circumstances", "doctor"},
    "feedparser": {"feeds"},
    "jmespath": {"feeds"},
    "keyring": {"storage"},
    "secretstorage": {"storage"},
    "desktop_notifier": {"channels"},
    "apprise": {"relays"},
    "cryptography": {"catalogue"},
}


def files() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: line {node.lineno}: a relative import"
            module = node.module or ""
            if module == "notifier":
                yield from ((node.lineno, f"notifier.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def offences(path: Path) -> Iterator[str]:
    room = room_of(path)
    if room == "__init__":
        return
    for line, name in imports(path):
        where = f"{path.relative_to(ROOT)}:{line}"
        parts = name.split(".")
        if parts[0] == "notifier" and len(parts) > 1 and parts[1] in FLOORS:
            other = parts[1]
            sideways = FLOORS[other] == FLOORS[room] and other != room
            if FLOORS[other] > FLOORS[room]:
                yield f"{where}: {room} reaches up to {other}"
            elif sideways and FLOORS[room] < 4 and (room, other) not in SIDEWAYS:
                yield f"{where}: {room} reaches sideways to {other}"
        if FLOORS[room] == 0 and parts[0] not in {"notifier", *sys.stdlib_module_names}:
            yield f"{where}: the ground stands on the standard library alone, not on {parts[0]}"
        if room in PURE and parts[0] in BANNED_BELOW:
            yield f"{where}: {room} is pure and imports {parts[0]}"
        if parts[0] in ONLY_IN and room not in ONLY_IN[parts[0]]:
            yield f"{where}: {parts[0]} belongs in {sorted(ONLY_IN[parts[0]])}, not in {room}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_keeps_to_its_floor(path):
    assert list(offences(path)) == []


def test_every_room_has_a_floor():
    rooms = {room_of(path) for path in files()} - {"__init__"}
    assert rooms <= set(FLOORS)


@pytest.mark.parametrize("path", [p for p in files() if room_of(p) in PURE], ids=lambda p: p.stem)
def test_no_pure_file_asks_what_time_it_is(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
            assert not isinstance(node.value, ast.Name) or node.value.id not in (
                "datetime",
                "date",
            ), f"{path}: line {node.lineno}"


def test_the_law_can_be_broken(tmp_path):
    """A law that nothing can offend against would be no law."""
    (tmp_path / "x.py").write_text("import httpx\n")
    assert list(imports(tmp_path / "x.py")) == [(1, "httpx")]
