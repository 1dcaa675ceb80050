"""One document without its page: whose it is, and what it says."""

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from tests.feeds.bodies import (
    atom,
    body,
    compatible_component,
    compatible_page,
    google_event,
    item,
    native,
    ongoing,
    posts,
    rss,
    summary,
    xai_item,
)
from tests.feeds.samples import (
    alertmanager,
    aws,
    azure_devops,
    betterstack,
    cachet,
    cstate,
    datadog,
    firehydrant,
    flashduty,
    gatus,
    healthchecks,
    heroku,
    instatus,
    kuma,
    openstatus,
    rootly,
    salesforce,
    slack,
    sorry,
    statusio,
    statuspal,
    upptime,
)
from tests.feeds.test_betterstack import page as betterstack_page
from tests.feeds.test_incident_io_page import page
from tests.feeds.test_instatus import SITE_OBJECT
from tests.feeds.test_instatus import page as instatus_page

COMPATIBLE = {
    "page": compatible_page(),
    "status": {"indicator": "minor"},
    "components": [compatible_component(1)],
}
DOCUMENTS = [
    pytest.param(body(summary()), "statuspage", id="statuspage"),
    pytest.param(body(native()), "incident_io", id="incident.io"),
    pytest.param(body(COMPATIBLE), "incident_io", id="incident.io's imitation"),
    pytest.param(page(native()), "incident_io", id="incident.io's web page"),
    pytest.param(body(instatus.summary()), "instatus", id="Instatus"),
    pytest.param(instatus_page(SITE_OBJECT), "instatus", id="Instatus's web page"),
    pytest.param(body(betterstack.index()), "betterstack", id="Better Stack"),
    pytest.param(betterstack_page(), "betterstack", id="Better Stack's web page"),
    pytest.param(body(rootly.status()), "rootly", id="Rootly"),
    pytest.param(body(flashduty.summary()), "flashduty", id="Flashduty's widget"),
    pytest.param(body(flashduty.active()), "flashduty", id="Flashduty's page"),
    pytest.param(body([google_event()]), "google", id="Google"),
    pytest.param(body(posts()), "microsoft", id="Microsoft"),
    pytest.param(body(posts()[0]), "microsoft", id="one of Microsoft's services"),
    pytest.param(kuma.SITE[kuma.IDENTIFIES], "kuma", id="Uptime Kuma"),
    pytest.param(gatus.SITE[gatus.IDENTIFIES], "gatus", id="Gatus"),
    pytest.param(upptime.SITE[upptime.IDENTIFIES], "upptime", id="Upptime"),
    pytest.param(alertmanager.SITE[alertmanager.IDENTIFIES], "alertmanager", id="Alertmanager"),
    pytest.param(body([alertmanager.alert()]), "alertmanager", id="an alert"),
    pytest.param(
        healthchecks.SITE[healthchecks.IDENTIFIES], "healthchecks", id="checks of Healthchecks"
    ),
    pytest.param(body(healthchecks.badge()), "healthchecks", id="a badge of Healthchecks"),
    pytest.param(datadog.SITE[datadog.IDENTIFIES], "datadog", id="Datadog"),
    pytest.param(aws.SITE[aws.IDENTIFIES], "aws", id="Amazon"),
    pytest.param(slack.SITE[slack.IDENTIFIES], "slack", id="Slack"),
    pytest.param(statusio.SITE[statusio.IDENTIFIES], "statusio", id="Status.io"),
    pytest.param(rss(xai_item(), title="xAI"), "xai", id="xAI"),
    pytest.param(body(cachet.components()), "cachet", id="Cachet 2"),
    pytest.param(body(cachet.components3()), "cachet", id="Cachet 3"),
    pytest.param(body(cstate.index()), "cstate", id="cState"),
    pytest.param(body(heroku.current()), "heroku", id="Heroku"),
    pytest.param(body(salesforce.product()), "salesforce", id="Salesforce"),
    pytest.param(body(salesforce.product()["Instances"]), "salesforce", id="Salesforce's list"),
    pytest.param(body(azure_devops.page()), "azure_devops", id="Azure DevOps"),
    pytest.param(body(sorry.status()), "sorry", id="Sorry"),
    pytest.param(body(firehydrant.payload()), "firehydrant", id="FireHydrant"),
    pytest.param(body(openstatus.status()), "openstatus", id="openstatus"),
    pytest.param(statuspal.page(), "statuspal", id="Statuspal"),
    pytest.param(rss(), "syndication", id="RSS"),
    pytest.param(atom(), "syndication", id="Atom"),
    pytest.param(b"\xff\xfe" + rss().decode().encode("utf-16-le"), "syndication", id="UTF-16"),
    pytest.param(rss(item())[:-30], "syndication", id="a damaged feed"),
]


@pytest.mark.parametrize(("document", "engine"), DOCUMENTS)
def test_a_document_is_read_by_its_own_engine(document, engine):
    report = feeds.read_alone(document)
    assert report.engine == engine
    assert feeds.read_alone(document, engine) == report


@pytest.mark.parametrize(("document", "engine"), DOCUMENTS)
@pytest.mark.parametrize("other", [*feeds.ENGINES])
def test_no_engine_of_another_kind_reads_it(document, engine, other):
    # Shapes that are made to be taken for each other, or are a kind of the other.
    kin = {frozenset(pair) for pair in (("statuspage", "incident_io"), ("xai", "syndication"))}
    if engine == other or frozenset((engine, other)) in kin:
        return
    with pytest.raises(Unreadable):
        feeds.read_alone(document, other)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "The answer is empty"),
        (b"[]", "not a document of a status page of a known kind"),
        (b'{"hello": 1}', "not a document of a status page of a known kind"),
        (b'{"page"', "not a whole JSON document"),
        (b"<!doctype html><title>x</title>", "no status in it"),
        (b"<opml></opml>", "no feed"),
        (body(summary(components=7)), "not of the expected shape"),
        (b"\x89PNG\r\n", "UTF-8|not a whole"),
    ],
)
def test_what_nobody_reads_is_said_in_one_sentence(document, why):
    with pytest.raises(Unreadable, match=why) as caught:
        feeds.read_alone(document)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_an_engine_nobody_has_is_named():
    with pytest.raises(Unreadable, match="crystal_ball"):
        feeds.read_alone(b"{}", "crystal_ball")


def test_an_incident_in_a_file_is_told_as_over_the_network():
    document = body(native(ongoing_incidents=[ongoing()]))
    assert feeds.read_alone(document) == feeds.read("incident_io", "native", {"summary": document})
