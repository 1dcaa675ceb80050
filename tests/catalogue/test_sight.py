"""How sure an entry is, where its page is asked, and why of some no page is read."""

import pytest

from notifier.catalogue import CatalogueError, Sighting, load
from tests.catalogue.test_document import SOUND, changed


def test_how_a_service_is_known_it_says_itself_or_its_page_does():
    assert load(SOUND.encode()).sightings == {
        "chatty": Sighting("capture", "2026-09"),
        "wires": Sighting("source", "2026-08-31"),
    }
    less_sure = changed('page = "acme"', 'page = "acme"\nseen = "recalled"\ndate = "2026-10"')
    assert load(less_sure).sightings["chatty"] == Sighting("recalled", "2026-10")


def test_a_page_is_asked_where_its_documents_are_and_opened_where_it_is():
    page = load(changed('date = "2026-09"', 'date = "2026-09"\nfeed = "https://f.test/1"')).pages[0]
    assert (page.source.url, page.source.feed) == ("https://status.acme.test/", "https://f.test/1")


NO_PAGE = 'seen = "source"\nno_page = { why = "%s", url = "https://wires.test/see" }'


def test_why_no_page_is_read_is_known_and_which_a_person_may_open():
    wires = load(changed('seen = "source"', NO_PAGE % "It turns programs away.")).by_id["wires"]
    assert (wires.page, wires.no_page) == (None, "It turns programs away.")
    assert wires.look_at == "https://wires.test/see"


@pytest.mark.parametrize(
    "why", ["", "it turns programs away.", "It turns programs away", "It is {down}."]
)
def test_why_no_page_is_read_is_a_sentence(why):
    with pytest.raises(CatalogueError, match='service "wires": why of no_page must be a sentence'):
        load(changed('seen = "source"', NO_PAGE % why))


def test_what_has_a_page_does_not_say_why_it_has_none():
    both = changed('page = "acme"', 'page = "acme"\nno_page = { why = "It has none." }')
    with pytest.raises(CatalogueError, match='service "chatty": it has a page, and says why'):
        load(both)
