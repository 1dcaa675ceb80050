"""The owner's status file in step with what is shown: written when it must be, and not oftener."""

import asyncio
import json
import threading
from dataclasses import replace

import pytest

from notifier.app import status_file
from notifier.app.status_file import StatusFile, substance
from notifier.model.health import Health
from notifier.model.moment import Moment
from notifier.storage.status_file import NotWritten
from notifier.watch.clock import FastClock, SystemClock
from tests.view.scene import NOW, outage

SPEED = 300.0
"""A minute of the program passes in a fifth of a second."""


class Engine:
    """What a status file asks of one: how it stands now, and whether it goes on."""

    def __init__(self, picture, clock):
        self.picture = picture
        self.clock = clock
        self.stands_still = False
        self._turned = clock.moment()

    @property
    def turned(self) -> Moment:
        if not self.stands_still:
            self._turned = self.clock.moment()
        return self._turned

    def picture_now(self):
        return replace(self.picture, at=self.clock.moment())


class Kept:
    """A status file at work, and every body that was put on the disk."""

    def __init__(self, path, monkeypatch, speed=SPEED):
        self.clock = FastClock(SystemClock(), speed, NOW.utc)
        self.file = StatusFile(self.clock)
        self.engine = Engine(outage().picture(), self.clock)
        self.path = path
        self.written = []
        real = status_file.status_file.put

        def put(path, body):
            real(path, body)
            self.written.append(json.loads(body))

        monkeypatch.setattr(status_file.status_file, "put", put)

    def shows(self, picture=None):
        self.engine.picture = picture or self.engine.picture
        self.file.shown(replace(self.engine.picture, at=self.clock.moment()))

    async def until(self, seen):
        async with asyncio.timeout(20):
            while not seen():  # noqa: ASYNC110 - the other side is a thread
                await asyncio.sleep(0.002)

    async def passes(self, seconds):
        await self.clock.sleep(seconds)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    return Kept(tmp_path / "status.json", monkeypatch)


def play(kept, story):
    async def whole():
        kept.file.keep_at(str(kept.path))
        running = asyncio.get_running_loop().create_task(kept.file.run(kept.engine))
        try:
            await story()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await kept.file.close()

    asyncio.run(whole())


def better(picture):
    """The same, with its first service well again."""
    first, *others = picture.rows
    well = replace(first, verdict=replace(first.verdict, health=Health.OPERATIONAL))
    return replace(picture, rows=(well, *others))


def older(picture):
    """The same looked at anew, with nothing new but its ages."""
    looked = tuple(
        replace(
            row,
            checked=row.checked and row.checked.later(30),
            next_look=row.next_look and row.next_look.later(30),
            verdict=replace(
                row.verdict,
                evidence=tuple(
                    replace(line, at=line.at.later(30), latency=0.7)
                    for line in row.verdict.evidence
                ),
            ),
        )
        for row in picture.rows
    )
    return replace(picture, at=picture.at.later(30), rows=looked)


def test_it_says_what_check_says(kept):
    async def story():
        kept.shows()
        await kept.until(lambda: kept.written)
        document = json.loads(kept.path.read_text())
        assert (document["schema"], document["source"]) == (1, "owner")
        assert document["lamp"] == "trouble"
        assert document["services"][0]["state"] == "major_outage"
        assert kept.path.read_text().endswith("}\n")

    play(kept, story)


def test_a_change_is_written_at_once_and_a_storm_of_them_once_a_second(tmp_path, monkeypatch):
    kept = Kept(tmp_path / "status.json", monkeypatch, speed=10)
    red = kept.engine.picture

    async def story():
        kept.shows()
        await kept.until(lambda: kept.written)
        began = kept.clock.moment()
        for turn in range(101):
            kept.shows(better(red) if turn % 2 == 0 else red)
            await asyncio.sleep(0.005)
        await kept.until(lambda: kept.written[-1]["services"][0]["state"] == "operational")
        passed = kept.clock.moment().since(began)
        assert len(kept.written) <= 2 + passed

    play(kept, story)


def test_new_ages_alone_are_written_once_a_minute(kept):
    async def story():
        kept.shows()
        await kept.until(lambda: kept.written)
        began = kept.clock.moment()
        for _ in range(30):
            kept.shows(older(kept.engine.picture))
            await kept.passes(10)
        minutes = kept.clock.moment().since(began) / 60
        assert 3 <= len(kept.written) - 1 <= minutes
        stamps = [document["at"] for document in kept.written]
        assert stamps == sorted(set(stamps)), "each says when it was written"

    play(kept, story)


def test_ages_are_no_substance_and_a_part_that_fails_is():
    picture = outage().picture()
    before = substance(picture, None)
    assert substance(older(picture), before).says_as(before)
    assert not substance(better(picture), before).says_as(before)
    row = picture.rows[0]
    parts = tuple(replace(one, part=replace(one.part, health=Health.DEGRADED)) for one in row.parts)
    assert parts
    changed = replace(picture, rows=(replace(row, parts=parts), *picture.rows[1:]))
    assert not substance(changed, before).says_as(before)


def test_an_engine_that_does_not_go_on_is_not_renewed(kept):
    async def story():
        kept.shows()
        await kept.until(lambda: kept.written)
        kept.engine.stands_still = True
        await kept.passes(120)  # the minute in which it was last heard of may be renewed
        before = len(kept.written)
        await kept.passes(600)
        assert len(kept.written) == before
        kept.engine.stands_still = False
        await kept.until(lambda: len(kept.written) > before)

    play(kept, story)


def test_it_moves_with_the_settings_and_is_gone_with_them_and_at_the_end(kept, tmp_path):
    other = tmp_path / "other.json"

    async def story():
        kept.shows()
        await kept.until(kept.path.exists)
        kept.file.keep_at(str(other))
        await kept.until(lambda: other.exists() and not kept.path.exists())
        kept.file.keep_at(None)
        await kept.until(lambda: not other.exists())
        kept.file.keep_at(str(kept.path))
        await kept.until(kept.path.exists)

    play(kept, story)
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_nothing_is_written_and_no_thread_begun(kept, tmp_path):
    async def story():
        kept.file.keep_at(None)
        before = set(threading.enumerate())
        for _ in range(3):
            kept.shows()
            await kept.passes(60)
        assert set(threading.enumerate()) <= before

    play(kept, story)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_will_not_is_a_quiet_complaint_and_tried_again(kept, monkeypatch):
    full = True
    tried = []
    good = status_file.status_file.put

    def put(path, body):
        tried.append(path)
        if full:
            raise NotWritten("The status file cannot be written (No space left on device).")
        good(path, body)

    monkeypatch.setattr(status_file.status_file, "put", put)

    async def story():
        nonlocal full
        began = kept.clock.moment()
        for _ in range(60):
            kept.shows()
            await kept.passes(5)
        assert kept.file.problem.startswith("The status file cannot be written")
        minutes = kept.clock.moment().since(began) / 60
        assert 2 <= len(tried) <= 1 + minutes, "it is tried again, and once a minute is enough"
        full = False
        await kept.until(lambda: kept.written)
        assert kept.file.problem is None

    play(kept, story)


def test_a_disk_that_hangs_holds_up_nobody(kept, monkeypatch):
    """Neither what is shown meanwhile, nor the end."""
    over, hangs = threading.Event(), threading.Event()

    def put(path, body):
        del path, body
        hangs.set()
        over.wait()

    monkeypatch.setattr(status_file.status_file, "put", put)
    monkeypatch.setattr(status_file, "END_WITHIN", 0.05)

    async def story():
        kept.shows()
        await kept.until(hangs.is_set)
        for _ in range(100):
            kept.shows()
            await asyncio.sleep(0)

    play(kept, story)
    assert not over.is_set(), "nobody waited for it"
    over.set()
