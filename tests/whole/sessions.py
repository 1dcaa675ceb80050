"""Stories that want a desktop of their own. Run inside one, this plays the story named and prints
what a person saw of it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from notifier.model.picture import Lamp
from tests.whole import daemons, falls
from tests.whole.desk import ROOT, Person, at_the_desk, said, until
from tests.whole.feed_server import Vendor

RIG = ROOT / "tests" / "rig"


def played(story: str, *options: str, **environment: str) -> dict[str, Any]:
    """Play a story in a session of its own; what it prints."""
    command = [sys.executable, "-m", "tests.whole.sessions", story]
    told = subprocess.run(
        [RIG / "desktop", "--keyring", "none", *options, "--", *command],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    assert told.returncode == 0, told.stderr
    seen: dict[str, Any] = json.loads(told.stdout)
    return seen


def late_daemon(person: Person, alpha: Vendor, _: Vendor) -> dict[str, object]:
    """Nothing takes notices at first (`--notify none`); then dunst comes."""
    person.starts()
    person.shows(Lamp.CLEAR)
    alpha.fails()
    person.checks()
    person.shows(Lamp.TROUBLE, owed=True)
    icon = person.icon()
    assert icon is not None
    told = person.knows()["rows"][0]["told"]
    dunst = _dunst()
    try:
        until(lambda: person.knows()["rows"][0]["told"])
        person.shows(Lamp.TROUBLE)
        notes = person.notes.wait(1)
    finally:
        dunst.kill()
        dunst.wait()
    return {
        "menu": [entry.get("label") for entry in icon["menu"]],
        "told before": told,
        "titles": [note["summary"] for note in notes],
    }


def _dunst() -> subprocess.Popen[bytes]:
    config = Path(os.environ["RIG_DIR"], "dunstrc")
    config.write_text((RIG / "dunstrc").read_text().replace("@answer@", str(RIG / "answer-dmenu")))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(["dunst", "-config", config], **quiet)


def button_of_before(person: Person, alpha: Vendor, beta: Vendor) -> dict[str, object]:
    """The program dies over a notice, is started again, and then the button is pressed.

    With xfce4-notifyd, which tells everybody of a press; dunst tells only the process that raised
    the notice, and that is dead.
    """
    process = person.starts()
    person.reaches_the_door()
    alpha.fails()
    person.checks()
    person.notes.wait(1)
    until(lambda: person.knows()["rows"][0]["told"])
    person.kills(process)
    person.starts()
    person.shows(Lamp.TROUBLE)
    (window,) = until(daemons.of_xfce)
    width, height = _size(window)
    # Details, Open Beta, Got it and Snooze stand in one row of equal buttons at the bottom.
    said("xdotool", "mousemove", "--window", window, str(width * 2 // 5), str(height - 31))
    said("xdotool", "click", "1")
    opened = until(lambda: person.opened)
    until(daemons.of_xfce, lambda windows: not windows)
    return {"opened": opened, "home": beta.home, "notes": len(person.notes())}


def trial_notice(person: Person, *_: Vendor) -> dict[str, object]:
    """A test notification on whatever desktop this is; with xfce4-notifyd also undisturbed."""
    person.run("tray")
    until(lambda: person.knows()["lamp"], lambda lamp: lamp == "clear")
    seen: dict[str, object] = {"says": person.notifier("test-notification")[1].splitlines()}
    if os.environ["RIG_NOTIFY"] == "xfce":
        daemons.do_not_disturb(on=True)
        words = person.notifier("test-notification")[1].splitlines()
        seen["says with do not disturb"] = words
    return {**seen, "owed": person.knows()["owed"]}


def _size(window: str) -> tuple[int, int]:
    lines = said("xdotool", "getwindowgeometry", "--shell", window).splitlines()
    facts = dict(line.split("=") for line in lines)
    return int(facts["WIDTH"]), int(facts["HEIGHT"])


STORIES = {
    "late_daemon": late_daemon,
    "button_of_before": button_of_before,
    "trial_notice": trial_notice,
    "an_hour_later": daemons.an_hour_later,
    "undisturbed": daemons.undisturbed,
    "hostile_names": daemons.hostile_names,
    "fallen_hosts": falls.fallen_hosts,
    "fallen_daemons": falls.fallen_daemons,
    "fallen_buses": falls.fallen_buses,
    "start_orders": falls.start_orders,
    "hanging_bus": falls.hanging_bus,
}


def main(name: str) -> None:
    """Play one story."""
    with (
        tempfile.TemporaryDirectory() as place,
        Vendor("Alpha") as alpha,
        Vendor("Beta") as beta,
        at_the_desk(Path(place)) as person,
    ):
        person.chooses(alpha, beta, door=True)
        json.dump(STORIES[name](person, alpha, beta), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
