"""`notifier rehearse`: an outage played through the whole program, in this terminal."""

import sys
from pathlib import Path

import click

from notifier.app.rehearsing import (
    Live,
    Theatre,
    build_live,
    open_script,
    own_choice,
    play_fast,
    run_live,
    shipped,
)
from notifier.app.zone import local_zone
from notifier.cli import SAY, fail, profiled
from notifier.cli.owner import opened
from notifier.model.moment import Moment
from notifier.rehearsal.play import Outcome
from notifier.rehearsal.scenario import ScenarioError
from notifier.storage.places import PlaceRefused
from notifier.terminal.live import Follower, follower
from notifier.wording import rehearsal as words


@click.command()
@click.argument("scenario", default="demo")
@click.option("--list", "listed", is_flag=True, help="The scenarios that come with the program.")
@click.option("--fast", is_flag=True, help="In virtual time: hours in seconds, no sockets.")
@click.option("--speed", type=float, default=1.0, metavar="N", help="N times as fast as life.")
@click.option("--tray", is_flag=True, help="With the real tray, window and notifications.")
@click.option("--check", is_flag=True, help="Hold it against its expectations; 1 if one fails.")
@click.option("--mine", is_flag=True, help="With your own choice of services.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@profiled
@click.pass_context
def rehearse(
    context: click.Context,
    scenario: str,
    *,
    listed: bool,
    fast: bool,
    speed: float,
    tray: bool,
    check: bool,
    mine: bool,
    as_json: bool,
    profile: Path | None,
) -> None:
    """Play SCENARIO, a shipped one or a file, through the whole program."""
    del tray  # `__main__` has sent that one to the tray program
    if listed:
        for name, title in shipped():
            click.echo(f"{name}\t{title}")
        return
    if speed <= 0:
        raise click.BadParameter("it must be more than 0", param_hint="--speed")
    place = opened(context, profile)
    try:
        script = open_script(scenario)
        choice = own_choice(place, script.scenario) if mine else None
        with Theatre(place, script, mine=choice) as theatre:
            outcome: Outcome | None = _play(theatre, speed=speed, fast=fast, as_json=as_json)
    except (ScenarioError, PlaceRefused) as error:
        fail(str(error))
        return
    except KeyboardInterrupt:
        outcome = None
    _end(script.scenario.name, outcome, check=check and not mine, quiet=as_json)


def _play(theatre: Theatre, *, speed: float, fast: bool, as_json: bool) -> Outcome:
    lives: list[Live] = []

    def now() -> Moment:
        return lives[0].clock.moment() if lives else Moment(theatre.stage.scenario.start, 0.0)

    redraw = 5.0 / speed
    shown: Follower
    with follower(SAY, local_zone(), now, as_json=as_json, redraw=max(redraw, 0.5)) as shown:
        if fast:
            return play_fast(theatre, shown, SAY)
        lives.append(build_live(theatre, shown, SAY, speed))
        return run_live(lives[0])


def _end(name: str, outcome: Outcome | None, *, check: bool, quiet: bool) -> None:
    """How it ended; None: the person ended it early, and nothing has been proved."""
    for line in words.ending(name, outcome, SAY, check=check):
        click.echo(line, err=quiet)
    if check and (outcome is None or outcome.failures):
        sys.exit(1)


COMMANDS = (rehearse,)
