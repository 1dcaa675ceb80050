"""The form of the catalogue that is read at a start says what the file says, or is not used."""

from pathlib import Path

import msgspec
import pytest

from house.made.catalogue import PRESSED, README, WRITTEN, with_table
from notifier.catalogue import CatalogueError, load
from notifier.catalogue.pressed import press
from tests.catalogue.test_document import SOUND

ROOT = Path(__file__).resolve().parents[2]
RUN_IT = "run: python3 dev.py catalogue"


def test_what_is_read_at_a_start_was_made_of_the_catalogue_as_it_is():
    assert (ROOT / PRESSED).read_bytes() == press((ROOT / WRITTEN).read_bytes()), RUN_IT


def test_the_readme_lists_the_services_of_the_catalogue_and_every_engine():
    readme = (ROOT / README).read_text("utf-8")
    assert readme == with_table(readme, load((ROOT / WRITTEN).read_bytes())), RUN_IT


def test_either_form_gives_the_same_catalogue():
    for body in (SOUND.encode(), (ROOT / WRITTEN).read_bytes()):
        assert load(body, press(body)) == load(body)


def test_it_is_not_parsed_again_when_it_was_pressed(monkeypatch):
    """What a start is spared: a hundred tables of TOML."""
    body = SOUND.encode()
    pressed = press(body)
    monkeypatch.setattr("tomllib.loads", lambda _: pytest.fail("the file was parsed"))
    assert load(body, pressed).by_id["chatty"].name == "Chatty"
    assert load(body.replace(b"\n", b"\r\n"), pressed).by_id["chatty"].name == "Chatty"


def test_what_was_made_of_another_file_is_not_believed():
    older = press(SOUND.encode())
    body = SOUND.replace('name = "Chatty"', 'name = "Chattier"').encode()
    assert load(body, older).by_id["chatty"].name == "Chattier"


@pytest.mark.parametrize("pressed", [b"", b"{}", b"no json", b'{"of":1,"service":[{"id":7}]}'])
def test_what_cannot_be_read_is_made_good_by_the_file(pressed):
    assert load(SOUND.encode(), pressed) == load(SOUND.encode())


def test_a_catalogue_that_is_wrong_is_not_pressed():
    with pytest.raises(CatalogueError, match='service "chatty": there is no page "acne"'):
        press(SOUND.replace('page = "acme"', 'page = "acne"').encode())


def test_there_is_an_entry_a_line_for_whoever_compares():
    lines = press(SOUND.encode()).decode().splitlines()
    (chatty,) = [line for line in lines if '"Chatty"' in line and "vendor" in line]
    assert msgspec.json.decode(chatty.removesuffix(","))["page"] == "acme"
