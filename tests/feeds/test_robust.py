"""Data nobody here wrote, made to break readers: none does, and none passes for a page."""

import json
import subprocess
import sys
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.shape import LINE, TEXT, decode, link, plain
from notifier.feeds.stamps import stamp
from notifier.feeds.syndication.entries import Feed, entries_of
from notifier.feeds.syndication.guard import guarded
from notifier.model.health import Health
from notifier.model.observation import Report
from tests.feeds.bodies import (
    CORPUS,
    body,
    changed,
    component,
    entry,
    event,
    google_event,
    google_products,
    item,
    native,
    ongoing,
    post,
    rss,
    summary,
    update,
    xai_item,
)
from tests.feeds.bodies import atom as atom_feed

ROBUST = CORPUS / "robust"
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not ROBUST.is_dir(), reason="the shared corpus is not here")


# -- JSON ------------------------------------------------------------------------------------

SUITE = sorted((ROBUST / "jsontestsuite" / "test_parsing").glob("*.json"))

# RFC 8259 leaves both open; a name that stands twice is ambiguous, so it is no evidence here.
TWICE = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.name)
def test_broken_json_is_refused_and_whole_json_is_read(path):
    try:
        decode(path.read_bytes(), object)
    except Unreadable:
        assert not path.name.startswith("y_") or path.name in TWICE
    else:
        assert not path.name.startswith("n_")
        assert path.name not in TWICE


# Amazon's list of what is not well is empty where all is well.
WELL = {"y_array_empty.json": {"aws"}}


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.name)
def test_no_such_document_is_a_page(path):
    said = path.read_bytes()
    for engine in {*feeds.ENGINES} - WELL.get(path.name, set()):
        for plan in feeds.plans(engine, "status.example.com"):
            with pytest.raises(Unreadable):
                feeds.read(engine, plan.name, {want.name: said for want in plan.wants})
    with pytest.raises(Unreadable):
        feeds.read_alone(said)


TRANSFORM = sorted((ROBUST / "jsontestsuite" / "test_transform").glob("*.json"))


@pytest.mark.parametrize("path", TRANSFORM, ids=lambda path: path.name)
def test_no_oddity_of_json_is_a_page(path):
    with pytest.raises(Unreadable):
        feeds.read_alone(path.read_bytes())


# -- RSS and Atom ----------------------------------------------------------------------------

FEEDS = sorted([*(ROBUST / "feedparser").rglob("*.xml"), *(ROBUST / "gofeed").rglob("*.xml")])


def texts(report: Report) -> list[str]:
    """Everything of a report that is shown."""
    told = [report.name, report.home, *report.notes]
    for incident in report.incidents:
        told += [incident.id, incident.title, *(update.text for update in incident.updates)]
    for planned in report.maintenance:
        told += [planned.id, planned.title]
    return told


def test_of_two_thousand_feeds_each_is_read_or_refused_and_shows_nothing_that_acts():
    assert len(FEEDS) > 1500
    for path in FEEDS:
        report = read_or_said_why(path)
        if report is None:
            continue
        for text in texts(report):
            assert plain(text, TEXT) == text, path
            assert not ("javascript:" in text.lower() and "<" in text), path
        for url in (report.home, *(one.url for one in report.incidents)):
            assert not url or link(url) == url, path
        if report.notes and "no evidence" in report.notes[0]:
            assert feeds.stated(report) is Health.UNKNOWN, path


def read_or_said_why(path: Path) -> Report | None:
    said = {"feed": path.read_bytes()}
    try:
        return feeds.read("syndication", "feed", said)
    except Unreadable as error:
        sentence = str(error)
    assert sentence.endswith("."), path
    assert "\n" not in sentence, path
    return None


def test_no_such_feed_is_xai_s():
    for path in FEEDS:
        with pytest.raises(Unreadable):
            feeds.read("xai", "feed", {"feed": path.read_bytes()})


# A document type is refused whatever it says; and of one feed the damage is none any more once
# its document type is gone, which is not done here.
TYPED = {"always_strip_doctype.xml"}
WELL_FORMED = {"geo", "chardet"}
"""Folders whose feeds are wrong in what is not looked at here."""


@pytest.mark.parametrize(
    "path", sorted((ROBUST / "feedparser" / "illformed").rglob("*.xml")), ids=lambda p: p.name
)
def test_of_a_damaged_feed_what_can_be_read_is_there_and_flagged(path):
    said = path.read_bytes()
    if path.name in TYPED or b"<!DOCTYPE" in said:
        with pytest.raises(Unreadable, match="document type"):
            guarded(said)
        return
    feed = entries_of(guarded(said))
    assert feed.damage or path.parent.name in WELL_FORMED
    if b"<item" in said or b"<entry" in said:
        assert feed.entries


GUARD = """
import encodings
import sys
from pathlib import Path
from notifier import feeds
from tests.feeds.bodies import item, rss
from tests.feeds.test_robust import FEEDS
bodies = [path.read_bytes() for path in FEEDS]
for one in (rss(item()), rss(item())[:-9]):
    feeds.read("syndication", "feed", {"feed": one})  # everything is loaded now
touched = []
CODECS = str(Path(encodings.__file__).parent)
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(CODECS):
        return  # Python's own, of an encoding that is used for the first time
    if event in ("open", "os.listdir", "os.scandir", "subprocess.Popen", "os.system") or (
        event.startswith(("socket.", "urllib.", "ftplib.", "http."))
    ):
        touched.append((event, str(arguments)[:100]))
sys.addaudithook(watch)
for one in bodies:
    try:
        feeds.read("syndication", "feed", {"feed": one})
    except feeds.Unreadable:
        pass
print(touched)
"""


def test_none_of_them_makes_a_reader_open_a_file_or_a_connection():
    done = subprocess.run(
        [sys.executable, "-c", GUARD], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def gofeed_cases():
    return [
        (path, json.loads(path.with_suffix(".json").read_text()))
        for path in sorted((ROBUST / "gofeed").rglob("*.xml"))
        if path.with_suffix(".json").is_file()
    ]


JUDGED = {
    ("dublincore_item_fields.xml", "published"): "dc:date is of the last change here",
    ("feed_item_fallbacks_-_rss_channel_item_extensions.xml", "published"): "the same",
    ("atom10_feed_title_xhtml_escaped_markup.xml", "title"): "a tag in the title, escaped or not",
    ("version_rss_091_netscape.xml", "refused"): "it has a document type",
}
"""Where another reader of feeds reads something else, and why this one does not."""


def test_what_another_reader_of_feeds_finds_is_found_here_too():
    differences, compared = set(), 0
    for path, expected in gofeed_cases():
        try:
            feed = entries_of(guarded(path.read_bytes()))
        except Unreadable:
            differences.add((path.name, "refused"))
            continue
        compared += 1
        differences |= {(path.name, what) for what in _differences(expected, feed)}
    assert differences == JUDGED.keys()
    assert compared > 250


def _differences(expected: dict, feed: Feed):
    if plain(expected.get("title") or "", LINE) != feed.title:
        yield "title"
    theirs = expected.get("items") or expected.get("entries") or []
    if len(theirs) != len(feed.entries):
        yield "number of entries"
        return
    for one, ours in zip(theirs, feed.entries, strict=True):
        if plain(one.get("title") or "", LINE) != ours.title:
            yield "title of an entry"
        if (guid := _guid(one)) and guid != ours.guid:
            yield "id"
        if (url := _link(one)) and link(url) != ours.link:
            yield "link"
        if "publishedParsed" in one and stamp(one["publishedParsed"]) != ours.began:
            yield "published"
        if "updatedParsed" in one and stamp(one["updatedParsed"]) != ours.at:
            yield "updated"


def _guid(one: dict) -> str:
    guid = one.get("guid") or one.get("id") or ""
    return guid.get("value", "") if isinstance(guid, dict) else guid


def _link(one: dict) -> str | None:
    links = (each for each in one.get("links") or () if isinstance(each, dict))
    alternate = (each.get("href") for each in links if each.get("rel") in (None, "", "alternate"))
    return one.get("link") or next(alternate, None)


# -- XML made to harm ------------------------------------------------------------------------

ATTACKS = ("cyclic", "external", "external_file", "quadratic", "xmlbomb", "xmlbomb2")
TYPES = ("dtd_element",)
PLAIN = ("simple",)


def attack(name: str) -> bytes:
    path = ROBUST / "xml-attacks" / f"{name}.xml"
    if not path.is_file():
        pytest.skip("this attack was not handed on")
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", [*ATTACKS, *TYPES])
def test_an_attack_is_refused_before_anything_in_it_is_expanded(monkeypatch, name, encoding):
    said = attack(name).decode().encode(encoding)
    monkeypatch.setitem(sys.modules, "feedparser", None)  # it must not see a byte
    tracemalloc.start()
    for engine in ("syndication", "xai"):
        with pytest.raises(Unreadable, match="document type"):
            feeds.read(engine, "feed", {"feed": said})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * len(said) + 1_000_000


@pytest.mark.parametrize("name", PLAIN)
def test_xml_that_is_no_feed_is_none(name):
    with pytest.raises(Unreadable, match="no feed"):
        feeds.read("syndication", "feed", {"feed": attack(name)})


# -- texts -----------------------------------------------------------------------------------


def naughty() -> list[str]:
    return decode((ROBUST / "naughty-strings" / "blns.json").read_bytes(), list[str])


def test_naughty_strings_stay_texts():
    strings = naughty()
    assert len(strings) > 500
    for text in strings:
        clean = plain(text, 300)
        assert plain(clean, 300) == clean
        assert "\x00" not in clean
        assert "\u202e" not in clean
        assert "<script" not in clean.lower()


def _statuspage(text: str) -> Report:
    told = event(
        name=text or "x",
        components=[{"id": text, "name": text}],
        incident_updates=[update("identified", text, text)],
        shortlink=text,
    )
    page = changed(summary(incidents=[told]), ("page", "name"), text)
    page["components"].append(component("naughty00001", text))
    return feeds.read("statuspage", "summary", {"summary": body(page)})


def _incident_io(text: str) -> Report:
    updates = [{"published_at": text, "to_status": text, "message_string": text}]
    page = native(name=text, ongoing_incidents=[ongoing(id=text, name=text, updates=updates)])
    page["summary"]["components"][0]["name"] = text
    return feeds.read("incident_io", "native", {"summary": body(page)})


def _google(text: str) -> Report:
    products = changed(google_products(), ("products", 0, "title"), text)
    told = google_event(external_desc=text, id=text)
    told["updates"][0]["text"] = text
    return feeds.read(
        "google", "dashboard", {"incidents": body([told]), "products": body(products)}
    )


def _microsoft(text: str) -> Report:
    row = post("x", text, "Incident", Title=text, Message=text, Id=text)
    return feeds.read("microsoft", "posts", {"posts": body([row])})


def _in_xml(text: str) -> str:
    """What of `text` a document in XML 1.0 can hold at all."""
    return "".join(char for char in text if char in "\t\n" or char.isprintable() or char > "\x9f")


def _rss(text: str) -> Report:
    said = item(_in_xml(text), _in_xml(text), _in_xml(text) + "<b>Resolved</b>")
    return feeds.read("syndication", "feed", {"feed": rss(said)})


def _atom(text: str) -> Report:
    said = entry(_in_xml(text), id_=_in_xml(text), title=_in_xml(text), updated=_in_xml(text))
    return feeds.read("syndication", "feed", {"feed": atom_feed(said)})


def _xai(text: str) -> Report:
    name = _in_xml(text).replace("[", "").replace("]", "").replace("<", "")[:90]
    name = name if plain(name, LINE) else "x"
    return feeds.read("xai", "feed", {"feed": rss(xai_item(name, "INVESTIGATING"), title="xAI")})


@pytest.mark.parametrize(
    "read", [_statuspage, _incident_io, _google, _microsoft, _rss, _atom, _xai]
)
def test_naughty_strings_stay_texts_wherever_they_stand(read):
    for text in naughty():
        try:
            report = read(text)
        except Unreadable:
            assert read is _atom or "\ufffe" in text or "\uffff" in text, text
            continue
        shown = [*texts(report), *(part.name for part in report.parts)]
        for one in shown:
            assert plain(one, TEXT) == one
        assert all(not one.url or link(one.url) == one.url for one in report.incidents)


def test_bytes_that_are_no_characters_are_replaced_in_a_feed_and_refused_in_json():
    said = (ROBUST / "utf8" / "utf8tests.bin").read_bytes()
    with pytest.raises(Unreadable):
        feeds.read("statuspage", "summary", {"summary": b'{"page": "' + said + b'"}'})
    for line in said.splitlines():
        content = line.replace(b"<", b"").replace(b"&", b"").translate(None, bytes(range(32)))
        feed = rss(item(title="BEGIN")).replace(b"BEGIN", b"BEGIN" + content)
        try:
            (told,) = feeds.read("syndication", "feed", {"feed": feed}).incidents
        except Unreadable:
            continue  # characters that no XML may hold, in a form that is never mended
        assert told.title.startswith("BEGIN")
        assert told.title.count("\ufffd") == content.decode(errors="replace").count("\ufffd")


def test_a_late_date_in_a_feed_is_no_reason_to_fail():
    far = "Fri, 31 Dec 9999 23:59:59 GMT"
    report = feeds.read("syndication", "feed", {"feed": rss(built=far)})
    assert report.fresh_until - report.as_of == timedelta(0)
