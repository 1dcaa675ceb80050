"""From a pasted address to an engine: which questions are asked, and what is not believed."""

from importlib import import_module

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.recognise import Ask, Found, Heard, NothingKnown, Several, next_step
from tests.feeds.bodies import (
    body,
    changed,
    compatible_page,
    google_event,
    item,
    native,
    posts,
    rss,
    summary,
    xai_item,
)

HTML = b"<!doctype html><html><head><title>Home</title></head></html>"
COMPATIBLE = {
    "page": compatible_page(),
    "status": {"indicator": "none", "description": ""},
}
HOST = "https://status.example.com"
SUMMARY = f"{HOST}/api/v2/summary.json"
OWN = f"{HOST}/proxy/status.example.com"


NOT_THERE = Heard(404)


def web(pages: dict[str, Heard], otherwise: Heard = NOT_THERE):
    """Ask as told until there is an end: what was asked, and the end."""

    def search(address: str) -> tuple[list[str], Found | NothingKnown]:
        answers: dict[str, Heard] = {}
        while isinstance(step := next_step(address, answers), Ask):
            assert step.url not in answers, "nothing is asked twice"
            answers[step.url] = pages.get(step.url, otherwise)
        assert len(answers) <= 8
        return list(answers), step

    return search


def said(document: object) -> Heard:
    return Heard(200, {"content-type": "application/json"}, body(document))


def moved(to: str) -> Heard:
    return Heard(301, {"location": to}, HTML)


def test_an_atlassian_page_takes_one_request():
    asked, found = web({SUMMARY: said(summary())})(HOST)
    assert asked == [SUMMARY]
    assert found == Found("statuspage", HOST, "Example AI")


def test_the_own_document_of_incident_io_is_preferred_to_its_imitation():
    pages = {SUMMARY: said(COMPATIBLE), OWN: said(native())}
    asked, found = web(pages)("status.example.com/")
    assert asked == [SUMMARY, OWN]
    assert found == Found("incident_io", HOST, "Example AI")


def test_the_imitation_alone_will_do():
    _, found = web({SUMMARY: said(COMPATIBLE)})(HOST)
    assert found == Found("incident_io", HOST, "Example AI")


def test_the_own_document_alone_will_do():
    _, found = web({OWN: said(native())})(HOST)
    assert found == Found("incident_io", HOST, "Example AI")


def test_a_page_of_the_same_shape_by_somebody_else_is_read_as_one():
    odd = changed(summary(), ("page", "id"), "7")
    asked, found = web({SUMMARY: said(odd)})(HOST)
    assert asked == [SUMMARY, OWN]
    assert found.engine == "statuspage"


@pytest.mark.parametrize(
    "pasted",
    [
        f"{HOST}/",
        f"{HOST}/incidents/q2kg8n613kr3",
        f"{HOST}/history?page=2#top",
        f"{HOST}/history.atom",
        SUMMARY,
        OWN,
    ],
)
def test_any_address_of_the_page_leads_to_it(pasted):
    asked, found = web({SUMMARY: said(summary())})(pasted)
    assert (asked, found.url) == ([SUMMARY], HOST)


def test_a_page_below_a_path_is_sought_there_first_and_then_at_the_root():
    below = f"{HOST}/campus/api/v2/summary.json"
    assert web({below: said(summary())})(f"{HOST}/campus")[1].url == f"{HOST}/campus"
    asked, found = web({SUMMARY: said(summary())})(f"{HOST}/campus")
    assert asked[0] == below
    assert found.url == HOST


def test_a_page_that_moved_is_found_where_it_went():
    new = "https://status.example.net"
    pages = {
        SUMMARY: moved(f"{new}/api/v2/summary.json"),
        f"{new}/api/v2/summary.json": said(summary()),
    }
    assert web(pages)(HOST)[1] == Found("statuspage", new, "Example AI")


def test_a_move_that_loses_the_path_is_followed_to_the_new_host():
    new = "https://status.example.net"
    pages = {
        SUMMARY: moved(f"{new}/"),
        OWN: moved(f"{new}/"),
        f"{new}/": Heard(200, {}, HTML),
        f"{new}/api/v2/summary.json": said(COMPATIBLE),
        f"{new}/proxy/status.example.net": said(native()),
    }
    assert web(pages)(HOST)[1] == Found("incident_io", new, "Example AI")


@pytest.mark.parametrize(
    "target",
    [
        "http://status.example.com/",
        "javascript:alert(1)",
        "https://[::1",
        "https://a@evil.example/",
        "",
    ],
)
def test_no_redirect_leads_out_of_https_or_off_the_web(target):
    asked, end = web({SUMMARY: moved(target)})(HOST)
    assert isinstance(end, NothingKnown)
    assert all(url.startswith(HOST) for url in asked)


def test_a_host_that_answers_everything_with_its_home_page_is_nothing():
    asked, end = web({}, Heard(200, {"content-type": "text/html"}, HTML))(f"{HOST}/some/where")
    assert isinstance(end, NothingKnown)
    assert [tried.url for tried in end.tried] == asked
    assert {tried.came for tried in end.tried} == {"a web page"}


def test_what_was_tried_is_told_with_what_came():
    pages = {SUMMARY: Heard(401), OWN: Heard(0)}
    _, end = web(pages)(HOST)
    assert [(tried.url, tried.came) for tried in end.tried][:3] == [
        (SUMMARY, "HTTP 401"),
        (HOST, "HTTP 404"),
        (OWN, "no answer"),
    ]
    assert len(end.tried) == 8
    _, end = web({SUMMARY: said({"hello": 1})})(HOST)
    assert end.tried[0].came == "no document of a known kind"


def test_a_document_in_an_error_is_not_believed():
    refused = Heard(403, {}, body(summary()))
    assert isinstance(web({SUMMARY: refused})(HOST)[1], NothingKnown)


def test_eight_requests_are_the_most_however_far_a_page_runs():
    answers: dict[str, Heard] = {}
    while isinstance(step := next_step("https://s0.example.com/a/b", answers), Ask):
        answers[step.url] = moved(f"https://s{len(answers) + 1}.example.com/")
    assert isinstance(step, NothingKnown)
    assert len(answers) == 8


def test_what_is_no_address_is_said_to_be_none():
    with pytest.raises(Unreadable, match="no address"):
        next_step("what is this", {})


@pytest.mark.parametrize("document", [summary(), COMPATIBLE])
def test_what_is_recognised_can_be_read(document):
    _, found = web({SUMMARY: said(document), OWN: said(native())})(HOST)
    plan = feeds.plans(found.engine, found.url)[0]
    answered = {
        want.name: {SUMMARY: body(document), OWN: body(native())}[want.url] for want in plan.wants
    }
    assert feeds.read(found.engine, plan.name, answered).name == "Example AI"


# -- feeds, and pages known by their address -------------------------------------------------

FEED = Heard(200, {"content-type": "application/octet-stream"}, rss(item(), title="Example AI"))


def page_with(*links: str) -> Heard:
    return Heard(200, {}, b"<!doctype html><html><head>" + "".join(links).encode() + b"</head>")


def alternate(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="Feed" href="{href}">'


@pytest.mark.parametrize(
    "pasted",
    [
        f"{HOST}/status/feed/",
        f"{HOST}/rss/all.rss",
        f"{HOST}/updates?format=rss",
        "http://status.example.com/feed.xml",
        f"{HOST}/history.atom#latest",
    ],
)
def test_the_address_of_a_feed_leads_to_that_feed(pasted):
    asked = pasted.partition("#")[0]
    _, found = web({asked: FEED}, Heard(200, {}, HTML))(pasted)
    assert found == Found("syndication", asked, "Example AI")
    (want,) = feeds.plans(found.engine, found.url)[0].wants
    assert want.url == asked


@pytest.mark.parametrize(
    "link",
    [
        alternate("/news/status.rss"),
        alternate("news/status.rss", "application/atom+xml"),
        alternate("https://status.example.com/news/status.rss"),
        "<LINK TYPE='application/rss+xml; x=y' REL='next ALTERNATE' HREF=/news/status.rss>",
    ],
)
def test_a_page_that_links_to_its_feed_leads_to_it(link):
    feed = f"{HOST}/news/status.rss"
    asked, found = web({HOST: page_with(link), feed: FEED})(HOST)
    assert found == Found("syndication", feed, "Example AI")
    assert asked[:3] == [SUMMARY, HOST, OWN], "what says more than a feed is asked for before it"
    assert asked[-1] == feed


@pytest.mark.parametrize(
    "link",
    [
        alternate("https://feeds.example.net/status.rss"),
        alternate("javascript:alert(1)"),
        alternate("file:///etc/passwd"),
        alternate("https://[::1"),
        '<link rel="stylesheet" type="application/rss+xml" href="/x.rss">',
        '<link rel="alternate" type="text/html" href="/x.rss">',
    ],
)
def test_no_other_link_is_followed(link):
    asked, end = web({HOST: page_with(link)})(HOST)
    assert isinstance(end, NothingKnown)
    assert all(url.startswith(f"{HOST}/") or url == HOST for url in asked)
    assert not any(url.endswith("x.rss") for url in asked)


@pytest.mark.parametrize("path", ["/history.atom", "/feed.xml"])
def test_a_feed_in_a_usual_place_is_found_there(path):
    usual = HOST + path
    assert web({usual: FEED})(HOST)[1] == Found("syndication", usual, "Example AI")


def test_a_page_of_a_better_engine_is_preferred_to_its_feed():
    pages = {SUMMARY: said(summary()), f"{HOST}/history.atom": FEED}
    assert web(pages)(f"{HOST}/history.atom")[1].engine == "statuspage"


def test_a_damaged_feed_is_no_find():
    torn = Heard(200, {}, FEED.body[:-20])
    assert isinstance(web({f"{HOST}/feed.xml": torn})(f"{HOST}/feed.xml")[1], NothingKnown)


GOOGLE = "https://www.google.com/appsstatus/dashboard"
KNOWN = [
    pytest.param(
        f"{GOOGLE}/summary",
        f"{GOOGLE}/incidents.json",
        body([google_event()]),
        Found("google", GOOGLE, "Google Workspace"),
        id="Workspace",
    ),
    pytest.param(
        "status.cloud.microsoft",
        "https://status.cloud.microsoft/api/posts/m365Consumer",
        body(posts()),
        Found("microsoft", "https://status.cloud.microsoft", "Microsoft"),
        id="Microsoft",
    ),
    pytest.param(
        "https://status.cloud.microsoft/api/posts/azure",
        "https://status.cloud.microsoft/api/posts/azure",
        body(posts()[0]),
        Found("microsoft", "https://status.cloud.microsoft/api/posts/azure", "Azure"),
        id="one of Microsoft's services",
    ),
    pytest.param(
        "https://azure.status.microsoft/en-us/status",
        "https://status.cloud.microsoft/api/posts/azure",
        body(posts()[0]),
        Found("microsoft", "https://azure.status.microsoft", "Azure"),
        id="Azure",
    ),
    pytest.param(
        "https://status.x.ai/",
        "https://status.x.ai/feed.xml",
        rss(xai_item(), title="SpaceXAI System Status"),
        Found("xai", "https://status.x.ai", "xAI"),
        id="xAI",
    ),
]


def hosted(engine: str, pasted: str, at: str, url: str, name: str):
    """A page at its makers' own host, and the sample of it."""
    sample = import_module(f"tests.feeds.samples.{engine}")
    found = Found(engine, url, name)
    return pytest.param(pasted, at, sample.SITE[sample.IDENTIFIES], found, id=engine)


RAW = "https://raw.githubusercontent.com/example/upptime"
KNOWN += [
    hosted(
        "heroku",
        "https://status.heroku.com/incidents/2000",
        "https://status.heroku.com/api/v4/current-status",
        "https://status.heroku.com",
        "Heroku",
    ),
    hosted(
        "aws",
        "https://health.aws.amazon.com/health/status",
        "https://health.aws.amazon.com/public/currentevents",
        "https://health.aws.amazon.com",
        "AWS",
    ),
    hosted(
        "slack",
        "https://slack-status.com/2026-08/abc",
        "https://slack-status.com/api/v2.0.0/current",
        "https://slack-status.com",
        "Slack",
    ),
    hosted(
        "salesforce",
        "https://status.salesforce.com/products/Tableau",
        "https://api.status.salesforce.com/v1/products/Tableau",
        "https://status.salesforce.com/products/Tableau",
        "Tableau",
    ),
    hosted(
        "azure_devops",
        "https://status.dev.azure.com/",
        "https://status.dev.azure.com/_apis/status/health",
        "https://status.dev.azure.com",
        "Azure DevOps",
    ),
    hosted(
        "openstatus",
        "https://example.openstatus.dev/events",
        "https://api.openstatus.dev/public/status/example",
        "https://example.openstatus.dev",
        "example.openstatus.dev",
    ),
    hosted(
        "upptime",
        "https://github.com/example/upptime",
        f"{RAW}/master/history/summary.json",
        "https://github.com/example/upptime",
        "Upptime",
    ),
    hosted(
        "kuma",
        "https://uptime.example.com/status/default",
        "https://uptime.example.com/api/status-page/default",
        "https://uptime.example.com",
        "Campus",
    ),
]


@pytest.mark.parametrize(("pasted", "asked", "answer", "found"), KNOWN)
def test_a_page_known_by_its_address_takes_one_request(pasted, asked, answer, found):
    assert web({asked: Heard(200, {}, answer)})(pasted) == ([asked], found)
    assert feeds.plans(found.engine, found.url)[0].wants[0].url == asked


@pytest.mark.parametrize(("pasted", "asked", "answer", "found"), KNOWN)
def test_a_known_address_proves_nothing_without_its_document(pasted, asked, answer, found):
    wildcard = Heard(200, {"content-type": "text/html"}, HTML)
    requests, end = web({}, wildcard)(pasted)
    assert requests[0] == asked
    assert isinstance(end, NothingKnown)


# -- marks, and the address of a service -----------------------------------------------------


def test_a_page_that_says_who_made_it_is_asked_for_their_document_next():
    page = Heard(200, {}, b'<!doctype html><title>x</title><script id="__NUXT_DATA__"></script>')
    instatus = import_module("tests.feeds.samples.instatus")
    document = Heard(200, {}, instatus.SITE["/v3/summary.json"])
    asked, found = web({HOST: page, f"{HOST}/v3/summary.json": document})(f"{HOST}/clx1abc")
    assert found == Found("instatus", HOST, "Example AI")
    asked, found = web({HOST: page, f"{HOST}/v3/summary.json": document})(HOST)
    assert asked == [SUMMARY, HOST, f"{HOST}/v3/summary.json"]


def test_a_page_of_upptime_leads_to_the_repository_it_names():
    page = Heard(
        200,
        {},
        b'<!doctype html><a href="https://github.com/upptime/upptime">Upptime</a>'
        b'<a href="https://github.com/example/uptime">Ours</a>',
    )
    upptime = import_module("tests.feeds.samples.upptime")
    document = Heard(200, {}, upptime.SITE[upptime.IDENTIFIES])
    raw = "https://raw.githubusercontent.com/example/uptime/master/history/summary.json"
    assert web({HOST: page, raw: document})(HOST)[1].url == "https://github.com/example/uptime"


SERVICE = "https://www.example.com"


def links(*addresses: str) -> Heard:
    tags = "".join(f'<li><a class="x" href="{address}">Link</a>' for address in addresses)
    return Heard(200, {}, f"<!doctype html><html><body>{tags}</body></html>".encode())


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("https://status.example.com", id="a host of the same owner"),
        pytest.param("https://examplestatus.com", id="a host named after the owner"),
        pytest.param("https://example.statuspage.io", id="where many have their pages"),
        pytest.param("https://www.example.com/status", id="a path"),
    ],
)
def test_a_service_leads_to_the_status_page_it_links_to(page):
    home = links("/pricing", "https://status.other.org/", "https://x.example.com/", f"{page}/")
    asked, found = web({SERVICE: home, f"{page}/api/v2/summary.json": said(summary())})(SERVICE)
    assert found == Found("statuspage", page, "Example AI")
    assert asked == [SERVICE, f"{page}/api/v2/summary.json"]


def test_a_service_without_a_link_leads_to_the_host_where_such_a_page_usually_is():
    asked, found = web({SUMMARY: said(summary())})(f"{SERVICE}/chat")
    assert found == Found("statuspage", HOST, "Example AI")
    assert asked == [f"{SERVICE}/chat", SUMMARY]


def test_a_service_with_two_status_pages_leads_to_both():
    other = "https://status.eu.example.com"
    pages = {
        SERVICE: links(HOST, other, HOST),
        SUMMARY: said(summary()),
        f"{other}/api/v2/summary.json": said(summary()),
    }
    asked, several = web(pages)(SERVICE)
    assert several == Several(
        (Found("statuspage", HOST, "Example AI"), Found("statuspage", other, "Example AI"))
    )
    assert len(asked) == 3


def test_a_status_page_that_links_to_others_is_not_taken_for_one_of_them():
    other = "https://status.eu.example.com"
    pages = {HOST: links(other), f"{other}/api/v2/summary.json": said(summary())}
    assert isinstance(web(pages)(HOST)[1], NothingKnown)


def test_what_a_service_links_to_proves_nothing_by_itself():
    wildcard = Heard(200, {"content-type": "text/html"}, links(HOST).body)
    asked, end = web({}, wildcard)(SERVICE)
    assert isinstance(end, NothingKnown)
    assert len(asked) == 8
