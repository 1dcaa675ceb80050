"""What stands on clouds: the map is deep, and yet it accuses nobody that was not seen to fail."""

from datetime import UTC
from pathlib import Path

import pytest

from notifier.catalogue import load, resolve
from notifier.fallbacks import rank
from notifier.judgement.ground import Ground, failing_ground
from notifier.model.settings import Choices, Watched
from tests.judgement.boards import FINE, NOW, REPORTED, SUSPECTED, board, stands

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load((ROOT / "resources" / "catalogue.toml").read_bytes())
EVERYBODY = tuple(service.id for service in CATALOGUE.services)
CLOUDS = ("aws", "azure", "google-cloud")


def chosen(*ids):
    settings, complaints = resolve(Choices(tuple(map(Watched, ids))), CATALOGUE, UTC)
    assert not complaints
    return settings


def known(**verdicts):
    """Everything is well but what is said here; `_` stands for `-`."""
    said = dict.fromkeys(EVERYBODY, FINE)
    said |= {name.replace("_", "-"): verdict for name, verdict in verdicts.items()}
    return board(standings=stands(**said))


@pytest.mark.parametrize("id_", EVERYBODY)
@pytest.mark.parametrize("by", [REPORTED, SUSPECTED])
def test_who_fails_alone_falls_with_nothing(id_, by):
    settings = chosen(*EVERYBODY)
    assert failing_ground(settings.by_key[id_], known(**{id_: by}), settings) is None


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_cloud_is_not_to_blame_because_all_that_stands_on_it_fails(cloud):
    settings = chosen(*EVERYBODY)
    everything_on_it = {one.id: REPORTED for one in settings.services if cloud in one.runs_on}
    assert len(everything_on_it) > 3
    seen = known(**everything_on_it)
    for service in settings.services:
        fell = failing_ground(service, seen, settings)
        assert fell is None or fell.id != cloud
        _, refused = rank(service, seen, settings, NOW)
        assert cloud not in {exclusion.because for exclusion in refused}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_cloud_is_to_blame_where_its_own_page_says_that_it_fails(cloud):
    settings = chosen(*EVERYBODY)
    seen = known(**{cloud: REPORTED})
    for service in settings.services:
        fell = failing_ground(service, seen, settings)
        assert fell == (Ground(cloud, sure=True) if cloud in service.runs_on else None), service.id


def test_what_is_watched_under_it_is_found_however_deep():
    settings = chosen("github-copilot", "github", "claude-api", "codex", "cloudflare")
    copilot, codex = settings.by_key["github-copilot"], settings.by_key["codex"]
    assert failing_ground(copilot, known(github=REPORTED), settings) == Ground("github", sure=True)
    fell = failing_ground(copilot, known(claude_api=REPORTED), settings)
    assert fell == Ground("anthropic-models", sure=True)
    fell = failing_ground(codex, known(cloudflare=SUSPECTED), settings)
    assert fell == Ground("cloudflare", sure=False)


def test_a_cloud_that_comes_to_be_watched_is_found_without_another_word():
    """A service of that id, here one of the person's own, is all it takes."""
    azure = Watched("azure", name="Azure", home="https://a.test/", status="https://s.test/")
    settings, _ = resolve(Choices((Watched("ms-copilot"), azure)), CATALOGUE, UTC)
    fell = failing_ground(settings.by_key["ms-copilot"], known(azure=REPORTED), settings)
    assert fell == Ground("azure", sure=True)
    codex = next(one for one in settings.others if one.id == "codex")
    assert failing_ground(codex, known(azure=REPORTED), settings) == fell, "by its models"
