"""`notifier watch`: the engine without a desktop, its followers, and answers given to it."""

import signal
import sqlite3

import pytest

from tests.cli.documents import When, assert_is_object
from tests.cli.person import service, soon

RED = "major_outage"

AT = {"at": When}


class TestWatch:
    def test_says_how_to_add_and_goes_on_once_something_is_chosen(self, person, page):
        with person.running("watch") as watch:
            watch.says("notifier add chatgpt")
            watch.says("Nothing chosen yet.")
            person.chooses(service("campus", page.url))
            watch.says("Campus: no problem reported")
            said = person.runs("add", "chatgpt")
            assert said.out == "ChatGPT is watched now.\n"
            # Also in the moment in which the owner has not read of it yet.
            assert person.runs("why", "chatgpt").code in (0, 3)
            watch.says("ChatGPT: ")

    def test_tells_an_outage_and_its_end_and_remembers_having_told(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("Not told: Campus and Spare: all is well at the start")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            told = watch.says("Notice: Campus is down. Campus reports a major outage since ")
            assert "[Open Spare] [Got it] [Snooze 1 h]" in told
            assert watch.interrupted() == 0
        with chosen.running("watch") as watch:
            watch.says("Campus: down")
            page.says("operational")
            chosen.runs("check", "--now")
            over = watch.says("Notice: ")
            assert "Campus works again after " in over
        with sqlite3.connect(chosen.folder / "data" / "history.db") as database:
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        database.close()

    def test_prints_the_objects_of_a_rehearsal_with_their_time(self, chosen, page):
        with chosen.running("watch", "--json") as watch:
            watch.tells(kind="withheld", reason="baseline")
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.tells(kind="notice", reason="outage", services=["campus"])
            watch.tells(kind="picture", lamp="trouble")
            assert watch.interrupted() == 0
            for one in watch.objects:
                assert_is_object(one, AT)
            stamps = [one["at"] for one in watch.objects]
            assert stamps == sorted(stamps)
            assert watch.err == []

    def test_complains_of_a_wrong_value_and_goes_on(self, chosen):
        chosen.writes(chosen.settings.read_text().replace('"30s"', '"5s"'))
        with chosen.running("watch") as watch:
            watch.says("settings.toml, line 3: ")
            watch.says("clear: No problem reported for your 2 tools.")

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_ends_when_it_is_told_to(self, chosen, number):
        with chosen.running("watch") as watch:
            watch.says("clear:")
            assert watch.interrupted(number) == 0
        assert not (chosen.folder / "run" / "owner.sock").exists()


class TestBesideAnOwner:
    def test_a_second_one_follows_and_takes_over(self, chosen, page):
        with chosen.running("watch") as first:
            first.says("clear:")
            with chosen.running("watch") as second:
                second.says("Following the AI Notifier that is running.")
                second.says("clear: No problem reported for your 2 tools.")
                page.says(RED, title="Chat is down")
                chosen.runs("check", "--now")
                first.says("Notice: Campus is down.")
                second.says("Notice: Campus is down.")
                assert first.interrupted() == 0
                soon(lambda: chosen.runs("resume").code == 0, "the second owns the profile")
                page.says("operational")
                chosen.runs("check", "--now")
                second.says("Notice: Campus works again after ")
                assert sum("Notice: Campus is down" in line for line in second.out) == 1
                assert second.interrupted(signal.SIGTERM) == 0

    def test_a_follower_can_be_interrupted(self, chosen):
        with chosen.running("watch") as first:
            first.says("clear:")
            with chosen.running("watch", "--json") as second:
                second.tells(kind="picture", lamp="clear")
                assert second.interrupted() == 0
                assert chosen.runs("check").err == "From the AI Notifier that is running.\n"


class TestAnswers:
    @pytest.mark.parametrize(
        "words",
        [
            ("got-it", "campus"),
            ("snooze", "campus", "--for", "30m"),
            ("tell-me", "campus"),
            ("pause",),
            ("resume",),
            ("broken-for-me", "campus"),
            ("works-for-me", "campus"),
        ],
    )
    def test_without_an_owner_say_that_nobody_hears_them(self, chosen, words):
        said = chosen.runs(*words)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("AI Notifier is not running, so there is nobody to answer.")

    def test_change_what_is_told_and_shown(self, chosen, page):
        with chosen.running("watch", "--json") as watch:
            watch.tells(kind="withheld", reason="baseline")
            refused = chosen.runs("got-it", "campus")
            assert (refused.code, refused.err) == (
                (1, "Nothing is told of campus now, so there is nothing to answer.\n")
            )
            refused = chosen.runs("tell-me", "campus")
            assert refused.err == "campus works, so there is no return to wait for.\n"
            assert chosen.runs("pause", "--for", "10m").out.startswith("Paused until ")
            watch.tells(kind="picture", lamp="paused")
            assert chosen.runs("resume").out == "Notices are on again.\n"
            assert "notifier fallback campus" in chosen.runs("broken-for-me", "campus").out
            watch.tells(kind="picture", lamp="watch")
            why = chosen.runs("why", "campus", "--json")
            assert (why.code, why.json["override"], why.json["state"]) == (1, "broken", "degraded")
            assert why.json["evidence"][0]["kind"] == "person"
            assert chosen.runs("works-for-me", "campus").code == 0
            page.says(RED, title="Chat is down")
            chosen.runs("check", "--now")
            watch.tells(kind="notice", reason="outage")
            assert chosen.runs("got-it", "campus").out == "campus: nothing more until it is over.\n"
            assert chosen.runs("snooze", "campus", "--for", "30m").code == 0
            assert chosen.runs("why", "campus", "--json").json["snoozed_until"] is not None
