"""`update-catalogue`: an update from a file is looked through, used, and taken away again."""

from datetime import UTC, datetime, timedelta

import pytest

from notifier.catalogue import keys
from tests.catalogue.signing import Signer

MINE = Signer()
NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()

pytestmark = pytest.mark.skipif(
    TODAY < keys.MADE, reason="by the clock of this machine the catalogue is of days to come"
)


@pytest.fixture
def trusting(person):
    person.writes(
        f'version = 1\n[network]\nreferences = []\n[catalogue]\nkeys = ["{MINE.public}"]\n'
    )
    return person


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "catalogue.signed"
    file.write_bytes(MINE.update(7, made=NOW))
    return file


def test_an_update_is_taken_in_used_and_taken_away(trusting, file):
    built_in = trusting.runs("update-catalogue").out
    assert built_in.startswith("The built-in catalogue of ")
    said = trusting.runs("update-catalogue", str(file))
    assert said.code == 0
    until = TODAY + timedelta(days=90)
    assert said.lines == [
        f"Update 7 of the catalogue, of {TODAY}, is used until {until}.",
        "1 services are new, and 0 are described anew.",
    ]
    assert trusting.runs("update-catalogue").lines == said.lines[:1]
    assert "Campus Chat is watched now" in trusting.runs("add", "campus-chat").out
    assert trusting.runs("update-catalogue", "--built-in").out == built_in
    assert trusting.runs("catalogue", "campus").code == 1


def test_without_a_key_that_is_trusted_updates_are_off(person, file):
    said = person.runs("update-catalogue", str(file))
    assert said.code == 1
    assert "name one in [catalogue] keys" in said.err
    assert said.err.endswith("Nothing was changed.\n")
    assert not person.folder.exists()


def test_what_is_wrong_with_an_update_is_said_by_every_command_that_reads_settings(trusting, file):
    trusting.runs("update-catalogue", str(file))
    kept = trusting.folder / "data" / "catalogue.signed"
    kept.write_bytes(kept.read_bytes().replace(b"Campus Chat", b"Campus Chap"))
    said = trusting.runs("check")
    assert "catalogue.signed: The update of the catalogue is not used" in said.out + said.err
    assert "changed after it was signed" in trusting.runs("update-catalogue").err
    assert trusting.runs("add", "chatgpt").code == 0


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("none.signed", "is not there"),
        (".", "it is a folder"),
        ("http://127.0.0.1:9/x", "https:// only"),
        ("https://127.0.0.1:9/x", "127.0.0.1:9"),
    ],
)
def test_what_cannot_be_had_is_said_in_a_sentence(trusting, what, says):
    said = trusting.runs("update-catalogue", what)
    assert said.code == 1
    assert says in said.err
    assert len(said.err.splitlines()) == 1


def test_an_address_or_key_that_is_none_is_complained_of(person):
    person.writes('version = 1\n[catalogue]\nurl = "http://x.example/"\nkeys = ["short"]\n')
    said = person.runs("check")
    assert '"url" must be "" or an address that begins with https://' in said.out + said.err
    assert 'each of "keys" must be a public key of Ed25519' in said.out + said.err


def test_what_is_only_looked_at_is_wrong_usage_with_two_wishes(trusting, file):
    assert trusting.runs("update-catalogue", str(file), "--built-in").code == 2
