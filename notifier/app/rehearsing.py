"""Everything a rehearsal needs, built by hand: in virtual time, or on loopback in real time."""

from __future__ import annotations

import asyncio
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from notifier.app.profile import Profile
from notifier.rehearsal.accounts import RehearsedKeys
from notifier.rehearsal.play import Audience, Outcome, Play
from notifier.rehearsal.scenario import Scenario, ScenarioError, parse
from notifier.rehearsal.server import WorldServer
from notifier.rehearsal.stage import Stage, set_up
from notifier.rehearsal.virtual import StagedClock, VirtualLoop
from notifier.storage.history import History
from notifier.storage.places import HISTORY_FILE, private_folder, resource_path
from notifier.watch.looker import Looker
from notifier.watch.roles import Face
from notifier.watch.thread import new_loop
from notifier.wording.say import Say

if TYPE_CHECKING:
    from notifier.watch.wire import Wire

_EVERYWHERE = frozenset({"network", "machine", "clock", "desktop", "program", "person", "settings"})


@dataclass(frozen=True, slots=True)
class Script:
    """A scenario with the recorded bodies that lie beside it."""

    scenario: Scenario
    bodies: Mapping[str, bytes]


def shipped() -> tuple[tuple[str, str], ...]:
    """The scenarios that come with the program: name and title."""
    return tuple(
        (path.stem, parse(path.name, path.read_bytes()).title)
        for path in sorted(resource_path("scenarios").glob("*.toml"))
    )


def open_script(name: str) -> Script:
    """The shipped scenario of that name, else the file. Raises ScenarioError with a sentence."""
    path = Path(name)
    if not path.suffix and "/" not in name:
        path = resource_path("scenarios") / f"{name}.toml"
    try:
        scenario = parse(path.name, path.read_bytes())
    except OSError as error:
        known = ", ".join(known for known, _ in shipped())
        text = f"{name} is no scenario: {error.strerror or error}. Shipped are: {known}"
        raise ScenarioError(text) from error
    return Script(scenario, _bodies(scenario, path.parent))


def _bodies(scenario: Scenario, folder: Path) -> dict[str, bytes]:
    bodies: dict[str, bytes] = {}
    for step in scenario.steps:
        for change in step.changes:
            name = change.value.get("body") if isinstance(change.value, dict) else None
            if name is None:
                continue
            try:
                bodies[name] = (folder / name).read_bytes()
            except OSError as error:
                where = f"{scenario.name}, line {change.line}"
                raise ScenarioError(f"{where}: {name} cannot be read: {error.strerror}") from error
    return bodies


def own_choice(profile: Profile, scenario: Scenario) -> tuple[Mapping[str, Any], ...]:
    """The person's own `[[service]]` tables, for `--mine`.

    Raises ScenarioError where nothing is chosen, or where the scenario would touch none of it.
    """
    try:
        table = tomllib.loads(profile.places.settings.read_text("utf-8"))
    except FileNotFoundError:
        table = {}
    except (OSError, ValueError) as error:
        raise ScenarioError(f"your settings cannot be read: {error}") from error
    mine = tuple(table.get("service", ()))
    if not mine:
        raise ScenarioError("you have chosen nothing yet; `notifier add chatgpt` is a beginning")
    ids = {entry.get("id") for entry in mine}
    changes = [change for step in scenario.steps for change in step.changes]
    if not any(change.what in _EVERYWHERE or change.who in ids for change in changes):
        raise ScenarioError(f"{scenario.name} touches none of the services you chose")
    return mine


class Theatre:
    """A stage in a throw-away profile; use it as a context, so that it is thrown away."""

    def __init__(
        self,
        profile: Profile,
        script: Script,
        *,
        mine: tuple[Mapping[str, Any], ...] | None = None,
    ) -> None:
        """Set the stage for `script`; with `mine` for the person's own choice of services."""
        private_folder(profile.places.cache)
        self._folder = tempfile.TemporaryDirectory(prefix="rehearsal-", dir=profile.places.cache)
        folder = Path(self._folder.name)
        try:
            self.stage: Stage = set_up(
                script.scenario, profile.catalogue, folder, script.bodies, mine=mine
            )
        except BaseException:
            self._folder.cleanup()
            raise
        self._folder_path = folder

    def __enter__(self) -> Self:
        """The stage is set."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the profile away."""
        self._folder.cleanup()

    def diary(self, clock: StagedClock) -> Callable[[], History]:
        """A real history in the throw-away profile."""
        path = self._folder_path / "data" / HISTORY_FILE
        return lambda: History(path, lambda: clock.moment().utc)


def play_fast(theatre: Theatre, audience: Audience, say: Say) -> Outcome:
    """Play in virtual time: no socket, no waiting, the same every time."""
    from notifier.rehearsal.memory import MemoryLooker  # it loads what speaks HTTP

    stage = theatre.stage
    clock = StagedClock(stage.scenario.start)
    play = Play(
        stage,
        clock=clock,
        looker=lambda: MemoryLooker(stage.world, lambda: stage.settings, clock),
        diary=theatre.diary(clock),
        audience=audience,
        say=say,
    )
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(play.run())


@dataclass(slots=True)
class Live:
    """A rehearsal in real time on loopback: the play, its clock and the server of its world."""

    play: Play
    clock: StagedClock
    server: WorldServer

    def wire(self) -> Wire:
        """Connections into the world that is served, and to nowhere else."""
        return _wire(self.server)

    async def run(self) -> Outcome:
        """Serve the world, and play."""
        await self.server.start()
        try:
            return await self.play.run()
        finally:
            await self.server.stop()


def _wire(server: WorldServer) -> Wire:
    from notifier.watch.wire import Wire

    return Wire(proxy="none", route=server.route)


def build_live(
    theatre: Theatre, audience: Audience, say: Say, speed: float, face: Face | None = None
) -> Live:
    """Prepare a rehearsal `speed` times as fast as life, over real sockets."""
    stage = theatre.stage
    clock = StagedClock(stage.scenario.start, speed)
    server = WorldServer(stage.world, lambda: stage.settings)

    def looker() -> Looker:
        from notifier.watch.fetch import Fetch

        world = stage.world
        keys = RehearsedKeys(world.key, lambda: world.key_store)
        return Fetch(wire=_wire(server), clock=clock, keys=keys)

    play = Play(
        stage,
        clock=clock,
        looker=looker,
        diary=theatre.diary(clock),
        audience=audience,
        say=say,
        face=face,
    )
    return Live(play, clock, server)


def run_live(live: Live) -> Outcome:
    """Play in real time, in this thread, to the end."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(live.run())
