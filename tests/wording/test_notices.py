"""What a notice says, by reason."""

import unicodedata
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from notifier import view
from notifier.channels import screen
from notifier.model.announcement import Action, Reason, Silence, ThreadId
from notifier.model.health import Health
from notifier.model.service import PartRef, ProbeSource, SourceId
from notifier.model.settings import Settings
from notifier.model.verdict import (
    Cause,
    Confidence,
    Evidence,
    EvidenceKind,
    Verdict,
    Whose,
)
from notifier.wording import notices
from tests.view.scene import (
    BEGAN,
    CHATGPT,
    CLAUDE,
    DOWN,
    GREEN,
    INSTEAD,
    NOW,
    OFFLINE,
    PERPLEXITY,
    SAY,
    SILENT,
    announce,
    subject,
)

PARTLY = replace(DOWN, health=Health.PARTIAL_OUTAGE)
SLOW = replace(DOWN, health=Health.DEGRADED)
OVERLOADED = replace(SILENT, health=Health.DEGRADED, overloaded=True)
LOCAL = ProbeSource(SourceId("probe:ollama"), "http://127.0.0.1:11434/", "ollama", local=True)
OPEN = replace(CHATGPT, page=None)
ANSWERS = Verdict(Health.OPERATIONAL, Whose.UNCLEAR, Cause.NO_PAGE, Confidence.SUSPECTED)
UNREAD = Verdict(Health.UNKNOWN, Whose.UNCLEAR, Cause.PAGE_UNREADABLE)
THREAD = ThreadId("t-20261123-9")
ABOUT_NOTHING = {Reason.OFFLINE, Reason.ONLINE, Reason.WHILE_AWAY}


def notice(reason, *subjects, online=True, zone=UTC, **more):
    return view.notice(announce(reason, *subjects, **more), SAY, Settings(zone=zone), online=online)


@pytest.mark.parametrize(
    ("reason", "verdict", "title"),
    [
        (Reason.OUTAGE, DOWN, "ChatGPT is down"),
        (Reason.OUTAGE, PARTLY, "ChatGPT is partly down"),
        (Reason.OUTAGE, SLOW, "ChatGPT has problems"),
        (Reason.SUSPECTED, SILENT, "ChatGPT does not answer here"),
        (Reason.SUSPECTED, OVERLOADED, "ChatGPT is overloaded"),
        (Reason.WORSE, DOWN, "ChatGPT is down now"),
        (Reason.BETTER, PARTLY, "ChatGPT is better, but still partly down"),
        (Reason.REOPENED, DOWN, "ChatGPT is down again"),
        (Reason.UNSTABLE, DOWN, "ChatGPT comes and goes"),
        (Reason.OFFLINE, OFFLINE, "You are offline"),
        (
            Reason.OFFLINE,
            replace(OFFLINE, cause=Cause.CAPTIVE_PORTAL),
            "This network wants you to sign in first",
        ),
        (Reason.SOURCE_MOVED, GREEN, "OpenAI's status page has moved"),
    ],
)
def test_titles(reason, verdict, title):
    assert notice(reason, subject(verdict)).title == title


class TestBesideOutages:
    def test_a_login_page_says_what_to_do(self):
        about = replace(announce(Reason.OFFLINE), connection=THREAD, cause=Cause.CAPTIVE_PORTAL)
        told = view.notice(about, SAY, Settings(), online=False)
        assert told.title == "This network wants you to sign in first"
        assert told.body == (
            "Open any page in your browser and sign in to the network. "
            "Until then nothing can be said about your tools."
        )
        assert (told.whose, told.cause, told.actions) == ("you", "captive_portal", ())
        assert told.threads == (THREAD,)

    def test_several_pages_that_cannot_be_read_are_counted_and_named(self):
        told = notice(
            Reason.SOURCE_UNREADABLE,
            *(replace(subject(UNREAD), service=service) for service in (CHATGPT, CLAUDE)),
        )
        assert told.title == "2 status pages cannot be read"
        assert told.body.startswith("OpenAI, Anthropic. Something they share may have failed;")

    def test_a_page_that_was_found_again_leaves_nothing_to_do(self):
        told = notice(Reason.SOURCE_MOVED, subject(GREEN))
        assert told.title == "OpenAI's status page has moved"
        assert told.body == (
            "It was found again by itself and is read as before: there is nothing to do."
        )

    def test_a_page_that_went_to_a_stranger_says_where_and_what_to_do(self):
        said = Evidence(
            EvidenceKind.PAGE, "status.openai.com", NOW, "unreadable", "It has moved to x.example."
        )
        moved = replace(UNREAD, cause=Cause.PAGE_MOVED, evidence=(said,))
        assert notice(Reason.SOURCE_MOVED, subject(moved)).body == (
            "It has moved to x.example. "
            "That is no outage. With its new address in the settings it is read again."
        )

    def test_parts_that_are_gone_are_named_and_the_person_is_asked(self):
        chosen = replace(CHATGPT, parts=(PartRef("1", "Login", "ChatGPT"), PartRef(name="Chat")))
        gone = replace(UNREAD, cause=Cause.PARTS_GONE)
        told = notice(Reason.SOURCE_UNREADABLE, replace(subject(gone), service=chosen))
        assert told.title == "OpenAI's status page has other parts now"
        assert told.body == (
            "Unknown: OpenAI's page does not list Login and Chat now. Choose its parts anew in "
            "the settings: “notifier detect https://status.openai.test/” lists them."
        )

    def test_suspicions_summed_up_are_not_called_problems(self):
        told = notice(
            Reason.SUMMARY,
            *(replace(subject(SILENT), service=service) for service in (CHATGPT, CLAUDE)),
        )
        assert told.title == "2 of your tools do not answer here"
        assert "probably them" in told.body


class TestAnOutage:
    def test_says_who_says_so_since_when_whose_it_is_and_what_to_use(self):
        assert notice(Reason.OUTAGE, subject()).body == (
            "OpenAI reports a major outage since 17:41. It is them; your network is fine. "
            "Claude is ready."
        )

    def test_names_all_that_is_ready_and_whose_the_local_one_is(self):
        here = replace(INSTEAD.service, name="Ollama", page=None, probe=LOCAL)
        both = (INSTEAD, replace(INSTEAD, service=here))
        said = notice(Reason.OUTAGE, subject(), suggestions=both).body
        assert said.endswith("Claude and your local Ollama are ready.")
        said = notice(Reason.OUTAGE, subject(), suggestions=both[::-1]).body
        assert said.endswith("Your local Ollama and Claude are ready.")

    def test_says_that_nothing_is_left_and_offers_to_tell_its_end(self):
        alone = replace(announce(Reason.OUTAGE, subject(), suggestions=()), nothing_left=True)
        said = view.notice(alone, SAY, Settings(), online=True)
        assert said.body.endswith("Nothing else is known to work right now.")
        assert said.labels == ("Tell me when it is back", "Snooze 1 h")

    def test_says_nothing_of_alternatives_nobody_has_looked_at(self):
        said = notice(Reason.OUTAGE, subject(), suggestions=())
        assert "Nothing" not in said.body
        assert said.labels == ("Got it", "Snooze 1 h")

    def test_calls_the_network_fine_only_where_that_was_seen(self):
        body = notice(Reason.OUTAGE, subject(), online=False).body
        assert "It is them." in body
        assert "network" not in body

    def test_needs_no_since_when_it_has_just_begun(self):
        body = notice(Reason.OUTAGE, subject(since=NOW.utc)).body
        assert body.startswith("OpenAI reports a major outage. ")

    def test_tells_the_time_of_the_persons_own_clock(self):
        body = notice(Reason.OUTAGE, subject(), zone=ZoneInfo("Asia/Kolkata")).body
        assert "since 23:11." in body

    def test_that_began_another_day_says_which(self):
        body = notice(Reason.OUTAGE, subject(since=BEGAN - timedelta(days=1))).body
        assert "since 22 Nov 17:41." in body

    def test_offers_the_alternative_got_it_and_snooze(self):
        shown = notice(Reason.OUTAGE, subject())
        assert shown.actions == (Action.FALLBACK, Action.GOT_IT, Action.SNOOZE)
        assert shown.labels == ("Open Claude", "Got it", "Snooze 1 h")
        assert shown.open_url == CLAUDE.home
        assert not shown.transient

    def test_offers_no_alternative_where_there_is_none(self):
        shown = notice(Reason.OUTAGE, subject(), suggestions=())
        assert shown.actions == (Action.GOT_IT, Action.SNOOZE)
        assert shown.open_url is None
        assert "Claude" not in shown.body

    def test_never_says_that_the_alternative_works(self):
        assert "works" not in notice(Reason.OUTAGE, subject()).body

    def test_carries_its_verdict(self):
        shown = notice(Reason.OUTAGE, subject())
        assert (shown.whose, shown.cause, shown.confidence) == (
            "them",
            "page_reports",
            "confirmed",
        )
        assert shown.services == ("chatgpt",)


@pytest.mark.parametrize(
    ("reason", "verdict", "stays"),
    [
        (Reason.OUTAGE, DOWN, True),
        (Reason.WORSE, DOWN, True),
        (Reason.REOPENED, DOWN, True),
        (Reason.OUTAGE, PARTLY, False),
        (Reason.OUTAGE, SLOW, False),
        (Reason.SUSPECTED, SILENT, False),
        (Reason.BETTER, PARTLY, False),
    ],
)
def test_a_confirmed_major_outage_stays_until_it_is_seen_and_all_else_expires(
    reason, verdict, stays
):
    assert screen.stays(notice(reason, subject(verdict))) is stays


class TestASuspicion:
    def test_says_that_the_page_is_silent_and_that_it_is_not_sure(self):
        assert notice(Reason.SUSPECTED, subject(SILENT)).body == (
            "ChatGPT does not answer here, though OpenAI's page reports no problem. "
            "It is probably them; your network is fine. Claude is ready."
        )

    def test_blames_nobody_while_our_own_network_is_not_known_to_work(self):
        body = notice(Reason.SUSPECTED, subject(SILENT), online=False).body
        assert "them" not in body


class TestAChange:
    @pytest.mark.parametrize("reason", [Reason.WORSE, Reason.BETTER, Reason.REOPENED])
    def test_does_not_call_the_start_of_the_outage_the_start_of_its_new_state(self, reason):
        body = notice(reason, subject()).body
        assert "now reports a major outage." in body
        assert "since 17:41" not in body
        assert "It began at 17:41." in body


class TestARecovery:
    def test_says_how_long_it_took(self):
        shown = notice(Reason.RECOVERED, subject(GREEN, duration=660.0))
        assert shown.title == "ChatGPT works again after 11 minutes"
        assert shown.body == "OpenAI reports no problem any more. It began at 17:41."
        assert shown.duration == 660.0

    def test_has_no_buttons_and_may_pass_by_itself(self):
        shown = notice(Reason.RECOVERED, subject(GREEN, duration=660.0))
        assert shown.actions == ()
        assert shown.labels == ()
        assert shown.open_url is None
        assert shown.transient

    def test_without_a_page_says_no_more_than_was_seen(self):
        shown = notice(Reason.RECOVERED, subject(ANSWERS, OPEN, duration=95.0))
        assert shown.title == "ChatGPT answers again after 1 minute"
        assert shown.body == "It answers here again. It began at 17:41."

    def test_into_maintenance_is_no_recovery_in_words(self):
        planned = replace(GREEN, health=Health.MAINTENANCE)
        shown = notice(Reason.RECOVERED, subject(planned, duration=660.0))
        assert shown.title == "ChatGPT is under maintenance now, after 11 minutes of trouble"
        assert "no problem" not in shown.body


class TestASummary:
    def test_counts_and_names_them(self):
        shown = notice(Reason.SUMMARY, subject(), subject(PARTLY, PERPLEXITY))
        assert shown.title == "2 of your tools have problems"
        assert shown.body == (
            "ChatGPT: down; Perplexity: partly down. It is them; your network is fine. "
            "Claude is ready."
        )

    def test_of_many_counts_the_rest(self):
        body = notice(Reason.SUMMARY, *[subject()] * 9, suggestions=()).body
        assert "; and 5 more." in body

    def test_with_a_suspicion_among_them_is_not_sure(self):
        body = notice(Reason.SUMMARY, subject(), subject(SILENT, PERPLEXITY)).body
        assert "It is probably them" in body

    def test_stands_for_the_gravest(self):
        shown = notice(Reason.SUMMARY, subject(SLOW, PERPLEXITY), subject(SILENT))
        assert shown.cause == "page_silent"


def test_a_notice_about_our_own_network_is_about_us():
    shown = notice(Reason.OFFLINE)
    assert (shown.title, shown.whose, shown.cause) == ("You are offline", "you", "offline")
    assert shown.actions == ()


VERDICTS = (DOWN, PARTLY, SLOW, SILENT, OVERLOADED, GREEN, ANSWERS, OFFLINE)
WILD = replace(CHATGPT, name="A\u202e{x}\x1b[2J & <b>" + "very " * 60 + "long")


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("service", [CHATGPT, OPEN, WILD], ids=["paged", "open", "wild"])
def test_every_notice_fits_and_is_plain(reason, service):
    for verdict, many in product(VERDICTS, (1, 2, 9)):
        subjects = [subject(verdict, service, duration=660.0)] * many
        shown = notice(reason, *subjects)
        assert shown.title
        assert len(shown.title) <= notices.MOST_TITLE
        assert len(shown.body) <= notices.MOST
        assert len(shown.actions) <= 3
        assert len(shown.labels) == len(shown.actions)
        for character in f"{shown.title}{shown.body}{''.join(shown.labels)}":
            assert unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")


@pytest.mark.parametrize("reason", sorted(ABOUT_NOTHING, key=lambda reason: reason.value))
def test_notices_about_no_tool_have_words_too(reason):
    assert notice(reason, suggestions=()).title


def test_the_first_sentence_is_kept_whatever_else_has_no_room():
    long = replace(CHATGPT, page=replace(CHATGPT.page, name="A vendor " * 15))
    body = notice(Reason.OUTAGE, subject(service=long)).body
    assert "reports a major outage since 17:41." in body
    assert not body.endswith("…")


def test_every_silence_has_its_own_words():
    said = [notices.silence(reason, SAY) for reason in Silence]
    assert len(set(said)) == len(Silence)
