"""Every finding has its words, and no words say more than their evidence."""

import re
import unicodedata
from dataclasses import replace
from itertools import product

import pytest

from notifier.model.health import Health, failing
from notifier.model.verdict import Cause, Confidence, Override, Verdict, Whose
from notifier.wording import findings, verdicts
from tests.view.scene import CHATGPT, DOWN, GREEN, NOW, SAY, SEEN, SILENT, UNREAD

STATES = tuple(Health)

# The table of interfaces.md, "whose" and its causes.
TABLE = {
    Whose.NONE: [None],
    Whose.THEM: ["page_reports", "page_silent", "shared_upstream", "no_page"],
    Whose.YOU: [
        *("offline", "captive_portal", "dns", "proxy", "tls_interception", "clock"),
        *("route", "not_running"),
    ],
    Whose.ACCOUNT: ["key_rejected", "quota_exhausted", "payment", "region", "rate_limited"],
    Whose.UNCLEAR: [
        *(
            "page_unreadable",
            "page_moved",
            "page_stale",
            "parts_gone",
            "not_looked_yet",
            "mixed",
            "no_page",
        )
    ],
}
ROWS = [(whose, Cause(cause) if cause else None) for whose in TABLE for cause in TABLE[whose]]

OPEN = replace(CHATGPT, page=None)
LOUD = replace(CHATGPT, name="{x} %s & <i>", vendor="{0}")

# Words that only somebody who has used the tool could say of it.
_CLAIM = re.compile(r"\bworks?\b|\bworking\b|\bavailable\b|\bfine\b")


def every_wording(service=CHATGPT):
    """Every verdict there can be, in words."""
    for (whose, cause), health, overloaded in product(ROWS, STATES, (False, True)):
        verdict = Verdict(health, whose, cause, upstream="cloudflare", overloaded=overloaded)
        for since in ("", "14:02"):
            words = verdicts.put(SAY, service, verdict, upstream="Cloudflare", unread_since=since)
            yield verdict, words


def test_it_is_said_why_no_page_of_it_is_read():
    answers = Verdict(Health.OPERATIONAL, Whose.UNCLEAR, Cause.NO_PAGE)
    assert verdicts.put(SAY, OPEN, answers).summary == (
        "ChatGPT answers here. It has no status page to ask."
    )
    shut = replace(OPEN, no_page="Its page turns {0} away.")
    assert verdicts.put(SAY, shut, answers).summary == (
        "ChatGPT answers here. Its page turns {0} away."
    )


@pytest.mark.parametrize(("whose", "cause"), ROWS)
@pytest.mark.parametrize("service", [CHATGPT, OPEN], ids=["with a page", "without"])
def test_every_finding_has_a_sentence_and_a_next_step(whose, cause, service):
    for health in STATES:
        verdict = Verdict(health, whose, cause)
        words = verdicts.put(SAY, service, verdict, upstream="Cloudflare")
        for sentence in (words.summary, words.next_step, words.brief):
            assert sentence.endswith((".", '".')), sentence
            assert "  " not in sentence
            assert "{" not in sentence
        assert words.state
        assert len(words.state) <= 26, "it stands in a list"


def test_the_table_is_that_of_the_interfaces():
    assert set(findings.FINDINGS) == set(ROWS)


def test_no_two_findings_are_told_in_the_same_sentence():
    sentences = [
        verdicts.put(SAY, CHATGPT, Verdict(Health.UNKNOWN, whose, cause)).summary
        for whose, cause in ROWS
    ]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("health", [Health.OPERATIONAL, Health.MAINTENANCE])
def test_a_green_page_is_never_called_a_tool_that_works(health):
    words = verdicts.put(SAY, CHATGPT, replace(GREEN, health=health))
    for sentence in (words.summary, words.state, words.brief):
        assert not _CLAIM.search(sentence), sentence
    assert "OpenAI" in words.summary


def test_a_green_page_reads_as_agreed():
    assert verdicts.put(SAY, CHATGPT, GREEN).summary == "OpenAI reports no problem."


def test_nothing_seen_from_outside_is_said_to_work():
    for verdict, words in every_wording():
        assert not _CLAIM.search(f"{words.summary} {words.state} {words.brief}"), verdict


def test_overload_is_named_only_where_somebody_said_so():
    for verdict, words in every_wording():
        text = f"{words.summary} {words.state} {words.brief}"
        named = "overload" in text or "load" in text.split()
        assert not named or verdict.overloaded, words.summary


@pytest.mark.parametrize("service", [CHATGPT, OPEN, LOUD])
def test_no_sentence_contains_characters_that_act(service):
    for _, words in every_wording(service):
        for character in f"{words.summary}{words.state}{words.next_step}{words.brief}":
            assert unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")


def test_names_that_look_like_formats_survive():
    words = verdicts.put(SAY, LOUD, DOWN)
    assert words.summary == "{x} %s & <i> is down: OpenAI reports a major outage."


@pytest.mark.parametrize(
    ("verdict", "summary"),
    [
        (DOWN, "ChatGPT is down: OpenAI reports a major outage."),
        (
            replace(DOWN, health=Health.PARTIAL_OUTAGE),
            "ChatGPT is partly down: OpenAI reports a partial outage.",
        ),
        (
            replace(DOWN, health=Health.DEGRADED),
            "ChatGPT has problems: OpenAI reports degraded performance.",
        ),
        (SILENT, "ChatGPT does not answer here, though OpenAI's page reports no problem."),
        (
            replace(SILENT, health=Health.DEGRADED, overloaded=True),
            "ChatGPT answers that it is overloaded; OpenAI's page reports no problem.",
        ),
        (
            Verdict(Health.MAJOR_OUTAGE, Whose.THEM, Cause.SHARED_UPSTREAM, upstream="cloudflare"),
            "ChatGPT is down: cloudflare, which it runs on, fails.",
        ),
        (
            Verdict(Health.UNKNOWN, Whose.YOU, Cause.OFFLINE),
            "Nobody can tell from here: this computer is offline.",
        ),
        (
            Verdict(Health.UNKNOWN, Whose.YOU, Cause.CAPTIVE_PORTAL),
            "This network wants you to sign in first.",
        ),
        (Verdict(), "Not looked yet."),
        (UNREAD, "Unknown: OpenAI's page could not be read."),
        (
            replace(UNREAD, health=Health.OPERATIONAL),
            "ChatGPT answers, though OpenAI's page could not be read.",
        ),
    ],
)
def test_these_sentences_in_particular(verdict, summary):
    assert verdicts.put(SAY, CHATGPT, verdict).summary == summary


def test_an_unread_page_says_since_when_by_the_persons_clock():
    from zoneinfo import ZoneInfo

    since = verdicts.unread_since(SAY, UNREAD, SEEN, NOW.utc, ZoneInfo("Europe/Berlin"))
    words = verdicts.put(SAY, CHATGPT, UNREAD, unread_since=since)
    assert words.summary == "Unknown: OpenAI's page could not be read since 18:51."


def test_no_other_finding_says_since_when_nothing_was_read():
    assert verdicts.unread_since(SAY, DOWN, SEEN, NOW.utc, NOW.utc.tzinfo) == ""
    assert verdicts.unread_since(SAY, UNREAD, None, NOW.utc, NOW.utc.tzinfo) == ""


def test_an_upstream_is_called_by_its_name():
    verdict = Verdict(Health.DEGRADED, Whose.THEM, Cause.SHARED_UPSTREAM, upstream="cloudflare")
    words = verdicts.put(SAY, CHATGPT, verdict, upstream="Cloudflare")
    assert words.summary == "ChatGPT has problems: Cloudflare, which it runs on, fails."
    assert words.next_step == "Nothing to do here: Cloudflare has to act."


class TestThePersonsOwnWord:
    MIXED = Verdict(Health.DEGRADED, Whose.UNCLEAR, Cause.MIXED, Confidence.SUSPECTED)

    def test_broken_is_said_to_be_theirs(self):
        words = verdicts.put(SAY, CHATGPT, self.MIXED, Override.BROKEN)
        assert words.summary == "ChatGPT is broken for you, you say. Nothing else shows it yet."
        assert words.state == "broken for you"

    def test_broken_takes_nothing_away_from_an_outage(self):
        assert verdicts.put(SAY, CHATGPT, DOWN, Override.BROKEN) == verdicts.put(SAY, CHATGPT, DOWN)

    def test_works_stands_beside_what_is_reported(self):
        words = verdicts.put(SAY, CHATGPT, DOWN, Override.WORKS)
        assert words.summary == (
            "ChatGPT is down: OpenAI reports a major outage. For you it works, you say."
        )
        assert words.state == "down, works for you"

    def test_works_adds_nothing_where_nothing_fails(self):
        for verdict in (GREEN, UNREAD):
            assert not failing(verdict.health)
            plain = verdicts.put(SAY, CHATGPT, verdict)
            assert verdicts.put(SAY, CHATGPT, verdict, Override.WORKS) == plain


def test_a_program_on_this_computer_answers_by_itself():
    assert verdicts.put(SAY, OPEN, GREEN).summary == "ChatGPT answers on this computer."
