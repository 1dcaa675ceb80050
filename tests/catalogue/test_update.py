"""An update of the catalogue: whom it must be signed by, when it holds, what it can change."""

import tomllib
from base64 import b64encode
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.catalogue import CatalogueError, keys, load
from notifier.catalogue.seal import Unsealed, opened
from notifier.catalogue.update import LONGEST_LIFE, Head, Seen, laid_over, read, refusal, written
from tests.catalogue.signing import BUILT_IN, NOON, PAGE, Signer, like, toml, update

GROUND = load(BUILT_IN)
MINE = Signer()
DAY = timedelta(days=1)


# -- the signature ---------------------------------------------------------------------------


def test_what_a_trusted_key_has_signed_is_read_byte_for_byte():
    payload = update()
    assert opened(MINE.signs(payload), {MINE.public}) == (payload, MINE.public)


@pytest.mark.parametrize("other", [(), (Signer().public,)])
def test_a_key_that_is_not_trusted_signs_nothing(other):
    with pytest.raises(Unsealed, match="key"):
        opened(MINE.update(), other)


def test_a_trusted_name_over_somebody_elses_signature_is_refused():
    lines = Signer().update().split(b"\n")
    lines[1] = MINE.update().split(b"\n")[1]
    with pytest.raises(Unsealed, match="does not fit"):
        opened(b"\n".join(lines), {MINE.public})


def test_a_signature_made_for_something_else_is_none():
    payload = update()
    body = MINE.signs(payload).split(b"\n", 3)
    body[2] = b"signature: " + b64encode(MINE._key.sign(payload))
    with pytest.raises(Unsealed, match="does not fit"):
        opened(b"\n".join(body), {MINE.public})


def test_the_same_key_written_in_another_way_is_not_taken():
    body = MINE.update()
    end = MINE.public[-2:].encode()
    other = bytes([end[0] + 1]) + end[1:]  # bits of its last character that say nothing
    with pytest.raises(Unsealed):
        opened(body.replace(end + b"\n", other + b"\n", 1), {MINE.public})


@settings(deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_is_believed(at, bit):
    body = bytearray(MINE.update())
    body[at % len(body)] ^= 1 << bit
    with pytest.raises(Unsealed):
        opened(bytes(body), {MINE.public})


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_no_beginning_of_it_is_believed(size):
    body = MINE.update()
    with pytest.raises(Unsealed):
        opened(body[: size % len(body)], {MINE.public})


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_else_stands_there_is_refused_with_a_sentence(body):
    with pytest.raises(Unsealed, match=r"\.$"):
        opened(body, {MINE.public})


# -- when it holds ---------------------------------------------------------------------------

HEAD = Head(7, NOON, NOON + 90 * DAY)


@pytest.mark.parametrize(
    ("head", "seen", "at", "says"),
    [
        pytest.param(HEAD, None, NOON, "", id="a first one is used"),
        pytest.param(HEAD, Seen(6, "x"), NOON, "", id="a newer one is"),
        pytest.param(HEAD, Seen(7, "mark"), NOON, "", id="the same one again is"),
        pytest.param(HEAD, Seen(8, "x"), NOON, "8 was used", id="an older one is not"),
        pytest.param(HEAD, Seen(7, "x"), NOON, "same number", id="nor another of its number"),
        pytest.param(HEAD, None, NOON + 90 * DAY, "good until 2027-03-01", id="nor an expired one"),
        pytest.param(HEAD, None, NOON - 2 * DAY, "still to come", id="nor one of days to come"),
        pytest.param(HEAD, None, NOON - DAY / 2, "", id="a clock half a day slow does no harm"),
        pytest.param(
            Head(7, NOON, NOON + LONGEST_LIFE + DAY), None, NOON, "at most", id="nor for ever"
        ),
        pytest.param(Head(7, NOON, NOON), None, NOON, "at most", id="nor one good for no time"),
        pytest.param(
            Head(7, NOON - 99 * DAY, NOON + DAY), None, NOON, "newer", id="nor before the built-in"
        ),
    ],
)
def test_when_an_update_holds(head, seen, at, says):
    why = refusal(head, "mark", seen, keys.MADE, at)
    assert says in why
    assert bool(why) is bool(says)


@pytest.mark.parametrize(
    "payload",
    [
        b"version = 1\n",
        b"version = 1\n[update]\nnumber = 1\n",
        update().replace(b"number = 1", b"number = 0"),
        update().replace(b"number = 1", b"number = true"),
        update().replace(b"+00:00", b""),
        update().replace(b"[update]", b"[update]\nmore = 1"),
        b"[[",
        b"\xff",
    ],
)
def test_what_has_no_head_is_no_update(payload):
    with pytest.raises(CatalogueError):
        read(payload)


def test_the_built_in_catalogue_is_not_older_than_what_it_says():
    """Whoever adds to it moves `keys.MADE`: else an older update would be laid over it."""
    dates = {basis.date for basis in GROUND.bases.values()}
    assert max(date[:7] for date in dates) <= keys.MADE.isoformat()[:7]


# -- what it changes -------------------------------------------------------------------------


def over(more):
    return laid_over(BUILT_IN, read(update(more=more))[1])


def test_a_page_that_has_moved_is_repaired_for_all_its_services():
    page = next(one for one in GROUND.pages if one.source.url == "https://status.openai.com/")
    there = "https://status.openai.example/"
    moved = over(toml(page=[like("page", "openai", url=there)]))
    assert [one.id for one in moved.services] == [one.id for one in GROUND.services]
    for before, after in zip(GROUND.services, moved.services, strict=True):
        if before.page == page.source:
            assert after.page.url == there
        else:
            assert after == before


def test_what_stands_on_a_ground_may_come_to_stand_on_a_service_of_that_id():
    azure = like("service", "cloudflare", id="azure", name="Azure")
    assert over(toml(service=[azure])).by_id["azure"].name == "Azure"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[[service]]\nid = "x"\n', 'service "x"'),
        ('[[page]]\nid = "openai"\nsurprise = 1\n', 'page "openai"'),
        ("[[surprise]]\n", '"surprise"'),
        ("service = 1\n", "written as"),
        ("[service]\nid = 1\n", "written as"),
    ],
)
def test_what_is_not_sound_is_refused_with_the_name_of_the_entry(more, says):
    with pytest.raises(CatalogueError, match=says):
        over(more)


def test_an_entry_that_stands_twice_in_it_is_refused():
    with pytest.raises(CatalogueError, match="twice"):
        over(toml(page=[PAGE, PAGE]))
    with pytest.raises(CatalogueError, match="twice"):
        over(toml(page=[like("page", "openai"), like("page", "openai", name="Other")]))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_texts_of_any_characters_come_through(name, text):
    table = {name: text, "more": [{name: [text, 1, True]}]}
    assert tomllib.loads(written(table)) == table
