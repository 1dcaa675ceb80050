"""Are we connected? The table at the head of sight.py, row by row."""

from dataclasses import replace

import pytest

from notifier.judgement.sight import (
    COME_UP_WITHIN,
    SETTLED_AFTER,
    WRONG_BY,
    connection,
    nothing_new,
    settles,
)
from notifier.model.board import CUT_OFF, Connection, Link, Machine
from notifier.model.observation import Answered, FailureKind
from tests.judgement.boards import (
    NOW,
    RESET,
    UP,
    ago,
    board,
    failed,
    fails,
    good,
    local,
    world,
)
from tests.stories.story import ALIVE, NO_ROUTE, ONLINE, REFERENCES, tool

CHATTY, CLAUDIA, CAMPUS, LLAMA = tool("chatty"), tool("claudia"), tool("campus"), local()
SETTINGS = world(CHATTY, CLAUDIA, CAMPUS, LLAMA)
ALONE = world(CHATTY, CLAUDIA, references=())
THREE = (CHATTY.page, CLAUDIA.page, CAMPUS.page)


def link(*sights, settings=SETTINGS, at=NOW):
    return connection(board(*sights, link=Link.UNCLEAR), settings, at).link


def all_fail(kind, *sources, good_ago=0, seconds=20):
    return [fails(source, failed(kind), seconds, good_ago) for source in sources]


class TestOnline:
    def test_is_one_host_that_answered_with_what_was_asked(self):
        assert link(good(CHATTY.page, UP)) is Link.ONLINE

    def test_lasts_two_intervals(self):
        assert link(good(CHATTY.page, UP, 120)) is Link.ONLINE
        assert link(good(CHATTY.page, UP, 121)) is Link.UNCLEAR

    def test_lasts_longer_where_this_computer_looks_less_often(self):
        known = board(good(CHATTY.page, UP, 240), machine=Machine(on_battery=True))
        assert connection(known, SETTINGS, NOW).link is Link.ONLINE

    def test_stays_while_another_host_answered_though_many_fail(self):
        failing = all_fail(FailureKind.TIMEOUT, *THREE, *REFERENCES, seconds=30)
        assert link(*failing, good(CHATTY.probe, ALIVE, 10)) is Link.ONLINE

    def test_is_not_known_of_nothing(self):
        assert link() is Link.UNCLEAR

    def test_is_said_by_no_server_on_this_computer(self):
        assert link(good(LLAMA.probe, ALIVE)) is Link.UNCLEAR

    def test_is_said_by_nobody_who_is_watched_no_more(self):
        assert link(good(tool("gone").page, UP)) is Link.UNCLEAR
        assert link(good(tool("gone").page, UP), good(CHATTY.page, UP)) is Link.ONLINE


class TestOffline:
    @pytest.mark.parametrize("kind", [FailureKind.OFFLINE, FailureKind.DNS])
    def test_is_no_route_for_all_references_however_few_were_asked(self, kind):
        failing = [*all_fail(kind, *REFERENCES[1:]), fails(REFERENCES[0], NO_ROUTE)]
        assert link(*failing) is Link.OFFLINE

    def test_is_silence_of_three_unrelated_hosts_references_among_them(self):
        assert link(*all_fail(FailureKind.TIMEOUT, *REFERENCES)) is Link.OFFLINE
        related = world(CHATTY, references=REFERENCES[:1])
        silent = all_fail(FailureKind.TIMEOUT, REFERENCES[0], CHATTY.page, CHATTY.probe)
        assert link(*silent, settings=related) is Link.UNCLEAR, "two of them are one owner's"

    def test_counts_a_front_door_that_never_answered_as_silence(self):
        two = world(CHATTY, CLAUDIA, CAMPUS, references=REFERENCES[:1])
        silent = [
            *all_fail(FailureKind.TIMEOUT, REFERENCES[0], CHATTY.page),
            fails(CLAUDIA.probe, RESET),
        ]
        assert link(*silent, settings=two) is Link.OFFLINE

    def test_needs_every_reference(self):
        assert link(*all_fail(FailureKind.OFFLINE, *REFERENCES[:2], *THREE)) is Link.UNCLEAR

    def test_needs_failures_younger_than_the_last_answer(self):
        failing = all_fail(FailureKind.OFFLINE, *REFERENCES, seconds=30)
        assert link(*failing, good(CHATTY.page, UP, 30)) is Link.ONLINE
        assert link(*failing, good(CHATTY.page, UP, 31)) is Link.OFFLINE

    def test_without_references_needs_every_host(self):
        sources = (CHATTY.page, CHATTY.probe, CLAUDIA.page)
        failing = all_fail(FailureKind.OFFLINE, *sources)
        assert link(*failing, settings=ALONE) is Link.OFFLINE
        old = good(CLAUDIA.probe, ALIVE, 900)
        assert link(*failing, old, settings=ALONE) is Link.UNCLEAR

    def test_does_not_ask_what_runs_on_this_computer(self):
        with_local = world(CHATTY, LLAMA, references=())
        failing = all_fail(FailureKind.OFFLINE, CHATTY.page, CHATTY.probe)
        assert link(*failing, good(LLAMA.probe), settings=with_local) is Link.OFFLINE

    def test_is_no_status_that_is_an_error(self):
        assert link(*all_fail(FailureKind.HTTP, *REFERENCES, *THREE)) is Link.UNCLEAR


class TestNamesAndProxies:
    def test_names_alone_that_are_not_found_are_the_names(self):
        assert link(*all_fail(FailureKind.DNS, *REFERENCES)) is Link.DNS

    def test_the_proxy_is_it_where_it_was_always_the_proxy(self):
        assert link(*all_fail(FailureKind.PROXY, *REFERENCES)) is Link.PROXY
        mixed = [*all_fail(FailureKind.PROXY, *REFERENCES), fails(CHATTY.page, NO_ROUTE)]
        assert link(*mixed) is Link.OFFLINE, "four unrelated hosts are silent all the same"

    def test_no_route_for_one_and_no_name_for_another_is_no_way_out(self):
        few = world(CHATTY, references=REFERENCES[:1])
        mixed = [fails(REFERENCES[0], NO_ROUTE), *all_fail(FailureKind.DNS, CHATTY.page)]
        assert link(*mixed, settings=few) is Link.OFFLINE

    def test_few_that_fail_in_different_ways_prove_nothing(self):
        few = world(CHATTY, references=REFERENCES[:1])
        mixed = [*all_fail(FailureKind.PROXY, REFERENCES[0]), fails(CHATTY.page, NO_ROUTE)]
        assert link(*mixed, settings=few) is Link.UNCLEAR


class TestALoginPage:
    @pytest.mark.parametrize("kind", [FailureKind.WEB_PAGE, FailureKind.REDIRECTED])
    def test_is_one_reference_however_many_others(self, kind):
        assert link(*all_fail(kind, REFERENCES[0])) is Link.CAPTIVE_PORTAL
        assert link(*all_fail(kind, *THREE)) is Link.UNCLEAR, "a neutral one must be among them"

    @pytest.mark.parametrize("kind", [FailureKind.WEB_PAGE, FailureKind.REDIRECTED])
    def test_is_three_unrelated_hosts_where_there_is_no_reference_or_all_there_are(self, kind):
        three = world(CHATTY, CLAUDIA, CAMPUS, tool("fourth"), references=())
        assert link(*all_fail(kind, *THREE), settings=three) is Link.CAPTIVE_PORTAL
        assert link(*all_fail(kind, *THREE[:2]), settings=three) is Link.UNCLEAR
        assert link(*all_fail(kind, *THREE[:2]), settings=ALONE) is Link.CAPTIVE_PORTAL
        related = (CHATTY.page, CHATTY.probe)
        assert link(*all_fail(kind, *related), settings=ALONE) is Link.UNCLEAR
        one = world(CHATTY, references=())
        assert link(*all_fail(kind, *related), settings=one) is Link.UNCLEAR

    def test_is_none_where_a_host_has_answered_since(self):
        pages = all_fail(FailureKind.WEB_PAGE, REFERENCES[0], seconds=30)
        assert link(*pages, good(CHATTY.page, UP, 30)) is Link.ONLINE
        assert link(*pages, good(CHATTY.page, UP, 31)) is Link.CAPTIVE_PORTAL


class TestCertificates:
    KINDS = (
        (FailureKind.CERTIFICATE_DATE, Link.CLOCK),
        (FailureKind.CERTIFICATE_ISSUER, Link.TLS_INTERCEPTION),
        (FailureKind.CERTIFICATE_NAME, Link.CAPTIVE_PORTAL),
    )

    @pytest.mark.parametrize(("kind", "means"), KINDS)
    def test_of_three_unrelated_hosts_refused_alike_are_our_own_side(self, kind, means):
        assert link(*all_fail(kind, *THREE)) is means
        assert link(*all_fail(kind, *THREE[:2])) is Link.UNCLEAR
        assert link(*all_fail(kind, *THREE[:2], CHATTY.probe)) is Link.UNCLEAR

    @pytest.mark.parametrize(("kind", "means"), KINDS)
    def test_of_a_secure_reference_are_and_then_of_nobody_else(self, kind, means):
        secure = replace(REFERENCES[0], url="https://neutral0.test/")
        settings = replace(SETTINGS, references=(secure, *REFERENCES[1:]))
        assert link(*all_fail(kind, secure), settings=settings) is means
        assert link(*all_fail(kind, *THREE), settings=settings) is Link.UNCLEAR

    @pytest.mark.parametrize(("kind", "means"), KINDS)
    def test_count_though_plain_connections_work(self, kind, means):
        plain = good(REFERENCES[0], ONLINE, 5)
        assert link(*all_fail(kind, *THREE), plain) is means

    @pytest.mark.parametrize(("kind", "means"), KINDS)
    def test_count_no_more_once_a_secure_connection_has_held(self, kind, means):
        failing = all_fail(kind, *THREE)
        assert link(*failing, good(CAMPUS.probe, ALIVE, 20)) is Link.ONLINE
        assert link(*failing, good(CAMPUS.probe, ALIVE, 21)) is means

    def test_refused_in_two_ways_prove_nothing(self):
        mixed = [
            *all_fail(FailureKind.CERTIFICATE_DATE, CHATTY.page),
            *all_fail(FailureKind.CERTIFICATE_NAME, *THREE[1:]),
        ]
        assert link(*mixed) is Link.UNCLEAR

    def test_one_out_of_date_is_enough_where_an_answers_own_date_is_a_day_off(self):
        one = all_fail(FailureKind.CERTIFICATE_DATE, CHATTY.page)
        for ahead in (WRONG_BY, -WRONG_BY):
            off = good(REFERENCES[0], replace(ONLINE, ahead=ahead), 5)
            assert link(*one, off) is Link.CLOCK
        near = good(REFERENCES[0], replace(ONLINE, ahead=WRONG_BY - 1), 5)
        assert link(*one, near) is Link.ONLINE

    def test_a_front_doors_date_counts_like_a_references(self):
        one = all_fail(FailureKind.CERTIFICATE_DATE, CLAUDIA.page)
        plain = replace(CHATTY.probe, url="http://chatty.test/")
        settings = world(replace(CHATTY, probe=plain), CLAUDIA)
        off = good(plain, replace(ALIVE, ahead=-2 * WRONG_BY), 5)
        assert link(*one, off, settings=settings) is Link.CLOCK

    def test_one_of_another_kind_is_not_though_the_date_is_off(self):
        one = all_fail(FailureKind.CERTIFICATE_NAME, CHATTY.page)
        assert link(*one, good(REFERENCES[0], replace(ONLINE, ahead=9e9), 5)) is Link.ONLINE

    def test_the_largest_difference_counts(self):
        one = all_fail(FailureKind.CERTIFICATE_DATE, CHATTY.page)
        far = good(REFERENCES[0], replace(ONLINE, ahead=-WRONG_BY), 5)
        near = good(REFERENCES[1], replace(ONLINE, ahead=1.0), 5)
        assert link(*one, far, near) is Link.CLOCK


class TestWhatIsCounted:
    def test_unrelated_hosts_of_late_and_which_of_them_answered(self):
        found = connection(
            board(
                good(CHATTY.page, UP),
                good(CHATTY.probe, ALIVE),
                good(CLAUDIA.page, UP, 121),
                *all_fail(FailureKind.HTTP, CAMPUS.page, seconds=120, good_ago=130),
                good(LLAMA.probe),
                good(REFERENCES[0], ONLINE),
            ),
            SETTINGS,
            NOW,
        )
        assert (found.answered, found.asked) == (2, 3)

    def test_since_when_stays_while_it_is_the_same(self):
        known = board(good(CHATTY.page, UP))
        assert connection(known, SETTINGS, NOW).since == ago(600)
        before = board(good(CHATTY.page, UP), link=Link.OFFLINE)
        assert connection(before, SETTINGS, NOW).since == NOW


class TestALookThatTellsNothingNew:
    def new(self, before, now, **more):
        return not nothing_new(before, now, board(**more), SETTINGS)

    def test_is_a_good_one_after_a_good_one_while_we_are_online(self):
        assert not self.new(good(CHATTY.page, UP, 120), good(CHATTY.page, UP, 0))

    def test_is_none_that_comes_late_or_first_or_differs(self):
        assert self.new(good(CHATTY.page, UP, 121), good(CHATTY.page, UP, 0))
        assert self.new(None, good(CHATTY.page, UP, 0))
        assert self.new(good(CHATTY.page, UP, 60), fails(CHATTY.page, NO_ROUTE, 0, 60))
        assert self.new(fails(CHATTY.page, NO_ROUTE, 60, 90), good(CHATTY.page, UP, 0))

    @pytest.mark.parametrize("link", set(Link) - {Link.ONLINE})
    def test_is_none_while_we_are_not(self, link):
        assert self.new(good(CHATTY.page, UP, 60), good(CHATTY.page, UP, 0), link=link)


class TestSettling:
    def settles(self, link, since, woke=None):
        """Seconds from now until it counts as settled; None where nothing is waited for."""
        known = board(connection=Connection(link, since), woke=woke)
        until = settles(known, NOW)
        return None if until is None else until.steady - NOW.steady

    @pytest.mark.parametrize("link", CUT_OFF - {Link.OFFLINE, Link.CAPTIVE_PORTAL})
    def test_what_can_be_mended_is_waited_for_half_a_minute(self, link):
        assert self.settles(link, ago(SETTLED_AFTER - 1)) == 1
        assert self.settles(link, ago(SETTLED_AFTER)) is None

    @pytest.mark.parametrize("link", CUT_OFF - {Link.OFFLINE, Link.CAPTIVE_PORTAL})
    def test_after_a_sleep_it_is_given_time_to_come_up(self, link):
        assert self.settles(link, ago(100), ago(COME_UP_WITHIN - 1)) == 1
        assert self.settles(link, ago(100), ago(COME_UP_WITHIN)) is None
        assert self.settles(link, ago(10), ago(COME_UP_WITHIN)) == 20

    @pytest.mark.parametrize("link", [Link.CAPTIVE_PORTAL, Link.OFFLINE, Link.ONLINE, Link.UNCLEAR])
    def test_nothing_else_is_waited_for(self, link):
        assert self.settles(link, NOW, NOW) is None

    def test_nothing_is_known_before_the_first_look(self):
        assert self.settles(Link.DNS, None) is None


def test_a_reading_without_a_date_says_nothing_of_the_clock():
    one = all_fail(FailureKind.CERTIFICATE_DATE, CHATTY.page)
    assert link(*one, good(REFERENCES[0], Answered("HTTP 204"), 5)) is Link.ONLINE
