"""What holds for any damage to a document: it is unreadable, or it is no better than it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.health import Health, gravity
from notifier.model.observation import Report
from tests.feeds.bodies import (
    atom,
    body,
    changed,
    compatible_component,
    compatible_event,
    compatible_page,
    component,
    entry,
    event,
    google_event,
    google_products,
    item,
    native,
    ongoing,
    planned,
    post,
    posts,
    rss,
    summary,
    xai_item,
)
from tests.feeds.samples import (
    aws,
    azure_devops,
    betterstack,
    cachet,
    cstate,
    datadog,
    firehydrant,
    flashduty,
    heroku,
    instatus,
    openstatus,
    rootly,
    salesforce,
    slack,
    sorry,
    statusio,
)
from tests.feeds.samples.alertmanager import alert, alertmanager_status
from tests.feeds.samples.gatus import gatus_endpoint, gatus_result, gatus_wiki
from tests.feeds.samples.healthchecks import badge, check, checks
from tests.feeds.samples.kuma import (
    beat,
    kuma_beats,
    kuma_incident,
    kuma_maintenance,
    kuma_page,
)
from tests.feeds.samples.upptime import upptime_site

STATUSPAGE = summary(
    components=[component("a", "A", "partial_outage"), component("b", "B")],
    incidents=[event()],
    scheduled_maintenances=[planned(status="in_progress")],
    status={"indicator": "minor"},
)
NATIVE = native(
    affected_components=[{"component_id": "01K00000000000000000000001", "status": "full_outage"}],
    ongoing_incidents=[
        ongoing(
            status="identified",
            affected_components=[
                {"component_id": "01K00000000000000000000002", "current_status": "full_outage"}
            ],
        )
    ],
)
COMPATIBLE = {
    "page": compatible_page(),
    "status": {"indicator": "minor"},
    "components": [compatible_component(1, "major_outage")],
    "incidents": [compatible_event()],
}
GOOGLE = [google_event()]
AWS = [
    aws.of_many(impacted_services=aws.impacted(bedrock_us_east_1=("3", "3"), iam=("1", "2"))),
    aws.event("lambda-eu-west-1"),
]
DATADOG = datadog.page(
    components=[datadog.component("a", "A", "degraded"), *datadog.page()["components"]],
    incidents=[datadog.event()],
    maintenances=[datadog.planned(currentStatus="in_progress")],
)
MICROSOFT = posts(post("x", "X", "Incident", Title="It fails", Id="x1"))
SLACK = slack.page(slack.event(), slack.event(id="b", type="outage", services=["Files"]))
STATUSIO = statusio.page(
    400,
    status=[statusio.component("api", "API", 400, Dublin=300, Oregon=400)],
    incidents=[statusio.event()],
    maintenance={"active": [statusio.planned()], "upcoming": []},
)
AZURE = {"Status": "Incident", "LastUpdatedTime": "2026-08-01T12:00:00Z", "Title": "OpenAI fails"}
KUMA = kuma_beats(m11=beat(0), m12=beat(3))
GATUS = [gatus_wiki(), gatus_endpoint("A", gatus_result("[STATUS] (503) == 200"))]
UPPTIME = [upptime_site(), upptime_site("Wiki", "down")]
ALERTS = [alert(), alert(service="wiki", severity="warning") | {"fingerprint": "other"}]
CHECKS = checks(check(), check("Index", "down"), check("Mail", "grace"))
INSTATUS = instatus.summary(
    "HASISSUES",
    activeIncidents=[instatus.incident()],
    activeMaintenances=[instatus.maintenance(status="INPROGRESS")],
    **instatus.components(instatus.row("cx", "X", "PARTIALOUTAGE")),
)
BETTERSTACK = betterstack.index(
    betterstack.resource("24", "Images", "downtime"),
    betterstack.report(),
    betterstack.maintenance(),
    betterstack.update("1", "We look.", "2026-08-01T11:05:00.000Z"),
    state="degraded",
)
WIDGET = flashduty.summary(
    "partial_outage",
    ongoing_incidents=[flashduty.event()],
    in_progress_maintenances=[flashduty.event(id="m1", phase="ongoing", impact=None)],
    scheduled_maintenances=[flashduty.event(id="m2", phase="scheduled", impact=None)],
)
ACTIVE = flashduty.active(
    flashduty.change(),
    flashduty.change(
        change_id=2, affected_components=[{"component_id": "c1", "status": "full_outage"}]
    ),
)
CACHET = cachet.components(cachet.component(1, "API"), cachet.component(2, "Login", 3))
CACHET_3 = cachet.components3(cachet.component3("1", "API"), cachet.component3("2", "Login", 3))
CSTATE = cstate.index(
    cstate.system("API"),
    cstate.system("Login", "down", cstate.issue("down", affected=["Login"])),
    summary="down",
)
HEROKU = heroku.current(
    "red", incidents=[heroku.incident()], scheduled=[heroku.planned(upcoming=False)]
)
SALESFORCE = salesforce.product(
    salesforce.instance("NA1"),
    salesforce.instance("NA2", "MINOR_INCIDENT_CORE", salesforce.incident()),
)
AZURE_DEVOPS = azure_devops.page(
    azure_devops.service("Boards"),
    azure_devops.service("Repos", "healthy", "unhealthy"),
    health="degraded",
)
FIREHYDRANT = firehydrant.payload(
    firehydrant.component("API"),
    firehydrant.component("Login", "c3"),
    incidents=[firehydrant.incident()],
)
DOCUMENTS = [
    pytest.param("kuma", "page", KUMA, id="Uptime Kuma"),
    pytest.param("gatus", "statuses", GATUS, id="Gatus"),
    pytest.param("upptime", "master", UPPTIME, id="Upptime"),
    pytest.param("alertmanager", "alerts", ALERTS, id="Alertmanager"),
    pytest.param("healthchecks", "checks", CHECKS, id="Healthchecks"),
    pytest.param("cachet", "components", CACHET, id="Cachet 2"),
    pytest.param("cachet", "components", CACHET_3, id="Cachet 3"),
    pytest.param("cstate", "index", CSTATE, id="cState"),
    pytest.param("heroku", "current", HEROKU, id="Heroku"),
    pytest.param("salesforce", "instances", SALESFORCE, id="Salesforce"),
    pytest.param("azure_devops", "health", AZURE_DEVOPS, id="Azure DevOps"),
    pytest.param("sorry", "status", sorry.status("degraded"), id="Sorry"),
    pytest.param("firehydrant", "payload", FIREHYDRANT, id="FireHydrant"),
    pytest.param("openstatus", "status", openstatus.status("incident"), id="openstatus"),
    pytest.param("aws", "events", AWS, id="Amazon"),
    pytest.param("datadog", "config", DATADOG, id="Datadog"),
    pytest.param("google", "incidents", GOOGLE, id="Google"),
    pytest.param("microsoft", "posts", MICROSOFT, id="Microsoft"),
    pytest.param("slack", "current", SLACK, id="Slack"),
    pytest.param("statusio", "status", STATUSIO, id="Status.io"),
    pytest.param("statuspage", "summary", STATUSPAGE, id="statuspage"),
    pytest.param("instatus", "summary", INSTATUS, id="Instatus"),
    pytest.param("betterstack", "index", BETTERSTACK, id="Better Stack"),
    pytest.param("flashduty", "widget", WIDGET, id="Flashduty's widget"),
    pytest.param("flashduty", "active", ACTIVE, id="Flashduty's page"),
    pytest.param(
        "rootly", "status", rootly.status(rootly.incident(), indicator="major"), id="Rootly"
    ),
    pytest.param("incident_io", "native", NATIVE, id="incident.io"),
    pytest.param("incident_io", "summary", COMPATIBLE, id="incident.io's imitation"),
]

# Each has one single thing in it that is not green.
LONELY = [
    *(
        pytest.param("cachet", "components", CACHET, ("data", *path), id=f"Cachet's {name}")
        for name, path in (("part", (1,)), ("number", (1, "status")), ("name", (1, "name")))
    ),
    pytest.param("cachet", "components", CACHET, ("data",), id="Cachet's parts"),
    *(
        pytest.param("cachet", "components", CACHET_3, ("data", *path), id=f"Cachet 3's {name}")
        for name, path in (("part", (1,)), ("number", (1, "attributes", "status")))
    ),
    *(
        pytest.param("cstate", "index", changed(CSTATE, *calm), path, id=f"cState's {name}")
        for name, calm, path in (
            ("system", (("summaryStatus",), "ok"), ("systems", 1, "status")),
            ("systems", (("summaryStatus",), "ok"), ("systems",)),
            ("issue", (("systems", 1, "status"), "down"), ("systems", 1)),
            ("page", (("systems",), []), ("summaryStatus",)),
        )
    ),
    pytest.param(
        "cstate",
        "index",
        cstate.index(cstate.system("API", "ok", cstate.issue("down"))),
        ("systems", 0, "unresolvedIssues"),
        id="cState's issues",
    ),
    pytest.param("heroku", "current", heroku.current("red"), ("status", 0, "status"), id="colour"),
    *(
        pytest.param(
            "heroku", "current", heroku.current(incidents=[heroku.incident()]), path, id=f"H {name}"
        )
        for name, path in (
            ("incidents", ("incidents",)),
            ("incident", ("incidents", 0)),
            ("end", ("incidents", 0, "resolved")),
        )
    ),
    *(
        pytest.param(
            "salesforce", "instances", SALESFORCE, ("Instances", 1, *path), id=f"SF {name}"
        )
        for name, path in (
            ("instance", ()),
            ("word", ("status",)),
            ("environment", ("environment",)),
            ("activity", ("isActive",)),
        )
    ),
    pytest.param(
        "azure_devops",
        "health",
        changed(AZURE_DEVOPS, ("status", "health"), "healthy"),
        ("services", 1, "geographies", 1, "health"),
        id="Azure DevOps's place",
    ),
    pytest.param(
        "azure_devops",
        "health",
        azure_devops.page(health="degraded"),
        ("status", "health"),
        id="Azure DevOps's word",
    ),
    pytest.param("sorry", "status", sorry.status("degraded"), ("page", "state"), id="Sorry's word"),
    *(
        pytest.param(
            "firehydrant",
            "payload",
            changed(FIREHYDRANT, ("incidents",), []),
            ("components", 1, *path),
            id=f"FireHydrant's {name}",
        )
        for name, path in (("part", ()), ("condition", ("condition",)))
    ),
    *(
        pytest.param(
            "firehydrant",
            "payload",
            firehydrant.payload(incidents=[firehydrant.incident()]),
            path,
            id=f"FireHydrant's {name}",
        )
        for name, path in (
            ("incidents", ("incidents",)),
            ("incident", ("incidents", 0)),
            ("milestone", ("incidents", 0, "current_milestone")),
        )
    ),
    pytest.param(
        "openstatus", "status", openstatus.status("incident"), ("status",), id="openstatus"
    ),
    *(
        pytest.param("aws", "events", [aws.event()], (0, name), id=f"the {name} of Amazon's event")
        for name in ("status", "summary", "end_time", "service", "date")
    ),
    pytest.param("aws", "events", [aws.event()], (0,), id="Amazon's event"),
    pytest.param(
        "aws",
        "events",
        [aws.of_many(impacted_services=aws.impacted(bedrock_us_east_1=("3", "3")))],
        (0, "impacted_services"),
        id="what Amazon's event touches",
    ),
    pytest.param(
        "aws",
        "events",
        [aws.of_many(impacted_services=aws.impacted(bedrock_us_east_1=("3", "3")))],
        (0, "impacted_services", "bedrock-us-east-1", "current"),
        id="how Amazon's service is",
    ),
    pytest.param(
        "datadog",
        "config",
        changed(datadog.page(), ("components", 1, "components", 0, "status"), "major_outage"),
        ("components", 1, "components", 0, "status"),
        id="Datadog's component",
    ),
    pytest.param(
        "datadog",
        "config",
        changed(datadog.page(), ("components", 1, "components", 0, "status"), "major_outage"),
        ("components", 1, "components"),
        id="Datadog's group",
    ),
    pytest.param(
        "datadog",
        "config",
        datadog.page(incidents=[datadog.event()]),
        ("incidents", 0, "currentStatus"),
        id="Datadog's phase",
    ),
    pytest.param(
        "datadog",
        "config",
        datadog.page(incidents=[datadog.event(deletedAt=None)]),
        ("incidents", 0, "deletedAt"),
        id="Datadog's taking back",
    ),
    pytest.param(
        "datadog",
        "config",
        datadog.page(incidents=[datadog.event()]),
        ("incidents", 0, "componentsAffected"),
        id="what Datadog's incident affects",
    ),
    pytest.param(
        "kuma",
        "page",
        kuma_beats(m12=beat(0)),
        ("heartbeatList", "12", 1, "status"),
        id="Uptime Kuma's status",
    ),
    pytest.param(
        "kuma",
        "page",
        kuma_beats(m12=beat(0)),
        ("heartbeatList", "12"),
        id="Uptime Kuma's heartbeats of a monitor",
    ),
    pytest.param(
        "kuma",
        "page",
        kuma_beats(m12=beat(0)),
        ("heartbeatList",),
        id="Uptime Kuma's heartbeats",
    ),
    pytest.param(
        "gatus", "statuses", GATUS, (1, "results", 0, "success"), id="Gatus' word for a result"
    ),
    pytest.param("gatus", "statuses", GATUS, (1, "results"), id="Gatus' results"),
    pytest.param("gatus", "statuses", GATUS, (1,), id="Gatus' endpoint"),
    pytest.param("upptime", "master", UPPTIME, (1, "status"), id="Upptime's word"),
    pytest.param("upptime", "master", UPPTIME, (1,), id="Upptime's site"),
    pytest.param(
        "alertmanager", "alerts", [alert()], (0, "labels", "severity"), id="an alert's severity"
    ),
    pytest.param("alertmanager", "alerts", [alert()], (0, "labels"), id="an alert's labels"),
    pytest.param("alertmanager", "alerts", [alert()], (0, "status"), id="an alert's status"),
    pytest.param(
        "alertmanager", "alerts", [alert()], (0, "status", "state"), id="an alert's state"
    ),
    pytest.param("alertmanager", "alerts", [alert()], (0,), id="an alert"),
    pytest.param(
        "healthchecks",
        "checks",
        checks(check(), check("Index", "down")),
        ("checks", 1, "status"),
        id="a check's word",
    ),
    pytest.param(
        "healthchecks",
        "checks",
        checks(check(), check("Index", "down")),
        ("checks", 1),
        id="a check",
    ),
    pytest.param("healthchecks", "checks", CHECKS, ("checks",), id="the checks"),
    pytest.param(
        "google", "incidents", GOOGLE, (0, "most_recent_update", "status"), id="Google's word"
    ),
    pytest.param("google", "incidents", GOOGLE, (0, "most_recent_update"), id="Google's update"),
    pytest.param("google", "incidents", [google_event(end=None)], (0, "end"), id="Google's end"),
    pytest.param("google", "incidents", GOOGLE, (0, "affected_products"), id="Google's products"),
    pytest.param("google", "incidents", GOOGLE, (0,), id="Google's incident"),
    pytest.param("microsoft", "posts", MICROSOFT, (2, "Status"), id="Microsoft's word"),
    pytest.param("microsoft", "posts", MICROSOFT, (2,), id="Microsoft's row"),
    pytest.param("microsoft", "azure", AZURE, ("Status",), id="Azure's word"),
    pytest.param("microsoft", "azure", AZURE, ("Title",), id="what Azure's post is about"),
    pytest.param("slack", "current", slack.page(status="active"), ("status",), id="Slack's word"),
    *(
        pytest.param(
            "slack",
            "current",
            slack.page(slack.event()),
            ("active_incidents", 0, name),
            id=f"the {name} of Slack's event",
        )
        for name in ("type", "status", "services")
    ),
    pytest.param(
        "statusio",
        "status",
        statusio.page(400),
        ("result", "status_overall", "status_code"),
        id="Status.io's overall number",
    ),
    *(
        pytest.param(
            "statusio",
            "status",
            statusio.page(status=[statusio.component("api", "API", 400, Dublin=100, Oregon=400)]),
            ("result", "status", 0, *path),
            id=f"Status.io's {name}",
        )
        for name, path in (
            ("container", ("containers", 1, "status_code")),
            ("containers", ("containers",)),
            ("number", ("status_code",)),
        )
    ),
    pytest.param(
        "statusio",
        "status",
        statusio.page(incidents=[statusio.event(components_affected=[])]),
        ("result", "incidents", 0, "messages"),
        id="the messages of Status.io's incident",
    ),
    pytest.param(
        "statuspage",
        "summary",
        changed(summary(), ("components", 0, "status"), "partial_outage"),
        ("components", 0, "status"),
        id="a part",
    ),
    pytest.param(
        "statuspage",
        "summary",
        changed(summary(), ("status", "indicator"), "minor"),
        ("status", "indicator"),
        id="the page's word",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents",),
        id="the incidents",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents", 0, "impact"),
        id="an impact",
    ),
    pytest.param(
        "statuspage",
        "summary",
        summary(incidents=[event()]),
        ("incidents", 0, "status"),
        id="a phase",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(
            affected_components=[
                {"component_id": "x", "status": "full_outage"},
                {"component_id": f"01K{'0' * 22}1", "status": "full_outage"},
            ]
        ),
        ("summary", "affected_components"),
        id="what is affected",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(affected_components=[{"component_id": f"01K{'0' * 22}1", "status": "full_outage"}]),
        ("summary", "affected_components", 0, "status"),
        id="how it is affected",
    ),
    pytest.param(
        "incident_io",
        "native",
        native(
            ongoing_incidents=[
                ongoing(
                    affected_components=[
                        {"component_id": f"01K{'0' * 22}1", "current_status": "full_outage"}
                    ]
                )
            ]
        ),
        ("summary", "ongoing_incidents"),
        id="what goes on",
    ),
    *(
        pytest.param(
            "instatus",
            "summary",
            instatus.summary(activeIncidents=[instatus.incident()], **instatus.components()),
            path,
            id=f"Instatus's {name}",
        )
        for name, path in (
            ("incidents", ("activeIncidents",)),
            ("incident", ("activeIncidents", 0)),
            ("impact", ("activeIncidents", 0, "impact")),
            ("phase", ("activeIncidents", 0, "status")),
        )
    ),
    *(
        pytest.param("instatus", "summary", instatus.summary() | listed, path, id=f"Instatus's {n}")
        for listed in (instatus.components(instatus.row("cx", "X", "PARTIALOUTAGE")),)
        for n, path in (
            ("rows", ("components",)),
            ("row", ("components", 4)),
            ("word", ("components", 4, "status")),
            ("id", ("components", 4, "id")),
            ("children", ("components", 4, "children")),
            ("group", ("components", 4, "group")),
        )
    ),
    pytest.param(
        "instatus",
        "summary",
        instatus.summary("HASISSUES"),
        ("page", "status"),
        id="Instatus's page",
    ),
    *(
        pytest.param("betterstack", "index", document, path, id=f"Better Stack's {name}")
        for name, document, path in (
            (
                "page",
                betterstack.index(state="degraded"),
                ("data", "attributes", "aggregate_state"),
            ),
            (
                "parts",
                betterstack.index(betterstack.resource("24", "X", "downtime")),
                ("included",),
            ),
            (
                "part",
                betterstack.index(betterstack.resource("24", "X", "downtime")),
                ("included", 5, "attributes"),
            ),
            (
                "word",
                betterstack.index(betterstack.resource("24", "X", "downtime")),
                ("included", 5, "attributes", "status"),
            ),
            (
                "report",
                betterstack.index(betterstack.report()),
                ("included", 5, "attributes", "aggregate_state"),
            ),
            (
                "end",
                betterstack.index(betterstack.report()),
                ("included", 5, "attributes", "ends_at"),
            ),
        )
    ),
    *(
        pytest.param("rootly", "status", document, path, id=f"Rootly's {name}")
        for name, document, path in (
            ("word", rootly.status(indicator="minor"), ("status", "indicator")),
            ("incidents", rootly.status(rootly.incident()), ("incidents",)),
            ("phase", rootly.status(rootly.incident()), ("incidents", 0, "status")),
            ("impact", rootly.status(rootly.incident()), ("incidents", 0, "impact")),
        )
    ),
    *(
        pytest.param("flashduty", plan, document, path, id=f"Flashduty's {name}")
        for plan, name, document, path in (
            ("widget", "word", flashduty.summary("degraded"), ("overall", "status")),
            (
                "widget",
                "incidents",
                flashduty.summary(ongoing_incidents=[flashduty.event()]),
                ("ongoing_incidents",),
            ),
            (
                "widget",
                "impact",
                flashduty.summary(ongoing_incidents=[flashduty.event(affected_components=[])]),
                ("ongoing_incidents", 0, "impact"),
            ),
            (
                "widget",
                "phase",
                flashduty.summary(ongoing_incidents=[flashduty.event(affected_components=[])]),
                ("ongoing_incidents", 0, "phase"),
            ),
            ("active", "changes", flashduty.active(flashduty.change()), ("data", "active_changes")),
            (
                "active",
                "change's word",
                flashduty.active(flashduty.change()),
                ("data", "active_changes", 0, "affected_components", 0, "status"),
            ),
            (
                "active",
                "parts of a change",
                flashduty.active(flashduty.change()),
                ("data", "active_changes", 0, "affected_components"),
            ),
            (
                "active",
                "change's phase",
                flashduty.active(flashduty.change()),
                ("data", "active_changes", 0, "status"),
            ),
            (
                "active",
                "change's type",
                flashduty.active(flashduty.change()),
                ("data", "active_changes", 0, "type"),
            ),
        )
    ),
]


BESIDE = {
    "kuma": {"page": body(kuma_page())},
    "alertmanager": {"status": body(alertmanager_status())},
}
"""What an engine reads besides the document in question."""

WANTS = {
    "rootly": "status",
    "betterstack": "index",
    "kuma": "heartbeats",
    "gatus": "statuses",
    "alertmanager": "alerts",
    "healthchecks": "checks",
    "google": "incidents",
    "microsoft": "posts",
    "aws": "events",
    "datadog": "config",
    "slack": "current",
    "statusio": "status",
    "xai": "feed",
    "syndication": "feed",
    "cachet": "components",
    "cstate": "index",
    "heroku": "current",
    "salesforce": "instances",
    "azure_devops": "health",
    "sorry": "status",
    "firehydrant": "payload",
    "openstatus": "status",
    "onlineornot": "feed",
    "statuspal": "page",
    "json": "document",
}


def read(engine: str, plan: str, said: bytes) -> Report:
    return feeds.read(engine, plan, {WANTS.get(engine, "summary"): said, **BESIDE.get(engine, {})})


def read_or_refused(engine: str, plan: str, said: bytes) -> Report | None:
    """None where it is refused; any other exception is a failure of the test."""
    try:
        return read(engine, plan, said)
    except Unreadable:
        return None


def places(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document."""
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    for step, value in steps:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from places(value, (*path, step))


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
def test_no_part_of_a_document_is_evidence(engine, plan, document):
    whole = body(document)
    read(engine, plan, whole)
    for end in range(len(whole)):
        with pytest.raises(Unreadable):
            read(engine, plan, whole[:end])


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
@pytest.mark.parametrize("value", [None, 7, -1.5, True, [], {}, "", "surprise", 2**70])
def test_whatever_stands_in_one_place_there_is_a_report_or_a_sentence(
    engine, plan, document, value
):
    for path in places(document):
        if value == [] and (engine, path) in ALL_WELL_WITHOUT:
            continue
        report = read_or_refused(engine, plan, body(changed(document, path, value)))
        assert report is None or feeds.stated(report) is not Health.OPERATIONAL


ALL_WELL_WITHOUT = {("flashduty", ("data", "active_changes"))}
"""Lists that say all there is of what is wrong, so that an empty one says that nothing is."""


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [None], ["x"], {"a": 1}])
@pytest.mark.parametrize(("engine", "plan", "document", "path"), LONELY)
def test_what_decides_cannot_be_spoilt_into_all_well(engine, plan, document, path, value):
    assert feeds.stated(read(engine, plan, body(document))) is not Health.OPERATIONAL
    report = read_or_refused(engine, plan, body(changed(document, path, value)))
    assert report is None or feeds.stated(report) is not Health.OPERATIONAL


@pytest.mark.parametrize(("engine", "plan", "document", "path"), LONELY)
@given(word=st.text(max_size=20))
def test_no_word_nobody_knows_is_ever_green(engine, plan, document, path, word):
    known = {"operational", "none", "resolved", "postmortem", "completed"}
    known |= {"AVAILABLE", "Available", "Operational", "Restored"}
    known |= {"up", "info", "suppressed", "OPERATIONAL", "UP"}
    known |= {"not_monitored", "closed", "cancelled", "scheduled", "maintenance"}
    known |= {"1", "ok", "green", "OK", "healthy", "sandbox", "c1"}
    known |= {"AVAILABLE", "Available", "Operational", "Restored", "OPERATIONAL", "UP"}
    known |= {"ok", "0"}
    if word in known:
        return
    report = read_or_refused(engine, plan, body(changed(document, path, word)))
    assert report is None or feeds.stated(report) is not Health.OPERATIONAL


@given(st.binary(max_size=200))
def test_any_bytes_are_a_report_or_a_sentence(said):
    for engine in feeds.ENGINES:
        with pytest.raises(Unreadable):
            read(engine, feeds.plans(engine, "status.example.com")[0].name, said)


@pytest.mark.parametrize(("engine", "plan", "document"), DOCUMENTS)
@given(data=st.data())
def test_a_few_changed_bytes_are_a_report_or_a_sentence(engine, plan, document, data):
    said = bytearray(body(document))
    for _ in range(data.draw(st.integers(1, 4))):
        said[data.draw(st.integers(0, len(said) - 1))] = data.draw(st.integers(0, 255))
    report = read_or_refused(engine, plan, bytes(said))
    assert report is None or feeds.stated(report) in Health


WORDS = st.sampled_from(
    [
        "operational",
        "under_maintenance",
        "degraded_performance",
        "partial_outage",
        "major_outage",
        "strange",
    ]
)


# Of these what was measured last stands last.
IN_ORDER = {"kuma", "gatus"}


@pytest.mark.parametrize(
    ("engine", "plan", "document"),
    [param for param in DOCUMENTS if param.values[0] not in IN_ORDER],
)
@given(data=st.data())
def test_the_order_of_any_list_says_nothing(engine, plan, document, data):
    one, other = (read(engine, plan, body(each)) for each in (document, shuffled(document, data)))
    assert feeds.stated(one) is feeds.stated(other)
    assert set(one.parts) == set(other.parts)
    assert {(told.id, told.floor, told.phase, told.updates) for told in one.incidents} == {
        (told.id, told.floor, told.phase, told.updates) for told in other.incidents
    }


def shuffled(document: Any, data: st.DataObject) -> Any:
    """The same with every list of it in some other order."""
    if isinstance(document, dict):
        return {name: shuffled(value, data) for name, value in document.items()}
    if isinstance(document, list):
        return data.draw(st.permutations([shuffled(value, data) for value in document]))
    return document


@given(words=st.lists(WORDS, min_size=1, max_size=8), data=st.data())
def test_the_order_of_a_list_says_nothing(words, data):
    parts = [component(f"c{n}", f"C{n}", word) for n, word in enumerate(words)]
    page = summary(components=parts, incidents=[event(), event(id="other", impact="minor")])
    shuffled = {
        **page,
        "components": data.draw(st.permutations(parts)),
        "incidents": data.draw(st.permutations(page["incidents"])),
    }
    one, other = (read("statuspage", "summary", body(each)) for each in (page, shuffled))
    assert feeds.stated(one) is feeds.stated(other)
    assert set(one.parts) == set(other.parts)
    assert set(one.incidents) == set(other.incidents)


@given(words=st.lists(WORDS, min_size=1, max_size=8), data=st.data())
def test_a_worse_part_never_makes_a_better_page(words, data):
    parts = [component(f"c{n}", f"C{n}", word) for n, word in enumerate(words)]
    worse = changed(parts, (data.draw(st.integers(0, len(parts) - 1)), "status"), "major_outage")
    before, after = (
        feeds.stated(read("statuspage", "summary", body(summary(components=each))))
        for each in (parts, worse)
    )
    assert gravity(after) >= gravity(before)


@given(at=st.integers(0, 5))
def test_the_order_of_a_timeline_is_its_times(at):
    updates = ongoing()["updates"]
    turned = updates[at % 2 :] + updates[: at % 2]
    one, other = (
        read("incident_io", "native", body(native(ongoing_incidents=[ongoing(updates=each)])))
        for each in (updates, turned)
    )
    assert one.incidents == other.incidents


# -- feeds -----------------------------------------------------------------------------------

OPEN = "<p><strong>Investigating</strong> - We look.</p>"
OVER = "<p><strong>Resolved</strong> - Done.</p>"
FEEDS = [
    pytest.param("syndication", rss(item("a"), item("b", content=OVER)), id="RSS"),
    pytest.param("syndication", atom(entry(OVER), entry(OPEN, id_="b")), id="Atom"),
    pytest.param(
        "xai",
        rss(xai_item(), xai_item("Grok in X", "IDENTIFIED", "outage", guid="b"), title="xAI"),
        id="xAI",
    ),
    pytest.param("syndication", rss(item()).decode().encode("utf-16"), id="RSS in UTF-16"),
]


def stated_or_refused(engine: str, said: bytes) -> Health | None:
    report = read_or_refused(engine, "feed", said)
    return None if report is None else feeds.stated(report)


@pytest.mark.parametrize(("engine", "whole"), FEEDS)
def test_no_part_of_a_feed_is_evidence(engine, whole):
    assert stated_or_refused(engine, whole) in (Health.DEGRADED, Health.MAJOR_OUTAGE)
    for end in range(len(whole)):
        assert stated_or_refused(engine, whole[:end]) in (None, Health.UNKNOWN)


@pytest.mark.parametrize(("engine", "whole"), FEEDS)
@given(data=st.data())
def test_a_few_changed_bytes_of_a_feed_are_a_report_or_a_sentence(engine, whole, data):
    said = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        said[data.draw(st.integers(0, len(said) - 1))] = data.draw(st.integers(0, 255))
    stated_or_refused(engine, bytes(said))


ENTRIES = st.lists(
    st.builds(
        item,
        guid=st.sampled_from(["a", "b", "c", None]),
        title=st.sampled_from(["Errors", "Slow", "[RESOLVED] Errors", "Maintenance"]),
        content=st.sampled_from([OPEN, OVER, OPEN + OVER, OVER + OPEN, "text", "<b>Scheduled</b>"]),
        at=st.sampled_from(
            [
                "Sat, 01 Aug 2026 11:00:00 GMT",
                "Sat, 01 Aug 2026 03:00:00 PDT",
                "Mon, 20 Jul 2026 12:00:00 GMT",
                "Tue, 01 Aug 2028 12:00:00 GMT",
                "some day",
                None,
            ]
        ),
        link=st.sampled_from(["https://status.example.com/1", None]),
    ),
    max_size=6,
)


@given(
    entries=ENTRIES, built=st.sampled_from([None, "Sat, 01 Aug 2026 12:00:00 GMT"]), data=st.data()
)
def test_the_order_of_entries_says_nothing(entries, built, data):
    shuffled = data.draw(st.permutations(entries))
    one, other = (
        read("syndication", "feed", rss(*each, built=built)) for each in (entries, shuffled)
    )
    assert (feeds.stated(one), one.fresh_until) == (feeds.stated(other), other.fresh_until)
    assert one.incidents == other.incidents
    assert one.maintenance == other.maintenance


FRESH_TROUBLE = item("new", link="https://status.example.com/new")


@given(entries=ENTRIES)
def test_one_more_incident_never_makes_a_better_feed(entries):
    before, after = (
        feeds.stated(read("syndication", "feed", rss(*each)))
        for each in (entries, [*entries, FRESH_TROUBLE])
    )
    assert gravity(after) >= max(gravity(before), gravity(Health.DEGRADED))


@given(word=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20))
def test_no_word_nobody_knows_ends_an_incident(word):
    known = ("resolved", "completed", "recovered", "operating normally", "postmortem", "已恢复")
    known += (
        "post-mortem",
        "available",
        "operational",
        "restored",
        "service restored",
        "scheduled",
    )
    if any(one in word.casefold() for one in known):
        return
    for content in (f"<b>{word}</b>", f"<b>Status: {word}</b>"):
        said = rss(item(content=content, title="Errors"))
        assert stated_or_refused("syndication", said) is not Health.OPERATIONAL
    said = rss(xai_item(status=word.replace("<", "").replace(">", ""), severity="outage"))
    assert stated_or_refused("xai", said) is not Health.OPERATIONAL


@given(
    words=st.lists(st.sampled_from(["AVAILABLE", "SERVICE_OUTAGE", "x"]), max_size=6),
    data=st.data(),
)
def test_the_order_of_google_s_incidents_says_nothing(words, data):
    events = [
        changed(google_event(id=f"i{n}"), ("most_recent_update", "status"), word)
        for n, word in enumerate(words)
    ]
    shuffled = data.draw(st.permutations(events))
    one, other = (
        feeds.read(
            "google", "dashboard", {"incidents": body(each), "products": body(google_products())}
        )
        for each in (events, shuffled)
    )
    assert one.parts == other.parts
    assert set(one.incidents) == set(other.incidents)


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [], [None], [{}]])
def test_no_damage_to_google_s_list_of_products_hides_an_incident(value):
    whole = google_products()
    for path in places(whole):
        bodies = {"incidents": body(GOOGLE), "products": body(changed(whole, path, value))}
        try:
            report = feeds.read("google", "dashboard", bodies)
        except Unreadable:
            continue
        assert feeds.stated(report) is Health.DEGRADED


# -- documents of two kinds ------------------------------------------------------------------

KUMA_PAGES = [
    pytest.param(kuma_page(incident=kuma_incident()), ("incident", "style"), id="a colour"),
    pytest.param(kuma_page(incidents=[kuma_incident()]), ("incidents",), id="what is pinned"),
    pytest.param(kuma_page(incidents=[kuma_incident()]), ("incidents", 0), id="an incident"),
    pytest.param(
        kuma_page(incidents=[kuma_incident(active=True)]), ("incidents", 0, "active"), id="active"
    ),
    pytest.param(
        kuma_page(maintenanceList=[kuma_maintenance()]), ("maintenanceList",), id="maintenances"
    ),
    pytest.param(
        kuma_page(maintenanceList=[kuma_maintenance()]),
        ("maintenanceList", 0, "status"),
        id="a maintenance's word",
    ),
]


def stated_of_kuma(page: Any) -> Health | None:
    bodies = {"page": body(page), "heartbeats": body(kuma_beats())}
    try:
        return feeds.stated(feeds.read("kuma", "page", bodies))
    except Unreadable:
        return None


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [None], ["x"], {"a": 1}])
@pytest.mark.parametrize(("page", "path"), KUMA_PAGES)
def test_no_damage_to_a_page_of_uptime_kuma_hides_what_stands_on_it(page, path, value):
    assert stated_of_kuma(page) in (Health.DEGRADED, Health.MAINTENANCE)
    assert stated_of_kuma(changed(page, path, value)) is not Health.OPERATIONAL


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [], [None], {"a": 1}])
def test_no_damage_to_what_an_alertmanager_says_of_itself_makes_nothing_of_what_fires(value):
    whole = alertmanager_status("settling")
    for path in places(whole):
        for alerts in (ALERTS, []):
            bodies = {"alerts": body(alerts), "status": body(changed(whole, path, value))}
            try:
                report = feeds.read("alertmanager", "alerts", bodies)
            except Unreadable:
                continue
            assert feeds.stated(report) is (Health.MAJOR_OUTAGE if alerts else Health.UNKNOWN)


@pytest.mark.parametrize("value", [None, 7, "surprise", {}, [], True])
def test_no_damage_to_a_badge_makes_it_green(value):
    for path in places(badge("down", down=1)):
        report = read_or_refused_badge(changed(badge("down", down=1), path, value))
        assert report is None or feeds.stated(report) is not Health.OPERATIONAL


def read_or_refused_badge(document: Any) -> Report | None:
    try:
        return feeds.read("healthchecks", "badge", {"badge": body(document)})
    except Unreadable:
        return None


LISTS = [
    pytest.param(
        "gatus",
        "statuses",
        [
            gatus_endpoint("A"),
            gatus_endpoint("B", gatus_result("[STATUS] (0) == 200")),
            gatus_endpoint("C", results=[]),
        ],
        id="Gatus",
    ),
    pytest.param(
        "upptime",
        "master",
        [upptime_site("A"), upptime_site("B", "down"), upptime_site("C", "what?")],
        id="Upptime",
    ),
    pytest.param(
        "alertmanager",
        "alerts",
        [
            alert(),
            alert(severity="info", service="wiki") | {"fingerprint": "b"},
            alert(severity="odd", job="node") | {"fingerprint": "c"},
        ],
        id="Alertmanager",
    ),
]


@pytest.mark.parametrize(("engine", "plan", "entries"), LISTS)
@given(data=st.data())
def test_the_order_of_what_offices_run_themselves_says_nothing(engine, plan, entries, data):
    shuffled = data.draw(st.permutations(entries))
    one, other = (read(engine, plan, body(each)) for each in (entries, shuffled))
    assert feeds.stated(one) is feeds.stated(other)
    assert set(one.parts) == set(other.parts)
    assert set(one.incidents) == set(other.incidents)
    assert one.notes == other.notes


@given(data=st.data())
def test_the_order_of_checks_and_of_monitors_says_nothing(data):
    listed = CHECKS["checks"]
    shuffled = data.draw(st.permutations(listed))
    one, other = (
        read("healthchecks", "checks", body(checks(*each))) for each in (listed, shuffled)
    )
    assert (feeds.stated(one), set(one.parts)) == (feeds.stated(other), set(other.parts))
    groups = kuma_page()["publicGroupList"]
    turned = kuma_page(publicGroupList=data.draw(st.permutations(groups)))
    bodies = {"page": body(turned), "heartbeats": body(KUMA)}
    assert set(feeds.read("kuma", "page", bodies).parts) == set(
        read("kuma", "page", body(KUMA)).parts
    )
