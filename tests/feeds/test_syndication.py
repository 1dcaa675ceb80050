"""What a person is told of a feed: RSS or Atom, of whatever vendor, damaged or dangerous."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifier import feeds
from notifier.feeds import Unreadable
from notifier.feeds.syndication import guard
from notifier.model.health import Health
from notifier.model.observation import MaintenancePhase, Phase, Report
from tests.feeds.bodies import atom, entry, item, rss

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def read(body: bytes) -> Report:
    return feeds.read("syndication", "feed", {"feed": body})


def state(body: bytes) -> Health:
    return feeds.stated(read(body))


# -- where an entry stands -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bold", "phase", "health"),
    [
        ("Investigating", Phase.INVESTIGATING, Health.DEGRADED),
        ("Identified", Phase.IDENTIFIED, Health.DEGRADED),
        ("In progress", Phase.INVESTIGATING, Health.DEGRADED),
        ("Monitoring:", Phase.MONITORING, Health.DEGRADED),
        ("Resolved", Phase.RESOLVED, Health.OPERATIONAL),
        ("[RESOLVED]", Phase.RESOLVED, Health.OPERATIONAL),
        ("Recovered at 10:00", Phase.RESOLVED, Health.OPERATIONAL),
        ("Status: Resolved", Phase.RESOLVED, Health.OPERATIONAL),
        ("Status: Monitoring", Phase.MONITORING, Health.DEGRADED),
        ("已恢复", Phase.RESOLVED, Health.OPERATIONAL),
        ("Status: degraded_v2", Phase.INVESTIGATING, Health.UNKNOWN),
        ("Resolvedish", Phase.INVESTIGATING, Health.DEGRADED),
    ],
)
def test_the_word_in_bold_says_where_an_incident_stands(bold, phase, health):
    report = read(rss(item(content=f"<p><strong>{bold}</strong> - text</p>")))
    (told,) = report.incidents
    assert (told.phase, feeds.stated(report)) == (phase, health)


def test_a_word_nobody_knows_is_kept():
    assert read(rss(item(content="<b>Status: purple</b>"))).notes == ("unknown status “purple”",)


@pytest.mark.parametrize(
    ("title", "health"),
    [
        ("Elevated errors - Resolved", Health.OPERATIONAL),
        ("[RESOLVED] Elevated errors", Health.OPERATIONAL),
        ("Service is operating normally: [RESOLVED] Increased errors", Health.OPERATIONAL),
        ("服务已恢复", Health.OPERATIONAL),
        ("API recovered", Health.OPERATIONAL),
        ("Investigating elevated errors", Health.DEGRADED),
        ("Service disruption: Increased errors", Health.DEGRADED),
        ("API went down", Health.DEGRADED),
        ("Not yet resolved: elevated errors", Health.DEGRADED),
        ("Partially resolved: elevated errors", Health.DEGRADED),
        ("Unresolved errors", Health.DEGRADED),
    ],
)
def test_without_one_its_title_does(title, health):
    assert state(rss(item(title=title, content="We were investigating."))) is health


def test_what_stands_in_bold_counts_before_the_title_and_prose_never():
    bold = item(title="Resolved: errors", content="<b>Monitoring</b> all was resolved")
    assert state(rss(bold)) is Health.DEGRADED
    prose = item(title="Errors", content="<p>All problems are resolved.</p>")
    assert state(rss(prose)) is Health.DEGRADED


OLDEST_FIRST = "".join(
    f"<p><strong>{word}</strong> - {word}.</p>"
    for word in ("Investigating", "Identified", "Monitoring", "Resolved")
)
NEWEST_FIRST = "".join(
    f"<p><strong>{word}</strong> - {word}.</p>"
    for word in ("Resolved", "Monitoring", "Identified", "Investigating")
)


@pytest.mark.parametrize("content", [OLDEST_FIRST, NEWEST_FIRST])
def test_a_timeline_may_be_told_forwards_or_backwards(content):
    (told,) = read(rss(item(content=content))).incidents
    assert told.phase is Phase.RESOLVED
    assert [update.phase for update in told.updates] == [
        Phase.RESOLVED,
        Phase.MONITORING,
        Phase.IDENTIFIED,
        Phase.INVESTIGATING,
    ]
    assert told.updates[0].text == "Resolved."


def statuspage_updates(*updates: tuple[str, str, str]) -> str:
    """Updates as history.atom of a Statuspage has them: with a time, but without a year."""
    return "".join(
        f"<p><small>{day}</small>, <var data-var='time'>{time}</var> UTC<br>"
        f"<strong>{word}</strong> - text</p>"
        for day, time, word in updates
    )


def test_times_decide_over_order():
    content = statuspage_updates(
        ("Aug <var>1</var>", "02:30", "Identified"),
        ("Aug <var>1</var>", "10:35", "Resolved"),
        ("Jul <var>31</var>", "23:57", "Investigating"),
    )
    (told,) = read(atom(entry(content))).incidents
    assert told.phase is Phase.RESOLVED
    assert told.started_at == datetime(2026, 7, 31, 23, 57, tzinfo=UTC)
    reopened = statuspage_updates(
        ("Aug <var>1</var>", "10:50", "Identified"),
        ("Aug <var>1</var>", "10:35", "Resolved"),
        ("Aug <var>1</var>", "09:00", "Investigating"),
    )
    assert state(atom(entry(reopened))) is Health.DEGRADED


def test_a_timeline_over_new_year_is_in_order():
    content = statuspage_updates(
        ("Jan 1", "00:30", "Resolved"), ("Dec 31", "23:50", "Investigating")
    )
    made = "2027-01-01T01:00:00Z"
    (told,) = read(atom(entry(content, updated=made), updated=made)).incidents
    assert [update.at.year for update in told.updates] == [2027, 2026]


def test_an_unknown_word_at_an_end_of_a_timeline_may_be_the_newest():
    content = "<b>Status: Reopened</b> x <p><b>Resolved</b> y</p>"
    assert state(rss(item(content=content))) is Health.UNKNOWN


def test_microsoft_s_own_element_is_a_word_too():
    for word, health in (
        ("Available", Health.OPERATIONAL),
        ("Degraded", Health.DEGRADED),
        ("Fabulous", Health.UNKNOWN),
    ):
        report = read(rss(item(content="x", more=f"<status>{word}</status>")))
        assert feeds.stated(report) is health
        assert bool(report.incidents) is (word != "Available")


# -- which incident it is --------------------------------------------------------------------


def ids(body: bytes) -> set[str]:
    return {told.id for told in read(body).incidents}


def test_an_incident_keeps_its_id_through_https_and_a_new_title():
    before = ids(rss(item(guid="http://status.example.com/1")))
    assert ids(rss(item(guid="https://status.example.com/1", title="Worse errors"))) == before


def test_without_an_id_the_link_is_one_and_then_title_and_time():
    assert ids(rss(item(guid=None))) == ids(rss(item(guid=None, title="Other words")))
    bare = item(guid=None, link=None)
    assert ids(rss(bare)) == ids(rss(bare)) != ids(rss(item(guid=None, link=None, title="Other")))


def test_an_id_that_several_incidents_share_is_none():
    bad = item(link="https://status.example.com/incidents/1")
    good = item(
        link="https://status.example.com/incidents/2",
        content="<b>Resolved</b>",
        at="Sat, 01 Aug 2026 11:30:00 GMT",
    )
    report = read(rss(bad, good))
    assert len({told.id for told in report.incidents}) == 2
    assert feeds.stated(report) is Health.DEGRADED


def test_of_several_entries_on_one_incident_the_newest_counts():
    def amazon(epoch: int, title: str, at: str) -> str:
        guid = f"https://status.aws.amazon.com/#bedrock-us-east-1_{epoch}"
        return item(guid, title, "text", at, "https://status.aws.amazon.com/")

    down = amazon(1785576000, "Service disruption: Errors", "Sat, 01 Aug 2026 02:00:00 PDT")
    over = amazon(
        1785582000,
        "Service is operating normally: [RESOLVED] Errors",
        "Sat, 01 Aug 2026 04:00:00 PDT",
    )
    for order in ((down, over), (over, down)):
        (told,) = read(rss(*order)).incidents
        assert told.phase is Phase.RESOLVED
        assert (told.started_at.hour, told.resolved_at.hour) == (9, 11)
        assert len(told.updates) == 2
    assert state(rss(down)) is Health.DEGRADED


def test_of_two_entries_of_one_time_the_one_that_goes_on_counts():
    told = item(content="<b>Resolved</b> z", title="Z"), item(content="<b>Identified</b> a")
    for order in (told, told[::-1]):
        assert state(rss(*order)) is Health.DEGRADED


def test_an_id_of_any_length_stays_an_id():
    long = "https://status.example.com/" + "x" * 300
    one, other = ids(rss(item(guid=long + "1"))), ids(rss(item(guid=long + "2")))
    assert one != other
    assert all(len(id_) <= 100 for id_ in one | other)


# -- what is old, and what is fresh ----------------------------------------------------------


OLD = "Mon, 20 Jul 2026 12:00:00 GMT"


def test_what_nobody_touched_for_long_goes_on_no_more_and_is_noted():
    report = read(rss(item(at=OLD)))
    assert report.incidents == ()
    assert report.notes == ("1 of long ago without an end, left out",)
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.fresh_until == NOON + timedelta(days=3)


def test_a_forgotten_incident_hides_no_new_one_and_is_hidden_by_none():
    assert state(rss(item("a", at=OLD), item("b"))) is Health.DEGRADED
    over = item("b", content="<b>Resolved</b>")
    assert state(rss(item("a", at=OLD), over)) is Health.OPERATIONAL


def test_a_single_wrong_date_does_not_make_everything_old():
    wrong = item("b", content="<b>Resolved</b>", at="Sat, 01 Aug 2076 11:00:00 GMT")
    assert state(rss(item("a"), wrong, built=None)) is Health.DEGRADED


def test_an_incident_that_goes_on_is_believed_for_three_days_after_its_feed_was_made():
    assert read(rss(item())).fresh_until == NOON + timedelta(days=3)
    assert read(rss(item(at=None), built=None)).fresh_until is None


def test_an_empty_feed_is_well_only_by_a_date_of_its_own_and_not_for_long():
    report = read(rss())
    assert feeds.stated(report) is Health.OPERATIONAL
    assert (report.as_of, report.fresh_until) == (NOON, NOON + timedelta(hours=1))
    slow = rss().replace(b"</title>", b"</title><ttl>60</ttl>")
    assert read(slow).fresh_until == NOON + timedelta(hours=4)
    assert state(rss(built=None)) is Health.UNKNOWN
    assert state(rss(built="yesterday")) is Health.UNKNOWN


def test_where_everything_told_has_ended_all_is_well():
    report = read(rss(item(content="<b>Resolved</b>", at=OLD), built=None))
    assert feeds.stated(report) is Health.OPERATIONAL
    assert report.fresh_until is None


def test_an_entry_without_any_word_goes_on_while_it_is_listed():
    """So Azure's do, which vanish at the end."""
    assert state(rss(item(content="Some people cannot sign in."))) is Health.DEGRADED


def test_where_old_entries_say_nothing_either_silence_says_nothing():
    """So the news of a company are no outage."""
    news = [item(str(n), f"News {n}", "text", at) for n, at in enumerate((OLD, BUILT_TODAY))]
    assert state(rss(*news)) is Health.UNKNOWN
    assert state(rss(news[0])) is Health.UNKNOWN


BUILT_TODAY = "Sat, 01 Aug 2026 10:00:00 GMT"


# -- maintenance -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "title", "phase", "health"),
    [
        ("<b>Scheduled</b> x", "Moving", MaintenancePhase.SCHEDULED, Health.OPERATIONAL),
        (
            "<b>In progress</b> x<p><b>Scheduled</b> y</p>",
            "Moving",
            MaintenancePhase.IN_PROGRESS,
            Health.MAINTENANCE,
        ),
        ("<b>Verifying</b>", "Moving", MaintenancePhase.VERIFYING, Health.MAINTENANCE),
        (
            "<strong>Type:</strong> Maintenance<br><b>In progress</b>",
            "Moving",
            MaintenancePhase.IN_PROGRESS,
            Health.MAINTENANCE,
        ),
        ("text", "Scheduled maintenance", MaintenancePhase.SCHEDULED, Health.OPERATIONAL),
    ],
)
def test_what_was_planned_is_maintenance(content, title, phase, health):
    report = read(rss(item(title=title, content=content)))
    (planned,) = report.maintenance
    assert (planned.phase, report.incidents) == (phase, ())
    assert feeds.stated(report) is health


def test_maintenance_that_went_wrong_is_trouble():
    report = read(rss(item(title="Maintenance overran", content="<b>Investigating</b>")))
    assert (report.maintenance, feeds.stated(report)) == ((), Health.DEGRADED)


def test_maintenance_that_is_over_is_told_of_no_more():
    over = "<b>Completed</b> x<p><b>In progress</b> y</p><p><b>Scheduled</b> z</p>"
    report = read(rss(item(content=over)))
    assert (report.maintenance, report.incidents) == ((), ())
    assert feeds.stated(report) is Health.OPERATIONAL


# -- texts -----------------------------------------------------------------------------------


def test_texts_are_plain_and_links_are_links():
    content = "<b>Investigating</b> - <script>x()</script><img src=//evil>a&amp;b</p><p>c"
    report = read(rss(item(title="<b>Bad</b> \u202enews", content=content, link="javascript:x")))
    (told,) = report.incidents
    assert (told.title, told.url) == ("Bad news", None)
    assert told.updates[0].text == "a&b\nc"
    assert (report.name, report.home) == ("Example AI status", "https://status.example.com")


# -- damaged ---------------------------------------------------------------------------------

NO_EVIDENCE = "what can be read of it is no evidence"


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body[:-30],
        lambda body: body.replace(b"Elevated", b"Elevated &nbsp; & <br>"),
        lambda body: body + b"<rss></rss>",
        lambda body: body.replace(b"<title>", b"<x:title>").replace(b"</title>", b"</x:title>"),
    ],
)
def test_of_a_damaged_feed_the_entries_are_shown_and_nothing_is_believed(damage):
    bodies = rss(item(), item("b")), rss(item(content="<b>Resolved</b>"), item("b"))
    for body in bodies:
        report = read(damage(body))
        assert len(report.incidents) >= 1
        assert feeds.stated(report) is Health.UNKNOWN
        assert NO_EVIDENCE in report.notes[0]


def test_a_large_damaged_feed_is_not_mended():
    with pytest.raises(Unreadable, match="not well-formed"):
        read(rss(item(content="x" * 100_000))[:-30])


def test_broken_characters_are_replaced_and_noted():
    report = read(rss(item()).replace(b"Elevated", b"El\xffevated"))
    assert report.incidents[0].title == "El\ufffdevated errors"
    assert report.notes == ("some of its characters are broken",)
    assert feeds.stated(report) is Health.DEGRADED


# -- written in some other way ---------------------------------------------------------------

WORD = "Störung"


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
def test_a_feed_may_be_written_in_any_form_of_unicode(encoding, mark, declared):
    text = rss(item(title=WORD)).decode()
    if not declared:
        text = text.partition("?>")[2]
    elif not encoding.startswith("utf-8"):
        text = text.replace("utf-8", encoding[:6])
    body = (("\ufeff" if mark else "") + text).encode(encoding)
    assert read(body).incidents[0].title == WORD


@pytest.mark.parametrize(
    ("name", "codec", "word"),
    [
        ("iso-8859-1", "latin-1", WORD),
        ("Windows-1252", "cp1252", "Störung – €"),
        ("KOI8-R", "koi8-r", "Сбой"),
        ("Shift_JIS", "shift_jis", "障害"),
        ("GB2312", "gb2312", "故障"),
        ("Big5", "big5", "故障"),
        ("EUC-KR", "euc-kr", "장애"),
        ("utf-16", "utf-8", WORD),
    ],
)
def test_a_declared_encoding_is_read(name, codec, word):
    text = rss(item(title=word)).decode().replace("utf-8", name, 1)
    assert read(text.encode(codec)).incidents[0].title == word


@pytest.mark.parametrize("name", ["utf-7", "rot13", "unicode_escape", "idna", "cp037", "../x", "x"])
def test_an_encoding_that_could_hide_something_is_refused(name):
    with pytest.raises(Unreadable, match="which is not read here"):
        read(rss(item()).replace(b"utf-8", name.encode(), 1))


def test_text_in_two_encodings_at_once_is_refused():
    with pytest.raises(Unreadable):
        read(rss(item()).replace(b"Elevated", "Elevated".encode("utf-16-le")))
    with pytest.raises(Unreadable):
        read(b"\xff\xfe" + rss(item()))


# -- dangerous -------------------------------------------------------------------------------

ATTACKS = {
    "a harmless document type": '<!DOCTYPE rss SYSTEM "x.dtd">',
    "an entity": '<!DOCTYPE rss [<!ENTITY a "b">]>',
    "an entity of a file": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "in another case": '<!doctype rss SYSTEM "x.dtd">',
    "a lone entity": '<!ENTITY a "b">',
    "behind a comment": '<!-- x --><!DOCTYPE rss [<!ENTITY a "b">]>',
    "alone behind what looks like an element": '<!-- <a --><!DOCTYPE rss SYSTEM "x.dtd">',
    "behind what looks like an element": '<!-- <a --><!DOCTYPE rss [<!ENTITY a "b">]>',
    "in a comment, where feedparser looks too": '<!--\n<!DOCTYPE rss>\n<!ENTITY a "b">\n-->',
    "behind an instruction": '<?x y?>\n\n<!DOCTYPE rss [<!ENTITY a "b">]>',
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_document_type_is_refused_however_it_is_written(monkeypatch, attack, encoding):
    text = f"{ATTACKS[attack]}{rss(item()).decode().partition('?>')[2]}"
    monkeypatch.setitem(sys.modules, "feedparser", None)  # it must not see a byte
    for body in (text, f'<?xml version="1.0"?>{text}'):
        with pytest.raises(Unreadable, match="document type"):
            read(body.encode(encoding))


def test_a_document_type_in_the_middle_is_refused_and_one_that_is_quoted_is_text():
    with pytest.raises(Unreadable, match="document type"):
        read(rss("<!DOCTYPE x>", item()))
    quoted = (
        item(content="<b>Resolved</b> <!DOCTYPE html>").replace("&lt;", "<").replace("&gt;", ">")
    )
    cdata = quoted.replace("<description>", "<description><![CDATA[").replace(
        "</description>", "]]></description>"
    )
    assert state(rss(cdata)) is Health.OPERATIONAL


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not a feed"),
        (b"hello", "not a feed"),
        (b"<html><head></head></html>", "no feed"),
        (b"<opml/>", "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "not a feed"),
        (b"/etc/passwd", "not a feed"),
        (b"http://127.0.0.1/feed.xml", "not a feed"),
        (b"<rss>" + b"<a>" * 200 + b"</a>" * 200 + b"</rss>", "nested too deeply"),
        (b"<rss>" + b" " * guard.MOST_BYTES, "larger than 2 MB"),
    ],
)
def test_what_is_no_feed_is_said_in_one_sentence(body, why):
    with pytest.raises(Unreadable, match=why) as caught:
        read(body)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


HANDS = """
import sys
from notifier import feeds
from tests.feeds.bodies import item, rss
body = rss(item(more='<link href="file:///etc/hostname"/><xi:include '
    'xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>')).replace(
    b"<rss", b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?><rss', 1)
feeds.read("syndication", "feed", {"feed": body})  # everything is loaded now
touched = []
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "subprocess.Popen", "os.system") or (
        event.startswith(("socket.", "urllib.", "ftplib.", "http."))
    ):
        touched.append((event, str(arguments)[:100]))
sys.addaudithook(watch)
for one in (body, body[:-20], b"/etc/hostname", b"http://127.0.0.1:9/", b"/etc/hostname\\n"):
    try:
        feeds.read("syndication", "feed", {"feed": one})
    except feeds.Unreadable:
        pass
print(touched)
"""


def test_reading_opens_no_file_and_no_connection():
    assert python(HANDS) == "[]"


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_feedparser_is_loaded_by_reading_a_feed_and_by_nothing_before():
    code = (
        "import sys\nfrom notifier import feeds\nfrom tests.feeds.bodies import rss\n"
        "from notifier.feeds import alone, recognise\n"
        "for engine in feeds.ENGINES: feeds.plans(engine, 'https://status.example.com/feed.xml')\n"
        "print('feedparser' in sys.modules)\n"
        "feeds.read('syndication', 'feed', {'feed': rss()})\n"
        "print('feedparser' in sys.modules)"
    )
    assert python(code).split() == ["False", "True"]


# -- long ------------------------------------------------------------------------------------


def test_of_a_very_long_feed_both_ends_are_read():
    def at(n: int) -> str:
        return f"{datetime(2026, 7, 31, tzinfo=UTC) - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT"

    over = [item(f"i{n}", content="<b>Resolved</b>", at=at(n)) for n in range(1000)]
    report = read(rss(*over))
    assert feeds.stated(report) is Health.OPERATIONAL
    assert "400 more entries are left out" in report.notes
    assert len(report.incidents) == 200
    assert state(rss(item(), *over)) is Health.DEGRADED
    assert state(rss(*over, item())) is Health.DEGRADED
    # What was left out of one in no order may be the newest: then nothing is known to be well.
    assert state(rss(*over[500:], *over[:500])) is Health.UNKNOWN


def test_a_title_of_a_hundred_thousand_characters_is_cut():
    (told,) = read(rss(item(title="x" * 100_000))).incidents
    assert len(told.title) == 300
