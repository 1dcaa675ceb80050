"""`notifier detect`: what kind of page an address is, what it lists, or what was tried."""

import pytest

from tests.cli.documents import WORD, fits
from tests.cli.loopback import Service, StatusPage, WebPage

FOUND = {
    "schema": int,
    "found": bool,
    "problem": WORD,
    "engine": WORD,
    "url": WORD,
    "name": WORD,
    "parts": [{"id": WORD, "name": str, "group": WORD, "state": str}],
    "several": [{"engine": str, "url": str, "name": str}],
    "tried": [{"url": str, "came": str}],
    "catalogue": [str],
}


def test_the_engine_and_the_parts_are_named_with_their_ids_and_states(person, page):
    page.says("degraded")
    said = person.runs("detect", page.url)
    assert said.code == 0
    assert said.lines[0] == "Campus LLM is a page of the kind “statuspage”"
    assert "Parts: Chat: degraded · partchat0001" in said.lines
    assert f"Watch it: notifier add {page.url.rstrip('/')}" in said.lines
    assert not person.folder.exists()


def test_json_has_its_shape_whether_found_or_not(person, page):
    said = person.runs("detect", page.url, "--json")
    assert said.code == 0
    fits(said.json, FOUND, "detect")
    assert (said.json["found"], said.json["engine"]) == (True, "statuspage")
    assert [part["id"] for part in said.json["parts"]] == ["partchat0001", "partlogin001"]
    with WebPage() as shop:
        nothing = person.runs("detect", shop.url, "--json")
    assert nothing.code == 1
    fits(nothing.json, FOUND, "detect")
    assert nothing.json["found"] is False


def test_where_nothing_is_known_it_says_what_was_tried_and_what_came_back(person):
    with WebPage() as shop:
        said = person.runs("detect", shop.url)
        asked = len(shop.asked)
    assert said.code == 1
    assert said.lines[0] == f"No status page was recognised at {shop.url}"
    tried = [line for line in said.lines if line.startswith("Tried: ")]
    assert tried[0] == f"Tried: {shop.url}: a web page"
    assert len(tried) == asked <= 8


def test_a_page_that_cannot_be_reached_ends_with_1_and_says_why(person):
    with StatusPage() as page:
        gone = page.url
    said = person.runs("detect", gone)
    assert said.code == 1
    assert said.lines[1].endswith("refused the connection.")


def test_where_a_service_has_several_pages_it_lists_them_and_asks(person):
    with Service(("eu/status", "us/status")) as service:
        said = person.runs("detect", service.url)
        as_json = person.runs("detect", service.url, "--json")
        added = person.runs("add", service.url)
    pages = [f"{service.url}eu/status", f"{service.url}us/status"]
    assert said.code == 1
    assert said.lines[:2] == [
        f"{service.url} leads to more than one status page",
        "Choose the one you mean: notifier add URL, with its address.",
    ]
    assert [line for line in said.lines if line.startswith("Pages: ")] == [
        f"Pages: Campus LLM: statuspage · {page}" for page in pages
    ]
    fits(as_json.json, FOUND, "detect")
    assert as_json.code == 1
    assert as_json.json["found"] is False
    assert [one["url"] for one in as_json.json["several"]] == pages
    assert added.code == 1
    assert all(page in added.err for page in pages)


def test_the_home_of_a_service_of_the_catalogue_is_answered_without_a_question(person):
    said = person.runs("detect", "https://chatgpt.com/", "--json")
    assert (said.code, said.json["found"], said.json["tried"]) == (0, True, [])
    assert said.json["url"] == "https://status.openai.com/"
    assert said.json["catalogue"] == ["chatgpt"]
    shown = person.runs("detect", "chatgpt.com")
    assert "The catalogue knows it. Watch it: notifier add chatgpt" in shown.lines
    added = person.runs("add", "https://chatgpt.com/")
    assert added.code == 2
    assert "chatgpt" in added.err


@pytest.mark.parametrize("text", ["", "http://", "ftp://example.org/", "not a page"])
def test_what_is_no_address_is_wrong_usage(person, text):
    said = person.runs("detect", text)
    assert (said.code, said.out) == (2, "")


def test_a_page_of_the_catalogue_is_offered_by_its_ids():
    from notifier.wording.reading import how_to_add
    from notifier.wording.say import English

    several = how_to_add("https://status.openai.com", ("chatgpt", "openai-api"), English())
    assert several.endswith("notifier add ID (chatgpt and openai-api)")
    assert how_to_add("https://x.example", ("one",), English()).endswith("notifier add one")
