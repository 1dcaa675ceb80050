"""Whatever a person looks at gives the same advice in the same second: one ranking, all faces."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest

from notifier import documents
from notifier.app.profile import open_profile
from notifier.app.rehearsing import Theatre, open_script, play_fast
from notifier.desktop.buttons import Button, Link, Primary
from notifier.desktop.menu import Instead, entries
from notifier.documents import Origin
from notifier.model.announcement import Notice
from notifier.model.picture import Picture, Row
from notifier.model.relay import Hook
from notifier.relays.hooks import HookCarrier
from notifier.terminal import lists, why
from notifier.wording.glance import Glance
from notifier.wording.say import English
from tests.desktop.sight import shown, texts
from tests.rehearsal.watched import Watched
from tests.watch.looking import in_loop

SAY = English()

NOTHING = "Nothing else is known to work right now"

SCENE = """
title = "Aspen falls"
start = "2026-11-24T09:00:00Z"
length = "4m"

[settings.polling]
interval = "30s"

[[service]]
id = "aspen"
name = "Aspen"
home = "https://aspen.example/"
can = ["chat"]
status = "https://status.aspen.example/"
probe = { url = "https://api.aspen.example/" }
fallbacks = ["dogwood"]
"""
ALSO = """
[[also]]
id = "{id}"
name = "{name}"
home = "https://{id}.example/"
can = ["chat"]
status = "https://status.{id}.example/"
probe = {{ url = "https://api.{id}.example/" }}
"""
OTHERS = ("beech", "cedar", "dogwood")


@dataclass
class Second:
    """What was told, and what was on every screen in the same second."""

    notice: Notice
    picture: Picture

    @property
    def row(self) -> Row:
        return next(row for row in self.picture.rows if row.key == "aspen")

    @property
    def glance(self) -> Glance:
        return Glance(self.picture.at, UTC, SAY)


def fallen(folder: Path, *down: str) -> Second:
    """Aspen fails, and with it those that are `down`."""
    pages = [f'page.{id_} = {{ state = "major_outage" }}' for id_ in ("aspen", *down)]
    scene = folder / "scene.toml"
    others = [ALSO.format(id=id_, name=id_.title()) for id_ in OTHERS]
    scene.write_text("".join([SCENE, *others, '\n[[at]]\nt = "1m"\n', "\n".join(pages), "\n"]))
    watched = Watched()
    with Theatre(open_profile(folder / "profile"), open_script(str(scene))) as theatre:
        play_fast(theatre, watched, SAY)
    (told,) = watched.notices
    return Second(told, watched.picture_at(watched.told[0][0] + 0.9))


def menu(second: Second) -> list[str]:
    (aspen,) = (one for one in entries(second.picture, second.glance) if "Aspen:" in one.label)
    return [entry.deed.url for entry in aspen.entries if isinstance(entry.deed, Instead)]


def terminal(second: Second) -> Iterator[str]:
    """The addresses that `notifier fallback` prints, best first."""
    said = io.StringIO()
    lists.fallbacks(second.row, SAY, said)
    offered = said.getvalue().partition("\n\n")[0]
    return (line.rpartition("\t")[2] for line in offered.splitlines())


async def heard_by_hook(second: Second, folder: Path) -> list[str]:
    """The addresses that a program of the person's own is handed."""
    program, heard = folder / "hook", folder / "heard"
    program.write_text(f"#!/bin/sh\ncat > {heard}\n")
    program.chmod(0o755)
    await HookCarrier(Hook((str(program),), 20.0, None), "hook", SAY).carry(second.notice)
    return [one["url"] for one in json.loads(heard.read_text())["fallbacks"]]


def urls(*ids: str) -> list[str]:
    return [f"https://{id_}.example/" for id_ in ids]


class TestWhereSomethingWorks:
    @pytest.fixture
    def second(self, tmp_path):
        """Of three that could stand in, the person's own choice and another one work."""
        return fallen(tmp_path, "beech")

    def test_the_notice_names_them_and_opens_the_first(self, second):
        assert second.notice.body.endswith("Dogwood and Cedar are ready.")
        assert second.notice.labels[0] == "Open Dogwood"
        assert second.notice.open_url == urls("dogwood")[0]

    @in_loop
    async def test_a_program_of_the_persons_own_is_handed_the_same(self, second, tmp_path):
        assert await heard_by_hook(second, tmp_path) == urls("dogwood", "cedar")

    def test_so_does_the_menu(self, second):
        assert menu(second) == urls("dogwood", "cedar")

    def test_so_does_the_terminal_in_lines_and_as_json(self, second):
        assert list(terminal(second)) == urls("dogwood", "cedar")
        assert "Open instead: Dogwood" in "\n".join(
            why.lines(second.picture, second.row, (), second.glance)
        )
        (aspen,) = documents.check(second.picture, Origin.OWNER)["services"]
        assert [one["url"] for one in aspen["fallbacks"]] == urls("dogwood", "cedar")
        assert [one["id"] for one in aspen["excluded"]] == ["beech"]

    def test_so_does_the_window(self, second, window):
        window.show_picture(second.picture)
        (first,) = shown(window, Primary)
        others = [one.text() for one in shown(window, Link) if one.text().startswith("Open ")]
        assert first.text() == "Open Dogwood"
        assert others == ["Open status.aspen.example", "Open Cedar"]


class TestWhereNothingIsLeft:
    @pytest.fixture
    def second(self, tmp_path):
        return fallen(tmp_path, *OTHERS)

    def test_every_face_says_so_and_offers_to_tell_its_end(self, second, window):
        assert NOTHING in second.notice.body
        assert second.notice.labels[0] == "Tell me when it is back"
        (aspen,) = (one for one in entries(second.picture, second.glance) if "Aspen:" in one.label)
        inside = [entry.label for entry in aspen.entries]
        assert NOTHING in inside
        assert "Tell me when it is back" in inside
        window.show_picture(second.picture)
        assert NOTHING in texts(window)
        assert "Tell me when it is back" in [one.text() for one in shown(window, Button)]
        assert next(terminal(second)).startswith("Nothing else is known to work")

    @in_loop
    async def test_a_program_of_the_persons_own_is_offered_nothing(self, second, tmp_path):
        assert await heard_by_hook(second, tmp_path) == []
