"""`notifier history`: what was seen, how long it was well, what was told and what not, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier import documents
from notifier.app.look_back import begins
from notifier.model.announcement import Notice, NoticeId, Reason, Silence, ThreadId, Withheld
from notifier.model.board import Thread, Told
from notifier.model.health import Health
from notifier.model.observation import Incident, PartName, Phase
from notifier.model.past import TimeLooked
from notifier.model.record import (
    IncidentSeen,
    NoticeHeard,
    NoticeIntended,
    RunBegan,
    SilenceKept,
    ThreadKept,
    word_kept,
)
from notifier.model.service import ServiceKey, SourceId
from notifier.model.verdict import Override
from notifier.storage.history import History
from notifier.wording.history import uptime
from notifier.wording.say import English
from tests.cli.documents import GIVEN, INCIDENT, NONE, WORD, Maybe, When, fits
from tests.cli.person import service

PAST = {
    "schema": int,
    "at": When,
    "source": str,
    "since": When,
    "until": Maybe,
    "services": [{"id": str, "name": str, "uptime": (float, NONE), "well_s": int, "looked_s": int}],
    "incidents": [INCIDENT | {"page": str, "seen_at": When}],
    "notices": [
        {
            "at": When,
            "kind": str,
            "reason": str,
            "would_be": WORD,
            "title": WORD,
            "channel": WORD,
            "thread": WORD,
            "services": [str],
            "why": WORD,
            "kept_back_by": WORD,
        }
    ],
    "words": [{"service": str, **GIVEN}],
}

CAMPUS, GONE = ServiceKey("campus"), ServiceKey("gone")
NOW = datetime.now(UTC).replace(microsecond=0)
THREAD = ThreadId("t-1")


def hours(count: float) -> datetime:
    return NOW - timedelta(hours=count)


def notice(at: datetime) -> Notice:
    return Notice(
        id=NoticeId("n-1"),
        at=at,
        threads=(THREAD,),
        reason=Reason.OUTAGE,
        services=(GONE,),
        title="Gone is down",
        body="",
        actions=(),
        labels=(),
        whose="them",
        cause="page_reports",
        confidence="confirmed",
    )


def incident(id_: str, title: str, began: datetime, ended: datetime | None = None) -> Incident:
    phase = Phase.RESOLVED if ended else Phase.INVESTIGATING
    floor = Health.OPERATIONAL if ended else Health.MAJOR_OUTAGE
    parts = (PartName("p", "Chat"),)
    return Incident(id_, title, phase, floor, floor, parts, began, began, ended)


@pytest.fixture
def lived(person):
    """A profile that watched for four days, failed for one of 100 hours, and was ended."""
    page = SourceId("page:127.0.0.1:9/")
    clock = [hours(100)]
    history = History(person.folder / "data" / "history.db", lambda: clock[0])
    history.load()
    began, told = Thread(THREAD, (GONE,), hours(50), ("i-gone",), Health.MAJOR_OUTAGE), hours(50)
    history.write(
        [
            RunBegan(CAMPUS, "operational", hours(100)),
            RunBegan(GONE, "operational", hours(100)),
            SilenceKept(Withheld(hours(100), None, (CAMPUS, GONE), Silence.BASELINE, None)),
        ]
    )
    history.write(
        [
            RunBegan(GONE, "major_outage", hours(50)),
            IncidentSeen(page, incident("i-gone", "Chat is gone", hours(50), hours(49)), hours(49)),
            IncidentSeen(SourceId("page:x"), incident("i-2", "Elsewhere", hours(20)), hours(20)),
            IncidentSeen(
                SourceId("page:x"), incident("i-0", "Long over", hours(900), hours(899)), hours(90)
            ),
            ThreadKept(began),
            NoticeIntended(notice(told)),
            NoticeHeard(
                NoticeId("n-1"),
                told,
                "terminal",
                "1",
                (Told(THREAD, Health.MAJOR_OUTAGE, False, Reason.OUTAGE, told, NoticeId("n-1")),),
            ),
            RunBegan(GONE, "operational", hours(49)),
            RunBegan(CAMPUS, "unknown", hours(40)),
            word_kept(GONE, Override.BROKEN, hours(51)),
            RunBegan("key:api.example.test gone", "operational", hours(51)),
        ]
    )
    history.write([word_kept(GONE, None, hours(50.5))])
    clock[0] = hours(0.5)
    history.close()
    person.chooses(service("campus", "http://127.0.0.1:9/"))
    return person


def everything(person):
    """Every file of the profile with its rights, its time and what it holds."""
    return {
        path: (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes())
        for path in person.folder.rglob("*")
        if path.is_file()
    }


class TestWithoutAnOwner:
    def test_all_is_shown_newest_first_with_the_uptime_over_the_time_looked(self, lived):
        said = lived.runs("history")
        assert said.code == 0
        assert said.lines[0].startswith("What was seen and told since ")
        assert said.lines[1].startswith("AI Notifier is not running; it last was at ")
        assert "Tools: Campus: 100 % of the 60 h looked" in said.lines
        assert "Tools: gone: 98.9 % of the 99 h looked" in said.lines
        told = [line for line in said.lines if line.startswith("Incidents: ")]
        assert told == ["Incidents: Elsewhere", "Incidents: Chat is gone"]
        notices = [line for line in said.lines if line.startswith("Notices: ")]
        assert notices[0].endswith("told: Gone is down (in the terminal)")
        assert notices[1].endswith("all is well at the start, which is no news")

    def test_nothing_is_created_and_nothing_changed(self, lived):
        before = everything(lived)
        assert lived.runs("history").code == 0
        assert lived.runs("history", "gone", "--json").code == 0
        assert everything(lived) == before

    def test_a_service_that_is_watched_no_more_still_has_its_past(self, lived):
        said = lived.runs("history", "gone")
        assert said.code == 0
        assert "Incidents: Chat is gone" in said.lines
        assert "Elsewhere" not in said.out
        assert any(line.endswith("told: Gone is down (in the terminal)") for line in said.lines)

    def test_where_nothing_was_looked_at_it_says_so(self, lived):
        said = lived.runs("history", "campus", "--since", "3h", "--json")
        (campus,) = said.json["services"]
        assert (campus["uptime"], campus["looked_s"]) == (None, 0)
        said = lived.runs("history", "campus", "--since", "3h")
        assert "Tools: Campus: not looked at in that time" in said.lines
        assert "Nothing was seen failing, and nothing was told." in said.lines

    def test_what_was_over_before_is_left_out(self, lived):
        assert "Long over" not in lived.runs("history").out
        assert "Long over" in lived.runs("history", "--since", "60d").out

    def test_as_json_it_has_its_shape(self, lived):
        said = lived.runs("history", "--json")
        fits(said.json, PAST, "history")
        assert said.json["source"] == "file"
        kinds = [(one["kind"], one["reason"]) for one in said.json["notices"]]
        assert kinds == [("told", "outage"), ("withheld", "baseline")]

    def test_what_the_person_said_is_shown_with_how_long_it_held(self, lived):
        (line,) = [one for one in lived.runs("history").lines if one.startswith("What you said: ")]
        assert line.endswith("gone is broken for you")
        assert " to " in line
        assert lived.runs("history", "gone", "--json").json["words"] == [
            {
                "service": "gone",
                "override": "broken",
                "from": documents.time(hours(51)),
                "until": documents.time(hours(50.5)),
            }
        ]
        assert lived.runs("history", "campus", "--json").json["words"] == []
        assert lived.runs("history", "--since", "50h", "--json").json["words"] == []

    def test_neither_words_nor_keys_are_taken_for_tools(self, lived):
        shown = lived.runs("history", "--json").json["services"]
        assert {one["id"] for one in shown} == {"campus", "gone"}

    def test_a_program_that_was_killed_is_not_taken_to_have_looked_on(self, person):
        history = History(person.folder / "data" / "history.db", lambda: hours(10))
        history.load()
        history.write([RunBegan(CAMPUS, "operational", hours(12))])
        person.chooses(service("campus", "http://127.0.0.1:9/"))
        said = person.runs("history", "campus", "--json")
        history.close()
        assert said.json["services"][0]["looked_s"] == 2 * 3600

    def test_before_the_first_watching_there_is_nothing(self, person):
        said = person.runs("history")
        assert (said.code, len(said.lines)) == (0, 1)
        assert said.lines[0].startswith("Nothing has been kept yet")
        assert not person.folder.exists()
        fits(person.runs("history", "--json").json, PAST, "history")

    def test_a_history_that_cannot_be_read_ends_with_1_and_stays(self, lived):
        path = lived.folder / "data" / "history.db"
        path.write_bytes(b"scrambled" * 1000)
        said = lived.runs("history")
        assert said.code == 1
        assert "cannot be read. `notifier doctor` says" in said.err
        assert path.read_bytes() == b"scrambled" * 1000

    def test_an_id_nobody_ever_watched_is_wrong_usage(self, lived):
        said = lived.runs("history", "nobody")
        assert (said.code, said.out) == (2, "")
        assert said.err == "nobody was never watched here.\n"


def test_the_owner_is_asked_where_there_is_one(chosen, page):
    with chosen.running("watch") as watch:
        watch.says("Not told:")
        page.says("major_outage", title="Chat is down")
        chosen.runs("check", "--now")
        watch.says("Notice: Campus is down.")
        said = chosen.runs("history", "campus")
        assert said.err == "From the AI Notifier that is running.\n"
        assert "Incidents: Chat is down" in said.lines
        assert any(line.endswith("told: Campus is down (in the terminal)") for line in said.lines)
        document = chosen.runs("history", "--json")
        assert document.err == ""
        fits(document.json, PAST, "history")
        assert document.json["source"] == "owner"
        assert {one["id"] for one in document.json["services"]} == {"campus", "spare"}


class TestSince:
    @pytest.mark.parametrize(
        ("text", "back"), [("90m", 1.5), ("2h", 2), ("7d", 168), ("0d", 0), ("30s", 1 / 120)]
    )
    def test_may_be_a_span(self, text, back):
        assert begins(text, NOW, UTC) == hours(back)

    def test_may_be_a_day_or_a_time(self):
        assert begins("2026-11-01", NOW, UTC) == datetime(2026, 11, 1, tzinfo=UTC)
        at = begins("2026-11-01T08:00:00+02:00", NOW, UTC)
        assert at == datetime(2026, 11, 1, 6, tzinfo=UTC)

    @pytest.mark.parametrize("text", ["", "soon", "-2h", "2026-13-01", "99999d9", "9999-01-01"])
    def test_anything_else_and_the_future_are_wrong_usage(self, person, text):
        said = person.runs("history", "--since", text)
        assert (said.code, said.out) == (2, "")

    def test_a_span_beyond_all_calendars_is_no_time(self):
        assert begins("99999d", NOW, UTC) is not None
        assert begins("99999d", datetime(200, 1, 1, tzinfo=UTC), UTC) is None


@pytest.mark.parametrize(
    ("well", "looked", "words"),
    [
        (0, 0, "not looked at in that time"),
        (3600, 3600, "100 % of the 1 hour looked"),
        (360_000 - 1, 360_000, "99.9 % of the 100 h looked"),
        (0, 30, "0 % of the 30 seconds looked"),
    ],
)
def test_an_uptime_is_never_rounded_up(well, looked, words):
    assert uptime(TimeLooked(CAMPUS, well, looked), English()) == words
