"""`notifier detect` against loopback copies of every engine, through the real fetcher."""

import pkgutil
from importlib import import_module

import pytest

from notifier import feeds
from notifier.feeds.recognise import Found, Several
from notifier.model.observation import Failure, FailureKind, Report
from tests.feeds import samples
from tests.feeds.bodies import (
    body,
    compatible_component,
    compatible_page,
    google_event,
    google_products,
    item,
    native,
    posts,
    rss,
    summary,
    xai_item,
)
from tests.feeds.samples.front_pages import FRONT_PAGES, FrontPage
from tests.watch.fault_server import FaultServer, reply
from tests.watch.looking import SUMMARY, fetching, in_loop, page

HOME = b"<!doctype html><html><head><title>Shop</title></head><body>Welcome</body></html>"

COMPATIBLE = {"page": compatible_page(), "status": {"indicator": "none", "description": ""}}
EARLIER = {
    "statuspage": ({SUMMARY: body(summary())}, SUMMARY),
    "google": (
        {"/incidents.json": body([google_event()]), "/products.json": body(google_products())},
        "/incidents.json",
    ),
    "microsoft": ({"/api/posts/m365Consumer": body(posts())}, "/api/posts/m365Consumer"),
    "xai": ({"/feed.xml": rss(xai_item(), title="SpaceXAI System Status")}, "/feed.xml"),
    "syndication": ({"/news/status.rss": rss(item(), title="Example AI")}, "/news/status.rss"),
}
"""The engines that have no module of samples of their own: a site, and what identifies it."""


def copies() -> dict[str, tuple[dict[str, bytes], str]]:
    """A small site of every engine, by its name."""
    found = {**EARLIER}
    for module in pkgutil.iter_modules(samples.__path__):
        sample = import_module(f"{samples.__name__}.{module.name}")
        if hasattr(sample, "SITE"):
            found[module.name] = (dict(sample.SITE), sample.IDENTIFIES)
    return found


COPIES = copies()
UNSIGNED = frozenset({"onlineornot"})
"""Whose document alone does not say whose it is: it is any feed."""

NOT_RECOGNISED = frozenset({"json"})
"""A person says what such a document means; none says it by itself."""


def serve(server: FaultServer, site: dict[str, bytes], front: FrontPage | None = None) -> None:
    for path, document in site.items():
        server.say(path, reply(document))
    if front is not None:
        header = {} if front.header is None else {front.header[0]: front.header[1]}
        server.say("/", reply(front.html, content_type="text/html", **header))


def test_there_is_a_copy_of_every_engine():
    assert {*COPIES, "incident_io"} >= {*feeds.ENGINES} - NOT_RECOGNISED


@pytest.mark.parametrize("engine", sorted(FRONT_PAGES.keys() & COPIES.keys()))
@in_loop
async def test_the_page_people_open_leads_to_the_documents_of_its_engine(server, engine):
    site, _ = COPIES[engine]
    serve(server, site, FRONT_PAGES[engine])
    async with fetching() as fetch:
        found = (await fetch.search(server.url("/"))).outcome
        asked = server.paths()
        assert isinstance(found, Found)
        looked = await fetch.look(page(found.url, found.engine))
    assert found.engine == engine
    assert len(asked) <= 8
    assert isinstance(looked.outcome, Report), "what was found is read"


@pytest.mark.parametrize("engine", sorted(COPIES.keys() - UNSIGNED))
@in_loop
async def test_the_address_of_a_document_leads_to_its_page(server, engine):
    site, identifies = COPIES[engine]
    serve(server, site)
    async with fetching() as fetch:
        found = (await fetch.search(server.url(identifies))).outcome
        assert isinstance(found, Found)
        assert len(server.requests) <= 8
        looked = await fetch.look(page(found.url, found.engine))
    assert found.engine == engine
    assert isinstance(looked.outcome, Report), "what was found is read"


OF_INCIDENT_IO = {
    f"/api/v2/{name}.json": document
    for name, document in {
        "summary": body(COMPATIBLE | {"components": [compatible_component(1)]}),
        "components": body({"page": compatible_page(), "components": [compatible_component(1)]}),
        "incidents": body({"page": compatible_page()}),
    }.items()
}


@pytest.mark.parametrize("has", ["both documents", "its own alone", "the imitation alone"])
@in_loop
async def test_incident_io_is_found_by_its_own_document_or_by_its_imitation(server, has):
    own = {f"/proxy/{server.place}": body(native())}
    serve(
        server,
        {
            "both documents": OF_INCIDENT_IO | own,
            "its own alone": own,
            "the imitation alone": OF_INCIDENT_IO,
        }[has],
        FRONT_PAGES["incident_io"],
    )
    async with fetching() as fetch:
        found = (await fetch.search(server.url("/"))).outcome
        looked = await fetch.look(page(found.url, found.engine))
    assert found.engine == "incident_io"
    assert len(server.paths()) <= 8
    assert looked.outcome.engine == "incident_io"


@pytest.mark.parametrize("engine", sorted(FRONT_PAGES))
@in_loop
async def test_the_marks_of_an_engine_prove_nothing_without_its_document(server, engine):
    serve(server, {}, FRONT_PAGES[engine])
    async with fetching() as fetch:
        searched = await fetch.search(server.url("/"))
    assert isinstance(searched.outcome, Failure)
    assert searched.outcome.kind is FailureKind.UNREADABLE
    assert len(server.requests) == len(searched.tried) <= 8


@pytest.mark.parametrize("path", ["/", "/some/where", "/status/campus", "/api/v1/status.json"])
@in_loop
async def test_a_host_that_answers_everything_with_a_page_is_none_and_says_so(server, path):
    server.say_to_all(reply(HOME, content_type="text/html"))
    async with fetching() as fetch:
        searched = await fetch.search(server.url(path))
    assert isinstance(searched.outcome, Failure)
    assert searched.outcome.detail.endswith("is not a status page of a known kind.")
    assert {tried.came for tried in searched.tried} == {"a web page"}
    assert len(server.requests) == len(searched.tried) == 8


# -- the address of a service ----------------------------------------------------------------


@in_loop
async def test_a_service_leads_to_the_status_page_it_links_to(server):
    links = b'<!doctype html><a href="/pricing">Prices</a> <a href="/status/">Status</a>'
    server.say("/", reply(links, content_type="text/html"))
    server.say("/status/api/v2/summary.json", reply(body(summary())))
    async with fetching() as fetch:
        found = (await fetch.search(server.url("/"))).outcome
    assert found == Found("statuspage", server.url("/status"), "Example AI")
    assert len(server.requests) <= 4


@in_loop
async def test_a_service_that_links_to_two_status_pages_leads_to_both(server):
    links = b'<!doctype html><a href="/eu/status">Europe</a> <a href="/us/status">America</a>'
    server.say("/", reply(links, content_type="text/html"))
    for where in ("eu", "us"):
        server.say(f"/{where}/status/api/v2/summary.json", reply(body(summary())))
    async with fetching() as fetch:
        several = (await fetch.search(server.url("/"))).outcome
        assert isinstance(several, Several)
        folded = await fetch.recognise(server.url("/"))
    assert [found.url for found in several.found] == [
        server.url("/eu/status"),
        server.url("/us/status"),
    ]
    assert "choose one of them" in folded.detail
