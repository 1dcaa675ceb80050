"""`notifier check`: how everything stands, from a look, from the cache or from the owner."""

import pytest

from tests.cli.documents import assert_is_check
from tests.cli.person import service

RED = "major_outage"


def files(person):
    """Everything in the profile with its rights, and what it holds."""
    return {
        str(path.relative_to(person.folder)): path.stat().st_mode & 0o777
        for path in person.folder.rglob("*")
    }


class TestExitCode:
    def test_0_where_all_is_well(self, chosen):
        said = chosen.runs("check")
        assert said.code == 0
        assert said.lines == [
            "clear: No problem reported for your 2 tools.",
            "Campus: no problem reported, checked just now",
            "Spare: no problem reported, checked just now",
        ]

    def test_1_where_something_fails_and_says_what_to_use_instead(self, chosen, page):
        page.says(RED, title="Chat is down")
        said = chosen.runs("check")
        assert said.code == 1
        assert said.lines[0] == "trouble: Campus is down: theirs. Your network is fine."
        assert said.lines[3].startswith("  Instead of Campus: Spare.")
        assert "not looked at yet" not in said.out

    def test_is_about_the_services_named_alone(self, chosen, page):
        page.says(RED, title="Chat is down")
        assert chosen.runs("check", "spare").code == 0
        said = chosen.runs("check", "campus", "--json")
        assert said.code == 1
        assert [one["id"] for one in said.json["services"]] == ["campus"]

    def test_0_during_maintenance(self, chosen, page):
        page.says("maintenance")
        assert chosen.runs("check").code == 0

    def test_3_where_a_page_cannot_be_read(self, person, door):
        person.chooses(service("campus", door.url))
        said = person.runs("check", "--json")
        assert said.code == 3
        assert said.json["services"][0]["state"] == "unknown"
        assert said.json["services"][0]["cause"] == "page_unreadable"

    def test_3_cut_off_which_is_never_an_outage(self, person):
        person.writes('version = 1\n[[service]]\nid = "chatgpt"\n')
        said = person.runs("check", "chatgpt", "--json")
        assert said.code == 3
        (chatgpt,) = said.json["services"]
        assert said.json["connection"]["state"] == "proxy"  # a person's runs have a dead one
        assert said.json["lamp"] == "blind"
        assert (chatgpt["state"], chatgpt["whose"], chatgpt["cause"]) == (
            ("unknown", "you", "proxy")
        )
        assert "the proxy lets nothing through" in person.runs("why", "chatgpt").lines[0]

    def test_3_where_nothing_is_chosen_and_says_how_to_add(self, person):
        said = person.runs("check")
        assert said.code == 3
        assert said.lines[0] == "Nothing chosen yet."
        assert "notifier add chatgpt" in said.out
        document = person.runs("check", "--json")
        assert document.code == 3
        assert document.json["lamp"] == "empty"
        assert document.json["overall"] == "unknown"
        assert_is_check(document.json)

    def test_2_where_the_settings_are_no_toml(self, person):
        person.writes("[[service]\nid = chatgpt\n")
        said = person.runs("check")
        assert said.code == 2
        assert len(said.err.splitlines()) == 1
        assert "settings.toml" in said.err
        assert person.settings.read_text() == "[[service]\nid = chatgpt\n"

    def test_as_always_where_a_crash_took_settings_that_were_good_before(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("clear:")
        page.says("major_outage")
        before = {found.name for found in chosen.folder.iterdir()}
        chosen.settings.write_bytes(b"\0" * 200)
        said = chosen.runs("check", "--now")
        assert said.code == 1
        assert "Campus" in said.out
        (complaint,) = said.err.splitlines()
        assert complaint.startswith("settings.toml holds only zero bytes, as after a crash")
        assert "Until then what it said before (" in complaint
        assert {found.name for found in chosen.folder.iterdir()} <= {*before, "cache"}
        assert chosen.runs("add", "chatgpt").code == 1, "what cannot be read is not changed"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_wrong_value_is_named_with_its_line_and_the_rest_works(chosen, options):
    chosen.writes(chosen.settings.read_text().replace('"30s"', '"5s"'))
    said = chosen.runs("check", *options)
    assert said.code == 0
    assert said.err.startswith("settings.toml, line 3: ")
    assert "interval" in said.err


class TestDocument:
    def test_has_every_key_in_its_order(self, chosen, page):
        page.says(RED, title="Chat is down")
        document = chosen.runs("check", "--json").json
        assert_is_check(document)
        campus, spare = document["services"]
        assert (document["source"], document["lamp"], document["overall"]) == (
            ("looked", "trouble", RED)
        )
        assert document["connection"]["state"] == "online"
        assert (campus["state"], campus["whose"], campus["cause"]) == (RED, "them", "page_reports")
        assert campus["since"] == "2026-11-23T17:41:00Z"
        assert (campus["thread"], campus["told"], campus["snoozed_until"]) == (None, None, None)
        assert campus["incidents"][0]["title"] == "Chat is down"
        assert [one["id"] for one in campus["fallbacks"]] == ["spare"]
        assert spare["fallbacks"] == spare["excluded"] == []

    def test_is_plain_ascii_whatever_a_vendor_writes(self, chosen, page):
        page.says(RED, title="Störung \x1b[2J\u202e")
        said = chosen.runs("check", "--json")
        assert said.out.isascii()
        assert said.json["services"][0]["incidents"][0]["title"] == "Störung [2J"


class TestSource:
    def test_is_the_cache_for_30_seconds_unless_asked_anew(self, chosen, page, spare):
        assert chosen.runs("check", "--json").json["source"] == "looked"
        again = chosen.runs("check", "--json").json
        assert again["source"] == "cache"
        assert (len(page.asked), len(spare.asked)) == (1, 1)
        assert_is_check(again)
        assert chosen.runs("check", "--now", "--json").json["source"] == "looked"
        assert (len(page.asked), len(spare.asked)) == (2, 2)

    def test_is_the_owner_where_there_is_one(self, chosen, page):
        with chosen.running("watch") as watch:
            watch.says("clear:")
            said = chosen.runs("check")
            assert said.err == "From the AI Notifier that is running.\n"
            document = chosen.runs("check", "--json").json
            assert document["source"] == "owner"
            assert_is_check(document)
            assert len(page.asked) == 1
            page.says(RED, title="Chat is down")
            news = chosen.runs("check", "--now", "--json")
            assert news.code == 1
            assert news.json["services"][0]["told"]["reason"] == "outage"


def test_writes_nothing_but_the_cache_and_that_for_nobody_else(chosen):
    before = files(chosen)
    chosen.runs("check")
    after = files(chosen)
    new = {name: mode for name, mode in after.items() if name not in before}
    assert {name.partition("/")[0] for name in new} == {"cache"}
    assert new.pop("cache") == 0o700
    assert set(new.values()) == {0o600}


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["503", "529"])
def test_a_front_door_that_fails_is_looked_at_once_more_before_anything_is_said(
    person, page, spare, door, answer
):
    """With no neutral host allowed the spare page vouches for us, as soon as it may be asked."""
    person.chooses(service("campus", page.url, door.url), service("spare", spare.url))
    door.answers = answer
    said = person.runs("check", "--json", within=60)
    (campus, _) = said.json["services"]
    assert said.code == 1
    assert len(door.asked) == 3, "a first look, and one on two connections that settles it"
    assert (campus["whose"], campus["cause"], campus["confidence"]) == (
        ("them", "page_silent", "suspected")
    )
    assert campus["state"] == ("degraded" if answer == "529" else RED)
