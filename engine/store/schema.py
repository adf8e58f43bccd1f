"""The tables of the store, and how a file of an earlier version becomes one of this version."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterator, Sequence

from engine.store.fingerprints import fingerprint_of_row

# One page in so many may be to spare.
_MOST_SPARE = 4
APPLICATION_ID = 0x53637264
"""Marks an SQLite file as a store of this program ("Scrd")."""

SIGNS_TO_DRAWINGS = """INSERT INTO drawings (created, label, writer, ink, fingerprint, deleted)
    SELECT created, name, writer, ink, fingerprint_of(name, writer, ink), deleted FROM (
        SELECT each.id, each.created, each.writer, each.ink, coalesce(each.deleted, kept.deleted) AS deleted,
            json_extract(kept.classes, '$[' || each.label || ']') AS name
        FROM sign_drawings AS each JOIN sign_sets AS kept ON kept.id = each.sign_set
    ) WHERE name IS NOT NULL ORDER BY id"""
"""Makes the drawings of signs, which had a table of their own, drawings like all others, by their names."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            created TEXT NOT NULL,
            session TEXT NOT NULL,
            updated REAL NOT NULL,
            state TEXT NOT NULL,
            message TEXT NOT NULL DEFAULT '',
            data TEXT NOT NULL,
            settings TEXT NOT NULL,
            sizes TEXT NOT NULL,
            seed INTEGER NOT NULL,
            device TEXT NOT NULL DEFAULT '',
            steps INTEGER NOT NULL DEFAULT 0,
            total_steps INTEGER NOT NULL,
            seconds REAL NOT NULL DEFAULT 0,
            validation_loss REAL,
            validation_accuracy REAL,
            test_accuracy REAL,
            weights TEXT NOT NULL,
            deleted REAL
        )""",
        """CREATE TABLE losses (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            first_step INTEGER NOT NULL,
            losses BLOB NOT NULL
        )""",
        "CREATE INDEX losses_of_run ON losses (run, first_step)",
        """CREATE TABLE epochs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            epoch INTEGER NOT NULL,
            step INTEGER NOT NULL,
            training_loss REAL,
            training_accuracy REAL,
            validation_loss REAL,
            validation_accuracy REAL
        )""",
        "CREATE INDEX epochs_of_run ON epochs (run, epoch)",
        """CREATE TABLE drawings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL,
            label INTEGER NOT NULL CHECK (label BETWEEN 0 AND 9),
            writer TEXT NOT NULL DEFAULT '',
            ink TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            answer INTEGER CHECK (answer BETWEEN 0 AND 9),
            probability REAL,
            network TEXT NOT NULL DEFAULT '',
            deleted REAL
        )""",
        "CREATE INDEX drawings_of_label ON drawings (label, deleted)",
        "CREATE INDEX drawings_of_fingerprint ON drawings (fingerprint)",
    ),
    (
        """CREATE TABLE searches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            created TEXT NOT NULL,
            session TEXT NOT NULL,
            updated REAL NOT NULL,
            state TEXT NOT NULL,
            data TEXT NOT NULL,
            plan TEXT NOT NULL,
            deleted REAL
        )""",
        "ALTER TABLE runs ADD COLUMN search INTEGER REFERENCES searches (id) ON DELETE SET NULL",
        "ALTER TABLE runs ADD COLUMN point INTEGER",
        # Of one search no point is there twice with the same seed.
        "CREATE UNIQUE INDEX trials_of_search ON runs (search, point, seed)",
    ),
    (
        """CREATE TABLE sign_sets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            created TEXT NOT NULL,
            classes TEXT NOT NULL,
            network TEXT NOT NULL DEFAULT '',
            deleted REAL
        )""",
        """CREATE TABLE sign_drawings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sign_set INTEGER NOT NULL REFERENCES sign_sets (id) ON DELETE CASCADE,
            created TEXT NOT NULL,
            label INTEGER NOT NULL,
            writer TEXT NOT NULL DEFAULT '',
            ink TEXT NOT NULL,
            deleted REAL
        )""",
        "CREATE INDEX sign_drawings_of_set ON sign_drawings (sign_set)",
    ),
    (
        # First, so that the old and the new description have room in the first page together.
        "DROP INDEX drawings_of_label",
        "DROP INDEX drawings_of_fingerprint",
        "DROP INDEX sign_drawings_of_set",
        "ALTER TABLE drawings RENAME TO digit_drawings",
        """CREATE TABLE drawings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            created TEXT NOT NULL,
            label TEXT NOT NULL,
            writer TEXT NOT NULL DEFAULT '',
            ink TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            answer TEXT,
            probability REAL,
            network TEXT NOT NULL DEFAULT '',
            deleted REAL
        )""",
        """INSERT INTO sqlite_sequence
            SELECT 'drawings', seq FROM sqlite_sequence WHERE name = 'digit_drawings'""",
        "INSERT INTO drawings SELECT * FROM digit_drawings",
        "DROP TABLE digit_drawings",
        "CREATE INDEX drawings_of_label ON drawings (label, deleted)",
        "CREATE INDEX drawings_of_fingerprint ON drawings (fingerprint)",
        SIGNS_TO_DRAWINGS,
        "DROP TABLE sign_drawings",
    ),
)
"""What leads from each version to the next; a change is a new entry, never an edit of an old one.

Every entry changes a table, so that a version is known by its tables as well as by its number, and no two
tables have equally many columns, in whatever version: by these, what is damaged is told from what is newer,
and recovered. A column that is added may be NULL: rows of before lie in the file without it. Tables of two
and of five columns are SQLite's own. All that describes the tables has room in the first page of a file.

Numbers are never used again, and the highest one given is known even where a table is damaged.

Times of day are ISO 8601 with time zone; ``updated`` and ``deleted`` are seconds since 1970. Losses are
float32, little-endian, one for each step. A figure of an epoch that is no number is NULL. ``weights`` is the
name of a file in the folder beside the store. ``label`` and ``answer`` of a drawing are names of classes;
until version 3 they were digits, which SQLite writes out as it copies them. ``classes`` are names in a list
of JSON, and the ``label`` of a sign was a place among them; ``network`` of a set is the name of a file among
the networks, or empty.
"""

SEARCHES_SINCE = 2
"""The first version that knows searches."""

SIGNS_SINCE = 3
"""The first version that knows sets of signs."""

NAMES_SINCE = 4
"""The first version that keeps drawings of all classes in one table, by the names of these."""

TABLES = ("searches", "runs", "losses", "epochs", "drawings", "sign_sets")
"""Parents before their children."""

FORMER_TABLES = ("sign_drawings",)
"""What earlier versions had, and this one has no more."""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an open store; 0 for an empty file.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_foreign(connection: sqlite3.Connection) -> bool:
    """Whether the file is another program's: neither its mark nor one of its tables is ours.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return False
    names = {name for _, name, *_ in described(connection)}
    return bool(names) and not names & set(TABLES)


def is_as_made(connection: sqlite3.Connection, version: int) -> bool:
    """Whether an open store has exactly the tables of a version, which this program knows.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    return described(connection) == _described(version)


def described(connection: sqlite3.Connection) -> frozenset[tuple[object, ...]]:
    """Tables and indices, as SQLite has them.

    Raises:
        sqlite3.Error: They cannot be read.
    """
    return frozenset(
        tuple(row) for row in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    )


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether an open store has a table; one of an earlier version, which may only be read, has not all.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(sql, (name,)).fetchone() is not None


def add_functions(connection: sqlite3.Connection) -> None:
    """Let an open store reckon what `SIGNS_TO_DRAWINGS` asks for."""
    connection.create_function("fingerprint_of", 3, fingerprint_of_row, deterministic=True)


@functools.cache
def _described(version: int) -> frozenset[tuple[object, ...]]:
    with template(version) as connection:
        return described(connection)


@contextlib.contextmanager
def template(version: int = len(MIGRATIONS)) -> Iterator[sqlite3.Connection]:
    """An empty store of a version, in memory."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:version])
        yield connection


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring an open store to the version of `migrations`, or leave it as it was.

    Raises:
        sqlite3.Error: The disk does not take it, or somebody else is writing.
    """
    former = version_of(connection)
    if former >= len(migrations):
        return
    add_functions(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another program may have done it while this one waited for its turn.
        for version in range(version_of(connection), len(migrations)):
            for statement in migrations[version]:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if former:
        _give_back(connection)


def _give_back(connection: sqlite3.Connection) -> None:
    """Make a file smaller that has many pages to spare, since a table was copied."""
    spare, pages = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
    )
    if spare > pages // _MOST_SPARE:
        # Where there is no room for a copy, the file stays as large as it is, and new rows fill it.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("VACUUM")
