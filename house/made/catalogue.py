"""What is made of resources/catalogue.toml: the form read at a start, and a table of the README.

usage: python -m house.made.catalogue, in an environment of the program (`dev.py catalogue`)
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from house.system import ROOT
from notifier.catalogue import Catalogue, CatalogueError, load
from notifier.catalogue.pressed import press
from notifier.model.kind import Kind, kind_of
from notifier.wording.kinds import TITLES, known, read_by
from notifier.wording.say import English

WRITTEN = Path("resources/catalogue.toml")
PRESSED = Path("resources/catalogue.json")
README = Path("README.md")
SAY = English()

BEGINS = "<!-- services: written by `python3 dev.py catalogue` -->\n"
ENDS = "<!-- services end -->\n"


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
    """The README with the table of these services between its two marks."""
    head, begins, rest = readme.partition(BEGINS)
    _, ends, tail = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError(f"README.md has no place for the services: {BEGINS.strip()}")
    return "".join((head, begins, table(catalogue), ends, tail))


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
