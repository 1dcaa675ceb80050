"""Sets the stage: a throw-away profile whose settings are the scenario's, resolved as always."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

import tomlkit

from notifier.catalogue import Catalogue, resolve
from notifier.model.service import FeedSource, PartRef, Service, SourceId
from notifier.model.settings import Settings
from notifier.rehearsal.accounts import account_of
from notifier.rehearsal.scenario import Scenario, ScenarioError
from notifier.rehearsal.world import World
from notifier.storage import settings_file, whole_file

_ENGINE = "statuspage"
"""Pages of a rehearsed world are Atlassian Statuspage documents, whatever the real ones are."""


@dataclass(slots=True)
class Stage:
    """A world, and the settings of whoever watches it. `folder` is thrown away afterwards."""

    scenario: Scenario
    catalogue: Catalogue
    folder: Path
    settings: Settings
    world: World

    @property
    def settings_path(self) -> Path:
        """The settings file of the rehearsal's own profile."""
        return self.folder / "settings.toml"

    def change_settings(self, wanted: Mapping[str, Any]) -> Settings:
        """Edit the file as a person would, read it again, and give what it now means."""
        document = tomlkit.parse(self.settings_path.read_text("utf-8"))
        _merge(document, wanted)
        whole_file.replace(self.settings_path, tomlkit.dumps(document).encode())
        self.settings = _settings(self.scenario, self.catalogue, self.settings_path)
        return self.settings


def set_up(
    scenario: Scenario,
    catalogue: Catalogue,
    folder: Path,
    bodies: Mapping[str, bytes],
    *,
    mine: tuple[Mapping[str, Any], ...] | None = None,
) -> Stage:
    """Write the profile and build the world at t = 0.

    `mine` are the person's own `[[service]]` tables, for `--mine`; the scenario's are then only in
    the world. Raises ScenarioError where the scenario's settings are wrong.
    """
    chosen = scenario.chosen if mine is None else mine
    path = folder / "settings.toml"
    document = {"version": 1, **scenario.settings, "service": list(chosen)}
    whole_file.replace(path, tomlkit.dumps(document).encode())
    if mine is not None:
        scenario = replace(scenario, also=(*scenario.also, *scenario.chosen))
    settings = _settings(scenario, catalogue, path)

    def known(url: str) -> tuple[PartRef, ...]:
        page = catalogue.known_page(url)
        return page.parts if page is not None else ()

    return Stage(scenario, catalogue, folder, settings, World(scenario, settings, bodies, known))


def _settings(scenario: Scenario, catalogue: Catalogue, path: Path) -> Settings:
    choices, wrong = settings_file.read(path)
    settings, unmet = resolve(choices, catalogue, UTC)
    for complaint in (*wrong, *unmet):
        raise ScenarioError(f"{scenario.name}: in its settings, {complaint.text}")
    engines = _engines(scenario)
    keyed = _keyed(scenario)

    def staged(service: Service) -> Service:
        account = None
        if service.id in keyed:
            account = account_of(service, catalogue.accounts.get(service.id))
        return replace(_staged(service, engines), account=account)

    chosen = {service.id for service in settings.services}
    also = [s for s in _also(scenario, catalogue, path) if s.id not in chosen]
    has = settings.instead.accounts
    if "fallbacks" not in scenario.settings:  # where nothing is said, what is there is theirs
        has |= {service.id for service in also}
    return replace(
        settings,
        instead=replace(settings.instead, accounts=has),
        services=tuple(staged(service) for service in settings.services),
        others=tuple(staged(service) for service in also),
    )


def _also(scenario: Scenario, catalogue: Catalogue, path: Path) -> tuple[Service, ...]:
    """The services of the world nobody chose; a catalogue entry that is not named is not there."""
    beside = path.with_name("also.toml")
    entries = {str(entry["id"]): entry for entry in scenario.also}
    document = {"version": 1, "service": list(entries.values())}
    whole_file.replace(beside, tomlkit.dumps(document).encode())
    choices, wrong = settings_file.read(beside)
    settings, unmet = resolve(choices, catalogue, UTC)
    for complaint in (*wrong, *unmet):
        raise ScenarioError(f"{scenario.name}: in [[also]], {complaint.text}")
    return settings.services


def _engines(scenario: Scenario) -> dict[str, str]:
    """The engine of each page that is played from a recorded body."""
    return {
        change.who: change.value.get("engine", _ENGINE)
        for step in scenario.steps
        for change in step.changes
        if change.what == "page" and "body" in change.value
    }


def _keyed(scenario: Scenario) -> frozenset[str]:
    """The services of whose keys the scenario speaks; no other is tried."""
    changes = (change for step in scenario.steps for change in step.changes)
    return frozenset(change.who for change in changes if change.what == "key")


def _staged(service: Service, engines: Mapping[str, str]) -> Service:
    if service.page is None:
        return service
    engine = engines.get(service.id, _ENGINE)
    page = FeedSource(SourceId(service.page.id), service.page.url, engine, service.page.name)
    return replace(service, page=page)


def _merge(document: Any, wanted: Mapping[str, Any]) -> None:
    for key, value in wanted.items():
        if isinstance(value, Mapping) and key in document:
            _merge(document[key], value)
        else:
            document[key] = value
