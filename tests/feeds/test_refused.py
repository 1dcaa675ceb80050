"""Real documents no engine is for: each is refused with a sentence, and none ever reads green."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health
from notifier.model.service import Legend
from tests.feeds.bodies import CORPUS

PAGES = CORPUS / "status-pages"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")

REFUSED = [
    "apple/apple--system-status-2026-07-30.json",
    "aws-legacy/aws--data-json-2022-07-03-archive.json",
    "ibm-cloud/ibm--enhanced-status-2026-08-01.json",
    "metastatus/meta--orgs-2026-07-31.json",
    "microsoft365/microsoft--portal-servicestatus-index-2026-07-30-retired-endpoint.json",
    "okta/okta--html-page-2026-07-30.html",
    "zscaler/zscaler--zdx-cloud-status-2026-08-12.json",
]
FOLDERS = {name.partition("/")[0] for name in REFUSED} - {"microsoft365"}


def recorded(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def test_every_document_of_these_vendors_is_expected_here():
    there = {str(path.relative_to(PAGES)) for one in FOLDERS for path in (PAGES / one).iterdir()}
    assert there == {name for name in REFUSED if not name.startswith("microsoft365")}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_one_sentence(name):
    with pytest.raises(Unreadable) as caught:
        feeds.read_alone(recorded(name))
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("engine", sorted(feeds.ENGINES))
def test_no_engine_takes_it_for_its_own(name, engine):
    with pytest.raises(Unreadable):
        feeds.read_alone(recorded(name), engine)


META = Legend(
    "[].services[].{name: name, state: status}", words=(("No known issues", Health.OPERATIONAL),)
)
APPLE = Legend(
    "services[*].{name: serviceName, state: events[?eventStatus != 'resolved'] | [0].eventStatus "
    "|| 'quiet'}",
    words=(("quiet", Health.OPERATIONAL), ("ongoing", Health.DEGRADED)),
)


@pytest.mark.parametrize(
    ("name", "legend", "health"),
    [
        ("metastatus/meta--orgs-2026-07-31.json", META, Health.OPERATIONAL),
        ("metastatus/meta--orgs-2026-07-31.json", Legend(META.state), Health.UNKNOWN),
        ("apple/apple--system-status-2026-07-30.json", APPLE, Health.OPERATIONAL),
    ],
)
def test_a_person_may_say_how_it_is_to_be_read(name, legend, health):
    """Then it is their word that makes it green, and without that word nothing does."""
    report = feeds.read("json", "document", {"document": recorded(name)}, legend)
    assert feeds.stated(report) is health
    assert len(report.parts) > 10
