"""The parts the catalogue names are parts their pages have, as recorded pages show."""

import json
from pathlib import Path

import pytest

from notifier import feeds
from notifier.catalogue import Catalogue, load
from notifier.feeds import xai
from notifier.model.observation import Part
from notifier.model.selection import chosen

ROOT = Path(__file__).resolve().parents[2]
CAPTURED = ROOT.parent / "shared" / "corpus" / "status-pages"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load((ROOT / "resources" / "catalogue.toml").read_bytes())


def as_read(engine: str, plan: str, want: str, path: str) -> tuple[Part, ...]:
    """The parts of a captured document of another engine."""
    file = CAPTURED / path
    if not file.exists():
        pytest.skip("the captured status pages are not on this machine")
    return feeds.read(engine, plan, {want: file.read_bytes()}).parts


@pytest.mark.parametrize(
    ("service", "plan", "want", "page"),
    [
        pytest.param(
            "gemini",
            "incidents",
            "incidents",
            "google-appsstatus/google--workspace-incidents-2026-07-30.json",
            id="gemini",
        ),
        pytest.param(
            "notebooklm",
            "incidents",
            "incidents",
            "google-appsstatus/google--workspace-incidents-2026-07-30.json",
            id="notebooklm",
        ),
        pytest.param(
            "ms-copilot",
            "posts",
            "posts",
            "microsoft365/microsoft--posts-m365consumer-2026-08-01.json",
            id="ms-copilot",
        ),
    ],
)
def test_the_one_part_we_name_is_one_part_of_their_page(catalogue, service, plan, want, page):
    known = catalogue.by_id[service]
    (ref,) = known.parts
    (part,) = chosen(as_read(known.page.engine, plan, want, page), known.parts)
    assert (part.id, part.name) == (ref.id, ref.name)


@pytest.mark.parametrize(
    ("service", "plan", "want", "path"),
    [
        pytest.param(*one, id=one[0])
        for one in (
            (
                "google-cloud",
                "incidents",
                "incidents",
                "google-cloud/gcp--incidents-2022-07-03.json",
            ),
            ("docker", "status", "status", "statusio/docker--status-partial-disruption-2.json"),
            ("azure-openai", "azure", "posts", "azure/azure--posts-api-2026-08-01.json"),
        )
    ],
)
def test_all_parts_we_name_are_parts_its_engine_reads(catalogue, service, plan, want, path):
    known = catalogue.by_id[service]
    found = chosen(as_read(known.page.engine, plan, want, path), known.parts)
    assert {part.name for part in found} == {ref.name for ref in known.parts}


def test_of_gitlab_the_ids_were_kept_while_names_changed(catalogue):
    known = catalogue.by_id["gitlab"]
    path = "statusio/gitlab--status-maintenance.json"
    found = chosen(as_read("statusio", "status", "status", path), known.parts)
    assert {part.id for part in found} == {ref.id for ref in known.parts} - {None}


@pytest.mark.parametrize("service", ["grok", "xai-api"])
def test_the_parts_of_grok_are_parts_its_engine_knows(catalogue, service):
    assert {part.name for part in catalogue.by_id[service].parts} <= {*xai.COMPONENTS}


def live_parts(path: str) -> tuple[Part, ...]:
    """The components of a captured Statuspage document."""
    file = CAPTURED / path
    if not file.exists():
        pytest.skip("the captured status pages are not on this machine")
    listed = json.loads(file.read_text("utf-8"))["components"]
    names = {one["id"]: one["name"] for one in listed}
    return tuple(
        Part(one["id"], one["name"], None, names.get(one.get("group_id")), one.get("group_id"))
        for one in listed
        if not one.get("group")
    )


@pytest.mark.parametrize(
    ("service", "page"),
    [
        ("claude", "statuspage/anthropic--summary-2026-07-29-major-outage.json"),
        ("claude-api", "statuspage/anthropic--summary-2026-07-29-major-outage.json"),
        ("claude-code", "statuspage/anthropic--summary-2026-07-29-major-outage.json"),
        ("github", "statuspage/github--summary-2026-07-30-operational.json"),
        ("github-copilot", "statuspage/github--summary-2026-07-30-operational.json"),
        ("zoom", "statuspage/zoom--summary-2026-07-30-operational-316-components.json"),
        ("discord", "statuspage/discord--summary-2026-08-04-api-major-outage.json"),
        ("replicate", "statuspage/cloudflare--summary-2026-07-30-pop-partial-outages.json"),
        ("chatgpt", "incident-io-compat/openai--summary-2026-07-30-operational-25-cap.json"),
        ("openai-api", "incident-io-compat/openai--summary-2026-07-30-operational-25-cap.json"),
        ("codex", "incident-io-compat/openai--summary-2026-07-30-operational-25-cap.json"),
    ],
)
def test_the_parts_we_name_are_the_parts_their_page_has(catalogue, service, page):
    parts = live_parts(page)
    refs = catalogue.by_id[service].parts
    found = list(chosen(parts, refs))
    by_id = {ref.id: ref.name for ref in refs if ref.id}
    assert found
    assert all(by_id.get(part.id, part.name) == part.name for part in found)


def test_a_data_centre_far_away_is_not_cloudflare(catalogue):
    parts = live_parts("statuspage/cloudflare--summary-2026-07-30-pop-partial-outages.json")
    meant = chosen(parts, catalogue.by_id["cloudflare"].parts)
    assert len(meant) > 100
    assert {part.group for part in meant} == {"Cloudflare Sites and Services"}
    assert "Workers" in {part.name for part in meant}
