"""`notifier check` of a document of one's own, read by expressions of one's own."""

import json

import pytest

from tests.cli.loopback import Loopback

TABLE = """id = "{id}"
name = "{name}"
home = "http://127.0.0.1/"
status = "{url}health.json"
engine = "json"
json = {{ state = "{state}", title = "note", time = "made", words = {{ up = "operational", \
down = "major_outage" }} }}
"""


class Health(Loopback):
    """What some program of an office tells of itself; `says` changes it."""

    def __init__(self) -> None:
        super().__init__()
        self.says(login="up", batch="up")

    def says(self, note: str = "", **states: object) -> None:
        made = "2026-08-01T12:00:00Z"
        document = {"made": made, "note": note, "parts": states}
        self._body = json.dumps(document).encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        return 200, "application/json", self._body


@pytest.fixture
def office():
    with Health() as served:
        yield served


@pytest.fixture
def cluster(person, office):
    """The person watches two parts of the office's document."""
    person.chooses(
        *(
            TABLE.format(id=part, name=part.title(), url=office.url, state=f"parts.{part}")
            for part in ("login", "batch")
        )
    )
    return person


def test_each_service_has_its_own_state_from_one_document(cluster, office):
    said = cluster.runs("check")
    assert said.code == 0, said.out
    office.says(login="up", batch="down", note="The queue is stuck")
    said = cluster.runs("check", "--now", "--json")
    assert said.code == 1
    states = {one["id"]: one["state"] for one in said.json["services"]}
    assert states == {"login": "operational", "batch": "major_outage"}
    (batch,) = (one for one in said.json["services"] if one["id"] == "batch")
    assert [one["title"] for one in batch["incidents"]] == ["The queue is stuck"]
    assert set(office.asked) == {"/health.json"}


def test_a_word_nobody_explained_and_a_state_that_is_gone_are_unknown(cluster, office):
    office.says(login="sideways")
    said = cluster.runs("check", "--json")
    assert said.code == 3
    login, batch = said.json["services"]
    assert (login["state"], batch["state"]) == ("unknown", "unknown")
    assert batch["cause"] == "page_unreadable"
    assert "finds no state in this document" in json.dumps(batch["evidence"], ensure_ascii=False)


def test_an_expression_that_is_none_is_named_with_its_line(person, office):
    table = TABLE.format(id="lab", name="Lab", url=office.url, state="parts..login")
    person.chooses(table)
    said = person.runs("check")
    assert said.code == 3
    assert '"state" must be a JMESPath expression' in said.err
    assert "line " in said.err


def test_whoever_watches_tells_it_to_whoever_asks(person, office):
    table = TABLE.format(id="login", name="Login", url=office.url, state="parts.login")
    office.says(login="down", note="Nobody gets in")
    person.chooses(table)
    with person.running("watch") as watch:
        watch.says("Login is down")
        said = person.runs("check", "--json")
    assert said.json["source"] == "owner"
    assert [one["state"] for one in said.json["services"]] == ["major_outage"]
