"""What is made of resources/catalogue.toml and of the engines: the form read at a start, and the
tables of the README.

usage: python -m house.made.catalogue, in an environment of the program (`dev.py catalogue`)
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from house.system import ROOT
from notifier import feeds
from notifier.catalogue import Catalogue, CatalogueError, load
from notifier.catalogue.pressed import press
from notifier.feeds import Origin
from notifier.model.kind import Kind, kind_of
from notifier.wording.kinds import TITLES, known, read_by
from notifier.wording.say import English

WRITTEN = Path("resources/catalogue.toml")
PRESSED = Path("resources/catalogue.json")
README = Path("README.md")
SAY = English()

BEGINS = "<!-- {what}: written by `python3 dev.py catalogue` -->\n"
ENDS = "<!-- {what} end -->\n"


def main() -> int:
    """Write down both; exit status 1 where the catalogue is wrong, with the entry's name."""
    written = ROOT / WRITTEN
    try:
        pressed = press(written.read_bytes())
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    (ROOT / PRESSED).write_bytes(pressed)
    readme = ROOT / README
    catalogue = load(written.read_bytes())
    readme.write_text(with_table(readme.read_text("utf-8"), catalogue), "utf-8")
    print(f"{len(catalogue.services)} services: {PRESSED} and {README} say so.")
    return 0


def with_table(readme: str, catalogue: Catalogue) -> str:
    """The README with the tables of these services, and of all engines, between their marks."""
    return _with(_with(readme, "services", table(catalogue)), "engines", engines())


def _with(readme: str, what: str, made: str) -> str:
    begins, ends = BEGINS.format(what=what), ENDS.format(what=what)
    head, found, rest = readme.partition(begins)
    _, closed, tail = rest.partition(ends)
    if not found or not closed:
        raise ValueError(f"README.md has no place for the {what}: {begins.strip()}")
    return f"{head}{begins}{made}{ends}{tail}"


def engines() -> str:
    """The kinds of status pages that can be read, and what each engine was written from."""
    lines = [
        "",
        f"| {len(feeds.ENGINES)} kinds of pages | `engine` | written from |",
        "|---|---|---|",
    ]
    lines += [
        f"| {feeds.title(name)} | `{name}` | {_FROM[feeds.origin(name)]} |"
        for name in feeds.ENGINES
    ]
    return "\n".join((*lines, "", ""))


_FROM = {
    Origin.SEEN: "real answers",
    Origin.IN_PART: "real answers in part, else descriptions",
    Origin.DESCRIBED: "descriptions",
}


def table(catalogue: Catalogue) -> str:
    """The services, kind by kind, each kind in order of use."""
    lines = ["", f"| {len(catalogue.services)} services | of | read by | known |"]
    lines.append("|---|---|---|---|")
    for kind in Kind:
        lines += _rows(kind, catalogue)
    return "\n".join((*lines, "", ""))


def _rows(kind: Kind, catalogue: Catalogue) -> Iterator[str]:
    services = [one for one in catalogue.services if kind_of(one) is kind]
    if services:
        yield f"| **{TITLES[kind]}** | | | |"
    for one in services:
        seen = catalogue.sightings[one.id]
        sure = known(seen.how, seen.date, SAY)
        yield f"| {one.name} | {one.vendor} | {read_by(one, SAY)} | {sure} |"


if __name__ == "__main__":
    sys.exit(main())
