"""Do the derived tables say what the log says? They are made again in a transaction that is taken back, and compared.

Entries, postings, sums and digests are counted by `check` in its own way; here it is everything else: meetings and
attendance, counts, people, groups, memberships, loans, rules, what was corrected, removed or settled.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.store.book import Book
from shg_desk.store.db import Db
from shg_desk.store.dump import SHAPES
from shg_desk.store.dump import Namer

COUNTED_ELSEWHERE = frozenset({"entry", "posting", "month_total", "digest", "account"})
NAMED_AT_MOST = 20
"""Rows of one table that are named one by one."""

_LOCAL = frozenset({("thing", 0), ("account", 0)})
"""Columns with numbers that mean nothing outside this book and may change with a rebuild."""

Progress = Callable[[int, int], None]


class _TakenBackError(Exception):
    """Ends the transaction in which everything was made anew."""


def check_derived(book: Book, progress: Progress = lambda done, of: None) -> Iterator[Problem]:
    """Every row that should not be there, or should be and is not; the place names its table and what it is about.

    The log has to be sound. Afterwards the book is as it was. It must not be called inside a transaction.
    """
    db = book.db
    tables = sorted(set(SHAPES) - COUNTED_ELSEWHERE)
    before = {table: _prints(db, table) for table in tables}
    wanting: dict[str, tuple[set[int], list[str]]] = {}
    try:
        with db.transaction():
            book.rebuild(progress)
            for table in tables:
                after = _prints(db, table)
                if after == before[table]:
                    continue
                there, meant = Counter(before[table]), Counter(after)
                wanting[table] = set(there - meant), _named(db, table, set(meant - there))
            raise _TakenBackError
    except _TakenBackError:
        pass
    for table, (too_much, missing) in wanting.items():
        for reason, rows in (("too much", _named(db, table, too_much)), ("missing", missing)):
            for row in rows:
                yield Problem(Code.TOTALS_DIFFER, f"{table} {row}", {"reason": reason})


def _rows(db: Db, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table by global names, with what was unsealed, without local numbers."""
    names = Namer(db)
    convert = [None if letter in ".l" else names.by_letter(letter) for letter in SHAPES[table]]
    kept = [place for place in range(len(convert)) if (table, place) not in _LOCAL]
    for row in db.each(f"SELECT * FROM {table}"):
        yield tuple(
            row[place] if (how := convert[place]) is None or row[place] is None else how(row[place]) for place in kept
        )


def _print(row: tuple[Any, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest())


def _prints(db: Db, table: str) -> array[int]:
    return array("Q", sorted(map(_print, _rows(db, table))))


def _named(db: Db, table: str, prints: set[int]) -> list[str]:
    """What rows with these prints are about: their first two columns."""
    if not prints:
        return []
    found = (row for row in _rows(db, table) if _print(row) in prints)
    return [" ".join(map(str, row[:2])) for row, _ in zip(found, range(NAMED_AT_MOST), strict=False)]
