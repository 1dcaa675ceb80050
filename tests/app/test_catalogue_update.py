"""An update of the catalogue in a profile: taken in, used, expired, refused, asked for daily."""

import asyncio
import ssl
from datetime import UTC, date, datetime, timedelta

import pytest

from notifier.app import catalogue_update
from notifier.app import session as sessions
from notifier.app.catalogue_update import NotFetched, Refused, Updates, fetched, in_force, take_in
from notifier.app.followed import Followed
from notifier.app.profile import open_profile, read_settings
from notifier.app.session import Session
from notifier.catalogue import keys, load
from notifier.model.moment import Moment
from notifier.model.settings import Choices
from notifier.storage import settings_file
from notifier.storage.places import places, resource
from notifier.watch.thread import new_loop
from notifier.wording.say import English
from tests.catalogue.signing import CHAT, NOON, PAGE, Signer, like, toml
from tests.cli.loopback import Loopback
from tests.watch.authorities import Authority

BUILT_IN = load(resource("catalogue.toml"))
MINE = Signer()
DAY = timedelta(days=1)


@pytest.fixture
def place(tmp_path):
    return places(tmp_path / "me")


@pytest.fixture
def trusting(place):
    """The settings of somebody who trusts a key."""
    place.settings.parent.mkdir()
    place.settings.write_text(f'version = 1\n[catalogue]\nkeys = ["{MINE.public}"]\n')
    return Choices(catalogue_keys=(MINE.public,), proxy="none")


@pytest.fixture
def today(monkeypatch):
    """Now by this computer's clock, which may be slower than the catalogue."""
    monkeypatch.setattr(keys, "MADE", date(2000, 1, 1))
    return datetime.now(UTC)


def ids(catalogue):
    return [one.id for one in catalogue.services]


# -- taken in and used -----------------------------------------------------------------------


def test_without_an_update_nothing_is_looked_for(place):
    assert in_force(place, NOON) is None
    assert not place.data.exists()


def test_an_update_is_used_from_then_on(place, trusting):
    take_in(place, MINE.update(), trusting, NOON)
    used = in_force(place, NOON + DAY)
    assert ids(used.catalogue) == [*ids(BUILT_IN), "campus-chat"]
    assert (used.head.number, used.problem) == (1, "")
    assert place.data.stat().st_mode & 0o777 == 0o700


def test_when_it_has_expired_the_built_in_one_is_used_and_that_is_said(place, trusting):
    take_in(place, MINE.update(days=2), trusting, NOON)
    over = in_force(place, NOON + 2 * DAY)
    assert over.catalogue == BUILT_IN
    assert over.problem == (
        "The update of the catalogue is not used, and the built-in catalogue is. "
        "It was good until 2026-12-03."
    )


def test_an_older_one_is_never_taken_again_not_even_once_the_file_is_gone(place, trusting):
    take_in(place, MINE.update(2), trusting, NOON)
    place.catalogue_update.unlink()
    with pytest.raises(Refused, match="2 was used already"):
        take_in(place, MINE.update(1), trusting, NOON)
    place.catalogue_update.write_bytes(MINE.update(1))
    assert "2 was used already" in in_force(place, NOON).problem
    assert take_in(place, MINE.update(2), trusting, NOON).head.number == 2


def test_another_one_under_the_same_number_is_refused(place, trusting):
    take_in(place, MINE.update(2), trusting, NOON)
    with pytest.raises(Refused, match="same number"):
        take_in(place, MINE.update(2, more=""), trusting, NOON)


def test_a_new_key_begins_to_count_anew(place, trusting):
    """Whoever stole a key and used up its numbers has not used up those of the next one."""
    take_in(place, MINE.update(2**40), trusting, NOON)
    other = Signer()
    both = Choices(catalogue_keys=(MINE.public, other.public))
    assert take_in(place, other.update(1), both, NOON).head.number == 1


def test_a_key_that_is_trusted_no_more_takes_its_update_along(place, trusting):
    take_in(place, MINE.update(), trusting, NOON)
    place.settings.write_text("version = 1\n")
    used = in_force(place, NOON)
    assert used.catalogue == BUILT_IN
    assert "name one in [catalogue] keys" in used.problem


def test_settings_that_cannot_be_read_trust_whom_they_trusted(place, trusting):
    settings_file.keep_good(place.settings)
    take_in(place, MINE.update(), trusting, NOON)
    place.settings.write_text("[[")
    assert in_force(place, NOON).problem == ""


@pytest.mark.parametrize("spoilt", ["flipped", "cut", "empty", "folder"])
def test_a_spoilt_file_is_not_used(place, trusting, spoilt):
    take_in(place, MINE.update(), trusting, NOON)
    file, body = place.catalogue_update, MINE.update()
    file.unlink()
    match spoilt:
        case "flipped":
            file.write_bytes(body.replace(b"Campus Chat", b"Campus Chap"))
        case "cut":
            file.write_bytes(body[:-9])
        case "empty":
            file.write_bytes(b"")
        case "folder":
            file.mkdir()
    used = in_force(place, NOON)
    assert used is None if spoilt == "folder" else used.catalogue == BUILT_IN
    assert spoilt == "folder" or used.problem


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (toml(page=[{**PAGE, "engine": "tomorrow"}]), "“tomorrow”; a newer program can"),
        (toml(page=[{**PAGE, "url": "http://status.campus.example/"}]), "not at https://"),
        (
            toml(
                page=[PAGE],
                service=[{**CHAT, "probe": {"url": "https://c.example/", "dialect": "x"}}],
            ),
            "dialect “x”",
        ),
        (
            toml(
                page=[PAGE],
                service=[{**CHAT, "probe": {"url": "http://c.example/", "dialect": "plain"}}],
            ),
            "not at https://",
        ),
        (toml(service=[{**CHAT, "page": "nowhere"}]), 'service "campus-chat"'),
        (toml(service=[like("service", "chatgpt", surprise=1)]), 'service "chatgpt"'),
    ],
)
def test_what_this_program_cannot_do_or_may_not_ask_is_refused_whole(place, trusting, more, says):
    with pytest.raises(Refused, match=says):
        take_in(place, MINE.update(more=more), trusting, NOON)
    assert in_force(place, NOON) is None


def test_the_profile_uses_it_and_complains_where_it_cannot(place, trusting, today):
    take_in(place, MINE.update(made=today), trusting, today)
    profile = open_profile(place.profile)
    assert "campus-chat" in profile.catalogue.by_id
    assert read_settings(profile).complaints == ()
    place.catalogue_update.write_bytes(b"nonsense")
    profile = open_profile(place.profile)
    assert profile.catalogue == BUILT_IN
    (complaint,) = read_settings(profile).complaints
    assert str(complaint).startswith("catalogue.signed: The update of the catalogue is not used")


def test_who_is_running_follows_an_update_that_comes_and_goes(place, trusting, today):
    place.settings.write_text(place.settings.read_text() + '[[service]]\nid = "campus-chat"\n')

    async def at_once(seconds):
        await asyncio.sleep(0)

    async def story():
        followed = Followed(open_profile(place.profile), English(), at_once)
        assert followed.meant.settings.services == ()
        assert not await followed.changed()
        take_in(place, MINE.update(made=today), trusting, today)
        assert await followed.changed()
        assert [one.id for one in followed.meant.settings.services] == ["campus-chat"]
        assert not await followed.changed()
        place.catalogue_update.unlink()
        assert await followed.changed()
        assert followed.meant.settings.services == ()

    asyncio.run(story())


def test_who_has_read_the_catalogue_before_an_update_came_notices_it_all_the_same(
    place, trusting, today
):
    """It comes between the reading and the first look at whether anything has changed."""
    read_before = open_profile(place.profile)
    assert read_before.renewed() is read_before
    take_in(place, MINE.update(made=today), trusting, today)
    assert "campus-chat" in read_before.renewed().catalogue.by_id

    async def at_once(seconds):
        await asyncio.sleep(0)

    async def story():
        followed = Followed(read_before, English(), at_once)
        assert await followed.changed()
        assert "campus-chat" in followed.profile.catalogue.by_id
        assert not await followed.changed()

    asyncio.run(story())


def test_an_update_that_expires_while_the_program_runs_is_used_no_longer(
    place, trusting, today, monkeypatch
):
    take_in(place, MINE.update(made=today, days=2), trusting, today)
    read_before = open_profile(place.profile)

    class DaysLater(datetime):
        @classmethod
        def now(cls, zone):
            return today + 3 * DAY

    monkeypatch.setattr("notifier.app.profile.datetime", DaysLater)
    renewed = read_before.renewed()
    assert renewed.catalogue == BUILT_IN
    assert "It was good until" in str(renewed.complaints[0])
    assert renewed.renewed() is renewed, "it is not read again and again"


# -- fetched ---------------------------------------------------------------------------------


class Shop(Loopback):
    """A server of https that gives away updates."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__()
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.gives = (200, b"")

    @property
    def address(self):
        return self.url.replace("http://127.0.0.1", "https://localhost") + "catalogue.signed"

    def answer(self, path):
        status, body = self.gives
        return status, "application/octet-stream", body


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
def shop(authority):
    with Shop(authority.context("localhost")) as shop:
        yield shop


@pytest.fixture
def asking(trusting, shop, authority):
    return Choices(
        catalogue_keys=trusting.catalogue_keys,
        catalogue_url=shop.address,
        proxy="none",
        ca=authority.ca,
    )


def test_an_update_is_fetched_over_https(shop, asking):
    shop.gives = (200, MINE.update())
    assert asyncio.run(fetched(shop.address, asking)) == MINE.update()


def test_it_is_fetched_over_nothing_else_and_from_nobody_pretending(shop, asking, authority):
    with pytest.raises(NotFetched, match="https:// only"):
        asyncio.run(fetched(shop.address.replace("https", "http"), asking))
    with pytest.raises(NotFetched):
        asyncio.run(fetched(shop.address, Choices(proxy="none")))
    assert shop.asked == []


@pytest.mark.parametrize(
    ("gives", "says"),
    [((404, b""), "HTTP 404"), ((200, b"x" * (1 << 20) + b"x"), "larger than 1 MiB"),
     ((200, b"x" * (5 << 20)), "larger than 4 MiB")],
)  # fmt: skip
def test_what_is_no_update_is_said_in_a_sentence(shop, asking, gives, says):
    shop.gives = gives
    with pytest.raises(NotFetched, match=says):
        asyncio.run(fetched(shop.address, asking))


class Days:
    """A clock of days that pass when they are told to."""

    def __init__(self):
        self.now = NOON

    def moment(self):
        return Moment(self.now, 0.0)


def daily(place, asking, days):
    return Updates(place, days, lambda: asking)


def test_the_address_is_asked_once_a_day_however_often_the_program_starts(place, shop, asking):
    shop.gives = (200, MINE.update())
    days = Days()
    for hours in (0, 1, 10, 23.9, 24, 25, 48):
        days.now = NOON + timedelta(hours=hours)
        asyncio.run(daily(place, asking, days).ask_if_due())
    assert len(shop.asked) == 3
    assert in_force(place, NOON).head.number == 1


def test_where_no_address_is_named_nobody_is_asked(place, shop, trusting):
    asyncio.run(daily(place, trusting, Days()).ask_if_due())
    assert shop.asked == []
    assert not place.data.exists()


def test_what_comes_and_is_refused_is_said_until_something_better_comes(place, shop, asking):
    days = Days()
    updates = daily(place, asking, days)
    shop.gives = (200, MINE.update(2))
    asyncio.run(updates.ask_if_due())
    assert updates.problem is None
    days.now += DAY
    shop.gives = (200, Signer().update(3))
    asyncio.run(updates.ask_if_due())
    assert "a key that is not known here" in updates.problem
    assert in_force(place, days.now).head.number == 2, "what was used before still is"
    days.now += DAY
    shop.gives = (503, b"")
    asyncio.run(updates.ask_if_due())
    assert updates.problem is not None
    days.now += DAY
    shop.gives = (200, MINE.update(4))
    asyncio.run(updates.ask_if_due())
    assert updates.problem is None
    assert in_force(place, days.now).head.number == 4


def test_to_ask_forgets_nothing_of_what_was_used(place, shop, asking):
    take_in(place, MINE.update(2), asking, NOON)
    shop.gives = (503, b"")
    asyncio.run(daily(place, asking, Days()).ask_if_due())
    with pytest.raises(Refused, match="2 was used already"):
        take_in(place, MINE.update(1), asking, NOON)


def test_whoever_repeats_an_old_update_for_ever_is_noticed_when_it_ends(place, shop, asking):
    """A server that is held back may say the same for ever: the date ends that."""
    days = Days()
    updates = daily(place, asking, days)
    shop.gives = (200, MINE.update(days=3))
    for _ in range(4):
        asyncio.run(updates.ask_if_due())
        days.now += DAY
    assert "good until" in in_force(place, days.now).problem


# -- the whole program -----------------------------------------------------------------------


class Face:
    """Nobody looks."""

    def show(self, picture): ...
    def tell(self, notice): ...
    def withdraw(self, gone): ...
    def hush(self, withheld): ...


async def until(come):
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110 - the other side is a thread
            await asyncio.sleep(0.01)


def test_a_program_that_watches_asks_by_itself(place, shop, asking, today, monkeypatch):
    monkeypatch.setattr(sessions, "SENSE_AFTER", 1e6)
    monkeypatch.setattr(catalogue_update, "AFTER", 0.0)
    monkeypatch.setattr(catalogue_update, "LOOKED_AT", 0.05)
    network = f'[network]\nproxy = "none"\nca = "{asking.ca}"\nreferences = []\n'
    more = f'[catalogue]\nurl = "{asking.catalogue_url}"\nkeys = ["{MINE.public}"]\n'
    place.settings.write_text(f"version = 1\n{network}{more}")
    shop.gives = (200, Signer().update(made=today))

    async def story():
        session = Session(open_profile(place.profile), Face(), say=English())
        running = asyncio.get_running_loop().create_task(session.run())
        await until(lambda: any("not known here" in one for one in session._grievances()))
        assert in_force(place, today) is None
        place.catalogue_update.with_suffix(".seen").unlink()  # as if a day had passed
        shop.gives = (200, MINE.update(made=today))
        await until(lambda: in_force(place, today) is not None)
        assert len(shop.asked) == 2
        session.stop()
        await running

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(story())
    assert "campus-chat" in open_profile(place.profile).catalogue.by_id
