"""The schema of the history, in numbered steps that are taken whole or not at all.

Times are integers: microseconds since 1970 in UTC. They sort and subtract inside SQLite as they
are, an hour or a day is one division, and they cannot be malformed; a text could. Durations are
microseconds too. `datetime(at / 1000000, 'unixepoch')` shows one to a person.
"""

import sqlite3
from collections.abc import Sequence

from notifier.storage.transaction import transaction

APPLICATION_ID = 0x41494E31
"""`AIN1`: tells our database from a file of another program."""

Step = tuple[str, ...]

STEPS: tuple[Step, ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        # What a subject (a service or a source) was seen in, from when until when; open: no end.
        """CREATE TABLE runs (
            subject TEXT NOT NULL,
            began INTEGER NOT NULL,
            until INTEGER,
            state TEXT NOT NULL
        )""",
        "CREATE INDEX runs_by_subject ON runs (subject, began)",
        "CREATE UNIQUE INDEX runs_open ON runs (subject) WHERE until IS NULL",
        "CREATE INDEX runs_by_end ON runs (until)",
        # How long the looks of one hour took.
        """CREATE TABLE digests (
            source TEXT NOT NULL,
            hour INTEGER NOT NULL,
            count INTEGER NOT NULL,
            total INTEGER NOT NULL,
            least INTEGER NOT NULL,
            most INTEGER NOT NULL,
            p50 INTEGER NOT NULL,
            p95 INTEGER NOT NULL,
            PRIMARY KEY (source, hour)
        ) WITHOUT ROWID""",
        """CREATE TABLE incidents (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            json TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            PRIMARY KEY (source, id)
        )""",
        """CREATE TABLE threads (
            id TEXT PRIMARY KEY NOT NULL,
            services TEXT NOT NULL,
            opened INTEGER NOT NULL,
            incidents TEXT NOT NULL,
            worst TEXT NOT NULL,
            closed INTEGER
        )""",
        """CREATE TABLE told (
            thread TEXT PRIMARY KEY NOT NULL,
            health TEXT NOT NULL,
            suspected INTEGER NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            notice TEXT NOT NULL,
            over INTEGER NOT NULL
        )""",
        # outcome: intended, told, owed or withdrawn. A notice told and later closed stays told
        # and has both times.
        """CREATE TABLE notices (
            id TEXT PRIMARY KEY NOT NULL,
            threads TEXT NOT NULL,
            reason TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            services TEXT NOT NULL,
            intended_at INTEGER NOT NULL,
            answered_at INTEGER,
            withdrawn_at INTEGER,
            channel TEXT NOT NULL DEFAULT '',
            handle TEXT NOT NULL DEFAULT '',
            why TEXT NOT NULL DEFAULT '',
            outcome TEXT NOT NULL DEFAULT 'intended'
        )""",
        "CREATE INDEX notices_by_time ON notices (intended_at)",
        """CREATE TABLE silences (
            at INTEGER NOT NULL,
            thread TEXT,
            services TEXT NOT NULL,
            reason TEXT NOT NULL,
            would_be TEXT
        )""",
        "CREATE INDEX silences_by_time ON silences (at)",
        """CREATE TABLE mutes (
            thread TEXT PRIMARY KEY NOT NULL,
            acknowledged INTEGER NOT NULL,
            until INTEGER
        )""",
        # paused_until, fallbacks_tested, thread_count, notice_count, alive_at, pruned_at
        "CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL)",
    ),
    (
        # What *Open …* on a notice opens: its button is pressed after a restart too.
        "ALTER TABLE notices ADD COLUMN open_url TEXT",
    ),
    (
        # Not every thread is about an outage: some are about our connection, or unread pages.
        "ALTER TABLE threads ADD COLUMN topic TEXT NOT NULL DEFAULT 'outage'",
    ),
    (
        # Of a connection or an account: what is the matter with it.
        "ALTER TABLE threads ADD COLUMN cause TEXT",
    ),
    (
        # Outages that come and go, and those that are one with another; what was told of them as
        # which, and with which word of the vendor's.
        "ALTER TABLE threads ADD COLUMN turns TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE threads ADD COLUMN part_of TEXT",
        "ALTER TABLE told ADD COLUMN root TEXT",
        "ALTER TABLE told ADD COLUMN said TEXT NOT NULL DEFAULT ''",
    ),
    (
        # For the proof of an outage: how often was looked in a time of trouble, when last, and how
        # the first and the last look that failed did.
        "ALTER TABLE runs ADD COLUMN looks INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE runs ADD COLUMN looked INTEGER",
        "ALTER TABLE runs ADD COLUMN first_break TEXT",
        "ALTER TABLE runs ADD COLUMN last_break TEXT",
        # Who spoke for our own connection when an outage began.
        """CREATE TABLE vouched (
            thread TEXT NOT NULL,
            at INTEGER NOT NULL,
            answered INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            PRIMARY KEY (thread, at)
        ) WITHOUT ROWID""",
    ),
    (
        # What became of a notice beside the ladder: pushes and hooks, the newest state of each.
        """CREATE TABLE relayed (
            notice TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            at INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            why TEXT NOT NULL,
            PRIMARY KEY (notice, kind, name)
        )""",
    ),
    (
        # Do not disturb: who took a notice and keeps it back, and what was told that way.
        "ALTER TABLE notices ADD COLUMN kept_back_by TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE told ADD COLUMN kept_back INTEGER NOT NULL DEFAULT 0",
    ),
)


class NewerDatabase(Exception):
    """The history was written by a newer version of the program; it has not been touched."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The history was written by a newer version of this program (its form is {found}, "
            f"this version knows {known}). It is left alone, and what happens now is kept in "
            "memory only. Install the newer version to go on with it."
        )
        self.found = found
        self.known = known


def version(db: sqlite3.Connection) -> int:
    """How many steps `db` has taken."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def climb(db: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps `db` lacks, one transaction each; a failed one leaves the step before it.

    Raises:
        NewerDatabase: `db` has taken steps unknown here.
        sqlite3.Error: a step could not be taken.
    """
    if (found := version(db)) > len(steps):
        raise NewerDatabase(found, len(steps))
    for number in range(found + 1, len(steps) + 1):
        with transaction(db):
            if version(db) < number:  # another program may just have taken it
                for statement in steps[number - 1]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
