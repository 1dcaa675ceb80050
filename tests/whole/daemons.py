"""Stories of the real engine in front of the real notification daemons."""

import os
import subprocess

from notifier.model.picture import Lamp
from tests.whole.desk import ROOT, Person, said, until
from tests.whole.feed_server import Vendor
from tests.whole.parts import DAEMON, Parts, there

SPEED = "600"

HOSTILE = "<b>R&amp;D</b> <img src=x> <a href='https://evil.example'>x</a>"
"""A name that would be bold, fetch a picture, open a page, or leave the notice empty."""


def an_hour_later(person: Person, *_: Vendor) -> dict[str, object]:
    """The button is pressed when the notice has hung there for an hour of the program's clock."""
    scenario = ROOT / "tests" / "whole" / "an_hour_later.toml"
    process = person.run(
        "rehearse", str(scenario), "--tray", "--speed", SPEED, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    # Sixty-five minutes after the outage by the program's clock, whatever ours says.
    assert any("An hour later" in line for line in process.stdout)
    hanging = person.on_screen()
    said("press", "Details")
    window = until(lambda: person.windows("Rehearsal – AI Notifier"))
    until(person.on_screen, lambda count: not count)
    told = [(note["summary"], note["invoked"]) for note in person.notes()]
    return {"told": told, "hanging": hanging, "windows": len(window)}


def undisturbed(person: Person, alpha: Vendor, _: Vendor) -> dict[str, object]:
    """An outage comes and is over while do not disturb is on; then another while it is off."""
    person.starts()
    person.shows(Lamp.CLEAR)
    do_not_disturb(on=True)
    alpha.fails()
    person.checks()
    until(lambda: person.knows()["rows"][0]["told"], lambda told: told and told["kept_back"])
    hints = [_hint(person), _hint(person)]
    seen: dict[str, object] = {"hanging": hanging(), "menu": until(person.first_line)}
    seen["hint"], seen["hint after a look"] = hints
    alpha.recovers()
    person.checks()
    person.notes.wait(2)
    until(lambda: _kept_back(person) == 2)
    seen["hanging after its end"] = hanging()
    do_not_disturb(on=False)
    _, log = person.notifier("history")
    alpha.fails()
    person.checks()
    until(hanging)
    summaries = [note["summary"] for note in person.notes()]
    until(lambda: person.knows()["rows"][0]["told"])
    _, seen["log in the end"] = person.notifier("history")
    return {**seen, "log": log, "hanging at last": hanging(), "told": summaries}


def _kept_back(person: Person) -> int:
    """How many notices the log says are kept back."""
    return sum(bool(line["kept_back_by"]) for line in person.asks(ask="log")["lines"])


def _hint(person: Person) -> list[str]:
    """What the menu says of do not disturb, once it is opened."""
    icon = person.icon()
    assert icon is not None
    labels = [str(entry.get("label", "")) for entry in icon["menu"]]
    return [label for label in labels if "do not disturb" in label]


def do_not_disturb(*, on: bool) -> None:
    """As the switch of the daemon's own does it."""
    if os.environ["RIG_NOTIFY"] == "dunst":
        said("dunstctl", "set-paused", str(on).lower())
        return
    value = "<true>" if on else "<false>"
    where = ("-d", "org.xfce.Xfconf", "-o", "/org/xfce/Xfconf")
    what = ("-m", "org.xfce.Xfconf.SetProperty", "xfce4-notifyd", "/do-not-disturb", value)
    said("gdbus", "call", "--session", *where, *what)


def hanging() -> int:
    """How many notices hang on the screen."""
    if os.environ["RIG_NOTIFY"] == "dunst":
        return int(said("dunstctl", "count", "displayed"))
    return len(of_xfce())


def of_xfce() -> list[str]:
    """The windows of xfce4-notifyd, one for each notice."""
    return said("xdotool", "search", "--onlyvisible", "--class", "notifyd", check=False).split()


def hostile_names(person: Person, *_: Vendor) -> dict[str, object]:
    """A service is called what no text may do; what the daemon then says to a screen reader."""
    with Parts() as parts, Vendor("Hostile") as vendor:
        os.environ.pop("NO_AT_BRIDGE")
        parts.start("notifyd")
        os.environ["NO_AT_BRIDGE"] = "1"
        there(DAEMON)
        person.chooses(vendor)
        words = person.settings.read_text().replace('name = "Hostile"', f'name = "{HOSTILE}"')
        person.settings.write_text(words)
        person.starts()
        person.shows(Lamp.CLEAR)
        vendor.fails()
        person.checks()
        (note,) = person.notes.wait(1)
        spoken = until(lambda: said("read-aloud", "xfce4-notifyd", check=False))
    return {
        "summary": note["summary"],
        "body": note["body"],
        "spoken": spoken,
        "opened": person.opened,
    }
