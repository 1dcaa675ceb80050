"""The status that incident.io's pages carry in their HTML."""

import json

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.model.observation import Report
from tests.feeds.bodies import body, changed, native, ongoing


def page(*documents: dict, cut: int = 100) -> bytes:
    """A web page with the documents in it as Next.js writes them, in pieces of `cut` characters."""
    rows = "".join(
        f'{n}:["$","$L16",null,{{"slug":"x",{json.dumps(one, separators=(",", ":"))[1:]}]\n'
        for n, one in enumerate(documents)
    )
    rows = f'0:["$","title",null,{{"summary":{{"no":"status"}},"x":"$undefined"}}]\n{rows}'
    pieces = (rows[at : at + cut] for at in range(0, len(rows), cut))
    scripts = (f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    return f"<!DOCTYPE html><html><body>{''.join(scripts)}</body></html>".encode()


def read(said: bytes) -> Report:
    return feeds.read("incident_io", "page", {"summary": said})


BAD = native(ongoing_incidents=[ongoing(status="identified")])


@pytest.mark.parametrize("cut", [7, 100, 100_000])
def test_a_page_says_what_its_document_says(cut):
    said = feeds.read("incident_io", "native", {"summary": body(BAD)})
    assert read(page(BAD, cut=cut)) == said
    assert read(page(BAD, BAD)) == said


def test_absent_values_are_absent():
    absent = changed(BAD, ("summary", "ongoing_incidents", 0, "component_impacts"), "$undefined")
    assert read(page(absent)).incidents


def test_a_copy_that_points_at_another_is_passed_over():
    pointing = changed(BAD, ("summary", "components"), "$5:props:summary:components")
    assert read(page(pointing, BAD)) == read(page(BAD))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"<!doctype html><html></html>", "no status in it"),
        (page(native(), BAD), "two different things"),
        (page(), "no status in it"),
        (page(BAD).replace(b"affected_components", b"other_components"), "no status in it"),
        (page(BAD)[:-1], "cut off"),
        (b"", "no status in it"),
        (page(BAD).replace(b"__next_f", b"other", 5), "broken|no status"),
        (b" " * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
        (b'self.__next_f.push([1,"' + b"\\\\" * 500_000 + b"</html>", "no status in it"),
        (page({"summary": {"affected_components": []}}), "no status in it"),
    ],
)
def test_what_is_not_a_whole_status_is_refused(said, why):
    with pytest.raises(Unreadable, match=why):
        read(said)


def test_no_live_plan_takes_a_web_page_for_data():
    assert "page" not in {plan.name for plan in feeds.plans("incident_io", "status.example.com")}
