"""What others write is kept as it was written, and no statement of it is ever run."""

import sqlite3
from contextlib import closing

from notifier.model.record import IncidentSeen, NoticeIntended, ThreadKept
from tests.storage.test_history import PAGE, Clock, heard, incident, notice, start, thread, told_of
from tests.wording.hostile import naughty, needs_corpus


def stored(path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


@needs_corpus
def test_every_text_comes_back_from_the_history_as_it_went_in(tmp_path):
    path, clock = tmp_path / "data" / "history.db", Clock()
    texts = [text for text in naughty() if text.encode("utf-8", "replace").decode() == text]
    history, _ = start(path, clock)
    tables = stored(path, "SELECT name FROM sqlite_schema ORDER BY name")
    known = [(number, thread(number), text) for number, text in enumerate(texts)]
    history.write([ThreadKept(outage) for _, outage, _ in known])
    history.write(
        [NoticeIntended(notice(number, [outage], title=text)) for number, outage, text in known]
    )
    history.write([heard(number, told_of(outage, number)) for number, outage, _ in known])
    history.write([IncidentSeen(PAGE, incident(text), clock()) for text in texts])
    told = [line.title for line in history.log(None, 2 * len(texts)) if line.title]
    history.close()
    assert sorted(told) == sorted(text for text in texts if text)
    assert stored(path, "SELECT name FROM sqlite_schema ORDER BY name") == tables
    assert stored(path, "PRAGMA integrity_check") == [("ok",)]
