"""The map we ship: what stands on what, why that is held, and that nothing is left out by it."""

import tomllib
from datetime import UTC, date
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from notifier.catalogue import Catalogue, load, resolve
from notifier.model.settings import Choices

ROOT = Path(__file__).resolve().parents[2]
BODY = (ROOT / "resources" / "catalogue.toml").read_bytes()
WRITTEN = tomllib.loads(BODY.decode())
ENTRIES = (*WRITTEN["ground"], *WRITTEN["service"])
CATALOGUE = load(BODY)

FIRST_SEEN = date(2024, 1, 1)
LAST_READ = date(2026, 11, 30)


def under(id_: str, catalogue: Catalogue = CATALOGUE) -> frozenset[str]:
    """All that a service stands on, however deep; a service that carries others is one of it."""
    found: set[str] = set()
    ahead = [id_]
    while ahead:
        known = catalogue.by_id.get(ahead.pop())
        new = set(known.runs_on) - found if known is not None else set()
        found |= new
        ahead += new
    return frozenset(found)


def test_every_line_of_the_map_says_what_supports_it_and_of_when():
    lines = {(one["id"], ground) for one in ENTRIES for ground in one.get("runs_on", ())}
    assert len(lines) > 30
    assert set(CATALOGUE.bases) == lines
    for line, basis in CATALOGUE.bases.items():
        assert len(basis.source) > 20, line
        assert "://" in basis.source or ":" in basis.source, f"{line}: no address, no document"
        day = date.fromisoformat(basis.date if len(basis.date) > 7 else f"{basis.date}-01")
        assert FIRST_SEEN <= day <= LAST_READ, line


def test_nothing_runs_on_itself_however_far_round():
    runs_on = {one["id"]: one.get("runs_on", ()) for one in ENTRIES}
    assert len(list(TopologicalSorter(runs_on).static_order())) == len(ENTRIES)
    assert not [service.id for service in CATALOGUE.services if service.id in under(service.id)]


def test_the_map_is_several_levels_deep():
    assert "azure" not in next(s for s in WRITTEN["service"] if s["id"] == "codex")["runs_on"]
    assert {"openai-models", "azure", "cloudflare"} <= under("codex")
    assert {"github", "azure", "anthropic-models", "aws", "google-cloud"} <= under("github-copilot")
    assert {"aws", "google-cloud"} <= under("claude-api")
    assert "aws" in under("perplexity")


def test_what_is_no_service_has_a_name_a_person_would_use():
    settings, _ = resolve(Choices(), CATALOGUE, UTC)
    stood_on = {ground for service in CATALOGUE.services for ground in service.runs_on}
    nameless = stood_on - set(settings.grounds) - set(CATALOGUE.by_id)
    assert not nameless
    assert set(settings.grounds) <= stood_on, "and all are stood on"
    assert not [name for id_, name in settings.grounds.items() if name == id_ or "-" in name]


def test_families_are_told_from_clouds_by_their_ids_too():
    """Wording and ranking go by the ending; a family that is kept by nobody is no family."""
    assert {id_ for id_ in CATALOGUE.grounds if id_.endswith("-models")} == CATALOGUE.families
    assert {service.family for service in CATALOGUE.services} - {None} == CATALOGUE.families
    for service in CATALOGUE.services:
        assert service.family is None or service.family in service.runs_on


ALTERNATIVES = [service.id for service in CATALOGUE.services if service.kin]


@pytest.mark.parametrize("id_", ALTERNATIVES)
def test_something_is_left_when_all_it_stands_on_fails(id_):
    """No group of alternatives stands wholly on one upstream, nor on all of one service's."""
    failed = under(id_) | {id_}
    left = [
        other
        for other in CATALOGUE.by_id[id_].kin
        if other not in failed and not under(other) & failed
    ]
    assert left, f"all of {CATALOGUE.by_id[id_].kin} stand on {sorted(failed)}"


def test_who_works_with_a_tool_is_left_with_one_that_does_the_same():
    """What is left does its main job, too, but for searching: that needs a net."""
    for id_ in ALTERNATIVES:
        service = CATALOGUE.by_id[id_]
        failed = under(id_) | {id_}
        left = [CATALOGUE.by_id[o] for o in service.kin if not under(o) & failed]
        able = [one.id for one in left if service.can[0] in one.can]
        assert bool(able) is (service.can[0] != "search"), service.id


@pytest.mark.parametrize("id_", sorted({o for s in CATALOGUE.services for o in s.kin}))
def test_every_alternative_can_be_tried_at_its_front_door(id_):
    assert CATALOGUE.by_id[id_].probe is not None


def test_codex_is_tried_where_its_web_face_and_its_requests_go():
    codex, chatgpt = CATALOGUE.by_id["codex"], CATALOGUE.by_id["chatgpt"]
    assert codex.probe == chatgpt.probe
    settings, _ = resolve(Choices(), CATALOGUE, UTC)
    users = {one.id for one in settings.users_of(codex.probe.id)}
    assert users == {"chatgpt", "codex"}, "one look speaks for both"
