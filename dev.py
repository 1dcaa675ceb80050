#!/usr/bin/env python3
"""The one door for people who work here: sets up what a verb needs, then does it.

usage: python3 dev.py VERB [ARGUMENTS]

  run               start the program: the tray where there is a screen, else `notifier watch`;
                    ARGUMENTS go to it
  demo              play an outage through the whole program, ten times as fast as life;
                    ARGUMENTS go to `notifier rehearse`
    --shots DIR     ... on a private screen, and leave a picture of it every 5 seconds in DIR
  test              ruff and mypy, then the tests; ARGUMENTS go to pytest (-k WORDS, a file …)
    --all           ... the slow tests too
  lint              ruff and mypy alone
  bench             what the program costs, against the plain way to do the same: memory, start,
                    sweeps, reading, a command, hostile pages, days; and what is told in 30 days
                    of a laptop's life; exit status 1 past a bound
    --quick         ... in under six minutes: fewer rounds, hours instead of days
    --seeds N       ... with so many lives of 30 days with a laptop: 10, with --quick 2, if not said
  catalogue         look resources/catalogue.toml through, and write down what is made of it: the
                    form that is read at a start, and the table of services in the README
  lamps             draw the pictures of resources/lamps anew, from notifier/desktop/drawing.py, and
                    resources/app-icon.png from app-icon.svg
  package           build the wheel into dist/ and look whether it is whole
  sign-catalogue    sign resources/catalogue.toml, or another, as an update without a release
    --key FILE      ... with the private key in FILE, which is never part of this repository
    --new           ... make that key instead, and print its public half
  lock              write locks/*.txt anew from pyproject.toml; ARGUMENTS go to
                    `uv pip compile` (--upgrade takes newer versions)

Each verb first makes .venv and fills it from locks/, if that is not done yet. On Debian and its
kin it also installs missing system packages when run as root, and else prints the command.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this chose no version yet
    sys.exit(
        f"AI Notifier needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n"
        "Install a newer one and start dev.py with it, for example: python3.11 dev.py run"
    )

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from house.children import become
from house.environment import CORE, DESKTOP, DEV, ensure
from house.gate import Run, run_lint, run_pytest
from house.release import build_wheel, pin
from house.system import RIG, ROOT, ensure_packages, has_screen, rig_trouble
from house.words import Trouble, say


def run(arguments: list[str]) -> int:
    """Start the program in this process's place; it ends as the program ends."""
    if has_screen(os.environ, sys.platform):
        ensure_packages("qt")
        interpreter, face = ensure(DESKTOP), "tray"
    else:
        say("No screen found: starting `notifier watch`")
        interpreter, face = ensure(CORE), "watch"
    return become([str(interpreter), "-m", "notifier", face, *arguments])


def demo(arguments: list[str]) -> int:
    """Rehearse the demonstration outage: on this screen, in this terminal, or for the camera."""
    shots = take_value(arguments, "--shots")
    rehearse = ["-m", "notifier", "rehearse", "demo", "--speed", "10"]
    if shots:
        return _film(Path(shots).resolve(), [*rehearse, "--tray", *arguments])
    if has_screen(os.environ, sys.platform):
        ensure_packages("qt")
        return become([str(ensure(DESKTOP)), *rehearse, "--tray", *arguments])
    return become([str(ensure(CORE)), *rehearse, *arguments])


def _film(folder: Path, rehearse: Sequence[str]) -> int:
    ensure_packages("qt", "rig")
    _require_rig()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("demo-*.png"):
        old.unlink()
    film = [str(RIG / "desktop"), "--", "film", str(folder), "demo", "5"]
    status = subprocess.run([*film, str(ensure(DESKTOP)), *rehearse], check=False).returncode
    say(f"{len(list(folder.glob('demo-*.png')))} pictures were left in {folder}")
    return status


def _require_rig() -> None:
    if reason := rig_trouble():
        raise Trouble(f"Not possible here: {reason}.\nIt needs tests/rig/apt-packages.txt.")


BESIDE_THE_DESKTOP = ("tests/feeds", "tests/judgement", "tests/stories", "tests/storage")
"""What is tested after the desktop, while the rest still runs: so both cores end together."""


def test(arguments: list[str]) -> int:
    """Lint, then test in two runs at once: what needs no desktop, and in the rig what does."""
    kind = "" if take_flag(arguments, "--all") else " and not slow"
    ensure_packages("qt", "rig", "servers")
    interpreter = ensure(DESKTOP, DEV)
    unclean = run_lint(interpreter)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    start, env = _in_rig(interpreter)
    desktop, plain = f"desktop{kind}", f"not desktop{kind}"
    moved = () if arguments else BESIDE_THE_DESKTOP
    beside = [Run(start, desktop, env)]
    if moved:
        beside.append(Run([str(interpreter)], plain, offscreen, only=moved))
    total = run_pytest(Run([str(interpreter)], plain, offscreen, but=moved), beside, arguments)
    if unclean:
        say(f"Not clean: {', '.join(unclean)} (counted as failed)")
    if total.nothing_ran:
        say("No test was selected.")
    say(total.sentence(also_failed=len(unclean)))
    return int(bool(unclean) or total.failed > 0 or total.nothing_ran)


def _in_rig(interpreter: Path) -> tuple[list[str], dict[str, str]]:
    """How to start the desktop tests: in the rig, or where there is none, with the reason."""
    if reason := rig_trouble():
        return [str(interpreter)], {"AI_NOTIFIER_NO_RIG": reason}
    return [str(RIG / "desktop"), "--", str(interpreter)], {}


def lint(arguments: list[str]) -> int:
    """Formatting, rules, types: exit status 1 if any of the three has something to say."""
    _no_more(arguments)
    return int(bool(run_lint(ensure(DESKTOP, DEV))))


def bench(arguments: list[str]) -> int:
    """Measure in the rig; exit status 1 past a bound. At the end, how long people wait here."""
    ensure_packages("qt", "rig")
    _require_rig()
    interpreter = str(ensure(DESKTOP, DEV))
    command = [str(RIG / "desktop"), "--", interpreter, "-m", "tests.bench", *arguments]
    status = subprocess.run(command, check=False, cwd=ROOT).returncode
    if not arguments:
        patience = [interpreter, "-m", "tests.bench.patience"]
        subprocess.run(patience, check=False, cwd=ROOT)
    return status


def catalogue(arguments: list[str]) -> int:
    """Make of the catalogue what is made of it; exit status 1 where an entry is wrong."""
    _no_more(arguments)
    command = [str(ensure(CORE)), "-m", "house.made.catalogue"]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def lamps(arguments: list[str]) -> int:
    """Draw the pictures icon and notices show."""
    _no_more(arguments)
    ensure_packages("qt")
    command = [str(ensure(DESKTOP)), "-m", "house.made.lamps"]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def package(arguments: list[str]) -> int:
    """Build the wheel and make sure that nothing the program needs was left out of it."""
    _no_more(arguments)
    build_wheel(ensure(DEV))
    return 0


def sign_catalogue(arguments: list[str]) -> int:
    """Sign an update of the catalogue, or make the key for it; ARGUMENTS as `--help` says."""
    command = [str(ensure(CORE)), "-m", "house.signing", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def lock(arguments: list[str]) -> int:
    """Pin every package, with the hashes of its files for every system, from pyproject.toml."""
    pin(arguments)
    return 0


def take_flag(arguments: list[str], flag: str) -> bool:
    """Take a flag out of the arguments; whether it was there."""
    if flag not in arguments:
        return False
    arguments.remove(flag)
    return True


def take_value(arguments: list[str], option: str) -> str | None:
    """Take `option VALUE` or `option=VALUE` out of the arguments; None if it is not there."""
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == option:
            if not equals and place + 1 == len(arguments):
                raise Trouble(f"{option} wants a value after it, for example: {option} pictures")
            given = value if equals else arguments.pop(place + 1)
            arguments.pop(place)
            return given
    return None


def _no_more(arguments: Sequence[str]) -> None:
    if arguments:
        raise Trouble(f"This verb takes no argument {arguments[0]!r}. See: python3 dev.py --help")


VERBS = {
    "run": run,
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "catalogue": catalogue,
    "lamps": lamps,
    "package": package,
    "sign-catalogue": sign_catalogue,
    "lock": lock,
}


def main(words: Sequence[str]) -> int:
    """Do what the words say; the exit status to end with."""
    if not words or words[0] in ("-h", "--help", "help"):
        say(str(__doc__).strip())
        return 0 if words else 2
    verb, *arguments = words
    if verb not in VERBS:
        print(f"dev.py knows no verb {verb!r}; it knows {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    if arguments == ["--help"] and verb not in ("run", "demo", "sign-catalogue"):
        return main(["--help"])
    try:
        return VERBS[verb](arguments)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
