"""The book's database file: opening it under its key, the settings it runs with, and transactions.

Every other module here takes the `Db` made by `open_db`; drivers' errors leave this room as KnownError or BugError.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

# sqlite-utils catches the errors of the driver it finds under this name; it must be ours, before its first import.
sys.modules.setdefault("pysqlite3", dbapi2)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

from shg_desk.domain.problems import BugError  # noqa: E402 (the alias above comes first)
from shg_desk.domain.problems import Code  # noqa: E402
from shg_desk.domain.problems import KnownError  # noqa: E402
from shg_desk.domain.problems import Problem  # noqa: E402
from shg_desk.domain.problems import SurroundingsError  # noqa: E402

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a book when a write-ahead log is reset while being read."""

CACHE_KIB = 64_000
"""Encrypted pages are dear to read again: the default of 2 MB makes a grouping query four times slower."""

ROWS_A_STATEMENT = 250

Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]


class Db:
    """One connection to one book file. Only the thread that opened it uses it."""

    def __init__(self, path: Path, connection: Any) -> None:
        self.path = path
        self.connection = connection
        self.rows_read = 0
        self._depth = 0
        self._afterwards: list[Callable[[], None]] = []

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        with _told(self.path):
            found: list[Row] = self.connection.execute(sql, values).fetchall()
        self.rows_read += len(found)
        return found

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query one by one, for tables that do not fit a list."""
        with _told(self.path):
            yield from self.connection.execute(sql, values)

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        with _told(self.path):
            found: Row | None = self.connection.execute(sql, values).fetchone()
        self.rows_read += found is not None
        return found

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def run(self, sql: str, values: Values = ()) -> int:
        """Runs one statement; gives the rowid of an insert."""
        with _told(self.path):
            return int(self.connection.execute(sql, values).lastrowid or 0)

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Runs one statement for many rows."""
        if rows:
            with _told(self.path):
                self.connection.executemany(sql, rows)

    def insert_many(self, table: str, rows: Sequence[Row]) -> None:
        """Writes whole rows into a table, many with one statement: a statement costs more than a small row."""
        if not rows:
            return
        one = f"({', '.join('?' * len(rows[0]))})"
        whole = len(rows) // ROWS_A_STATEMENT * ROWS_A_STATEMENT
        many = f"INSERT INTO {table} VALUES {', '.join([one] * ROWS_A_STATEMENT)}"
        with _told(self.path):
            for start in range(0, whole, ROWS_A_STATEMENT):
                values = list(chain.from_iterable(rows[start : start + ROWS_A_STATEMENT]))
                self.connection.execute(many, values)
            self.connection.executemany(f"INSERT INTO {table} VALUES {one}", rows[whole:])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing. Nested blocks belong to the outermost."""
        self._depth += 1
        try:
            if self._depth > 1:
                yield
                return
            with _told(self.path):
                self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                with _told(self.path):
                    self.connection.execute("COMMIT")
            except BaseException:
                self._afterwards.clear()
                if self.connection.in_transaction:  # SQLite has already taken it back where the disk was full
                    self.connection.execute("ROLLBACK")
                raise
        finally:
            self._depth -= 1
        calls, self._afterwards = self._afterwards, []
        for call in calls:
            call()

    def after_commit(self, call: Callable[[], None]) -> None:
        """Do something once the outermost transaction is saved, once however often it is asked; never if it is not."""
        if call not in self._afterwards:
            self._afterwards.append(call)

    @property
    def in_transaction(self) -> bool:
        """True inside `transaction`."""
        return self._depth > 0

    def close(self) -> None:
        """Closes the file; the write-ahead log is folded in by SQLite."""
        self.connection.close()


def open_db(path: Path, key: bytes, *, create: bool = False) -> Db:
    """Opens (or makes) an encrypted database under a raw 256-bit key.

    Raises KnownError BOOK_DAMAGED where a good key does not open the file, SurroundingsError where the disk or another
    program stands in the way, BugError where the engine is not the one we rely on.
    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise BugError(f"SQLite {dbapi2.sqlite_version} is older than {OLDEST_SQLITE}")
    if not create and not path.is_file():
        raise KnownError(Problem(Code.BOOK_MISSING, str(path)))
    with _told(path):
        connection = dbapi2.connect(str(path), isolation_level=None, timeout=10, check_same_thread=True)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            [tables] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not create and not tables:
                # an emptied file opens under any key; taken for a new book it would hide that a book is gone
                raise KnownError(Problem(Code.BOOK_DAMAGED, str(path), {"reason": "empty"}))
            connection.execute("PRAGMA journal_mode=WAL")
            for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
                connection.execute(f"PRAGMA {setting}")
            if not connection.execute("PRAGMA cipher_version").fetchone():
                raise BugError("the database engine does not encrypt")
        except BaseException:
            connection.close()
            raise
    return Db(path, connection)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns the driver's errors into ours."""
    try:
        yield
    except dbapi2.IntegrityError as error:
        raise BugError(str(error)) from error
    except dbapi2.OperationalError as error:
        text = str(error)
        if "full" in text:
            raise SurroundingsError(Problem(Code.DISK_FULL, str(path))) from error
        if "locked" in text or "busy" in text:
            raise SurroundingsError(Problem(Code.BOOK_IN_USE, str(path))) from error
        if (found := _refused_place(text, path)) is not None:
            raise SurroundingsError(found) from error
        raise BugError(text) from error
    except (dbapi2.ProgrammingError, dbapi2.InterfaceError, dbapi2.DataError) as error:
        raise BugError(str(error)) from error
    except dbapi2.DatabaseError as error:
        raise KnownError(Problem(Code.BOOK_DAMAGED, str(path), {"reason": str(error)})) from error


def _refused_place(text: str, path: Path) -> Problem | None:
    """What the disk refuses, by the engine's words: a book that is gone or may not be written, a bad or full disk."""
    _, _, other = text.partition("unable to open database: ")  # another file than the book: a copy of it being made
    if "unable to open" in text and not other and not path.exists():
        return Problem(Code.BOOK_MISSING, str(path), {"reason": text})
    if "readonly" in text or ("unable to open" in text and not other):
        return Problem(Code.FOLDER_UNUSABLE, str(path.parent), {"forbidden": str(path.parent), "reason": text})
    if other or "disk I/O" in text:
        return Problem(Code.FOLDER_UNUSABLE, other or str(path), {"reason": text})
    return None
